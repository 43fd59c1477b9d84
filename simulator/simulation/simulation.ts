/**
 * The one core of page, command line and tests: the firmware booted in an engine on the virtual board, set up by a virtual phone, moved by a motion, with whatever
 * is done to it meanwhile; then left alone until it closed its run, and read. The same motion and actions give the same report, however the time is cut into pieces.
 */
import type {
  BoardEvent,
  BoardOptions,
  GattReply,
  GattRequest,
  Notification,
  Reply,
} from "../../hosts/virtual/protocol"
import { StatusFlag } from "../../src/ble/layouts"
import { BoardLink } from "../board-link"
import type { Engine } from "../engine/engine"
import { openFirmware } from "../engine/firmware-engine"
import { KNOWN_PHONE, knowing } from "../phone/known-phone"
import { Phone } from "../phone/phone"
import { replayJson } from "../phone/replay-json"
import { Playback, startsNext, waitForSensors } from "../playback"
import type { Action, TimedAction } from "./action"
import { Agenda } from "./agenda"
import { AttendingPhone } from "./attending-phone"
import { Boots } from "./boots"
import { CompanionPhone } from "./companion-phone"
import { type DeviceView, Hands } from "./hands"
import type { SimulationOptions, SimulationResult } from "./options"
import { inMs, Passing } from "./passing"
import type { PhoneView } from "./phone-view"

const MS_PER_S = 1000
/** The carried phone looks after the device so often. */
const PHONE_S = 1
/** A run opens after 8 strides within 10 s (src/run/bout-detection.ts), so sooner "no run open" may mean "not yet". */
const SETTLE_MS = 15_000
const POLL_MS = 5000
/** Unless the settings say otherwise: what is played is to be measured, bends and trace are of one boot. */
const STAYS_AWAKE = { sleepAfterMin: 0 }
/** Beyond the pause limit, how long the device may take to close a run. */
const CLOSE_MARGIN_MS = 120_000

export class Simulation {
  /** Not near, unless it is made to connect: between two pieces of time. */
  readonly companion: CompanionPhone
  readonly #options: SimulationOptions
  readonly #engine: Engine
  readonly #link: BoardLink
  readonly #phone: Phone
  readonly #attending: AttendingPhone | undefined
  readonly #hands: Hands
  readonly #boots = new Boots()
  readonly #agenda = new Agenda()
  readonly #done: TimedAction[] = []
  #playback: Playback | undefined
  #passing: Passing | undefined
  #lastEvent: BoardEvent | undefined
  #phoneS = 0

