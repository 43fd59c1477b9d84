/** The last 32 small knee bends and squats outside running, in a ring. */
import type { Bend, BendList } from "./summary"

export const MAX_BENDS = 32

export class BendLog {
  /** Times (ms), then peaks (1/100°). One array: two take 7 slots more. */
  private readonly table = new Int32Array(2 * MAX_BENDS)
  /** Since boot, dropped ones too. */
  private total = 0

  add(timeMs: number, peakCdeg: number): void {
    const slot = this.total % MAX_BENDS
    this.table[slot] = timeMs
    this.table[MAX_BENDS + slot] = peakCdeg
    this.total += 1
  }

  /** Forgets the newest ones back to this time: they are told anew. */
  dropFrom(timeMs: number): void {
    const oldest = Math.max(0, this.total - MAX_BENDS)
    while (this.total > oldest && (this.table[(this.total - 1) % MAX_BENDS] ?? 0) >= timeMs) this.total -= 1
  }

  list(): BendList {
    const bendsDropped = Math.max(0, this.total - MAX_BENDS)
    const bends: Bend[] = []
    for (let index = bendsDropped; index < this.total; index++) {
      const slot = index % MAX_BENDS
      bends.push({ timeMs: this.table[slot] ?? 0, peakCdeg: this.table[MAX_BENDS + slot] ?? 0 })
    }
    return { bends, bendsDropped }
  }
}
