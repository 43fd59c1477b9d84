/** What is to be done at which time of the motion, s: in order of time, and of what was put in first. */
export class Agenda {
  readonly #items: { atS: number; act: () => Promise<void> }[] = []

  add(atS: number, act: () => Promise<void>): void {
    const later = this.#items.findIndex((item) => item.atS > atS)
    this.#items.splice(later < 0 ? this.#items.length : later, 0, { atS, act })
  }

  /** Infinity when there is nothing. */
  get nextS(): number {
    return this.#items[0]?.atS ?? Number.POSITIVE_INFINITY
  }
  /** -Infinity when there is nothing. */
  get lastS(): number {
    return this.#items.at(-1)?.atS ?? Number.NEGATIVE_INFINITY
  }

  /** Does what is due by then, and what that puts in for then. */
  async doUntil(timeS: number): Promise<void> {
    while (this.nextS <= timeS) await this.#items.shift()?.act()
  }
}
