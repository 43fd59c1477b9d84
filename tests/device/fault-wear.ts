/** A run on a board on which something breaks, as the wearer and the phone know it. */
import type { BoardKind, BoardOptions, FaultName } from "../../hosts/virtual/protocol"
import type { EngineName } from "../../simulator/engine/engine"
import { Problem } from "../../src/ble/layouts"
import { projectRecording, Wear } from "./wear"

export const RECORDING = await projectRecording("S01.csv.gz")
export const KINDS: readonly BoardKind[] = ["xiao_esp32c3", "m5stick_cplus"]
/** The wearer has bent the knee, and runs. */
export const BREAKS_S = 45
export const MENDED_S = 60
export const END_S = 90
const MS_PER_S = 1000
const PAUSE_MS = 250
const ERROR_PULSES = 5
const SHORT_MS = 120
/** A bus that fails keeps the processor from ending a pulse for so long. */
const LATE_MS = 60

export type ProblemName = keyof typeof Problem

export interface FaultRun {
  /** Of the status, while it is broken, and in the end. */
  problems: ProblemName[]
  problemsAfter: ProblemName[]
  errorBuzzes: number
  faults: string[]
  run: Awaited<ReturnType<Wear["phone"]["sync"]>>["runs"][number]["run"] | undefined
  runs: number
  wear: Wear
}

export interface FaultOptions {
  kind: BoardKind
  fault?: FaultName
  /** Broken as it is switched on, and then for good. */
  isFromStart?: boolean
  /** Broken in the run, and not mended. */
  isForGood?: boolean
  forMs?: number
  shank?: boolean
  engine?: EngineName
}

/** Bends, a run in the middle of which something breaks, and a rest until the run is closed. */
export async function faultRun(options: FaultOptions): Promise<FaultRun> {
  const { kind, fault, isFromStart = false, isForGood = isFromStart, forMs = 0, shank, engine } = options
  const board: BoardOptions = { kind, ...(shank && { shank: {} }) }
  if (isFromStart && fault) board.faults = [fault]
  const wear = await Wear.boot(engine, board)
  const { link, phone } = wear
  await link.advance(200)
  await playOrWait(wear, 0, BREAKS_S)
  if (fault && !isFromStart) await link.setFault(fault, true, forMs)
  await playOrWait(wear, BREAKS_S, MENDED_S)
  await phone.connect()
  const { problems } = await phone.status()
  await phone.disconnect()
  if (fault && !isForGood) await link.setFault(fault, false)
  await playOrWait(wear, MENDED_S, END_S)
  await wear.closeRun()
  await phone.connect()
  const sync = await phone.sync()
  const told = {
    problems: namesOf(problems),
    problemsAfter: namesOf(sync.status.problems),
    errorBuzzes: errorBuzzes(wear),
    faults: wear.eventsNamed("fault").map(({ detail }) => detail),
    run: sync.runs[0]?.run,
    runs: sync.runs.length,
    wear,
  }
  await wear.engine.close()
  return told
}

/** A chip that was never started takes no samples. */
async function playOrWait(wear: Wear, fromS: number, toS: number): Promise<void> {
  if (wear.link.rateHz > 0) await wear.play(RECORDING, fromS, toS)
  else await wear.link.advance((toS - fromS) * MS_PER_S)
}

export function namesOf(problems: number): ProblemName[] {
  return (Object.keys(Problem) as ProblemName[]).filter((name) => problems & Problem[name])
}

/** How often the motor played five short pulses, and nothing right before or behind them. */
export function errorBuzzes({ motor }: Wear): number {
  const bursts: number[][] = []
  let lastMs = Number.NEGATIVE_INFINITY
  for (const [index, { atMs, duty }] of motor.entries()) {
    if (duty === 0) continue
    // Power that was away begins time anew.
    if (atMs - lastMs > PAUSE_MS || atMs < lastMs) bursts.push([])
    lastMs = motor[index + 1]?.atMs ?? atMs
    bursts.at(-1)?.push(Math.round(lastMs - atMs))
  }
  const isShort = (ms: number) => ms >= SHORT_MS && ms < SHORT_MS + LATE_MS
  return bursts.filter((pulses) => pulses.length === ERROR_PULSES && pulses.every(isShort)).length
}
