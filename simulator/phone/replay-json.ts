/**
 * What a phone read from the device, as the JSON of `replay --json`: degrees, seconds of the
 * recording's own time, names in place of numbers. Rounded to what the device resolves. Only `input` is not the device's: it
 * says what the recording lacked.
 */
import { StatusFlag } from "../../src/ble/layouts"
import {
  type Bout,
  BuzzReason,
  DEPTH_BANDS_DEG,
  type Pain,
  PainSource,
  type Run,
} from "../../src/ble/run-codec"
import { Activity } from "../../src/motion/stride"
import type { Recording } from "../recording/recording"
import type { Sync } from "./phone"

export interface Replayed {
  recording: Pick<Recording, "name" | "timeS" | "gaps" | "beyondRangeRows">
  engine: string
  /** The recording's time 0, ms since the device's power came. */
  startMs: number
  /** The same by the clock of each boot, by its number; left out, there was one. */
  zerosMs?: ReadonlyMap<number, number>
  /** Of a device that was new when the recording began. */
  sync: Sync
}

const REASON_NAMES = {
  [BuzzReason.compressions]: "compressions",
  [BuzzReason.degreeSeconds]: "degree-seconds",
  [BuzzReason.depth]: "depth",
} as const

const SOURCE_NAMES = { [PainSource.button]: "button", [PainSource.phone]: "phone" } as const

const MS_PER_S = 1000
const CDEG_PER_DEG = 100
const MILLI_PER_LOAD = 1000
const DSPM_PER_SPM = 10
const PERMYRIAD = 10_000

export type ReplayJson = ReturnType<typeof replayJson>
export type RunJson = ReplayJson["runs"][number]
export type BoutJson = RunJson["bouts"][number]

export function replayJson({ recording, engine, startMs: zeroMs, zerosMs, sync }: Replayed) {
  const startOf = (bootId: number) => zerosMs?.get(bootId) ?? zeroMs
  const startMs = startOf(sync.identity.bootId)
  // After the last row the chip holds its pose: a knee that it holds bent is no bend of the recording.
  const endMs = startMs + (recording.timeS.at(-1) as number) * MS_PER_S
  const bends = sync.bends.filter(({ timeMs }) => timeMs <= endMs)
  return {
    recording: recording.name,
    engine,
    /** That measure, at the end. */
    sensors: (sync.status.flags & StatusFlag.shankMeasuring) !== 0 ? 2 : 1,
    input: inputJson(recording),
    calibrated: (sync.status.flags & StatusFlag.calibrated) !== 0,
    firmware: sync.device.firmware,
    model: String(sync.identity.modelVersion),
    runs: sync.runs.map(({ run }) => runJson(run, startOf(run.bootId))),
    /** Older runs that the device had no room for: it counts them from 1. */
    runsDropped: Math.max(0, (sync.runs[0]?.run.id ?? 1) - 1),
    bends: bends.map(({ timeMs, peakCdeg }) => ({
      timeS: inS(timeMs - startMs),
      peakDeg: inDeg(peakCdeg),
    })),
    bendsDropped: sync.bendsDropped,
    summaryText: sync.summaryText,
  }
}

function inputJson({ timeS, gaps, beyondRangeRows }: Replayed["recording"]) {
  return {
    rows: timeS.length,
    gaps: gaps.length,
    lostSamples: gaps.reduce((sum, gap) => sum + gap.lostSamples, 0),
    beyondRangeRows,
  }
}

/** @param startMs the recording's time 0 by the clock of the boot that the run began in, ms */
export function runJson(run: Run, startMs: number) {
  return {
    id: run.id,
    startS: inS(run.startMs - startMs),
    durationS: inS(run.durationMs),
    strides: run.strides,
    cadenceSpm: run.cadenceDspm / DSPM_PER_SPM,
    loadCycles: run.loadCycles,
    measuredStrides: run.measuredStrides,
    peakErrorDeg: inDeg(run.peakErrorCdeg),
    thresholdDeg: inDeg(run.thresholdCdeg),
    compressions: run.compressions,
    compressionsByDepth: byBand(run.compressionsByDepth),
    peakFlexionMedianDeg: inDeg(run.peakFlexionMedianCdeg),
    peakFlexionP95Deg: inDeg(run.peakFlexionP95Cdeg),
    secondsPastThreshold: inS(run.msPastThreshold),
    degreeSecondsPastThreshold: inDeg(run.cdegSecondsPastThreshold),
    contactTimeMedianMs: run.contactTimeMedianMs,
    load: run.milliLoad / MILLI_PER_LOAD,
    loadPeakWeighted: run.milliLoadPeakWeighted / MILLI_PER_LOAD,
    buzzes: run.buzzes.map(({ timeMs, reason }) => ({
      timeS: inS(timeMs - startMs),
      reason: REASON_NAMES[reason],
    })),
    pains: run.pains.map((pain) => painJson(pain, startMs)),
    painsDropped: run.painsDropped,
    dataQuality: {
      validShare: run.dataQuality.validPermyriad / PERMYRIAD,
      gaps: run.dataQuality.gaps,
      clipped: run.dataQuality.clipped,
      strapShift: run.dataQuality.strapShift,
    },
    bouts: run.bouts.map((bout) => boutJson(bout, startMs)),
    boutsDropped: run.boutsDropped,
  }
}

function painJson(pain: Pain, startMs: number) {
  const activity = Object.entries(Activity).find(([, code]) => code === pain.activity)?.[0]
  return {
    timeS: inS(pain.timeMs - startMs),
    activity: activity ?? "other",
    kneeDeg: inDeg(pain.kneeCdeg),
    /** In gait; else 0. */
    peakFlexionDeg: inDeg(pain.peakFlexionCdeg),
    load: pain.milliLoad / MILLI_PER_LOAD,
    compressions: pain.compressions,
    source: SOURCE_NAMES[pain.source],
  }
}

function boutJson(bout: Bout, startMs: number) {
  return {
    startS: inS(bout.startMs - startMs),
    durationS: inS(bout.durationMs),
    strides: bout.strides,
    cadenceSpm: bout.cadenceDspm / DSPM_PER_SPM,
    compressions: bout.compressions,
    compressionsByDepth: byBand(bout.compressionsByDepth),
    peakFlexionMedianDeg: inDeg(bout.peakFlexionMedianCdeg),
    secondsPastThreshold: inS(bout.msPastThreshold),
    degreeSecondsPastThreshold: inDeg(bout.cdegSecondsPastThreshold),
    contactTimeMedianMs: bout.contactTimeMedianMs,
  }
}

function byBand(counts: readonly number[]): Record<string, number> {
  return Object.fromEntries(DEPTH_BANDS_DEG.map((deg, band) => [String(deg), counts[band] ?? 0]))
}

/** `startMs` may have a fraction: whole milliseconds again. */
function inS(ms: number): number {
  return Math.round(ms) / MS_PER_S
}

function inDeg(cdeg: number): number {
  return cdeg / CDEG_PER_DEG
}
