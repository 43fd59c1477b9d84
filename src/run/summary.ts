/**
 * What a run, a bout, a bend and a buzz are once they are counted: plain integers, times in ms since the boot in which they began. Filled by the
 * run recorder, encoded for the phone by src/ble, printed by nobody in here.
 */
import { constant } from "../constant"
import type { Activity } from "../motion/stride"

/** Depth bands that are always kept, in degrees of flexion. */
export const DEPTH_BANDS_DEG = constant([30, 35, 40, 45, 50] as const)

/** What is counted alike over a bout, a minute block and a run. */
export interface Totals {
  strides: number
  loadCycles: number
  /** Compressions past the wearer's threshold. */
  compressions: number
  /** Compressions past each of DEPTH_BANDS_DEG. */
  compressionsByDepth: number[]
  msPastThreshold: number
  /** Degree-seconds past the threshold, in 1/100 degree-second. */
  cdegSecondsPastThreshold: number
  /** Relative load, 1/1000 of a reference cycle (src/motion/load.ts). */
  milliLoad: number
  milliLoadPeakWeighted: number
}

export interface Bout extends Totals {
  startMs: number
  durationMs: number
  /** Steps per minute × 10 (both legs). */
  cadenceDspm: number
  peakFlexionMedianCdeg: number
  contactTimeMedianMs: number
}

/** Why a buzz was given; the number is what is stored. */
export const BuzzReason = constant({ compressions: 1, degreeSeconds: 2, depth: 3 } as const)
export type BuzzReason = (typeof BuzzReason)[keyof typeof BuzzReason]
export const BUZZ_WORDS = constant({
  [BuzzReason.compressions]: "many compressions in this run",
  [BuzzReason.degreeSeconds]: "long past the threshold these minutes",
  [BuzzReason.depth]: "the knee bends deeper than earlier in this run",
} as const)

export interface Buzz {
  timeMs: number
  reason: BuzzReason
}

/** Who marked pain; the number is what is stored. */
export const PainSource = constant({ button: 1, phone: 2 } as const)
export type PainSource = (typeof PainSource)[keyof typeof PainSource]

/** The wearer marked pain. */
export interface Pain {
  timeMs: number
  /** The knee at the mark: the angle that hurt where the leg is held still, some moment of the stride in gait. */
  kneeCdeg: number
  /** In gait, the deepest loaded bend of the last stride before the mark; 0 otherwise. */
  peakFlexionCdeg: number
  /** Of the run, from its start to the mark. */
  milliLoad: number
  compressions: number
  activity: Activity
  source: PainSource
}

export interface DataQuality {
  /** Share of samples that came and were in range, in 1/10000. */
  validPermyriad: number
  gaps: number
  /** Samples with an axis at the end of its range. */
  clipped: number
  strapShift: boolean
  /** The run went on after a reset of the device; its gap is among the others. */
  resumed: boolean
  /** Power was lost in a run before this one, and nobody knows for how long. */
  gapUnknown: boolean
  /** Power was lost in this run: it ends with what had been written down. */
  cutShort: boolean
}

/** What a run is recorded with. */
export interface Provenance {
  readonly calibrationVersion: number
  readonly modelVersion: number
  readonly peakErrorCdeg: number
  /** The same of strides that two sensors measured. */
  readonly measuredPeakErrorCdeg: number
}

/** One block of the run's time line; its length doubles when the run outgrows the list (see time-blocks.ts). */
export interface TimeBlock {
  strides: number
  compressions: number
  cdegSecondsPastThreshold: number
  peakFlexionMedianCdeg: number
  milliLoad: number
}

export interface Run extends Totals {
  /** Counts up from run to run. */
  id: number
  /** Of the boot in which the run began: all its times are by that boot's clock. */
  bootId: number
  startMs: number
  durationMs: number
  cadenceDspm: number
  thresholdCdeg: number
  peakFlexionMedianCdeg: number
  peakFlexionP95Cdeg: number
  contactTimeMedianMs: number
  dataQuality: DataQuality
  buzzes: Buzz[]
  /** Pain marks that found no room in `pains`. */
  painsDropped: number
  pains: Pain[]
  /** Bouts that found no room in `bouts`; they are in the totals. */
  boutsDropped: number
  bouts: Bout[]
  blockMinutes: number
  blocks: TimeBlock[]
  calibrationVersion: number
  modelVersion: number
  /** The error band that goes with every peak: the mean error on other runners, of measuring if all strides were measured. */
  peakErrorCdeg: number
  /** Strides whose knee two sensors measured; the others' is estimated from the thigh. */
  measuredStrides: number
}

/** A list that gives its rows one by one, so that they need not all be objects at once; an array is one. */
export interface Rows<Row> {
  readonly length: number
  at(index: number): Row | undefined
}

/** A run as its recorder hands it over: its lists are good until the next run begins. */
export interface ClosedRun extends Omit<Run, "pains" | "bouts" | "blocks"> {
  readonly pains: Rows<Pain>
  readonly bouts: Rows<Bout>
  readonly blocks: Rows<TimeBlock>
}

/** One small knee bend or squat outside running. */
export interface Bend {
  timeMs: number
  peakCdeg: number
}

/** The newest bends. */
export interface BendList {
  /** Oldest first. */
  bends: Bend[]
  /** Older ones that found no room. */
  bendsDropped: number
}
