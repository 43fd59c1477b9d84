/** All runs as tables for a spreadsheet: a row a run, and a row a block of each run's time line. Units are in the columns' names; an empty cell is not known. */
import { DEPTH_BANDS_DEG, decodeRunRecord, type Run, type RunRecord } from "../../src/ble/run-codec"
import type { KeptDevice, KeptRun, PainScore, ScoreTime } from "../data/kept"
import { type Cell, type Columns, csvText } from "./csv-text"
import { isoLocal, isoUtc } from "./run-start"

const MS_PER_S = 1000
const MINUTE_S = 60
const HUNDREDTHS = 100
const THOUSANDTHS = 1000
const TENTHS = 10

interface RunRow {
  kept: KeptRun
  device: KeptDevice | undefined
  scores: ReadonlyMap<ScoreTime, number>
  /** Undefined when this version cannot read it, or it is damaged. */
  record: RunRecord | undefined
}

interface BlockRow {
  kept: KeptRun
  device: KeptDevice | undefined
  run: Run
  block: Run["blocks"][number]
  index: number
}

const RUN_COLUMNS: Columns<RunRow> = {
  run_key: ({ kept }) => kept.key,
  start_local: ({ kept }) => localTime(kept, 0),
  received_utc: ({ kept }) => isoUtc(kept.receivedMs),
  side: ({ device }) => device?.side,
  duration_s: ofRun((run) => run.durationMs / MS_PER_S),
  bouts: ofRun((run) => run.bouts.length + run.boutsDropped),
  strides: ofRun((run) => run.strides),
  load_cycles: ofRun((run) => run.loadCycles),
  cadence_steps_per_min: ofRun((run) => known(run.cadenceDspm / TENTHS)),
  contact_time_median_ms: ofRun((run) => known(run.contactTimeMedianMs)),
  threshold_deg: ofRun((run) => run.thresholdCdeg / HUNDREDTHS),
  compressions: ofRun((run) => run.compressions),
  ...Object.fromEntries(
    DEPTH_BANDS_DEG.map((deg, band) => [
      `compressions_past_${deg}_deg`,
      ofRun((run) => run.compressionsByDepth[band]),
    ]),
  ),
  peak_flexion_median_deg: ofRun((run) => peakDeg(run, run.peakFlexionMedianCdeg)),
  peak_flexion_p95_deg: ofRun((run) => peakDeg(run, run.peakFlexionP95Cdeg)),
  peak_flexion_error_deg: ofRun((run) => run.peakErrorCdeg / HUNDREDTHS),
  strides_of_two_sensors: ofRun((run) => run.measuredStrides),
  past_threshold_s: ofRun((run) => run.msPastThreshold / MS_PER_S),
  past_threshold_deg_s: ofRun((run) => run.cdegSecondsPastThreshold / HUNDREDTHS),
  load_relative: ofRun((run) => run.milliLoad / THOUSANDTHS),
  load_peak_weighted_relative: ofRun((run) => run.milliLoadPeakWeighted / THOUSANDTHS),
  buzzes: ofRun((run) => run.buzzes.length),
  pain_marks: ofRun((run) => run.pains.length + run.painsDropped),
  pain_after_of_10: ({ scores }) => scores.get("after"),
  pain_hour_later_of_10: ({ scores }) => scores.get("hour"),
  pain_next_morning_of_10: ({ scores }) => scores.get("morning"),
  valid_samples_percent: ofRun(({ dataQuality }) => dataQuality.validPermyriad / HUNDREDTHS),
  gaps: ofRun(({ dataQuality }) => dataQuality.gaps),
  clipped_samples: ofRun(({ dataQuality }) => dataQuality.clipped),
  strap_slipped: ofRun(({ dataQuality }) => yesNo(dataQuality.strapShift)),
  resumed_after_reset: ofRun(({ dataQuality }) => yesNo(dataQuality.resumed)),
  power_lost_in_run_before: ofRun(({ dataQuality }) => yesNo(dataQuality.gapUnknown)),
  cut_short: ofRun(({ dataQuality }) => yesNo(dataQuality.cutShort)),
  // Bare, "1.2.3" is a date to some spreadsheet programs.
  firmware: ({ record }) => record && `v${record.firmware}`,
  model_version: ofRun((run) => run.modelVersion),
  calibration_version: ofRun((run) => run.calibrationVersion),
  device_name: ({ device }) => device?.name,
  board: ({ device }) => device?.board,
  note: ({ record }) => (record ? undefined : "This version of the app cannot read this run's record."),
}

