/**
 * The run's time line: blocks of a minute from its start. When 64 are full, neighbours join and every block is twice as
 * long, so that a run of any length fits. Sums join exactly; the median of a joined block is the mean of the two medians,
 * weighted by their strides (a block's own histogram is gone by then), and lies between them.
 */
import { divide } from "../motion/fixed-point"
import type { Stride } from "../motion/stride"
import { Histogram, PEAK_BIN_CDEG, PEAK_BINS } from "./histogram"
import type { TimeBlock } from "./summary"

export const MAX_BLOCKS = 64
export const MINUTE_MS = 60_000
const HALF = MAX_BLOCKS / 2

export class TimeBlocks {
  readonly #strides = new Int32Array(MAX_BLOCKS)
  readonly #compressions = new Int32Array(MAX_BLOCKS)
  readonly #cdegSeconds = new Int32Array(MAX_BLOCKS)
  readonly #medianCdeg = new Int32Array(MAX_BLOCKS)
  readonly #milliLoad = new Int32Array(MAX_BLOCKS)
  readonly #openPeaksCdeg = new Histogram(PEAK_BIN_CDEG, PEAK_BINS)
  #open = 0
  #openEndMs = MINUTE_MS
  #minutes = 1

  /** Length of a block. */
  get minutes(): number {
    return this.#minutes
  }

  clear(): void {
    this.#strides.fill(0)
    this.#compressions.fill(0)
    this.#cdegSeconds.fill(0)
    this.#medianCdeg.fill(0)
    this.#milliLoad.fill(0)
    this.#openPeaksCdeg.clear()
    this.#open = 0
    this.#openEndMs = MINUTE_MS
    this.#minutes = 1
  }

  /** `elapsedMs` since the run's start, never less than before. */
  add(elapsedMs: number, stride: Readonly<Stride>, cdegSeconds: number, isCompression: boolean): void {
    if (elapsedMs >= this.#openEndMs) this.#openAt(elapsedMs)
    const open = this.#open
    increase(this.#strides, open, 1)
    if (isCompression) increase(this.#compressions, open, 1)
    increase(this.#cdegSeconds, open, cdegSeconds)
    increase(this.#milliLoad, open, stride.milliLoad)
    this.#openPeaksCdeg.add(stride.peakFlexionCdeg)
  }

  /** The blocks up to the last with a stride; the open one stays open. */
  toArray(): TimeBlock[] {
    const blocks: TimeBlock[] = []
    for (let block = 0; block <= this.#open; block++) {
      blocks.push({
        strides: this.#strides[block] ?? 0,
        compressions: this.#compressions[block] ?? 0,
        cdegSecondsPastThreshold: this.#cdegSeconds[block] ?? 0,
        peakFlexionMedianCdeg:
          block === this.#open ? this.#openPeaksCdeg.median() : (this.#medianCdeg[block] ?? 0),
        milliLoad: this.#milliLoad[block] ?? 0,
      })
    }
    return blocks
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
    this.#medianCdeg[this.#open] = this.#openPeaksCdeg.median()
    this.#openPeaksCdeg.clear()
  }

  #joinNeighbours(): void {
    this.#joinMedians()
    joinSums(this.#strides)
    joinSums(this.#compressions)
    joinSums(this.#cdegSeconds)
    joinSums(this.#milliLoad)
    this.#minutes *= 2
  }

  /** Before the strides are joined: they are the weights. */
  #joinMedians(): void {
    for (let block = 0; block < HALF; block++) {
      const first = this.#strides[2 * block] ?? 0
      const second = this.#strides[2 * block + 1] ?? 0
      const weighted =
        first * (this.#medianCdeg[2 * block] ?? 0) + second * (this.#medianCdeg[2 * block + 1] ?? 0)
      this.#medianCdeg[block] = first + second === 0 ? 0 : Math.round(weighted / (first + second))
    }
    this.#medianCdeg.fill(0, HALF)
  }
}

function increase(sums: Int32Array, index: number, amount: number): void {
  sums[index] = (sums[index] as number) + amount
}

function joinSums(sums: Int32Array): void {
  for (let block = 0; block < HALF; block++) {
    sums[block] = (sums[2 * block] ?? 0) + (sums[2 * block + 1] ?? 0)
  }
  sums.fill(0, HALF)
}
