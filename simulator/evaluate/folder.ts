/** The recordings of a folder and the truth beside each: `NAME.csv` or `NAME.csv.gz`, and `NAME.json`. */
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { UsageError } from "../cli/usage"
import type { Recording } from "../recording/recording"
import { parseSessionTruth, RUNNING, type SessionTruth, type TruthColumns } from "./truth"

const RECORDING = /\.csv(\.gz)?$/

/** Paths of the folder's recordings in the order of their names. @throws UsageError when it is none or has none. */
export async function listRecordings(folder: string): Promise<string[]> {
  let names: string[]
  try {
    names = await readdir(folder)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === "ENOENT") throw new UsageError(`${folder}: there is no such folder`)
    if (code === "ENOTDIR") throw new UsageError(`${folder}: is a file; name the folder that it is in`)
    throw new UsageError(`${folder}: cannot be read: ${message}`)
  }
  const recordings = names.filter((name) => RECORDING.test(name)).sort()
  if (recordings.length === 0) throw new UsageError(`${folder}: holds no recording (.csv or .csv.gz)`)
  return recordings.map((name) => join(folder, name))
}

/** Where the truth of a recording lies. */
export function truthPath(recordingPath: string): string {
  return recordingPath.replace(RECORDING, ".json")
}

/** Undefined when there is no JSON beside the recording. @throws TruthError when it cannot be used. */
export async function readSessionTruth(recordingPath: string): Promise<SessionTruth | undefined> {
  const path = truthPath(recordingPath)
  try {
    return parseSessionTruth(await readFile(path, "utf8"), path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined
    throw error
  }
}

/** Undefined when the recording has no truth columns. */
export function truthColumns({ timeS, truth }: Recording): TruthColumns | undefined {
  if (!truth) return undefined
  const running = Uint8Array.from(truth.activity, (activity) => (activity === RUNNING ? 1 : 0))
  return { timeS, kneeDeg: truth.kneeDeg, thighDeg: truth.thighDeg, stance: truth.stance, running }
}
