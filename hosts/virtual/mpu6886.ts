/**
 * A register-level model of TDK InvenSense's MPU6886 (datasheet DS-000193 Rev 1.1; where that is silent, the ICM-20602's DS-000176) on an I²C bus:
 * identity, start-up, reset and the register map here; samples, FIFO and INT in the mpu6886-* beside it. Whenever a register is touched or an interrupt
 * is due, it first takes the samples that are due.
 */
import type { ClockEvent, VirtualClock } from "./clock"
import type { ImuFaults, ImuModel } from "./imu-model"
import { ByteFifo } from "./mpu6886-fifo"
import { MpuInterrupt } from "./mpu6886-interrupt"
import {
  ACCEL_FIFO,
  CURRENT_UA,
  CYCLE,
  DEVICE_RESET,
  FIFO_MODE,
  FIFO_ON,
  FIFO_RST,
  GYRO_FIFO,
  REG,
  SLEEP,
  WRITABLE,
} from "./mpu6886-registers"
import { MpuSampling, OUTPUT_BYTES } from "./mpu6886-sampling"
import type { I2cChip } from "./smbus"

const US_PER_MS = 1000
const WHO_AM_I_VALUE = 0x19
/** Registers answer so long after power (datasheet, start-up time for register read/write, typical), and the same is taken for a reset. */
const BOOT_US = 11_000
const ADDRESS_MASK = 0x7f
/** Where gyroscope and accelerometer begin and end in the output registers; both packets have the temperature between. */
const ACCEL_END = 8
const GYRO_START = 6

export interface Mpu6886Wiring {
  clock: VirtualClock
  /** How far its clock is off, as a share. */
  clockError?: number
  onInt(level: number): void
}

export class Mpu6886Model implements I2cChip, ImuModel {
  /** What can be wrong with it. */
  readonly faults: ImuFaults = {
    absent: false,
    whoAmI: WHO_AM_I_VALUE,
    interruptOpen: false,
    resetHangs: false,
  }
  readonly #clock: VirtualClock
  readonly #bytes = new Uint8Array(ADDRESS_MASK + 1)
  readonly #fifo = new ByteFifo()
  readonly #sampling: MpuSampling
  readonly #interrupt: MpuInterrupt
  #resetEndsUs = 0
  #due: ClockEvent | undefined
  /** FIFO_COUNTL as it was when FIFO_COUNTH was read. */
  #countLow = 0

