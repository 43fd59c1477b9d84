/**
 * The seam between firmware and machine: what a board hands to `main.ts`. A board opens the drivers of its parts with the IO that they are
 * wired to (drivers/driver.ts); IO itself is in io.ts.
 */
import type { GattServerConstructor } from "./ble/port"
import type { ConsolePort } from "./console/port"
import type { BatteryGauge, BusLines, Display, Imu, ImuRate, ImuUse, Motor } from "./drivers/driver"
import type { DigitalConstructor, FlashStorage, KeyValueStorage, TimerService, TimeService } from "./io"
import type { PowerControl } from "./power/port"
import type { UpdateSlots } from "./update/port"

/** A part that the board has: opened when it is needed, and again after it failed. */
export interface Part<Driver> {
  /** @throws Error when it does not answer */
  open(): Driver
}

export interface ImuPart {
  /** Of the chip. */
  readonly name: string
  readonly rate: ImuRate
  /** @throws ChipError when it does not answer */
  open(use: ImuUse): Imu
}

/** Watches the firmware from outside; a board without a console leaves it out. Never needed for the device to work. */
export interface Monitor {
  /** Something a person would want to know happened. `name` is one of those that src/main.ts gives. */
  event(name: string, atMs: number, detail: string): void
  /** The motion tap of the debug trace; undefined when nobody records it, so that it costs nothing. */
  readonly motion?: MotionTap
}

/** Debug tap of the motion pipeline: a call a batch, a motion sample, a closed stride, a change of activity. */
export interface MotionTap {
  /** The samples from `firstSample` on were taken at `timeMs` (since boot, fractional) and every `periodUs`. */
  batch(firstSample: number, timeMs: number, periodUs: number): void
  /** Angles in 1/100°, the up vector in 1/2^14 in the sensor's frame, `stance` 0/1, all as known at this sample. */
  sample(
    sample: number,
    kneeCdeg: number,
    thighCdeg: number,
    stance: number,
    activity: number,
    upX: number,
    upY: number,
    upZ: number,
    /** The live model's inputs, for `npm run fit`: place in the stride (src/motion/flexion.ts; -1 outside gait), rate. */
    placeQ8: number,
    rateCounts: number,
  ): void
  /**
   * A stride closed: loaded from `contactSample` up to (not including) `toeOffSample`, the thigh farthest back at
   * `troughQ4` and `periodQ4` before, in 1/16 sample. Its stance peak, 1/100°; `features` feed `npm run fit`.
   */
  stride(
    contactSample: number,
    toeOffSample: number,
    troughQ4: number,
    periodQ4: number,
    peakCdeg: number,
    features: readonly number[],
  ): void
  /** From `fromSample` on the activity is (and was, when in the past) `activity`. */
  activity(fromSample: number, activity: number): void
}

/** What a board is. `main.ts` takes one and gives a running device. */
export interface Board {
  readonly name: string
  readonly timer: TimerService
  readonly time: TimeService
  /** Milliseconds by a clock that a reset does not stop; begins at 0 when power comes. Left out where there is none. */
  readonly retained?: { readonly ms: number }
  readonly thigh: ImuPart
  /** A second sensor below the knee, on the same bus; a board without the wires leaves it out. */
  readonly shank?: ImuPart
  /** The lines of the bus that its sensors are on, for when something holds one of them low. */
  readonly bus?: BusLines
  readonly motor: Part<Motor>
  readonly battery: Part<BatteryGauge>
  /** Where the wearer can read what the device knows. */
  readonly display?: Part<Display>
  /** Low while it is pressed; a board without one leaves it out. */
  readonly button?: { io: DigitalConstructor; pin: number }
  /** Tells this chip from others, in any characters; read once, when the device is switched on for the first time. */
  readonly deviceId?: string
  readonly keyValue: KeyValueStorage
  readonly flash: FlashStorage
  readonly gatt: GattServerConstructor
  /** Sleep; a board without it runs on. */
  readonly power?: PowerControl
  /** The slots that hold the firmware; a board without them takes no update. */
  readonly update?: UpdateSlots
  readonly console?: ConsolePort
  /** Version of the firmware that runs, where it is another than this code's: the virtual board's images have no code of their own. */
  readonly firmware?: string
  /** Flexion model coefficients in place of the firmware's own (src/motion/flexion-model.ts's type). */
  readonly model?: unknown
  readonly monitor?: Monitor
}
