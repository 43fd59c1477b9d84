/**
 * The seam between firmware and machine: what a board hands to `main.ts`. IO follows ECMA-419 (constructors that
 * drivers are given, never import), `timer` and `time` follow the Moddable modules of those names.
 * Only what the firmware uses is declared; the ESP32 hosts are checked against @moddable/typings.
 */
import type { GattServerConstructor } from "./ble/port"

export type Bytes = ArrayBuffer | Uint8Array

/** ECMA-419 SMBus (embedded:io/smbus). Every method throws when the device does not acknowledge. */
export interface SMBus {
  readUint8(register: number): number
  writeUint8(register: number, value: number): void
  /** Reads `buffer.byteLength` bytes from `register` on in one transaction. */
  readBuffer(register: number, buffer: Uint8Array): void
  close(): void
}
export interface SMBusOptions {
  data?: number
  clock?: number
  hz?: number
  port?: number
  address: number
}
export type SMBusConstructor = new (options: SMBusOptions) => SMBus

/** ECMA-419 Digital (embedded:io/digital). */
export interface Digital {
  read(): number
  close(): void
}
export interface DigitalOptions {
  pin: number
  mode: unknown
  edge?: number
  onReadable?: () => void
}
export interface DigitalConstructor {
  new (options: DigitalOptions): Digital
  readonly Input: unknown
  readonly InputPullUp: unknown
  readonly InputPullDown: unknown
  readonly Rising: number
  readonly Falling: number
}

/** ECMA-419 PWM (embedded:io/pwm); `write(0)` to `write(2 ** resolution - 1)` is 0 to 100 % duty. */
export interface PWM {
  readonly resolution: number
  write(duty: number): void
  close(): void
}
export type PWMConstructor = new (options: { pin: number; hz?: number }) => PWM

/** ECMA-419 Analog (embedded:io/analog); `read()` gives 0 to 2 ** resolution - 1. */
export interface Analog {
  readonly resolution: number
  read(): number
  close(): void
}
export type AnalogConstructor = new (options: { pin: number }) => Analog

/** ECMA-419 key-value storage (embedded:storage/key-value), buffer format. */
export interface KeyValueDomain {
  /** The value of `key`, or undefined when there is none. */
  read(key: string): ArrayBuffer | undefined
  write(key: string, value: ArrayBuffer): void
  /** Nothing happens when there is no such key. */
  delete(key: string): void
  close(): void
}
export interface KeyValueStorage {
  open(options: { path: string; format: "buffer" }): KeyValueDomain
}

/** ECMA-419 flash partition (embedded:storage/flash). Bits only clear on write; `eraseBlock` sets a block to 0xff. */
export interface Flash {
  read(buffer: Uint8Array, byteOffset: number): void
  write(buffer: Uint8Array, byteOffset: number): void
  eraseBlock(block: number): void
  status(): { size: number; blockLength: number; blocks: number; writeAlign: number }
  close(): void
}
export interface FlashStorage {
  open(options: { path: string }): Flash
}

/** Moddable `timer`. Ids are opaque. */
export type TimerId = unknown
export interface TimerService {
  /** Calls back once after `delayMs`. */
  set(callback: () => void, delayMs?: number): TimerId
  /** Calls back every `intervalMs`. */
  repeat(callback: () => void, intervalMs: number): TimerId
  /** One that repeats goes on from now after `delayMs`, then every `intervalMs`; without them it waits until it is scheduled again. */
  schedule(timer: TimerId, delayMs?: number, intervalMs?: number): void
  clear(timer: TimerId | undefined): void
}

/** Moddable `time`: milliseconds since boot. Wraps at 2^31 only after 24 days. */
export interface TimeService {
  readonly ticks: number
}

/** Where an IMU sits: ECMA-419 driver options ("sensor" is its bus, "interrupt" its data-ready pin). */
export interface ImuWiring {
  /** Nominal samples a second; 104 when left out. */
  rate?: 52 | 104 | 208
  sensor: SMBusOptions & { io: SMBusConstructor }
  interrupt: { io: DigitalConstructor; pin: number }
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
  readonly thigh: ImuWiring
  /** A second sensor below the knee, on the same bus; a board without the wires leaves it out. */
  readonly shank?: ImuWiring
  readonly motor: { io: PWMConstructor; pin: number; hz: number }
  /** Cell voltage = reading ÷ (2^resolution − 1) × `mvFullScale` (the divider is in it). */
  readonly battery: { io: AnalogConstructor; pin: number; mvFullScale: number }
  /** Low while it is pressed; a board without one leaves it out. */
  readonly button?: { io: DigitalConstructor; pin: number }
  /** Tells this chip from others, in any characters; read once, when the device is switched on for the first time. */
  readonly deviceId?: string
  readonly keyValue: KeyValueStorage
  readonly flash: FlashStorage
  readonly gatt: GattServerConstructor
  /** Flexion model coefficients in place of the firmware's own (src/motion/flexion-model.ts's type). */
  readonly model?: unknown
  readonly monitor?: Monitor
}
