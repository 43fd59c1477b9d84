/**
 * The machine's IO as the firmware knows it, after ECMA-419 (constructors that drivers are given, never import) and the Moddable modules
 * `timer` and `time`. Only what is used is declared; the ESP32 hosts are checked against @moddable/typings.
 */

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
  /** A transfer that has not ended after so many ms fails (the SDK's option). */
  timeout?: number
  address: number
}
export type SMBusConstructor = new (options: SMBusOptions) => SMBus

/** ECMA-419 Digital (embedded:io/digital). */
export interface Digital {
  /** Of an input. */
  read(): number
  /** Of an output. */
  write(level: number): void
  close(): void
}
export interface DigitalOptions {
  pin: number
  mode: unknown
  edge?: number
  onReadable?: () => void
  /** An output's first level; low when it is left out. */
  initialValue?: number
}
export interface DigitalConstructor {
  new (options: DigitalOptions): Digital
  readonly Input: unknown
  readonly InputPullUp: unknown
  readonly InputPullDown: unknown
  /** Pulls low, or lets go. */
  readonly OutputOpenDrain: unknown
  readonly Rising: number
  readonly Falling: number
}

/** A pin that is driven, an instance of Digital in mode Output. */
export interface DigitalOutput {
  write(level: number): void
  close(): void
}
export interface DigitalOutputConstructor {
  new (options: { pin: number; mode: unknown; initialValue?: number }): DigitalOutput
  readonly Output: unknown
}

/** ECMA-419 SPI (embedded:io/spi), which sends alone. Before `write` returns the bytes are out. */
export interface SPI {
  write(buffer: Bytes): void
  /** @param deselect lets the select line go, which the first write after it takes again */
  flush(deselect?: boolean): void
  close(): void
}
export interface SPIOptions {
  out: number
  clock: number
  select: number
  /** The select line's level while bytes are for the chip. */
  active: number
  hz: number
  mode: number
  port: number
}
export type SPIConstructor = new (options: SPIOptions) => SPI

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

/** What a display is wired to, on a board that has one. */
export interface DisplayIoClasses {
  readonly SPI: SPIConstructor
  readonly Output: DigitalOutputConstructor
}

/** The IO classes of a machine, which the parts of a board are wired to. */
export interface IoClasses {
  readonly Analog: AnalogConstructor
  readonly Digital: DigitalConstructor
  readonly PWM: PWMConstructor
  readonly SMBus: SMBusConstructor
}
