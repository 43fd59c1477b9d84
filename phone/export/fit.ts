/**
 * A run as a FIT activity, as other running tools open it: a lap for each bout, the timer stopped in pauses, records from the blocks, and the
 * knee in fields of our own. No distance, position or heart rate: nobody measured them. Contact time is a median, where FIT has means.
 */
import { decodeRunRecord, type Run, runIdentity } from "../../src/ble/run-codec"
import type { KeptRun } from "../data/kept"
import { DEVELOPER_INDEX, FitEncoder } from "./fit-encoder"
import * as fit from "./fit-messages"
import { exportedStart, isoLocal } from "./run-start"
import { type RunningPiece, runningPieces, strideRatePerMin } from "./running-pieces"

const MS_PER_S = 1000
const CDEG_PER_DEG = 100
const MILLI = 1000
/** FIT keeps 1/128 of a stride a minute apart from the whole ones. */
const CADENCE_FRACTION = 128
/** Above it the field says "not known". */
const CADENCE_MAX = 254
/** "2026-05-03" */
const DATE_LENGTH = 10
/** Tells our fields from those of others: random (RFC 9562, version 4). */
const APPLICATION_ID = [
  0x43, 0x7c, 0xfd, 0xd6, 0xa3, 0xaa, 0x41, 0x88, 0x99, 0xe7, 0x0d, 0x84, 0x2d, 0x54, 0x12, 0x34,
]

/** From ms since the run's start to seconds as FIT counts them. */
type FitTime = (timeMs: number) => number

/** @throws RangeError when this version cannot read the record, or it is damaged */
export function fitFile(kept: KeptRun): Uint8Array {
  const { run, firmware } = decodeRunRecord(kept.record)
  const { startMs, isEstimated, zoneS } = exportedStart(kept, run.durationMs)
  const fitTime: FitTime = (timeMs) => Math.round((startMs + timeMs) / MS_PER_S) - fit.FIT_EPOCH_S
  const file = new FitEncoder()
  file.write(fit.FILE_ID, {
    type: fit.FILE_TYPE_ACTIVITY,
    manufacturer: fit.MANUFACTURER_DEVELOPMENT,
    product: 0,
    timeCreated: fitTime(0),
    productName: `Patella ${firmware}`,
  })
  describeFields(file)
  const pieces = runningPieces(run)
  for (const [index, piece] of pieces.entries()) {
    writePiece(file, piece, fitTime)
    const next = pieces[index + 1]
    // A lap goes on until the next bout, so that the laps together are the session.
    const lap = {
      index,
      startMs: index === 0 ? 0 : piece.startMs,
      endMs: next ? next.startMs : run.durationMs,
      isLast: !next,
    }
    writeLap(file, piece, lap, fitTime)
  }
  const end = { timestamp: fitTime(run.durationMs), totalTimerTime: timerS(pieces) }
  file.write(fit.SESSION, {
    ...end,
    messageIndex: 0,
    event: fit.FitEvent.session,
    eventType: fit.FitEventType.stop,
    startTime: fitTime(0),
    totalElapsedTime: run.durationMs / MS_PER_S,
    totalCycles: run.strides,
    ...averages(run),
    sport: fit.SPORT_RUNNING,
    firstLapIndex: 0,
    numLaps: pieces.length,
    trigger: fit.SESSION_TRIGGER_ACTIVITY_END,
    sportProfileName: isEstimated ? "Run, start time not known" : "Run",
    peakFlexionDeg: peakDeg(run),
    compressions: run.compressions,
    load: run.milliLoad / MILLI,
    peakErrorDeg: run.peakErrorCdeg / CDEG_PER_DEG,
    thresholdDeg: run.thresholdCdeg / CDEG_PER_DEG,
  })
  file.write(fit.ACTIVITY, {
    ...end,
    numSessions: 1,
    type: fit.ACTIVITY_MANUAL,
    event: fit.FitEvent.activity,
    eventType: fit.FitEventType.stop,
    localTimestamp: zoneS === undefined ? undefined : end.timestamp + zoneS,
  })
  return file.finish()
}

