/**
 * Reads a recording (README, "Recordings"): CSV, plain or gzip, in; typed arrays out. Strict: whatever is not a whole,
 * finite, well-ordered recording is refused with file, line and column, never read in part.
 */
import { basename } from "node:path"
import { CsvError, parse } from "csv-parse/sync"
import { type ColumnPlan, planColumns, TIME_COLUMN } from "./columns"
import { withoutComments } from "./comments"
import { type ColumnValues, countLines, readPlainRows, WORD } from "./plain-rows"
import { countBeyondRange, type ImuChannels, type Recording, RecordingError, type Truth } from "./recording"
import { readRecordingBytes } from "./recording-file"
import { lineOfRow, readTimeAxis } from "./time-axis"

const NEWLINE = 0x0a
const DECIMAL = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i
const PLAIN_HEADER = /^[\w,]+$/

/** @throws RecordingError */
export async function readRecording(path: string): Promise<Recording> {
  return parseRecording(path, await readRecordingBytes(path))
}

/** @throws RecordingError naming `file`. */
export function parseRecording(file: string, bytes: Uint8Array): Recording {
  if (bytes.length === 0)
    throw new RecordingError(file, { line: 1, column: TIME_COLUMN }, "the file is empty")
  if (bytes.includes(0)) throw new RecordingError(file, { line: 1 }, "this is not CSV text but binary data")
  return withoutComments(bytes, (rest) => {
    const plain = readPlainly(file, rest)
    return plain ? plain.finish() : readStrictly(file, rest).finish()
  })
}

/** Undefined when the file is not all plain rows, or has none. */
function readPlainly(file: string, bytes: Uint8Array): Table | undefined {
  const headerEnd = bytes.indexOf(NEWLINE)
  const header = new TextDecoder().decode(bytes.subarray(0, Math.max(0, headerEnd)))
  if (!PLAIN_HEADER.test(header)) return undefined
  const table = new Table(file, planColumns(file, header.split(",")), countLines(bytes))
  return table.takePlainRows(bytes, headerEnd + 1) ? table : undefined
}

function readStrictly(file: string, bytes: Uint8Array): Table {
  const capacity = countLines(bytes)
  let plan: ColumnPlan | undefined
  let table: Table | undefined
  let line = 0
  let blankLine = 0
  const take = (fields: string[]) => {
    line++
    if (fields.length === 1 && fields[0]?.trim() === "") {
      blankLine ||= line
      return null
    }
    if (blankLine)
      throw new RecordingError(file, { line: blankLine, column: TIME_COLUMN }, "the line is empty")
    if (!plan) {
      plan = planColumns(file, fields)
      table = new Table(file, plan, capacity)
    } else table?.push(fields)
    return null
  }
  try {
    parse(bytes, { bom: true, relax_column_count: true, on_record: take })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const what = "a quotation mark is out of place or never closed"
    throw new RecordingError(file, { line: line + 1 }, what)
  }
  if (!plan || !table) {
    throw new RecordingError(file, { line: 1, column: TIME_COLUMN }, "the file holds nothing but blank lines")
  }
  if (table.rows === 0) {
    throw new RecordingError(
      file,
      { line: lineOfRow(0), column: TIME_COLUMN },
      "no sample follows the header",
    )
  }
  if (bytes.at(-1) !== NEWLINE) {
    const place = { line: lineOfRow(table.rows - 1), column: plan.names.at(-1) as string }
    const what = "the line is not ended, so its last value may be cut; if the file is whole, add a newline"
    throw new RecordingError(file, place, what)
  }
  return table
}

/** The columns as they fill up, row by row. */
class Table {
  rows = 0
  readonly #file: string
  readonly #plan: ColumnPlan
  readonly #numbers: Float64Array[]
  readonly #activity: string[] = []
  readonly #activityAt: number

  constructor(file: string, plan: ColumnPlan, capacity: number) {
    this.#file = file
    this.#plan = plan
    this.#activityAt = plan.truth?.[3] ?? -1
    this.#numbers = plan.names.map((name, position) => {
      const isNumber = !plan.ignored.includes(name) && position !== this.#activityAt
      return new Float64Array(isNumber ? capacity : 0)
    })
  }

  /** @returns false when the rows are not plain: then the table is spoilt. */
  takePlainRows(bytes: Uint8Array, start: number): boolean {
    const columns = this.#numbers.map((numbers, position): ColumnValues => {
      if (position === this.#activityAt) return this.#activity
      return numbers.length > 0 ? numbers : undefined
    })
    this.rows = readPlainRows(bytes, start, columns) ?? 0
    return this.rows > 0
  }

  push(fields: string[]) {
    const { names } = this.#plan
    if (fields.length !== names.length) {
      const column = names[Math.min(fields.length, names.length - 1)] as string
      const many = fields.length > names.length
      const what = many ? "has too much" : "ends too early"
      throw this.#error(column, `the line ${what}: ${fields.length} values for ${names.length} columns`)
    }
    for (let position = 0; position < fields.length; position++) {
      const text = fields[position] as string
      const numbers = this.#numbers[position] as Float64Array
      if (numbers.length > 0) {
        const value = Number(text)
        // Number() takes "", "0x10" and "Infinity" as well.
        if (!DECIMAL.test(text) || !Number.isFinite(value))
          throw this.#error(names[position] as string, notNumber(text))
        numbers[this.rows] = value
      } else if (position === this.#activityAt) {
        if (!WORD.test(text)) throw this.#error("activity", `${JSON.stringify(text)} is not an activity`)
        this.#activity.push(text)
      }
    }
    this.rows++
  }

  finish(): Recording {
    const { time, thigh, shank, truth, ignored: ignoredColumns } = this.#plan
    const timeS = this.#column(time)
    const { rateHz, gaps, sampledS } = readTimeAxis(this.#file, timeS)
    const channels = this.#imu(thigh)
    return {
      name: basename(this.#file),
      rateHz,
      timeS,
      sampledS,
      thigh: channels,
      ...(shank && { shank: this.#imu(shank) }),
      ...(truth && { truth: this.#truth(truth) }),
      gaps,
      beyondRangeRows: countBeyondRange(channels),
      ignoredColumns,
    }
  }

  #column(position: number | undefined): Float64Array {
    return (this.#numbers[position as number] as Float64Array).slice(0, this.rows)
  }

  #imu(at: readonly number[]): ImuChannels {
    const [axG, ayG, azG, gxDps, gyDps, gzDps] = at.map((position) => this.#column(position))
    return { axG, ayG, azG, gxDps, gyDps, gzDps } as ImuChannels
  }

  #truth(at: readonly number[]): Truth {
    const stance = this.#column(at[2])
    const wrong = stance.findIndex((value) => value !== 0 && value !== 1)
    if (wrong >= 0) {
      const place = { line: lineOfRow(wrong), column: "stance" }
      throw new RecordingError(this.#file, place, `${stance[wrong]} is neither 0 nor 1`)
    }
    return {
      kneeDeg: this.#column(at[0]),
      thighDeg: this.#column(at[1]),
      stance: Uint8Array.from(stance),
      activity: this.#activity,
    }
  }

  #error(column: string, what: string) {
    return new RecordingError(this.#file, { line: lineOfRow(this.rows), column }, what)
  }
}

function notNumber(text: string): string {
  return text.trim() === ""
    ? "the value is missing"
    : `${JSON.stringify(text.slice(0, 40))} is not a finite number`
}
