/** What the device tells of itself, in words: none of its codes is left without. */
import test from "ava"
import { calibrationOf, selfTestLines, troubles } from "../../../phone/app/status-words"
import { Problem, SelfTestPart, StatusFlag } from "../../../src/ble/layouts"

for (const [name, problem] of Object.entries(Problem))
  test(`${name} has words, and a way out`, (t) => {
    const [trouble, ...others] = troubles({ flags: 0, problems: problem })
    t.deepEqual(others, [])
    t.regex(trouble?.happened ?? "", /^[A-Z].*\.$/)
    t.regex(trouble?.toDo ?? "", /^[A-Z].*\.$/)
  })

test("what was damaged in the store is told; what is no trouble is not", (t) => {
  const { settingsReset, calibrationLost, countsReset, calibrated, charging } = StatusFlag
  t.is(troubles({ flags: settingsReset | calibrationLost | countsReset, problems: 0 }).length, 3)
  t.deepEqual(troubles({ flags: calibrated | charging, problems: 0 }), [])
})

test("not calibrated, from steps, from bends", (t) => {
  const { calibrated, provisional } = StatusFlag
  t.is(calibrationOf({ flags: 0 }), "none")
  t.is(calibrationOf({ flags: calibrated | provisional }), "steps")
  t.is(calibrationOf({ flags: calibrated }), "bends")
})

test("a self-test tells each part that was tested, and no other", (t) => {
  const all = Object.values(SelfTestPart).reduce((sum: number, part) => sum | part, 0)
  const lines = selfTestLines({ tested: all, failed: SelfTestPart.battery, atMs: 1 })
  t.is(lines.length, Object.keys(SelfTestPart).length)
  t.deepEqual(
    lines.filter(({ isWell }) => !isWell).map(({ words }) => words),
    ["battery cannot be measured"],
  )
  t.deepEqual(selfTestLines({ tested: SelfTestPart.motor, failed: 0, atMs: 1 }), [
    { isWell: true, words: "motor can be switched" },
  ])
})
