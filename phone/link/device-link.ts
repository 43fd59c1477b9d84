/**
 * The phone's link to one device: what the wearer does with it, and all that is known of it as one state, of which listeners are told each change. No
 * method rejects: what goes wrong is a failure in the state.
 */
import { nameRefused } from "../../src/storage/device-name"
import { settingRefused } from "../../src/storage/settings"
import { encodeUtf8 } from "../../src/utf8"
import type { CoachOpName, CoachValue, CommandName } from "./device-client"
import { DeviceSession, isSwitchedOn, LinkError, type LinkSurroundings } from "./device-session"
import { failureOf, failureOfLack, failureOfValue } from "./failure"
import type { ConnectableTransport, FoundDevice } from "./finder"
import { isConnected, type LinkState } from "./link-state"
import type { ResumedSync } from "./resumed-sync"

export class DeviceLink {
  readonly #surroundings: LinkSurroundings
  readonly #listeners = new Set<(state: LinkState) => void>()
  readonly #syncs = new Map<string, ResumedSync>()
  #state: LinkState = { phase: "idle" }
  #session: DeviceSession | undefined
  #last: FoundDevice | undefined
  /** Counts choices: an earlier one's outcome is of no interest. */
  #choice = 0

  constructor(surroundings: LinkSurroundings) {
    this.#surroundings = surroundings
  }

  get state(): LinkState {
    return this.#state
  }

  /** @param listener is called with each new state. @returns what ends it */
  listen(listener: (state: LinkState) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** The wearer chooses a device (to be called in a click); then as reconnect(). Nothing happens unless idle or lost. */
  async choose(): Promise<void> {
    const { finder } = this.#surroundings
    if (!this.#isFree) return
    if (finder.lack) return this.#tell({ failure: failureOfLack(finder.lack) })
    const choice = ++this.#choice
    this.#leave()
    this.#tell({ phase: "choosing", failure: undefined, retry: undefined })
    try {
      const found = await finder.choose()
      if (choice === this.#choice) await this.#begin(found, false)
    } catch (error) {
      const isOn = await isSwitchedOn(finder)
      const failure = failureOf(error, { step: "choosing", isOn, isConnected: false, isKnown: false })
      if (choice === this.#choice) this.#tell({ phase: "idle", failure })
    }
  }

  /**
   * Connects, pairs where that is needed, and syncs. Nothing happens unless idle or lost.
   * @param known one that was chosen before; without it the last one
   */
  async reconnect(known = this.#last): Promise<void> {
    if (this.#isFree && known) await this.#begin(known, true)
  }

  /** Fetches the runs that came since. Nothing happens unless ready. */
  async sync(): Promise<void> {
    const session = this.#session
    if (!session || this.#state.phase !== "ready") return
    try {
      await session.sync()
    } catch (error) {
      await this.#end(session, error)
    }
  }

  /** Ends a sync; what came is kept. */
  abortSync(): void {
    this.#session?.abortSync()
  }

  /** Whether the state tells the live measurement. @returns false when that was refused (the failure says why), or there is no connection */
  followLive(on: boolean): Promise<boolean> {
    return this.#ask(async (session) => {
      await session.followLive(on)
      return on ? {} : { live: undefined }
    })
  }

  /** @returns as followLive() */
  set(name: string, value: number): Promise<boolean> {
    return this.#ask(async ({ client }) => {
      const refused = settingRefused(name, value)
      if (refused !== undefined) throw new LinkError(failureOfValue(refused))
      await client.set(name, value)
      return { settings: await client.settings() }
    })
  }

  /** @returns as followLive() */
  command(name: CommandName): Promise<boolean> {
    return this.#ask(async (session) => {
      await session.client.command(name)
      return session.statusNews(await session.client.status())
    })
  }

