/** How far a replay is, and how fast it goes. Times in s of the recording. */
import { ProgressLine } from "./progress-line"
import { clock } from "./wording"

const MS_PER_S = 1000

export class Progress {
  readonly #line: ProgressLine
  readonly #totalS: number
  readonly #startedMs = performance.now()

  constructor(stream: NodeJS.WriteStream, totalS: number) {
    this.#line = new ProgressLine(stream)
    this.#totalS = totalS
  }

  update(playedS: number): void {
    const share = this.#totalS > 0 ? Math.min(1, playedS / this.#totalS) : 1
    const waitedS = playedS - this.#totalS
    const place =
      waitedS < 1
        ? `${clock(playedS)} of ${clock(this.#totalS)}`
        : `played; ${clock(waitedS)} on, run not yet ended`
    this.#line.update(share, place, () => this.#speed(playedS))
  }

  /** Says something on `stream` without tearing the line. */
  say(stream: NodeJS.WriteStream, text: string): void {
    this.#line.say(stream, text)
  }

  /** Takes the line away. */
  end(): void {
    this.#line.end()
  }

  #speed(playedS: number): string {
    const elapsedS = (performance.now() - this.#startedMs) / MS_PER_S
    const times = Math.round(playedS / Math.max(elapsedS, 0.001))
    return times > 1 ? `, ${times.toLocaleString("en-US")} × real time` : ""
  }
}
