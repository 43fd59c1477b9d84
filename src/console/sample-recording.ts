/**
 * The sensor's samples as they come from its FIFO, as rows of a recording (README, "Recordings"): time since boot in s, specific force in g, rate in °/s. Samples
 * that the chip or the terminal lost leave a gap in time. Costs the device nothing while nobody records: it stands in for the sensor's own step.
 */
import type { DeviceParts } from "../device/device-parts"
import type { ThighSensor } from "../device/thigh-sensor"
import type { Motion } from "../motion/motion"
import type { ConsoleOutput } from "./console-output"

const HEADER = "time_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps"
const COMMA = 0x2c
const MS_PER_S = 1000
const US_PER_MS = 1000
/** Times to 10 µs. */
const TIME_UNITS_PER_MS = 100
const TIME_DECIMALS = 5
/** What SampleConsumer.step's counts are (src/drivers/driver.ts): 0.488 mg and 0.07 °/s. */
const MICRO_G_PER_COUNT = 488
const FORCE_DECIMALS = 6
const CENTI_DPS_PER_COUNT = 7
const RATE_DECIMALS = 2
/** Seven numbers of up to twelve characters, commas, and the line's end. */
const ROW_BYTES = 100
/** The last batch comes that late. */
const LATE_MS = 1000

/** The sensor while it is recorded. */
interface Recorded extends ThighSensor {
  recording?: SampleRecording
}

/** In place of ThighSensor.step. */
function step(
  this: Recorded,
  gx: number,
  gy: number,
  gz: number,
  ax: number,
  ay: number,
  az: number,
): number {
  const recording = this.recording as SampleRecording
  recording.row(gx, gy, gz, ax, ay, az)
  return recording.motionStep(gx, gy, gz, ax, ay, az)
}

/** In place of ThighSensor.beginBatch. */
function beginBatch(this: Recorded, firstMs: number, periodUs: number, count: number, lost: number): void {
  this.recording?.batch(firstMs, periodUs, lost)
  Object.getPrototypeOf(this).beginBatch.call(this, firstMs, periodUs, count, lost)
}

export class SampleRecording {
  readonly motionStep: Motion["step"]
  private readonly thigh: Recorded
  private readonly time: DeviceParts["time"]
  private readonly output: ConsoleOutput
  private readonly startMs: number
  private readonly lengthMs: number
  private rows = 0
  /** Samples that the terminal did not take, and that the chip lost. */
  private untaken = 0
  private lost = 0
  private firstMs = 0
  private nextMs = 0
  private periodMs = 0
  private isFull = false

  /** Begins at once. @param seconds 0: until end() */
  constructor({ thigh, motion, time }: DeviceParts, output: ConsoleOutput, seconds: number) {
    this.motionStep = motion.step
    this.thigh = thigh
    this.time = time
    this.output = output
    this.startMs = time.ticks
    this.lengthMs = seconds * MS_PER_S
    output.line(HEADER)
    this.thigh.recording = this
    thigh.step = step
    // Defined, not assigned: the class lies in flash, and what it has cannot be written to, nor over.
    Object.defineProperty(thigh, "beginBatch", { value: beginBatch, configurable: true })
  }

  /** It is as long as it was to be; without samples too. */
  get isOver(): boolean {
    if (this.lengthMs === 0) return false
    return this.isFull || ((this.time.ticks - this.startMs) | 0) > this.lengthMs + LATE_MS
  }

  get summary(): string {
    const seconds = (this.rows > 0 ? (this.nextMs - this.firstMs) / MS_PER_S : 0).toFixed(1)
    return `${this.rows} samples in ${seconds} s; lost: ${this.lost} by the sensor, ${this.untaken} by the terminal`
  }

  /** The next samples are from `firstMs` on. */
  batch(firstMs: number, periodUs: number, lost: number): void {
    this.nextMs = firstMs
    this.periodMs = periodUs / US_PER_MS
    if (this.rows === 0) this.firstMs = firstMs
    else if (!this.isFull) this.lost += lost
  }

  /** A sample, as SampleConsumer.step has it. */
  row(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): void {
    const { output, nextMs } = this
    // The rest of the batch in which it began has no time.
    if (this.periodMs === 0 || this.isFull) return
    if (this.lengthMs > 0 && nextMs - this.firstMs >= this.lengthMs) {
      this.isFull = true
      return
    }
    this.nextMs = nextMs + this.periodMs
    if (!output.hasRoom(ROW_BYTES)) {
      this.untaken++
      return
    }
    this.rows++
    output.decimal(Math.round(nextMs * TIME_UNITS_PER_MS), TIME_DECIMALS)
    output.byte(COMMA)
    output.decimal(ax * MICRO_G_PER_COUNT, FORCE_DECIMALS)
    output.byte(COMMA)
    output.decimal(ay * MICRO_G_PER_COUNT, FORCE_DECIMALS)
    output.byte(COMMA)
    output.decimal(az * MICRO_G_PER_COUNT, FORCE_DECIMALS)
    output.byte(COMMA)
    output.decimal(gx * CENTI_DPS_PER_COUNT, RATE_DECIMALS)
    output.byte(COMMA)
    output.decimal(gy * CENTI_DPS_PER_COUNT, RATE_DECIMALS)
    output.byte(COMMA)
    output.decimal(gz * CENTI_DPS_PER_COUNT, RATE_DECIMALS)
    output.newLine()
  }

  /** The sensor is as it was before. */
  end(): void {
    const { thigh } = this
    thigh.step = this.motionStep
    Reflect.deleteProperty(thigh, "beginBatch")
    Reflect.deleteProperty(thigh, "recording")
  }
}
