/**
 * A phone and one device, from its choice to its end, over any number of connections: let in, read, synced; found again when the link is lost in mid-sync. What
 * comes of it is told as it comes; what goes wrong is thrown.
 */
import { PROTOCOL_VERSION } from "../../src/ble/layouts"
import { syncCoachLog } from "./coach-sync"
import { DeviceClient, type Status } from "./device-client"
import { batteryOf, type DeviceReading, readDevice } from "./device-facts"
import { type Failure, type FailureContext, failureOf, ProtocolError } from "./failure"
import type { ConnectableTransport, Finder } from "./finder"
import type { Clock, DeviceKeeper, LinkDevice, LinkState } from "./link-state"
import type { Wait } from "./notification-inbox"
import { ResumedSync } from "./resumed-sync"

/** As long as a press lets new phones in (src/ble/access.ts). */
const PAIRING_LIMIT_MS = 60_000
const PAIRING_EVERY_MS = 3000
/** Before each try to find a device again that was lost in mid-sync; from the first again after a run that came. */
const RETRY_WAITS_MS = [1000, 2000, 4000, 8000, 16_000]
/** A stack may refuse what was under way before it tells that the link is lost; it does within this. */
const LOSS_TOLD_MS = 500

/** What a session needs of the phone around it. */
export interface LinkSurroundings {
  finder: Finder
  keeper: DeviceKeeper
  clock: Clock
  wait: Wait
}

/** What goes wrong and is in words already. */
export class LinkError extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.happened)
    this.failure = failure
  }
}

export interface DeviceSessionOptions {
  transport: ConnectableTransport
  /** The device has let this phone in before. */
  isKnown: boolean
  surroundings: LinkSurroundings
  /** By device: each keeps what came of a run whose link was lost. */
  syncs: Map<string, ResumedSync>
  tell: (news: Partial<LinkState>) => void
  /** The device was let in and read, and its connection has ended. */
  gone: () => void
}

export class DeviceSession {
  readonly transport: ConnectableTransport
  readonly client: DeviceClient
  readonly #options: DeviceSessionOptions
  #isKnown: boolean
  #isOver = false
  #device: LinkDevice | undefined
  #sync: ResumedSync | undefined
  #isFollowed = false
  #endLive: (() => Promise<void>) | undefined

  constructor(options: DeviceSessionOptions) {
    this.#options = options
    this.transport = options.transport
    this.client = new DeviceClient(options.transport)
    this.#isKnown = options.isKnown
  }

  /** The device has told what it is. */
  get isRead(): boolean {
    return this.#device !== undefined
  }

  /** Nothing more is told. What is under way ends with an error at its next step. */
  end(): void {
    this.#isOver = true
    this.#sync?.abort()
  }

  abortSync(): void {
    this.#sync?.abort()
  }

  /** Connects and reads the device; one that does not know this phone is tried again until its wearer has pressed, or a minute is over. */
  async begin(): Promise<void> {
    const { clock, wait } = this.#options.surroundings
    const beganMs = clock.nowMs()
    let refusal: Failure | undefined
    for (;;) {
      const failure = await this.#connect()
      if (!failure) return this.#enter()
      if (isRefusal(failure)) refusal ??= failure
      // Between two tries the device may not advertise yet.
      if (!refusal || !isPassing(failure)) throw new LinkError(failure)
      if (clock.nowMs() - beganMs >= PAIRING_LIMIT_MS) throw new LinkError(refusal)
      this.#tell({ phase: "pairing", failure: refusal })
      await wait(PAIRING_EVERY_MS)
      this.#check()
    }
  }

