/**
 * The whole firmware on a virtual board in this process, on storage that power may have left: what a scenario is played on, and what
 * recovers. It takes what BoardLink takes, so that a scenario is the same on an engine of its own.
 */
import { type Lasting, VirtualBoard } from "../../hosts/virtual/board"
import {
  type BoardEvent,
  type GattReply,
  type GattRequest,
  type Reply,
  wordPairs,
} from "../../hosts/virtual/protocol"
import type { Monitor } from "../../src/board"
import { startDevice } from "../../src/main"
import { Phone } from "../phone/phone"
import { PHONE_BOND } from "./operation"

/** What a scenario needs of a board; a BoardLink is one. */
export interface Worn {
  readonly nowMs: number
  readonly rateHz: number
  readonly powerCut: boolean
  play(samples: Uint8Array): Promise<void>
  advance(ms: number): Promise<void>
  gatt(request: GattRequest): Promise<GattReply>
}

export interface BoardWatch {
  /** So many operations are past. */
  event?(event: BoardEvent, operations: number): void
  reply?(reply: Reply, rows: Uint8Array): void
}

export class CutBoard implements Worn {
  readonly storage: Lasting
  readonly board: VirtualBoard
  readonly phone: Phone
  readonly events: BoardEvent[] = []
  readonly #watch: BoardWatch

  /** Boots, as far as power lets it. @param watch with `trace`, what motion found is told */
  constructor(storage: Lasting, trace = false, watch: BoardWatch = {}) {
    this.storage = storage
    this.#watch = watch
    this.board = new VirtualBoard({ trace, flash: { size: storage.flash.bytes.length } }, storage)
    this.phone = new Phone((request) => this.gatt(request), PHONE_BOND)
    this.#do(() => this.board.start((board) => startDevice({ ...board, monitor: this.#monitor() })))
  }

  get nowMs(): number {
    return this.board.processor.nowMs
  }
  get rateHz(): number {
    return this.board.thigh.rateHz
  }
  get powerCut(): boolean {
    return !this.storage.power.isOn
  }

  async play(samples: Uint8Array): Promise<void> {
    this.#do(() => this.board.play(wordPairs(samples)))
  }
  async advance(ms: number): Promise<void> {
    this.#do(() => this.board.advance(ms))
  }
  async gatt(request: GattRequest): Promise<GattReply> {
    const reply = this.#do(() => this.board.link.handle(request))
    return this.powerCut || !reply ? { linkError: "not connected" } : reply
  }

  #do<Result>(work: () => Result): Result | undefined {
    try {
      return work()
    } catch (error) {
      // What a firmware without power throws reaches nobody.
      if (!this.powerCut) throw error
      return undefined
    } finally {
      this.#take()
    }
  }

  /** The board's, and whoever watches is told at once. */
  #monitor(): Monitor {
    const { monitor } = this.board.board
    return {
      event: (name, atMs, detail) => {
        if (this.powerCut) return
        this.events.push({ name, atMs, detail })
        this.#watch.event?.({ name, atMs, detail }, this.storage.power.operations)
      },
      ...(monitor?.motion && { motion: monitor.motion }),
    }
  }

  #take(): void {
    if (!this.#watch.reply) return
    const reply: Reply = { nowMs: this.nowMs }
    const rows = this.board.moveInto(reply)
    this.#watch.reply(reply, rows)
  }
}
