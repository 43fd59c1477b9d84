/** The last 32 small knee bends and squats outside running, in a ring. */
import type { Bend, BendList } from "./summary"

export const MAX_BENDS = 32

export class BendLog {
  readonly #timesMs = new Int32Array(MAX_BENDS)
  readonly #peaksCdeg = new Int32Array(MAX_BENDS)
  /** Since boot, dropped ones too. */
  #total = 0

  add(timeMs: number, peakCdeg: number): void {
    const slot = this.#total % MAX_BENDS
    this.#timesMs[slot] = timeMs
    this.#peaksCdeg[slot] = peakCdeg
    this.#total += 1
  }

  /** Forgets the newest ones back to this time: they are told anew. */
  dropFrom(timeMs: number): void {
    const oldest = Math.max(0, this.#total - MAX_BENDS)
    while (this.#total > oldest && (this.#timesMs[(this.#total - 1) % MAX_BENDS] ?? 0) >= timeMs)
      this.#total -= 1
  }

  list(): BendList {
    const bendsDropped = Math.max(0, this.#total - MAX_BENDS)
    const bends: Bend[] = []
    for (let index = bendsDropped; index < this.#total; index++) {
      const slot = index % MAX_BENDS
      bends.push({ timeMs: this.#timesMs[slot] ?? 0, peakCdeg: this.#peaksCdeg[slot] ?? 0 })
    }
    return { bends, bendsDropped }
  }
}
