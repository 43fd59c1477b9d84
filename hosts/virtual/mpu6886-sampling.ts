/**
 * The MPU6886's taking of samples: from the motion stream into output registers, at the internal rate divided by SMPLRT_DIV, high bytes first, scaled
 * to the range that is set. It works lazily: `take` takes all samples that were due since it last looked.
 */
import type { VirtualClock } from "./clock"
import { MotionStream } from "./motion-stream"
import { MotorShake } from "./motor-shake"
import {
  ACCEL_BANDWIDTH_HZ,
  ACCEL_OFF,
  CYCLE,
  DLPF_MASK,
  GYRO_BANDWIDTH_HZ,
  GYRO_OFF,
  INTERNAL_HZ,
  REG,
  SLEEP,
} from "./mpu6886-registers"
import { WORD_PAIR_BYTES } from "./protocol"

const US_PER_S = 1_000_000
/** A tick counts as past from this share of a period before it on: the clock's instants are rounded doubles. */
const TICK_ROUNDING = 1e-6
/** The rate at which samples come in while the chip is off. */
const HZ_WHILE_OFF = 100
/** Of gx gy gz ax ay az in a pair, behind their words' tags; and in the output registers, which begin with the accelerometer. */
const AXIS_PLACES = [1, 3, 5, 8, 10, 12] as const
const AXES = 3
const OUTPUT_PLACES = [8, 10, 12, 0, 2, 4] as const
const TEMPERATURE_PLACE = 6
/** 25 °C (datasheet, TEMP_OUT: 0 there, 326.8 a °C). */
const TEMPERATURE = 0
export const OUTPUT_BYTES = 14
/** The stream's counts, 0.070 °/s and 0.488 mg, in the chip's at its widest range: 2000 °/s and 16 g ÷ 32768. FS_SEL 3 is that. */
const DPS_PER_COUNT = 0.07
const G_PER_COUNT = 0.000488
const GYRO_GAIN = (DPS_PER_COUNT * 32768) / 2000
const ACCEL_GAIN = (G_PER_COUNT * 32768) / 16
const WIDEST = 3
const FS_SHIFT = 3
const INT16_MIN = -32768
const INT16_MAX = 32767

export class MpuSampling {
  /** Real output data rate, Hz; 0 while off. */
  rateHz = 0
  /** The last sample taken: they come at `instantUs` of each tick. */
  tick = 0
  /** ACCEL_XOUT_H to GYRO_ZOUT_L: the newest sample. */
  readonly output = new Uint8Array(OUTPUT_BYTES)
  readonly #clock: VirtualClock
  readonly #clockError: number
  /** A sample is in the output registers; `g` has its acceleration. */
  readonly #onSample: (g: readonly number[]) => void
  readonly #stream = new MotionStream()
  readonly #shake = new MotorShake()
  readonly #data = new DataView(this.output.buffer)
  readonly #sample = [0, 0, 0, 0, 0, 0]
  readonly #g = [0, 0, 0]
  #bytes: Uint8Array = new Uint8Array(0)
  #cutoffs = { gyro: 1, accelerometer: 1 }
  #periodUs = 0
  /** Of the rate at which it measures, or did last: what it is played has it, also while the chip watches for motion at another. */
  #playUs = 0
  /** When it was played the last of it. */
  #playedUs = 0
  #gridUs = 0
  #silentUntilUs = 0

  constructor(clock: VirtualClock, clockError: number, onSample: (g: readonly number[]) => void) {
    this.#clock = clock
    this.#clockError = clockError
    this.#onSample = onSample
  }