  /** The device tests itself, and the state tells what it found. @returns as followLive() */
  selfTest(): Promise<boolean> {
    return this.#ask(async ({ client }) => {
      await client.command("selfTest")
      return { selfTest: await client.selfTest() }
    })
  }

  /** What the device does for the wearer now. What goes wrong is told by the next request. @returns undefined when it cannot be read, or there is no connection */
  async coach(): Promise<CoachValue | undefined> {
    const session = this.#session
    if (!session || !isConnected(this.#state)) return undefined
    return session.client.coach().catch(() => undefined)
  }

  /** @param routine of `start`; 0 otherwise. @returns as followLive() */
  askCoach(op: CoachOpName, routine = 0): Promise<boolean> {
    return this.#ask(async ({ client }) => {
      await client.askCoach(op, routine)
      return {}
    })
  }

  /** Keeps what came of routines that are over, without a sync. @returns as followLive() */
  fetchCoachLog(): Promise<boolean> {
    return this.#ask(async (session) => {
      await session.fetchCoachLog()
      return {}
    })
  }

  /** @returns as followLive() */
  rename(name: string): Promise<boolean> {
    return this.#ask(async (session) => {
      const refused = nameRefused(encodeUtf8(name))
      if (refused !== undefined) throw new LinkError(failureOfValue(refused))
      await session.client.setDeviceName(name)
      return session.read()
    })
  }

  /** Ends whatever is under way. */
  async disconnect(): Promise<void> {
    const session = this.#session
    this.#choice++
    this.#leave()
    this.#tellAnew({ phase: "idle" })
    if (session) await hangUp(session.transport)
  }

  get #isFree(): boolean {
    return this.#state.phase === "idle" || this.#state.phase === "lost"
  }

  async #begin(found: FoundDevice, isKnown: boolean): Promise<void> {
    this.#leave()
    const session: DeviceSession = new DeviceSession({
      transport: found.transport,
      isKnown,
      surroundings: this.#surroundings,
      syncs: this.#syncs,
      tell: (news) => this.#tell(news),
      gone: () => this.#gone(session),
    })
    this.#last = found
    this.#session = session
    this.#tellAnew({ phase: "connecting" })
    try {
      await session.begin()
      await session.sync()
    } catch (error) {
      await this.#end(session, error)
    }
  }

  /** What is under way for a device is of no interest any more, be it that it is lost and being found again. */
  #leave(): void {
    this.#session?.end()
    this.#session = undefined
  }

  /** @returns whether the device did it */
  async #ask(work: (session: DeviceSession) => Promise<Partial<LinkState>>): Promise<boolean> {
    const session = this.#session
    if (!session || !isConnected(this.#state)) return false
    try {
      const news = await work(session)
      const wasRefused = this.#state.failure?.kind === "refused"
      if (session === this.#session) this.#tell({ ...news, ...(wasRefused && { failure: undefined }) })
      return true
    } catch (error) {
      const failure = await session.failureOf(error)
      // A lost link is told by itself.
      if (session === this.#session && session.transport.connected) this.#tell({ failure })
      return false
    }
  }

  /** While something is under way, that finds out by itself. */
  #gone(session: DeviceSession): void {
    if (session === this.#session && this.#state.phase === "ready")
      void this.#end(session, new Error("the link was lost"))
  }

  /** A device that was read stays connected as long as it can. */
  async #end(session: DeviceSession, error: unknown): Promise<void> {
    const { transport, isRead } = session
    const failure = await session.failureOf(error)
    if (session === this.#session) {
      if (isRead && transport.connected) return this.#tell({ phase: "ready", failure, retry: undefined })
      this.#leave()
      this.#tell({ phase: isRead ? "lost" : "idle", failure, retry: undefined, live: undefined })
    }
    if (this.#session?.transport !== transport) await hangUp(transport)
  }

  #tell(news: Partial<LinkState>): void {
    this.#tellAnew({ ...this.#state, ...news })
  }

  #tellAnew(state: LinkState): void {
    this.#state = state
    for (const listener of this.#listeners) listener(state)
  }
}

async function hangUp(transport: ConnectableTransport): Promise<void> {
  try {
    if (transport.connected) await transport.disconnect()
  } catch {
    // Nobody waits for this link any more, and it ends by itself when the phone leaves.
  }
}