  constructor({ clock, clockError = 0, onInt }: Mpu6886Wiring) {
    this.#clock = clock
    this.#sampling = new MpuSampling(clock, 1 + clockError, (g) => this.#sampled(g))
    this.#interrupt = new MpuInterrupt(clock, this.#bytes, (level) => {
      if (!this.faults.interruptOpen) onInt(level)
    })
    // What is not connected stays where the pull-up holds it.
    onInt(1)
    this.#reset()
  }

  get rateHz(): number {
    return this.#sampling.rateHz
  }

  get playRateHz(): number {
    return this.#sampling.playRateHz
  }

  get currentUa(): number {
    const power = this.#bytes[REG.PWR_MGMT_1] as number
    if (power & SLEEP) return CURRENT_UA.off
    return power & CYCLE ? CURRENT_UA.watching : CURRENT_UA.measuring
  }

  get cutoffsHz(): { gyro: number; accelerometer: number } {
    return this.#sampling.cutoffsHz
  }

  get nextSampleMs(): number {
    return this.#sampling.nextUs() / US_PER_MS
  }

  set motorDuty(duty: number) {
    this.#sampling.shake(duty)
  }

  play(pairs: Uint8Array): { firstUs: number; lastUs: number } {
    const played = this.#sampling.play(pairs)
    this.#schedule()
    return played
  }

  silence(ms: number): void {
    this.#sampling.silence(this.#clock.nowUs + ms * US_PER_MS)
    this.#schedule()
  }

  /** A fault: so many bytes in the FIFO are gone, as after a transfer that broke off. */
  loseBytes(bytes: number): void {
    this.#sampling.take()
    for (let byte = 0; byte < bytes; byte++) this.#fifo.read()
  }

  acknowledges(): boolean {
    return !this.faults.absent && this.#clock.nowUs >= BOOT_US
  }

  read(register: number, into: Uint8Array): void {
    this.#sampling.take()
    let address = register
    for (let at = 0; at < into.length; at++) {
      into[at] = this.#readByte(address)
      // A burst stays at the FIFO.
      if (address !== REG.FIFO_R_W) address = (address + 1) & ADDRESS_MASK
    }
    this.#interrupt.wasRead()
    this.#schedule()
  }

  write(register: number, value: number): void {
    const row = WRITABLE[register]
    if (!row) return
    const [where, what] = [register, value].map((byte) => `0x${byte.toString(16).padStart(2, "0")}`)
    if ((value ^ row.reset) & row.unmodelled) {
      throw new Error(`MPU6886 model: register ${where} = ${what} asks for something that is not modelled`)
    }
    // Up to now the old settings hold.
    this.#sampling.take()
    if (this.#isResetting) return
    this.#bytes[register] = (value & row.writable) | (row.reset & ~row.writable)
    if (register === REG.PWR_MGMT_1 && value & DEVICE_RESET) {
      this.#reset()
      this.#resetEndsUs = this.#clock.nowUs + BOOT_US
    }
    if (register === REG.USER_CTRL) {
      if (value & FIFO_RST) this.#fifo.clear()
      this.#bytes[register] = value & FIFO_ON
    }
    this.#sampling.configure(this.#bytes)
    this.#interrupt.update()
    this.#schedule()
  }

  get #isResetting(): boolean {
    return this.#clock.nowUs < this.#resetEndsUs
  }

  #reset(): void {
    this.#bytes.fill(0)
    for (const [address, { reset }] of Object.entries(WRITABLE)) this.#bytes[Number(address)] = reset
    this.#fifo.clear()
    this.#fifo.overflow = false
    this.#interrupt.reset()
    this.#sampling.configure(this.#bytes)
    this.#schedule()
  }

  #sampled(g: readonly number[]): void {
    const enabled = this.#bytes[REG.FIFO_EN] as number
    if ((this.#bytes[REG.USER_CTRL] as number) & FIFO_ON && enabled) {
      const from = enabled & ACCEL_FIFO ? 0 : GYRO_START
      const to = enabled & GYRO_FIFO ? OUTPUT_BYTES : ACCEL_END
      const stopsWhenFull = ((this.#bytes[REG.CONFIG] as number) & FIFO_MODE) !== 0
      this.#fifo.push(this.#sampling.output.subarray(from, to), stopsWhenFull)
    }
    this.#interrupt.sampled(g, this.#fifo.level, this.#fifo.overflow)
    this.#fifo.overflow = false
  }

  /** The clock calls at the sample that may raise the pin. */
  #schedule(): void {
    const { rateHz, tick } = this.#sampling
    const ticks = this.#ticksToLook()
    const atUs = this.#sampling.instantUs(tick + ticks)
    if (rateHz && ticks && this.#due?.callback && this.#due.atUs === atUs) return
    this.#clock.cancel(this.#due)
    this.#due = undefined
    if (!rateHz || !ticks) return
    this.#due = this.#clock.at(atUs, () => {
      this.#sampling.take()
      this.#schedule()
    })
  }

  /** In how many samples; 0 for never. */
  #ticksToLook(): number {
    const { threshold, watchesMotion } = this.#interrupt
    if (watchesMotion) return 1
    const enabled = this.#bytes[REG.FIFO_EN] as number
    if (!threshold || !enabled || ((this.#bytes[REG.USER_CTRL] as number) & FIFO_ON) === 0) return 0
    const packet =
      OUTPUT_BYTES -
      (enabled & ACCEL_FIFO ? 0 : GYRO_START) -
      (enabled & GYRO_FIFO ? 0 : OUTPUT_BYTES - ACCEL_END)
    return Math.max(1, Math.ceil((threshold - this.#fifo.level) / packet))
  }

  #readByte(address: number): number {
    if (address >= REG.ACCEL_XOUT_H && address <= REG.GYRO_ZOUT_L)
      return this.#sampling.output[address - REG.ACCEL_XOUT_H] as number
    switch (address) {
      case REG.WHO_AM_I:
        return this.faults.whoAmI
      case REG.PWR_MGMT_1: {
        const isResetting = this.faults.resetHangs || this.#isResetting
        return (this.#bytes[address] as number) | (isResetting ? DEVICE_RESET : 0)
      }
      case REG.FIFO_WM_INT_STATUS:
        return this.#interrupt.readWatermark()
      case REG.INT_STATUS:
        return this.#interrupt.readStatus()
      case REG.FIFO_COUNTH:
        this.#countLow = this.#fifo.level & 0xff
        return this.#fifo.level >> 8
      case REG.FIFO_COUNTL:
        return this.#countLow
      case REG.FIFO_R_W:
        return this.#fifo.read()
      default:
        return this.#bytes[address] as number
    }
  }
}
