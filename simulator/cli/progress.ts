/**
 * How far a replay is: one line that redraws itself on a terminal, a plain line now and then elsewhere. Lines of news go
 * above it. Times in s of the recording.
 */
import { clock, paintFor } from "./wording"

const BAR_WIDTH = 24
/** On a terminal, so often at most; elsewhere, a line at each of these shares. */
const REDRAW_MS = 50
const PLAIN_SHARE = 0.25
/** The last sample comes a little before the end. */
const SHARE_ROUNDING = 0.005
const CLEAR_LINE = "\r\u001b[2K"

export class Progress {
  readonly #stream: NodeJS.WriteStream
  readonly #totalS: number
  readonly #startedMs = performance.now()
  #drawnMs = Number.NEGATIVE_INFINITY
  #nextShare = PLAIN_SHARE
  #line = ""

  constructor(stream: NodeJS.WriteStream, totalS: number) {
    this.#stream = stream
    this.#totalS = totalS
  }

  update(playedS: number): void {
    const share = this.#totalS > 0 ? Math.min(1, playedS / this.#totalS) : 1
    const waitedS = playedS - this.#totalS
    const place =
      waitedS < 1
        ? `${clock(playedS)} of ${clock(this.#totalS)}`
        : `played; ${clock(waitedS)} on, the run not yet ended`
    if (this.#stream.isTTY) {
      const nowMs = performance.now()
      if (nowMs - this.#drawnMs < REDRAW_MS) return
      this.#drawnMs = nowMs
      const full = Math.round(share * BAR_WIDTH)
      const bar = "━".repeat(full) + paintFor(this.#stream)("dim", "─".repeat(BAR_WIDTH - full))
      this.#line = `  ${bar}  ${place}${this.#speed(playedS)}`
      this.#stream.write(`${CLEAR_LINE}${this.#line}`)
    } else if (share + SHARE_ROUNDING >= this.#nextShare) {
      while (share + SHARE_ROUNDING >= this.#nextShare) this.#nextShare += PLAIN_SHARE
      this.#stream.write(`  ${place}${this.#speed(playedS)}\n`)
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

  #speed(playedS: number): string {
    const elapsedS = (performance.now() - this.#startedMs) / 1000
    const times = Math.round(playedS / Math.max(elapsedS, 0.001))
    return times > 1 ? `, ${times.toLocaleString("en-US")} × real time` : ""
  }
}
