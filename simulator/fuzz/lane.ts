/**
 * Sequences of operations, one after the other, on one device that runs on and on; the first that goes wrong is tried again on devices that have just
 * been booted, and made shorter as long as it still goes wrong (fast-check).
 */
import fc from "fast-check"
import { Chance } from "../../hosts/virtual/chance"
import type { EngineName } from "../engine/engine"
import { type Boards, boardsOf } from "./boards"
import { motionParts } from "./motion-parts"
import { type Operation, operationWords, sequences } from "./operation"
import { Player } from "./player"
import { becomeQuiet, beUseful, warmUp } from "./quiet"
import { type Failure, type FuzzResult, nothingTried } from "./result"

export interface LaneOptions {
  engine: EngineName
  operations: number
  seed: number
  /** One sequence alone: where it stands among those of `seed`. */
  path?: string | undefined
  /** How many operations are done. */
  tell?: (done: number) => void
}

const SEQUENCES_A_ROUND = 100
const SEEDS = 2 ** 31
/** A failure is made shorter for so long at most. */
const SHORTENING_MS = 30_000
/** Memory is measured once so much of all is done, and at the end: V8 makes code and caches for long, XS does not. */
const EARLY_SHARE = { node: 0.1, xs: 0.5 } as const

/** @throws Error when the device cannot be booted */
export async function fuzzLane(options: LaneOptions): Promise<FuzzResult> {
  const boards = await boardsOf(options.engine)
  try {
    return await new Lane(options, boards, await motionParts()).run()
  } finally {
    await boards.close()
  }
}

class Lane {
  readonly #options: LaneOptions
  readonly #boards: Boards
  readonly #parts: readonly Uint8Array[]
  readonly #result: FuzzResult = nothingTried()
  #player: Player | undefined
  #early: number | undefined
  /** Since when the failure is made shorter. */
  #failedMs: number | undefined
  /** It fails on a device that has just been booted. */
  #isAlone = true
  /** What the first failure came to, in the sequence as it was. */
  #lastDone: Operation | undefined

  constructor(options: LaneOptions, boards: Boards, parts: readonly Uint8Array[]) {
    this.#options = options
    this.#boards = boards
    this.#parts = parts
    if (options.path !== undefined) this.#failedMs = performance.now()
  }

  async run(): Promise<FuzzResult> {
    const { operations, seed, path } = this.#options
    const result = this.#result
    if (path !== undefined) {
      result.failure = await this.#round(seed, path)
      return result
    }
    const chance = new Chance(seed)
    while (result.operations < operations && !result.failure)
      result.failure = await this.#round(chance.below(SEEDS))
    if (this.#early !== undefined && !result.failure)
      result.heaps.push({ early: this.#early, late: await this.#heap() })
    return result
  }

  async #round(seed: number, path?: string): Promise<Failure | undefined> {
    const property = fc.asyncProperty(sequences, (sequence) => this.#try(sequence))
    const out = await fc.check(property, {
      seed,
      numRuns: SEQUENCES_A_ROUND,
      ...(path !== undefined && { path }),
    })
    const [shortest] = out.counterexample ?? []
    if (!out.failed || !shortest) return undefined
    const wrong = out.errorInstance instanceof Error ? out.errorInstance : undefined
    return this.#failure(
      shortest,
      seed,
      out.counterexamplePath ?? "",
      wrong?.message ?? String(out.errorInstance),
    )
  }

  async #try(sequence: readonly Operation[]): Promise<void> {
    if (this.#failedMs !== undefined) return this.#tryAlone(sequence, this.#failedMs)
    const { operations, tell } = this.#options
    const result = this.#result
    if (result.operations >= operations) return
    try {
      this.#player ??= await this.#warmPlayer()
      const player = this.#player
      await player.play(sequence)
      result.operations += sequence.length
      result.sequences++
      tell?.(result.operations)
      if (!(await beUseful(player))) this.#player = undefined
      await this.#measure()
    } catch (error) {
      this.#failedMs = performance.now()
      this.#lastDone = this.#player?.doing
      await this.#tryAlone(sequence, this.#failedMs)
      // What comes shorter is not tried: it would not fail either.
      this.#isAlone = false
      throw error
    }
  }

  async #tryAlone(sequence: readonly Operation[], sinceMs: number): Promise<void> {
    if (this.#isAlone && performance.now() - sinceMs < SHORTENING_MS)
      await (await this.#newPlayer()).play(sequence)
  }

  async #measure(): Promise<void> {
    const { engine, operations } = this.#options
    if (this.#early === undefined && this.#result.operations >= operations * EARLY_SHARE[engine])
      this.#early = await this.#heap()
  }

  async #heap(): Promise<number> {
    this.#player ??= await this.#warmPlayer()
    await becomeQuiet(this.#player)
    return this.#boards.heap()
  }

  async #newPlayer(): Promise<Player> {
    return Player.on(await this.#boards.next(), this.#parts)
  }

  async #warmPlayer(): Promise<Player> {
    const player = await this.#newPlayer()
    await warmUp(player)
    return player
  }

  /** What goes wrong on a device that was used before alone is told as far as it went there. */
  async #failure(
    sequence: readonly Operation[],
    seed: number,
    path: string,
    wrong: string,
  ): Promise<Failure> {
    const operations: string[] = []
    const last = this.#lastDone ? sequence.indexOf(this.#lastDone) : -1
    const played = this.#isAlone || last < 0 ? sequence : sequence.slice(0, last + 1)
    try {
      const player = await this.#newPlayer()
      await player.replay(played, (line) => operations.push(line))
      if (!this.#isAlone && last < 0 && this.#lastDone)
        operations.push(`and then: ${operationWords(this.#lastDone, player.records.records)}`)
      return { seed, path, wrong, isAlone: false, operations }
    } catch (error) {
      return { seed, path, wrong: (error as Error).message, isAlone: true, operations }
    }
  }
}
