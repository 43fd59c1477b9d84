/**
 * Factory reset by the button: held from switching on for five seconds, it puts back to their defaults the settings, the name, the
 * calibration with what was taught, the list of phones, and the fault counts; the runs stay. The motor says so. Released sooner, it does nothing.
 */
import type { PatellaService } from "../ble/service"
import type { Digital, TimerId } from "../board"
import { ERROR, FACTORY_RESET } from "../haptics/patterns"
import { DeviceEvent } from "./device-log"
import type { PhoneSideOptions } from "./phone-side"

const HELD_MS = 5000
/** A button that is let go is noticed within this. */
const LOOK_EVERY_MS = 50
const PRESSED = 0

export class FactoryReset {
  readonly #parts: PhoneSideOptions
  readonly #service: PatellaService
  readonly #startMs: number
  readonly #timer: TimerId
  #button: Digital | undefined

  /** Undefined, and the pin is free, unless the button is pressed now. */
  static watch(parts: PhoneSideOptions, service: PatellaService): FactoryReset | undefined {
    const { board, log } = parts
    if (!board.button) return undefined
    const { io, pin } = board.button
    try {
      const button = new io({ pin, mode: io.InputPullUp })
      if (button.read() === PRESSED) return new FactoryReset(button, parts, service)
      button.close()
    } catch (error) {
      log.fault("other", `button on pin ${pin}`, error)
    }
    return undefined
  }

  constructor(button: Digital, parts: PhoneSideOptions, service: PatellaService) {
    const { board, time } = parts
    this.#button = button
    this.#parts = parts
    this.#service = service
    this.#startMs = time.ticks
    this.#timer = board.timer.repeat(() => this.look(), LOOK_EVERY_MS)
  }

  /** Looks at the button no more. */
  close(): void {
    if (!this.#button) return
    this.#parts.board.timer.clear(this.#timer)
    this.#button.close()
    this.#button = undefined
  }

  private look(): void {
    const isPressed = this.#button?.read() === PRESSED
    if (isPressed && this.#parts.time.ticks - this.#startMs < HELD_MS) return
    this.close()
    if (isPressed) this.reset()
  }

  /** Each value by itself: one that cannot be stored keeps none of the others from it, and the buzz says that something is left. */
  private reset(): void {
    const { recorder, wear, thigh, haptics, settings, log } = this.#parts
    // What the open run was measured with ends here.
    thigh.catchUp()
    recorder.close()
    let isWhole = wear.forget()
    isWhole = this.put("settings", settings) && isWhole
    isWhole = this.put("fault counts", log.counts) && isWhole
    isWhole = this.put("bonds", { reset: () => this.#service.forgetPhones() }) && isWhole
    haptics.play(isWhole ? FACTORY_RESET : ERROR)
    log.tell(DeviceEvent.factoryReset, isWhole ? "all but the runs" : "not all could be stored")
    log.changed()
  }

  private put(what: string, value: { reset(): void }): boolean {
    try {
      value.reset()
      return true
    } catch (error) {
      this.#parts.log.fault("storage", `factory reset: ${what} could not be stored`, error)
      return false
    }
  }
}
