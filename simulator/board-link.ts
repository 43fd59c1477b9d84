/**
 * The virtual board from outside: commands in (hosts/virtual/protocol.ts), replies out, and whatever came along with a reply
 * (events, notifications, motor, trace) handed on in order. Times are the virtual clock's, ms since boot.
 */
import {
  type BoardEvent,
  type BoardOptions,
  type Command,
  type CutPlan,
  decodeFrame,
  encodeFrame,
  type FaultName,
  type FlashFault,
  type GattReply,
  type GattRequest,
  type Notification,
  type RebootKind,
  type Reply,
  type StuckBit,
  toHex,
  wordPairs,
} from "../hosts/virtual/protocol"
import type { Engine } from "./engine/engine"

export interface MotorChange {
  atMs: number
  duty: number
}

/** Told what the device does, as it comes. */
export interface BoardListener {
  event?(event: BoardEvent): void
  notification?(notification: Notification): void
  motor?(change: MotorChange): void
  /** What a terminal at the maker's console gets. */
  console?(bytes: Uint8Array): void
  /** The whole reply, for the trace that is in it. */
  reply?(reply: Reply, body: Uint8Array): void
}

const NO_SAMPLES = new Uint8Array(0)

export class BoardLink {
  readonly #engine: Pick<Engine, "command">
  readonly #listener: BoardListener
  #nowMs = 0
  #rateHz = 0
  #cutoffsHz: Reply["cutoffsHz"]
  #nextSampleMs = 0
  #shank: Reply["shank"]
  #operations = 0
  #powerCut = false
  #startMs = 0
  #isAsleep = false
  #wakes = 0
  #connection: number | undefined

  constructor(engine: Pick<Engine, "command">, listener: BoardListener = {}) {
    this.#engine = engine
    this.#listener = listener
  }

  get nowMs(): number {
    return this.#nowMs
  }
  /** The chip's real output rate as last told; 0 while it is off. */
  get rateHz(): number {
    return this.#rateHz
  }
  /** Of the chip's filters as last told; undefined while it is off. */
  get cutoffsHz(): Reply["cutoffsHz"] {
    return this.#cutoffsHz
  }
  /** When the chip takes its next sample: the first of a `play` that comes now. */
  get nextSampleMs(): number {
    return this.#nextSampleMs
  }

  /** The shank chip's rate and next sample; undefined when the board has none. */
  get shank(): Reply["shank"] {
    return this.#shank
  }

  /** Id of the Bluetooth connection that is up. */
  get connection(): number | undefined {
    return this.#connection
  }

  /** Power was cut (`cutAt`): the board takes nothing but `reboot`. */
  get powerCut(): boolean {
    return this.#powerCut
  }
  /** When the processor started last, ms since power came: what `nowMs` counts from. */
  get startMs(): number {
    return this.#startMs
  }
  /** Since power came: over sleep and restarts too. */
  get clockMs(): number {
    return this.#startMs + this.#nowMs
  }
  /** By the same clock. */
  get nextSampleAtMs(): number {
    return this.#startMs + this.#nextSampleMs
  }
  /** Its processor sleeps. */
  get isAsleep(): boolean {
    return this.#isAsleep
  }
  /** How often it woke from sleep, since power came. */
  get wakes(): number {
    return this.#wakes
  }
  /** How many operations have changed what the board stores. */
  get operations(): number {
    return this.#operations
  }

