/**
 * The MPU6886's INT pin and what it tells: FIFO watermark, FIFO overflow, wake-on-motion. Latched (LATCH_INT_EN) it stays active until the status
 * that caused it is read, or anything with INT_RD_CLEAR; else it is a pulse of 50 µs.
 */
import type { ClockEvent, VirtualClock } from "./clock"
import {
  ACCEL_OFF,
  FIFO_OVERFLOW,
  INT_ANY_READ_CLEARS,
  INT_LEVEL_LOW,
  INTEL_EN,
  INTEL_MODE,
  LATCH_INT,
  NO_WATERMARK,
  REG,
  WATERMARK,
  WOM_ALL_AXES,
  WOM_G,
  WOM_X,
  WOM_Y,
  WOM_Z,
} from "./mpu6886-registers"

const PULSE_US = 50
/** What the first sample is compared with: the datasheet does not say, so the worst. */
const NOTHING = [0, 0, 0]
const WOM_BITS = [WOM_X, WOM_Y, WOM_Z] as const
const WOM_REGISTERS = [REG.ACCEL_WOM_X_THR, REG.ACCEL_WOM_Y_THR, REG.ACCEL_WOM_Z_THR] as const

export class MpuInterrupt {
  readonly #clock: VirtualClock
  readonly #bytes: Uint8Array
  /** The pin's new level, 0 or 1. */
  readonly #drive: (level: number) => void
  /** INT_STATUS and FIFO_WM_INT_STATUS. */
  #status = 0
  #watermark = 0
  #pulse: ClockEvent | undefined
  #isPulsing = false
  #level = -1
  #lastG: readonly number[] = NOTHING

  constructor(clock: VirtualClock, bytes: Uint8Array, drive: (level: number) => void) {
    this.#clock = clock
    this.#bytes = bytes
    this.#drive = drive
  }

  reset(): void {
    this.#status = 0
    this.#watermark = 0
    this.#lastG = NOTHING
    this.update()
  }

  /** Bytes that raise it; 0 while it is off. */
  get threshold(): number {
    const bytes = this.#bytes
    if ((bytes[REG.CONFIG] as number) & NO_WATERMARK) return 0
    return ((bytes[REG.FIFO_WM_TH1] as number) << 8) | (bytes[REG.FIFO_WM_TH2] as number)
  }

  /** A sample was taken, and with it the FIFO has come to this. */
  sampled(g: readonly number[], fifoLevel: number, hasOverflown: boolean): void {
    const before = this.#status | this.#watermark
    if (this.threshold > 0 && fifoLevel >= this.threshold) this.#watermark = WATERMARK
    if (hasOverflown) this.#status |= FIFO_OVERFLOW & (this.#bytes[REG.INT_ENABLE] as number)
    this.#status |= this.#moved(g) & (this.#bytes[REG.INT_ENABLE] as number)
    this.#lastG = [...g]
    if ((this.#status | this.#watermark) !== before) this.#raise()
  }

  /** While wake-on-motion looks: each sample may raise the pin. */
  get watchesMotion(): boolean {
    const bytes = this.#bytes
    return (
      ((bytes[REG.ACCEL_INTEL_CTRL] as number) & INTEL_EN) !== 0 &&
      ((bytes[REG.INT_ENABLE] as number) & (WOM_X | WOM_Y | WOM_Z)) !== 0 &&
      ((bytes[REG.PWR_MGMT_2] as number) & ACCEL_OFF) !== ACCEL_OFF
    )
  }

  /** Reading one of the two takes it back. */
  readStatus(): number {
    const status = this.#status
    this.#status = 0
    return status
  }
  readWatermark(): number {
    const watermark = this.#watermark
    this.#watermark = 0
    return watermark
  }

  /** Something was read. */
  wasRead(): void {
    if ((this.#bytes[REG.INT_PIN_CFG] as number) & INT_ANY_READ_CLEARS) this.#status = this.#watermark = 0
    this.update()
  }

  /** The pin is what status and settings ask for. */
  update(): void {
    const pin = this.#bytes[REG.INT_PIN_CFG] as number
    const isLatched = (pin & LATCH_INT) !== 0
    const isActive = isLatched ? (this.#status | this.#watermark) !== 0 : this.#isPulsing
    const rest = (pin & INT_LEVEL_LOW) !== 0 ? 1 : 0
    const level = isActive ? 1 - rest : rest
    if (level === this.#level) return
    this.#level = level
    this.#drive(level)
  }

  #raise(): void {
    if (((this.#bytes[REG.INT_PIN_CFG] as number) & LATCH_INT) === 0) {
      this.#clock.cancel(this.#pulse)
      this.#isPulsing = true
      this.#pulse = this.#clock.at(this.#clock.nowUs + PULSE_US, () => {
        this.#isPulsing = false
        this.update()
      })
    }
    this.update()
  }

  /** WOM bits: by how much each axis changed from one sample to the next; without INTEL_MODE nothing is compared. */
  #moved(g: readonly number[]): number {
    const control = this.#bytes[REG.ACCEL_INTEL_CTRL] as number
    const last = this.#lastG
    if ((control & INTEL_EN) === 0 || (control & INTEL_MODE) === 0) return 0
    let bits = 0
    WOM_REGISTERS.forEach((register, axis) => {
      const changeG = Math.abs((g[axis] as number) - (last[axis] as number))
      if (changeG > (this.#bytes[register] as number) * WOM_G) bits |= WOM_BITS[axis] as number
    })
    const all = WOM_X | WOM_Y | WOM_Z
    return control & WOM_ALL_AXES && bits !== all ? 0 : bits
  }
}
