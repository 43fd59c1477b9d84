/** The columns of a recording: which there are, which belong together, and where each stands in one file's header. */
import { RecordingError } from "./recording"

export const TIME_COLUMN = "time_s"
export const IMU_COLUMNS = ["ax_g", "ay_g", "az_g", "gx_dps", "gy_dps", "gz_dps"] as const
export const SHANK_COLUMNS = IMU_COLUMNS.map((name) => `shank_${name}`)
export const TRUTH_COLUMNS = ["knee_deg", "thigh_deg", "stance", "activity"] as const

const HEADER_LINE = 1

/** Positions in the row. */
export interface ColumnPlan {
  names: string[]
  time: number
  thigh: number[]
  shank?: number[]
  truth?: number[]
  ignored: string[]
}

/** @throws RecordingError for a column that is missing or there twice. */
export function planColumns(file: string, header: readonly string[]): ColumnPlan {
  const names = header.map((name) => name.trim())
  for (const [position, name] of names.entries()) {
    if (names.indexOf(name) !== position) {
      throw new RecordingError(file, { line: HEADER_LINE, column: name }, "the column is there twice")
    }
  }
  const required = [TIME_COLUMN, ...IMU_COLUMNS]
  if (!required.some((name) => names.includes(name))) {
    const found = JSON.stringify(header.join(",").slice(0, 40))
    const what = `this is not a recording: its first line is ${found}, not ${required.join(",")}`
    throw new RecordingError(file, { line: HEADER_LINE, column: TIME_COLUMN }, what)
  }
  const place = (name: string, because: string) => {
    const position = names.indexOf(name)
    if (position < 0) {
      throw new RecordingError(file, { line: HEADER_LINE, column: name }, `the column is missing${because}`)
    }
    return position
  }
  /** A group that may be absent, but only as a whole. */
  const optional = (group: readonly string[]) => {
    const first = group.find((name) => names.includes(name))
    return first === undefined ? undefined : group.map((name) => place(name, `, though ${first} is there`))
  }
  const shank = optional(SHANK_COLUMNS)
  const truth = optional(TRUTH_COLUMNS)
  const known: readonly string[] = [...required, ...SHANK_COLUMNS, ...TRUTH_COLUMNS]
  return {
    names,
    time: place(TIME_COLUMN, ""),
    thigh: IMU_COLUMNS.map((name) => place(name, "")),
    ...(shank && { shank }),
    ...(truth && { truth }),
    ignored: names.filter((name) => !known.includes(name)),
  }
}
