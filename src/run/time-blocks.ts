/**
 * The run's time line: blocks of a minute from its start. When 64 are full, neighbours join and every block is twice as
 * long, so that a run of any length fits. Sums join exactly; the median of a joined block is the mean of the two medians,
 * weighted by their strides (a block's own histogram is gone by then), and lies between them. Closing a block and joining are done in parts.
 */
import { divide } from "../motion/fixed-point"
import type { Stride } from "../motion/stride"
import type { StateReader, StateWriter } from "../state-bytes"
import { Histogram, PEAK_BINS_CDEG } from "./histogram"
import type { Rows, TimeBlock } from "./summary"

export const MAX_BLOCKS = 64
export const MINUTE_MS = 60_000
const HALF = MAX_BLOCKS >> 1
/** Columns of the table, each of MAX_BLOCKS cells: where they begin. */
const COMPRESSIONS = MAX_BLOCKS
const CDEG_SECONDS = 2 * MAX_BLOCKS
const MILLI_LOAD = 3 * MAX_BLOCKS
const MEDIAN_CDEG = 4 * MAX_BLOCKS
const CELLS = 5 * MAX_BLOCKS
/** Joined blocks that a part of joining makes. */
const JOINED_AT_A_TIME = 2
/** Of the version: bits of the open block's number; the others say how often blocks joined. */
const OPEN_BITS = 6
/** Blocks longer than this would not fit an int32 of milliseconds. */
const MAX_BLOCK_MINUTES = 512

export class TimeBlocks implements Rows<TimeBlock> {
  /** Strides, then the other columns. One array: five take 28 slots more. */
  private readonly table = new Int32Array(CELLS)
  private readonly openPeaksCdeg = new Histogram(PEAK_BINS_CDEG)
  private openBlock = 0
  private openEndMs = MINUTE_MS
  /** Length of a block. */
  minutes = 1
  /** The open block's median is in the table; the next block is not open yet. */
  private isClosed = false
  /** Of joining that is under way: blocks that are joined. */
  private joined = 0

  clear(): void {
    this.table.fill(0)
    this.openPeaksCdeg.clear()
    this.openBlock = 0
    this.openEndMs = MINUTE_MS
    this.minutes = 1
    this.isClosed = false
    this.joined = 0
  }

  /**
   * A part of opening the block of this time: `elapsedMs` since the run's start, never less than before.
   * @returns true when it is open: then add()
   */
  open(elapsedMs: number): boolean {
    if (elapsedMs < this.openEndMs) return true
    if (!this.isClosed) {
      this.table[MEDIAN_CDEG + this.openBlock] = this.openPeaksCdeg.median()
      this.isClosed = true
    } else if (this.joined > 0) this.joinSome()
    else if (this.openPeaksCdeg.clearSome()) this.openAt(elapsedMs)
    return false
  }

  /** To the open block. */
  add(stride: Readonly<Stride>, cdegSeconds: number, isCompression: boolean): void {
    const open = this.openBlock
    const table = this.table
    increase(table, open, 1)
    if (isCompression) increase(table, COMPRESSIONS + open, 1)
    increase(table, CDEG_SECONDS + open, cdegSeconds)
    increase(table, MILLI_LOAD + open, stride.milliLoad)
    this.openPeaksCdeg.add(stride.peakFlexionCdeg)
  }

  /** The blocks up to the last with a stride; the open one stays open. */
  get length(): number {
    return this.openBlock + 1
  }

  /** Made anew for each call. */
  at(block: number): TimeBlock | undefined {
    if (block > this.openBlock) return undefined
    const table = this.table
    const isOpen = block === this.openBlock && !this.isClosed
    return {
      strides: table[block] as number,
      compressions: table[COMPRESSIONS + block] as number,
      cdegSecondsPastThreshold: table[CDEG_SECONDS + block] as number,
      peakFlexionMedianCdeg: isOpen ? this.openPeaksCdeg.median() : (table[MEDIAN_CDEG + block] as number),
      milliLoad: table[MILLI_LOAD + block] as number,
    }
  }

