/**
 * `evaluate FOLDER --robustness`: the same evaluation with each disturbance in turn. Out: mean and worst of every metric a
 * disturbance, beside how many devices still calibrated: what could not be scored is in no mean.
 */
import { plainTable } from "../cli/plain-table"
import { readRecording } from "../recording/read-recording"
import type { Recording } from "../recording/recording"
import type { Fold } from "./coefficient-set"
import { DISTURBANCES, type Disturbance } from "./disturbances"
import { evaluateRecordings, type Failure, type Replay } from "./evaluation"
import { METRICS, type MetricName, type Metrics, type Worst } from "./metrics"
import { formatValue, makeReport, type Report } from "./table"

export interface RobustnessRow {
  disturbance: string
  title: string
  /** Recordings on which the device was calibrated. */
  calibrated: number
  mean: Metrics
  worst: Worst
  totals: Report["totals"]
}

/** The JSON of `evaluate --robustness --json`. */
export interface RobustnessReport {
  rows: RobustnessRow[]
  failures: Failure[]
}

/** What the tables of robustness show. */
export const KEY_METRICS = [
  "thighRmseDeg",
  "kneeRmseDeg",
  "kneeStanceRmseDeg",
  "countedPeakErrorDeg",
  "stancePeakErrorDeg",
  "stanceF1",
  "contactTimeErrorMs",
  "stridesErrorPercent",
  "bandErrorPercent",
] as const satisfies readonly MetricName[]

/** @param tell takes lines of progress. */
export async function evaluateRobustness(
  paths: readonly string[],
  folds: readonly Fold[],
  replay: Replay,
  tell: (line: string) => void,
  disturbances: readonly Disturbance[] = DISTURBANCES,
): Promise<RobustnessReport> {
  const read = readOnce()
  const rows: RobustnessRow[] = []
  const failures: Failure[] = []
  for (const { name, title, apply, chipRate } of disturbances) {
    const disturbed: Replay = (recording, model, session) =>
      replay(apply(recording), model, session, chipRate)
    tell(`${rows.length + 1}/${disturbances.length} ${title}`)
    const evaluation = await evaluateRecordings(paths, folds, disturbed, () => {}, { read })
    const { mean, worst, totals, recordings } = makeReport(evaluation)
    const calibrated = recordings.filter((row) => row.calibrated).length
    rows.push({ disturbance: name, title, calibrated, mean, worst, totals })
    failures.push(
      ...evaluation.failures.map((failure) => ({ ...failure, message: `${title}: ${failure.message}` })),
    )
  }
  return { rows, failures }
}

export function formatRobustness({ rows, failures }: RobustnessReport): string {
  const head = [
    "disturbed by",
    ...KEY_METRICS.map((name) => METRICS[name].title),
    "found/missed/invented",
    "calibrated",
  ]
  const cells = rows.map(({ title, mean, totals, calibrated }) => [
    title,
    ...KEY_METRICS.map((name) => formatValue(name, mean[name])),
    `${totals.found}/${totals.missed}/${totals.invented}`,
    `${calibrated}/${totals.recordings}`,
  ])
  const text = [
    "Robustness: means over the recordings, each disturbed in one way",
    plainTable(
      head,
      head.map((_, column) => (column === 0 ? "left" : "right")),
      cells,
    ),
    ...failures.map(({ recording, message }) => `Failed: ${recording}: ${message}`),
  ]
  return `${text.join("\n")}\n`
}

/** A recording is read once and kept: reading takes as long as replaying. */
function readOnce(): (path: string) => Promise<Recording> {
  const kept = new Map<string, Promise<Recording>>()
  return (path) => {
    const reading = kept.get(path) ?? readRecording(path)
    kept.set(path, reading)
    return reading
  }
}
