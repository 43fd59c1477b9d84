/** One loop that draws while something moves, in step with the screen. */
import type { Live } from "./live"

/** @param shownS moment of the device's time to be drawn @param nowMs by the clock */
export type Draw = (shownS: number, nowMs: number) => void

/** After the tab was away. */
const LONGEST_STEP_S = 0.25

export class Pictures {
  readonly #live: Live
  readonly #draws = new Set<Draw>()
  #lastMs = 0
  #request = 0

  constructor(live: Live) {
    this.#live = live
  }

  /** @returns what takes it out again */
  add(draw: Draw): () => void {
    this.#draws.add(draw)
    if (this.#draws.size === 1) this.#request = requestAnimationFrame(this.#next)
    return () => {
      this.#draws.delete(draw)
      if (this.#draws.size === 0) cancelAnimationFrame(this.#request)
    }
  }

  readonly #next = (nowMs: number) => {
    const elapsedS = Math.min(LONGEST_STEP_S, Math.max(0, (nowMs - this.#lastMs) / 1000))
    this.#lastMs = nowMs
    const shownS = this.#live.step(elapsedS)
    for (const draw of this.#draws) draw(shownS, nowMs)
    this.#request = requestAnimationFrame(this.#next)
  }
}
