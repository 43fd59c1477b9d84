/**
 * The LSM6DSO's INT1 pin with the FIFO watermark on it (INT1_CTRL, INT1_FIFO_TH): active while the FIFO holds as many words
 * as FIFO_CTRL1/2 say, high or low by H_LACTIVE. The clock calls at the sample that will reach the watermark.
 */
import type { ClockEvent, VirtualClock } from "./clock"
import type { Batching } from "./lsm6dso-batching"
import type { RegisterFile } from "./lsm6dso-register-file"
import { H_LACTIVE, INT1_FIFO_TH, REG } from "./lsm6dso-registers"
import type { Sampling } from "./lsm6dso-sampling"

export interface InterruptParts {
  clock: VirtualClock
  registers: RegisterFile
  batching: Batching
  sampling: Sampling
  /** The pin's new level, 0 or 1. */
  drive(level: number): void
}

export class WatermarkInterrupt {
  readonly #parts: InterruptParts
  readonly #onDue = (): void => {
    this.#parts.sampling.take()
    this.update()
  }
  #level = 0
  #due: ClockEvent | undefined

  constructor(parts: InterruptParts) {
    this.#parts = parts
  }

  /** After anything that samples, FIFO or settings did. */
  update(): void {
    const { clock, registers, batching, sampling } = this.#parts
    const watermark = registers.watermark
    const isRouted = watermark > 0 && registers.has(REG.INT1_CTRL, INT1_FIFO_TH)
    const isActive = isRouted && batching.fifo.level >= watermark
    const level = isActive !== registers.has(REG.CTRL3_C, H_LACTIVE) ? 1 : 0
    if (level !== this.#level) {
      this.#level = level
      this.#parts.drive(level)
    }
    const tick = isRouted && !isActive ? batching.tickOfLevel(watermark, sampling.tick) : 0
    const atUs = sampling.instantUs(tick)
    if (tick > 0 && this.#due?.callback && this.#due.atUs === atUs) return
    clock.cancel(this.#due)
    if (tick > 0) this.#due = clock.at(atUs, this.#onDue)
  }
}
