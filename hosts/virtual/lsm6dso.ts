/**
 * A register-level model of ST's LSM6DSO (datasheet DS12140 Rev 3, application note AN5192) on an I²C bus: identity, start-up,
 * reset and the register map here; samples, FIFO, timestamp and INT1 in the lsm6dso-* beside it. Whenever a register is
 * touched or the watermark is due, it first takes the samples that are due.
 */
import type { VirtualClock } from "./clock"
import type { ImuFaults, ImuModel } from "./imu-model"
import { Batching } from "./lsm6dso-batching"
import { Int1 } from "./lsm6dso-interrupt"
import { OutputRegisters } from "./lsm6dso-output"
import { ADDRESS_MASK, RegisterFile } from "./lsm6dso-register-file"
import { CURRENT_UA, IF_INC, REG, SW_RESET, TIMESTAMP_EN, XL_HM_MODE } from "./lsm6dso-registers"
import { Sampling } from "./lsm6dso-sampling"
import { TIMESTAMP_CLEAR, Timestamp } from "./lsm6dso-timestamp"
import { WakeUp } from "./lsm6dso-wake-up"
import type { I2cChip } from "./smbus"

const US_PER_MS = 1000
const WHO_AM_I_VALUE = 0x6c
/** AN5192, start-up sequence: registers answer 10 ms after power; SW_RESET takes 50 µs. */
const BOOT_US = 10_000
const SW_RESET_US = 50

export interface Lsm6dsoWiring {
  clock: VirtualClock
  /** INTERNAL_FREQ_FINE, signed. */
  freqFine?: number
  /** How far the real rate is off what FREQ_FINE says (it is trimmed at one temperature), ppm. */
  rateErrorPpm?: number
  onInt1(level: number): void
}

export class Lsm6dsoModel implements I2cChip, ImuModel {
  /** What can be wrong with it. */
  readonly faults: ImuFaults = {
    absent: false,
    whoAmI: WHO_AM_I_VALUE,
    interruptOpen: false,
    resetHangs: false,
  }
  readonly #clock: VirtualClock
  readonly #freqFine: number
  readonly #registers = new RegisterFile()
  readonly #output = new OutputRegisters(this.#registers)
  readonly #batching = new Batching()
  readonly #wakeUp = new WakeUp()
  readonly #timestamp: Timestamp
  readonly #sampling: Sampling
  readonly #int1: Int1
  #resetEndsUs = 0

