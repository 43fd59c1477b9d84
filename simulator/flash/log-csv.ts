/** What was read of a flash image as CSV (RFC 4180: a header row, CRLF, quotes where needed): a row for each run, or for each damage. */
import { DEPTH_BANDS_DEG } from "../../src/ble/run-codec"
import type { ArchivedRun } from "./archive"
import type { FlashLog } from "./flash-log"
import { isInSight } from "./log-json"
import { isoTime } from "./start-words"

const MS_PER_S = 1000
const CDEG_PER_DEG = 100
const MILLI_PER_LOAD = 1000
const DSPM_PER_SPM = 10

type Cell = string | number | boolean | undefined

const RUN_HEAD = [
  ...[
    "run",
    "boot",
    "start",
    "start_ms",
    "standing",
    "acknowledged",
    "in_sight",
    "byte",
    "record_bytes",
    "readable",
  ],
  ...["duration_s", "strides", "load_cycles", "compressions"],
  ...DEPTH_BANDS_DEG.map((deg) => `compressions_${deg}`),
  ...["s_past_threshold", "degree_s_past_threshold", "load", "cadence_spm", "threshold_deg"],
  ...["peak_median_deg", "peak_p95_deg", "contact_median_ms", "bouts", "buzzes", "pains", "firmware"],
]

export function runsCsv({ runs }: FlashLog): string {
  return csv([RUN_HEAD, ...runs.map(runRow)])
}

export function damagesCsv({ damages }: FlashLog): string {
  return csv([["byte", "bytes", "what"], ...damages.map(({ byte, bytes, what }) => [byte, bytes, what])])
}

function runRow(archived: ArchivedRun): Cell[] {
  const { decoded, unixS, zoneQuarters } = archived
  const run = decoded?.run
  const row = [
    ...[archived.run, run?.bootId, isoTime(unixS, zoneQuarters), run?.startMs, archived.standing],
    ...[archived.isAcknowledged, isInSight(archived), archived.recordAt, archived.length, run !== undefined],
  ]
  if (!run) return [...row, ...RUN_HEAD.slice(row.length).map(() => undefined)]
  return [
    ...row,
    ...[run.durationMs / MS_PER_S, run.strides, run.loadCycles, run.compressions, ...run.compressionsByDepth],
    ...[
      run.msPastThreshold / MS_PER_S,
      run.cdegSecondsPastThreshold / CDEG_PER_DEG,
      run.milliLoad / MILLI_PER_LOAD,
    ],
    ...[
      run.cadenceDspm / DSPM_PER_SPM,
      run.thresholdCdeg / CDEG_PER_DEG,
      run.peakFlexionMedianCdeg / CDEG_PER_DEG,
    ],
    ...[run.peakFlexionP95Cdeg / CDEG_PER_DEG, run.contactTimeMedianMs, run.bouts.length, run.buzzes.length],
    run.pains.length + run.painsDropped,
    decoded?.firmware,
  ]
}

function csv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(quoted).join(",")}\r\n`).join("")
}

function quoted(cell: Cell): string {
  const text = String(cell ?? "")
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
