/**
 * TDK InvenSense MPU6886, accelerometer and gyroscope, as an ECMA-419 sensor class: ±16 g, ±2000 °/s, both in the FIFO, which interrupts when a
 * batch is full. Samples go on as counts, one call each, timed by the chip's own clock (sample-clock.ts). The FIFO knows bytes, not packets: whenever
 * they may be out of step it is emptied. Nothing is allocated after `configure`. Datasheet DS-000193 Rev 1.1.
 */
import type { Digital, DigitalConstructor, TimeService } from "../io"
import { ChipError } from "./chip-error"
import { type BusWiring, ChipRegisters } from "./chip-registers"
import type { Imu, ImuOwner, ImuRate, ImuSettings, ImuUse, SampleConsumer } from "./driver"
import { PacketDecoder } from "./mpu6886-decoder"
import {
  ACCEL_DLPF_45HZ,
  ACCEL_DLPF_218HZ,
  ACTIVE_LOW,
  CLKSEL_AUTO,
  CYCLE,
  DEVICE_RESET,
  FIFO_ENABLED,
  FIFO_FULL_BYTES,
  FIFO_OVERFLOW,
  FIFO_RESET,
  FIFO_STOPS,
  FS_16G,
  FS_2000DPS,
  GYRO_AND_ACCEL,
  GYRO_DLPF_41HZ,
  GYRO_OFF,
  LATCHED,
  MOTION,
  MPU6886,
  MPU6886_ID,
  OPEN_DRAIN,
  PACKET_BYTES,
  RATE_TOLERANCE,
  Register,
  SETTLING_MS,
  WATCH_DIVIDER,
  WOM_AGAINST_LAST,
  WOM_ON,
  WOM_THRESHOLD,
} from "./mpu6886-registers"
import { SampleClock, UNKNOWN_RESIDUE } from "./sample-clock"

const US_PER_S = 1_000_000
const US_PER_MS = 1000
const DEFAULT_BATCH = 16
/** The FIFO holds 72 packets: the rest is for a read that comes late. */
const MAX_BATCH = 64
/** Registers answer so long after power or reset at the latest (datasheet, start-up time for register read/write). */
const RESET_MS = 100
/** Reads to an interrupt, for a line that something else holds low. */
const MAX_ROUNDS = 4
const ACTIVE = 0

/** Where the chip sits: its bus, the pin that INT is wired to, behind a pull-up, and the rate that the board chooses for it. */
export interface Mpu6886Wiring {
  readonly sensor: BusWiring
  readonly interrupt: { readonly io: DigitalConstructor; readonly pin: number }
  readonly rate: ImuRate
}

export class Mpu6886 implements Imu {
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
  private decoder: PacketDecoder | undefined
  /** What the FIFO holds follows what was read before. */
  private isContiguous = false

  /** @throws ChipError when no MPU6886 answers; the IO is closed again then. */
  constructor({ sensor, interrupt, rate }: Mpu6886Wiring, { time, consumer, sampleClock, owner }: ImuUse) {
    this.rate = rate
    this.time = time
    this.consumer = consumer
    this.clock = sampleClock ?? new SampleClock()
    this.owner = owner
    const registers = new ChipRegisters(MPU6886, sensor)
    this.registers = registers
    try {
      registers.identify(Register.WHO_AM_I, MPU6886_ID)
      const { io: Input, pin } = interrupt
      const onReadable = () => this.onInterrupt()
      this.interrupt = new Input({ pin, mode: Input.Input, edge: Input.Falling, onReadable })
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
    this.decoder = new PacketDecoder(this.consumer, batch)
    this.clock.start(US_PER_S / this.rate.hz, RATE_TOLERANCE)
    const watermark = batch * PACKET_BYTES
    registers.write(Register.PWR_MGMT_1, CLKSEL_AUTO)
    registers.write(Register.CONFIG, FIFO_STOPS | GYRO_DLPF_41HZ)
    registers.write(Register.SMPLRT_DIV, this.rate.code)
    registers.write(Register.GYRO_CONFIG, FS_2000DPS)
    registers.write(Register.ACCEL_CONFIG, FS_16G)
    registers.write(Register.ACCEL_CONFIG_2, ACCEL_DLPF_45HZ)
    registers.write(Register.INT_PIN_CFG, ACTIVE_LOW | OPEN_DRAIN | LATCHED)
    registers.write(Register.FIFO_WM_TH1, watermark >> 8)
    registers.write(Register.FIFO_WM_TH2, watermark & 0xff)
    registers.write(Register.INT_ENABLE, FIFO_OVERFLOW)
    registers.write(Register.FIFO_EN, GYRO_AND_ACCEL)
    this.empty()
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
    // As the datasheet says under "Wake-on-Motion Interrupt", but that nothing interrupts before there are samples to compare.
    registers.write(Register.PWR_MGMT_1, CLKSEL_AUTO)
    registers.write(Register.PWR_MGMT_2, GYRO_OFF)
    registers.write(Register.ACCEL_CONFIG_2, ACCEL_DLPF_218HZ)
    registers.write(Register.INT_PIN_CFG, ACTIVE_LOW | OPEN_DRAIN | LATCHED)
    registers.write(Register.ACCEL_WOM_X_THR, WOM_THRESHOLD)
    registers.write(Register.ACCEL_WOM_Y_THR, WOM_THRESHOLD)
    registers.write(Register.ACCEL_WOM_Z_THR, WOM_THRESHOLD)
    registers.write(Register.ACCEL_INTEL_CTRL, WOM_ON | WOM_AGAINST_LAST)
    registers.write(Register.SMPLRT_DIV, WATCH_DIVIDER)
    registers.write(Register.PWR_MGMT_1, CYCLE | CLKSEL_AUTO)
    const untilMs = time.ticks + SETTLING_MS
    while (time.ticks < untilMs) registers.read(Register.WHO_AM_I)
    registers.readInto(Register.FIFO_WM_INT_STATUS, this.status)
    registers.write(Register.INT_ENABLE, MOTION)
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
      for (let round = 1; round < MAX_ROUNDS && this.interrupt.read() === ACTIVE; round++)
        samples += this.drain(true, false)
    } catch (error) {
      if (!(error instanceof ChipError)) throw error
      this.owner.onError(error)
      return
    }
    if (samples > 0) this.owner.onBatch?.()
  }

