/**
 * From a recording with truth to a runner's training table: the recording is replayed, and the device's own features are
 * put beside the truth of the same instants.
 */
import { readFile } from "node:fs/promises"
import { KNOTS } from "../../src/motion/flexion-model"
import type { EngineName } from "../engine/engine"
import { parseSessionTruth } from "../evaluate/truth"
import { readRecording } from "../recording/read-recording"
import type { Recording } from "../recording/recording"
import { runSession } from "../session"
import { rowOf, type Trace } from "../trace"
import { CURVE_POINTS, type TrainingRunner, type TrainingSample, type TrainingStride } from "./training-table"

/** One motion sample in so many: neighbours say the same. */
const SAMPLE_STEP = 5
/** A stride's stance is the true one that ends within this of the device's toe-off, s. */
const MATCH_S = 0.12
const CDEG = 100
const DMS_PER_S = 10_000
const US_PER_S = 1_000_000
const SAMPLE_Q4 = 16
/** So long after a stride's last trough the device has taken it in, and so long it goes by it, s. */
const TAKEN_IN_S = 0.5
const KNOWN_FOR_S = 2

export async function extractTraining(
  recordingPath: string,
  truthPath: string,
  engine: EngineName,
): Promise<TrainingRunner> {
  const recording = await readRecording(recordingPath)
  const truthText = await readFile(truthPath, "utf8")
  const truth = parseSessionTruth(truthText, truthPath)
  const bends = (JSON.parse(truthText) as { bends: { items: TruthBend[] } }).bends
  const { trace } = await runSession({ recording, engine, trace: true })
  if (!trace || !recording.truth) throw new Error(`${recordingPath}: no truth columns to fit to`)
  const kneeAt = interpolation(recording.timeS, recording.truth.kneeDeg)
  const stances = truth.bouts.flatMap((bout) => bout.stances)

  const strides: TrainingStride[] = []
  const troughsS: number[] = []
  for (const { contactSample, toeOffSample, troughQ4, periodQ4, features } of trace.strides) {
    const periodS = (periodQ4 * periodUs(trace)) / SAMPLE_Q4 / US_PER_S
    const toeOffS = timeOf(trace, toeOffSample)
    const stance = stances.find((candidate) => Math.abs(candidate.endS - toeOffS) < MATCH_S)
    if (!stance || contactSample > toeOffSample) continue
    const troughSample = troughQ4 >> 4
    const troughS =
      timeOf(trace, troughSample) + ((troughQ4 / SAMPLE_Q4 - troughSample) * periodUs(trace)) / US_PER_S
    const { startS, endS, peakDeg } = stance
    troughsS.push(troughS)
    strides.push({
      features,
      peakCdeg: Math.round(peakDeg * CDEG),
      contactDms: Math.round((troughS - startS) * DMS_PER_S),
      toeOffDms: Math.round((troughS - endS) * DMS_PER_S),
      curveCdeg: Array.from({ length: CURVE_POINTS }, (_, point) =>
        Math.round(kneeAt(startS + ((endS - startS) * point) / (CURVE_POINTS - 1)) * CDEG),
      ),
      kneeCdeg: Array.from({ length: KNOTS }, (_, knot) =>
        Math.round(kneeAt(troughS - periodS * (1 - knot / KNOTS)) * CDEG),
      ),
    })
  }

  const samples: TrainingSample[] = []
  let known = -1
  for (let row = 0; row < trace.timeS.length; row += SAMPLE_STEP) {
    const timeS = trace.timeS[row] as number
    const inBout = truth.bouts.some((bout) => timeS >= bout.startS && timeS <= bout.endS)
    const place = trace.placeQ8[row] as number
    while (known + 1 < troughsS.length && (troughsS[known + 1] as number) + TAKEN_IN_S < timeS) known++
    if (!inBout || place < 0 || known < 0 || timeS - (troughsS[known] as number) > KNOWN_FOR_S) continue
    samples.push([
      known,
      place % (KNOTS << 8),
      Math.round((trace.thighDeg[row] as number) * CDEG),
      trace.rateCounts[row] as number,
      Math.round(kneeAt(timeS) * CDEG),
    ])
  }
  return {
    session: truth.session,
    seed: truth.seed,
    strides,
    samples,
    bends: bends.items.map((bend) => [Math.round(bend.thighPeakDeg * CDEG), Math.round(bend.peakDeg * CDEG)]),
  }
}

interface TruthBend {
  peakDeg: number
  thighPeakDeg: number
}

function timeOf(trace: Trace, sample: number): number {
  return trace.timeS[rowOf(trace.sample, sample)] as number
}

/** Mean over the recording. */
function periodUs(trace: Trace): number {
  const rows = trace.timeS.length
  return (((trace.timeS[rows - 1] as number) - (trace.timeS[0] as number)) * US_PER_S) / (rows - 1)
}

function interpolation(timeS: Recording["timeS"], values: ArrayLike<number>): (atS: number) => number {
  let row = 0
  return (atS) => {
    while (row > 0 && (timeS[row] as number) > atS) row--
    while (row < timeS.length - 2 && (timeS[row + 1] as number) <= atS) row++
    const from = timeS[row] as number
    const share = Math.min(1, Math.max(0, (atS - from) / ((timeS[row + 1] as number) - from)))
    return (values[row] as number) * (1 - share) + (values[row + 1] as number) * share
  }
}
