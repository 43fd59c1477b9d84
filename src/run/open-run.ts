/**
 * What is kept of the run under way: strides of its bouts in; what it is so far, its state to go on with after a reset, and the closed
 * run out. src/run/run-recorder.ts decides what begins and ends when. Times in and of the live run are by the present clock; what
 * is kept, handed over and written is by the clock of the boot in which the run began.
 */
import { constant } from "../constant"
import type { Stride } from "../motion/stride"
import type { StateReader, StateWriter } from "../state-bytes"
import { BoutList, writeBout } from "./bout-list"
import { BuzzList } from "./buzz-list"
import { DegreeSecondsCarry } from "./degree-seconds"
import { PainList } from "./pain-list"
import type { LiveRun } from "./run-events"
import { StrideTally } from "./stride-tally"
import type { Bout, BuzzReason, ClosedRun, DataQuality, Pain, Provenance, Rows } from "./summary"
import { TimeBlocks } from "./time-blocks"
import { copyTotals, newTotals } from "./totals"

const HIGH_PERCENTILE = 95
/** Thigh and shank. */
const SENSORS_MEASURING = 2
/** Of the lists' version: bits of the blocks', then of the counts of bouts and of pain marks, then of the run's number; 31 in all. */
const BLOCKS_BITS = 10
const BOUTS_BITS = 11
const PAINS_BITS = 6
const RUN_BITS = 4
const NO_PAINS: Rows<Pain> = constant([])

export class OpenRun implements LiveRun {
  private readonly tally = new StrideTally()
  /** One remainder for bout, block and run: bouts and blocks add up to the run exactly. */
  private readonly degreeSeconds = new DegreeSecondsCarry()
  private readonly blocks = new TimeBlocks()
  private readonly bouts = new BoutList()
  private readonly buzzes = new BuzzList()
  private pains: PainList | undefined
  private readonly bout: Bout = {
    ...newTotals(),
    startMs: 0,
    durationMs: 0,
    cadenceDspm: 0,
    peakFlexionMedianCdeg: 0,
    contactTimeMedianMs: 0,
  }
  readonly totals = this.tally.totals
  id = 0
  bootId = 0
  startMs = 0
  durationMs = 0
  thresholdCdeg = 0
  inBout = false
  /** What the run's own clock is ahead of the present one. */
  private shiftMs = 0
  private calibrationVersion = 0
  private modelVersion = 0
  private peakErrorCdeg = 0
  private measuredStrides = 0
  /** The stride that is counted is in the tally, but in no block. */
  isCounting = false
  /** Of the stride that is counted, past the threshold. */
  private cdegSeconds = 0

  begin(id: number, bootId: number, startMs: number, thresholdCdeg: number, provenance: Provenance): void {
    this.id = id
    this.bootId = bootId
    this.startMs = startMs
    this.durationMs = 0
    this.thresholdCdeg = thresholdCdeg
    this.calibrationVersion = provenance.calibrationVersion
    this.modelVersion = provenance.modelVersion
    this.peakErrorCdeg = provenance.peakErrorCdeg
  }

  /** End of the last stride so far. */
  get endMs(): number {
    return this.startMs + this.durationMs
  }

  /** Of the open bout, no stride is counted yet. */
  get isBoutEmpty(): boolean {
    return this.inBout && this.tally.isBoutEmpty
  }

  /** Changes with every bout and block that closes, when blocks join and with every pain mark: then the lists are others. */
  get listsVersion(): number {
    let version = this.id & ((1 << RUN_BITS) - 1)
    version = (version << PAINS_BITS) | (this.pains?.length ?? 0)
    version = (version << BOUTS_BITS) | (this.bouts.total & ((1 << BOUTS_BITS) - 1))
    return (version << BLOCKS_BITS) | this.blocks.version
  }

  /** The first bout of a run that was begun by hand may have been under way then: so was the run. */
  beginBout(startMs: number): void {
    if (startMs < this.startMs) this.startMs = startMs
    this.tally.beginBout()
    this.bout.startMs = startMs + this.shiftMs
    this.inBout = true
  }

  /** A part of counting a stride of the bout. @returns true when it is counted */
  count(stride: Readonly<Stride>): boolean {
    if (!this.isCounting) this.addToTally(stride)
    else if (this.blocks.open(stride.contactMs - this.startMs)) {
      this.isCounting = false
      this.blocks.add(stride, this.cdegSeconds, stride.peakFlexionCdeg > this.thresholdCdeg)
      return true
    }
    return false
  }

  endBout(): void {
    this.sumUpBout()
    this.tally.endBout()
    this.bouts.push(this.bout)
    this.inBout = false
  }

  buzzed(timeMs: number, reason: BuzzReason): void {
    this.buzzes.push(timeMs + this.shiftMs, reason)
  }

