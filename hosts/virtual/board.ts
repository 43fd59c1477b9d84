/**
 * A Patella board made of models on one virtual clock: the thigh's LSM6DSO on I²C (and the shank's), interrupts, motor, battery, button,
 * storage and radio. Wired as the XIAO ESP32C3 is.
 */
import type { Board, ImuWiring } from "../../src/board"
import { LSM6DSO_ADDRESS, LSM6DSO_ADDRESS_HIGH } from "../../src/drivers/lsm6dso-registers"
import { BATTERY_FULL_SCALE_MV, BUS_HZ, MOTOR_HZ, PIN } from "../esp32/xiao_esp32c3/wiring"
import { analogOf } from "./analog"
import { StackBonds } from "./bonds"
import { timeOf, timerOf, VirtualClock } from "./clock"
import { VirtualPins } from "./digital"
import { VirtualFlash } from "./flash"
import { GattLink } from "./gatt"
import { VirtualKeyValue } from "./key-value"
import { Lsm6dsoModel } from "./lsm6dso"
import { PowerSupply } from "./power"
import type { BoardOptions, ChipOptions, RebootKind, Reply } from "./protocol"
import { pwmOf } from "./pwm"
import { VirtualI2cBus } from "./smbus"
import { CollectingMonitor } from "./trace-monitor"

const DEFAULT_BATTERY_MV = 3950
const DEFAULT_DEVICE_ID = "virtual board"
/** No two chips' clocks agree: 0.45 % apart (AN5192 gives INTERNAL_FREQ_FINE 0.15 % a step). */
const DEFAULT_SHANK_FREQ_FINE = 3
/** Power to the firmware's first line; boot loader and engine take their time. */
const POWER_UP_US = 100_000
const US_PER_MS = 1000
/** A contact that bounces is at rest after it. */
const BOUNCE_US = 5000
/** Instants are sums of rounded doubles: "until then" means this much longer. */
const ROUNDING_US = 0.1
const NO_ROWS = new Uint8Array(0)

/** What a reboot leaves as it is. */
export interface Lasting {
  power: PowerSupply
  flash: VirtualFlash
  keyValue: VirtualKeyValue
  bonds: StackBonds
  /** What the retained clock shows when the processor starts. */
  retainedMs: number
}

export class VirtualBoard {
  readonly clock = new VirtualClock()
  readonly bus = new VirtualI2cBus(this.clock)
  readonly pins = new VirtualPins(this.clock)
  readonly link: GattLink
  readonly power: PowerSupply
  readonly flash: VirtualFlash
  readonly keyValue: VirtualKeyValue
  readonly thigh: Lsm6dsoModel
  readonly shank: Lsm6dsoModel | undefined
  /** What the firmware gets. */
  readonly board: Board
  batteryMv: number
  readonly #monitor: CollectingMonitor
  readonly #options: BoardOptions
  #buttonPressed = false
  readonly #retainedMs: number
  #motor: NonNullable<Reply["motor"]> = []
  /** What had happened when power went. */
  #lastWords: { reply: Reply; rows: Uint8Array } | undefined

