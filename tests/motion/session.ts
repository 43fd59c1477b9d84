/**
 * A recorded session as the chip puts it out, and the motion pipeline run over it by itself: strides, bends, activities and
 * angles as it told them.
 */
import { readFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { parseSessionTruth, type SessionTruth } from "../../simulator/evaluate/truth"
import { chipDelayMs, chipSamples } from "../../simulator/motion-source"
import { readRecording } from "../../simulator/recording/read-recording"
import type { ImuChannels, Recording, Truth } from "../../simulator/recording/recording"
import { FLEXION_MODEL } from "../../src/motion/flexion-model-data"
import { createMotion, type Motion, MotionEvent, type MotionOptions } from "../../src/motion/motion"
import type { Shank } from "../../src/motion/shank"
import type { Stride } from "../../src/motion/stride"
import { type Matrix, type Sample, times } from "./thigh-motion"

/** 6667 Hz / 64: the chip's 104 Hz. */
export const RATE_HZ = 6667 / 64
export const PERIOD_US = 1_000_000 / RATE_HZ
export const PERIOD_MS = PERIOD_US / 1000
export const DELAY_MS = chipDelayMs(RATE_HZ).gyro
const AXES = 6
const MS_PER_S = 1000

/** True time of a sample, s. */
export const timeOf = (sample: number): number => (sample * PERIOD_MS - DELAY_MS) / MS_PER_S
/** True time of the angles that are live at a sample, s: the middle of the newest whole pair. */
export const liveTimeOf = (sample: number): number => timeOf(sample - (sample % 2 === 1 ? 0.5 : 1.5))
export const sampleAt = (timeS: number): number => Math.round((timeS * MS_PER_S + DELAY_MS) / PERIOD_MS)

interface TruthBend {
  startS: number
  endS: number
  peakDeg: number
  thighPeakDeg: number
}

export interface Session {
  truth: SessionTruth
  bends: TruthBend[]
  timeS: Float64Array
  columns: Truth
  samples: Sample[]
  /** Of the second sensor, where the recording has one; at the same instants. */
  shank: Sample[]
}

/** A sensor's channels as they would be had it been strapped on turned by this. */
function turnedChannels(channels: ImuChannels, by: Matrix): ImuChannels {
  const { axG, ayG, azG, gxDps, gyDps, gzDps } = channels
  const part = (row: 0 | 1 | 2, x: Float64Array, y: Float64Array, z: Float64Array) =>
    x.map((value, n) => times(by, [value, y[n] as number, z[n] as number])[row])
  return {
    axG: part(0, axG, ayG, azG),
    ayG: part(1, axG, ayG, azG),
    azG: part(2, axG, ayG, azG),
    gxDps: part(0, gxDps, gyDps, gzDps),
    gyDps: part(1, gxDps, gyDps, gzDps),
    gzDps: part(2, gxDps, gyDps, gzDps),
  }
}

/** What a chip puts out of a sensor's channels. @param by turned so before the chip filters, rounds and clips */
export function countsOf(sampledS: Float64Array, channels: ImuChannels, by?: Matrix): Sample[] {
  const thigh = by ? turnedChannels(channels, by) : channels
  const samples: Sample[] = []
  for (const slice of chipSamples({ sampledS, thigh }, 0, sampledS.length - 1, RATE_HZ, sampledS.length)) {
    const counts = new DataView(slice.buffer)
    for (let at = 0; at < slice.length; at += 2 * AXES)
      samples.push(Array.from({ length: AXES }, (_, axis) => counts.getInt16(at + 2 * axis, true)) as Sample)
  }
  return samples
}

export function recordingOf(name: string): Promise<Recording> {
  return readRecording(`${pathOf(name)}.csv.gz`)
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(`../../simulator/recordings/${name}`, import.meta.url))
}

export async function readSession(name: string): Promise<Session> {
  const path = pathOf(name)
  const recording = await recordingOf(name)
  const text = await readFile(`${path}.json`, "utf8")
  const { items } = (JSON.parse(text) as { bends: { items: TruthBend[] } }).bends
  const { timeS, sampledS, thigh, shank } = recording
  if (!recording.truth) throw new Error(`${path}: no truth`)
  return {
    truth: parseSessionTruth(text, path),
    bends: items,
    timeS,
    columns: recording.truth,
    samples: countsOf(sampledS, thigh),
    shank: shank ? countsOf(sampledS, shank) : [],
  }
}

