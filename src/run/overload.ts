/**
 * Decides that the knee has had enough, by the limits in the table of settings: each stride of a run in, at most one reason
 * to buzz out. Buzzes become sparser on their own: the interval doubles with each buzz of a run, since in gait retraining
 * feedback that fades works better than feedback that goes on. Integers only, no allocation.
 */
import type { Stride } from "../motion/stride"
import { DegreeSecondsCarry } from "./degree-seconds"
import { Histogram, PEAK_BINS_CDEG } from "./histogram"
import { MinuteSums } from "./minute-sums"
import { RollingMedian } from "./rolling-median"
import { BuzzReason } from "./summary"
import { MINUTE_MS } from "./time-blocks"
import { CDEG_PER_DEG } from "./totals"

const MS_PER_SECOND = 1000
/** Longest window of recent load cycles, as in the table of settings. */
export const MAX_RECENT_CYCLES = 100

/** Names, units and ranges as in the table of settings; what is 0 never buzzes. */
export interface OverloadSettings {
  overloadCompressions: number
  /** 0: once a run. */
  overloadCompressionsAgain: number
  overloadDegreeSecondsPerMinute: number
  /** Whole minutes of the run over which that is averaged. */
  overloadDegreeSecondsMinutes: number
  overloadDepthDeg: number
  overloadDepthRecentCycles: number
  /** The early load cycles, counted from 1, both included; a change in a run holds for the cycles that come. */
  overloadDepthFirstCycle: number
  overloadDepthLastCycle: number
  /** Between the first two buzzes of a run. */
  buzzIntervalS: number
  buzzesPerRun: number
}

export class Overload {
  private readonly source: { readonly values: Readonly<OverloadSettings> }
  private readonly minutes = new MinuteSums()
  private readonly degreeSeconds = new DegreeSecondsCarry()
  private readonly recentPeaksCdeg = new RollingMedian(MAX_RECENT_CYCLES)
  private readonly earlyPeaksCdeg = new Histogram(PEAK_BINS_CDEG)
  /** Undefined while early cycles come; worked out when first asked for. */
  private earlyMedianCdeg: number | undefined
  private runStartMs = 0
  private cycles = 0
  /** Buzzes decided in this run. */
  buzzes = 0
  private lastBuzzMs = 0
  /** Compressions at the last buzz for them. */
  private compressionsAtBuzz = 0

  /** `settings` are read at every stride: a change takes effect at once. The settings store itself will do. */
  constructor(settings: { readonly values: Readonly<OverloadSettings> }) {
    this.source = settings
  }

  runStarted(startMs: number): void {
    this.minutes.clear()
    this.degreeSeconds.clear()
    this.recentPeaksCdeg.clear()
    this.earlyPeaksCdeg.clear()
    this.earlyMedianCdeg = undefined
    this.runStartMs = startMs
    this.cycles = 0
    this.buzzes = 0
    this.compressionsAtBuzz = 0
  }

  /**
   * Takes a counted stride and the run's compressions with it, and gives the reason to buzz now, if there is one. Whether the
   * wearer felt it is told by `buzzed`. A limit passed in the interval is buzzed for when that ends, if it then still holds.
   */
  stride(stride: Readonly<Stride>, compressions: number): BuzzReason | undefined {
    const settings = this.source.values
    this.measure(stride, settings)
    if (!this.mayBuzz(stride.toeOffMs, settings)) return undefined
    return this.reason(compressions, settings)
  }

  /** The buzz for that stride was played: it counts against the interval and the number per run. */
  buzzed(reason: BuzzReason, stride: Readonly<Stride>, compressions: number): void {
    if (reason === BuzzReason.compressions) this.compressionsAtBuzz = compressions
    this.buzzes += 1
    this.lastBuzzMs = stride.toeOffMs
  }

  private measure(stride: Readonly<Stride>, settings: Readonly<OverloadSettings>): void {
    const minute = Math.floor((stride.contactMs - this.runStartMs) / MINUTE_MS)
    this.minutes.add(minute, this.degreeSeconds.take(stride.cdegMsPastThreshold))
    this.recentPeaksCdeg.setWindow(settings.overloadDepthRecentCycles)
    this.recentPeaksCdeg.add(stride.peakFlexionCdeg)
    this.cycles += 1
    if (this.cycles < settings.overloadDepthFirstCycle) return
    if (this.cycles > settings.overloadDepthLastCycle) return
    this.earlyPeaksCdeg.add(stride.peakFlexionCdeg)
    this.earlyMedianCdeg = undefined
  }

  private mayBuzz(nowMs: number, settings: Readonly<OverloadSettings>): boolean {
    if (this.buzzes >= settings.buzzesPerRun) return false
    if (this.buzzes === 0) return true
    const intervalS = settings.buzzIntervalS * 2 ** (this.buzzes - 1)
    return nowMs - this.lastBuzzMs >= intervalS * MS_PER_SECOND
  }

  private reason(compressions: number, settings: Readonly<OverloadSettings>): BuzzReason | undefined {
    if (this.isTooMany(compressions, settings)) return BuzzReason.compressions
    if (this.isTooMuch(settings)) return BuzzReason.degreeSeconds
    if (this.isTooDeep(settings)) return BuzzReason.depth
    return undefined
  }

  private isTooMany(compressions: number, settings: Readonly<OverloadSettings>): boolean {
    const limit = settings.overloadCompressions
    const again = settings.overloadCompressionsAgain
    if (limit === 0 || compressions < limit) return false
    if (this.compressionsAtBuzz < limit) return true
    return (
      again > 0 && stepsPast(compressions, limit, again) > stepsPast(this.compressionsAtBuzz, limit, again)
    )
  }

  private isTooMuch(settings: Readonly<OverloadSettings>): boolean {
    const perMinute = settings.overloadDegreeSecondsPerMinute
    if (perMinute === 0) return false
    const minutes = settings.overloadDegreeSecondsMinutes
    const cdegSeconds = this.minutes.lastWhole(minutes)
    return cdegSeconds !== undefined && cdegSeconds > perMinute * CDEG_PER_DEG * minutes
  }

  private isTooDeep(settings: Readonly<OverloadSettings>): boolean {
    const lastCycle = settings.overloadDepthLastCycle
    if (settings.overloadDepthDeg === 0 || settings.overloadDepthFirstCycle >= lastCycle) return false
    if (this.cycles <= lastCycle || this.earlyPeaksCdeg.count === 0 || !this.recentPeaksCdeg.full)
      return false
    this.earlyMedianCdeg ??= this.earlyPeaksCdeg.median()
    const deeperCdeg = this.recentPeaksCdeg.median - this.earlyMedianCdeg
    return deeperCdeg >= settings.overloadDepthDeg * CDEG_PER_DEG
  }
}

/** How many whole steps of `step` lie between `limit` and `count`. */
function stepsPast(count: number, limit: number, step: number): number {
  return Math.floor((count - limit) / step)
}
