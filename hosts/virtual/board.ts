/**
 * A Patella board made of models on one virtual clock: the processor's IO, storage and radio, and around them the parts of a board that there is
 * (equipment.ts).
 */
import type { Board } from "../../src/board"
import { ChipError } from "../../src/drivers/chip-error"
import type { IoClasses, PWM } from "../../src/io"
import { Wake } from "../../src/power/port"
import { FIRMWARE_VERSION } from "../../src/version"
import { analogOf } from "./analog"
import { CHIPS, equipmentOf, kindOf } from "./boards/kinds"
import { StackBonds } from "./bonds"
import { timeOf, timerOf, VirtualClock } from "./clock"
import { VirtualConsole } from "./console"
import { VirtualPins } from "./digital"
import type { Equipment } from "./equipment"
import { setFault } from "./faults"
import { VirtualFlash } from "./flash"
import { GattLink } from "./gatt"
import type { ImuModel } from "./imu-model"
import { VirtualKeyValue } from "./key-value"
import type { ImageInfo } from "./ota-image"
import { PowerSupply } from "./power"
import { ProcessorHalt, VirtualProcessor } from "./processor"
import type { BoardOptions, RebootKind, Reply } from "./protocol"
import { pwmOf } from "./pwm"
import { VirtualI2cBus } from "./smbus"
import { DisplayIo } from "./spi"
import { CollectingMonitor } from "./trace-monitor"
import { VirtualSlots } from "./update-slots"

const DEFAULT_BATTERY_MV = 3950
const DEFAULT_DEVICE_ID = "virtual board"
/** Power to the firmware's first line; boot loader and engine take their time. */
const POWER_UP_US = 100_000
const US_PER_MS = 1000
/** A contact that bounces is at rest after it. */
const BOUNCE_US = 5000
/** Instants are sums of rounded doubles: "until then" means this much longer. */
const ROUNDING_US = 0.1
const NO_ROWS = new Uint8Array(0)

/** What a loss of power leaves as it is. */
export interface Lasting {
  power: PowerSupply
  flash: VirtualFlash
  keyValue: VirtualKeyValue
  bonds: StackBonds
  /** Where the first holds this code, unless told otherwise. */
  slots?: VirtualSlots
}

/** The firmware, as something that is started. */
export type StartDevice = (board: Board, io: IoClasses) => { close(): void }

const WAKES: Readonly<Record<Exclude<RebootKind, "power">, Wake>> = {
  reset: Wake.reset,
  brownOut: Wake.brownOut,
  crash: Wake.crash,
}

export class VirtualBoard {
  readonly clock = new VirtualClock()
  readonly processor = new VirtualProcessor(this.clock)
  readonly bus = new VirtualI2cBus(this.clock)
  readonly pins = new VirtualPins(this.processor)
  readonly displayIo = new DisplayIo(this.clock, this.pins)
  readonly link: GattLink
  readonly console: VirtualConsole
  readonly power: PowerSupply
  readonly flash: VirtualFlash
  readonly keyValue: VirtualKeyValue
  readonly slots: VirtualSlots
  /** What the boot loader started last; undefined also when neither slot holds a whole image. */
  image: ImageInfo | undefined
  /** The processor's own. */
  readonly io: IoClasses
  readonly equipment: Equipment
  readonly thigh: ImuModel
  readonly shank: ImuModel | undefined
  /** What the firmware gets. */
  readonly board: Board
  batteryMv: number
  hasSupply: boolean
  /** What is, beside what the models of the parts know of themselves (faults.ts). */
  readonly broken = { thighChip: false, shankChip: false, motor: false }
  readonly #monitor: CollectingMonitor
  readonly #options: BoardOptions
  #buttonPressed = false
  readonly #pwms = new Set<PWM>()
  #motor: NonNullable<Reply["motor"]> = []
  #startDevice: StartDevice | undefined
  #device: ReturnType<StartDevice> | undefined
  /** While it sleeps: whether motion wakes it. */
  #sleepsByMotion: boolean | undefined
  /** What had happened when power went. */
  #lastWords: { reply: Reply; rows: Uint8Array } | undefined

