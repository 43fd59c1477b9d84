/** What the scenarios of before and after the run say is to be seen in them is seen, in both engines. */
import test from "ava"
import { play } from "./played"

for (const engine of ["node", "xs"] as const) {
  test.serial(`readiness: the knee is ready, and the run's text begins with it (${engine})`, async (t) => {
    const { runs, summaryText, words } = await play("readiness", engine)
    t.deepEqual(words("routineStarted"), ["readiness test"])
    t.regex(words("routineEnded").join(), /^readiness test, ready, 3 bends to 3\d°, no pain$/)
    t.regex(summaryText, /^Knee before the run: ready, 3 bends to 3\d°, no pain\nRun 1: /)
    t.is(runs.length, 1)
  })

  test.serial(`readiness-pain: warm up, strokes, then not today (${engine})`, async (t) => {
    const { summaryText, words } = await play("readiness-pain", engine)
    const [first = "", strokes, last = ""] = words("routineEnded")
    t.regex(first, /^readiness test, warm up and try again, 2 bends to \d\d°, pain$/)
    t.is(strokes, "routine 2")
    t.regex(last, /^readiness test, not today, 1 bend to \d\d°, pain$/)
    t.regex(summaryText, /^Knee: not today, /)
  })

  test.serial(`routine-evening: all six sets are counted, and nothing else (${engine})`, async (t) => {
    const { runs, words } = await play("routine-evening", engine)
    t.regex(words("routineEnded").join(), /^routine 7, 48 bends to \d\d°$/)
    t.is(runs.length, 0)
  })

  test.serial(
    `desk-morning: one buzz, then it sleeps, wakes by motion and watches the first steps (${engine})`,
    async (t) => {
      const { runs, when, words } = await play("desk-morning", engine)
      t.deepEqual(words("sitting"), ["for 30 min", "no pain in 20 steps after sitting for 50 min"])
      const [asleepS = 0, ...others] = when("asleep")
      t.deepEqual(others, [])
      t.true(Math.abs(asleepS - (when("sitting")[0] ?? 0) - 300) < 5, `${asleepS}`)
      t.is(when("woke").length, 1)
      t.deepEqual(runs, [])
    },
  )

  test.serial(`long-sitting: one buzz, and pain in the first steps after it (${engine})`, async (t) => {
    const { runs, when, words, at } = await play("long-sitting", engine)
    t.deepEqual(words("sitting"), ["for 30 min"])
    t.regex(words("painMarked").join(), /^\d+ steps after sitting for 40 min$/)
    t.true(Math.abs((when("painMarked")[0] ?? 0) - at(0)) < 2)
    t.deepEqual(runs, [])
  })
}
