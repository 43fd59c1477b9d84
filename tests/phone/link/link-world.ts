/** The firmware on the virtual board and a phone's link to it: a finder, a keeper and a clock in memory, and a wearer who presses the button. */

import type { CoachFacts } from "../../../phone/link/coach-store"
import { DeviceLink } from "../../../phone/link/device-link"
import type { ConnectableTransport, Finder, FoundDevice, Lack } from "../../../phone/link/finder"
import type { DeviceFacts, DeviceKeeper, LinkState } from "../../../phone/link/link-state"
import { BoardLink } from "../../../simulator/board-link"
import { type Engine, openEngine } from "../../../simulator/engine/engine"
import { bundleFirmware } from "../../../simulator/firmware-bundle"
import { MemoryRuns } from "../../../simulator/phone/memory-runs"
import { type PhoneBond, RequestTransport } from "../../../simulator/phone/request-transport"
import { projectRecording, Wear } from "../../device/wear"

const MTU = 23
/** 2026-06-01, 08:00 UTC. */
const START_MS = 1_780_300_800_000
const LOOK_EVERY_MS = 20
const PRESS_MS = 120
const MIN_MS = 60_000
const RECORDING_S = 181

/** A flash with as many closed runs. */
export async function recordedFlash(runs: number): Promise<Uint8Array> {
  const wear = await Wear.boot()
  const recording = await projectRecording("S01.csv.gz")
  for (let run = 0; run < runs; run++) {
    await wear.play(recording, 0, RECORDING_S)
    await wear.closeRun()
  }
  return wear.link.flashImage()
}

export class MemoryKeeper implements DeviceKeeper {
  readonly kept = new Map<string, DeviceFacts>()
  readonly runs = new MemoryRuns()
  readonly coach = new Map<string, CoachFacts>()

  async devices(): Promise<DeviceFacts[]> {
    return [...this.kept.values()]
  }
  async keepDevice(device: DeviceFacts): Promise<void> {
    this.kept.set(device.id, device)
  }
  async keepCoachEntries(entries: readonly CoachFacts[]): Promise<void> {
    for (const entry of entries) this.coach.set(entry.key, entry)
  }
  runStore(): MemoryRuns {
    return this.runs
  }
}

/** A phone's stack over the board's GATT requests, which loses the link when told to. */
export class AirTransport implements ConnectableTransport {
  requests = 0
  readonly writes: { uuid: string; value: Uint8Array }[] = []
  /** The link is lost before so many requests more. */
  lostAfter = Number.POSITIVE_INFINITY
  /** As a browser may do it: that request is refused first, and the loss is told by who calls lose(). */
  isLossToldLate = false
  isNear = true
  /** As a browser does it: connected to anybody, and dropped at the first value that is not public. */
  pairsAtRead = false
  hasNotifications = true
  #refusal: unknown
  readonly #inner: RequestTransport
  readonly #board: BoardLink

  constructor(board: BoardLink, bond: PhoneBond) {
    this.#board = board
    this.#inner = new RequestTransport((request) => board.gatt(request), bond)
  }

  get connected(): boolean {
    return this.#inner.connected || this.#refusal !== undefined
  }

