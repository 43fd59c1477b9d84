/**
 * `evaluate FOLDER --bends`: are knee bends and squats counted, each once, and how well is their depth told? Of recordings whose truth tells bends, of virtual
 * wearers (bending-wearer.ts), and of days without a bend. Each worn in several ways; errors in degrees, mean absolute and worst.
 */
import { basename } from "node:path"
import { plainTable } from "../../cli/plain-table"
import type { EngineName } from "../../engine/engine"
import { readRecording } from "../../recording/read-recording"
import type { Recording } from "../../recording/recording"
import { readScenario } from "../../scenario/library"
import { synthesize } from "../../scenario/motion-of-scenario"
import { runSession, type SensorCount } from "../../session"
import { chooseSet, type Fold } from "../coefficient-set"
import { type Failure, failureOf } from "../evaluation"
import { readSessionTruth } from "../folder"
import { inLanes } from "../lanes"
import { mean, median } from "../statistics"
import { begunTwice } from "./begun-twice"
import { BEND_KINDS, type Beginning, bendingWearer, HELD_DEG, WEARERS } from "./bending-wearer"
import { type BendPart, foundBends, type JudgedBend, type Judgement, judgeBends } from "./judge"

export const RECORDED = "recorded bends"
const DAYS = 10
const DAY = "day"
const S_PER_HOUR = 3600

interface BendWearing {
  title: string
  sensors: SensorCount
  beginning: Beginning
  /** Setting heldBendDeg. */
  heldDeg: number
}

const BENDS: BendWearing = { title: "three bends", sensors: 1, beginning: "bends", heldDeg: 0 }
const TWO: BendWearing = { title: "two sensors", sensors: 2, beginning: "bends", heldDeg: 0 }
/** The recordings hold no bend. */
const RECORDED_WEARINGS = [BENDS, TWO]
const WEARINGS: readonly BendWearing[] = [
  { title: "no bends, only steps", sensors: 1, beginning: "run", heldDeg: 0 },
  BENDS,
  { title: `one of them held at ${HELD_DEG}°`, sensors: 1, beginning: "bends", heldDeg: HELD_DEG },
  TWO,
]

export interface BendFigures {
  kind: string
  wearing: string
  bends: number
  missed: number
  twice: number
  halts: number
  /** Of a bend's depth. */
  meanErrorDeg: number | null
  worstErrorDeg: number | null
  /** Of the median of a wearer's bends of this kind. */
  medianErrorDeg: number | null
}

export interface BendReport {
  figures: BendFigures[]
  /** Where nobody bent, in all recordings, wearers and days. */
  elsewhereHours: number
  invented: number
  failures: Failure[]
}

interface Played extends Judgement {
  wearing: string
}

export async function evaluateBends(
  paths: readonly string[],
  folds: readonly Fold[],
  engine: EngineName,
  tell: (line: string) => void,
): Promise<BendReport> {
  const failures: Failure[] = []
  const recorded = await inLanes(paths, async (path) => {
    try {
      const played = await playRecorded(path, folds, engine)
      tell(`${basename(path)}: ${played[0]?.bends.length} bends`)
      return played
    } catch (error) {
      failures.push(failureOf(path, error))
      return []
    }
  })
  const wearers = await inLanes([...Array(WEARERS).keys()], async (number) => {
    const played = await playWearer(number, engine)
    tell(`virtual wearer ${number + 1} of ${WEARERS}`)
    return played
  })
  const days = await inLanes([...Array(DAYS).keys()], async (index) => {
    const { recording } = synthesize(readScenario(DAY), { seed: index + 1 })
    const played = await play(recording, BENDS, engine, [])
    tell(`day ${index + 1} of ${DAYS}`)
    return [played]
  })
  return { ...bendReport([...recorded, ...wearers, ...days]), failures }
}

