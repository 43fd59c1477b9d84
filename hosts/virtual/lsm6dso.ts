/**
 * A register-level model of ST's LSM6DSO (datasheet DS12140 Rev 3, application note AN5192): identity, reset, output data
 * rates and ranges, output registers, tagged FIFO with watermark on INT1, timestamp, rate tolerance. It works lazily: when a
 * register is touched or the watermark is due, it takes all samples since it last looked.
 */
import type { ClockEvent, VirtualClock } from "./clock"
import { FIFO_WORDS, TAG_ACCELEROMETER, TAG_GYRO, TaggedFifo, tagByte } from "./lsm6dso-fifo"
import { FREQ_FINE_STEP, outputRateHz } from "./lsm6dso-filter"
import {
  ACCELEROMETER_GAIN,
  BDU,
  FIFO_MODE,
  GDA,
  GYRO_GAIN,
  H_LACTIVE,
  IF_INC,
  INT1_FIFO_TH,
  REG,
  STATUS2,
  SW_RESET,
  TIMESTAMP_EN,
  WRITABLE,
  XLDA,
} from "./lsm6dso-registers"
import { MotionStream } from "./motion-stream"
import { MotorShake } from "./motor-shake"
import { SAMPLE_BYTES } from "./protocol"
import type { I2cChip } from "./smbus"

const US_PER_S = 1_000_000
const US_PER_MS = 1000
const WHO_AM_I_VALUE = 0x6c
/** AN5192, start-up sequence: registers answer 10 ms after power; SW_RESET takes 50 µs. */
const BOOT_US = 10_000
const SW_RESET_US = 50
/** TIMESTAMP0: 25 µs a count. */
const TIMESTAMP_HZ = 40_000
const TIMESTAMP_CLEAR = 0xaa
const ADDRESS_MASK = 0x7f
/** A tick counts as past from this share of a period before it on: the clock's instants are rounded doubles. */
const TICK_ROUNDING = 1e-6
const INT16_MIN = -32768
const INT16_MAX = 32767
const AXES = 6
const AXIS_BYTES = 2
const GYRO_BYTES = 6
/** Rate code 4, 104 Hz: the rate at which samples come in while the chip is off. */
const CODE_WHILE_OFF = 4

export interface Lsm6dsoWiring {
  clock: VirtualClock
  /** INTERNAL_FREQ_FINE, signed. */
  freqFine?: number
  /** How far the real rate is off what FREQ_FINE says (it is trimmed at one temperature), ppm. */
  rateErrorPpm?: number
  onInt1(level: number): void
}

export class Lsm6dsoModel implements I2cChip {
  /** What can be wrong with it. */
  readonly faults = {
    absent: false,
    whoAmI: WHO_AM_I_VALUE,
    /** INT1 is not connected. */
    int1Open: false,
    /** SW_RESET never ends. */
    resetHangs: false,
  }
  #wordsToLose = 0
  #tagDamage = 0
  readonly #clock: VirtualClock
  readonly #freqFine: number
  readonly #rateError: number
  readonly #onInt1: (level: number) => void
  readonly #registers = new Uint8Array(ADDRESS_MASK + 1)
  readonly #fifo = new TaggedFifo()
  readonly #stream = new MotionStream()
  readonly #shake = new MotorShake()
  readonly #sample = [0, 0, 0, 0, 0, 0]
  readonly #scratch16 = new Int16Array(AXES)
  readonly #scratch = new Uint8Array(this.#scratch16.buffer)
  /** Output registers, and their high bytes as held between the reads of a low and a high byte (BDU). */
  readonly #out = new Uint8Array(SAMPLE_BYTES)
  readonly #held = new Uint8Array(SAMPLE_BYTES)
  #isHeld = 0
  #status = 0
  #resetEndsUs = 0
  #timestampFromUs = 0
  /** Samples are taken at gridUs + tick × periodUs; `#tick` was the last. 0 Hz: off. */
  #rateHz = 0
  #periodUs = 0
  #gridUs = 0
  #tick = 0
  #silentUntilUs = 0
  /** FIFO slots so far: TAG_CNT. */
  #slot = 0
  /** Every how many ticks a sensor is batched; 0 = not. */
  #gyroEvery = 0
  #accelerometerEvery = 0
  #stopsWhenFull = false
  /** Counts at ±2000 °/s and ±16 g → counts at the range that is set. */
  #gyroGain: number = 1
  #accelerometerGain: number = 1
  #isRescaled = false
  #int1 = 0
  #due: ClockEvent | undefined

