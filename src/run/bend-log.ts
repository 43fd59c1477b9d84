/** The last 32 small knee bends and squats outside running, in a ring. */
import type { Bend } from "./summary"

export const MAX_BENDS = 32

export class BendLog {
  readonly #timesMs = new Int32Array(MAX_BENDS)
  readonly #peaksCdeg = new Int32Array(MAX_BENDS)
  #total = 0

  /** Bends since boot, forgotten ones too. */
  get total(): number {
    return this.#total
  }

  add(timeMs: number, peakCdeg: number): void {
    const slot = this.#total % MAX_BENDS
    this.#timesMs[slot] = timeMs
    this.#peaksCdeg[slot] = peakCdeg
    this.#total += 1
  }

  /** Oldest first. */
  toArray(): Bend[] {
    const bends: Bend[] = []
    for (let index = Math.max(0, this.#total - MAX_BENDS); index < this.#total; index++) {
      const slot = index % MAX_BENDS
      bends.push({ timeMs: this.#timesMs[slot] ?? 0, peakCdeg: this.#peaksCdeg[slot] ?? 0 })
    }
    return bends
  }
}
