/**
 * ST LSM6DSO, accelerometer and gyroscope, as an ECMA-419 sensor class: ±16 g (0.488 mg a count), ±2000 °/s (0.070 °/s),
 * both batched in the FIFO, which interrupts when a batch is full. Samples go on as counts, one call each, timed by the
 * chip's own clock (sample-clock.ts). Nothing is allocated after `configure`. Datasheet DS12140 Rev 3, AN5192.
 */
import type { Digital, DigitalConstructor, TimeService } from "../io"
import { ChipError } from "./chip-error"
import { type BusWiring, ChipRegisters } from "./chip-registers"
import type { Imu, ImuOwner, ImuRate, ImuSettings, ImuUse, SampleConsumer } from "./driver"
import { FifoDecoder, WORDS_PER_SAMPLE } from "./lsm6dso-decoder"
import {
  BDR_GYRO_SHIFT,
  BDU,
  DIFF_FIFO_HIGH,
  FIFO_CONTINUOUS,
  FIFO_OVR_LATCHED,
  FIFO_WORDS,
  FREQ_FINE_STEP,
  FS_G_2000DPS,
  FS_XL_16G,
  IF_INC,
  INT1_FIFO_TH,
  INT1_WU,
  INTERRUPTS_ENABLE,
  LATCHED,
  LSM6DSO,
  LSM6DSO_ID,
  ODR_SHIFT,
  Register,
  SETTLING_MS,
  SW_RESET,
  WAKE_UP_THRESHOLD,
  WATCH_26HZ_2G,
  WORD_BYTES,
  XL_LOW_POWER,
} from "./lsm6dso-registers"
import { SampleClock, UNKNOWN_RESIDUE } from "./sample-clock"

const US_PER_S = 1_000_000
const DEFAULT_BATCH = 16
/** Its words fit FIFO_CTRL1; the watermark's bit 8, in FIFO_CTRL2, stays 0 as after the reset. */
const MAX_BATCH = 64
/** SW_RESET takes 50 µs; a read of it takes about 100 µs at 400 kHz. */
const RESET_READS = 50
/** Reads to an interrupt, for a line that stays high. */
const MAX_ROUNDS = 4
const INT8_SHIFT = 24

/** Where the chip sits: its bus, the pin that INT1 is wired to, and the rate that the board chooses for it. */
export interface Lsm6dsoWiring {
  readonly sensor: BusWiring
  readonly interrupt: { readonly io: DigitalConstructor; readonly pin: number }
  readonly rate: ImuRate
}

export class Lsm6dso implements Imu {
  /** Since it was opened. */
  readonly counts = { samples: 0, lost: 0, overruns: 0, badWords: 0 }
  private readonly registers: ChipRegisters
  private readonly interrupt: Digital
  private readonly time: TimeService
  private readonly consumer: SampleConsumer
  private readonly clock: SampleClock
  private readonly owner: ImuOwner
  private readonly rate: ImuRate
  private readonly status = new Uint8Array(2)
  /** Samples to an interrupt. */
  batch = DEFAULT_BATCH
  private decoder: FifoDecoder | undefined

  /** @throws ChipError when no LSM6DSO answers; the IO is closed again then. */
  constructor({ sensor, interrupt, rate }: Lsm6dsoWiring, { time, consumer, sampleClock, owner }: ImuUse) {
    this.rate = rate
    this.time = time
    this.consumer = consumer
    this.clock = sampleClock ?? new SampleClock()
    this.owner = owner
    const registers = new ChipRegisters(LSM6DSO, sensor)
    this.registers = registers
    try {
      registers.identify(Register.WHO_AM_I, LSM6DSO_ID)
      const { io: Input, pin } = interrupt
      const onReadable = () => this.onInterrupt()
      this.interrupt = new Input({ pin, mode: Input.Input, edge: Input.Rising, onReadable })
    } catch (error) {
      registers.close()
      throw error
    }
  }

  /** Resets the chip and starts it. @throws ChipError */
  configure({ batch = DEFAULT_BATCH }: ImuSettings = {}): void {
    const registers = this.registers
    if (!Number.isInteger(batch) || batch < 1 || batch > MAX_BATCH) {
      throw registers.error("setting", undefined, `batch of ${batch}: 1 to ${MAX_BATCH} samples are possible`)
    }
    this.reset()
    this.batch = batch
    this.decoder = new FifoDecoder(this.consumer, batch)
    const freqFine = (registers.read(Register.INTERNAL_FREQ_FINE) << INT8_SHIFT) >> INT8_SHIFT
    this.clock.start(US_PER_S / (this.rate.hz * (1 + FREQ_FINE_STEP * freqFine)))
    const { code } = this.rate
    registers.write(Register.CTRL3_C, BDU | IF_INC)
    registers.write(Register.FIFO_CTRL1, batch * WORDS_PER_SAMPLE)
    registers.write(Register.FIFO_CTRL3, (code << BDR_GYRO_SHIFT) | code)
    registers.write(Register.INT1_CTRL, INT1_FIFO_TH)
    registers.write(Register.FIFO_CTRL4, FIFO_CONTINUOUS)
    registers.write(Register.CTRL1_XL, (code << ODR_SHIFT) | FS_XL_16G)
    registers.write(Register.CTRL2_G, (code << ODR_SHIFT) | FS_G_2000DPS)
  }

