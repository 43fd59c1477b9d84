/** Motion for the fuzzed device: a minute of a project's recording, from the bends into the run, ten seconds at a time. */
import { fileURLToPath } from "node:url"
import { chipSamples } from "../motion-source"
import { readRecording } from "../recording/read-recording"
import { PARTS } from "./operation"

const RECORDING = fileURLToPath(new URL("../recordings/S01.csv.gz", import.meta.url))
/** It bends its knees until 28 s, and runs from 29 to 87. */
const FROM_S = 26
const PART_S = 10
const RATE_HZ = 104

export async function motionParts(): Promise<Uint8Array[]> {
  const recording = await readRecording(RECORDING)
  const row = (second: number) => recording.timeS.findIndex((time) => time >= second)
  return [...chipSamples(recording, row(FROM_S), row(FROM_S + PARTS * PART_S), RATE_HZ, PART_S)].slice(
    0,
    PARTS,
  )
}
