/**
 * Writes a recording as readRecording reads it: the same columns, plain or gzipped by the file's name. Every value is written with all
 * its digits, so that reading gives it back; the same recording makes the same bytes.
 */
import { rename, rm, writeFile } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { gzipSync } from "node:zlib"
import { IMU_COLUMNS, SHANK_COLUMNS, TIME_COLUMN, TRUTH_COLUMNS } from "./columns"
import type { ImuChannels, Recording } from "./recording"

const GZIP_NAME = /\.gz$/i

/** Line by line, without line ends. */
export function* recordingLines({ timeS, thigh, shank, truth }: Recording): Generator<string> {
  const groups = [IMU_COLUMNS, shank ? SHANK_COLUMNS : [], truth ? TRUTH_COLUMNS : []]
  yield [TIME_COLUMN, ...groups.flat()].join(",")
  const columns: ArrayLike<number | string>[] = [timeS, ...channels(thigh)]
  if (shank) columns.push(...channels(shank))
  if (truth) columns.push(truth.kneeDeg, truth.thighDeg, truth.stance, truth.activity)
  for (let row = 0; row < timeS.length; row++) yield columns.map((column) => column[row]).join(",")
}

export function recordingBytes(recording: Recording, packed: boolean): Uint8Array {
  const text = Buffer.from(`${[...recordingLines(recording)].join("\n")}\n`)
  return packed ? gzipSync(text) : text
}

/** Whole or not at all: beside its place first, then moved there. @throws Error of the file system. */
export async function writeRecording(path: string, recording: Recording): Promise<void> {
  const growing = join(dirname(path), `.${basename(path)}.${process.pid}.part`)
  try {
    await writeFile(growing, recordingBytes(recording, GZIP_NAME.test(path)), { flag: "wx" })
    await rename(growing, path)
  } catch (error) {
    await rm(growing, { force: true })
    throw error
  }
}

function channels({ axG, ayG, azG, gxDps, gyDps, gzDps }: ImuChannels): Float64Array[] {
  return [axG, ayG, azG, gxDps, gyDps, gzDps]
}
