/**
 * What a device says after a power cut, held against what the scenario had done by then: closed runs byte for byte, the open run without its last seconds
 * at most, nothing else, and everything that was set as it was before the step or after it.
 */
import { decodeRunRecord, type Run } from "../../src/ble/run-codec"
import type { Known, KnownRun } from "./known"
import { type PlayedRun, type Reference, ROUNDING_MS } from "./reference"

/** An open run may lose so much. */
export const LOSS_LIMIT_S = 10
const MS_PER_S = 1000

export interface Found extends Known {
  /** What the device told of while it recovered. */
  faults: readonly string[]
}

export interface Verdict {
  lost: number
  invented: number
  /** Of the run that was open; 0 while none was. */
  lossS: number
  /** What was wrong, in words; empty when all is well. */
  wrong: string[]
}

/** @param operation at which power went; it is the same whether before, within or after it */
export function judge(found: Found, reference: Reference, operation: number): Verdict {
  return new Judgement(found, reference, operation).verdict
}

/** Where what is lost of a run began: where the kept part ends or, when no stride after that is in the same bout, with the next bout. */
function lostFrom({ run, toeOffsMs }: PlayedRun, keptUntilMs: number): number {
  const nextMs = toeOffsMs.find((ms) => ms > keptUntilMs + ROUNDING_MS) ?? keptUntilMs
  const bout = run.bouts.filter(({ startMs }) => startMs < nextMs).at(-1)
  return Math.max(keptUntilMs, bout?.startMs ?? 0)
}

class Judgement {
  readonly verdict: Verdict = { lost: 0, invented: 0, lossS: 0, wrong: [] }
  readonly #found: Found
  readonly #reference: Reference
  readonly #operation: number
  readonly #cutMs: number
  readonly #before: Known
  readonly #after: Known

  constructor(found: Found, reference: Reference, operation: number) {
    const played = reference.operations[operation - 1]
    if (!played) throw new RangeError(`power cuts: the scenario has no operation ${operation}`)
    const { known } = reference
    this.#found = found
    this.#reference = reference
    this.#operation = operation
    this.#cutMs = played.atMs
    this.#before = known[Math.max(0, played.step)] as Known
    this.#after = known[played.step + 1] as Known
    this.#closedRuns()
    this.#openRun()
    this.#otherRuns()
    this.#values()
  }

