/**
 * The LSM6DSO's INT1 pin with the FIFO watermark on it (INT1_CTRL, INT1_FIFO_TH), active while the FIFO holds as many words as FIFO_CTRL1/2 say,
 * and the wake-up (MD1_CFG); high or low by H_LACTIVE. The clock calls at the sample that will reach the watermark, or that may wake.
 */
import type { ClockEvent, VirtualClock } from "./clock"
import type { Batching } from "./lsm6dso-batching"
import type { RegisterFile } from "./lsm6dso-register-file"
import { H_LACTIVE, INT1_FIFO_TH, REG } from "./lsm6dso-registers"
import type { Sampling } from "./lsm6dso-sampling"
import type { WakeUp } from "./lsm6dso-wake-up"

export interface InterruptParts {
  clock: VirtualClock
  batching: Batching
  sampling: Sampling
  wakeUp: WakeUp
  /** The pin's new level, 0 or 1. */
  drive(level: number): void
}

export class Int1 {
  readonly #parts: InterruptParts
  readonly #onDue = (): void => {
    this.#parts.sampling.take()
    this.update()
  }
  /** Words; 0 when it is not routed to the pin. */
  #watermark = 0
  /** The pin's when the interrupt is not active. */
  #restLevel = 0
  #level = 0
  #due: ClockEvent | undefined

  constructor(parts: InterruptParts) {
    this.#parts = parts
  }

  configure(registers: RegisterFile): void {
    this.#watermark = registers.has(REG.INT1_CTRL, INT1_FIFO_TH) ? registers.watermark : 0
    this.#restLevel = registers.has(REG.CTRL3_C, H_LACTIVE) ? 1 : 0
    this.update()
  }

  /** After anything that samples or FIFO did. */
  update(): void {
    const { clock, batching, sampling, wakeUp } = this.#parts
    const watermark = this.#watermark
    const isFilled = watermark > 0 && batching.fifo.level >= watermark
    const isActive = isFilled || wakeUp.isActive
    const level = isActive ? 1 - this.#restLevel : this.#restLevel
    if (level !== this.#level) {
      this.#level = level
      this.#parts.drive(level)
    }
    const fillTick = watermark > 0 && !isFilled ? batching.tickOfLevel(watermark, sampling.tick) : 0
    const tick = wakeUp.isOn && sampling.rateHz > 0 ? sampling.tick + 1 : fillTick
    const atUs = sampling.instantUs(tick)
    if (tick > 0 && this.#due?.callback && this.#due.atUs === atUs) return
    clock.cancel(this.#due)
    if (tick > 0) this.#due = clock.at(atUs, this.#onDue)
  }
}
