/**
 * What the button is for. A short press opens the pairing window, says yes where something is asked, or puts off the buzz for sitting; a double press marks pain in a run or after a long sitting, and
 * otherwise chooses a routine, whose presses are then the coach's (coach-side.ts); a long one asks whether all phones are to be forgotten; held since switching on, and let go when the motor says so, it is the factory reset: one that is
 * stuck erases nothing.
 */

import { Problem } from "../ble/layouts"
import type { PatellaService } from "../ble/service"
import type { Board } from "../board"
import { Button, Gesture } from "../drivers/button"
import { ERROR, FORGOTTEN, LET_GO } from "../haptics/patterns"
import { Wake } from "../power/port"
import { PainSource } from "../run/summary"
import { coachOf } from "./coach-side"
import { DeviceEvent } from "./device-log"
import type { DeviceParts } from "./device-parts"
import { factoryReset } from "./factory-reset"
import { markPain } from "./pain-marks"
import { Asked, ask, takeYes } from "./question"
import { acceptUpdate } from "./update-keeping"

/** Pressed for so long it is stuck: nobody presses for a minute. */
const STUCK_TICKS = 60

/** The driver itself, with what it tells: two objects would take more memory. */
export class ButtonSide extends Button {
  private readonly parts: DeviceParts
  private readonly service: PatellaService
  private pressedTicks = 0

  /** Undefined where there is none, or it cannot be read. */
  static of(parts: DeviceParts, service: PatellaService): ButtonSide | undefined {
    const { button } = parts.board
    try {
      return button && new ButtonSide(parts, service, button)
    } catch (error) {
      parts.log.fault("other", `button on pin ${button?.pin}`, error)
      return undefined
    }
  }

  constructor(parts: DeviceParts, service: PatellaService, wiring: NonNullable<Board["button"]>) {
    super(parts.board, wiring)
    this.parts = parts
    this.service = service
  }

  /** Once a second. */
  tick(): void {
    this.pressedTicks = this.isPressed ? this.pressedTicks + 1 : 0
    this.parts.log.problem(Problem.button, this.pressedTicks >= STUCK_TICKS)
  }

  protected override onPress(): void {
    this.parts.display?.show()
  }

  protected onGesture(gesture: Gesture): void {
    const parts = this.parts
    const { haptics } = parts
    switch (gesture) {
      case Gesture.short:
        if (parts.question || !parts.coach?.short()) this.pressed(takeYes(parts))
        return
      case Gesture.double:
        if (markPain(parts, PainSource.button) || parts.coach?.double() || parts.sitting?.painMarked()) return
        coachOf(parts).choose()
        return
      case Gesture.long:
        if (!parts.coach?.long()) ask(parts, Asked.forgetPhones)
        return
      default:
        // A press that woke it is none that switched it on, however long.
        if (parts.board.power?.wake === Wake.button) return
        if (gesture === Gesture.heldSinceOn) haptics.play(LET_GO)
        else factoryReset(parts, this.service)
    }
  }

  private pressed(asked: Asked): void {
    if (asked === Asked.nothing) {
      if (!this.parts.sitting?.snoozeIfNew()) this.service.openPairing()
      return
    }
    if (asked === Asked.update) {
      acceptUpdate(this.parts)
      return
    }
    const { haptics, log } = this.parts
    try {
      if (asked === Asked.forgetPhones) this.service.forgetPhones()
      else this.parts.runs.eraseAll()
      haptics.play(FORGOTTEN)
      log.tell(DeviceEvent.forgotten, asked === Asked.forgetPhones ? "all phones" : "all closed runs")
    } catch (error) {
      log.fault("storage", "what was to be forgotten could not be", error)
      haptics.play(ERROR)
    }
    log.changed()
  }
}
