/**
 * Closed strides, the clock and notes on the samples in; live totals, bouts and runs out (docs/measuring.md says what these are). After
 * construction nothing is allocated until a run closes, but room for four bouts more every four bouts.
 */
import { createStride, type Stride } from "../motion/stride"
import { BoutDetection, type BoutSink, REPORT_DELAY_MS } from "./bout-detection"
import { BoutList } from "./bout-list"
import { BuzzList } from "./buzz-list"
import { DegreeSecondsCarry } from "./degree-seconds"
import { QualityLog } from "./quality-log"
import type { LiveRun, RunSink } from "./run-events"
import { StrideTally } from "./stride-tally"
import type { Bout, BuzzReason } from "./summary"
import { TimeBlocks } from "./time-blocks"
import { CDEG_PER_DEG, copyTotals, newTotals } from "./totals"

const MS_PER_SECOND = 1000
const HIGH_PERCENTILE = 95
/** Thigh and shank. */
const SENSORS_MEASURING = 2

export interface RunSettings {
  /** Stance peaks above it are compressions; a run keeps the one that it began with. */
  thresholdDeg: number
  /** A pause of this length ends a run. */
  pauseLimitS: number
}

/** What a run is recorded with. */
export interface Provenance {
  readonly calibrationVersion: number
  readonly modelVersion: number
  readonly peakErrorCdeg: number
  /** The same of strides that two sensors measured. */
  readonly measuredPeakErrorCdeg: number
}

export interface RunRecorderOptions {
  /** Read anew whenever needed: the settings store itself will do. */
  readonly settings: { readonly values: Readonly<RunSettings> }
  readonly provenance: Provenance
  readonly sink: RunSink
  /** Asked once for each run that begins. */
  readonly numbers: { next(): number }
  /** Of this boot. */
  readonly bootId: number
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

export class RunRecorder implements BoutSink {
  /** Tell it of batches, gaps and strap shifts, in or out of a run. */
  readonly quality = new QualityLog()
  /** Set between two runs: power was lost in a run, and nobody knows for how long. Holds for the next run alone. */
  gapUnknown = false
  readonly #options: RunRecorderOptions
  readonly #detection: BoutDetection
  readonly #tally = new StrideTally()
  /** One remainder for bout, block and run: bouts and blocks add up to the run exactly. */
  readonly #degreeSeconds = new DegreeSecondsCarry()
  readonly #blocks = new TimeBlocks()
  readonly #bouts = new BoutList()
  readonly #buzzes = new BuzzList()
  readonly #bout: Bout = {
    ...newTotals(),
    startMs: 0,
    durationMs: 0,
    cadenceDspm: 0,
    peakFlexionMedianCdeg: 0,
    contactTimeMedianMs: 0,
  }
  readonly #live: Writable<LiveRun>
  #isOpen = false
  #calibrationVersion = 0
  #modelVersion = 0
  #peakErrorCdeg = 0
  #measuredStrides = 0
  /** A stride with which a bout ends waits for step(): ending one is work enough. */
  readonly #waiting = createStride()
  #isWaiting = false
  /** The stride that is counted is in the tally, but in no block. */
  #isTallied = false
  /** Of the stride that is counted, past the threshold. */
  #cdegSeconds = 0

