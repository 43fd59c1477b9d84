/** What can be set has words, takes what the device takes, and tells what holds when. */
import test from "ava"
import { SETTING_WORDS, type ShownSetting, typedRefused, valueWords } from "../../../phone/app/setting-words"
import { runsThatTell } from "../../../phone/app/use-suggestion"
import { SETTINGS, settingRefused } from "../../../src/storage/settings"
import { DEVICE, daysBefore, digest } from "./digests"

test("every setting but the leg has words; 0 is explained where the device takes it", (t) => {
  const names = SETTINGS.map(({ name }) => name).filter((name) => name !== "leg")
  t.deepEqual(Object.keys(SETTING_WORDS).sort(), names.sort())
  for (const { name, min } of SETTINGS)
    if (name !== "leg") t.is(SETTING_WORDS[name].zero !== undefined, min === 0, name)
})

for (const typed of ["", "abc", "30.5", "-1", "19", "20", "60", "61", "1e1", " 30"])
  test(`a threshold typed as "${typed}" is refused when the device would refuse it`, (t) => {
    const isTyped = /^\d+$/.test(typed)
    const isRefused = !isTyped || settingRefused("thresholdDeg", Number(typed)) !== undefined
    t.is(typedRefused("thresholdDeg", typed) !== undefined, isRefused)
  })

test("values read as they are meant", (t) => {
  const words = (name: ShownSetting, value: number) => valueWords(name, value)
  t.is(words("thresholdDeg", 30), "30°")
  t.is(words("overloadCompressions", 2500), "2500 compressions")
  t.is(words("sleepAfterMin", 0), "0: never")
  t.is(words("overloadDepthFirstCycle", 50), "50")
})

test("a suggestion is made of the newest run and those with marks, of this knee alone", (t) => {
  const digests = [
    digest({ runId: 5 }),
    digest({ runId: 4, pains: 2, ...daysBefore(1) }),
    digest({ runId: 3, ...daysBefore(2) }),
    digest({ runId: 2, pains: 1, unreadable: "newer", ...daysBefore(3) }),
    digest({ runId: 1, pains: 1, deviceId: "ff", ...daysBefore(4) }),
  ]
  const devices = [DEVICE, { ...DEVICE, id: "ff", side: "right" as const }]
  const told = (deviceId: string) => runsThatTell({ digests, devices }, deviceId).map(({ runId }) => runId)
  t.deepEqual(told(DEVICE.id), [5, 4])
  t.deepEqual(told("ff"), [1])
})
