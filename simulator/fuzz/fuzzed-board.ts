/** The whole firmware on a virtual board, in this process or in XS, as fuzzing needs it: what BoardLink does, and a look into what is stored. */
import { VirtualBoard } from "../../hosts/virtual/board"
import { VirtualKeyValue } from "../../hosts/virtual/key-value"
import {
  type BoardEvent,
  type GattReply,
  type GattRequest,
  type Notification,
  type Reply,
  type StackBond,
  wordPairs,
} from "../../hosts/virtual/protocol"
import type { KeyValueStorage } from "../../src/io"
import { startDevice } from "../../src/main"
import { BoardLink } from "../board-link"
import type { Engine } from "../engine/engine"
import { PHONE_BOND, type Stored, storageOf } from "../powercuts/operation"

/** What came since it was asked last. */
export interface Told {
  events: readonly BoardEvent[]
  notifications: readonly Notification[]
}

/** What is stored now; not to be written to, and good until the board runs on. */
export interface Look {
  flash: Uint8Array
  keyValue: KeyValueStorage
  /** The Bluetooth stack's, where it can be looked at. */
  bonds: readonly StackBond[] | undefined
}

export interface FuzzedBoard
  extends Pick<
    BoardLink,
    "nowMs" | "rateHz" | "connection" | "operations" | "gatt" | "advance" | "pressButton" | "play"
  > {
  told(): Told
  look(): Promise<Look>
}

/** In this process, without frames. What the firmware throws comes out. */
export class BoardHere implements FuzzedBoard {
  readonly #board: VirtualBoard

  constructor(stored: Stored) {
    this.#board = new VirtualBoard({ flash: { size: stored.image.length } }, storageOf(stored))
    this.#board.start(startDevice)
  }

  get nowMs(): number {
    return this.#board.processor.nowMs
  }
  get rateHz(): number {
    return this.#board.thigh.rateHz
  }
  get connection(): number | undefined {
    return this.#board.link.connection
  }
  get operations(): number {
    return this.#board.power.operations
  }
  async gatt(request: GattRequest): Promise<GattReply> {
    return this.#board.link.handle(request)
  }
  async advance(ms: number): Promise<void> {
    this.#board.advance(ms)
  }
  async pressButton(pressed: boolean): Promise<void> {
    this.#board.pressButton(pressed)
  }
  async play(samples: Uint8Array): Promise<void> {
    this.#board.play(wordPairs(samples))
  }
  told(): Told {
    const { events = [], notifications = [] } = this.#moved()
    return { events, notifications }
  }
  async look(): Promise<Look> {
    const { flash, keyValue, link } = this.#board
    return { flash: flash.bytes, keyValue, bonds: link.bonds.image() }
  }

  #moved(): Reply {
    const reply: Reply = { nowMs: 0 }
    this.#board.moveInto(reply)
    return reply
  }
}

/** In an engine, through its frames. */
export class BoardInEngine extends BoardLink implements FuzzedBoard {
  readonly #events: BoardEvent[]
  readonly #notifications: Notification[]

  private constructor(engine: Engine, events: BoardEvent[], notifications: Notification[]) {
    super(engine, {
      event: (event) => void events.push(event),
      notification: (notification) => void notifications.push(notification),
    })
    this.#events = events
    this.#notifications = notifications
  }

  static async on(engine: Engine, { image, keyValue }: Stored): Promise<BoardInEngine> {
    const board = new BoardInEngine(engine, [], [])
    await board.boot({ keyValue, bonds: [PHONE_BOND], flash: { size: image.length } }, image)
    return board
  }

  told(): Told {
    return { events: this.#events.splice(0), notifications: this.#notifications.splice(0) }
  }
  async look(): Promise<Look> {
    const keyValue = new VirtualKeyValue(await this.storage())
    return { flash: await this.flashImage(), keyValue, bonds: undefined }
  }
}
