/**
 * What the button is for. A short press opens the pairing window, or says yes where something is asked; a double press marks pain; a long one asks
 * whether all phones are to be forgotten; held since switching on it is the factory reset.
 */
import type { PatellaService } from "../ble/service"
import { Button, type ButtonOwner, Gesture } from "../drivers/button"
import { ERROR, FORGOTTEN, REFUSED } from "../haptics/patterns"
import { PainSource } from "../run/summary"
import { DeviceEvent } from "./device-log"
import type { DeviceParts } from "./device-parts"
import { factoryReset } from "./factory-reset"
import { markPain } from "./pain-marks"
import { Asked } from "./question"

export class ButtonSide implements ButtonOwner {
  readonly #parts: DeviceParts
  readonly #service: PatellaService
  /** Undefined where there is none, or it cannot be read. */
  readonly #button: Button | undefined

  constructor(parts: DeviceParts, service: PatellaService) {
    const { board, log } = parts
    this.#parts = parts
    this.#service = service
    if (!board.button) return
    try {
      this.#button = new Button(board, board.button, this)
    } catch (error) {
      log.fault("other", `button on pin ${board.button.pin}`, error)
    }
  }

  get isThere(): boolean {
    return this.#button !== undefined
  }
  get isPressed(): boolean {
    return this.#button?.isPressed ?? false
  }

  close(): void {
    this.#button?.close()
  }

  onGesture(gesture: Gesture): void {
    const parts = this.#parts
    const { haptics, question, time } = parts
    switch (gesture) {
      case Gesture.short:
        this.pressed(question.take(time.ticks))
        return
      case Gesture.double:
        if (!markPain(parts, PainSource.button)) haptics.play(REFUSED)
        return
      case Gesture.long:
        question.ask(parts, Asked.forgetPhones)
        return
      default:
        factoryReset(parts, this.#service)
    }
  }

  private pressed(asked: Asked): void {
    if (asked === Asked.nothing) {
      this.#service.openPairing()
      return
    }
    const { haptics, log } = this.#parts
    try {
      if (asked === Asked.forgetPhones) this.#service.forgetPhones()
      else this.#parts.runs.eraseAll()
      haptics.play(FORGOTTEN)
      log.tell(DeviceEvent.forgotten, asked === Asked.forgetPhones ? "all phones" : "all closed runs")
    } catch (error) {
      log.fault("storage", "what was to be forgotten could not be", error)
      haptics.play(ERROR)
    }
    log.changed()
  }
}
