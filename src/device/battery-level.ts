/** How full the battery is, %: read once a minute. A battery that cannot be measured is a fault once, until it can be again. */
import type { Board } from "../board"
import { Battery, lipoPercent } from "../drivers/battery"
import type { DeviceLog } from "./device-log"

const LOW_PERCENT = 10

export class BatteryLevel {
  percent = 0
  /** Who shows the level to the phone. */
  reader: { batteryChanged(): void } | undefined
  readonly #wiring: Board["battery"]
  readonly #log: DeviceLog
  #battery: Battery | undefined
  #hasFailed = false

  constructor(wiring: Board["battery"], log: DeviceLog) {
    this.#wiring = wiring
    this.#log = log
  }

  get isLow(): boolean {
    return this.percent < LOW_PERCENT
  }

  read(): void {
    try {
      this.#battery ??= new Battery(this.#wiring)
      const percent = lipoPercent(this.#battery.readMv())
      this.#hasFailed = false
      if (percent === this.percent) return
      this.percent = percent
      this.reader?.batteryChanged()
    } catch (error) {
      if (!this.#hasFailed) this.#log.fault("battery", "battery: cannot be measured", error)
      this.#hasFailed = true
    }
  }

  close(): void {
    this.#battery?.close()
  }
}
