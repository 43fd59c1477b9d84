/** A session and a seed make one recording, always the same, that the project reads, scores and replays like any other. */
import test from "ava"
import { replayTraced } from "../../../simulator/evaluate/evaluation"
import { truthColumns } from "../../../simulator/evaluate/folder"
import { scoreRecording } from "../../../simulator/evaluate/score"
import { parseRecording } from "../../../simulator/recording/read-recording"
import { recordingBytes } from "../../../simulator/recording/write-recording"
import { randomOf } from "../../../simulator/runner/random"
import { drawSensor } from "../../../simulator/runner/sensor"
import { FAULTLESS, synthesizeSession } from "../../../simulator/runner/synthesis"
import type { Wearer } from "../../../simulator/runner/wearer"
import { readScenario } from "../../../simulator/scenario/library"
import { synthesize } from "../../../simulator/scenario/motion-of-scenario"

const SHORT = {
  description: "",
  movements: (w: Wearer) => [w.stand(2), w.run(6, 3), w.stand(2)],
}
const bytes = (seed: number) =>
  Buffer.from(recordingBytes(synthesizeSession("short", SHORT, { seed }).recording, false))

test("the same seed makes the same bytes, another seed others", (t) => {
  t.true(bytes(5).equals(bytes(5)))
  t.false(bytes(5).equals(bytes(6)))
})

test("a recording that is written is read back as it was, plain and gzipped", (t) => {
  const { recording } = synthesizeSession("short", SHORT, { seed: 5 })
  const plain = parseRecording("short-5", recordingBytes(recording, false))
  const { sampledS, rateHz, ...read } = plain
  const { sampledS: _, rateHz: wanted, ...made } = recording
  t.deepEqual(read, made)
  t.true(Math.abs(rateHz - wanted) < 1e-6)
  t.is(sampledS.length, recording.timeS.length)
  const packed = recordingBytes(recording, true)
  t.deepEqual([packed[0], packed[1]], [0x1f, 0x8b])
  t.true(packed.length < recordingBytes(recording, false).length / 2)
})

test("the rate says when one looks, not what happens", (t) => {
  const at = (rateHz: number) =>
    synthesizeSession("short", SHORT, { seed: 5, rateHz, thigh: FAULTLESS }).recording
  const [slow, fast] = [at(52), at(208)]
  for (let row = 0; row < slow.timeS.length - 1; row++) {
    t.is(slow.truth.kneeDeg[row], fast.truth.kneeDeg[4 * row])
    t.true(Math.abs((slow.thigh.gyDps[row] as number) - (fast.thigh.gyDps[4 * row] as number)) < 1)
  }
})

test("a sensor's faults are as large as those of the recordings, and its values are counts", (t) => {
  const turned = new Set<number>()
  for (let seed = 0; seed < 40; seed++) {
    const sensor = drawSensor(randomOf(seed, "thigh sensor"))
    for (const axis of [0, 1, 2] as const) {
      t.true(Math.abs(sensor.gyroBiasDps[axis]) <= 1)
      t.true(Math.abs(sensor.accelerometerBiasG[axis]) <= 0.02)
      t.true(Math.abs(sensor.gyroScale[axis] - 1) <= 0.01)
    }
    // The segment's axis along the bone stays within the two tilts.
    t.true(sensor.mount[8] > Math.cos(((2 * 15) / 180) * Math.PI))
    turned.add(Math.sign(sensor.mount[0]))
  }
  t.is(turned.size, 2, "some straps are put on the wrong way round")
  const { recording } = synthesizeSession("short", SHORT, { seed: 5 })
  for (const value of recording.thigh.axG.subarray(0, 300)) t.true(isWhole(value / 0.000488))
  for (const value of recording.thigh.gxDps.subarray(0, 300)) t.true(isWhole(value / 0.07))
})

test("what is beyond the range stays at its end", (t) => {
  const wild = { ...drawSensor(randomOf(1, "thigh sensor")), accelerometerNoiseG: 30, gyroNoiseDps: 3000 }
  const { recording } = synthesizeSession("short", SHORT, { seed: 5, thigh: wild })
  const ends = (column: Float64Array) => [Math.min(...column), Math.max(...column)]
  for (const end of ends(recording.thigh.axG)) t.true(Math.abs(end) <= 16 && Math.abs(end) > 15.99)
  for (const end of ends(recording.thigh.gxDps)) t.true(Math.abs(end) <= 2000 && Math.abs(end) > 1999.9)
})

test("the truth of a run tells its bouts, and of walking, stairs, cycling and jumping none", (t) => {
  const { truth } = synthesize(readScenario("run"), { seed: 1 })
  t.is(truth.bouts.length, 3)
  for (const [index, cadenceSpm] of [162, 171, 184].entries()) {
    const bout = truth.bouts[index]
    t.true(Math.abs((bout?.cadenceSpm ?? 0) / cadenceSpm - 1) < 0.09, `${bout?.cadenceSpm}`)
    t.true((bout?.strides ?? 0) > 30)
  }
  const everyday = synthesize(readScenario("everyday"), { seed: 1 })
  t.deepEqual(everyday.truth.bouts, [])
  const words = new Set(everyday.recording.truth.activity)
  t.deepEqual([...words].sort(), ["bend", "move", "other", "sit", "stairs", "still", "walk"])
})

for (const seed of [1, 2]) {
  test(`the firmware finds the bouts and strides of the run of seed ${seed}, and the thigh within 2°`, async (t) => {
    const { recording, truth } = synthesize(readScenario("run"), { seed })
    const { runs, calibrated, trace } = await replayTraced(recording, undefined, "node")
    const { score } = scoreRecording({
      recording: recording.name,
      set: { name: "shipped", model: undefined },
      calibrated,
      trace,
      runs: runs.length,
      bouts: runs.flatMap((run) => run.bouts),
      columns: truthColumns(recording),
      session: truth,
    })
    t.deepEqual([score.boutsFound, score.boutsMissed, score.boutsInvented], [3, 0, 0])
    t.true((score.stridesErrorPercent ?? 100) <= 1)
    t.true((score.thighRmseDeg ?? 90) < 2, `${score.thighRmseDeg}`)
  })
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < 1e-4
}
