/**
 * From what is typed to lines: echoes it, takes characters back (backspace, delete; Ctrl-U the whole line), and ends a line at CR, LF or both. ASCII; what
 * else a terminal sends (arrow keys as escape sequences, letters beyond ASCII) is left out.
 */
import { constant } from "../constant"
import type { ConsoleOutput } from "./console-output"

export const LINE_BYTES = 80
export const CTRL_C = 0x03
const BELL = 0x07
const BACKSPACE = 0x08
const LF = 0x0a
const CR = 0x0d
const CTRL_U = 0x15
const ESCAPE = 0x1b
const SPACE = 0x20
const BRACKET = 0x5b
const LETTER_O = 0x4f
const FIRST_FINAL = 0x40
const TILDE = 0x7e
const DELETE = 0x7f
/** Within an escape sequence (ECMA-48, 5.4, and function keys' SS3): after ESC, and after the bracket or O that begins a long one. */
const Sequence = constant({ none: 0, escaped: 1, long: 2 } as const)
type Sequence = (typeof Sequence)[keyof typeof Sequence]

export class LineEditor {
  private readonly bytes = new Uint8Array(LINE_BYTES)
  private length = 0
  private sequence: Sequence = Sequence.none
  private wasCr = false

  /** So far. */
  get text(): string {
    let text = ""
    for (let at = 0; at < this.length; at++) text += String.fromCharCode(this.bytes[at] as number)
    return text
  }

  clear(): void {
    this.length = 0
  }

  /** A byte that is not skipped. @returns whether a line has ended: it is `text` until clear() */
  take(byte: number, output: ConsoleOutput): boolean {
    switch (byte) {
      case CR:
      case LF:
        output.newLine()
        return true
      case BACKSPACE:
      case DELETE:
        this.takeBack(1, output)
        return false
      case CTRL_U:
        this.takeBack(this.length, output)
        return false
      default:
        if (byte < SPACE || byte > TILDE || this.length === LINE_BYTES) output.byte(BELL)
        else {
          this.bytes[this.length++] = byte
          output.byte(byte)
        }
        return false
    }
  }

  /** The second byte of a line's end, or a part of an escape sequence. Asked once for each byte. */
  isSkipped(byte: number): boolean {
    const wasCr = this.wasCr
    this.wasCr = byte === CR
    if (wasCr && byte === LF) return true
    const { sequence } = this
    if (byte === ESCAPE) {
      this.sequence = Sequence.escaped
      return true
    }
    if (sequence === Sequence.none) return false
    if (byte < SPACE) {
      // A line's end, or Ctrl-C, is none of it.
      this.sequence = Sequence.none
      return false
    }
    if (sequence === Sequence.escaped && (byte === BRACKET || byte === LETTER_O))
      this.sequence = Sequence.long
    else if (sequence === Sequence.escaped || byte >= FIRST_FINAL) this.sequence = Sequence.none
    return true
  }

  private takeBack(count: number, output: ConsoleOutput): void {
    for (let left = Math.min(count, this.length); left > 0; left--) {
      this.length--
      output.byte(BACKSPACE)
      output.byte(SPACE)
      output.byte(BACKSPACE)
    }
  }
}
