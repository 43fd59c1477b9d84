/**
 * When the display is on and what it shows: for five seconds from a press of the button, and from what a wearer would want to see. It stands in
 * front of the log's monitor to hear of that. Its objects are made when it is first turned on; where there is no display, there is none of this.
 */

import { Problem } from "../ble/layouts"
import type { PatellaService } from "../ble/service"
import type { Monitor, Part } from "../board"
import { constant } from "../constant"
import { PhoneSign, Screen, UNKNOWN } from "../display/screen"
import type { Display } from "../drivers/driver"
import type { TimerId } from "../io"
import { Wake } from "../power/port"
import { DeviceEvent } from "./device-log"
import type { DeviceParts } from "./device-parts"

const ON_MS = 5000
const REFRESH_MS = 250
const MS_PER_S = 1000
const CDEG_PER_DEG = 100

/** `resting`: dark, and to be left alone for a while. */
const State = constant({ dark: 0, waking: 1, lit: 2, resting: 3 } as const)
type State = (typeof State)[keyof typeof State]

export class DisplaySide implements Monitor {
  private readonly parts: DeviceParts
  private readonly service: PatellaService
  private readonly part: Part<Display>
  /** Who else is told. */
  private readonly monitor: Monitor | undefined
  private state: State = State.dark
  private askedMs = 0
  private isAsked = false
  private display: Display | undefined
  private screen: Screen | undefined
  private timer: TimerId | undefined

  constructor(parts: DeviceParts, service: PatellaService, part: Part<Display>) {
    this.parts = parts
    this.service = service
    this.part = part
    this.monitor = parts.log.monitor
    parts.log.monitor = this
    // Woken by motion it stays dark: nobody may be looking, and it is moved often.
    if ((parts.board.power?.wake ?? Wake.power) === Wake.power || parts.board.power?.wake === Wake.button)
      this.show()
  }

  event(name: DeviceEvent, atMs: number, detail: string): void {
    this.monitor?.event(name, atMs, detail)
    switch (name) {
      case DeviceEvent.runStarted:
      case DeviceEvent.runEnded:
      case DeviceEvent.buzz:
      case DeviceEvent.painMarked:
      case DeviceEvent.calibrated:
      case DeviceEvent.phonePaired:
      case DeviceEvent.forgotten:
        this.show()
    }
  }

  /** For five seconds from now on. */
  show(): void {
    this.askedMs = this.parts.time.ticks
    this.isAsked = true
    if (this.state === State.dark) this.proceed()
  }

  close(): void {
    if (this.timer !== undefined) this.parts.board.timer.clear(this.timer)
    this.timer = undefined
    this.drop()
  }

  private proceed(): void {
    try {
      switch (this.state) {
        case State.lit:
          if (((this.parts.time.ticks - this.askedMs) | 0) >= ON_MS) this.turnOff()
          else this.refresh()
          return
        case State.resting:
          this.state = State.dark
          if (this.isAsked) this.wake()
          else this.wait()
          return
        default:
          this.wake()
      }
    } catch (error) {
      this.parts.log.problem(Problem.display, true)
      this.parts.log.fault("other", "display: off, tried again when it is to show something", error)
      this.drop()
    }
  }

  private wake(): void {
    this.display ??= this.part.open()
    const display = this.display
    const ms = display.wake()
    this.state = State.waking
    if (ms > 0) {
      this.wait(ms)
      return
    }
    this.screen ??= new Screen(display)
    this.refresh()
    display.light()
    this.parts.log.problem(Problem.display, false)
    this.state = State.lit
    this.wait(REFRESH_MS)
  }

  private turnOff(): void {
    this.isAsked = false
    this.state = State.resting
    this.wait(this.display?.turnOff())
  }

  /** What was shown is forgotten with the display. */
  private drop(): void {
    const { display } = this
    this.display = undefined
    this.screen = undefined
    this.state = State.dark
    this.isAsked = false
    this.wait()
    try {
      display?.close()
    } catch (error) {
      this.parts.log.fault("other", "display: on closing", error)
    }
  }

  /** @param ms until it goes on, and again after that; without them nothing is waited for */
  private wait(ms?: number): void {
    const { timer } = this.parts.board
    if (this.timer !== undefined) timer.schedule(this.timer, ms, ms)
    else if (ms !== undefined) this.timer = timer.repeat(() => this.proceed(), ms)
  }

  private refresh(): void {
    const { screen, service } = this
    const { recorder, battery, time, log } = this.parts
    if (!screen) return
    const run = recorder.live
    screen.showAngle(this.angleDeg())
    if (run) {
      screen.showCount(run.totals.compressions)
      screen.showTime(Math.max(0, Math.floor(((time.ticks - run.startMs) | 0) / MS_PER_S)))
    } else {
      screen.showPercent(battery.percent)
      screen.showPairing(service.isPairingOpen)
    }
    screen.showBattery(battery.percent, battery.isCharging)
    screen.showPhone(
      service.hasPhone ? PhoneSign.connected : service.isPairingOpen ? PhoneSign.pairing : PhoneSign.none,
    )
    screen.showState(run !== undefined, log.problems !== 0)
  }

  /** While somebody runs, at the last stride's peak under load: the angle as it is now is gone before it is read. */
  private angleDeg(): number {
    const { motion, recorder } = this.parts
    if (!motion.calibrated) return UNKNOWN
    const cdeg = recorder.live?.inBout ? motion.stride.peakFlexionCdeg : motion.kneeCdeg
    return Math.round(cdeg / CDEG_PER_DEG)
  }
}