/** @param people what each of them did, in one or more wearings */
export function bendReport(people: readonly (readonly Played[])[]): Omit<BendReport, "failures"> {
  const all = people.flat()
  const titles = [...new Set(all.map(({ wearing }) => wearing))]
  const order = WEARINGS.map(({ title }) => title)
  titles.sort((a, b) => order.indexOf(a) - order.indexOf(b))
  return {
    figures: [RECORDED, ...BEND_KINDS].flatMap((kind) =>
      titles.flatMap((wearing) => {
        const sets = all
          .filter((played) => played.wearing === wearing)
          .map(({ bends }) => bends.filter((bend) => bend.kind === kind))
          .filter((set) => set.length > 0)
        return sets.length > 0 ? [figuresOf(kind, wearing, sets)] : []
      }),
    ),
    elsewhereHours: all.reduce((sum, { elsewhereS }) => sum + elsewhereS, 0) / S_PER_HOUR,
    invented: all.reduce((sum, { inventedS }) => sum + inventedS.length, 0),
  }
}

function figuresOf(kind: string, wearing: string, sets: readonly JudgedBend[][]): BendFigures {
  const bends = sets.flat()
  const errors = bends.flatMap(({ trueDeg, foundDeg: [deg] }) =>
    deg === undefined ? [] : [Math.abs(deg - trueDeg)],
  )
  const medianErrors = sets.flatMap((set) => {
    const found = set.filter(({ foundDeg }) => foundDeg.length > 0)
    if (found.length === 0) return []
    const told = median(found.map(({ foundDeg }) => foundDeg[0] as number))
    return [Math.abs(told - median(found.map(({ trueDeg }) => trueDeg)))]
  })
  return {
    kind,
    wearing,
    bends: bends.length,
    missed: bends.filter(({ foundDeg }) => foundDeg.length === 0).length,
    twice: bends.filter(({ foundDeg }) => foundDeg.length > 1).length,
    halts: bends.reduce((sum, { halts }) => sum + halts, 0),
    meanErrorDeg: mean(errors),
    worstErrorDeg: errors.length > 0 ? Math.max(...errors) : null,
    medianErrorDeg: mean(medianErrors),
  }
}

async function playRecorded(path: string, folds: readonly Fold[], engine: EngineName): Promise<Played[]> {
  const { recording, againS } = begunTwice(await readRecording(path))
  const { model } = chooseSet(await readSessionTruth(path), folds)
  const wearings = recording.shank ? RECORDED_WEARINGS : [BENDS]
  const parts = [{ kind: RECORDED, fromS: againS, toS: Number.POSITIVE_INFINITY }]
  const played: Played[] = []
  for (const wearing of wearings) played.push(await play(recording, wearing, engine, parts, model))
  return played
}

async function playWearer(number: number, engine: EngineName): Promise<Played[]> {
  const played: Played[] = []
  for (const wearing of WEARINGS) {
    const { recording, parts } = bendingWearer(number, wearing.beginning)
    played.push(await play(recording, wearing, engine, parts))
  }
  return played
}

async function play(
  recording: Recording,
  { title, sensors, heldDeg }: BendWearing,
  engine: EngineName,
  parts: readonly BendPart[],
  model?: unknown,
): Promise<Played> {
  const settings = { heldBendDeg: heldDeg }
  const choice = model !== undefined && { model }
  const { trace } = await runSession({ recording, engine, sensors, settings, trace: true, ...choice })
  if (!trace) throw new Error(`${recording.name}: the session kept no trace`)
  return { ...judgeBends(recording, foundBends(trace), parts), wearing: title }
}

export function formatBends({ figures, elsewhereHours, invented }: BendReport): string {
  const degrees = (value: number | null) => (value === null ? "–" : `${value.toFixed(1)}°`)
  const rows = figures.map((row) => [
    row.kind,
    row.wearing,
    `${row.bends}`,
    `${row.missed}`,
    `${row.twice}`,
    `${row.halts}`,
    degrees(row.meanErrorDeg),
    degrees(row.worstErrorDeg),
    degrees(row.medianErrorDeg),
  ])
  const head = [
    "bends",
    "calibrated by",
    "made",
    "missed",
    "twice",
    "halts",
    "depth off by",
    "worst",
    "median off by",
  ]
  const table = plainTable(head, ["left", "left", ...head.slice(2).map(() => "right" as const)], rows)
  return `${table}\n\n  where nobody bent: ${invented} counted in ${elsewhereHours.toFixed(1)} hours\n`
}
