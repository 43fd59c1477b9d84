/**
 * The board as the firmware's machine sees it: thin objects in front of the board's machine, where the SDK has native ones. What the
 * firmware does with it is metered; what the board does behind it is not.
 */
import type { Board, Monitor } from "../../src/board"
import type { ConsoleLink, ConsolePort } from "../../src/console/port"
import type {
  DigitalOptions,
  Flash,
  FlashStorage,
  KeyValueDomain,
  KeyValueStorage,
  SMBusOptions,
  TimerService,
  TimeService,
} from "../../src/io"
import { type PowerControl, Wake } from "../../src/power/port"
import { Chip } from "../../src/update/image-head"
import type { UpdateSlots } from "../../src/update/port"
import { xiaoParts } from "../esp32/xiao_esp32c3/parts"
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

const DIGITAL_MODES = {
  Input: 0,
  InputPullUp: 1,
  InputPullDown: 2,
  OutputOpenDrain: 9,
  Rising: 1,
  Falling: 2,
} as const

class BridgedDigital {
  static readonly Input = DIGITAL_MODES.Input
  static readonly InputPullUp = DIGITAL_MODES.InputPullUp
  static readonly InputPullDown = DIGITAL_MODES.InputPullDown
  static readonly OutputOpenDrain = DIGITAL_MODES.OutputOpenDrain
  static readonly Rising = DIGITAL_MODES.Rising
  static readonly Falling = DIGITAL_MODES.Falling
  readonly #id: number
  readonly #callback: number
  constructor({ pin, mode, edge = 0, onReadable, initialValue = 0 }: DigitalOptions) {
    this.#callback = onReadable ? callbacks.add(onReadable) : 0
    const isOutput = mode === DIGITAL_MODES.OutputOpenDrain
    this.#id = (
      isOutput
        ? askBoard(BoardCall.outputOpen, pin, initialValue)
        : askBoard(BoardCall.digitalOpen, pin, edge, this.#callback)
    ) as number
  }
  read(): number {
    return askBoard(BoardCall.digitalRead, this.#id) as number
  }
  write(level: number): void {
    askBoard(BoardCall.outputWrite, this.#id, level)
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

/** hosts/esp32/xiao_esp32c3/partitions.csv */
const SLOT_BYTES = 0x170000
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

const power: PowerControl = {
  wake: Wake.power,
  allowLightSleep: (isAllowed) => void askBoard(BoardCall.allowLightSleep, isAllowed),
  sleep: (byMotion) => void askBoard(BoardCall.sleep, byMotion),
}

/** A port without a host at its other end, as a board that is worn has it. */
const consolePort: ConsolePort = {
  open: () => CONSOLE_LINK,
}
const CONSOLE_LINK: ConsoleLink = {
  write: () => 0,
  close: () => {},
}

/** The bench brings no update: what is measured is what the firmware holds ready for one. */
const update: UpdateSlots = {
  slotBytes: SLOT_BYTES,
  chip: Chip.esp32c3,
  isOnTrial: false,
  wasRolledBack: false,
  confirm: () => {},
  open: () => {
    throw new Error("the bench has no slot to write to")
  },
  restart: () => {},
}

const { shank: SHANK, ...PARTS } = xiaoParts({
  Analog: BridgedAnalog,
  Digital: BridgedDigital,
  PWM: BridgedPwm,
  SMBus: BridgedSMBus,
})

/** Made where the bundle becomes flash: on the chip a board is a table there, too. */
export const ONE_SENSOR_BOARD: Board = {
  ...PARTS,
  name: "rv32",
  timer,
  time,
  deviceId: "rv32",
  keyValue,
  flash,
  gatt: BridgedGattServer,
  power,
  update,
  console: consolePort,
  monitor,
}
export const TWO_SENSOR_BOARD: Board = { ...ONE_SENSOR_BOARD, shank: SHANK }
