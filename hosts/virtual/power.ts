/**
 * The board's supply as its storage sees it. Flash and key-value share one, which numbers what changes them (a program, an
 * erase, a key-value write or delete) from 1 on, over reboots, and can be told to fail at such an operation.
 */
import { Chance } from "./chance"

/** Where in an operation power goes: nothing is done yet, some of it, or all. */
export const CutPoint = { before: "before", within: "within", after: "after" } as const
export type CutPoint = (typeof CutPoint)[keyof typeof CutPoint]

export interface CutPlan {
  operation: number
  point: CutPoint
  /**
   * What an operation that is cut within leaves; by default the operation's number. A write of n bytes stops in front of byte
   * `seed` mod n, so that n seeds try them all.
   */
  seed?: number
}

/** Thrown by whatever touches the storage of a board that has no power. Whoever catches it can do nothing with it. */
export class PowerCut extends Error {
  override readonly name = "PowerCut"
}

export class PowerSupply {
  /** Called once when power goes, before the storage throws. */
  onCut: (() => void) | undefined
  #operations = 0
  #plan: CutPlan | undefined
  #isOn = true

  get isOn(): boolean {
    return this.#isOn
  }
  /** Operations begun so far, the one that was cut included. */
  get operations(): number {
    return this.#operations
  }

  /** One cut is planned at a time; undefined takes it back. @throws RangeError for an operation that is past or none. */
  cutAt(plan: CutPlan | undefined): void {
    if (plan && !(Number.isInteger(plan.operation) && plan.operation > this.#operations)) {
      throw new RangeError(`power: no cut at operation ${plan.operation}: ${this.#operations} are past`)
    }
    this.#plan = plan
  }

  turnOn(): void {
    this.#isOn = true
  }

  /** Power goes between two operations: the board's own switch. @throws PowerCut */
  turnOff(): never {
    this.#isOn = false
    this.onCut?.()
    throw new PowerCut("power: switched off")
  }

  /** @throws PowerCut while power is off. */
  check(): void {
    if (!this.#isOn) throw new PowerCut(`power: cut at storage operation ${this.#operations}`)
  }

  /**
   * Carries out one operation: `whole`, or as much as the plan leaves of it.
   * @param part leaves what an operation that is cut within leaves
   * @throws PowerCut, or what `whole` throws
   */
  operate(whole: () => void, part: (seed: number, chance: Chance) => void): void {
    this.check()
    this.#operations++
    const plan = this.#plan
    if (plan?.operation !== this.#operations) {
      whole()
      return
    }
    const seed = plan.seed ?? plan.operation
    try {
      if (plan.point === CutPoint.after) whole()
      else if (plan.point === CutPoint.within) part(seed, new Chance(seed))
    } catch {
      // A block that fails as well: nobody is left to be told.
    }
    this.#isOn = false
    this.onCut?.()
    this.check()
  }
}
