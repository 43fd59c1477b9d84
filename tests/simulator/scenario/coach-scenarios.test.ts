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
}
