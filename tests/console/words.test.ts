/** Whatever the device can tell in bits has words at the console. */
import test from "ava"
import { Problem, SelfTestPart } from "../../src/ble/layouts"
import { ACTIVITY_WORDS, PROBLEM_WORDS, SENSOR_WORDS, TEST_WORDS } from "../../src/console/words"
import { ImuState } from "../../src/drivers/imu-watch"
import { Activity } from "../../src/motion/stride"

for (const [what, numbers, words] of [
  ["problem", Object.values(Problem), PROBLEM_WORDS.map(([number]) => number)],
  ["part of the self-test", Object.values(SelfTestPart), TEST_WORDS.map(([number]) => number)],
  ["activity", Object.values(Activity), Object.keys(ACTIVITY_WORDS).map(Number)],
  ["state of the sensor", Object.values(ImuState), Object.keys(SENSOR_WORDS).map(Number)],
] as const)
  test(`every ${what} has its words, once`, (t) => {
    t.deepEqual(words, [...numbers])
  })
