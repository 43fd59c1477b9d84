/**
 * A button to ground behind a pull-up: edges of its pin in, gestures out. An edge begins to look at it every few ms, until what was pressed is
 * told or let go: while nobody presses nothing runs. Of a bounce at most one look is believed.
 */

import type { Board } from "../board"
import { constant } from "../constant"
import type { Digital, TimerId } from "../io"

/** Contacts bounce for so long at most: own choice, four times what switches of this kind are specified for. */
const BOUNCE_MS = 20
const LOOK_EVERY_MS = 25
/** A second press that begins within this of the first's end makes it a double press. */
const SECOND_WITHIN_MS = 400
const LONG_MS = 3000
const HELD_SINCE_ON_MS = 5000
/** A hand lets go within this of being told to; a button that is stuck does not. */
const LET_GO_WITHIN_MS = 10_000
const PRESSED = 0

/** `long` is told while it is still held, `heldSinceOn` five seconds after switching on, and `letGoSinceOn` when it is let go soon after that. */
export const Gesture = constant({ short: 0, double: 1, long: 2, heldSinceOn: 3, letGoSinceOn: 4 } as const)
export type Gesture = (typeof Gesture)[keyof typeof Gesture]

/** `told`: it is pressed, and nothing more will be told of it. */
const State = constant({ idle: 0, pressed: 1, released: 2, told: 3, heldSinceOn: 4, toLetGo: 5 } as const)
type State = (typeof State)[keyof typeof State]

export abstract class Button {
  private readonly board: Board
  private readonly digital: Digital
  private state: State = State.idle
  /** When the state began. */
  private sinceMs = 0
  /** While something is undecided. */
  private timer: TimerId | undefined

  /** @throws what the pin's constructor throws */
  constructor(board: Board, { io, pin }: NonNullable<Board["button"]>) {
    this.board = board
    this.digital = new io({
      pin,
      mode: io.InputPullUp,
      edge: io.Rising | io.Falling,
      onReadable: () => this.watch(),
    })
    if (!this.isPressed) return
    this.become(State.heldSinceOn)
    this.watch()
  }

  get isPressed(): boolean {
    return this.digital.read() === PRESSED
  }

  close(): void {
    this.rest()
    this.digital.close()
  }

  /** It is pressed now; which gesture that becomes is told later. */
  protected onPress(): void {}

  protected abstract onGesture(gesture: Gesture): void

  private watch(): void {
    this.timer ??= this.board.timer.repeat(() => this.look(), LOOK_EVERY_MS)
  }

  private rest(): void {
    this.board.timer.clear(this.timer)
    this.timer = undefined
  }

  private become(state: State): void {
    this.state = state
    this.sinceMs = this.board.time.ticks
  }

  private look(): void {
    const { isPressed } = this
    const ms = this.board.time.ticks - this.sinceMs
    if (this.state !== State.idle && ms < BOUNCE_MS) return
    switch (this.state) {
      case State.idle:
        if (isPressed) {
          this.become(State.pressed)
          this.onPress()
        } else this.rest()
        return
      case State.pressed:
        if (!isPressed) this.become(State.released)
        else if (ms >= LONG_MS) this.tell(Gesture.long, State.told)
        return
      case State.released:
        if (isPressed) this.tell(Gesture.double, State.told)
        else if (ms >= SECOND_WITHIN_MS) this.tell(Gesture.short, State.idle)
        return
      case State.heldSinceOn:
        if (!isPressed) this.become(State.idle)
        else if (ms >= HELD_SINCE_ON_MS) this.tell(Gesture.heldSinceOn, State.toLetGo)
        return
      case State.toLetGo:
        if (!isPressed) this.tell(Gesture.letGoSinceOn, State.idle)
        else if (ms >= LET_GO_WITHIN_MS) this.become(State.told)
        return
      default:
        // Let go, or stuck: its next edge looks again.
        if (!isPressed) this.become(State.idle)
        this.rest()
    }
  }

  private tell(gesture: Gesture, state: State): void {
    this.become(state)
    this.onGesture(gesture)
  }
}
