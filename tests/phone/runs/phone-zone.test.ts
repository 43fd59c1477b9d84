/** A phone whose own zone is far from the run's: it must come in nowhere, not even in words. */
import test from "ava"

process.env.TZ = "Pacific/Auckland"
const { dateWords, dayWords, localDay, timeWords } = await import("../../../phone/runs/local-time")
const START = { unixS: Date.UTC(2026, 0, 1, 22, 30) / 1000, zoneQuarters: -20 }

test("the phone is half a day ahead of UTC here", (t) => {
  t.is(new Date(2026, 0, 1).getTimezoneOffset(), -13 * 60)
})

test("a run five hours behind UTC keeps its day and time", (t) => {
  const run = { start: START, receivedMs: 0 }
  t.is(dateWords(run), "Thu, 1 January 2026")
  t.is(timeWords(run), "17:30")
  t.is(dayWords(localDay(run)), "1 January 2026")
})