  /** @param flash its content, as `flash` gave it; erased when left out */
  async boot(options: BoardOptions, flash?: Uint8Array): Promise<void> {
    await this.#send({ op: "boot", options }, flash)
  }
  /** The board starts anew and nobody tells its firmware before; `offMs` until it does. `cut`: as `cutAt`, where booting comes to it. */
  async reboot(kind: RebootKind, offMs = 0, cut?: CutPlan): Promise<void> {
    await this.#send({ op: "reboot", kind, offMs, ...(cut && { cut }) })
  }
  /** Power goes at an operation of storage that is still to come. */
  async cutAt(cut: CutPlan): Promise<void> {
    await this.#send({ op: "cutAt", cut })
  }
  /** `samples`: SAMPLE_BYTES each, at the chip's rate; `shankSamples` from its next sample on, as many as it takes meanwhile. */
  async play(samples: Uint8Array, shankSamples: Uint8Array = NO_SAMPLES): Promise<void> {
    const pairs = wordPairs(samples)
    const shankPairs = wordPairs(shankSamples)
    const both = new Uint8Array(pairs.length + shankPairs.length)
    both.set(pairs)
    both.set(shankPairs, pairs.length)
    await this.#send({ op: "play", shankBytes: shankPairs.length }, both)
  }
  /** The shank chip's wires come off, or are put back. */
  async connectShank(connected: boolean): Promise<void> {
    await this.#send({ op: "shankWires", connected })
  }
  /** Something breaks, or is mended (hosts/virtual/faults.ts). @param forMs of those that end by themselves */
  async setFault(fault: FaultName, on = true, forMs = 0): Promise<void> {
    await this.#send({ op: "fault", fault, on, forMs })
  }
  /** @param bounces how often the contact opens or closes again before it stays */
  async pressButton(pressed: boolean, bounces = 0): Promise<void> {
    await this.#send({ op: "button", pressed, bounces })
  }
  /** The cell's voltage, and whether USB is connected; what is left out stays. */
  async changeBattery(battery: { mv?: number; supply?: boolean }): Promise<void> {
    await this.#send({ op: "battery", ...battery })
  }
  async advance(ms: number): Promise<void> {
    await this.#send({ op: "advance", ms })
  }
  async silence(ms: number): Promise<void> {
    await this.#send({ op: "silence", ms })
  }
  /** What the board has stored, to boot another with. */
  async storage(): Promise<NonNullable<BoardOptions["keyValue"]>> {
    return (await this.#send({ op: "storage" })).keyValue ?? {}
  }
  /** The flash's content, and how often each of its blocks was erased. */
  async flash(): Promise<{ image: Uint8Array; erases: number[] }> {
    const { reply, body } = await this.#exchange({ op: "flash" })
    return { image: body.slice(), erases: reply.erases ?? [] }
  }
  async flashImage(): Promise<Uint8Array> {
    return (await this.flash()).image
  }
  /** The block goes bad (hosts/virtual/flash.ts says how), or is mended. */
  async setFlashFault(block: number, fault: FlashFault | undefined, stuck?: StuckBit): Promise<void> {
    await this.#send({ op: "flashFault", block, ...(fault && { fault }), ...(stuck && { stuck }) })
  }
  async gatt(request: GattRequest): Promise<GattReply> {
    const { gatt } = await this.#send({ op: "gatt", request })
    if (!gatt) throw new Error(`virtual board: no answer to GATT ${request.op}`)
    return gatt
  }

  /** A terminal sends `bytes`, which arrive as the clock runs. */
  async type(bytes: Uint8Array): Promise<void> {
    await this.#send({ op: "console", input: toHex(bytes) })
  }
  /** Somebody reads at the terminal from here on, or nobody. */
  async listenToConsole(listens: boolean): Promise<void> {
    await this.#send({ op: "console", listens })
  }

  async #send(command: Command, body?: Uint8Array): Promise<Reply> {
    const { reply, body: rest } = await this.#exchange(command, body)
    for (const event of reply.events ?? []) this.#listener.event?.(event)
    for (const notification of reply.notifications ?? []) this.#listener.notification?.(notification)
    for (const change of reply.motor ?? []) this.#listener.motor?.(change)
    if (reply.console !== undefined) this.#listener.console?.(Buffer.from(reply.console, "latin1"))
    this.#listener.reply?.(reply, rest)
    return reply
  }

  /** Without telling the listener: for what comes with no time having passed. */
  async #exchange(command: Command, body?: Uint8Array): Promise<{ reply: Reply; body: Uint8Array }> {
    const frame = await this.#engine.command(encodeFrame(command, body))
    const { head: reply, body: rest } = decodeFrame<Reply>(frame)
    this.#nowMs = reply.nowMs
    this.#rateHz = reply.rateHz ?? this.#rateHz
    this.#cutoffsHz = reply.cutoffsHz
    this.#nextSampleMs = reply.nextSampleMs ?? reply.nowMs
    this.#shank = reply.shank
    this.#operations = reply.operations ?? this.#operations
    this.#powerCut = reply.powerCut ?? false
    this.#startMs = reply.startMs ?? 0
    this.#isAsleep = reply.asleep ?? false
    this.#wakes = reply.wakes ?? 0
    this.#connection = reply.connection
    return { reply, body: rest }
  }
}
