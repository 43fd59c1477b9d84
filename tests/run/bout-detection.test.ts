import test from "ava"
import fc from "fast-check"
import { Activity, type Stride } from "../../src/motion/stride"
import { BoutDetection } from "../../src/run/bout-detection"
import { newRecording, record, tell } from "./recording-sink"
import { boutsOf, outline, outlineOf, PERIOD_MS, runsOf, stride, strideTrains, train } from "./strides"

/** Bouts as [start, end, strides counted]. */
function bouts(strides: Stride[]): [number, number, number][] {
  return record(strides).flatMap((run) =>
    run.bouts.map((bout): [number, number, number] => [
      bout.startMs,
      bout.startMs + bout.durationMs,
      bout.strides,
    ]),
  )
}

test("bouts and runs are found as the words define them, in any train of strides", (t) => {
  fc.assert(
    fc.property(strideTrains, fc.integer({ min: 4, max: 30 }), (strides, pauseLimitS) => {
      const expected = outlineOf(runsOf(boutsOf(strides), pauseLimitS * 1000))
      t.deepEqual(outline(record(strides, { pauseLimitS })), expected)
    }),
    { numRuns: 500 },
  )
})

test("the clock's ticks and late strides change nothing in them", (t) => {
  const delays = fc.integer({ min: 400, max: 2999 })
  const ticks = fc.integer({ min: 50, max: 2000 })
  fc.assert(
    fc.property(
      strideTrains,
      delays,
      ticks,
      fc.integer({ min: 4, max: 30 }),
      (strides, delayMs, tickMs, pauseLimitS) => {
        const { recorder, runs } = newRecording({ pauseLimitS })
        let nowMs = 0
        for (const one of strides) {
          for (; nowMs <= one.contactMs + delayMs; nowMs += tickMs) recorder.tick(nowMs)
          tell(recorder, one)
        }
        // 3 s to end the bout, the pause limit, and what a stride may be late.
        for (const endMs = nowMs + (pauseLimitS + 20) * 1000; nowMs < endMs; nowMs += tickMs)
          recorder.tick(nowMs)
        t.deepEqual(outline(runs), outlineOf(runsOf(boutsOf(strides), pauseLimitS * 1000)))
      },
    ),
    { numRuns: 300 },
  )
})

test("seven strides are no bout, eight are, from first contact to last toe-off", (t) => {
  t.deepEqual(bouts(train(1000, 7)), [])
  t.deepEqual(bouts(train(1000, 8)), [[1000, 1000 + 7 * PERIOD_MS + 250, 8]])
})

test("eight strides have to lie within 10 s", (t) => {
  const within = train(0, 7, { periodMs: 1390 })
  t.is(bouts([...within, stride(9750)]).length, 1)
  t.is(bouts([...within, stride(9751)]).length, 0)
})

test("a bout begins with the first of the eight that are close enough, not with stray strides before", (t) => {
  const strays = [stride(0), stride(3150), stride(6300)]
  t.deepEqual(bouts([...strays, ...train(9450, 10)]), [[6300, 9450 + 9 * PERIOD_MS + 250, 11]])
})

test("a bout goes on over a hole of less than 3 s and ends before one of 3 s", (t) => {
  const lastToeOffMs = 9 * PERIOD_MS + 250
  t.is(bouts([...train(0, 10), ...train(lastToeOffMs + 2999, 10)]).length, 1)
  t.deepEqual(
    bouts([...train(0, 10), ...train(lastToeOffMs + 3000, 10)]).map(([, , strides]) => strides),
    [10, 10],
  )
})

test("strides before a hole of 3 s do not help to begin a bout", (t) => {
  t.deepEqual(bouts([...train(0, 4, { periodMs: 600 }), ...train(5100, 4, { periodMs: 600 })]), [])
})

test("walking is not counted, and walking for 3 s ends a bout", (t) => {
  const walked = train(10 * PERIOD_MS, 4, { gait: Activity.walk, periodMs: 1000 })
  t.deepEqual(
    bouts([...train(0, 10), ...walked, ...train(12_000, 10)]).map(([, , strides]) => strides),
    [10, 10],
  )
  t.deepEqual(bouts(train(0, 50, { gait: Activity.walk })), [])
})

test("repeated, overlapping and impossible strides are counted once or not at all", (t) => {
  const running = train(0, 12)
  const expected = bouts(running)
  const spoilt = running.flatMap((one) => [
    one,
    one,
    stride(one.contactMs + 100),
    stride(one.contactMs - 100),
    stride(one.toeOffMs + 50, { contactTimeMs: 0 }),
    stride(one.toeOffMs + 50, { contactTimeMs: -10 }),
    stride(one.toeOffMs + 50, { contactTimeMs: 3000 }),
    stride(Number.NaN),
  ])
  t.deepEqual(bouts(spoilt), expected)
})

test("when the clock begins anew, what was open ends and counting goes on", (t) => {
  const { recorder, runs } = newRecording()
  for (const one of train(1_000_000, 10)) tell(recorder, one)
  for (const one of train(500, 9)) tell(recorder, one)
  recorder.close()
  t.deepEqual(
    runs.map(({ id, startMs, strides }) => [id, startMs, strides]),
    [
      [1, 1_000_000, 10],
      [2, 500, 9],
    ],
  )
})

test("a clock that jumps back is noticed at the tick, a little jitter is not", (t) => {
  const { recorder, runs } = newRecording()
  for (const one of train(1_000_000, 10)) tell(recorder, one)
  const endMs = 1_000_000 + 9 * PERIOD_MS + 250
  recorder.tick(endMs - 9900)
  t.true(recorder.live?.inBout)
  recorder.tick(endMs - 10_100)
  t.deepEqual(
    runs.map(({ startMs, durationMs }) => startMs + durationMs),
    [endMs],
  )
})

test("the clock ends a bout once no stride can arrive that would prolong it", (t) => {
  const { recorder, runs } = newRecording()
  for (const one of train(0, 10)) tell(recorder, one)
  const endMs = 9 * PERIOD_MS + 250
  recorder.tick(endMs + 5999)
  t.true(recorder.live?.inBout)
  recorder.tick(endMs + 6000)
  t.false(recorder.live?.inBout)
  recorder.close()
  t.is(runs[0]?.bouts[0]?.durationMs, endMs)
})

test("the strides that made the bout are handed on with it, in order, and later changes to the object do not matter", (t) => {
  const contacts: number[] = []
  const detection = new BoutDetection({
    boutBegan: () => contacts.push(-1),
    strideInBout: ({ contactMs }) => contacts.push(contactMs) > 0,
    boutEnded: () => contacts.push(-2),
    clockRestarted: () => contacts.push(-3),
  })
  const reused = stride(0)
  for (const one of train(0, 9)) detection.stride(Object.assign(reused, one))
  detection.interrupt()
  detection.interrupt()
  t.deepEqual(contacts, [-1, ...train(0, 9).map(({ contactMs }) => contactMs), -2])
})