  constructor(options: BoardOptions = {}, lasting: Lasting = newStorage(options)) {
    const {
      thigh = {},
      shank,
      rate,
      batteryMv = DEFAULT_BATTERY_MV,
      buttonPressed = false,
      deviceId = DEFAULT_DEVICE_ID,
      model,
      trace = false,
    } = options
    this.#options = options
    this.batteryMv = batteryMv
    this.power = lasting.power
    this.power.onCut = () => this.#stop()
    this.flash = lasting.flash
    this.keyValue = lasting.keyValue
    this.link = new GattLink(this.clock, lasting.bonds)
    this.#retainedMs = lasting.retainedMs
    this.pressButton(buttonPressed)
    this.#monitor = new CollectingMonitor(trace)
    this.thigh = this.#chip(LSM6DSO_ADDRESS, PIN.sensorInterrupt, thigh)
    this.shank =
      shank &&
      this.#chip(LSM6DSO_ADDRESS_HIGH, PIN.shankInterrupt, { freqFine: DEFAULT_SHANK_FREQ_FINE, ...shank })
    this.board = {
      name: "virtual",
      timer: timerOf(this.clock),
      time: timeOf(this.clock),
      retained: this.#retainedClock(),
      thigh: this.#wiring(LSM6DSO_ADDRESS, PIN.sensorInterrupt, rate),
      ...(shank && { shank: this.#wiring(LSM6DSO_ADDRESS_HIGH, PIN.shankInterrupt, rate) }),
      motor: { io: pwmOf((_pin, share) => this.#drive(share)), pin: PIN.motor, hz: MOTOR_HZ },
      battery: {
        io: analogOf(() => this.batteryMv / BATTERY_FULL_SCALE_MV),
        pin: PIN.battery,
        mvFullScale: BATTERY_FULL_SCALE_MV,
      },
      button: { io: this.pins.Digital, pin: PIN.button },
      deviceId,
      keyValue: this.keyValue,
      flash: this.flash,
      gatt: this.link.Server,
      monitor: this.#monitor,
      ...(model === undefined ? {} : { model }),
    }
    this.clock.runUntil(POWER_UP_US)
  }

  /**
   * The clock runs until all of the thigh's samples, word pairs, are taken.
   * @param shankBytes so many at the end are the shank's
   */
  play(pairs: Uint8Array, shankBytes = 0): void {
    const thighBytes = pairs.length - shankBytes
    if (shankBytes > 0) this.#shankChip().play(pairs.subarray(thighBytes))
    this.clock.runUntil(this.thigh.play(pairs.subarray(0, thighBytes)).lastUs + ROUNDING_US)
  }

  /** The clock runs, and the chips take no samples meanwhile. */
  silence(ms: number): void {
    this.thigh.silence(ms)
    this.shank?.silence(ms)
    this.advance(ms)
  }

  connectShank(connected: boolean): void {
    this.#shankChip().faults.absent = !connected
  }

  /** To ground; a pull-up holds the pin otherwise. @param bounces how often the contact opens or closes again before it stays */
  pressButton(pressed: boolean, bounces = 0): void {
    this.#buttonPressed = pressed
    const level = pressed ? 0 : 1
    this.pins.drive(PIN.button, level)
    const { clock } = this
    for (let edge = 1; edge <= 2 * bounces; edge++)
      clock.at(clock.nowUs + (edge * BOUNCE_US) / (2 * bounces), () =>
        this.pins.drive(PIN.button, edge % 2 === 0 ? level : 1 - level),
      )
  }

  advance(ms: number): void {
    this.clock.runUntil(this.clock.nowUs + ms * US_PER_MS)
  }

  /**
   * The board as it starts anew; this one is no more, and its firmware is not told. What is broken stays broken.
   * @param offMs how long nothing ran
   */
  reboot(kind: RebootKind, offMs = 0): VirtualBoard {
    const { power, flash, keyValue, batteryMv } = this
    const retainedMs = kind === "reset" ? this.#retainedMs + this.clock.nowMs + offMs : 0
    power.turnOn()
    const next = new VirtualBoard(
      { ...this.#options, batteryMv, buttonPressed: this.#buttonPressed },
      { power, flash, keyValue, bonds: this.link.bonds, retainedMs },
    )
    Object.assign(next.thigh.faults, this.thigh.faults)
    if (next.shank) Object.assign(next.shank.faults, this.shank?.faults)
    return next
  }

  /** Moves everything that happened since the last call into `reply`; gives the trace rows. Without power nothing happens. */
  moveInto(reply: Reply): Uint8Array {
    if (this.#lastWords) {
      const { reply: last, rows } = this.#lastWords
      this.#lastWords = { reply: { nowMs: 0 }, rows: NO_ROWS }
      Object.assign(reply, last, { nowMs: reply.nowMs })
      return rows
    }
    return this.#take(reply)
  }

  #take(reply: Reply): Uint8Array {
    const notifications = this.link.takeNotifications()
    if (notifications.length > 0) reply.notifications = notifications
    if (this.#motor.length > 0) reply.motor = this.#motor
    this.#motor = []
    return this.#monitor.moveInto(reply)
  }

  /** Power goes: the clock stands, and what the firmware does with the exception never leaves the board. */
  #stop(): void {
    this.clock.stop()
    const reply: Reply = { nowMs: 0 }
    this.#lastWords = { reply, rows: this.#take(reply).slice() }
  }

  #retainedClock(): NonNullable<Board["retained"]> {
    const { clock } = this
    const startMs = this.#retainedMs
    return {
      get ms() {
        return Math.floor(startMs + clock.nowMs)
      },
    }
  }

  #chip(address: number, interruptPin: number, { freqFine = 0, present = true }: ChipOptions): Lsm6dsoModel {
    const onInt1 = (level: number) => this.pins.drive(interruptPin, level)
    const chip = new Lsm6dsoModel({ clock: this.clock, freqFine, onInt1 })
    chip.faults.absent = !present
    this.bus.attach(address, chip)
    return chip
  }

  #wiring(address: number, interruptPin: number, rate: BoardOptions["rate"]): ImuWiring {
    return {
      sensor: { io: this.bus.SMBus, data: PIN.data, clock: PIN.clock, hz: BUS_HZ, address },
      interrupt: { io: this.pins.Digital, pin: interruptPin },
      ...(rate && { rate }),
    }
  }

  /** @throws Error when the board was made without one. */
  #shankChip(): Lsm6dsoModel {
    if (!this.shank) throw new Error("virtual board: it has no shank chip: boot it with one")
    return this.shank
  }

  #drive(share: number): void {
    this.thigh.motorDuty = share
    this.#motor.push({ atMs: this.clock.nowMs, duty: share })
  }
}

/** @param image what the flash holds; it is erased when left out */
export function newStorage({ keyValue, bonds, flash, cut }: BoardOptions, image?: Uint8Array): Lasting {
  const power = new PowerSupply()
  power.cutAt(cut)
  return {
    power,
    flash: new VirtualFlash({ ...flash, image, power }),
    keyValue: new VirtualKeyValue(keyValue, power),
    bonds: new StackBonds(bonds),
    retainedMs: 0,
  }
}
