/**
 * A Patella board made of models on one virtual clock: the thigh's LSM6DSO on I²C, its interrupt, motor, battery, storage
 * and radio. Wired as the XIAO ESP32C3 is.
 */
import type { Board } from "../../src/board"
import { LSM6DSO_ADDRESS } from "../../src/drivers/lsm6dso-registers"
import { BATTERY_FULL_SCALE_MV, BUS_HZ, MOTOR_HZ, PIN } from "../esp32/xiao_esp32c3/wiring"
import { analogOf } from "./analog"
import { timeOf, timerOf, VirtualClock } from "./clock"
import { VirtualPins } from "./digital"
import { VirtualFlash } from "./flash"
import { GattLink } from "./gatt"
import { VirtualKeyValue } from "./key-value"
import { Lsm6dsoModel } from "./lsm6dso"
import type { BoardOptions, Reply } from "./protocol"
import { pwmOf } from "./pwm"
import { VirtualI2cBus } from "./smbus"
import { CollectingMonitor } from "./trace-monitor"

const DEFAULT_BATTERY_MV = 3950
/** Power to the firmware's first line; boot loader and engine take their time. */
const POWER_UP_US = 100_000
const US_PER_MS = 1000
/** Instants are sums of rounded doubles: "until then" means this much longer. */
const ROUNDING_US = 0.1

export class VirtualBoard {
  readonly clock = new VirtualClock()
  readonly bus = new VirtualI2cBus(this.clock)
  readonly pins = new VirtualPins(this.clock)
  readonly link = new GattLink(this.clock)
  readonly flash = new VirtualFlash()
  readonly keyValue: VirtualKeyValue
  readonly thigh: Lsm6dsoModel
  /** What the firmware gets. */
  readonly board: Board
  batteryMv: number
  readonly #monitor: CollectingMonitor
  #motor: NonNullable<Reply["motor"]> = []

  constructor(options: BoardOptions = {}) {
    const { thigh = {}, batteryMv = DEFAULT_BATTERY_MV, keyValue, model, trace = false } = options
    this.batteryMv = batteryMv
    this.keyValue = new VirtualKeyValue(keyValue)
    this.#monitor = new CollectingMonitor(trace)
    this.thigh = new Lsm6dsoModel({
      clock: this.clock,
      freqFine: thigh.freqFine ?? 0,
      onInt1: (level) => this.pins.drive(PIN.sensorInterrupt, level),
    })
    this.thigh.faults.absent = thigh.present === false
    this.bus.attach(LSM6DSO_ADDRESS, this.thigh)
    this.board = {
      name: "virtual",
      timer: timerOf(this.clock),
      time: timeOf(this.clock),
      thigh: {
        sensor: {
          io: this.bus.SMBus,
          data: PIN.data,
          clock: PIN.clock,
          hz: BUS_HZ,
          address: LSM6DSO_ADDRESS,
        },
        interrupt: { io: this.pins.Digital, pin: PIN.sensorInterrupt },
      },
      motor: { io: pwmOf((_pin, share) => this.#drive(share)), pin: PIN.motor, hz: MOTOR_HZ },
      battery: {
        io: analogOf(() => this.batteryMv / BATTERY_FULL_SCALE_MV),
        pin: PIN.battery,
        mvFullScale: BATTERY_FULL_SCALE_MV,
      },
      keyValue: this.keyValue,
      flash: this.flash,
      gatt: this.link.Server,
      monitor: this.#monitor,
      ...(model === undefined ? {} : { model }),
    }
    this.clock.runUntil(POWER_UP_US)
  }

  /** The clock runs until all samples are taken. */
  play(samples: Uint8Array): void {
    this.clock.runUntil(this.thigh.play(samples).lastUs + ROUNDING_US)
  }

  advance(ms: number): void {
    this.clock.runUntil(this.clock.nowUs + ms * US_PER_MS)
  }

  /** Moves everything that happened since the last call into `reply`; gives the trace rows. */
  moveInto(reply: Reply): Uint8Array {
    const notifications = this.link.takeNotifications()
    if (notifications.length > 0) reply.notifications = notifications
    if (this.#motor.length > 0) reply.motor = this.#motor
    this.#motor = []
    return this.#monitor.moveInto(reply)
  }

  #drive(share: number): void {
    this.thigh.motorDuty = share
    this.#motor.push({ atMs: this.clock.nowMs, duty: share })
  }
}