  /** A new rate starts a new grid of ticks now. @throws Error for a filter that the model does not have. */
  configure(bytes: Uint8Array): void {
    this.#bytes = bytes
    const power = bytes[REG.PWR_MGMT_1] as number
    const isOff = (power & SLEEP) !== 0 || (this.#isOff(ACCEL_OFF) && this.#isOff(GYRO_OFF))
    const gyro = GYRO_BANDWIDTH_HZ[(bytes[REG.CONFIG] as number) & DLPF_MASK]
    const accelerometer = ACCEL_BANDWIDTH_HZ[(bytes[REG.ACCEL_CONFIG_2] as number) & DLPF_MASK] as number
    // Set up while it is awake, as the datasheet asks: in between it samples at 8 kHz, which nobody reads.
    const isSetUp = gyro !== undefined || this.#isOff(GYRO_OFF)
    const hz = isOff || !isSetUp ? 0 : INTERNAL_HZ / (1 + (bytes[REG.SMPLRT_DIV] as number))
    const cutoffs = { gyro: (gyro ?? 0) * this.#clockError, accelerometer: accelerometer * this.#clockError }
    const rateHz = hz * this.#clockError
    if (rateHz) this.#shake.tune(rateHz, cutoffs)
    if (rateHz && !this.#isOff(GYRO_OFF)) {
      this.#cutoffs = cutoffs
      this.#playUs = US_PER_S / rateHz
    } else if (this.#playUs === 0) this.#cutoffs = cutoffs
    if (rateHz === this.rateHz) return
    this.rateHz = rateHz
    this.#periodUs = rateHz && US_PER_S / rateHz
    this.#gridUs = this.#clock.nowUs
    this.tick = 0
    this.#skipSilence()
  }

  /** Of the filters, by the chip's real clock. */
  get cutoffsHz(): { gyro: number; accelerometer: number } {
    return this.#cutoffs
  }

  /** Of what it is played, Hz; 0 while it is off. */
  get playRateHz(): number {
    return this.rateHz && US_PER_S / (this.#playUs || this.#periodUs)
  }

  instantUs(tick: number): number {
    return this.#gridUs + tick * this.#periodUs
  }

  /** When the next sample is taken; while off, now. While it only watches, what is played goes on at its own pace. */
  nextUs(): number {
    this.take()
    const { nowUs } = this.#clock
    if (!this.rateHz) return nowUs
    const isMeasuring = this.#playUs === 0 || this.#playUs === this.#periodUs
    return isMeasuring ? this.instantUs(this.tick + 1) : Math.max(nowUs, this.#playedUs + this.#playUs)
  }

  /** Motion from the next sample on, at the rate at which the chip measures. Gives the instants of the first and the last sample, µs. */
  play(pairs: Uint8Array): { firstUs: number; lastUs: number } {
    const firstUs = this.nextUs()
    const periodUs = this.#playUs || this.#periodUs || US_PER_S / HZ_WHILE_OFF
    this.#stream.play(pairs, firstUs, periodUs)
    this.#playedUs = firstUs + (pairs.length / WORD_PAIR_BYTES - 1) * periodUs
    return { firstUs, lastUs: this.#playedUs }
  }

  /** Share of full duty of the motor on the same strap, from now on. */
  shake(duty: number): void {
    this.take()
    this.#shake.duty = duty
  }

  /** Takes no samples until then. */
  silence(untilUs: number): void {
    this.take()
    this.#silentUntilUs = untilUs
    this.#skipSilence()
  }

  take(): void {
    if (!this.rateHz) return
    const last = Math.floor((this.#clock.nowUs - this.#gridUs) / this.#periodUs + TICK_ROUNDING)
    while (this.tick < last) {
      this.tick += 1
      this.#convert(this.#stream.indexAt(this.instantUs(this.tick)) * WORD_PAIR_BYTES)
      this.#onSample(this.#g)
    }
  }

  #skipSilence(): void {
    if (!this.rateHz || this.#silentUntilUs <= this.#gridUs) return
    this.tick = Math.max(this.tick, Math.floor((this.#silentUntilUs - this.#gridUs) / this.#periodUs))
  }

  #isOff(axes: number): boolean {
    const isCycling = ((this.#bytes[REG.PWR_MGMT_1] as number) & CYCLE) !== 0
    // In the cycle mode only the accelerometer is woken.
    return ((this.#bytes[REG.PWR_MGMT_2] as number) & axes) === axes || (isCycling && axes === GYRO_OFF)
  }

  /** The sample at `offset` of the stream into the output registers. */
  #convert(offset: number): void {
    const { pairs } = this.#stream
    const sample = this.#sample
    AXIS_PLACES.forEach((place, axis) => {
      const at = offset + place
      sample[axis] = (((pairs[at] as number) | ((pairs[at + 1] as number) << 8)) << 16) >> 16
    })
    if (this.#shake.isTurning) this.#shake.addTo(sample)
    const gains = [
      this.#gain(REG.GYRO_CONFIG, GYRO_OFF, GYRO_GAIN),
      this.#gain(REG.ACCEL_CONFIG, ACCEL_OFF, ACCEL_GAIN),
    ]
    OUTPUT_PLACES.forEach((place, axis) => {
      const value = Math.round((sample[axis] as number) * (gains[axis < AXES ? 0 : 1] as number))
      this.#data.setInt16(place, Math.max(INT16_MIN, Math.min(INT16_MAX, value)))
    })
    this.#data.setInt16(TEMPERATURE_PLACE, TEMPERATURE)
    for (let axis = 0; axis < AXES; axis++) this.#g[axis] = (sample[AXES + axis] as number) * G_PER_COUNT
  }

  #gain(register: number, axes: number, widest: number): number {
    const range = ((this.#bytes[register] as number) >> FS_SHIFT) & WIDEST
    return this.#isOff(axes) ? 0 : widest * 2 ** (WIDEST - range)
  }
}
