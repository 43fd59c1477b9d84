/**
 * The motion that the bench plays: the project's recording S01 (three minutes with bends, rest and three bouts), as the chip's samples, and
 * a stretch of its running from one contact to another, which looped is an endless bout.
 */
import { fileURLToPath } from "node:url"
import { BASE_RATE_HZ, ODR_DIVIDERS } from "../../hosts/virtual/lsm6dso-filter"
import { chipSamples } from "../motion-source"
import { readRecording } from "../recording/read-recording"
import type { Recording } from "../recording/recording"

/** ODR 104 Hz, a chip whose clock is exact. */
export const USUAL_RATE_HZ = BASE_RATE_HZ / (ODR_DIVIDERS[4] as number)
const BENCH_RECORDING = "S01.csv.gz"
const RECORDINGS = fileURLToPath(new URL("../recordings/", import.meta.url))
const SLICE_S = 5
/** 52 strides. */
const LOOP_FROM_S = 33.26
const LOOP_TO_S = 73.265

export interface BenchMotion {
  recording: Recording
  /** From the start to where the loop begins: bends, rest and the first strides. */
  before: Uint8Array[]
  loop: Uint8Array[]
  all: Uint8Array[]
}

/** @param rateHz the chip's real rate */
export async function benchMotion(rateHz: number): Promise<BenchMotion> {
  const recording = await readRecording(RECORDINGS + BENCH_RECORDING)
  const slices = (fromS: number, toS: number) => {
    const first = recording.timeS.findIndex((time) => time >= fromS)
    const after = recording.timeS.findIndex((time) => time > toS)
    const last = (after < 0 ? recording.timeS.length : after) - 1
    return [...chipSamples(recording, first, last, rateHz, SLICE_S)]
  }
  return {
    recording,
    before: slices(0, LOOP_FROM_S),
    loop: slices(LOOP_FROM_S, LOOP_TO_S),
    all: slices(0, Number.POSITIVE_INFINITY),
  }
}
