/**
 * What the firmware asks of the parts of a board, whatever chip each is. A board opens the driver of its chip with the IO that the chip is
 * wired to (src/board.ts); a driver's constructor throws when its chip does not answer, and leaves nothing open then.
 */
import type { DigitalConstructor, TimeService } from "../io"
import type { ChipError } from "./chip-error"
import type { SampleClock } from "./sample-clock"

/** A rate at which a chip can sample. */
export interface ImuRate {
  /** Nominal. */
  readonly hz: number
  /** How late a turn shows in a sample: the group delay of the gyroscope's filter for slow motion. */
  readonly gyroDelayUs: number
  /** What the chip's registers call it. */
  readonly code: number
}

/** Takes the samples. */
export interface SampleConsumer {
  /** The chip was read, and the calls below come next. What calls deep does so from here: they have the decoder's variables on the stack. */
  beforeBatch?(): void
  /**
   * The next calls of `step`, `count` of them at most, are samples from `firstMs` (since boot, fractional) on, every
   * `periodUs`. Between the sample before and the first of them `lost` are missing.
   */
  beginBatch(firstMs: number, periodUs: number, count: number, lost: number): void
  /** Counts: 0.070 °/s and 0.488 mg. @returns 0, or what `happened` is to be called with: a call less for a sample that tells nothing */
  step(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): number
  happened?(events: number): void
}

/** Who opened the driver. */
export interface ImuOwner {
  /** The chip failed while a batch was read; the driver is still open. */
  onError(error: ChipError): void
  /** A batch came. */
  onBatch?(): void
}

/** What a driver of an inertial sensor works for. */
export interface ImuUse {
  readonly time: TimeService
  readonly consumer: SampleConsumer
  /** Goes on counting when the sensor is opened anew; one of its own when left out. */
  readonly sampleClock?: SampleClock
  readonly owner: ImuOwner
}

export interface ImuSettings {
  /** Samples to an interrupt. */
  batch?: number
}

/** An accelerometer and gyroscope with a FIFO that interrupts. Closed until `configure`. */
export interface Imu {
  /** Since it was opened. */
  readonly counts: { samples: number; lost: number; overruns: number; badWords: number }
  /** Samples to an interrupt. */
  readonly batch: number
  /** Time between samples as tracked, µs; 0 before `configure`. */
  readonly periodUs: number
  /** Resets the chip and starts it. @throws ChipError */
  configure(settings?: ImuSettings): void
  /**
   * Hands on what the chip has now, without waiting for its interrupt. @param isInterruptMissing nothing but these reads dates the samples
   * @returns the number of samples. @throws ChipError
   */
  read(isInterruptMissing?: boolean): number
  /**
   * No more samples: from here on the chip draws as little as it can, and its interrupt stands as soon as it is moved (as a step moves it; not
   * as a table that is walked past), until the chip is configured again. @throws ChipError
   */
  watchMotion(): void
  close(): void
}

/** An I²C bus, as pins. */
export interface BusLines {
  readonly io: DigitalConstructor
  readonly data: number
  readonly clock: number
}

/** A vibration motor. */
export interface Motor {
  /** Turns from here on until it is told otherwise. @param percent of full strength, 1 to 100. @param ms how long it will be left to */
  start(percent: number, ms: number): void
  stop(): void
  /** It has been stopped for long enough to stand still, and is not asked to turn soon: from here on it draws as little as it can. */
  rest?(): void
  /** Stopped, and its IO is free. */
  close(): void
}

/** A cell, and what charges it. */
export interface BatteryGauge {
  /** Voltage of the cell. @throws Error when it cannot be measured. */
  readMv(): number
  /** Whether a supply charges it now, or has it full. @throws Error when it cannot be told. */
  isCharging(): boolean
  /**
   * Switches all off, the processor too, until its power key is pressed or a supply comes; does not return then. A gauge that cannot leaves it
   * out. @throws Error when it does not answer
   */
  powerOff?(): void
  close(): void
}

/** What supplies and lights a display, where that is switched apart from it. Off until it is switched on. */
export interface DisplayPower {
  /** A display without supply forgets all that it was told. @throws Error when it does not answer */
  setSupply(isOn: boolean): void
  /** @throws Error when it does not answer */
  setBacklight(isOn: boolean): void
  close(): void
}

/** A screen that shows filled rectangles. It is dark, and shows nothing known, when it is opened. Waking it takes a while, in steps. */
export interface Display {
  readonly width: number
  readonly height: number
  /** The next step. @returns ms until the one after it is due; 0: it is awake, and can be filled and lit. @throws Error */
  wake(): number
  /** From the upper left corner, awake. @param colour 16 bits: red 5, green 6, blue 5. @throws Error */
  fill(x: number, y: number, width: number, height: number, colour: number): void
  /** What it is filled with is seen from here on. @throws Error */
  light(): void
  /** Dark, and it draws little and keeps what it was filled with. @returns ms for which it is to be left alone. @throws Error */
  turnOff(): number
  /** Off, and its IO is free. */
  close(): void
}
