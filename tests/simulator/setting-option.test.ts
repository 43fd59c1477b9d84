import test from "ava"
import { addSetting, settingsTable } from "../../simulator/cli/setting-option"
import { UsageError } from "../../simulator/cli/usage"
import { SETTINGS } from "../../src/storage/settings"

test("--set takes every setting of the firmware by its name, at both ends of its range", (t) => {
  for (const { name, min, max } of SETTINGS) {
    t.deepEqual(addSetting(`${name}=${min}`, {}), { [name]: min })
    t.deepEqual(addSetting(`${name}=${max}`, {}), { [name]: max })
  }
  t.deepEqual(addSetting("pauseLimitS=60", { thresholdDeg: 35, pauseLimitS: 50 }), {
    thresholdDeg: 35,
    pauseLimitS: 60,
  })
})

for (const [pair, words] of [
  ["pauseLimit=60", /there is no setting "pauseLimit"/],
  ["PAUSELIMITS=60", /there is no setting "PAUSELIMITS"/],
  ["toString=1", /there is no setting "toString"/],
  ["pauseLimitS=9", /whole numbers from 10 to 600 \(s\)/],
  ["pauseLimitS=601", /whole numbers from 10 to 600 \(s\)/],
  ["pauseLimitS=60.5", /whole numbers/],
  ["pauseLimitS=1e2", /whole numbers/],
  ["pauseLimitS=", /whole numbers/],
  ["pauseLimitS=long", /whole numbers/],
  ["pauseLimitS", /write NAME=VALUE/],
  ["=5", /write NAME=VALUE/],
] as const) {
  test(`--set ${pair} is bad usage and names the known settings`, (t) => {
    const error = t.throws(() => addSetting(pair, {}), { instanceOf: UsageError })
    t.is(error.exitCode, 2)
    t.regex(error.message, words)
    t.true(error.message.startsWith(`--set ${pair}: `))
    t.true(error.message.endsWith(settingsTable()))
  })
}

test("the table of settings has every one with range, unit and default", (t) => {
  for (const { name, min, max, unit, default: usual } of SETTINGS) {
    const line = settingsTable()
      .split("\n")
      .find((row) => row.trim().startsWith(`${name} `))
    t.true(line?.includes(`${min} to ${max} ${unit}`), name)
    t.true(line?.includes(`default ${usual} `), name)
  }
})