  #isClosed({ closedAfter }: PlayedRun): boolean {
    return closedAfter < this.#operation
  }

  /** Those that a phone has may have made room, in a recovery sooner than in the scenario. */
  #closedRuns(): void {
    for (const [id, played] of this.#reference.runs) {
      if (!this.#isClosed(played)) continue
      const before = this.#before.runs.get(id)
      const after = this.#after.runs.get(id)
      const run = this.#found.runs.get(id)
      if (!run && ((!before && !after) || before?.isAcknowledged)) continue
      if (!run) this.#lose(`run ${id} is lost`)
      else if (Buffer.compare(run.record, played.record) !== 0) this.#lose(`run ${id} is another`)
      else this.#standing(id, run, before ?? after, after ?? before)
    }
  }

  /** Acknowledged and dated as before the step or after it. */
  #standing(id: number, run: KnownRun, before: KnownRun | undefined, after: KnownRun | undefined): void {
    const known = [before, after].filter((one) => one !== undefined)
    if (!known.some(({ isAcknowledged }) => isAcknowledged === run.isAcknowledged))
      this.#note(`run ${id} is ${run.isAcknowledged ? "" : "not "}acknowledged`)
    if (!known.some(({ startUnixS }) => startUnixS === run.startUnixS))
      this.#note(`run ${id} began at ${run.startUnixS}`)
  }

  /** The one that was being run or closed. */
  #openRun(): void {
    const played = this.#reference.played.find((run) => !this.#isClosed(run))
    if (!played) return
    const { run, toeOffsMs } = played
    const past = toeOffsMs.filter((ms) => ms <= this.#cutMs)
    const lastMs = past.at(-1)
    const found = this.#found.runs.get(run.id)
    if (lastMs === undefined) {
      if (found) this.#invent(`run ${run.id} has not begun`)
      return
    }
    let endMs = run.startMs
    if (found?.record.length === 0) this.#invent(`run ${run.id} is listed and cannot be read`)
    else if (found) {
      const kept = decodeRunRecord(found.record).run
      endMs = kept.startMs + kept.durationMs
      this.#part(kept, played, past)
      const after = this.#after.runs.get(run.id)
      if (found.isAcknowledged) this.#invent(`run ${run.id}, which was open, is acknowledged`)
      if (found.startUnixS !== 0 && after && found.startUnixS !== after.startUnixS)
        this.#note(`run ${run.id} began at ${found.startUnixS}`)
    }
    this.verdict.lossS = Math.max(0, lastMs - lostFrom(played, endMs)) / MS_PER_S
    if (this.verdict.lossS > LOSS_LIMIT_S) this.#note(`run ${run.id} has lost ${this.verdict.lossS} s`)
  }

  /** What is kept of the open run has happened, and no more. */
  #part(kept: Run, { run, toeOffsMs }: PlayedRun, past: readonly number[]): void {
    const endMs = kept.startMs + kept.durationMs
    const strides = toeOffsMs.filter((ms) => ms <= endMs + ROUNDING_MS).length
    if (kept.startMs !== run.startMs || kept.bootId !== run.bootId)
      this.#invent(`run ${run.id} has another beginning`)
    else if (kept.strides > past.length)
      this.#invent(`run ${run.id} has ${kept.strides} strides, ${past.length} were run`)
    else if (kept.strides !== strides)
      this.#invent(`run ${run.id} has ${kept.strides} strides up to its end, ${strides} were run`)
    for (const total of ["loadCycles", "compressions", "msPastThreshold", "milliLoad"] as const)
      if (kept[total] > run[total]) this.#invent(`run ${run.id} has too many ${total}`)
    const closedBouts = kept.bouts.slice(0, -1)
    if (JSON.stringify(closedBouts) !== JSON.stringify(run.bouts.slice(0, closedBouts.length)))
      this.#invent(`run ${run.id} has other bouts`)
  }

  #otherRuns(): void {
    const { runs, rows } = this.#found
    if (rows !== runs.size) this.#invent(`${rows - runs.size} runs are there twice`)
    for (const id of runs.keys()) {
      const played = this.#reference.runs.get(id)
      if (!played) this.#invent(`run ${id} was never run`)
      else if (this.#isClosed(played) && !this.#before.runs.has(id) && !this.#after.runs.has(id))
        this.#invent(`run ${id} is there again`)
    }
  }

  #values(): void {
    const found = this.#found
    for (const what of ["settings", "name", "lostRuns", "calibrationVersion", "isCalibrated"] as const)
      if (found[what] !== this.#before[what] && found[what] !== this.#after[what])
        this.#note(`${what}: ${found[what]}, neither ${this.#before[what]} nor ${this.#after[what]}`)
    const readable = [...found.runs.values()].filter(({ record }) => record.length > 0)
    const boots = readable.map(({ record }) => decodeRunRecord(record).run.bootId)
    const last = Math.max(...boots, this.#operation > 1 ? this.#before.bootId : 0)
    if (found.bootId <= last) this.#note(`boot ${found.bootId} after boot ${last}`)
    if (found.hasDamage) this.#note("the status tells of damage")
    for (const fault of found.faults) this.#note(fault)
  }

  #lose(what: string): void {
    this.verdict.lost++
    this.#note(what)
  }
  #invent(what: string): void {
    this.verdict.invented++
    this.#note(what)
  }
  #note(what: string): void {
    this.verdict.wrong.push(what)
  }
}
