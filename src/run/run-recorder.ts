/**
 * Closed strides, the clock and notes on the samples in; live totals, bouts and runs out (docs/measuring.md says what these are). After
 * construction nothing is allocated until a run closes, but room for four bouts more every four bouts.
 */
import { createStride, type Stride } from "../motion/stride"
import type { StateReader, StateWriter } from "../state-bytes"
import { BoutDetection, type BoutSink, REPORT_DELAY_MS } from "./bout-detection"
import { OpenRun } from "./open-run"
import { QualityLog } from "./quality-log"
import type { LiveRun, RunSink } from "./run-events"
import type { BuzzReason, Pain, Provenance } from "./summary"
import { CDEG_PER_DEG } from "./totals"

const MS_PER_SECOND = 1000
/** Of what writeState() and writeLists() write. */
const STATE_VERSION = 2

export interface RunSettings {
  /** Stance peaks above it are compressions; a run keeps the one that it began with. */
  thresholdDeg: number
  /** A pause of this length ends a run. */
  pauseLimitS: number
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

export interface ResumeOptions {
  /** The run's clock is that of the boot in which it began: so much ahead of the present one. */
  readonly shiftMs: number
  /** Samples that did not come since the state was written. */
  readonly lostSamples: number
}

export class RunRecorder implements BoutSink {
  /** Tell it of batches, gaps and strap shifts, in or out of a run. */
  readonly quality = new QualityLog()
  /** Set between two runs: power was lost in a run, and nobody knows for how long. Holds for the next run alone. */
  gapUnknown = false
  private readonly options: RunRecorderOptions
  private readonly detection: BoutDetection
  private readonly run = new OpenRun()
  private isOpen = false
  /** A stride with which a bout ends waits for step(): ending one is work enough. */
  private readonly waiting = createStride()
  private isWaiting = false

  constructor(options: RunRecorderOptions) {
    this.options = options
    this.detection = new BoutDetection(this)
  }

  /** The open run, undefined between runs. */
  get live(): LiveRun | undefined {
    return this.isOpen ? this.run : undefined
  }

  /** The threshold to measure strides by: the open run's, else the setting. */
  get thresholdCdeg(): number {
    return this.isOpen ? this.run.thresholdCdeg : this.options.settings.values.thresholdDeg * CDEG_PER_DEG
  }

  /** A stride closed, in order of time and within 3 s of its contact. The object may be used again afterwards. */
  stride(stride: Readonly<Stride>): void {
    if (this.isWaiting) this.takeWaiting()
    if (this.detection.endsBout(stride)) {
      Object.assign(this.waiting, stride)
      this.isWaiting = true
    } else this.take(stride)
  }

  private takeWaiting(): void {
    this.isWaiting = false
    this.take(this.waiting)
  }

  private take(stride: Readonly<Stride>): void {
    const mayBegin = !this.run.inBout || this.detection.endsBout(stride)
    if (mayBegin && this.detection.pendingSinceMs === undefined) this.quality.markCandidate()
    if (this.detection.stride(stride)) this.quality.extend()
  }

  /** A part of counting the oldest stride that waits, two of which make it counted: whenever there is time. */
  step(): void {
    if (this.isWaiting) this.takeWaiting()
    else if (this.detection.isBusy) this.detection.step()
  }

  /** Call once a second: bouts and runs end here once nothing can prolong them. */
  tick(nowMs: number): void {
    if (this.isWaiting) this.takeWaiting()
    this.detection.tick(nowMs)
    if (!this.isOpen || this.run.inBout) return
    if (nowMs - this.run.endMs < this.pauseLimitMs + REPORT_DELAY_MS) return
    const beginningMs = this.detection.pendingSinceMs
    if (beginningMs === undefined || beginningMs - this.run.endMs >= this.pauseLimitMs) this.endRun()
  }

  /** Keeps a buzz with the open run. */
  buzzed(timeMs: number, reason: BuzzReason): void {
    if (this.isOpen) this.run.buzzed(timeMs, reason)
  }

  /** Keeps a pain mark with the open run. @returns false between runs */
  markPain(pain: Readonly<Pain>): boolean {
    if (!this.isOpen) return false
    this.run.markPain(pain)
    this.options.sink.painMarked?.(pain)
    return true
  }

  /** The open run has strides or pain marks: otherwise it is dropped when it ends. */
  get isWorthKeeping(): boolean {
    return this.run.isWorthKeeping
  }

  /** Begins a run by hand, which goes on as any other. @returns false when one is open */
  start(nowMs: number): boolean {
    if (this.isOpen) return false
    if (this.detection.pendingSinceMs === undefined) this.quality.markCandidate()
    this.beginRun(nowMs)
    return true
  }

