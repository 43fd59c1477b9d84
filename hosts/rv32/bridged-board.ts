/**
 * The board as the firmware's machine sees it: thin objects in front of the board's machine, where the SDK has native ones. What the
 * firmware does with it is metered; what the board does behind it is not.
 */
import type {
  Board,
  DigitalOptions,
  Flash,
  FlashStorage,
  ImuWiring,
  KeyValueDomain,
  KeyValueStorage,
  Monitor,
  SMBusOptions,
  TimerService,
  TimeService,
} from "../../src/board"
import { LSM6DSO_ADDRESS, LSM6DSO_ADDRESS_HIGH } from "../../src/drivers/lsm6dso-registers"
import { BATTERY_FULL_SCALE_MV, BUS_HZ, MOTOR_HZ, PIN } from "../esp32/xiao_esp32c3/wiring"
import { BridgedGattServer } from "./bridged-gatt"
import { BoardCall } from "./calls"

/**
 * Functions that the board calls, by the number that they were given out with: their place, twice, and 1 for one that is called once. A place
 * is given again. The machine's global object has them.
 */
export class Callbacks {
  readonly #places: ((() => void) | undefined)[] = []

  /** `isOnce`: gone when it is called. */
  add(callback: () => void, isOnce = false): number {
    // Place 0 is nobody's: no function has the number 0.
    let place = 1
    while (this.#places[place]) place++
    this.#places[place] = callback
    return 2 * place + (isOnce ? 1 : 0)
  }
  remove(id: number): void {
    this.#places[id >> 1] = undefined
  }
  call(id: number): void {
    const callback = this.#places[id >> 1]
    if (id & 1) this.remove(id)
    callback?.()
  }
}

declare global {
  /** Made before the board (guest.ts). */
  var callbacks: Callbacks
}

interface Timer {
  id: number
  board: number
}

const timer: TimerService = {
  set(callback, delayMs = 0) {
    const id = callbacks.add(callback, true)
    return { id, board: askBoard(BoardCall.timerSet, id, delayMs) as number } satisfies Timer
  },
  repeat(callback, intervalMs) {
    const id = callbacks.add(callback)
    return { id, board: askBoard(BoardCall.timerRepeat, id, intervalMs) as number } satisfies Timer
  },
  schedule(timer, delayMs, intervalMs) {
    askBoard(BoardCall.timerSchedule, (timer as Timer).board, delayMs, intervalMs)
  },
  clear(timer) {
    if (!timer) return
    const { id, board } = timer as Timer
    callbacks.remove(id)
    askBoard(BoardCall.timerClear, board)
  },
}

const time: TimeService = {
  get ticks() {
    return askBoard(BoardCall.ticks) as number
  },
}

class BridgedSMBus {
  readonly #id: number
  constructor({ address, hz }: SMBusOptions) {
    this.#id = askBoard(BoardCall.smbusOpen, address, hz) as number
  }
  readUint8(register: number): number {
    return askBoard(BoardCall.smbusReadUint8, this.#id, register) as number
  }
  writeUint8(register: number, value: number): void {
    askBoard(BoardCall.smbusWriteUint8, this.#id, register, value)
  }
  readBuffer(register: number, buffer: Uint8Array): void {
    askBoard(BoardCall.smbusReadBuffer, this.#id, register, buffer)
  }
  close(): void {
    askBoard(BoardCall.close, this.#id)
  }
}

const DIGITAL_MODES = { Input: 0, InputPullUp: 1, InputPullDown: 2, Rising: 1, Falling: 2 } as const

class BridgedDigital {
  static readonly Input = DIGITAL_MODES.Input
  static readonly InputPullUp = DIGITAL_MODES.InputPullUp
  static readonly InputPullDown = DIGITAL_MODES.InputPullDown
  static readonly Rising = DIGITAL_MODES.Rising
  static readonly Falling = DIGITAL_MODES.Falling
  readonly #id: number
  readonly #callback: number
  constructor({ pin, edge = 0, onReadable }: DigitalOptions) {
    this.#callback = onReadable ? callbacks.add(onReadable) : 0
    this.#id = askBoard(BoardCall.digitalOpen, pin, edge, this.#callback) as number
  }
  read(): number {
    return askBoard(BoardCall.digitalRead, this.#id) as number
  }
  close(): void {
    callbacks.remove(this.#callback)
    askBoard(BoardCall.close, this.#id)
  }
}

class BridgedPwm {
  readonly resolution = 10
  readonly #id: number
  constructor({ pin, hz }: { pin: number; hz?: number }) {
    this.#id = askBoard(BoardCall.pwmOpen, pin, hz) as number
  }
  write(duty: number): void {
    askBoard(BoardCall.pwmWrite, this.#id, duty)
  }
  close(): void {
    askBoard(BoardCall.close, this.#id)
  }
}

class BridgedAnalog {
  readonly resolution = 12
  readonly #id: number
  constructor({ pin }: { pin: number }) {
    this.#id = askBoard(BoardCall.analogOpen, pin) as number
  }
  read(): number {
    return askBoard(BoardCall.analogRead, this.#id) as number
  }
  close(): void {
    askBoard(BoardCall.close, this.#id)
  }
}

class BridgedDomain implements KeyValueDomain {
  readonly #id: number
  constructor(path: string) {
    this.#id = askBoard(BoardCall.keyValueOpen, path) as number
  }
  read(key: string): ArrayBuffer | undefined {
    return askBoard(BoardCall.keyValueRead, this.#id, key) as ArrayBuffer | undefined
  }
  write(key: string, value: ArrayBuffer): void {
    askBoard(BoardCall.keyValueWrite, this.#id, key, value)
  }
  delete(key: string): void {
    askBoard(BoardCall.keyValueDelete, this.#id, key)
  }
  close(): void {
    askBoard(BoardCall.close, this.#id)
  }
}
const keyValue: KeyValueStorage = { open: ({ path }) => new BridgedDomain(path) }

/** Size, block length, blocks and write alignment: what status() tells. */
const FLASH_STATUS_INTS = 4

class BridgedFlash implements Flash {
  readonly #id: number
  constructor(path: string) {
    this.#id = askBoard(BoardCall.flashOpen, path) as number
  }
  read(buffer: Uint8Array, byteOffset: number): void {
    askBoard(BoardCall.flashRead, this.#id, buffer, byteOffset)
  }
  write(buffer: Uint8Array, byteOffset: number): void {
    askBoard(BoardCall.flashWrite, this.#id, buffer, byteOffset)
  }
  eraseBlock(block: number): void {
    askBoard(BoardCall.flashErase, this.#id, block)
  }
  status(): ReturnType<Flash["status"]> {
    const status = new Int32Array(FLASH_STATUS_INTS)
    askBoard(BoardCall.flashStatus, this.#id, new Uint8Array(status.buffer))
    const [size = 0, blockLength = 0, blocks = 0, writeAlign = 0] = status
    return { size, blockLength, blocks, writeAlign }
  }
  close(): void {
    askBoard(BoardCall.close, this.#id)
  }
}
const flash: FlashStorage = { open: ({ path }) => new BridgedFlash(path) }

const monitor: Monitor = {
  event: (name, atMs, detail) => void askBoard(BoardCall.event, name, atMs, detail),
}

const THIGH: ImuWiring = {
  sensor: { io: BridgedSMBus, data: PIN.data, clock: PIN.clock, hz: BUS_HZ, address: LSM6DSO_ADDRESS },
  interrupt: { io: BridgedDigital, pin: PIN.sensorInterrupt },
}
const SHANK: ImuWiring = {
  sensor: { io: BridgedSMBus, data: PIN.data, clock: PIN.clock, hz: BUS_HZ, address: LSM6DSO_ADDRESS_HIGH },
  interrupt: { io: BridgedDigital, pin: PIN.shankInterrupt },
}

/** Made where the bundle becomes flash: on the chip a board is a table there, too. */
export const ONE_SENSOR_BOARD: Board = {
  name: "rv32",
  timer,
  time,
  thigh: THIGH,
  motor: { io: BridgedPwm, pin: PIN.motor, hz: MOTOR_HZ },
  battery: { io: BridgedAnalog, pin: PIN.battery, mvFullScale: BATTERY_FULL_SCALE_MV },
  button: { io: BridgedDigital, pin: PIN.button },
  deviceId: "rv32",
  keyValue,
  flash,
  gatt: BridgedGattServer,
  monitor,
}
export const TWO_SENSOR_BOARD: Board = { ...ONE_SENSOR_BOARD, shank: SHANK }
