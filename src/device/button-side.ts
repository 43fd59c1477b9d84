/**
 * What the button is for. A short press opens the pairing window, or says yes where something is asked; a double press marks pain; a long one asks
 * whether all phones are to be forgotten; held since switching on it is the factory reset.
 */
import type { PatellaService } from "../ble/service"
import type { Board } from "../board"
import { Button, Gesture } from "../drivers/button"
import { ERROR, FORGOTTEN, REFUSED } from "../haptics/patterns"
import { PainSource } from "../run/summary"
import { DeviceEvent } from "./device-log"
import type { DeviceParts } from "./device-parts"
import { factoryReset } from "./factory-reset"
import { markPain } from "./pain-marks"
import { Asked, ask, takeYes } from "./question"

/** The driver itself, with what it tells: two objects would take more memory. */
export class ButtonSide extends Button {
  private readonly parts: DeviceParts
  private readonly service: PatellaService

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

  protected onGesture(gesture: Gesture): void {
    const parts = this.parts
    const { haptics } = parts
    switch (gesture) {
      case Gesture.short:
        this.pressed(takeYes(parts))
        return
      case Gesture.double:
        if (!markPain(parts, PainSource.button)) haptics.play(REFUSED)
        return
      case Gesture.long:
        ask(parts, Asked.forgetPhones)
        return
      default:
        factoryReset(parts, this.service)
    }
  }

  private pressed(asked: Asked): void {
    if (asked === Asked.nothing) {
      this.service.openPairing()
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
