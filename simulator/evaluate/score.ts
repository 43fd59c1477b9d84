/**
 * One recording's row: what the device said (bouts read over GATT, trace from the debug tap) against what is known of the
 * truth. What cannot be scored is null and named in `notes`, as is what makes the figures doubtful.
 */
import { angleErrors, stanceF1 } from "./angle-errors"
import { type BoutComparison, boutErrors, compressionErrorsPercent, type DeviceBout } from "./bout-errors"
import type { CoefficientSet } from "./coefficient-set"
import { alignTruth, fitDelayS, MAX_DELAY_S, type TraceColumns } from "./delay"
import { type MeanStride, meanStride } from "./mean-stride"
import type { Metrics } from "./metrics"
import { type BoutRepeats, repeatErrors } from "./repeats"
import { stanceErrors } from "./stance-errors"
import { matchStances } from "./stance-matching"
import { mean } from "./statistics"
import { everyStride, meanShare } from "./trivial-counters"
import type { SessionTruth, TruthColumns } from "./truth"

export interface BandErrors {
  /** In the order of DEPTH_BANDS_DEG. */
  byDepthPercent: number[]
  bandErrorPercent: number
}

export interface RecordingScore extends Metrics {
  recording: string
  /** The coefficients' name: "fold S01" or "shipped". */
  set: string
  calibrated: boolean
  /** Runs that the device kept. */
  runs: number
  boutsFound: number | null
  boutsMissed: number | null
  boutsInvented: number | null
  bouts: BoutComparison[]
  trivial: { everyStride: BandErrors; meanShare: BandErrors } | null
  notes: string[]
}

/** A row, and what only all rows together make a figure or a picture of. */
export interface ScoredRecording {
  score: RecordingScore
  repeats: BoutRepeats[]
  stride: MeanStride | null
}

export interface Replayed {
  recording: string
  set: CoefficientSet
  /** Without a calibration the trace holds no angles. */
  calibrated: boolean
  trace: TraceColumns
  runs: number
  bouts: DeviceBout[]
  columns: TruthColumns | undefined
  session: SessionTruth | undefined
}

const MS_PER_S = 1000
const NO_STANCES = {
  countedPeakErrorDeg: null,
  stancePeakErrorDeg: null,
  initialContactMeanMs: null,
  initialContactSdMs: null,
  toeOffMeanMs: null,
  toeOffSdMs: null,
  contactTimeErrorMs: null,
  stancesUnmatched: null,
}

export function scoreRecording(replayed: Replayed): ScoredRecording {
  const { calibrated, session, trace } = replayed
  const columns = calibrated ? replayed.columns : undefined
  const delayS = columns ? fitDelayS(trace, columns) : null
  const notes: string[] = []
  if (!calibrated) notes.push("angles and events not scored: the device was not calibrated")
  else if (!columns) notes.push("angles and events not scored: the recording has no truth columns")
  if (!session) notes.push("bouts and counts not scored: no truth columns, and no JSON beside the recording")
  if (delayS !== null && Math.abs(delayS) >= MAX_DELAY_S)
    notes.push(`angles doubtful: trace and truth agree best ${MAX_DELAY_S} s apart or more`)
  const strides = scoreStrides(trace, session, columns, delayS)
  return {
    score: {
      recording: replayed.recording,
      set: replayed.set.name,
      calibrated,
      runs: replayed.runs,
      delayMs: delayS === null ? null : delayS * MS_PER_S,
      ...scoreAngles(trace, columns, delayS ?? 0),
      ...strides.errors,
      ...scoreCounts(replayed.bouts, session),
      notes,
    },
    repeats: strides.repeats,
    stride: strides.stride,
  }
}

function scoreAngles(trace: TraceColumns, columns: TruthColumns | undefined, delayS: number) {
  const truth = columns && alignTruth(trace, columns, delayS)
  const removed = truth && angleErrors(trace, truth)
  const raw = columns && angleErrors(trace, alignTruth(trace, columns, 0))
  return {
    thighRmseDeg: removed?.thighRmseDeg ?? null,
    thighRmseRawDeg: raw?.thighRmseDeg ?? null,
    kneeRmseDeg: removed?.kneeRmseDeg ?? null,
    kneeRmseRawDeg: raw?.kneeRmseDeg ?? null,
    kneeStanceRmseDeg: removed?.kneeStanceRmseDeg ?? null,
    kneeSwingRmseDeg: removed?.kneeSwingRmseDeg ?? null,
    stanceF1: truth ? stanceF1(trace, truth) : null,
  }
}

/** Event times need the delay, so without truth columns they are not scored either. */
function scoreStrides(
  trace: TraceColumns,
  session: SessionTruth | undefined,
  columns: TruthColumns | undefined,
  delayS: number | null,
) {
  if (!session || !columns || delayS === null) return { errors: NO_STANCES, repeats: [], stride: null }
  const bouts = session.bouts.map((bout) => matchStances(trace, bout.stances, delayS))
  const stances = session.bouts.map((bout) => bout.stances)
  return {
    errors: stanceErrors(bouts.flat(), delayS),
    repeats: repeatErrors(bouts, trace, columns),
    stride: meanStride(stances, trace, columns, delayS),
  }
}

function scoreCounts(device: DeviceBout[], session: SessionTruth | undefined) {
  const errors = session && boutErrors(device, session.bouts)
  const counted =
    errors &&
    bandErrors(
      errors.bouts.map((bout) => bout.compressions.device),
      session,
    )
  const every = session && bandErrors(everyStride(session.bouts), session)
  const share = session && bandErrors(meanShare(session), session)
  return {
    boutsFound: errors?.boutsFound ?? null,
    boutsMissed: errors?.boutsMissed ?? null,
    boutsInvented: errors?.boutsInvented ?? null,
    stridesErrorPercent: errors?.stridesErrorPercent ?? null,
    cadenceErrorSpm: errors?.cadenceErrorSpm ?? null,
    boutPeakErrorDeg: errors?.boutPeakErrorDeg ?? null,
    compressions30ErrorPercent: counted?.byDepthPercent[0] ?? null,
    compressions35ErrorPercent: counted?.byDepthPercent[1] ?? null,
    compressions40ErrorPercent: counted?.byDepthPercent[2] ?? null,
    compressions45ErrorPercent: counted?.byDepthPercent[3] ?? null,
    compressions50ErrorPercent: counted?.byDepthPercent[4] ?? null,
    bandErrorPercent: counted?.bandErrorPercent ?? null,
    everyStrideBandErrorPercent: every?.bandErrorPercent ?? null,
    meanShareBandErrorPercent: share?.bandErrorPercent ?? null,
    bouts: errors?.bouts ?? [],
    trivial: every && share ? { everyStride: every, meanShare: share } : null,
  }
}

/** Undefined when there was no stride to count. */
export function bandErrors(counted: number[][], session: SessionTruth): BandErrors | undefined {
  const byDepthPercent = compressionErrorsPercent(counted, session.bouts)
  return byDepthPercent ? { byDepthPercent, bandErrorPercent: mean(byDepthPercent) ?? 0 } : undefined
}
