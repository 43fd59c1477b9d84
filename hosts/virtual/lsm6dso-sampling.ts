/**
 * The LSM6DSO's output data rate and the taking of samples: from the motion stream, through the full scale, into output
 * registers and FIFO. It works lazily: `take` takes all samples that were due since it last looked.
 */
import type { VirtualClock } from "./clock"
import type { Batching } from "./lsm6dso-batching"
import { cutoffsHz, outputRateHz } from "./lsm6dso-filter"
import { FullScale } from "./lsm6dso-full-scale"
import type { OutputRegisters } from "./lsm6dso-output"
import type { RegisterFile } from "./lsm6dso-register-file"
import { INTERRUPTS_ENABLE, REG } from "./lsm6dso-registers"
import type { WakeUp } from "./lsm6dso-wake-up"
import { MotionStream } from "./motion-stream"
import { MotorShake } from "./motor-shake"
import { WORD_PAIR_BYTES } from "./protocol"

const US_PER_S = 1_000_000
/** A tick counts as past from this share of a period before it on: the clock's instants are rounded doubles. */
const TICK_ROUNDING = 1e-6
/** Rate code 4, 104 Hz: the rate at which samples come in while the chip is off. */
const CODE_WHILE_OFF = 4

export interface SamplingParts {
  clock: VirtualClock
  /** INTERNAL_FREQ_FINE, signed. */
  freqFine: number
  /** Real rate ÷ what FREQ_FINE says. */
  rateError: number
  output: OutputRegisters
  batching: Batching
  wakeUp: WakeUp
}

export class Sampling {
  /** Real output data rate, Hz; 0 while off. */
  rateHz = 0
  /** The last sample taken: they come at `instantUs` of each tick. */
  tick = 0
  readonly #clock: VirtualClock
  readonly #freqFine: number
  readonly #rateError: number
  readonly #output: OutputRegisters
  readonly #batching: Batching
  readonly #wakeUp: WakeUp
  #isWaking = false
  readonly #stream = new MotionStream()
  readonly #shake = new MotorShake()
  readonly #fullScale = new FullScale()
  #code = CODE_WHILE_OFF
  #periodUs = 0
  /** Of the rate at which it measures, or did last: what it is played has it, also while the chip watches for motion at another. */
  #playUs = 0
  /** When it was played the last of it. */
  #playedUs = 0
  #gridUs = 0
  #silentUntilUs = 0

  constructor({ clock, freqFine, rateError, output, batching, wakeUp }: SamplingParts) {
    this.#clock = clock
    this.#freqFine = freqFine
    this.#rateError = rateError
    this.#output = output
    this.#batching = batching
    this.#wakeUp = wakeUp
  }

  /** A new rate starts a new grid of ticks now. @throws RangeError for a rate that the model does not have. */
  configure(registers: RegisterFile): void {
    this.#fullScale.configure(registers)
    this.#isWaking = registers.has(REG.TAP_CFG2, INTERRUPTS_ENABLE)
    const code = registers.rateCode
    const rateHz = code === 0 ? 0 : outputRateHz(code, this.#freqFine) * this.#rateError
    if (registers.gyroRateCode > 0) {
      this.#playUs = US_PER_S / rateHz
      this.#code = code
    }
    if (rateHz === this.rateHz) return
    this.rateHz = rateHz
    this.#periodUs = rateHz && US_PER_S / rateHz
    this.#gridUs = this.#clock.nowUs
    this.tick = 0
    if (rateHz) this.#shake.tune(rateHz, cutoffsHz(code))
    this.#skipSilence()
  }

  /** Of the filters, by the chip's real clock. */
  get cutoffsHz(): { gyro: number; accelerometer: number } {
    const { gyro, accelerometer } = cutoffsHz(this.#code)
    const clock = this.playRateHz / outputRateHz(this.#code)
    return { gyro: gyro * clock, accelerometer: accelerometer * clock }
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
    const periodUs = this.#playUs || this.#periodUs || US_PER_S / outputRateHz(CODE_WHILE_OFF)
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

  #skipSilence(): void {
    if (!this.rateHz || this.#silentUntilUs <= this.#gridUs) return
    this.tick = Math.max(this.tick, Math.floor((this.#silentUntilUs - this.#gridUs) / this.#periodUs))
  }

  take(): void {
    if (!this.rateHz) return
    const last = Math.floor((this.#clock.nowUs - this.#gridUs) / this.#periodUs + TICK_ROUNDING)
    const first = this.tick + 1
    if (last < first) return
    this.tick = last
    const isAsSeen = !this.#fullScale.isRescaled && !this.#shake.isTurning
    if (isAsSeen && this.#batching.takesAll && !this.#wakeUp.isOn) this.#takeInBulk(first, last)
    else this.#takeOneByOne(first, last)
  }

  #takeInBulk(first: number, last: number): void {
    const stream = this.#stream
    const gridUs = this.#gridUs
    const periodUs = this.#periodUs
    const newest = stream.indexAt(gridUs + last * periodUs)
    let tick = first
    while (tick <= last) {
      const index = stream.indexAt(gridUs + tick * periodUs)
      const isRun = newest - index === last - tick
      const count = isRun ? last - tick + 1 : 1
      this.#batching.putAll(stream.pairs, index * WORD_PAIR_BYTES, count)
      tick += count
    }
    this.#output.set(stream.pairs, newest * WORD_PAIR_BYTES)
  }

  #takeOneByOne(first: number, last: number): void {
    const stream = this.#stream
    const shake = this.#shake
    const fullScale = this.#fullScale
    const isBatched = this.#batching.isOn
    const isWatched = this.#wakeUp.isOn
    let source = stream.pairs
    let offset = 0
    // Without a FIFO and a threshold only the newest sample is ever seen.
    for (let tick = isBatched || isWatched || shake.isTurning ? first : last; tick <= last; tick++) {
      source = stream.pairs
      offset = stream.indexAt(this.#gridUs + tick * this.#periodUs) * WORD_PAIR_BYTES
      if (fullScale.isRescaled || shake.isTurning) {
        fullScale.convert(source, offset, shake)
        source = fullScale.pair
        offset = 0
      }
      if (isBatched) this.#batching.put(tick, source, offset)
      if (isWatched) this.#wakeUp.sampled(source, offset, this.#isWaking)
    }
    this.#output.set(source, offset)
  }
}
