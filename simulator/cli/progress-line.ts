/** One line of progress that redraws itself on a terminal, a plain line now and then elsewhere. Lines of news go above it. */
import { paintFor } from "./wording"

const BAR_WIDTH = 24
/** A bar shorter than this says nothing. */
const BAR_LEAST_WIDTH = 6
const INDENT = "  "
/** Where the terminal does not say. */
const USUAL_COLUMNS = 80
/** On a terminal, so often at most; elsewhere, a line at each of these shares. */
const REDRAW_MS = 50
const PLAIN_SHARE = 0.25
/** What is told as the last may come a little before the end. */
const SHARE_ROUNDING = 0.005
const CLEAR_LINE = "\r\u001b[2K"

export class ProgressLine {
  readonly #stream: NodeJS.WriteStream
  #drawnMs = Number.NEGATIVE_INFINITY
  #nextShare = PLAIN_SHARE
  #line = ""

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream
  }

  /** @param share 0 to 1. @param more what gives way where the line is too long */
  update(share: number, place: string, more: () => string): void {
    if (this.#stream.isTTY) {
      const nowMs = performance.now()
      if (nowMs - this.#drawnMs < REDRAW_MS) return
      this.#drawnMs = nowMs
      this.#line = this.#fitted(share, INDENT + place, more())
      this.#stream.write(`${CLEAR_LINE}${this.#line}`)
    } else if (share + SHARE_ROUNDING >= this.#nextShare) {
      while (share + SHARE_ROUNDING >= this.#nextShare) this.#nextShare += PLAIN_SHARE
      this.#stream.write(`${INDENT}${place}${more()}\n`)
    }
  }

  /** Says something on `stream` without tearing the line. */
  say(stream: NodeJS.WriteStream, text: string): void {
    if (this.#line) this.#stream.write(CLEAR_LINE)
    stream.write(`${text}\n`)
    if (this.#line) this.#stream.write(this.#line)
  }

  /** Takes the line away. */
  end(): void {
    if (this.#line) this.#stream.write(CLEAR_LINE)
    this.#line = ""
  }

  /** A line that wraps could not be taken away: the bar gives way first, then what there is more, then the place's end. */
  #fitted(share: number, place: string, more: string): string {
    const width = (this.#stream.columns || USUAL_COLUMNS) - 1
    const text = place.length + more.length <= width ? place + more : place.slice(0, width)
    const barWidth = Math.min(BAR_WIDTH, width - INDENT.length - text.length)
    if (barWidth < BAR_LEAST_WIDTH) return text
    const full = Math.round(share * barWidth)
    const rest = paintFor(this.#stream)("dim", "─".repeat(barWidth - full))
    return INDENT + "━".repeat(full) + rest + text
  }
}
