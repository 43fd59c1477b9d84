/**
 * How full the battery is, %, read once a minute; whether a supply charges it, every few seconds; and whether it is empty. What is shown moves
 * slowly, and does not rise while nothing charges the battery, though a cell's voltage does when less is drawn from it. While it is charged its
 * voltage is above what it would be at rest, and what is shown runs ahead. A battery that cannot be measured is a fault once, until it can be again.
 */
import { Problem } from "../ble/layouts"
import type { Board } from "../board"
import { lipoPercent } from "../drivers/discharge"
import type { BatteryGauge } from "../drivers/driver"
import { DeviceEvent, type DeviceLog } from "./device-log"

const LOW_PERCENT = 10
/** Protection cuts a cell off at 2.5 V or above; 4.2 V is full, and the ADC is off by 3 % at most. */
const CELL_MIN_MV = 2500
const CELL_MAX_MV = 4350
/** Below it a cell's voltage falls fast (src/drivers/discharge.ts); what is left lets the board that is off wait for days before the cell comes to harm. */
const EMPTY_MV = 3400
/** A cell that rests recovers by so much, and is no fuller for it. */
const RECOVERY_MV = 100
/** In a row, longer than any load that comes and goes. */
const EMPTY_READINGS = 5
const SUPPLY_EVERY_TICKS = 4
const LEVEL_EVERY_TICKS = 60
/** What is shown moves by so much a reading: 120 % an hour, more than any of our batteries loses. */
const STEP_PERCENT = 2
/** From telling the wearer to going off: longer than the buzz. */
const TELLING_TICKS = 3

export class BatteryLevel {
  /** Shown; 0 before the first reading. */
  percent = 0
  /** On a supply, be it full or not. */
  isCharging = false
  /** Who shows the level to the phone. */
  reader: { batteryChanged(): void } | undefined
  private readonly part: Board["battery"]
  private readonly log: DeviceLog
  private battery: BatteryGauge | undefined
  private hasFailed = false
  private ticks = 0
  /** Empty readings in a row, up to EMPTY_READINGS; once the wearer is told, the ticks since then on top. */
  private empty = 0

  constructor(part: Board["battery"], log: DeviceLog) {
    this.part = part
    this.log = log
  }

  get isLow(): boolean {
    return this.percent < LOW_PERCENT
  }

  /** Nothing charges it, and what is left is for storing what is open. */
  get isEmpty(): boolean {
    return this.empty >= EMPTY_READINGS
  }
  get isToldEmpty(): boolean {
    return this.empty > EMPTY_READINGS
  }
  /** The buzz that told the wearer is over. */
  get isTimeToGo(): boolean {
    return this.empty > EMPTY_READINGS + TELLING_TICKS
  }

  /** The first reading. @param wasEmpty it went off empty: one that was not charged since is empty at once */
  begin(wasEmpty: boolean): void {
    const mv = this.read(true)
    if (wasEmpty && mv < EMPTY_MV + RECOVERY_MV && !this.isCharging && !this.hasFailed)
      this.empty = EMPTY_READINGS
  }

  /** Once a second. @param isLoaded the motor turns: it draws the voltage down, and what is due waits */
  tick(isLoaded: boolean): void {
    if (this.isToldEmpty) {
      this.empty++
      this.read(false)
      return
    }
    if (isLoaded || ++this.ticks % SUPPLY_EVERY_TICKS !== 0) return
    this.read(this.empty > 0 || this.ticks % LEVEL_EVERY_TICKS === 0)
  }

  /** The wearer is told now that it is empty. */
  tellEmpty(): void {
    this.empty = EMPTY_READINGS + 1
  }

  /** Measured now: a voltage that a cell can have? */
  isPlausible(): boolean {
    try {
      this.battery ??= this.part.open()
      const mv = this.battery.readMv()
      return mv >= CELL_MIN_MV && mv <= CELL_MAX_MV
    } catch {
      return false
    }
  }

  /** Its IO is free until it is read again. */
  close(): void {
    const battery = this.battery
    this.battery = undefined
    battery?.close()
  }

  /** The supply, and the level with it where `isLevelDue`. @returns mV, 0 when it was not read */
  private read(isLevelDue: boolean): number {
    let mv = 0
    try {
      this.battery ??= this.part.open()
      this.supplied(this.battery.isCharging())
      if (!isLevelDue) return 0
      mv = this.battery.readMv()
    } catch (error) {
      if (!this.hasFailed) this.log.fault("battery", "battery: cannot be measured", error)
      this.hasFailed = true
      this.empty = 0
      this.log.problem(Problem.battery, true)
      return 0
    }
    this.hasFailed = false
    this.log.problem(Problem.battery, false)
    this.measured(mv)
    return mv
  }

  private supplied(isCharging: boolean): void {
    if (isCharging) this.empty = 0
    if (isCharging === this.isCharging) return
    this.isCharging = isCharging
    this.log.tell(DeviceEvent.supply, isCharging ? "connected" : "taken away")
    this.log.changed()
  }

  private measured(mv: number): void {
    if (this.isCharging || mv >= EMPTY_MV) this.empty = 0
    else if (!this.isEmpty) this.empty++
    const before = this.percent
    let percent = lipoPercent(mv)
    if (before > 0) {
      const most = this.isCharging ? before + STEP_PERCENT : before
      percent = Math.max(before - STEP_PERCENT, Math.min(most, percent))
    }
    if (percent === before) return
    this.percent = percent
    this.reader?.batteryChanged()
  }
}
