/**
 * How recorded people run, and how the virtual runner does: mean stride, contact, peaks, times, at three speeds. What was recorded is kept in
 * docs/virtual-runner.json (`npm run docs -- --recordings FOLDER`), because most recordings are not in the project. Degrees, ms, steps a minute.
 */
import { readFileSync, writeFileSync } from "node:fs"
import { listRecordings, readSessionTruth } from "../evaluate/folder"
import { meanCurve, STRIDE_POINTS, stridesOf } from "../evaluate/mean-stride"
import { mean, median, standardDeviation } from "../evaluate/statistics"
import type { TruthBout } from "../evaluate/truth"
import { truthFromColumns } from "../evaluate/truth-from-columns"
import { readRecording } from "../recording/read-recording"
import type { Recording } from "../recording/recording"
import type { Body } from "../runner/body"
import { runningStyle } from "../runner/running"

export const RUNNER_REPORT_PATH = "docs/virtual-runner.json"
/** Of a recording's bouts, in their order. */
export const SPEEDS_MS = [2.5, 3.5, 4.5] as const
const SOURCE =
  "Bouts of the development recordings, made from Fukuchi, Fukuchi & Duarte 2017, PeerJ 5:e3298, figshare 10.6084/m9.figshare.4543435, CC BY 4.0"
const DECIMALS = 2
const MS_PER_S = 1000
const STEPS_PER_MINUTE = 120

/** What tells one way of running from another. */
export interface RunnersStride {
  contactKneeDeg: number
  stancePeakDeg: number
  swingPeakDeg: number
  cadenceSpm: number
  contactMs: number
  /** At equal steps from one contact to the next. */
  kneeDeg: number[]
  thighDeg: number[]
}
export const FIGURES = ["contactKneeDeg", "stancePeakDeg", "swingPeakDeg", "cadenceSpm", "contactMs"] as const

export interface Spread {
  mean: number
  sd: number
}
export interface SpeedReport extends Record<(typeof FIGURES)[number], Spread> {
  speedMs: number
  runners: number
  kneeDeg: Spread[]
  thighDeg: Spread[]
}
export interface RunnerReport {
  source: string
  speeds: SpeedReport[]
}

/** @throws UsageError for a folder without recordings. */
export async function measureRunners(folder: string): Promise<RunnerReport> {
  const recorded = await Promise.all((await listRecordings(folder)).map(recordedStrides))
  return {
    source: SOURCE,
    speeds: SPEEDS_MS.map((speedMs, i) =>
      spreadOf(
        speedMs,
        recorded.flatMap((strides) => strides[i] ?? []),
      ),
    ),
  }
}

/** One entry a bout. */
export async function recordedStrides(path: string): Promise<RunnersStride[]> {
  const recording = await readRecording(path)
  const truth = await readSessionTruth(path)
  return stridesIn(recording, truth?.bouts)
}

/** @throws Error for a recording without truth. */
export function stridesIn({ name, timeS, truth }: Recording, told?: readonly TruthBout[]): RunnersStride[] {
  if (!truth) throw new Error(`${name} has no truth`)
  return (told ?? truthFromColumns(timeS, truth).bouts).map(({ stances, cadenceSpm }) => {
    const strides = stridesOf([stances])
    const kneeDeg = meanCurve(strides, timeS, truth.kneeDeg)
    return {
      contactKneeDeg: kneeDeg[0] as number,
      stancePeakDeg: median(stances.map(({ peakDeg }) => peakDeg)),
      swingPeakDeg: Math.max(...kneeDeg),
      cadenceSpm,
      contactMs: median(stances.map(({ startS, endS }) => (endS - startS) * MS_PER_S)),
      kneeDeg,
      thighDeg: meanCurve(strides, timeS, truth.thighDeg),
    }
  })
}

/** As the virtual runner's curves have it. */
export function virtualStride(body: Body, speedMs: number): RunnersStride {
  const { kneeDeg, thighDeg, periodS, dutyFactor } = runningStyle(body, { speedMs })
  const shares = Array.from({ length: STRIDE_POINTS }, (_, i) => i / (STRIDE_POINTS - 1))
  const knee = shares.map(kneeDeg)
  return {
    contactKneeDeg: kneeDeg(0),
    stancePeakDeg: Math.max(...shares.map((share) => kneeDeg(share * dutyFactor))),
    swingPeakDeg: Math.max(...knee),
    cadenceSpm: STEPS_PER_MINUTE / periodS,
    contactMs: dutyFactor * periodS * MS_PER_S,
    kneeDeg: knee,
    thighDeg: shares.map(thighDeg),
  }
}

/** Of some runners at one speed. */
export function spreadOf(speedMs: number, strides: readonly RunnersStride[]): SpeedReport {
  const of = (value: (stride: RunnersStride) => number): Spread => {
    const values = strides.map(value)
    return { mean: tidy(mean(values)), sd: tidy(standardDeviation(values)) }
  }
  const along = (curve: "kneeDeg" | "thighDeg") =>
    Array.from({ length: STRIDE_POINTS }, (_, point) => of((stride) => stride[curve][point] as number))
  return {
    speedMs,
    runners: strides.length,
    contactKneeDeg: of((stride) => stride.contactKneeDeg),
    stancePeakDeg: of((stride) => stride.stancePeakDeg),
    swingPeakDeg: of((stride) => stride.swingPeakDeg),
    cadenceSpm: of((stride) => stride.cadenceSpm),
    contactMs: of((stride) => stride.contactMs),
    kneeDeg: along("kneeDeg"),
    thighDeg: along("thighDeg"),
  }
}

function tidy(value: number | null): number {
  return Number((value ?? Number.NaN).toFixed(DECIMALS))
}

export function readRunnerReport(): RunnerReport {
  return JSON.parse(readFileSync(RUNNER_REPORT_PATH, "utf8")) as RunnerReport
}

export function writeRunnerReport(report: RunnerReport): void {
  // A point of a curve a line.
  const text = JSON.stringify(report, null, 2).replaceAll(
    /\{\s+"mean": (\S+),\s+"sd": (\S+)\s+\}/g,
    '{ "mean": $1, "sd": $2 }',
  )
  writeFileSync(RUNNER_REPORT_PATH, `${text}\n`)
}