  constructor(options: RunRecorderOptions) {
    this.#options = options
    this.#detection = new BoutDetection(this)
    this.#live = {
      id: 0,
      bootId: options.bootId,
      startMs: 0,
      durationMs: 0,
      thresholdCdeg: 0,
      inBout: false,
      totals: this.#tally.totals,
    }
  }

  /** The open run, undefined between runs. */
  get live(): LiveRun | undefined {
    return this.#isOpen ? this.#live : undefined
  }

  /** The threshold to measure strides by: the open run's, else the setting. */
  get thresholdCdeg(): number {
    return this.#isOpen ? this.#live.thresholdCdeg : this.#options.settings.values.thresholdDeg * CDEG_PER_DEG
  }

  /** A stride closed, in order of time and within 3 s of its contact. The object may be used again afterwards. */
  stride(stride: Readonly<Stride>): void {
    if (this.#isWaiting) this.#takeWaiting()
    if (this.#detection.endsBout(stride)) {
      Object.assign(this.#waiting, stride)
      this.#isWaiting = true
    } else this.#take(stride)
  }

  #takeWaiting(): void {
    this.#isWaiting = false
    this.#take(this.#waiting)
  }

  #take(stride: Readonly<Stride>): void {
    const mayBegin = !this.#live.inBout || this.#detection.endsBout(stride)
    if (mayBegin && this.#detection.pendingSinceMs === undefined) this.quality.markCandidate()
    if (this.#detection.stride(stride)) this.quality.extend()
  }

  /** A part of counting the oldest stride that waits, two of which make it counted: whenever there is time. */
  step(): void {
    if (this.#isWaiting) this.#takeWaiting()
    else if (this.#detection.isBusy) this.#detection.step()
  }

  /** Call once a second: bouts and runs end here once nothing can prolong them. */
  tick(nowMs: number): void {
    if (this.#isWaiting) this.#takeWaiting()
    this.#detection.tick(nowMs)
    if (!this.#isOpen || this.#live.inBout) return
    if (nowMs - this.#endMs < this.#pauseLimitMs + REPORT_DELAY_MS) return
    const beginningMs = this.#detection.pendingSinceMs
    if (beginningMs === undefined || beginningMs - this.#endMs >= this.#pauseLimitMs) this.#endRun()
  }

  /** Keeps a buzz with the open run. */
  buzzed(timeMs: number, reason: BuzzReason): void {
    if (this.#isOpen) this.#buzzes.push(timeMs, reason)
  }

  /** Ends the open bout and run at their last stride, for instance before power goes. Running on begins a new run. */
  close(): void {
    if (this.#isWaiting) this.#takeWaiting()
    this.#detection.interrupt()
    if (this.#isOpen) this.#endRun()
  }

  /** End of the last stride so far. */
  get #endMs(): number {
    return this.#live.startMs + this.#live.durationMs
  }

  get #pauseLimitMs(): number {
    return this.#options.settings.values.pauseLimitS * MS_PER_SECOND
  }

  /** For its bout detection, like the three that follow. */
  boutBegan(startMs: number): void {
    if (this.#isOpen && startMs - this.#endMs >= this.#pauseLimitMs) this.#endRun()
    if (!this.#isOpen) this.#beginRun(startMs)
    this.#beginBout(startMs)
  }

  strideInBout(stride: Readonly<Stride>): boolean {
    if (!this.#isTallied) this.#addToTally(stride)
    else if (this.#blocks.open(stride.contactMs - this.#live.startMs)) {
      this.#addToBlock(stride)
      return true
    }
    return false
  }

  boutEnded(endMs: number): void {
    this.#endBout(endMs)
  }

  clockRestarted(): void {
    if (this.#isOpen) this.#endRun()
  }

  #beginRun(startMs: number): void {
    this.quality.begin()
    this.#live.thresholdCdeg = this.thresholdCdeg
    this.#calibrationVersion = this.#options.provenance.calibrationVersion
    this.#modelVersion = this.#options.provenance.modelVersion
    this.#peakErrorCdeg = this.#options.provenance.peakErrorCdeg
    this.#live.id = this.#options.numbers.next()
    this.#live.startMs = startMs
    this.#live.durationMs = 0
    this.#isOpen = true
    this.#options.sink.runStarted?.(this.#live)
  }

  #beginBout(startMs: number): void {
    this.#tally.beginBout()
    this.#bout.startMs = startMs
    this.#live.inBout = true
  }

  #addToTally(stride: Readonly<Stride>): void {
    const live = this.#live
    this.#isTallied = true
    this.#cdegSeconds = this.#degreeSeconds.take(stride.cdegMsPastThreshold)
    this.#tally.add(stride, this.#cdegSeconds, live.thresholdCdeg)
    if (stride.sensors === SENSORS_MEASURING) this.#measuredStrides += 1
    live.durationMs = stride.toeOffMs - live.startMs
  }

  #addToBlock(stride: Readonly<Stride>): void {
    const live = this.#live
    this.#isTallied = false
    this.#blocks.add(stride, this.#cdegSeconds, stride.peakFlexionCdeg > live.thresholdCdeg)
    this.#options.sink.strideCounted?.(stride, live)
  }

  #endBout(endMs: number): void {
    const bout = this.#bout
    bout.durationMs = endMs - bout.startMs
    this.#tally.endBout(bout)
    this.#bouts.push(bout)
    this.#live.inBout = false
  }

  #endRun(): void {
    this.#isOpen = false
    const tally = this.#tally
    this.#options.sink.runEnded?.({
      ...copyTotals(tally.totals),
      id: this.#live.id,
      bootId: this.#live.bootId,
      startMs: this.#live.startMs,
      durationMs: this.#live.durationMs,
      cadenceDspm: tally.cadence.dspm,
      thresholdCdeg: this.#live.thresholdCdeg,
      peakFlexionMedianCdeg: tally.peaksCdeg.median(),
      peakFlexionP95Cdeg: tally.peaksCdeg.percentile(HIGH_PERCENTILE),
      contactTimeMedianMs: tally.contactTimesMs.median(),
      dataQuality: this.quality.read(this.gapUnknown),
      buzzes: this.#buzzes.toArray(),
      boutsDropped: this.#bouts.dropped,
      bouts: this.#bouts,
      blockMinutes: this.#blocks.minutes,
      blocks: this.#blocks,
      calibrationVersion: this.#calibrationVersion,
      modelVersion: this.#modelVersion,
      // One estimated stride, and the weaker band holds.
      peakErrorCdeg:
        this.#measuredStrides === tally.totals.strides
          ? this.#options.provenance.measuredPeakErrorCdeg
          : this.#peakErrorCdeg,
      measuredStrides: this.#measuredStrides,
    })
    this.#clear()
  }

  /** Now, when nobody runs, and not when the next run begins. */
  #clear(): void {
    this.#tally.clear()
    this.#degreeSeconds.clear()
    this.#blocks.clear()
    this.#bouts.clear()
    this.#buzzes.clear()
    this.#measuredStrides = 0
    this.gapUnknown = false
  }
}
