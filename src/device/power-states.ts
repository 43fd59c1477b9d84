/**
 * The device's states of power: recording and standing by, between whose batches and timers the processor may sleep lightly, and sleep, from which
 * a movement or the button wakes it (docs/power.md). Looked at once a second.
 */

import type { PatellaService } from "../ble/service"
import { constant } from "../constant"
import { Wake } from "../power/port"
import { Stillness } from "../power/stillness"
import { DeviceEvent } from "./device-log"
import type { DeviceParts } from "./device-parts"
import { isUpdating } from "./update-keeping"

const WAKE_WORDS: Readonly<Record<Wake, string>> = constant({
  [Wake.power]: "power came",
  [Wake.reset]: "after a reset",
  [Wake.brownOut]: "after the supply was too low",
  [Wake.crash]: "after a crash",
  [Wake.motion]: "by motion",
  [Wake.button]: "by the button",
})

export class PowerStates extends Stillness {
  private readonly parts: DeviceParts
  private readonly service: PatellaService
  private isDozing = false

  /** Undefined where the board cannot sleep. */
  static of(parts: DeviceParts, service: PatellaService): PowerStates | undefined {
    const { power } = parts.board
    return power && new PowerStates(parts, service, power.wake)
  }

  constructor(parts: DeviceParts, service: PatellaService, wake: Wake) {
    super(wake === Wake.motion)
    this.parts = parts
    this.service = service
    parts.haptics.listener = this
    if (wake !== Wake.power) parts.log.tell(DeviceEvent.woke, WAKE_WORDS[wake])
  }

  /** Once a second. @returns whether it is to sleep */
  tick(): boolean {
    const { thigh, sitting, settings } = this.parts
    this.doze(this.parts.haptics.playing === undefined)
    // What it says of its own accord to whoever sits still, and how that shakes it, neither uses nor moves it.
    const isNudge = sitting?.isBuzzNew === true
    const isUsed = this.isUsed(isNudge)
    const isMoving = !isUsed && !isNudge && thigh.isMoving
    const isDue = this.second(isUsed, isMoving, settings.values.sleepAfterMin)
    return isDue && !sitting?.keepsAwake
  }

  /** The timer that makes a motor's PWM stands still in light sleep. */
  motorTurns(isTurning: boolean): void {
    this.doze(!isTurning)
  }

  private doze(isQuiet: boolean): void {
    const { board } = this.parts
    const mayDoze = isQuiet && !this.isWorkedOn && !this.service.isTransferring
    if (mayDoze === this.isDozing) return
    this.isDozing = mayDoze
    board.power?.allowLightSleep(mayDoze)
  }

  /** By its maker, or an update. */
  private get isWorkedOn(): boolean {
    return this.parts.isConsoleInUse || isUpdating(this.parts)
  }

  /** By its wearer, a phone, or whoever works on it; on a charger there is nothing to save, and a phone may fetch runs. */
  private isUsed(isNudge: boolean): boolean {
    const { recorder, question, coach, haptics, battery } = this.parts
    return (
      recorder.live !== undefined ||
      question !== undefined ||
      coach?.isActive === true ||
      (haptics.playing !== undefined && !isNudge) ||
      this.isWorkedOn ||
      battery.isCharging ||
      this.service.isInUse
    )
  }
}