  private constructor(options: SimulationOptions, engine: Engine) {
    this.#options = options
    this.#engine = engine
    this.#link = new BoardLink(engine, this)
    const send = async (request: GattRequest): Promise<GattReply> => {
      const reply = await this.#link.gatt(request)
      options.listener?.gatt?.(this.#clockS, request, reply)
      return reply
    }
    this.#phone = new Phone(send, KNOWN_PHONE)
    if (options.phone === "carried")
      this.#attending = new AttendingPhone(this.#phone, (newest) => {
        const zeros = this.#boots.zeros(newest)
        return (bootId) => zeros.get(bootId) ?? this.#boots.zeroMs
      })
    this.#hands = new Hands({
      link: this.#link,
      motion: options.motion,
      agenda: this.#agenda,
      ...(options.batteryMv !== undefined && { batteryMv: options.batteryMv }),
      supply: options.supply ?? false,
      phoneLost: (why) => this.#linkLost(why),
      set: (name, value) => this.#set(name, value),
      powered: () => this.#powered(),
      boardOptions: () => this.#boardOptions(),
    })
    this.companion = new CompanionPhone({ send, isNear: () => this.#isNear, carried: this.#attending })
  }

  /** Boots the device and sets it up. @throws Error when the engine is missing, the firmware fails, or its sensor does not start */
  static async start(options: SimulationOptions): Promise<Simulation> {
    const engine = await (options.opened ?? openFirmware(options.engine, options.firmware))
    options.listener?.started?.()
    const simulation = new Simulation(options, engine)
    try {
      await simulation.#boot()
      return simulation
    } catch (error) {
      await simulation.close()
      throw error
    }
  }

  /** How far it has come, s of the motion; goes on past its end, where the last pose is held. */
  get timeS(): number {
    return this.#passing?.timeS ?? 0
  }
  /** The motion is over. */
  get isPlayed(): boolean {
    return this.timeS > this.#endS
  }
  /** By hand, with their times. */
  get done(): readonly TimedAction[] {
    return this.#done
  }
  /** What the carried phone knows; undefined when it is at home. */
  get phoneView(): Readonly<PhoneView> | undefined {
    return this.#attending?.view
  }
  /** What a bystander sees of the device. */
  get device(): DeviceView {
    return this.#hands.view
  }
  /** The content of the flash, and how often each of its blocks was erased; undefined while power is off. */
  async flash(): Promise<{ image: Uint8Array; erases: number[] } | undefined> {
    return this.#hands.hasPower ? this.#link.flash() : undefined
  }
  /** How long the virtual clock ran since power came, s. */
  get virtualS(): number {
    return this.#link.clockMs / MS_PER_S
  }
  /** Samples a second that the chip puts out; 0 while it is off. */
  get chipRateHz(): number {
    return this.#link.rateHz
  }

  /** Time passes: the motion is played, and what is due is done. */
  async advance(forS: number): Promise<void> {
    await this.#advanceTo(inMs(this.timeS + forS))
  }

  /** Plays all of the motion that is left. */
  async playOn(): Promise<void> {
    await this.#advanceTo(inMs(this.#endS + 1 / MS_PER_S))
  }

  /** Does it now, and keeps it with its time. @throws Error when it cannot be done */
  async act(action: Action): Promise<void> {
    await this.#agenda.doUntil(this.timeS)
    const timed = { atS: this.timeS, ...action }
    await this.#act(timed)
    this.#done.push(timed)
  }

  /** Waits for the device to close its run, and reads all that it knows. @throws Error when it never does */
  async finish(): Promise<SimulationResult> {
    if (this.#agenda.lastS >= this.timeS) await this.#advanceTo(this.#agenda.lastS)
    await this.#agenda.doUntil(this.timeS)
    await this.#hands.reachable()
    await this.companion.disconnect()
    if (!this.#phone.transport.connected) await this.#phone.connect()
    await this.#waitForClosedRun()
    await this.#attending?.attend(this.#clockS)
    const sync = await this.#phone.sync()
    await this.#phone.disconnect()
    const { recording } = this.#options.motion
    const json = replayJson({
      recording,
      engine: this.#engine.name,
      startMs: this.#boots.zeroMs,
      zerosMs: this.#boots.zeros(sync.identity.bootId),
      sync,
    })
    return { json, sync, virtualS: this.virtualS }
  }

  async close(): Promise<void> {
    this.companion.saw(undefined)
    await this.#engine.close()
  }

  /** Called by the board's link, as what follows. */
  event(event: BoardEvent): void {
    this.#lastEvent = event
    this.#options.listener?.event?.(this.#motionS((event.startMs ?? 0) + event.atMs), event)
  }
  notification(notification: Notification): void {
    const timeS = this.#motionS(this.#link.startMs + notification.atMs)
    if (this.companion.connected) this.companion.notified(notification)
    else this.#attending?.notified(notification, timeS)
    this.#options.listener?.notification?.(timeS, notification)
  }
  motor({ atMs, duty }: { atMs: number; duty: number }): void {
    this.#hands.motorDuty = duty
    this.#options.listener?.motor?.(this.#motionS(this.#link.startMs + atMs), duty)
  }
  reply(reply: Reply, body: Uint8Array): void {
    this.#boots.heard(reply)
    this.companion.saw(reply.connection)
    const startMs = reply.startMs ?? 0
    this.#options.listener?.reply?.(reply, body, (deviceMs) => this.#motionS(startMs + deviceMs))
  }

  async #boot(): Promise<void> {
    const { actions = [], settings = {}, motion } = this.#options
    await this.#link.boot(this.#boardOptions())
    await waitForSensors(this.#link, () => this.#lastEvent)
    await this.#phone.connect()
    for (const [name, value] of Object.entries(settings)) await this.#phone.set(name, value)
    await this.#phone.disconnect()
    this.#boots.zeroMs = startsNext(this.#link, motion.recording)
    this.#playback = new Playback(this.#link, motion, this.#boots.zeroMs)
    const firstS = inMs(motion.recording.timeS[0] as number)
    this.#passing = new Passing(firstS, {
      link: this.#link,
      playback: this.#playback,
      boots: this.#boots,
      hands: this.#hands,
      progress: () => this.#options.listener?.progress?.(this.#clockS),
    })
    this.#phoneS = firstS
    for (const action of actions)
      this.#agenda.add(Math.max(firstS, action.atS), () => this.#act({ ...action }))
  }

  #boardOptions(): BoardOptions {
    const { batteryMv, board, chipRate, deviceId, model, sensors = 1, supply, trace = false } = this.#options
    return knowing(
      {
        trace,
        ...(board && { kind: board }),
        ...(deviceId !== undefined && { deviceId }),
        ...(model !== undefined && { model }),
        ...(sensors === 2 && { shank: {} }),
        ...(chipRate && { rate: chipRate }),
        ...(batteryMv !== undefined && { batteryMv }),
        ...(supply !== undefined && { supply }),
      },
      STAYS_AWAKE,
    )
  }

  async #act(action: TimedAction): Promise<void> {
    await this.#hands.act(action)
    this.#options.listener?.acted?.(action)
  }

  async #advanceTo(untilS: number): Promise<void> {
    while (this.timeS < untilS) {
      await this.#agenda.doUntil(this.timeS)
      const phoneS = this.#attending ? this.#phoneS : Number.POSITIVE_INFINITY
      if (phoneS <= this.timeS) {
        await this.#attend()
        continue
      }
      const nextS = Math.min(untilS, this.#agenda.nextS, phoneS)
      await this.#passing?.until(nextS)
    }
  }

  async #attend(): Promise<void> {
    this.#phoneS = inMs(this.timeS + PHONE_S)
    if (this.#phone.transport.connected && this.#link.connection === undefined) this.#attending?.lost("none")
    if (this.#isNear) await this.#attending?.attend(this.timeS)
  }

  async #waitForClosedRun(): Promise<void> {
    const { listener } = this.#options
    const link = this.#link
    const endMs = link.clockMs
    await link.advance(SETTLE_MS)
    listener?.progress?.(this.#clockS)
    const { pauseLimitS = 0 } = await (await this.#nearPhone()).settings()
    const limitMs = endMs + SETTLE_MS + pauseLimitS * MS_PER_S + CLOSE_MARGIN_MS
    while (await this.#hasOpenRun()) {
      if (link.clockMs > limitMs) {
        const waitedS = Math.round((link.clockMs - endMs) / MS_PER_S)
        throw new Error(`the device still has a run open ${waitedS} s after the recording ended`)
      }
      await link.advance(POLL_MS)
      listener?.progress?.(this.#clockS)
    }
  }

  async #hasOpenRun(): Promise<boolean> {
    return ((await (await this.#nearPhone()).status()).flags & StatusFlag.runOpen) !== 0
  }

  /** Connected: a device that switched itself off meanwhile is charged and woken. */
  async #nearPhone(): Promise<Phone> {
    if (this.#link.connection === undefined) {
      this.#phone.transport.lost()
      await this.#hands.reachable()
      await this.#phone.connect()
    }
    return this.#phone
  }

  async #set(name: string, value: number): Promise<void> {
    if (this.#attending) {
      await this.#attending.set(name, value, this.timeS)
      return
    }
    await this.#phone.connect()
    await this.#phone.set(name, value)
    await this.#phone.disconnect()
  }

  get #isNear(): boolean {
    return this.#hands.hasPower && this.#hands.inReach && !this.#link.isAsleep
  }

  #linkLost(why: "out of reach" | "none"): void {
    this.companion.saw(undefined)
    if (this.#attending) this.#attending.lost(why)
    else this.#phone.transport.lost()
  }

  /** The device's clock begins anew. */
  #powered(): void {
    this.#boots.powered(this.timeS * MS_PER_S)
    this.#playback?.restart(this.#boots.zeroMs)
  }

  /** The last row's time; no tick of the chip that lies after it is played. */
  get #endS(): number {
    return this.#options.motion.recording.timeS.at(-1) as number
  }
  get #clockS(): number {
    return this.#motionS(this.#link.clockMs)
  }
  #motionS(clockMs: number): number {
    return (clockMs - this.#boots.zeroMs) / MS_PER_S
  }
}
