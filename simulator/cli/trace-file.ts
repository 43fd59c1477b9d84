/** `--trace OUT.csv`: the trace as CSV, a row a motion sample. */
import { STATUS } from "../../src/ble/layouts"
import type { Trace } from "../trace"
import { GrowingFile } from "./growing-file"

export const TRACE_HEADER = "time_s,knee_deg,thigh_deg,stance,activity,stance_live,up_x,up_y,up_z"

const TIME_DECIMALS = 4
const ANGLE_DECIMALS = 2
/** 1/2^14 is 0.00006. */
const UP_DECIMALS = 5
const ROWS_A_WRITE = 4096

type StatusField = (typeof STATUS.head)[number]
const isActivity = (field: StatusField): field is Extract<StatusField, { name: "activity" }> =>
  field.name === "activity"
/** By code, as the profile names them. */
const ACTIVITY_NAMES = new Map<number, string>(
  STATUS.head
    .filter(isActivity)
    .flatMap(({ codes }) => Object.entries(codes).map(([name, code]) => [code, name] as const)),
)

export function* traceLines(trace: Trace): Generator<string> {
  yield TRACE_HEADER
  const at = (column: ArrayLike<number>, row: number, decimals: number) =>
    (column[row] as number).toFixed(decimals)
  for (let row = 0; row < trace.timeS.length; row++) {
    yield [
      at(trace.timeS, row, TIME_DECIMALS),
      at(trace.kneeDeg, row, ANGLE_DECIMALS),
      at(trace.thighDeg, row, ANGLE_DECIMALS),
      trace.stance[row],
      ACTIVITY_NAMES.get(trace.activity[row] as number) ?? trace.activity[row],
      trace.stanceLive[row],
      at(trace.upX, row, UP_DECIMALS),
      at(trace.upY, row, UP_DECIMALS),
      at(trace.upZ, row, UP_DECIMALS),
    ].join(",")
  }
}

/** `--trace OUT.csv`, open from before the replay. */
export class TraceFile {
  readonly #file: GrowingFile

  /** @throws UsageError when nothing can be written there, or when `source` is the same file. */
  constructor(path: string, source: string) {
    this.#file = new GrowingFile("--trace", path, source)
  }

  /** @throws Error when the disk refuses; nothing is left behind then. */
  write(trace: Trace): void {
    this.#file.write(inPieces(traceLines(trace)))
  }

  /** Leaves nothing behind, unless it was written. */
  discard(): void {
    this.#file.discard()
  }
}

function* inPieces(lines: Iterable<string>): Generator<string> {
  let text = ""
  let rows = 0
  for (const line of lines) {
    text += `${line}\n`
    if (++rows % ROWS_A_WRITE !== 0) continue
    yield text
    text = ""
  }
  yield text
}