  /** Reads what is in the FIFO now, without an interrupt. Gives the number of samples. @throws ChipError */
  read(isInterruptMissing = false): number {
    return this.drain(false, isInterruptMissing)
  }

  /** @throws ChipError */
  watchMotion(): void {
    const { registers, time } = this
    this.decoder = undefined
    this.reset()
    registers.write(Register.CTRL6_C, XL_LOW_POWER)
    registers.write(Register.CTRL1_XL, WATCH_26HZ_2G)
    registers.write(Register.TAP_CFG0, LATCHED)
    registers.write(Register.WAKE_UP_THS, WAKE_UP_THRESHOLD)
    const untilMs = time.ticks + SETTLING_MS
    while (time.ticks < untilMs) registers.read(Register.WHO_AM_I)
    registers.write(Register.TAP_CFG2, INTERRUPTS_ENABLE)
    registers.write(Register.MD1_CFG, INT1_WU)
  }

  /** Time between samples as tracked, µs; 0 before `configure`. */
  get periodUs(): number {
    return this.clock.periodUs
  }

  close(): void {
    this.interrupt.close()
    this.registers.close()
  }

  private onInterrupt(): void {
    let samples = 0
    try {
      samples = this.drain(true, false)
      // A batch that filled meanwhile brings no new edge.
      for (let round = 1; round < MAX_ROUNDS && this.interrupt.read() === 1; round++)
        samples += this.drain(true, false)
    } catch (error) {
      if (!(error instanceof ChipError)) throw error
      this.owner.onError(error)
      return
    }
    if (samples > 0) this.owner.onBatch?.()
  }

  private drain(isInterrupt: boolean, isInterruptMissing: boolean): number {
    const registers = this.registers
    const clock = this.clock
    const counts = this.counts
    let atMs = this.time.ticks
    registers.readInto(Register.FIFO_STATUS1, this.status)
    const decoder = this.decoder
    const flags = this.status[1] as number
    let words = (this.status[0] as number) | ((flags & DIFF_FIFO_HIGH) << 8)
    if (!decoder || words === 0 || words > FIFO_WORDS) return 0
    const isOverrun = (flags & FIFO_OVR_LATCHED) !== 0
    const watermark = this.batch * WORDS_PER_SAMPLE
    const isOnTime = isInterrupt && !isOverrun && words >= watermark && words < watermark + WORDS_PER_SAMPLE
    // Fewer are what a chip had that has fallen silent, or the first ones of one that has not been for long.
    const isPolled = isInterruptMissing && !isOverrun && words >= watermark - WORDS_PER_SAMPLE
    let lost = 0
    let place = 0
    let isTold = false
    decoder.start()
    for (let isFirst = true; words > 0; isFirst = false) {
      const buffer = decoder.bufferFor(words)
      registers.readInto(Register.FIFO_DATA_OUT_TAG, buffer)
      if (isFirst && isOverrun) {
        // The full FIFO went on losing words, and taking new ones, while this one was read.
        atMs = this.time.ticks
        lost = clock.beforeBatch((words + 1) >> 1, atMs, false, decoder.residue())
        decoder.forgetHalves()
        isTold = lost > 0
        if (lost > 0) counts.overruns += 1
      } else if (isFirst && (isInterrupt || isPolled || !clock.isSet)) {
        let count = (words + 1) >> 1
        if (clock.isBehind(count, atMs)) count += decoder.missingInside(buffer.byteLength)
        lost = clock.beforeBatch(count, atMs, isOnTime, UNKNOWN_RESIDUE)
        if (lost > 0) place = decoder.placeOfLoss(buffer.byteLength)
      }
      this.consumer.beforeBatch?.()
      decoder.decode(buffer.byteLength, clock.newestMs, clock.periodUs, lost, place, isTold)
      counts.lost += lost
      lost = place = 0
      isTold = false
      words -= buffer.byteLength / WORD_BYTES
    }
    counts.samples += decoder.samples
    counts.lost += decoder.missing
    counts.badWords += decoder.badWords
    clock.afterBatch(decoder.slots, atMs, isOnTime, isPolled)
    return decoder.samples
  }

  private reset(): void {
    const registers = this.registers
    registers.write(Register.CTRL3_C, SW_RESET | IF_INC)
    for (let read = 0; read < RESET_READS; read++) {
      if ((registers.read(Register.CTRL3_C) & SW_RESET) === 0) return
    }
    throw registers.error("reset", Register.CTRL3_C, "SW_RESET does not end: check the supply")
  }
}
