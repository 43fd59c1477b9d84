/** A phone that syncs over a link which takes its time (hosts/virtual/radio-link.ts): the runs that it got, and how long it took on the board's clock. */
import type { LinkModel, Notification } from "../../hosts/virtual/protocol"
import type { SyncWay } from "../../phone/link/record-access"
import { RunSync } from "../../phone/link/run-sync"
import { BoardLink } from "../board-link"
import type { Engine } from "../engine/engine"
import { MemoryRuns } from "../phone/memory-runs"
import { Phone } from "../phone/phone"

/** Shorter than what an event's packets leave of an interval: what came in one is answered in the next. */
const LOOK_EVERY_MS = 5
/** Power to the advertisement. */
const BOOT_MS = 1000
const MS_PER_S = 1000

export interface SyncTime {
  runs: number
  /** Of their records. */
  bytes: number
  seconds: number
}

export interface LinkOptions {
  model: LinkModel
  mtu: number
  way: SyncWay
}

export class TimedPhone {
  readonly #board: BoardLink
  readonly #phone: Phone
  readonly #way: SyncWay
  readonly #mtu: number
  #notified = 0

  constructor(engine: Pick<Engine, "command">, { model, mtu, way }: LinkOptions) {
    this.#board = new BoardLink(engine, { notification: (notification) => this.#take(notification) })
    this.#phone = new Phone((request) =>
      this.#board.gatt(request.op === "connect" ? { ...request, link: model } : request),
    )
    this.#way = way
    this.#mtu = mtu
  }

  /** A device with this flash, switched on; connecting, pairing and finding out what it has are no part of the time. */
  async sync(image: Uint8Array): Promise<SyncTime> {
    await this.#board.boot({}, image)
    await this.#board.advance(BOOT_MS)
    await this.#phone.connect(this.#mtu)
    const store = new MemoryRuns()
    const sync = new RunSync({
      deviceId: "",
      store,
      way: this.#way,
      wait: (ms) => this.#wait(ms),
    })
    const startMs = this.#board.nowMs
    const { added, failed, way } = await sync.run(this.#phone.transport)
    const seconds = (this.#board.nowMs - startMs) / MS_PER_S
    if (failed.length > 0) throw new Error(`sync rates: runs ${failed.join(", ")} could not be had`)
    if (way !== this.#way) throw new Error(`sync rates: it ended by ${way}, not by ${this.#way}`)
    const bytes = [...store.records.values()].reduce((sum, { length }) => sum + length, 0)
    return { runs: added.length, bytes, seconds }
  }

  #take(notification: Notification): void {
    this.#notified++
    this.#phone.transport.notified(notification)
  }

  /** Until something is notified, or in vain. */
  async #wait(ms: number): Promise<void> {
    const untilMs = this.#board.nowMs + ms
    const before = this.#notified
    while (this.#notified === before && this.#board.nowMs < untilMs)
      await this.#board.advance(Math.min(LOOK_EVERY_MS, untilMs - this.#board.nowMs))
  }
}
