/**
 * What of the samples goes into the LSM6DSO's FIFO (datasheet DS12140, FIFO_CTRL3 batch data rates and FIFO_CTRL4 mode), and
 * FIFO_STATUS. A tick is a sample at the output data rate; a sensor's batch data rate is that, or a power of two slower.
 */
import { FIFO_WORDS, TAG_ACCELEROMETER, TAG_GYRO, TaggedFifo, tagByte, WORD_BYTES } from "./lsm6dso-fifo"
import type { RegisterFile } from "./lsm6dso-register-file"
import { FIFO_MODE, REG, STATUS2 } from "./lsm6dso-registers"

const FIFO_MODE_MASK = 7

export class Batching {
  readonly fifo = new TaggedFifo()
  /** A fault: so many words get lost on their way into the FIFO. */
  wordsToLose = 0
  /** A fault: these bits are wrong in the tags of words that go into the FIFO. */
  tagDamage = 0
  /** Time slots so far: TAG_CNT. */
  #slot = 0
  /** Every how many ticks a sensor is batched; 0 = not. */
  #gyroEvery = 0
  #accelerometerEvery = 0
  #stopsWhenFull = false

  /** @throws for a FIFO mode that the model does not have. */
  configure(registers: RegisterFile): void {
    const mode = (registers.bytes[REG.FIFO_CTRL4] as number) & FIFO_MODE_MASK
    if (mode !== FIFO_MODE.bypass && mode !== FIFO_MODE.fifo && mode !== FIFO_MODE.continuous) {
      throw new Error(`LSM6DSO model: FIFO_MODE ${mode} is not modelled`)
    }
    const isBypassed = mode === FIFO_MODE.bypass
    if (isBypassed) {
      this.fifo.clear()
      this.#slot = 0
    }
    this.#stopsWhenFull = mode === FIFO_MODE.fifo
    const { rateCode, gyroRateCode, accelerometerRateCode } = registers
    /** BDR_GY in bits 7:4, BDR_XL in 3:0. */
    const batched = registers.bytes[REG.FIFO_CTRL3] as number
    const every = (odrCode: number, batchCode: number): number =>
      isBypassed || odrCode === 0 || batchCode === 0 ? 0 : 2 ** (rateCode - Math.min(odrCode, batchCode))
    this.#gyroEvery = every(gyroRateCode, batched >> 4)
    this.#accelerometerEvery = every(accelerometerRateCode, batched & 0x0f)
  }

  get isOn(): boolean {
    return this.#gyroEvery > 0 || this.#accelerometerEvery > 0
  }

  /** Each sample goes in whole and unharmed: `putAll` may be used. */
  get takesAll(): boolean {
    return (
      this.#gyroEvery === 1 &&
      this.#accelerometerEvery === 1 &&
      !this.#stopsWhenFull &&
      !this.wordsToLose &&
      !this.tagDamage
    )
  }

  putAll(pairs: Uint8Array, offset: number, samples: number): void {
    this.fifo.pushPairs(pairs, offset, samples, this.#slot + 1)
    this.#slot += samples
  }

  /** The sample of `tick`, at `offset`. */
  put(tick: number, pair: Uint8Array, offset: number): void {
    const gyro = this.#gyroEvery > 0 && tick % this.#gyroEvery === 0
    const accelerometer = this.#accelerometerEvery > 0 && tick % this.#accelerometerEvery === 0
    if (!gyro && !accelerometer) return
    this.#slot += 1
    if (gyro) this.#push(TAG_GYRO, pair, offset)
    if (accelerometer) this.#push(TAG_ACCELEROMETER, pair, offset + WORD_BYTES)
  }

  #push(sensor: number, words: Uint8Array, offset: number): void {
    if (this.wordsToLose > 0) {
      this.wordsToLose -= 1
      return
    }
    if (this.#stopsWhenFull && this.fifo.level === FIFO_WORDS) return
    this.fifo.push(tagByte(sensor, this.#slot) ^ this.tagDamage, words, offset)
  }

  /** The tick after `from` whose words bring the FIFO to `level`; 0 when none will. */
  tickOfLevel(level: number, from: number): number {
    const gyroEvery = this.#gyroEvery
    const accelerometerEvery = this.#accelerometerEvery
    if (!gyroEvery && !accelerometerEvery) return 0
    let missing = level - this.fifo.level
    if (gyroEvery === 1 && accelerometerEvery === 1) return from + Math.ceil(missing / 2)
    let tick = from
    while (missing > 0) {
      tick += 1
      if (gyroEvery && tick % gyroEvery === 0) missing -= 1
      if (accelerometerEvery && tick % accelerometerEvery === 0) missing -= 1
    }
    return tick
  }

  /** FIFO_STATUS2; reading it takes the latched overrun back. */
  readStatus2(watermark: number): number {
    const fifo = this.fifo
    const wordsPerTick = (this.#gyroEvery ? 1 : 0) + (this.#accelerometerEvery ? 1 : 0)
    const status =
      (watermark > 0 && fifo.level >= watermark ? STATUS2.wtm : 0) |
      (fifo.overrun ? STATUS2.overrun : 0) |
      (wordsPerTick && fifo.level + wordsPerTick >= FIFO_WORDS ? STATUS2.full : 0) |
      (fifo.overrunLatched ? STATUS2.overrunLatched : 0) |
      (fifo.level >> 8)
    fifo.overrunLatched = false
    return status
  }
}
