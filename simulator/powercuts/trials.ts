/**
 * Makes cuts one after the other, in the scenario's order: what each leaves, what the device says after it, and again after a cut of that recovery.
 * What a device says depends on nothing but what is stored, so the same content is booted once.
 */
import { createHash } from "node:crypto"
import type { Lasting } from "../../hosts/virtual/board"
import { CutPoint } from "../../hosts/virtual/power"
import { judge } from "./judge"
import { type Cut, carryOut, cutWords, leftBy, type Stored, storageOf, storedIn } from "./operation"
import { archiveGoesOn, deviceGoesOn, leftByRecovery, type Recovery, recover } from "./recovery"
import type { Reference } from "./reference"
import { type CutResult, noCuts } from "./result"

/** Each so many cuts the recovered device is run with. */
const FURTHER_EVERY = 40
/** Each so many the recovery is cut at all of its operations, otherwise at so many of them. */
const ALL_AGAIN_EVERY = 25
const AGAIN = 2
/** Contents that are remembered: cuts that leave the same are neighbours. */
const REMEMBERED = 64

export class Trials {
  readonly #reference: Reference
  readonly #storage: Lasting
  /** What the operations so far have left. */
  #past = 0
  #stored: Stored
  readonly #recovered = new Map<string, Recovery>()

  constructor(reference: Reference) {
    this.#reference = reference
    this.#storage = storageOf(reference.before)
    this.#stored = reference.before
  }

  /** Cuts come in the scenario's order. @param nth of all cuts, of which some are followed by more than others */
  make(cut: Cut, nth: number): Promise<CutResult> {
    return this.#noting(cut, async (result, left) => {
      const key = keyOf(left)
      const known = this.#recovered.get(key)
      const recovery = known ?? (await recover(left))
      this.#remember(key, recovery)
      this.#judge(result, recovery, cut, cutWords(cut))
      if (!known) await this.#cutRecovery(result, left, recovery.operations, cut, nth)
      if (nth % FURTHER_EVERY === 0) await this.#goOn(result, left, cut)
    })
  }

  /** One cut alone, or one of its recovery. */
  makeOnly(cut: Cut, again?: Cut): Promise<CutResult> {
    return this.#noting(cut, async (result, left) => {
      if (again) return this.#again(result, left, cut, again)
      this.#judge(result, await recover(left), cut, cutWords(cut))
      return this.#goOn(result, left, cut)
    })
  }

  /** What the firmware throws in a recovery is wrong as well. */
  async #noting(cut: Cut, work: (result: CutResult, left: Stored) => Promise<void>): Promise<CutResult> {
    const left = leftBy(this.#before(cut), this.#operation(cut), cut)
    const result = noCuts()
    try {
      await work(result, left)
    } catch (error) {
      note(result, cutWords(cut), [error instanceof Error ? error.message : String(error)])
    }
    return result
  }

  /** The recovered device is worn again; one of its own, since it runs on. */
  async #goOn(result: CutResult, left: Stored, cut: Cut): Promise<void> {
    const recovery = await recover(left)
    const hasGap = this.#hasGap(recovery, cut.operation)
    note(result, cutWords(cut), await deviceGoesOn(recovery, this.#reference.scenario.furtherRun, hasGap))
  }

  /** Power goes again at operations of the recovery, within them and after them. */
  async #cutRecovery(
    result: CutResult,
    left: Stored,
    operations: number,
    cut: Cut,
    nth: number,
  ): Promise<void> {
    const all = nth % ALL_AGAIN_EVERY === 0
    const apart = all ? 1 : Math.max(1, Math.ceil(operations / AGAIN))
    for (let operation = 1 + (nth % apart); operation <= operations; operation += apart)
      for (const point of [CutPoint.within, CutPoint.after])
        await this.#again(result, left, cut, { operation, point, seed: cut.seed + operation })
  }

  async #again(result: CutResult, left: Stored, cut: Cut, again: Cut): Promise<void> {
    const twice = leftByRecovery(left, again)
    if (!twice) throw new Error(`power cuts: ${cutWords(cut, again)}: the recovery does not come to it`)
    const key = keyOf(twice)
    const recovery = this.#recovered.get(key) ?? (await recover(twice))
    this.#remember(key, recovery)
    this.#judge(result, recovery, cut, cutWords(cut, again))
  }

  #judge(result: CutResult, recovery: Recovery, { operation }: Cut, words: string): void {
    const { lost, invented, lossS, wrong } = judge(recovery.found, this.#reference, operation)
    result.cuts++
    result.lostClosedRuns += lost
    result.inventedRecords += invented
    result.worstOpenLossS = Math.max(result.worstOpenLossS, lossS)
    // What is wrong already may keep the log from going on.
    note(result, words, wrong.length > 0 ? wrong : archiveGoesOn(recovery))
  }

  /** A run that was open when power went is there, and not as it was closed in the scenario. */
  #hasGap({ found }: Recovery, operation: number): boolean {
    const open = this.#reference.played.find(({ closedAfter }) => closedAfter >= operation)
    const kept = open && found.runs.get(open.run.id)
    return kept !== undefined && Buffer.compare(kept.record, open?.record ?? kept.record) !== 0
  }

  #operation({ operation }: Cut) {
    const played = this.#reference.operations[operation - 1]
    if (!played) throw new RangeError(`power cuts: the scenario has no operation ${operation}`)
    return played.operation
  }

  /** What is stored before the cut's operation. */
  #before(cut: Cut): Stored {
    if (cut.operation <= this.#past) throw new RangeError(`power cuts: operation ${cut.operation} is past`)
    if (this.#past === cut.operation - 1) return this.#stored
    while (this.#past < cut.operation - 1)
      carryOut(this.#operation({ ...cut, operation: ++this.#past }), this.#storage)
    this.#stored = storedIn(this.#storage)
    return this.#stored
  }

  #remember(key: string, recovery: Recovery): void {
    this.#recovered.set(key, recovery)
    for (const oldest of this.#recovered.keys()) {
      if (this.#recovered.size <= REMEMBERED) break
      this.#recovered.delete(oldest)
    }
  }
}

function note(result: CutResult, cut: string, wrong: readonly string[]): void {
  if (wrong.length === 0) return
  result.failed++
  result.failure ??= { cut, wrong }
}

function keyOf({ image, keyValue }: Stored): string {
  return createHash("sha1").update(image).update(JSON.stringify(keyValue)).digest("hex")
}
