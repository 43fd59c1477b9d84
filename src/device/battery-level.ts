/** How full the battery is, %: read once a minute. A battery that cannot be measured is a fault once, until it can be again. */
import type { Board } from "../board"
import { Battery, lipoPercent } from "../drivers/battery"
import type { DeviceLog } from "./device-log"

const LOW_PERCENT = 10
/** Protection cuts a cell off at 2.5 V or above; 4.2 V is full, and the ADC is off by 3 % at most. */
const CELL_MIN_MV = 2500
const CELL_MAX_MV = 4350

export class BatteryLevel {
  percent = 0
  /** Who shows the level to the phone. */
  reader: { batteryChanged(): void } | undefined
  private readonly wiring: Board["battery"]
  private readonly log: DeviceLog
  private battery: Battery | undefined
  private hasFailed = false

  constructor(wiring: Board["battery"], log: DeviceLog) {
    this.wiring = wiring
    this.log = log
  }

  get isLow(): boolean {
    return this.percent < LOW_PERCENT
  }

  read(): void {
    try {
      this.battery ??= new Battery(this.wiring)
      const percent = lipoPercent(this.battery.readMv())
      this.hasFailed = false
      if (percent === this.percent) return
      this.percent = percent
      this.reader?.batteryChanged()
    } catch (error) {
      if (!this.hasFailed) this.log.fault("battery", "battery: cannot be measured", error)
      this.hasFailed = true
    }
  }

  /** Measured now: a voltage that a cell can have? */
  isPlausible(): boolean {
    try {
      this.battery ??= new Battery(this.wiring)
      const mv = this.battery.readMv()
      return mv >= CELL_MIN_MV && mv <= CELL_MAX_MV
    } catch {
      return false
    }
  }

  close(): void {
    this.battery?.close()
  }
}