  /**
   * Ends the open bout and run at their last stride, for instance before power goes. Running on begins a new run.
   * @param cutShort that had gone: the run was read back
   */
  close(cutShort = false): void {
    if (this.isWaiting) this.takeWaiting()
    this.detection.interrupt()
    // The run may have been of another boot's clock.
    this.detection.goOnFrom(undefined)
    if (this.isOpen) this.endRun(cutShort)
  }

  private get pauseLimitMs(): number {
    return this.options.settings.values.pauseLimitS * MS_PER_SECOND
  }

  /** For its bout detection, like the three that follow. */
  boutBegan(startMs: number): void {
    if (this.isOpen && startMs - this.run.endMs >= this.pauseLimitMs) this.endRun()
    if (!this.isOpen) this.beginRun(startMs)
    this.run.beginBout(startMs)
    this.options.sink.boutBegan?.(this.run)
  }

  strideInBout(stride: Readonly<Stride>): boolean {
    const run = this.run
    if (!run.count(stride)) return false
    this.options.sink.strideCounted?.(stride, run)
    return true
  }

  boutEnded(): void {
    this.run.endBout()
  }

  clockRestarted(): void {
    if (this.isOpen) this.endRun()
  }

  /** Changes whenever bouts or blocks close, blocks join or pain is marked: then writeLists() has something else to write. */
  get listsVersion(): number {
    return this.run.listsVersion
  }

  /** Strides wait to be counted: what is written now lacks them. One that is half counted would be counted to its end first, at once. */
  get isCounting(): boolean {
    return this.detection.isBusy
  }

  /**
   * All that it takes, beside the lists, to go on with the open run; its open bout as if it ended with its last counted stride.
   * @throws Error when no run is open or nothing is in it: from runStarted() on until the first strideCounted() or painMarked()
   */
  writeState(out: StateWriter): void {
    this.finishStride()
    out.u8(STATE_VERSION)
    out.u32(this.run.listsVersion)
    out.u8(this.gapUnknown ? 1 : 0)
    this.quality.writeRun(out)
    this.run.write(out)
  }

  /** The open run's bouts and blocks that are closed, and its pain marks. @throws Error like writeState() */
  writeLists(out: StateWriter): void {
    this.finishStride()
    out.u8(STATE_VERSION)
    out.u32(this.run.listsVersion)
    this.run.writeLists(out)
  }

  /**
   * Goes on with a run that was written, in the present clock and outside a bout; of the sink nothing is asked. The gap is the
   * run's once it has another stride.
   * @param lists as they were when the state was written, by their version
   * @throws RangeError when that is damaged; no run is open then
   */
  readState(state: StateReader, lists: StateReader, options: ResumeOptions): void {
    if (this.isOpen) throw new Error(`run recorder: run ${this.run.id} is open`)
    try {
      this.read(state, lists, options.shiftMs)
    } catch (error) {
      this.run.clear()
      throw error
    }
    this.isOpen = true
    this.detection.goOnFrom(this.run.endMs)
    this.quality.resume(options.lostSamples)
  }

  private read(state: StateReader, lists: StateReader, shiftMs: number): void {
    checkVersion("state", state.u8())
    checkVersion("lists", lists.u8())
    const version = state.u32()
    const found = lists.u32()
    if (found !== version) throw new RangeError(`run lists: version ${found}, the run's state has ${version}`)
    const gapUnknown = state.u8() === 1
    this.quality.readRun(state)
    this.run.readLists(lists)
    this.run.read(state, shiftMs)
    this.gapUnknown = gapUnknown
  }

  /** No stride is half in the run then, and a bout has one at least. @throws Error like writeState() */
  finishStride(): void {
    const run = this.run
    while (run.isCounting || run.isBoutEmpty) this.detection.step()
    if (!this.isOpen || !run.isWorthKeeping) throw new Error("run recorder: no run to write")
  }

  private beginRun(startMs: number): void {
    const { numbers, bootId, provenance, sink } = this.options
    const run = this.run
    this.quality.begin()
    run.begin(numbers.next(), bootId, startMs, this.thresholdCdeg, provenance)
    this.isOpen = true
    sink.runStarted?.(run)
  }

  private endRun(cutShort = false): void {
    const run = this.run
    const { provenance, sink } = this.options
    const isKept = run.isWorthKeeping
    this.isOpen = false
    // Strides would have taken the samples with them.
    if (run.totals.strides === 0) this.quality.extend()
    if (isKept)
      sink.runEnded?.(
        run.closed(this.quality.read(this.gapUnknown, cutShort), provenance.measuredPeakErrorCdeg),
      )
    else sink.runDropped?.(run)
    run.clear()
    if (isKept) this.gapUnknown = false
  }
}

function checkVersion(what: string, version: number): void {
  if (version !== STATE_VERSION)
    throw new RangeError(`run ${what}: version ${version}; this reader knows ${STATE_VERSION}`)
}
