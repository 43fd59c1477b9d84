/**
 * The run's time line: blocks of a minute from its start. When 64 are full, neighbours join and every block is twice as
 * long, so that a run of any length fits. Sums join exactly; the median of a joined block is the mean of the two medians,
 * weighted by their strides (a block's own histogram is gone by then), and lies between them.
 */
import { divide } from "../motion/fixed-point"
import type { Stride } from "../motion/stride"
import { Histogram, PEAK_BIN_CDEG, PEAK_BINS } from "./histogram"
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

export class TimeBlocks implements Rows<TimeBlock> {
  /** Strides, then the other columns. One array: five take 28 slots more. */
  readonly #table = new Int32Array(CELLS)
  readonly #openPeaksCdeg = new Histogram(PEAK_BIN_CDEG, PEAK_BINS)
  #open = 0
  #openEndMs = MINUTE_MS
  #minutes = 1

  /** Length of a block. */
  get minutes(): number {
    return this.#minutes
  }

  clear(): void {
    this.#table.fill(0)
    this.#openPeaksCdeg.clear()
    this.#open = 0
    this.#openEndMs = MINUTE_MS
    this.#minutes = 1
  }

  /** `elapsedMs` since the run's start, never less than before. */
  add(elapsedMs: number, stride: Readonly<Stride>, cdegSeconds: number, isCompression: boolean): void {
    if (elapsedMs >= this.#openEndMs) this.#openAt(elapsedMs)
    const open = this.#open
    const table = this.#table
    increase(table, open, 1)
    if (isCompression) increase(table, COMPRESSIONS + open, 1)
    increase(table, CDEG_SECONDS + open, cdegSeconds)
    increase(table, MILLI_LOAD + open, stride.milliLoad)
    this.#openPeaksCdeg.add(stride.peakFlexionCdeg)
  }

  /** The blocks up to the last with a stride; the open one stays open. */
  get length(): number {
    return this.#open + 1
  }

  /** Made anew for each call. */
  at(block: number): TimeBlock | undefined {
    if (block > this.#open) return undefined
    const table = this.#table
    const isOpen = block === this.#open
    return {
      strides: table[block] as number,
      compressions: table[COMPRESSIONS + block] as number,
      cdegSecondsPastThreshold: table[CDEG_SECONDS + block] as number,
      peakFlexionMedianCdeg: isOpen ? this.#openPeaksCdeg.median() : (table[MEDIAN_CDEG + block] as number),
      milliLoad: table[MILLI_LOAD + block] as number,
    }
  }

  /** Closes the open block and opens the one of this time. */
  #openAt(elapsedMs: number): void {
    this.#closeOpen()
    const minute = divide(elapsedMs, MINUTE_MS)
    let block = divide(minute, this.#minutes)
    while (block >= MAX_BLOCKS) {
      this.#joinNeighbours()
      block = divide(minute, this.#minutes)
    }
    this.#open = block
    this.#openEndMs = (block + 1) * this.#minutes * MINUTE_MS
  }

  #closeOpen(): void {
    this.#table[MEDIAN_CDEG + this.#open] = this.#openPeaksCdeg.median()
    this.#openPeaksCdeg.clear()
  }

  #joinNeighbours(): void {
    this.#joinMedians()
    for (let column = 0; column < MEDIAN_CDEG; column += MAX_BLOCKS) this.#joinSums(column)
    this.#minutes *= 2
  }

  /** Before the strides are joined: they are the weights. */
  #joinMedians(): void {
    const table = this.#table
    for (let block = 0; block < HALF; block++) {
      const first = table[2 * block] as number
      const second = table[2 * block + 1] as number
      const median = MEDIAN_CDEG + 2 * block
      const weighted = first * (table[median] as number) + second * (table[median + 1] as number)
      table[MEDIAN_CDEG + block] = first + second === 0 ? 0 : Math.round(weighted / (first + second))
    }
    table.fill(0, MEDIAN_CDEG + HALF)
  }

  #joinSums(column: number): void {
    const table = this.#table
    for (let block = 0; block < HALF; block++) {
      const pair = column + 2 * block
      table[column + block] = (table[pair] as number) + (table[pair + 1] as number)
    }
    table.fill(0, column + HALF, column + MAX_BLOCKS)
  }
}

function increase(table: Int32Array, cell: number, amount: number): void {
  table[cell] = (table[cell] as number) + amount
}