  constructor({ clock, freqFine = 0, rateErrorPpm = 0, onInt1 }: Lsm6dsoWiring) {
    this.#clock = clock
    this.#freqFine = freqFine
    this.#timestamp = new Timestamp(this.#registers, clock, freqFine)
    this.#sampling = new Sampling({
      clock,
      freqFine,
      rateError: 1 + rateErrorPpm / 1e6,
      output: this.#output,
      batching: this.#batching,
      wakeUp: this.#wakeUp,
    })
    this.#int1 = new Int1({
      clock,
      batching: this.#batching,
      sampling: this.#sampling,
      wakeUp: this.#wakeUp,
      drive: (level) => {
        if (!this.faults.interruptOpen) onInt1(level)
      },
    })
  }

  /** Real output data rate, Hz; 0 while off. */
  get rateHz(): number {
    return this.#sampling.rateHz
  }

  /** Of what it is played, Hz; 0 while off. */
  get playRateHz(): number {
    return this.#sampling.playRateHz
  }

  get currentUa(): number {
    const { gyroRateCode, accelerometerRateCode } = this.#registers
    if (gyroRateCode > 0) return CURRENT_UA.measuring
    if (accelerometerRateCode === 0) return CURRENT_UA.off
    return this.#registers.has(REG.CTRL6_C, XL_HM_MODE) ? CURRENT_UA.watching : CURRENT_UA.measuring
  }

  get cutoffsHz(): { gyro: number; accelerometer: number } {
    return this.#sampling.cutoffsHz
  }

  /** When the next sample is taken; while off, now. */
  get nextSampleMs(): number {
    return this.#sampling.nextUs() / US_PER_MS
  }

  /** Share of full duty of the motor on the same strap. */
  set motorDuty(duty: number) {
    this.#sampling.shake(duty)
  }

  /** Motion from the next sample on, word pairs (protocol.ts) at the chip's own rate. Gives the instants of the first and the last sample, µs. */
  play(pairs: Uint8Array): { firstUs: number; lastUs: number } {
    return this.#sampling.play(pairs)
  }

  /** Takes no samples for `ms`; everything else goes on. */
  silence(ms: number): void {
    this.#sampling.silence(this.#clock.nowUs + ms * US_PER_MS)
    this.#int1.update()
  }

  /** A fault: so many words get lost on their way into the FIFO. */
  loseWords(words: number): void {
    this.#sampling.take()
    this.#batching.wordsToLose = words
  }

  /** A fault: these bits are wrong in the tags of words that go into the FIFO. */
  damageTags(bits: number): void {
    this.#sampling.take()
    this.#batching.tagDamage = bits
  }

  acknowledges(): boolean {
    return !this.faults.absent && this.#clock.nowUs >= BOOT_US
  }

  read(register: number, into: Uint8Array): void {
    this.#sampling.take()
    let at = register === REG.FIFO_DATA_OUT_TAG ? this.#batching.fifo.take(into) : 0
    let address = register
    for (; at < into.length; at++) {
      into[at] = this.#readByte(address)
      // "Rounding": the FIFO's output is read again and again in one burst (AN5192, FIFO reading).
      if (address === REG.FIFO_DATA_OUT_Z_H) address = REG.FIFO_DATA_OUT_TAG
      else if (this.#registers.has(REG.CTRL3_C, IF_INC)) address = (address + 1) & ADDRESS_MASK
    }
    this.#int1.update()
  }

  write(register: number, value: number): void {
    if (register === REG.TIMESTAMP2 && value === TIMESTAMP_CLEAR) this.#timestamp.clear()
    // Up to now the old settings hold.
    this.#sampling.take()
    if (!this.#registers.write(register, value)) return
    if (register === REG.CTRL3_C && value & SW_RESET) {
      this.#registers.reset()
      this.#resetEndsUs = this.#clock.nowUs + SW_RESET_US
    }
    if (register === REG.CTRL10_C && value & TIMESTAMP_EN) this.#timestamp.clear()
    this.#wakeUp.configure(this.#registers)
    this.#sampling.configure(this.#registers)
    this.#batching.configure(this.#registers)
    this.#int1.configure(this.#registers)
  }

  #readByte(address: number): number {
    if (address >= REG.FIFO_DATA_OUT_TAG && address <= REG.FIFO_DATA_OUT_Z_H) {
      const byte = this.#batching.fifo.peek(address - REG.FIFO_DATA_OUT_TAG)
      if (address === REG.FIFO_DATA_OUT_Z_H) this.#batching.fifo.drop()
      return byte
    }
    if (address >= REG.OUTX_L_G && address <= REG.OUTZ_H_A) return this.#output.read(address - REG.OUTX_L_G)
    if (address >= REG.TIMESTAMP0 && address <= REG.TIMESTAMP3)
      return this.#timestamp.read(address - REG.TIMESTAMP0)
    switch (address) {
      case REG.WHO_AM_I:
        return this.faults.whoAmI
      case REG.CTRL3_C: {
        const isResetting = this.faults.resetHangs || this.#clock.nowUs < this.#resetEndsUs
        return (this.#registers.bytes[address] as number) | (isResetting ? SW_RESET : 0)
      }
      case REG.WAKE_UP_SRC:
        return this.#wakeUp.readSource()
      case REG.STATUS_REG:
        return this.#output.status
      case REG.FIFO_STATUS1:
        return this.#batching.fifo.level & 0xff
      case REG.FIFO_STATUS2:
        return this.#batching.readStatus2(this.#registers.watermark)
      case REG.INTERNAL_FREQ_FINE:
        return this.#freqFine & 0xff
      default:
        return this.#registers.bytes[address] as number
    }
  }
}
