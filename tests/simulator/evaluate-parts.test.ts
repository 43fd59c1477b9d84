/** The mean stride of a recording, and judging a part of it only. */
import test from "ava"
import { judgedFrom } from "../../simulator/evaluate/judged-part"
import { meanStride, STRIDE_POINTS } from "../../simulator/evaluate/mean-stride"
import type { Replayed } from "../../simulator/evaluate/score"
import { scoreRecording } from "../../simulator/evaluate/score"
import { perfectTrace, sessionTruth, truthColumns } from "./evaluate-synthetic"

const truth = truthColumns()
const session = sessionTruth()
const stances = session.bouts.map((bout) => bout.stances)

test("a device that knows all has the true mean stride, whatever its delay", (t) => {
  const stride = meanStride(stances, perfectTrace(0.02, 104), truth, 0.02)
  t.is(stride?.trueKneeDeg.length, STRIDE_POINTS)
  stride?.trueKneeDeg.forEach((angle, point) => {
    t.true(Math.abs(angle - (stride.kneeDeg[point] as number)) < 0.5)
    t.true(Math.abs((stride.trueThighDeg[point] as number) - (stride.thighDeg[point] as number)) < 0.5)
  })
  t.true(Math.abs((stride?.stanceShare ?? 0) - 11 / 30) < 1e-6)
})

test("the stride begins at initial contact and is deepest in swing", (t) => {
  const knee = meanStride(stances, perfectTrace(0), truth, 0)?.trueKneeDeg ?? []
  t.true(Math.abs((knee[0] ?? 0) - (knee.at(-1) ?? 99)) < 0.5)
  const deepest = knee.indexOf(Math.max(...knee)) / (STRIDE_POINTS - 1)
  t.true(deepest > 0.6 && deepest < 0.72, `${deepest}`)
})

test("an angle that is 3° off is so at every point; without strides there is no curve", (t) => {
  const trace = perfectTrace(0)
  const off = { ...trace, kneeDeg: trace.kneeDeg.map((angle) => angle + 3) }
  const stride = meanStride(stances, off, truth, 0)
  stride?.kneeDeg.forEach((angle, point) => {
    t.true(Math.abs(angle - (stride.trueKneeDeg[point] as number) - 3) < 0.01)
  })
  t.is(meanStride([], trace, truth, 0), null)
  t.is(meanStride([[]], trace, truth, 0), null)
})

/** Perfect in the second bout only: in the first the thigh is 30° off, and a bout is counted before it. */
function learning(): Replayed {
  const trace = perfectTrace(0)
  const [, second] = session.bouts
  const fromS = (second?.startS ?? 0) - 2
  return {
    recording: "learning.csv",
    set: { name: "shipped" },
    calibrated: true,
    trace: {
      ...trace,
      thighDeg: trace.thighDeg.map((angle, row) =>
        (trace.timeS[row] as number) < fromS ? angle + 30 : angle,
      ),
    },
    runs: 1,
    bouts: [session.bouts[1], { startS: 0, endS: 4 }].map((bout) => ({
      startS: bout?.startS ?? 0,
      durationS: (bout?.endS ?? 0) - (bout?.startS ?? 0),
      strides: 24,
      cadenceSpm: 160,
      peakFlexionMedianDeg: 44,
      compressionsByDepth: {},
    })),
    columns: truth,
    session,
  }
}

test("what came before the judged part is in no figure", (t) => {
  const whole = scoreRecording(learning()).score
  t.true((whole.thighRmseDeg ?? 0) > 10)
  t.deepEqual([whole.boutsFound, whole.boutsMissed, whole.boutsInvented], [1, 1, 1])
  const [first] = session.bouts
  const part = scoreRecording(judgedFrom(learning(), (first?.endS ?? 0) + 1)).score
  t.true((part.thighRmseDeg ?? 9) < 0.01)
  t.deepEqual([part.boutsFound, part.boutsMissed, part.boutsInvented], [1, 0, 0])
  // A bout's first stance runs into standing here.
  t.deepEqual([whole.stancesUnmatched, part.stancesUnmatched], [2, 1])
})

test("from the beginning on, everything is judged", (t) => {
  const all = scoreRecording(judgedFrom(learning(), Number.NEGATIVE_INFINITY))
  t.deepEqual(all, scoreRecording(learning()))
})
