import test from "ava"
import { EVENT_WORDS, eventWords } from "../../simulator/cli/event-words"
import { DeviceEvent } from "../../src/main"

test("the events of the firmware have words, all of them and no others; a new one is told by its name", (t) => {
  const plain = (_style: unknown, text: string) => text
  const names = Object.values(DeviceEvent)
  t.deepEqual(Object.keys(EVENT_WORDS).sort(), [...names].sort())
  for (const name of names) {
    const told = eventWords({ name, atMs: 0, detail: "its detail" }, plain)
    t.regex(told, /^\S.* {2,}its detail$/)
    t.is(told.indexOf("its detail"), 17, "details stand below each other")
    t.notRegex(told, /[a-z][A-Z]/, "words, not a name of the program")
  }
  t.is(eventWords({ name: "strapSlipped", atMs: 0, detail: "" }, plain), "strapSlipped")
})