/** "patella-2026-05-03-run-12.fit", by the run's own day. @throws RangeError when the record has not even a number */
export function fitFileName({ record, start }: KeptRun): string {
  const day =
    start.unixS === 0 ? "time-not-known" : isoLocal(start.unixS, start.zoneQuarters).slice(0, DATE_LENGTH)
  return `patella-${day}-run-${runIdentity(record).runId}.fit`
}

function describeFields(file: FitEncoder): void {
  file.write(fit.DEVELOPER_DATA_ID, { applicationId: APPLICATION_ID, developerDataIndex: DEVELOPER_INDEX })
  for (const field of Object.values(fit.KNEE_FIELDS))
    file.write(fit.FIELD_DESCRIPTION, {
      developerDataIndex: DEVELOPER_INDEX,
      fieldDefinitionNumber: field.number,
      fitBaseTypeId: fit.typeCode(field),
      fieldName: field.name,
      units: "unit" in field ? field.unit : undefined,
    })
}

/** Strides, compressions and load of a record are those up to then. */
function writePiece(file: FitEncoder, piece: RunningPiece, fitTime: FitTime): void {
  const timer = (timeMs: number, eventType: number) =>
    file.write(fit.EVENT, { timestamp: fitTime(timeMs), event: fit.FitEvent.timer, eventType })
  timer(piece.startMs, fit.FitEventType.start)
  for (const point of piece.points) {
    const { whole, fraction } = cadence(point.strideRatePerMin)
    file.write(fit.RECORD, {
      timestamp: fitTime(point.timeMs),
      cadence: whole,
      fractionalCadence: fraction,
      totalCycles: point.strides,
      peakFlexionDeg: point.peakFlexionCdeg === undefined ? undefined : point.peakFlexionCdeg / CDEG_PER_DEG,
      compressions: point.compressions,
      load: point.milliLoad / MILLI,
    })
  }
  timer(piece.endMs, fit.FitEventType.stopAll)
}

interface Lap {
  index: number
  startMs: number
  endMs: number
  isLast: boolean
}

function writeLap(file: FitEncoder, piece: RunningPiece, lap: Lap, fitTime: FitTime): void {
  file.write(fit.LAP, {
    timestamp: fitTime(lap.endMs),
    messageIndex: lap.index,
    event: fit.FitEvent.lap,
    eventType: fit.FitEventType.stop,
    startTime: fitTime(lap.startMs),
    totalElapsedTime: (lap.endMs - lap.startMs) / MS_PER_S,
    totalTimerTime: timerS([piece]),
    totalCycles: piece.counts.strides,
    ...averages(piece.bout),
    lapTrigger: lap.isLast ? fit.FitLapTrigger.sessionEnd : fit.FitLapTrigger.manual,
    sport: fit.SPORT_RUNNING,
    peakFlexionDeg: piece.bout && peakDeg(piece.bout),
    compressions: piece.counts.compressions,
    load: piece.counts.milliLoad / MILLI,
  })
}

function timerS(pieces: readonly RunningPiece[]): number {
  return pieces.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0) / MS_PER_S
}

/** What is not known is left out. */
function averages(of: Pick<Run, "cadenceDspm" | "contactTimeMedianMs"> | undefined) {
  const { whole, fraction } = cadence(strideRatePerMin(of?.cadenceDspm))
  return {
    avgCadence: whole,
    avgFractionalCadence: fraction,
    avgStanceTime: of?.contactTimeMedianMs || undefined,
  }
}

function cadence(ratePerMin: number | undefined) {
  if (ratePerMin === undefined || ratePerMin > CADENCE_MAX) return { whole: undefined, fraction: undefined }
  const parts = Math.round(ratePerMin * CADENCE_FRACTION)
  const whole = Math.floor(parts / CADENCE_FRACTION)
  return { whole, fraction: (parts % CADENCE_FRACTION) / CADENCE_FRACTION }
}

function peakDeg({ loadCycles, peakFlexionMedianCdeg }: Pick<Run, "loadCycles" | "peakFlexionMedianCdeg">) {
  return loadCycles > 0 ? peakFlexionMedianCdeg / CDEG_PER_DEG : undefined
}
