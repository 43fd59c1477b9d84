/**
 * Strides bring degree-milliseconds (1/100° × ms), sums are kept in 1/100 degree-seconds. The remainder waits for the next
 * stride, so that nothing is lost to rounding and a day at 150° past the threshold fits an int32.
 */
import { divide } from "../motion/fixed-point"
import type { StateReader, StateWriter } from "../state-bytes"

const MS_PER_SECOND = 1000

export class DegreeSecondsCarry {
  private remainderCdegMs = 0

  clear(): void {
    this.remainderCdegMs = 0
  }

  write(out: StateWriter): void {
    out.u16(this.remainderCdegMs)
  }

  read(state: StateReader): void {
    this.remainderCdegMs = state.u16()
  }

  /** The whole 1/100 degree-seconds that are full with this stride. */
  take(cdegMs: number): number {
    const sum = this.remainderCdegMs + cdegMs
    const whole = divide(sum, MS_PER_SECOND)
    this.remainderCdegMs = sum - whole * MS_PER_SECOND
    return whole
  }
}
