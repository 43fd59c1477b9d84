/** hosts/esp32/wake-pin.c on a model of pins that interrupt by level: edges as ECMA-419 has them, each of which wakes the chip. */
import test from "ava"
import { outcomes } from "./idf/compiled"

const outcome = outcomes("wake-pin-main.c", "wake-pin.c", "ESP32C3")

for (const [what, expected] of [
  ["at rest", "0 1, remembered 2"],
  ["nothing happened", "nothing"],
  ["asleep, the line goes high", "1"],
  ["rises", "5=1"],
  ["asleep, the line falls", "1"],
  ["falls", "nothing"],
  ["three batches", "5=1 5=1 5=1"],
  ["a line that is stuck", "5=1"],
  ["interrupts of it", "1"],
  ["a press", "4=0 4=1"],
  ["after somebody looked", "5=1"],
  ["after another pin was told", "5=1"],
  ["opened twice", "-1"],
  ["no such pin", "-1 -1"],
  ["one too many", "-1"],
  ["without edges", "0, interrupts 0, wakes 0"],
  ["closed on the way, opened anew with the line high", "nothing"],
  ["closed on the way, opened anew with the line low", "nothing"],
  ["closed when it was told", "5=1"],
  ["closed", "interrupts 0, wakes 0"],
  ["a line let go", "1, pulled low meanwhile 0"],
  ["pulled low", "0"],
  ["let go again", "1"],
  ["held by another", "0"],
  ["all closed", "remembered 0"],
] as const)
  test(`edges: ${what}`, (t) => t.is(outcome.get(what), expected))

test("edges: a bounce too short to look at is told once at least, and the pin goes on", (t) => {
  t.is(outcome.get("a bounce that was over before JavaScript looked"), "4=1")
})

test("edges: with no room to tell, the pin is quiet until somebody looks", (t) => {
  t.is(outcome.get("no room to tell"), "nothing")
})
