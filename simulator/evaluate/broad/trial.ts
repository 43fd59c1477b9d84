/**
 * A trial of BROAD (Laidig, Caruso, Cereatti & Seel 2021, doi:10.3390/data6070072): a real sensor's `ax..az` in 0.001 m/s², `gx..gz` in
 * 1e-4 rad/s, the optical orientation `qw..qz` × 1e4 (sensor → earth, z up; all 0: no fix) and `mov`, 1 where it is scored. In: CSV, plain or
 * gzipped. Out: a recording as any other, in g and °/s, and beside it the direction of up in the sensor's frame.
 */
import { basename } from "node:path"
import { parse } from "csv-parse/sync"
import type { ImuChannels, Recording } from "../../recording/recording"
import { countBeyondRange, RecordingError } from "../../recording/recording"
import { readRecordingBytes } from "../../recording/recording-file"
import { lineOfRow } from "../../recording/time-axis"

export interface BroadTrial {
  recording: Recording
  reference: UpReference
}

/** A row a sample; unit vectors, all 0 without an optical fix. */
export interface UpReference {
  timeS: Float64Array
  x: Float64Array
  y: Float64Array
  z: Float64Array
  /** 1 where the trial is scored and the optics saw the sensor. */
  scored: Uint8Array
}

const COLUMNS = ["ax", "ay", "az", "gx", "gy", "gz", "qw", "qx", "qy", "qz", "mov"] as const
type Column = (typeof COLUMNS)[number]
type Columns = Record<Column, Float64Array>

/** The data set's sampling rate. */
const RATE_HZ = 2000 / 7
/** Standard gravity, ISO 80000-3. */
const MPS2_PER_G = 9.80665
const G_PER_UNIT = 0.001 / MPS2_PER_G
const DPS_PER_UNIT = (1e-4 * 180) / Math.PI
const INTEGER = /^-?\d+$/

/** @throws RecordingError naming file, line and column. */
export async function readBroadTrial(path: string): Promise<BroadTrial> {
  const columns = readColumns(path, await readRecordingBytes(path))
  const timeS = Float64Array.from(columns.ax, (_, row) => row / RATE_HZ)
  const thigh = channelsOf(columns)
  return {
    recording: {
      name: basename(path),
      rateHz: RATE_HZ,
      timeS,
      sampledS: timeS,
      thigh,
      gaps: [],
      beyondRangeRows: countBeyondRange(thigh),
      ignoredColumns: [],
    },
    reference: { timeS, ...upOf(columns) },
  }
}

function readColumns(path: string, bytes: Uint8Array): Columns {
  const lines = parse(bytes, { relax_column_count: true }) as string[][]
  const [header = [], ...rows] = lines
  const places = COLUMNS.map((column) => {
    const place = header.indexOf(column)
    if (place < 0)
      throw new RecordingError(path, { line: 1, column }, "the column is missing: this is no trial of BROAD")
    return place
  })
  if (rows.length < 2)
    throw new RecordingError(path, { line: rows.length + 1 }, "the trial has no rows to play")
  const value = (row: string[], index: number, column: Column, place: number) => {
    const text = row[place] ?? ""
    if (!INTEGER.test(text))
      throw new RecordingError(path, { line: lineOfRow(index), column }, `"${text}" is not a whole number`)
    return Number(text)
  }
  return Object.fromEntries(
    COLUMNS.map((column, i) => [
      column,
      Float64Array.from(rows, (row, index) => value(row, index, column, places[i] as number)),
    ]),
  ) as Columns
}

function channelsOf({ ax, ay, az, gx, gy, gz }: Columns): ImuChannels {
  const times = (column: Float64Array, unit: number) => column.map((value) => value * unit)
  return {
    axG: times(ax, G_PER_UNIT),
    ayG: times(ay, G_PER_UNIT),
    azG: times(az, G_PER_UNIT),
    gxDps: times(gx, DPS_PER_UNIT),
    gyDps: times(gy, DPS_PER_UNIT),
    gzDps: times(gz, DPS_PER_UNIT),
  }
}

/** The earth's z axis in the sensor's frame: the last row of the rotation that the quaternion stands for. */
function upOf({ qw, qx, qy, qz, mov }: Columns): Omit<UpReference, "timeS"> {
  const rows = qw.length
  const up = { x: new Float64Array(rows), y: new Float64Array(rows), z: new Float64Array(rows) }
  const scored = new Uint8Array(rows)
  for (let row = 0; row < rows; row++) {
    const [w, x, y, z] = [qw, qx, qy, qz].map((column) => column[row] as number) as [
      number,
      number,
      number,
      number,
    ]
    const square = w * w + x * x + y * y + z * z
    if (square === 0) continue
    up.x[row] = (2 * (x * z - w * y)) / square
    up.y[row] = (2 * (y * z + w * x)) / square
    up.z[row] = (w * w - x * x - y * y + z * z) / square
    scored[row] = mov[row] === 1 ? 1 : 0
  }
  return { ...up, scored }
}