  /** Fetches the runs and the entries of the coach that the phone does not have. */
  async sync(): Promise<void> {
    const { transport, client } = this
    const sync = this.#syncOfDevice()
    sync.begin((told) => this.#tell({ sync: told }))
    for (let tries = 0, added = 0; ; tries++) {
      try {
        if (tries > 0) await this.#comeBack(sync, tries)
        this.#tell({ phase: "syncing", failure: undefined, retry: undefined })
        await sync.run(transport)
        await this.fetchCoachLog()
        const status = await client.status()
        return this.#tell({ phase: "ready", ...this.statusNews(status) })
      } catch (error) {
        this.#check()
        if (transport.connected) await this.#options.surroundings.wait(LOSS_TOLD_MS)
        this.#check()
        if (transport.connected || (error instanceof LinkError && !isPassing(error.failure))) throw error
        if (sync.added > added) tries = 0
        added = sync.added
        if (sync.isAborted || tries === RETRY_WAITS_MS.length) throw error
      }
    }
  }

  /** Entries of the coach alone. */
  async fetchCoachLog(): Promise<void> {
    const { keeper, clock } = this.#options.surroundings
    if (this.#device) await syncCoachLog(this.client, this.#device.id, keeper, clock)
  }

  /** Whether the live measurement is told, over lost links too. */
  async followLive(on: boolean): Promise<void> {
    this.#isFollowed = on
    const end = this.#endLive
    if (on && !end) {
      this.#endLive = await this.client.subscribeLive((live) => {
        if (this.#isFollowed) this.#tell({ live })
      })
    } else if (!on && end) {
      this.#endLive = undefined
      await end()
    }
  }

  /** Reads all that is told of the device, sets its clock where that is due, and keeps what it is. */
  async read(): Promise<DeviceReading> {
    const { keeper, clock } = this.#options.surroundings
    const reading = await readDevice(this.client, keeper, clock)
    this.#device = reading.device
    return reading
  }

  statusNews(status: Status): Partial<LinkState> {
    if (this.#device) this.#device = { ...this.#device, ...batteryOf(status) }
    return { status, ...(this.#device && { device: this.#device }) }
  }

  /** Never throws. */
  async failureOf(error: unknown, step: FailureContext["step"] = "using"): Promise<Failure> {
    if (error instanceof LinkError) return error.failure
    const isOn = await isSwitchedOn(this.#options.surroundings.finder)
    return failureOf(error, { step, isOn, isKnown: this.#isKnown, isConnected: this.transport.connected })
  }

  /** Connects, and reads the first value that is for paired phones alone. @returns what went wrong */
  async #connect(): Promise<Failure | undefined> {
    const { transport, client } = this
    let step: FailureContext["step"] = "connecting"
    let failure: Failure | undefined
    try {
      if (!transport.connected) await transport.connect()
      this.#check()
      step = "pairing"
      const version = await client.protocolVersion()
      if (version !== PROTOCOL_VERSION) throw new ProtocolError(version)
    } catch (error) {
      failure = await this.failureOf(error, step)
    }
    this.#check()
    return failure
  }

  /** What is done with each connection once the device has let this phone in. */
  async #enter(): Promise<void> {
    const { transport, client } = this
    this.#isKnown = true
    this.#endLive = undefined
    transport.onDisconnect(this.#options.gone)
    this.#tell({ phase: "connecting", failure: undefined, retry: undefined })
    this.#tell(await this.read())
    try {
      await client.subscribeStatus((status) => this.#tell(this.statusNews(status)))
    } catch (error) {
      // A stack without notifications: the status is read when something was done.
      if (!transport.connected) throw error
    }
    if (this.#isFollowed) await this.followLive(true)
  }

  #syncOfDevice(): ResumedSync {
    const { syncs, surroundings } = this.#options
    const { keeper, wait } = surroundings
    const deviceId = this.#device?.id ?? ""
    const sync = syncs.get(deviceId) ?? new ResumedSync({ deviceId, wait, store: keeper.runStore(deviceId) })
    syncs.set(deviceId, sync)
    this.#sync = sync
    return sync
  }

  /** One try to find a device again that was lost in mid-sync. */
  async #comeBack(sync: ResumedSync, count: number): Promise<void> {
    const waitMs = RETRY_WAITS_MS[count - 1] as number
    const lost = await this.failureOf(new Error("the link was lost in mid-sync"))
    const retry = { count, limit: RETRY_WAITS_MS.length, waitMs }
    this.#tell({ phase: "lost", failure: lost, retry, live: undefined })
    await this.#options.surroundings.wait(waitMs)
    this.#check()
    if (sync.isAborted) throw new LinkError(lost)
    this.#tell({ phase: "connecting" })
    const failure = await this.#connect()
    if (failure) throw new LinkError(failure)
    await this.#enter()
  }

  #tell(news: Partial<LinkState>): void {
    if (!this.#isOver) this.#options.tell(news)
  }

  /** @throws Error when nobody waits for what is under way any more */
  #check(): void {
    if (this.#isOver) throw new Error("link: ended by the wearer")
  }
}

/** A browser that cannot tell is taken to be on. */
export async function isSwitchedOn(finder: Finder): Promise<boolean> {
  try {
    return await finder.isOn()
  } catch {
    return true
  }
}

/** The device does not know the phone. */
function isRefusal({ kind }: Failure): boolean {
  return kind === "notPairing" || kind === "forgotten"
}

/** What means little when a device was near just now: it may be away for a moment, or the link break before the phone is recognised. */
function isPassing(failure: Failure): boolean {
  return isRefusal(failure) || failure.kind === "outOfRange" || failure.kind === "lost"
}
