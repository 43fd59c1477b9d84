/**
 * The scenario played whole, and all that a cut of it is judged by: each operation of storage with its time and step, what the phone knew before and
 * after each step, the runs as they were closed, and the strides that motion found.
 */
import type { BoardEvent } from "../../hosts/virtual/protocol"
import { decodeRunRecord, type Run } from "../../src/ble/run-codec"
import { DeviceEvent } from "../../src/main"
import { TraceGathering } from "../trace"
import { CutBoard } from "./cut-board"
import { storedBefore } from "./earlier-runs"
import { type Known, readKnown } from "./known"
import { type Operation, type Stored, storageOf } from "./operation"
import { Scenario, waitForChip } from "./scenario"

const MS_PER_S = 1000
/** Toe-offs of the trace and of the record are rounded apart, by much less than a stride. */
export const ROUNDING_MS = 100

export interface PlayedOperation {
  operation: Operation
  atMs: number
  /** Between so many of `known` and the next; -1: while it boots. */
  step: number
}

export interface PlayedRun {
  run: Run
  record: Uint8Array
  /** The device said that it is closed after this operation; 0: before the scenario. */
  closedAfter: number
  /** Of its strides, ms since boot. */
  toeOffsMs: readonly number[]
}

export interface Reference {
  scenario: Scenario
  before: Stored
  /** The first is number 1. */
  operations: readonly PlayedOperation[]
  /** Before the first step, and after each. */
  known: readonly Known[]
  /** By number. */
  runs: ReadonlyMap<number, PlayedRun>
  /** Runs of the scenario itself. */
  played: readonly PlayedRun[]
}

/** @throws Error when the scenario does not come to what it is meant for */
export async function playReference(): Promise<Reference> {
  const scenario = await Scenario.load()
  const before = storedBefore()
  const operations: PlayedOperation[] = []
  const known: Known[] = []
  const closedAfter = new Map<number, number>()
  let board: CutBoard | undefined
  const storage = storageOf(before, (operation) =>
    operations.push({ operation, atMs: board?.nowMs ?? 0, step: known.length - 1 }),
  )
  board = new CutBoard(storage, false, {
    event: (event, past) => void noteEnd(event, past, closedAfter),
  })
  await waitForChip(board)
  await board.phone.connect()
  known.push(await readKnown(board.phone))
  for (const { act } of scenario.steps) {
    await act(board, board.phone)
    known.push(await readKnown(board.phone))
  }
  const toeOffsMs = await foundToeOffs(scenario, before)
  const runs = runsOf(known, closedAfter, toeOffsMs)
  const played = [...runs.values()].filter((run) => run.closedAfter > 0)
  const reference = { scenario, before, operations, known, runs, played }
  checkReference(reference)
  return reference
}

function noteEnd({ name, detail }: BoardEvent, past: number, closedAfter: Map<number, number>): void {
  const [, run] = (name === DeviceEvent.runEnded && /^run (\d+):/.exec(detail)) || []
  if (run !== undefined) closedAfter.set(Number(run), past)
}

/** In a play of their own, because motion works in other steps where it is watched. */
async function foundToeOffs(scenario: Scenario, before: Stored): Promise<number[]> {
  const gathering = new TraceGathering()
  const board = new CutBoard(storageOf(before), true, {
    reply: (reply, rows) => gathering.add(reply, rows),
  })
  await waitForChip(board)
  await board.phone.connect()
  for (const { act } of scenario.steps) await act(board, board.phone)
  return gathering.finish(0, 0).countedPeaks.map(({ toeOffS }) => toeOffS * MS_PER_S)
}

function runsOf(
  known: readonly Known[],
  closedAfter: ReadonlyMap<number, number>,
  toeOffsMs: readonly number[],
): Map<number, PlayedRun> {
  const runs = new Map<number, PlayedRun>()
  for (const { runs: there } of known)
    for (const [id, { record }] of there) {
      if (runs.has(id)) continue
      const { run } = decodeRunRecord(record)
      const endMs = run.startMs + run.durationMs
      const after = closedAfter.get(id) ?? 0
      const within = (ms: number) => ms > run.startMs && ms <= endMs + ROUNDING_MS
      runs.set(id, { run, record, closedAfter: after, toeOffsMs: after > 0 ? toeOffsMs.filter(within) : [] })
    }
  return runs
}

/** What the scenario is for. */
function checkReference({ known, played, runs }: Reference): void {
  const wrong: string[] = []
  const first = known[0] as Known
  const last = known.at(-1) as Known
  if (played.length !== 3) wrong.push(`${played.length} runs`)
  for (const { run, toeOffsMs } of played) {
    if (run.durationMs < 39_000) wrong.push(`run ${run.id} lasts ${run.durationMs} ms`)
    if (toeOffsMs.length !== run.strides)
      wrong.push(`run ${run.id} has ${run.strides} strides, motion found ${toeOffsMs.length}`)
  }
  if (!last.isCalibrated) wrong.push("it is not calibrated")
  const gone = [...runs.keys()].filter((id) => !last.runs.has(id))
  if (gone.length === 0) wrong.push("the log has not gone round")
  if (last.lostRuns > 0) wrong.push(`${last.lostRuns} runs are lost`)
  if (first.settings === last.settings) wrong.push("no setting has changed")
  if (wrong.length > 0)
    throw new Error(`power cuts: the scenario is not what it is meant to be: ${wrong.join("; ")}`)
}