  constructor(options: BoardOptions = {}, lasting: Lasting = newStorage(options)) {
    const { batteryMv = DEFAULT_BATTERY_MV, buttonPressed = false, deviceId = DEFAULT_DEVICE_ID } = options
    const { model, supply = false, trace = false } = options
    this.#options = options
    this.batteryMv = batteryMv
    this.hasSupply = supply
    this.power = lasting.power
    this.power.onCut = () => this.#stop()
    this.flash = lasting.flash
    this.keyValue = lasting.keyValue
    this.slots = lasting.slots ?? newSlots(options, this.power)
    this.link = new GattLink(this.clock, lasting.bonds, this.processor)
    this.#monitor = new CollectingMonitor(trace, this.processor)
    this.console = new VirtualConsole(this.processor, options.console)
    this.io = {
      SMBus: this.bus.SMBus,
      Digital: this.pins.Digital,
      PWM: pwmOf((pin, share) => this.equipment.pwm(pin, share), this.#pwms, this.broken),
      Analog: analogOf((pin) => this.equipment.analog(pin)),
    }
    this.equipment = equipmentOf({
      clock: this.clock,
      bus: this.bus,
      pins: this.pins,
      io: this.io,
      displayIo: this.displayIo,
      options,
      battery: this,
      onMotor: (share) => this.#drive(share),
      powerOff: () => this.power.turnOff(),
    })
    const { thigh, shank } = this.equipment
    this.thigh = thigh
    this.shank = shank
    this.pressButton(buttonPressed)
    for (const fault of options.faults ?? []) setFault(this, fault)
    this.board = {
      ...this.equipment.parts(),
      name: "virtual",
      timer: timerOf(this.processor),
      time: timeOf(this.processor),
      retained: this.#retainedClock(),
      deviceId,
      keyValue: this.keyValue,
      flash: this.flash,
      gatt: this.link.Server,
      power: this.#powerControl(),
      console: this.console,
      update: this.slots.portOf(() => this.#restart()),
      monitor: this.#monitor,
      ...(model === undefined ? {} : { model }),
    }
    this.pins.onChange = () => this.#lookForWake()
    this.clock.runUntil(POWER_UP_US)
  }

  /** Starts the firmware, and starts it again whenever the processor starts by itself. */
  start(startDevice: StartDevice): void {
    this.#startDevice = startDevice
    this.processor.run(() => this.#begin())
  }

  /** The firmware is told to end. */
  close(): void {
    const device = this.#device
    this.#device = undefined
    device?.close()
  }

  get isAsleep(): boolean {
    return this.#sleepsByMotion !== undefined
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

  /** Another voltage of the cell, or USB connected or taken away; without power too. */
  changeBattery(mv = this.batteryMv, hasSupply = this.hasSupply): void {
    this.batteryMv = mv
    this.hasSupply = hasSupply
    if (this.power.isOn) this.equipment.batteryChanged()
  }

  connectShank(connected: boolean): void {
    this.#shankChip().faults.absent = !connected
  }

  /** To ground; a pull-up holds the pin otherwise. @param bounces how often the contact opens or closes again before it stays */
  pressButton(pressed: boolean, bounces = 0): void {
    this.#buttonPressed = pressed
    const level = pressed ? 0 : 1
    const pin = this.equipment.buttonPin
    this.pins.drive(pin, level)
    const { clock } = this
    for (let edge = 1; edge <= 2 * bounces; edge++)
      clock.at(clock.nowUs + (edge * BOUNCE_US) / (2 * bounces), () =>
        this.pins.drive(pin, edge % 2 === 0 ? level : 1 - level),
      )
  }

  advance(ms: number): void {
    this.clock.runUntil(this.clock.nowUs + ms * US_PER_MS)
  }

  /**
   * The processor starts anew, and its firmware is not told: run it with start(). Without power meanwhile it is another board, with chips that begin
   * anew; what is broken stays broken. Otherwise it is this one, and all but the processor goes on.
   * @param offMs how long nothing ran
   */
  reboot(kind: RebootKind, offMs = 0): VirtualBoard {
    if (kind !== "power") return this.#resetProcessor(WAKES[kind], offMs)
    const { power, flash, keyValue, batteryMv, hasSupply: supply } = this
    power.turnOn()
    const next = new VirtualBoard(
      { ...this.#options, faults: [], batteryMv, supply, buttonPressed: this.#buttonPressed },
      { power, flash, keyValue, bonds: this.link.bonds, slots: this.slots },
    )
    next.bus.lines.short(this.bus.lines.isShorted)
    Object.assign(next.broken, this.broken)
    Object.assign(next.thigh.faults, this.thigh.faults)
    if (next.shank) Object.assign(next.shank.faults, this.shank?.faults)
    if (next.equipment.haptic) Object.assign(next.equipment.haptic.faults, this.equipment.haptic?.faults)
    return next
  }

  #resetProcessor(wake: Wake, offMs: number): this {
    this.#halt()
    // What a firmware without power said nobody heard.
    if (this.#lastWords) this.#take({ nowMs: 0 })
    this.#lastWords = undefined
    this.power.turnOn()
    this.clock.goOn()
    this.advance(offMs)
    this.processor.start(wake, POWER_UP_US, () => {})
    this.clock.runUntil(this.clock.nowUs + POWER_UP_US)
    return this
  }

  /** What the firmware had to do and had open is gone; pins are inputs again, and the air is silent. */
  #halt(): void {
    this.processor.halt()
    this.#device = undefined
    this.#sleepsByMotion = undefined
    this.pins.releaseAll()
    this.bus.closeAll()
    this.displayIo.releaseAll()
    Object.assign(this.board, this.equipment.parts())
    for (const pwm of [...this.#pwms]) pwm.close()
    this.link.stop()
    this.console.release()
  }

  #powerControl(): NonNullable<Board["power"]> {
    const virtual = this
    return {
      get wake() {
        return virtual.processor.wake
      },
      allowLightSleep(isAllowed) {
        virtual.processor.mayLightSleep = isAllowed
      },
      sleep(byMotion) {
        // Without power nobody takes the order.
        if (virtual.power.isOn) {
          virtual.#halt()
          virtual.#sleepsByMotion = byMotion
          virtual.#lookForWake()
        }
        throw new ProcessorHalt("virtual board: asleep")
      },
    }
  }

  /** The lines' levels wake it, not their edges: one that stands already does so at once. */
  #lookForWake(): void {
    if (this.#sleepsByMotion === undefined) return
    const { buttonPin, motion } = this.equipment
    if (this.pins.level(buttonPin) === 0) this.#wake(Wake.button)
    else if (this.#sleepsByMotion && this.pins.level(motion.pin) === motion.level) this.#wake(Wake.motion)
  }

  #wake(wake: Wake): void {
    this.#sleepsByMotion = undefined
    this.processor.start(wake, POWER_UP_US, () => this.#begin())
  }

  /** The firmware asked for it. */
  #restart(): never {
    this.#halt()
    this.processor.start(Wake.reset, POWER_UP_US, () => this.#begin())
    throw new ProcessorHalt("virtual board: restarts")
  }

  /** The boot loader's turn, then that of the image which it chose. */
  #begin(): void {
    const startDevice = this.#startDevice
    if (!startDevice) return
    this.image = undefined
    const image = this.slots.boot()
    this.image = image
    if (image?.behaviour === "crash") this.processor.start(Wake.crash, POWER_UP_US, () => this.#begin())
    else if (image && image.behaviour !== "hang") this.#device = startDevice(this.#boardOf(image), this.io)
  }

  /** As the firmware in `image` has it. */
  #boardOf({ version, behaviour }: ImageInfo): Board {
    const { thigh } = this.board
    const board = { ...this.board, firmware: version }
    if (behaviour === "well") return board
    const chip = { name: thigh.name, registers: {} }
    const open = () => {
      throw new ChipError(chip, 0, "bus", undefined, `firmware ${version} cannot talk to it`)
    }
    return { ...board, thigh: { ...thigh, open } }
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
    const heard = this.console.take()
    if (heard.length > 0) reply.console = heard
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
    return {
      get ms() {
        return Math.floor(clock.nowMs)
      },
    }
  }

  /** @throws Error when the board was made without one. */
  #shankChip(): ImuModel {
    if (!this.shank) throw new Error("virtual board: it has no shank chip: boot it with one")
    return this.shank
  }

  #drive(share: number): void {
    this.thigh.motorDuty = share
    this.#motor.push({ atMs: this.processor.nowMs, duty: share })
  }
}

function newSlots(options: BoardOptions, power: PowerSupply): VirtualSlots {
  const { slotBytes } = options
  const chip = CHIPS[kindOf(options)]
  return new VirtualSlots({ chip, version: FIRMWARE_VERSION, ...(slotBytes && { slotBytes }) }, power)
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
  }
}
