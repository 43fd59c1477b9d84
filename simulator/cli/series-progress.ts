/** How many runs of a series are done, how many come in a second, and how long the others will take. */
import { ProgressLine } from "./progress-line"
import { clock } from "./wording"

const MS_PER_S = 1000
const S_PER_MINUTE = 60

export class SeriesProgress {
  readonly #line: ProgressLine
  readonly #stream: NodeJS.WriteStream
  readonly #runs: number
  readonly #startedMs = performance.now()
  #done = 0

  constructor(stream: NodeJS.WriteStream, runs: number) {
    this.#line = new ProgressLine(stream)
    this.#stream = stream
    this.#runs = runs
  }

  /** One more is done. @param news told above the line */
  ran(news?: string): void {
    this.#done++
    if (news !== undefined) this.#line.say(this.#stream, `  ${news}`)
    const words = (count: number) => count.toLocaleString("en-US")
    const place = `${words(this.#done)} of ${words(this.#runs)} runs`
    this.#line.update(this.#done / this.#runs, place, () => {
      const leftS = (this.#runs - this.#done) / this.#ratePerS()
      return `, ${this.#rateWords()}, ${clock(leftS)} left`
    })
  }

  end(): void {
    this.#line.end()
  }

  elapsedS(): number {
    return (performance.now() - this.#startedMs) / MS_PER_S
  }

  #rateWords(): string {
    const rate = this.#ratePerS()
    return rate < 1 ? `${(rate * S_PER_MINUTE).toFixed(1)} a minute` : `${rate.toFixed(1)} a second`
  }

  #ratePerS(): number {
    return this.#done / Math.max(this.elapsedS(), 1 / MS_PER_S)
  }
}