export interface Told {
  motion: Motion
  strides: Stride[]
  bends: { timeMs: number; peakCdeg: number }[]
  /** Time of the newest sample when it told that it is calibrated, ms. */
  calibratedMs: number[]
  /** Or that the strap slipped. */
  shiftedMs: number[]
  thighCdeg: Int32Array
  kneeCdeg: Int32Array
  stance: Uint8Array
  /** As corrected afterwards. */
  activity: Uint8Array
}

interface PlayOptions {
  thresholdCdeg?: number
  /** Samples in a batch, by its number. */
  batchSize?: (batch: number) => number
  /** Time of the first sample. */
  fromMs?: number
  periodUs?: number
  motion?: Motion
  /** The second sensor of that motion; what it measured, at the same instants. */
  shank?: { sensor: Shank; samples: readonly Sample[] }
  /** What waits once gait has told the mount is stepped at once. */
  isCaughtUpAtOnce?: boolean
  /** Samples that never came; the pipeline is told of the gap. */
  lost?: (sample: number) => boolean
}

/** The pipeline as the device makes it. */
export function sessionMotion(changes: Partial<MotionOptions> = {}): Motion {
  return createMotion({
    periodUs: PERIOD_US,
    model: FLEXION_MODEL,
    delayMs: DELAY_MS,
    thresholdCdeg: 3000,
    ...changes,
  })
}

/** Runs a pipeline over the samples; activities are told of only by one of its own making, through its tap. */
export function play(samples: readonly Sample[], options: PlayOptions = {}): Told {
  const { batchSize = () => 16, fromMs = 0, periodUs = PERIOD_US, lost = () => false, shank } = options
  const activity = new Uint8Array(samples.length)
  let inMotionSample = 1
  const motion =
    options.motion ??
    sessionMotion({
      thresholdCdeg: options.thresholdCdeg ?? 3000,
      tap: {
        batch(_firstSample, _timeMs, motionPeriodUs) {
          inMotionSample = Math.round(motionPeriodUs / periodUs)
        },
        sample() {},
        stride() {},
        activity(fromSample, value) {
          activity.fill(value, Math.max(0, (fromSample - 1) * inMotionSample))
        },
      },
    })
  const told: Told = {
    motion,
    strides: [],
    bends: [],
    calibratedMs: [],
    shiftedMs: [],
    thighCdeg: new Int32Array(samples.length),
    kneeCdeg: new Int32Array(samples.length),
    stance: new Uint8Array(samples.length),
    activity,
  }
  const catchUp = () => {
    while (motion.behind > 0)
      if (motion.stepBacklog() & MotionEvent.stride) told.strides.push({ ...motion.stride })
  }
  let batch = 0
  let left = 0
  let missing = 0
  samples.forEach((sample, n) => {
    if (lost(n)) {
      left = 0
      missing++
      return
    }
    const atMs = fromMs + (n * periodUs) / 1000
    if (missing > 0) {
      catchUp()
      motion.gap(missing)
    }
    missing = 0
    if (left === 0) {
      left = Math.max(1, batchSize(batch++))
      // As the device does: the shank's samples of that time first.
      shank?.sensor.beginBatch(atMs, periodUs)
      for (const counts of shank?.samples.slice(n, n + left) ?? []) shank?.sensor.step(...counts)
      motion.beginBatch(atMs, periodUs)
    }
    left--
    const events = motion.step(...sample)
    if (events & MotionEvent.shifted) told.shiftedMs.push(atMs)
    if (events & MotionEvent.stride) told.strides.push({ ...motion.stride })
    if (events & MotionEvent.bend) told.bends.push({ ...motion.bend })
    if (events & MotionEvent.calibrated) {
      told.calibratedMs.push(atMs)
      for (let index = 0; index < motion.calibrationBends; index++) {
        motion.readCalibrationBend(index)
        told.bends.push({ ...motion.bend })
      }
    }
    if (options.isCaughtUpAtOnce) catchUp()
    told.thighCdeg[n] = motion.thighCdeg
    told.kneeCdeg[n] = motion.kneeCdeg
    told.stance[n] = motion.stance
  })
  catchUp()
  return told
}

/** A truth column at a time (s), between rows along a line. */
export function columnAt(timeS: Float64Array, column: ArrayLike<number>, atS: number): number {
  const rate = (timeS.length - 1) / ((timeS.at(-1) as number) - (timeS[0] as number))
  const place = Math.min(timeS.length - 1.001, Math.max(0, (atS - (timeS[0] as number)) * rate))
  const row = Math.floor(place)
  const here = column[row] as number
  return here + ((column[row + 1] as number) - here) * (place - row)
}
