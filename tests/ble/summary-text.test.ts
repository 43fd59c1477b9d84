import test from "ava"
import fc from "fast-check"
import { EXAMPLE_FIRMWARE, EXAMPLE_PAIN, EXAMPLE_RUN } from "../../simulator/docs/example-run"
import { summaryText } from "../../src/ble/summary-text"
import { runs } from "./run-arbitrary"

const textOf = (run = EXAMPLE_RUN, lost = 0) =>
  new TextDecoder("utf-8", { fatal: true }).decode(summaryText({ run, firmware: EXAMPLE_FIRMWARE }, lost))

test("the summary tells the run in plain words", (t) => {
  t.deepEqual(textOf().split("\n"), [
    "Run 1: 0:57 min, 1 bout",
    "Pain marked once: 0:34",
    "Bends are estimates, on average 4° off on other knees",
    "76 strides, 157 steps/min",
    "Loaded past 30°: 74 of 76 times, 10 s",
    "Past 30° 74, 35° 69, 40° 48, 45° 12, 50° 1",
    "Deepest bend: half over 42°, 1 in 20 over 47°",
    "Foot on ground: 266 ms",
    "Load: 80 (1 = one easy stride)",
    "Buzzes: 0:41 depth",
    "Data: 99 % good, 0 gaps",
    "Patella 0.1.0, model 3",
  ])
})

test("whatever the run, the text is whole UTF-8 of at most 512 bytes and says how sure it is", (t) => {
  fc.assert(
    fc.property(runs, (run) => {
      t.true(summaryText({ run, firmware: EXAMPLE_FIRMWARE }, 70_000).length <= 512)
      t.regex(textOf(run), /on average [0-9]+° off/)
    }),
  )
})

test("pain marks are told with their times since the start, the first three of them", (t) => {
  const marked = (count: number, painsDropped = 0) =>
    textOf({
      ...EXAMPLE_RUN,
      painsDropped,
      pains: Array.from({ length: count }, (_, index) => ({
        ...EXAMPLE_PAIN,
        timeMs: 29_400 + 61_000 * (index + 1),
      })),
    }).split("\n")[1]
  t.is(marked(1), "Pain marked once: 1:01")
  t.is(marked(2), "Pain marked 2 times: 1:01, 2:02")
  t.is(marked(5), "Pain marked 5 times: 1:01, 2:02, 3:03 and 2 more")
  t.is(marked(32, 8), "Pain marked 40 times: 1:01, 2:02, 3:03 and 37 more")
})

test("more buzzes than there is room for are counted", (t) => {
  const buzzes = Array.from({ length: 9 }, () => ({ timeMs: 71_000, reason: 1 as const }))
  t.regex(textOf({ ...EXAMPLE_RUN, buzzes }), /Buzzes: (0:41 count, ){5}0:41 count and 3 more\n/)
})

test("runs that were lost for want of room are counted", (t) => {
  t.regex(textOf(EXAMPLE_RUN, 7), /\nOlder runs lost, no phone had them: 7\.\n/)
})

test("a slipped strap, a reset and lost power are told, each in a sentence", (t) => {
  for (const [changes, words] of [
    [{ strapShift: true }, /\nThe strap slipped: fasten it higher\.\n/],
    [{ resumed: true }, /\nThe device was reset in the run and went on\.\n/],
    [{ cutShort: true }, /\nPower was lost in this run: it may have gone on\.\n/],
    [{ gapUnknown: true }, /\nPower was lost in a run before, for how long is not known\.\n/],
  ] as const) {
    const dataQuality = { ...EXAMPLE_RUN.dataQuality, ...changes }
    t.regex(textOf({ ...EXAMPLE_RUN, dataQuality }), words)
  }
})

test("without a run it says so", (t) => {
  t.is(new TextDecoder().decode(summaryText(undefined, 0)), "No run yet.")
})
