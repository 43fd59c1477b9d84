/**
 * `--trace OUT.csv`: the trace as CSV, written beside its place and moved there when it is whole, so
 * that an interrupted run leaves no half file.
 */
import { closeSync, fstatSync, openSync, renameSync, rmSync, type Stats, statSync, writeSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { STATUS } from "../../src/ble/layouts"
import type { Trace } from "../trace"
import { systemWords, UsageError } from "./usage"

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

/** Open from before the replay, so that a place that cannot be written is known at once. */
export class TraceFile {
  readonly #path: string
  /** Where it grows; a device or a pipe is written directly. */
  readonly #growing: string
  readonly #descriptor: number
  #done = false
  readonly #giveUp = () => this.discard()

  /** @throws UsageError when nothing can be written there, or when `source` is the same file. */
  constructor(path: string, source: string) {
    this.#path = path
    const there = statOf(path)
    if (there?.isDirectory()) throw new UsageError(`--trace ${path}: is a folder; name a file`)
    const read = statOf(source)
    if (there && read && there.ino === read.ino && there.dev === read.dev) {
      throw new UsageError(`--trace ${path}: is the recording itself; name another file`)
    }
    const direct = there !== undefined && !there.isFile()
    this.#growing = direct ? path : join(dirname(path), `.${basename(path)}.${process.pid}.part`)
    try {
      this.#descriptor = openSync(this.#growing, direct ? "w" : "wx")
    } catch (error) {
      throw new UsageError(`--trace ${path}: cannot be written: ${systemWords(error)}`)
    }
    process.once("exit", this.#giveUp)
  }

  /** @throws Error when the disk refuses; nothing is left behind then. */
  write(trace: Trace): void {
    try {
      let text = ""
      let rows = 0
      for (const line of traceLines(trace)) {
        text += `${line}\n`
        if (++rows % ROWS_A_WRITE !== 0) continue
        writeWhole(this.#descriptor, text)
        text = ""
      }
      writeWhole(this.#descriptor, text)
      const isFile = fstatSync(this.#descriptor).isFile()
      closeSync(this.#descriptor)
      if (isFile) renameSync(this.#growing, this.#path)
      this.#done = true
      process.off("exit", this.#giveUp)
    } catch (error) {
      this.discard()
      throw new Error(`--trace ${this.#path}: not written: ${systemWords(error)}`)
    }
  }

  /** Leaves nothing behind, unless it was written. */
  discard(): void {
    if (this.#done) return
    this.#done = true
    process.off("exit", this.#giveUp)
    if (this.#growing !== this.#path) rmSync(this.#growing, { force: true })
  }
}

/** Undefined where nothing is, or nothing can be. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

function writeWhole(descriptor: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written)
}