  /** Changes when a block closes and when blocks join; less than 1024. */
  get version(): number {
    const joins = 31 - Math.clz32(this.minutes)
    return (joins << OPEN_BITS) | this.openBlock
  }

  /** How far the run is, and its open block; only where open() has nothing left to do. */
  write(out: StateWriter): void {
    out.u16(this.minutes)
    for (let column = 0; column < MEDIAN_CDEG; column += MAX_BLOCKS)
      out.i32(this.table[column + this.openBlock] as number)
    this.openPeaksCdeg.write(out)
  }

  /** After readClosed(). @throws RangeError when blocks have no such length */
  read(state: StateReader): void {
    const minutes = state.u16()
    const open = this.openBlock
    if (minutes > MAX_BLOCK_MINUTES || (minutes & -minutes) !== minutes || minutes === 0)
      throw new RangeError(`time blocks: blocks of ${minutes} minutes`)
    this.minutes = minutes
    this.openEndMs = (open + 1) * minutes * MINUTE_MS
    for (let column = 0; column < MEDIAN_CDEG; column += MAX_BLOCKS) this.table[column + open] = state.i32()
    this.openPeaksCdeg.read(state)
  }

  /** Block by block. */
  writeClosed(out: StateWriter): void {
    out.u8(this.openBlock)
    for (let block = 0; block < this.openBlock; block++)
      for (let cell = block; cell < CELLS; cell += MAX_BLOCKS) out.i32(this.table[cell] as number)
  }

  /** Into one that is clear; read() opens the block after them. @throws RangeError when they are too many */
  readClosed(lists: StateReader): void {
    const open = lists.u8()
    if (open >= MAX_BLOCKS) throw new RangeError(`time blocks: ${open} closed, room for ${MAX_BLOCKS}`)
    for (let block = 0; block < open; block++)
      for (let cell = block; cell < CELLS; cell += MAX_BLOCKS) this.table[cell] = lists.i32()
    this.openBlock = open
  }

  /** Opens the block of this time, or begins to join. */
  private openAt(elapsedMs: number): void {
    const block = divide(divide(elapsedMs, MINUTE_MS), this.minutes)
    if (block >= MAX_BLOCKS) {
      this.joinSome()
      return
    }
    this.openBlock = block
    this.openEndMs = (block + 1) * this.minutes * MINUTE_MS
    this.isClosed = false
  }

  /** In place: both of a pair are read before anything is written there. */
  private joinSome(): void {
    const end = this.joined + JOINED_AT_A_TIME
    for (let block = this.joined; block < end; block++) {
      // Medians first: the strides are their weights.
      this.joinMedians(block)
      for (let column = 0; column < MEDIAN_CDEG; column += MAX_BLOCKS) this.joinSums(column, block)
    }
    this.joined = end
    if (end < HALF) return
    this.joined = 0
    this.minutes *= 2
  }

  private joinMedians(block: number): void {
    const table = this.table
    const pair = 2 * block
    const first = table[pair] as number
    const both = first + (table[pair + 1] as number)
    const median = MEDIAN_CDEG + pair
    const weighted = first * (table[median] as number) + (both - first) * (table[median + 1] as number)
    table[median] = table[median + 1] = 0
    // Rounded.
    table[MEDIAN_CDEG + block] = both === 0 ? 0 : divide(2 * weighted + both, 2 * both)
  }

  private joinSums(column: number, block: number): void {
    const table = this.table
    const pair = column + 2 * block
    const sum = (table[pair] as number) + (table[pair + 1] as number)
    table[pair] = table[pair + 1] = 0
    table[column + block] = sum
  }
}

function increase(table: Int32Array, cell: number, amount: number): void {
  table[cell] = (table[cell] as number) + amount
}