  async connect(): Promise<void> {
    this.#refusal = undefined
    if (!this.isNear) throw new Error("Bluetooth Device is no longer in range.")
    try {
      await this.#inner.connect(MTU)
    } catch (error) {
      if (this.#inner.connected) this.#inner.lost()
      if (!this.pairsAtRead) throw error
      this.#refusal = error
    }
  }
  disconnect(): Promise<void> {
    return this.#inner.disconnect()
  }
  async read(uuid: string): Promise<Uint8Array> {
    if (this.#refusal !== undefined) {
      this.#refusal = undefined
      throw new Error("GATT Server is disconnected.")
    }
    await this.#count()
    return this.#inner.read(uuid)
  }
  async write(uuid: string, value: Uint8Array): Promise<void> {
    await this.#count()
    this.writes.push({ uuid, value })
    await this.#inner.write(uuid, value)
  }
  async subscribe(uuid: string, listener: (value: Uint8Array) => void): Promise<() => Promise<void>> {
    if (!this.hasNotifications) throw new Error("GATT Error: Not supported.")
    await this.#count()
    return this.#inner.subscribe(uuid, listener)
  }
  onDisconnect(listener: () => void): void {
    this.#inner.onDisconnect(listener)
  }
  notified(notification: { characteristic: string; value: string }): void {
    this.#inner.notified(notification)
  }

  /** The link is lost, as when the phone walks away. */
  async lose(): Promise<void> {
    const { connection } = this.#board
    if (connection !== undefined) await this.#board.gatt({ op: "drop", connection })
    this.#inner.lost()
  }

  async #count(): Promise<void> {
    this.requests++
    if (this.lostAfter-- > 0) return
    this.lostAfter = Number.POSITIVE_INFINITY
    if (this.isLossToldLate) throw new Error("GATT operation failed for unknown reason.")
    await this.lose()
  }
}

export class LinkWorld {
  readonly board: BoardLink
  readonly transport: AirTransport
  readonly keeper = new MemoryKeeper()
  readonly states: LinkState[] = []
  readonly link: DeviceLink
  readonly waits: number[] = []
  readonly finder: Finder & { lack?: Lack; choose(): Promise<FoundDevice> }
  zoneMinutes = 120
  /** The phone's clock goes as the device's, and this much ahead. */
  aheadMs = 0
  isOn = true
  /** Done before the link waits. */
  beforeWait: () => Promise<void> = async () => {}
  #notified = 0
  readonly #engine: Engine

  private constructor(engine: Engine) {
    this.#engine = engine
    this.board = new BoardLink(engine, {
      notification: (notification) => {
        this.#notified++
        this.transport.notified(notification)
      },
    })
    this.transport = new AirTransport(this.board, { identity: "aa0000000009" })
    this.finder = {
      isOn: async () => this.isOn,
      choose: async () => ({ id: "near", name: "Patella", transport: this.transport }),
      known: async () => [],
    }
    this.link = new DeviceLink({
      finder: this.finder,
      keeper: this.keeper,
      clock: { nowMs: () => this.nowMs, zoneMinutes: () => this.zoneMinutes },
      wait: (ms) => this.#wait(ms),
    })
    this.link.listen((state) => this.states.push(state))
  }

  /** A device that knows no phone, a second after its power came. */
  static async boot(flash: Uint8Array): Promise<LinkWorld> {
    const engine = await openEngine("node")
    await engine.evaluate(await bundleFirmware())
    const world = new LinkWorld(engine)
    await world.board.boot({}, flash)
    await world.board.advance(1000)
    return world
  }

  get nowMs(): number {
    return START_MS + this.board.clockMs + this.aheadMs
  }
  get state(): LinkState {
    return this.link.state
  }
  /** Each phase once when it came. */
  get phases(): string[] {
    return this.states.map(({ phase }) => phase).filter((phase, at, all) => phase !== all[at - 1])
  }

  /** A new phone may pair only after a press. */
  async closeWindow(): Promise<void> {
    await this.board.advance(MIN_MS)
  }
  async press(): Promise<void> {
    await this.board.pressButton(true, 3)
    await this.board.advance(PRESS_MS)
    await this.board.pressButton(false, 3)
    await this.board.advance(LOOK_EVERY_MS)
  }
  /** What is under way without waiting for the device is done. */
  turn(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve))
  }
  written(uuid: string): number {
    return this.transport.writes.filter((write) => write.uuid === uuid).length
  }
  close(): Promise<void> {
    return this.#engine.close()
  }

  /** Until something is notified, or in vain. */
  async #wait(ms: number): Promise<void> {
    this.waits.push(ms)
    await this.beforeWait()
    const before = this.#notified
    for (let leftMs = ms; leftMs > 0 && this.#notified === before; leftMs -= LOOK_EVERY_MS)
      await this.board.advance(Math.min(LOOK_EVERY_MS, leftMs))
  }
}