const BLOCK_COLUMNS: Columns<BlockRow> = {
  run_key: ({ kept }) => kept.key,
  side: ({ device }) => device?.side,
  block: ({ index }) => index + 1,
  block_start_local: (row) => localTime(row.kept, startS(row)),
  block_start_s: startS,
  block_length_s: (row) =>
    Math.max(0, Math.min(lengthS(row.run), row.run.durationMs / MS_PER_S - startS(row))),
  strides: ({ block }) => block.strides,
  compressions: ({ block }) => block.compressions,
  threshold_deg: ({ run }) => run.thresholdCdeg / HUNDREDTHS,
  peak_flexion_median_deg: ({ block }) =>
    block.strides > 0 ? block.peakFlexionMedianCdeg / HUNDREDTHS : undefined,
  peak_flexion_error_deg: ({ run }) => run.peakErrorCdeg / HUNDREDTHS,
  past_threshold_deg_s: ({ block }) => block.cdegSecondsPastThreshold / HUNDREDTHS,
  load_relative: ({ block }) => block.milliLoad / THOUSANDTHS,
}

/** A row for each run, also for one whose record cannot be read: that one says so in "note". */
export function runsCsv(
  runs: Iterable<KeptRun>,
  devices: readonly KeptDevice[],
  scores: readonly PainScore[],
): string {
  const scoresOf = new Map<string, Map<ScoreTime, number>>()
  for (const { runKey, time, score } of scores) {
    const byTime = scoresOf.get(runKey) ?? new Map<ScoreTime, number>()
    scoresOf.set(runKey, byTime.set(time, score))
  }
  const deviceOf = byId(devices)
  const rows = Array.from(runs, (kept) => ({
    kept,
    device: deviceOf.get(kept.deviceId),
    scores: scoresOf.get(kept.key) ?? new Map<ScoreTime, number>(),
    record: recordOf(kept),
  }))
  return csvText(RUN_COLUMNS, rows)
}

/** A row for each block of each run that can be read. */
export function blocksCsv(runs: Iterable<KeptRun>, devices: readonly KeptDevice[]): string {
  const deviceOf = byId(devices)
  const rows = Array.from(runs).flatMap((kept) => {
    const run = recordOf(kept)?.run
    const device = deviceOf.get(kept.deviceId)
    return run ? run.blocks.map((block, index) => ({ kept, device, run, block, index })) : []
  })
  return csvText(BLOCK_COLUMNS, rows)
}

function byId(devices: readonly KeptDevice[]): ReadonlyMap<string, KeptDevice> {
  return new Map(devices.map((device) => [device.id, device]))
}

function recordOf({ record }: KeptRun): RunRecord | undefined {
  try {
    return decodeRunRecord(record)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function ofRun(value: (run: Run) => Cell): (row: RunRow) => Cell {
  return ({ record }) => record && value(record.run)
}

function localTime({ start }: KeptRun, afterS: number): string | undefined {
  return start.unixS === 0 ? undefined : isoLocal(start.unixS + afterS, start.zoneQuarters)
}

function lengthS(run: Run): number {
  return run.blockMinutes * MINUTE_S
}

function startS({ run, index }: BlockRow): number {
  return index * lengthS(run)
}

/** In a record 0 stands for what nobody measured. */
function known(value: number): number | undefined {
  return value === 0 ? undefined : value
}

function peakDeg({ loadCycles }: Run, peakCdeg: number): number | undefined {
  return loadCycles > 0 ? peakCdeg / HUNDREDTHS : undefined
}

function yesNo(is: boolean): string {
  return is ? "yes" : "no"
}
