/** The buzzes of a run in preallocated memory: as many as the setting of buzzes a run allows at most. */
import type { StateReader, StateWriter } from "../state-bytes"
import type { Buzz, BuzzReason } from "./summary"

export const MAX_BUZZES = 20

export class BuzzList {
  /** Time and reason in turn. */
  private readonly table = new Int32Array(2 * MAX_BUZZES)
  private count = 0

  clear(): void {
    this.count = 0
  }

  push(timeMs: number, reason: BuzzReason): void {
    if (this.count === MAX_BUZZES) return
    this.table[2 * this.count] = timeMs
    this.table[2 * this.count + 1] = reason
    this.count += 1
  }

  write(out: StateWriter): void {
    out.u8(this.count)
    for (let cell = 0; cell < 2 * this.count; cell += 2) {
      out.i32(this.table[cell] as number)
      out.u8(this.table[cell + 1] as number)
    }
  }

  read(state: StateReader): void {
    for (let left = state.u8(); left > 0; left--) this.push(state.i32(), state.u8() as BuzzReason)
  }

  toArray(): Buzz[] {
    const buzzes: Buzz[] = []
    for (let cell = 0; cell < 2 * this.count; cell += 2) {
      buzzes.push({ timeMs: this.table[cell] as number, reason: this.table[cell + 1] as BuzzReason })
    }
    return buzzes
  }
}
