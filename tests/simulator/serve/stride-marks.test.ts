/** Which strides are told as compressions: those that the device counts, past the threshold that it counts them by. */
import test from "ava"
import { type ClosedStride, StrideMarks } from "../../../simulator/serve/stride-marks"

/** Running, a stride each 0.7 s. */
function stride(nth: number, changes: Partial<ClosedStride> = {}): ClosedStride {
  return { contactS: nth * 0.7, toeOffS: nth * 0.7 + 0.3, peakDeg: 40, isRunning: true, ...changes }
}

function marked(strides: readonly ClosedStride[], thresholdDeg = 30) {
  const marks = new StrideMarks(thresholdDeg)
  for (const closed of strides) marks.add(closed)
  marks.interrupt()
  return marks.take().map(({ isCompression }) => isCompression)
}
const many = (count: number, changes?: Partial<ClosedStride>) =>
  Array.from({ length: count }, (_, nth) => stride(nth, changes))

test("eight running strides within ten seconds are a bout, from the first of them on; seven are none", (t) => {
  t.deepEqual(marked(many(8)), Array(8).fill(true))
  t.deepEqual(marked(many(7)), Array(7).fill(false))
  const slow = Array.from({ length: 12 }, (_, nth) => stride(nth * 2.2))
  t.deepEqual(marked(slow), Array(12).fill(false))
})

test("a pause of three seconds ends a bout, and the next has to begin again", (t) => {
  const after = many(7).map(({ contactS, toeOffS, ...rest }) => ({
    ...rest,
    contactS: contactS + 8.6,
    toeOffS: toeOffS + 8.6,
  }))
  t.deepEqual(marked([...many(8), ...after]), [...Array(8).fill(true), ...Array(7).fill(false)])
})

test("strides of walking, and those that are not deep enough, are no compressions", (t) => {
  t.deepEqual(marked(many(20, { isRunning: false })), Array(20).fill(false))
  t.deepEqual(marked(many(9, { peakDeg: 30 })), Array(9).fill(false))
  t.deepEqual(marked(many(9, { peakDeg: 30.01 })), Array(9).fill(true))
})

test("a mark waits until it is known whether the stride counts", (t) => {
  const marks = new StrideMarks(30)
  for (const closed of many(7)) marks.add(closed)
  t.deepEqual(marks.take(), [])
  marks.passed(5)
  t.deepEqual(marks.take(), [])
  marks.add(stride(7))
  t.is(marks.take().length, 8)
  marks.add(stride(8))
  t.is(marks.take().length, 1)
  marks.restarted()
  for (const closed of many(3)) marks.add(closed)
  marks.passed(20)
  t.is(marks.take().length, 3)
})

test("a run keeps the threshold that it began with", (t) => {
  const marks = new StrideMarks(30)
  for (const closed of many(8)) marks.add(closed)
  marks.runBegan()
  marks.thresholdDeg = 50
  marks.add(stride(8))
  t.true(marks.take().every(({ isCompression }) => isCompression))
  marks.runEnded()
  for (let nth = 40; nth < 48; nth++) marks.add(stride(nth))
  t.false(marks.take().some(({ isCompression }) => isCompression))
})
