/**
 * `evaluate --broad FOLDER`: every BROAD trial of a folder through the firmware on the virtual board, its inclination against
 * the optical one, as a report and as text. The device has no calibration there: the up vector is all that is judged.
 */
import { plainTable } from "../../cli/plain-table"
import type { EngineName } from "../../engine/engine"
import { runSession } from "../../session"
import { type Interval, meanInterval } from "../bootstrap"
import { type Failure, failureOf } from "../evaluation"
import { inLanes } from "../lanes"
import { mean } from "../statistics"
import { scoreInclination } from "./inclination"
import { readBroadTrial } from "./trial"

/** Angles in degrees; `raw` without the trial's one constant delay (ms, + = late) removed. */
export interface BroadRow {
  trial: string
  rmseDeg: number
  rmseRawDeg: number
  maxDeg: number
  delayMs: number
  /** Of the chip, that were judged. */
  samples: number
  /** Rows of the trial beyond the chip's ±16 g or ±2000 °/s. */
  beyondRangeRows: number
}

const FIGURES = ["rmseDeg", "rmseRawDeg", "maxDeg", "delayMs"] as const
type Figure = (typeof FIGURES)[number]

/** The JSON of `evaluate --broad --json`; `interval`: 95 % of the mean, trials resampled. */
export interface BroadReport {
  trials: BroadRow[]
  mean: Record<Figure, number | null>
  interval: Record<Figure, Interval | null>
  worst: { trial: string; rmseDeg: number } | null
  failures: Failure[]
}

const MS_PER_S = 1000
const FILE_ENDING = /\.csv(\.gz)?$/
const ANGLE_DIGITS = 2
const DELAY_DIGITS = 1

/** @param tell takes a line of progress a trial. */
export async function evaluateBroad(
  paths: readonly string[],
  engine: EngineName,
  tell: (line: string) => void,
): Promise<BroadReport> {
  let done = 0
  const outcomes = await inLanes(paths, async (path): Promise<BroadRow | Failure> => {
    const outcome = await evaluateTrial(path, engine).catch((error) => failureOf(path, error))
    done++
    const said =
      "exitCode" in outcome
        ? `${outcome.recording} failed: ${outcome.message}`
        : `${outcome.trial} ${outcome.rmseDeg.toFixed(ANGLE_DIGITS)}°`
    tell(`${done}/${paths.length} ${said}`)
    return outcome
  })
  const failures = outcomes.filter((outcome): outcome is Failure => "exitCode" in outcome)
  return makeBroadReport(
    outcomes.filter((outcome): outcome is BroadRow => !("exitCode" in outcome)),
    failures,
  )
}

export function makeBroadReport(trials: BroadRow[], failures: Failure[]): BroadReport {
  const figures = <Value>(of: (values: number[]) => Value) =>
    Object.fromEntries(FIGURES.map((name) => [name, of(trials.map((row) => row[name]))])) as Record<
      Figure,
      Value
    >
  const worst = trials.reduce<BroadRow | null>(
    (most, row) => (most && most.rmseDeg >= row.rmseDeg ? most : row),
    null,
  )
  return {
    trials,
    mean: figures(mean),
    interval: figures((values) => meanInterval(values)),
    worst: worst && { trial: worst.trial, rmseDeg: worst.rmseDeg },
    failures,
  }
}

async function evaluateTrial(path: string, engine: EngineName): Promise<BroadRow> {
  const { recording, reference } = await readBroadTrial(path)
  const { trace } = await runSession({ recording, engine, trace: true })
  if (!trace) throw new Error(`${recording.name}: the session kept no trace`)
  const { removed, raw, delayS } = scoreInclination(trace, reference)
  return {
    trial: recording.name.replace(FILE_ENDING, ""),
    rmseDeg: removed.rmseDeg,
    rmseRawDeg: raw.rmseDeg,
    maxDeg: removed.maxDeg,
    delayMs: delayS * MS_PER_S,
    samples: removed.rows,
    beyondRangeRows: recording.beyondRangeRows,
  }
}

export function formatBroadReport({ trials, mean: means, interval, worst, failures }: BroadReport): string {
  const angle = (value: number | null | undefined) => value?.toFixed(ANGLE_DIGITS) ?? "–"
  const delay = (value: number | null) => value?.toFixed(DELAY_DIGITS) ?? "–"
  const head = ["trial", "RMSE °", "raw °", "largest °", "delay ms", "samples", "beyond range"]
  const bound = (name: string, end: "low" | "high") => [
    name,
    angle(interval.rmseDeg?.[end]),
    angle(interval.rmseRawDeg?.[end]),
    angle(interval.maxDeg?.[end]),
    delay(interval.delayMs?.[end] ?? null),
    "",
    "",
  ]
  const rows = [
    ...trials.map((row) => [
      row.trial,
      angle(row.rmseDeg),
      angle(row.rmseRawDeg),
      angle(row.maxDeg),
      delay(row.delayMs),
      row.samples,
      row.beyondRangeRows,
    ]),
    [
      "mean",
      angle(means.rmseDeg),
      angle(means.rmseRawDeg),
      angle(means.maxDeg),
      delay(means.delayMs),
      "",
      "",
    ],
    bound("  95 % from", "low"),
    bound("  95 % to", "high"),
  ]
  const text = [
    "Inclination on BROAD: the device's up vector against the optical one, root mean square error with the delay removed and raw",
    plainTable(
      head,
      head.map((_, column) => (column === 0 ? "left" : "right")),
      rows,
    ),
    "",
    ...(worst ? [`Worst trial: ${worst.trial}, ${angle(worst.rmseDeg)}°`] : []),
    ...failures.map(({ recording, message }) => `Failed: ${recording}: ${message}`),
  ]
  return `${text.join("\n")}\n`
}
