/**
 * The board as the firmware's machine sees it: thin objects in front of the board's machine, where the SDK has native ones. What the
 * firmware does with it is metered; what the board does behind it is not.
 */
import type {
  Board,
  DigitalOptions,
  FlashStorage,
  ImuWiring,
  KeyValueStorage,
  SMBusOptions,
  TimerService,
  TimeService,
} from "../../src/board"
import { LSM6DSO_ADDRESS, LSM6DSO_ADDRESS_HIGH } from "../../src/drivers/lsm6dso-registers"
import { BATTERY_FULL_SCALE_MV, BUS_HZ, MOTOR_HZ, PIN } from "../esp32/xiao_esp32c3/wiring"
import { type GattRequests, gattServerOf } from "./bridged-gatt"
import { BoardCall } from "./calls"

/** Functions that the board calls, by the number that they were given out with. */
export class Callbacks {
  readonly #callbacks = new Map<number, () => void>()
  #last = 0

  add(callback: () => void): number {
    this.#last++
    this.#callbacks.set(this.#last, callback)
    return this.#last
  }
  remove(id: number): void {
    this.#callbacks.delete(id)
  }
  call(id: number): void {
    this.#callbacks.get(id)?.()
  }
}

interface Timer {
  id: number
  board: number
}

function timerOf(callbacks: Callbacks): TimerService {
  return {
    set(callback, delayMs = 0) {
      const timer: Timer = { id: 0, board: 0 }
      timer.id = callbacks.add(() => {
        callbacks.remove(timer.id)
        callback()
      })
      timer.board = askBoard(BoardCall.timerSet, timer.id, delayMs) as number
      return timer
    },
    repeat(callback, intervalMs) {
      const id = callbacks.add(callback)
      return { id, board: askBoard(BoardCall.timerRepeat, id, intervalMs) as number } satisfies Timer
    },
    clear(timer) {
      if (!timer) return
      const { id, board } = timer as Timer
      callbacks.remove(id)
      askBoard(BoardCall.timerClear, board)
    },
  }
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

const DIGITAL_MODES = { Input: 0, InputPullDown: 2, Rising: 1, Falling: 2 } as const

function digitalOf(callbacks: Callbacks): ImuWiring["interrupt"]["io"] {
  return class BridgedDigital {
    static readonly Input = DIGITAL_MODES.Input
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

const keyValue: KeyValueStorage = {
  open({ path }) {
    const id = askBoard(BoardCall.keyValueOpen, path) as number
    return {
      read: (key) => askBoard(BoardCall.keyValueRead, id, key) as ArrayBuffer | undefined,
      write: (key, value) => void askBoard(BoardCall.keyValueWrite, id, key, value),
      close: () => void askBoard(BoardCall.close, id),
    }
  },
}

/** Block length, write alignment and size of the partition: what status() tells, asked for once. */
const FLASH_STATUS_INTS = 4

const flash: FlashStorage = {
  open({ path }) {
    const status = new Int32Array(FLASH_STATUS_INTS)
    const id = askBoard(BoardCall.flashOpen, path, new Uint8Array(status.buffer)) as number
    const [size = 0, blockLength = 0, blocks = 0, writeAlign = 0] = status
    return {
      read: (buffer, byteOffset) => void askBoard(BoardCall.flashRead, id, buffer, byteOffset),
      write: (buffer, byteOffset) => void askBoard(BoardCall.flashWrite, id, buffer, byteOffset),
      eraseBlock: (block) => void askBoard(BoardCall.flashErase, id, block),
      status: () => ({ size, blockLength, blocks, writeAlign }),
      close: () => void askBoard(BoardCall.close, id),
    }
  },
}

export function bridgedBoard(callbacks: Callbacks, requests: GattRequests, hasShank: boolean): Board {
  const Digital = digitalOf(callbacks)
  const imu = (address: number, pin: number): ImuWiring => ({
    sensor: { io: BridgedSMBus, data: PIN.data, clock: PIN.clock, hz: BUS_HZ, address },
    interrupt: { io: Digital, pin },
  })
  return {
    name: "rv32",
    timer: timerOf(callbacks),
    time,
    thigh: imu(LSM6DSO_ADDRESS, PIN.sensorInterrupt),
    ...(hasShank && { shank: imu(LSM6DSO_ADDRESS_HIGH, PIN.shankInterrupt) }),
    motor: { io: BridgedPwm, pin: PIN.motor, hz: MOTOR_HZ },
    battery: { io: BridgedAnalog, pin: PIN.battery, mvFullScale: BATTERY_FULL_SCALE_MV },
    keyValue,
    flash,
    gatt: gattServerOf(requests),
    monitor: { event: (name, atMs, detail) => void askBoard(BoardCall.event, name, atMs, detail) },
  }
}