  markPain(pain: Readonly<Pain>): void {
    this.pains ??= new PainList()
    this.pains.push(pain, pain.timeMs + this.shiftMs)
    // Without strides it lasts to its last mark.
    if (this.totals.strides === 0) this.durationMs = Math.max(0, pain.timeMs - this.startMs)
  }

  /** It has strides or pain marks. */
  get isWorthKeeping(): boolean {
    return this.tally.totals.strides > 0 || this.pains !== undefined
  }

  /** The run as it ends; its lists are good until clear(). */
  closed(dataQuality: DataQuality, measuredPeakErrorCdeg: number): ClosedRun {
    const tally = this.tally
    return {
      ...copyTotals(tally.totals),
      id: this.id,
      bootId: this.bootId,
      startMs: this.startMs + this.shiftMs,
      durationMs: this.durationMs,
      cadenceDspm: tally.cadence.dspm,
      thresholdCdeg: this.thresholdCdeg,
      peakFlexionMedianCdeg: tally.peaksCdeg.median(),
      peakFlexionP95Cdeg: tally.peaksCdeg.percentile(HIGH_PERCENTILE),
      contactTimeMedianMs: tally.contactTimesMs.median(),
      dataQuality,
      buzzes: this.buzzes.toArray(),
      painsDropped: this.pains?.dropped ?? 0,
      pains: this.pains ?? NO_PAINS,
      boutsDropped: this.bouts.dropped,
      bouts: this.bouts,
      blockMinutes: this.blocks.minutes,
      blocks: this.blocks,
      calibrationVersion: this.calibrationVersion,
      modelVersion: this.modelVersion,
      // One estimated stride, and the weaker band holds.
      peakErrorCdeg:
        this.measuredStrides === tally.totals.strides ? measuredPeakErrorCdeg : this.peakErrorCdeg,
      measuredStrides: this.measuredStrides,
    }
  }

  /** When nobody runs, and not when the next run begins. */
  clear(): void {
    this.tally.clear()
    this.degreeSeconds.clear()
    this.blocks.clear()
    this.bouts.clear()
    this.buzzes.clear()
    this.pains = undefined
    this.measuredStrides = 0
    this.shiftMs = 0
  }

  /** All but the lists, between two strides. The open bout is written as if it ended with its last stride. */
  write(out: StateWriter): void {
    out.u16(this.id)
    out.u32(this.bootId)
    out.i32(this.startMs + this.shiftMs)
    out.i32(this.durationMs)
    out.i32(this.thresholdCdeg)
    out.u16(this.calibrationVersion)
    out.u16(this.modelVersion)
    out.u16(this.peakErrorCdeg)
    out.u32(this.measuredStrides)
    this.tally.write(out)
    this.degreeSeconds.write(out)
    this.blocks.write(out)
    this.buzzes.write(out)
    out.u16(this.pains?.dropped ?? 0)
    out.u8(this.inBout ? 1 : 0)
    if (!this.inBout) return
    this.sumUpBout()
    writeBout(out, this.bout)
  }

  /** After readLists(), all of it into a run that is clear. @throws RangeError when it is no state of a run */
  read(state: StateReader, shiftMs: number): void {
    this.id = state.u16()
    this.bootId = state.u32()
    this.startMs = state.i32() - shiftMs
    this.durationMs = state.i32()
    this.thresholdCdeg = state.i32()
    this.calibrationVersion = state.u16()
    this.modelVersion = state.u16()
    this.peakErrorCdeg = state.u16()
    this.measuredStrides = state.u32()
    this.tally.read(state)
    this.degreeSeconds.read(state)
    this.blocks.read(state)
    this.buzzes.read(state)
    const painsDropped = state.u16()
    if (this.pains) this.pains.dropped = painsDropped
    if (state.u8() === 1) this.bouts.readBout(state)
    this.shiftMs = shiftMs
  }

  /** The bouts and blocks that are closed, and the pain marks. */
  writeLists(out: StateWriter): void {
    this.bouts.write(out)
    this.blocks.writeClosed(out)
    out.u8(this.pains?.length ?? 0)
    this.pains?.write(out)
  }

  readLists(lists: StateReader): void {
    this.bouts.read(lists)
    this.blocks.readClosed(lists)
    for (let left = lists.u8(); left > 0; left--) {
      this.pains ??= new PainList()
      this.pains.readRow(lists)
    }
  }

  private addToTally(stride: Readonly<Stride>): void {
    this.isCounting = true
    this.cdegSeconds = this.degreeSeconds.take(stride.cdegMsPastThreshold)
    this.tally.add(stride, this.cdegSeconds, this.thresholdCdeg)
    if (stride.sensors === SENSORS_MEASURING) this.measuredStrides += 1
    this.durationMs = stride.toeOffMs - this.startMs
  }

  /** As it is, or would be if it ended with its last stride. */
  private sumUpBout(): void {
    const bout = this.bout
    bout.durationMs = this.endMs + this.shiftMs - bout.startMs
    this.tally.sumUpBout(bout)
  }
}