  constructor({ clock, freqFine = 0, rateErrorPpm = 0, onInt1 }: Lsm6dsoWiring) {
    this.#clock = clock
    this.#freqFine = freqFine
    this.#rateError = 1 + rateErrorPpm / 1e6
    this.#onInt1 = onInt1
    this.#resetRegisters()
  }

  /** Real output data rate, Hz; 0 while off. */
  get rateHz(): number {
    return this.#rateHz
  }

  /** Share of full duty of the motor on the same strap. */
  set motorDuty(duty: number) {
    this.#takeSamples()
    this.#shake.duty = duty
  }

  /** When the next sample is taken; while off, now. */
  get nextSampleMs(): number {
    return this.#nextSampleUs() / US_PER_MS
  }

  #nextSampleUs(): number {
    this.#takeSamples()
    return this.#rateHz ? this.#gridUs + (this.#tick + 1) * this.#periodUs : this.#clock.nowUs
  }

  /** Motion from the next sample on, at the chip's own rate. Gives the instants of the first and the last sample, µs. */
  play(bytes: Uint8Array): { firstUs: number; lastUs: number } {
    const firstUs = this.#nextSampleUs()
    const periodUs = this.#periodUs || US_PER_S / outputRateHz(CODE_WHILE_OFF)
    this.#stream.play(bytes, firstUs, periodUs)
    return { firstUs, lastUs: firstUs + (bytes.length / SAMPLE_BYTES - 1) * periodUs }
  }

  /** Takes no samples for `ms`; everything else goes on. */
  silence(ms: number): void {
    this.#takeSamples()
    this.#silentUntilUs = this.#clock.nowUs + ms * US_PER_MS
    this.#skipSilence()
    this.#plan()
  }

  /** A fault: so many words get lost on their way into the FIFO. */
  loseWords(words: number): void {
    this.#takeSamples()
    this.#wordsToLose = words
  }

  /** A fault: these bits are wrong in the tags of words that go into the FIFO. */
  damageTags(bits: number): void {
    this.#takeSamples()
    this.#tagDamage = bits
  }

  // The bus.

  acknowledges(): boolean {
    return !this.faults.absent && this.#clock.nowUs >= BOOT_US
  }

  read(register: number, into: Uint8Array): void {
    this.#takeSamples()
    let at = register === REG.FIFO_DATA_OUT_TAG ? this.#fifo.take(into) : 0
    let address = register
    for (; at < into.length; at++) {
      into[at] = this.#readByte(address)
      // "Rounding": the FIFO's output is read again and again in one burst (AN5192, FIFO reading).
      if (address === REG.FIFO_DATA_OUT_Z_H) address = REG.FIFO_DATA_OUT_TAG
      else if (this.#has(REG.CTRL3_C, IF_INC)) address = (address + 1) & ADDRESS_MASK
    }
    this.#plan()
  }

  write(register: number, value: number): void {
    if (register === REG.TIMESTAMP2 && value === TIMESTAMP_CLEAR) this.#timestampFromUs = this.#clock.nowUs
    const row = WRITABLE[register]
    if (!row) return
    if ((value ^ row.reset) & row.unmodelled) {
      const [where, what] = [register, value].map((byte) => `0x${byte.toString(16).padStart(2, "0")}`)
      throw new Error(`LSM6DSO model: register ${where} = ${what} asks for something that is not modelled`)
    }
    this.#takeSamples()
    this.#registers[register] = (value & row.writable) | (row.reset & ~row.writable)
    if (register === REG.CTRL3_C && value & SW_RESET) {
      this.#resetRegisters()
      this.#resetEndsUs = this.#clock.nowUs + SW_RESET_US
    }
    if (register === REG.CTRL10_C && value & TIMESTAMP_EN) this.#timestampFromUs = this.#clock.nowUs
    this.#configure()
    this.#plan()
  }

  #readByte(address: number): number {
    const fifo = this.#fifo
    if (address >= REG.FIFO_DATA_OUT_TAG && address <= REG.FIFO_DATA_OUT_Z_H) {
      const byte = fifo.peek(address - REG.FIFO_DATA_OUT_TAG)
      if (address === REG.FIFO_DATA_OUT_Z_H) fifo.drop()
      return byte
    }
    if (address >= REG.OUTX_L_G && address <= REG.OUTZ_H_A) return this.#readOutput(address - REG.OUTX_L_G)
    if (address >= REG.TIMESTAMP0 && address <= REG.TIMESTAMP3)
      return this.#timestampByte(address - REG.TIMESTAMP0)
    switch (address) {
      case REG.WHO_AM_I:
        return this.faults.whoAmI
      case REG.CTRL3_C: {
        const isResetting = this.faults.resetHangs || this.#clock.nowUs < this.#resetEndsUs
        return (this.#registers[REG.CTRL3_C] as number) | (isResetting ? SW_RESET : 0)
      }
      case REG.STATUS_REG:
        return this.#status
      case REG.FIFO_STATUS1:
        return fifo.level & 0xff
      case REG.FIFO_STATUS2: {
        const wordsPerTick = (this.#gyroEvery ? 1 : 0) + (this.#accelerometerEvery ? 1 : 0)
        const status =
          (this.#isAtWatermark() ? STATUS2.wtm : 0) |
          (fifo.overrun ? STATUS2.overrun : 0) |
          (wordsPerTick && fifo.level + wordsPerTick >= FIFO_WORDS ? STATUS2.full : 0) |
          (fifo.overrunLatched ? STATUS2.overrunLatched : 0) |
          (fifo.level >> 8)
        fifo.overrunLatched = false
        return status
      }
      case REG.INTERNAL_FREQ_FINE:
        return this.#freqFine & 0xff
      default:
        return this.#registers[address] as number
    }
  }

  /** Block data update (BDU): between the reads of a value's low and high byte it does not change. */
  #readOutput(byte: number): number {
    this.#status &= byte < GYRO_BYTES ? ~GDA : ~XLDA
    const axis = byte >> 1
    if (byte % AXIS_BYTES === 0) {
      this.#held[byte + 1] = this.#out[byte + 1] as number
      this.#isHeld |= 1 << axis
      return this.#out[byte] as number
    }
    const isHeld = this.#isHeld & (1 << axis) && this.#has(REG.CTRL3_C, BDU)
    this.#isHeld &= ~(1 << axis)
    return (isHeld ? this.#held[byte] : this.#out[byte]) as number
  }

  #timestampByte(byte: number): number {
    if (!this.#has(REG.CTRL10_C, TIMESTAMP_EN)) return 0
    const seconds = (this.#clock.nowUs - this.#timestampFromUs) / US_PER_S
    const count = Math.floor(seconds * TIMESTAMP_HZ * (1 + FREQ_FINE_STEP * this.#freqFine))
    return Math.floor(count / 2 ** (8 * byte)) & 0xff
  }

  // Settings.

  #has(register: number, bit: number): boolean {
    return ((this.#registers[register] as number) & bit) !== 0
  }

  #resetRegisters(): void {
    this.#registers.fill(0)
    for (const [address, row] of Object.entries(WRITABLE)) this.#registers[Number(address)] = row.reset
    this.#fifo.clear()
    this.#configure()
  }

  /** The output data rates and what of them is batched (FIFO_CTRL3: BDR_GY in 7:4, BDR_XL in 3:0). */
  #configure(): void {
    const registers = this.#registers
    const gyroCode = (registers[REG.CTRL2_G] as number) >> 4
    const accelerometerCode = (registers[REG.CTRL1_XL] as number) >> 4
    const code = Math.max(gyroCode, accelerometerCode)
    const rateHz = code === 0 ? 0 : outputRateHz(code, this.#freqFine) * this.#rateError
    if (rateHz !== this.#rateHz) {
      this.#rateHz = rateHz
      this.#periodUs = rateHz && US_PER_S / rateHz
      this.#gridUs = this.#clock.nowUs
      this.#tick = 0
      if (rateHz) this.#shake.tune(rateHz, code)
      this.#skipSilence()
    }
    const mode = (registers[REG.FIFO_CTRL4] as number) & 7
    if (mode !== FIFO_MODE.bypass && mode !== FIFO_MODE.fifo && mode !== FIFO_MODE.continuous) {
      throw new Error(`LSM6DSO model: FIFO_MODE ${mode} is not modelled`)
    }
    if (mode === FIFO_MODE.bypass) {
      this.#fifo.clear()
      this.#slot = 0
    }
    this.#stopsWhenFull = mode === FIFO_MODE.fifo
    this.#gyroGain = GYRO_GAIN[((registers[REG.CTRL2_G] as number) >> 1) & 7] as number
    this.#accelerometerGain = ACCELEROMETER_GAIN[((registers[REG.CTRL1_XL] as number) >> 2) & 3] as number
    this.#isRescaled = this.#gyroGain !== 1 || this.#accelerometerGain !== 1
    const batched = registers[REG.FIFO_CTRL3] as number
    const every = (odrCode: number, batchCode: number): number =>
      mode === FIFO_MODE.bypass || odrCode === 0 || batchCode === 0
        ? 0
        : 2 ** (code - Math.min(odrCode, batchCode))
    this.#gyroEvery = every(gyroCode, batched >> 4)
    this.#accelerometerEvery = every(accelerometerCode, batched & 0x0f)
  }

  #watermark(): number {
    return (
      (this.#registers[REG.FIFO_CTRL1] as number) | (((this.#registers[REG.FIFO_CTRL2] as number) & 1) << 8)
    )
  }

  #isAtWatermark(): boolean {
    const watermark = this.#watermark()
    return watermark > 0 && this.#fifo.level >= watermark
  }

  // Sampling.

  #skipSilence(): void {
    if (!this.#rateHz || this.#silentUntilUs <= this.#gridUs) return
    this.#tick = Math.max(this.#tick, Math.floor((this.#silentUntilUs - this.#gridUs) / this.#periodUs))
  }

  /** Takes the samples that were due since the last look. */
  #takeSamples(): void {
    if (!this.#rateHz) return
    const last = Math.floor((this.#clock.nowUs - this.#gridUs) / this.#periodUs + TICK_ROUNDING)
    const first = this.#tick + 1
    if (last < first) return
    this.#tick = last
    const rest = this.#takeInBulk(first, last)
    if (rest <= last) this.#takeOneByOne(rest, last)
    this.#status = XLDA | GDA
  }

  /** Takes the samples up to the last that goes into the FIFO as it comes. Gives the tick after it. */
  #takeInBulk(first: number, last: number): number {
    if (this.#gyroEvery !== 1 || this.#accelerometerEvery !== 1 || this.#stopsWhenFull || this.#wordsToLose)
      return first
    if (this.#tagDamage || this.#isRescaled || this.#shake.isTurning) return first
    const { bytes } = this.#stream
    const gridUs = this.#gridUs
    const periodUs = this.#periodUs
    let tick = first
    while (tick <= last) {
      const index = this.#stream.indexAt(gridUs + tick * periodUs)
      const isRun = this.#stream.indexAt(gridUs + last * periodUs) - index === last - tick
      const count = isRun ? last - tick + 1 : 1
      this.#fifo.pushSamples(bytes, index * SAMPLE_BYTES, count, this.#slot + 1)
      this.#slot += count
      tick += count
    }
    const newest = this.#stream.indexAt(gridUs + last * periodUs) * SAMPLE_BYTES
    this.#out.set(bytes.subarray(newest, newest + SAMPLE_BYTES))
    return tick
  }

  #takeOneByOne(first: number, last: number): void {
    const isBatched = this.#gyroEvery > 0 || this.#accelerometerEvery > 0
    const shake = this.#shake
    let source = this.#stream.bytes
    let offset = 0
    // Without a FIFO only the newest sample is ever seen.
    for (let tick = isBatched || shake.isTurning ? first : last; tick <= last; tick++) {
      source = this.#stream.bytes
      offset = this.#stream.indexAt(this.#gridUs + tick * this.#periodUs) * SAMPLE_BYTES
      if (this.#isRescaled || shake.isTurning) {
        this.#transform(source, offset)
        source = this.#scratch
        offset = 0
      }
      if (isBatched) this.#batch(tick, source, offset)
    }
    this.#out.set(source.subarray(offset, offset + SAMPLE_BYTES))
  }

  #batch(tick: number, source: Uint8Array, offset: number): void {
    const gyro = this.#gyroEvery > 0 && tick % this.#gyroEvery === 0
    const accelerometer = this.#accelerometerEvery > 0 && tick % this.#accelerometerEvery === 0
    if (!gyro && !accelerometer) return
    this.#slot += 1
    if (gyro) this.#push(TAG_GYRO, source, offset)
    if (accelerometer) this.#push(TAG_ACCELEROMETER, source, offset + GYRO_BYTES)
  }

  #push(sensor: number, source: Uint8Array, offset: number): void {
    if (this.#wordsToLose > 0) {
      this.#wordsToLose -= 1
      return
    }
    if (this.#stopsWhenFull && this.#fifo.level === FIFO_WORDS) return
    this.#fifo.push(tagByte(sensor, this.#slot) ^ this.#tagDamage, source, offset)
  }

  /** Shaking and the range's scale, into the scratch sample. */
  #transform(source: Uint8Array, offset: number): void {
    const sample = this.#sample
    for (let axis = 0; axis < AXES; axis++) {
      const at = offset + axis * AXIS_BYTES
      sample[axis] = (((source[at] as number) | ((source[at + 1] as number) << 8)) << 16) >> 16
    }
    if (this.#shake.isTurning) this.#shake.addTo(sample)
    for (let axis = 0; axis < AXES; axis++) {
      const gain = axis < AXES / 2 ? this.#gyroGain : this.#accelerometerGain
      const value = Math.round((sample[axis] as number) * gain)
      this.#scratch16[axis] = Math.max(INT16_MIN, Math.min(INT16_MAX, value))
    }
  }

  // INT1.

  /** Sets INT1 and has the clock call when the watermark will be reached. */
  #plan(): void {
    const isRouted = this.#has(REG.INT1_CTRL, INT1_FIFO_TH) && this.#watermark() > 0
    const isActive = isRouted && this.#isAtWatermark()
    const level = isActive !== this.#has(REG.CTRL3_C, H_LACTIVE) ? 1 : 0
    if (level !== this.#int1) {
      this.#int1 = level
      if (!this.faults.int1Open) this.#onInt1(level)
    }
    const tick = isRouted && !isActive ? this.#watermarkTick() : 0
    const atUs = this.#gridUs + tick * this.#periodUs
    if (tick > 0 && this.#due?.callback && this.#due.atUs === atUs) return
    this.#clock.cancel(this.#due)
    if (tick > 0) {
      this.#due = this.#clock.at(atUs, () => {
        this.#takeSamples()
        this.#plan()
      })
    }
  }

  /** The tick whose words reach the watermark; 0 when none will. */
  #watermarkTick(): number {
    const gyroEvery = this.#gyroEvery
    const accelerometerEvery = this.#accelerometerEvery
    if (!this.#rateHz || (!gyroEvery && !accelerometerEvery)) return 0
    let missing = this.#watermark() - this.#fifo.level
    if (gyroEvery === 1 && accelerometerEvery === 1) return this.#tick + Math.ceil(missing / 2)
    let tick = this.#tick
    while (missing > 0) {
      tick += 1
      if (gyroEvery && tick % gyroEvery === 0) missing -= 1
      if (accelerometerEvery && tick % accelerometerEvery === 0) missing -= 1
    }
    return tick
  }
}
