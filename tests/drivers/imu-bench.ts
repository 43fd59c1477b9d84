/** A virtual board with a listener in place of the motion pipeline: what the drivers' tests share. */
import type { VirtualBoard } from "../../hosts/virtual/board"
import { Lsm6dsoModel } from "../../hosts/virtual/lsm6dso"
import { wordPairs } from "../../hosts/virtual/protocol"
import type { SampleConsumer } from "../../src/drivers/driver"

/** The thigh's chip of a board that has an LSM6DSO there. */
export function lsm6dsoOf({ thigh }: VirtualBoard): Lsm6dsoModel {
  if (thigh instanceof Lsm6dsoModel) return thigh
  throw new TypeError("the board has another chip")
}

interface HeardSample {
  /** As the driver dated it. */
  timeMs: number
  counts: number[]
  /** Missing before it. */
  lost: number
}

export class Listener implements SampleConsumer {
  readonly samples: HeardSample[] = []
  readonly announced: number[] = []
  #nextMs = Number.NaN
  #periodUs = 0
  #left = 0
  #lost = 0

  beginBatch(firstMs: number, periodUs: number, count: number, lost: number): void {
    this.#nextMs = firstMs
    this.#periodUs = periodUs
    this.#left = count
    this.#lost = lost
    this.announced.push(count)
  }
  step(...counts: number[]): number {
    if (this.#left <= 0) throw new Error("more samples than announced")
    this.#left -= 1
    this.samples.push({ timeMs: this.#nextMs, counts, lost: this.#lost })
    this.#nextMs += this.#periodUs / 1000
    this.#lost = 0
    return 0
  }
  /** The first axis. */
  get gx(): number[] {
    return this.samples.map(({ counts }) => counts[0] as number)
  }
}

/** Samples whose gx counts up from `first`, the other axes told apart. */
export function counting(count: number, first = 0): Uint8Array {
  const samples = new Int16Array(count * 6)
  for (let n = 0; n < count; n++) samples.set([first + n, -1000, 2000, -3000, 4000, -5000], n * 6)
  return wordPairs(new Uint8Array(samples.buffer))
}

/** Plays a count and gives the true time of sample `n` in ms. */
export function playCounting(board: VirtualBoard, count: number, first = 0): (n: number) => number {
  const firstMs = board.thigh.nextSampleMs
  const periodMs = 1000 / board.thigh.rateHz
  board.play(counting(count, first))
  return (n) => firstMs + (n - first) * periodMs
}

/** How far dated samples are off the true times, ms. */
export function datingErrors(samples: HeardSample[], trueMs: (n: number) => number): number[] {
  return samples.map(({ timeMs, counts }) => timeMs - trueMs(counts[0] as number))
}