  private drain(isInterrupt: boolean, isInterruptMissing: boolean): number {
    const { clock, counts, decoder, registers, status } = this
    if (!decoder) return 0
    registers.readInto(Register.FIFO_WM_INT_STATUS, status)
    const hasOverflown = ((status[1] as number) & FIFO_OVERFLOW) !== 0
    const atMs = this.time.ticks
    // A packet on its way into the FIFO has come the next time.
    let bytes = this.level()
    if (bytes % PACKET_BYTES !== 0) bytes = this.level()
    const isFull = hasOverflown || bytes >= FIFO_FULL_BYTES
    let packets = (bytes / PACKET_BYTES) | 0
    if (isFull ? !this.isContiguous : bytes % PACKET_BYTES !== 0) packets = 0
    const count = packets
    const isOnTime = isInterrupt && !isFull && packets === this.batch
    // Fewer are what a chip had that has fallen silent, or the first ones of one that has not been for long.
    const isPolled = isInterruptMissing && packets >= this.batch - 1
    let taken = 0
    let lost = 0
    if (count > 0) {
      // What a full FIFO has lost is missing behind what it holds: the next read notices.
      if (!isFull && (isInterrupt || isPolled || !clock.isSet))
        lost = clock.beforeBatch(count, atMs, isOnTime, UNKNOWN_RESIDUE)
      taken = this.hand(decoder, count, lost)
      counts.samples += taken
      counts.lost += lost
      clock.afterBatch(taken, atMs, isOnTime, isPolled && !isFull && taken === count)
    }
    if (isFull) counts.overruns += 1
    else if (bytes % PACKET_BYTES !== 0 || taken < count) counts.badWords += 1
    else return taken
    this.empty()
    return taken
  }

  /** `count` packets go from the FIFO to the consumer. @returns how many did: fewer after a transfer that failed */
  private hand(decoder: PacketDecoder, count: number, lostBefore: number): number {
    const clock = this.clock
    const { periodUs } = clock
    let lost = lostBefore
    let taken = 0
    while (taken < count) {
      const buffer = decoder.bufferFor(count - taken)
      const bytes = buffer.byteLength
      if (!this.registers.tryReadInto(Register.FIFO_R_W, buffer)) break
      const place = lost > 0 && this.isContiguous ? decoder.placeOfLoss(bytes) : 0
      this.isContiguous = true
      this.consumer.beforeBatch?.()
      decoder.decode(bytes, clock.newestMs + (taken * periodUs) / US_PER_MS, periodUs, lost, place)
      lost = 0
      taken += bytes / PACKET_BYTES
    }
    return taken
  }

  /** Bytes in the FIFO. */
  private level(): number {
    const { registers, status } = this
    registers.readInto(Register.FIFO_COUNTH, status)
    return ((status[0] as number) << 8) | (status[1] as number)
  }

  /** The FIFO begins anew, with a whole packet; what it has told is forgotten. */
  private empty(): void {
    this.isContiguous = false
    this.registers.write(Register.USER_CTRL, FIFO_ENABLED | FIFO_RESET)
    this.registers.readInto(Register.FIFO_WM_INT_STATUS, this.status)
  }

  private reset(): void {
    const { registers, time } = this
    registers.write(Register.PWR_MGMT_1, DEVICE_RESET)
    const untilMs = time.ticks + RESET_MS
    do {
      try {
        if ((registers.read(Register.PWR_MGMT_1) & DEVICE_RESET) === 0) return
      } catch {
        // It may be deaf until it is reset.
      }
    } while (time.ticks < untilMs)
    throw registers.error("reset", Register.PWR_MGMT_1, "DEVICE_RESET does not end: check the supply")
  }
}
