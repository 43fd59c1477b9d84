/** When each start of the processor was, by the time of what is played: sleep, restarts and lost power make several. Times in ms. */
import type { Reply } from "../../hosts/virtual/protocol"

interface Boot {
  /** Which coming of the power it belongs to, from 0. */
  power: number
  /** Since that. */
  startMs: number
}

export class Boots {
  readonly #boots: Boot[] = [{ power: 0, startMs: 0 }]
  /** The motion's time 0, since each coming of the power. */
  readonly #zerosMs: number[] = [0]

  /** How many there were, the first with the power. */
  get count(): number {
    return this.#boots.length
  }
  /** The motion's time 0, ms since power came last. */
  get zeroMs(): number {
    return this.#zerosMs.at(-1) as number
  }
  set zeroMs(zeroMs: number) {
    this.#zerosMs[this.#zerosMs.length - 1] = zeroMs
  }

  /** Power is there again, `atMs` of the motion. */
  powered(atMs: number): void {
    this.#zerosMs.push(-atMs)
    this.#boots.push({ power: this.#zerosMs.length - 1, startMs: 0 })
  }

  /** The processor may have started anew. */
  heard({ startMs = 0 }: Pick<Reply, "startMs">): void {
    const power = this.#zerosMs.length - 1
    const last = this.#boots.at(-1) as Boot
    if (last.power !== power || last.startMs !== startMs) this.#boots.push({ power, startMs })
  }

  /** The motion's time 0 by the clock of each boot, which the device counts on by one. @param newest the device's count now */
  zeros(newest: number): Map<number, number> {
    const first = newest - this.#boots.length + 1
    return new Map(
      this.#boots.map(({ power, startMs }, at) => [first + at, (this.#zerosMs[power] as number) - startMs]),
    )
  }
}
