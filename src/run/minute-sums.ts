/** Sums per minute of a run, the last hour of them, in a ring: what the average over some whole minutes needs. */

export const MAX_MINUTES = 60

export class MinuteSums {
  private readonly sums = new Int32Array(MAX_MINUTES + 1)
  private minute = 0

  clear(): void {
    this.sums.fill(0)
    this.minute = 0
  }

  /** `minute` counts from the run's start, never less than before; minutes without a call are 0. */
  add(minute: number, amount: number): void {
    const slots = this.sums.length
    if (minute - this.minute >= slots) this.sums.fill(0)
    else while (this.minute < minute) this.sums[++this.minute % slots] = 0
    this.minute = minute
    this.sums[minute % slots] = (this.sums[minute % slots] ?? 0) + amount
  }

  /** Sum of the newest `minutes` whole minutes (at most 60), before the open one; undefined before there are as many. */
  lastWhole(minutes: number): number | undefined {
    if (minutes > this.minute || minutes > MAX_MINUTES) return undefined
    let sum = 0
    for (let age = 1; age <= minutes; age++) sum += this.sums[(this.minute - age) % this.sums.length] ?? 0
    return sum
  }
}
