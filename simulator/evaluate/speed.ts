/**
 * `evaluate FOLDER --speed`: can running speed be told from what the device knows of a bout? Ridge regression of the treadmill's speed, each
 * runner left out in turn (flexion with coefficients that have not seen the runner either). In: recordings whose JSON tells the speed of each
 * bout; out: mean absolute errors in % of the true speed, by runner left out, and with the speed left out of the fit as well.
 */
import { readFile } from "node:fs/promises"
import { basename } from "node:path"
import { plainTable } from "../cli/plain-table"
import type { EngineName } from "../engine/engine"
import { type LinearFit, ridge } from "../fit/ridge"
import { readRecording } from "../recording/read-recording"
import { runSession } from "../session"
import type { Trace } from "../trace"
import { chooseSet, type Fold } from "./coefficient-set"
import { type Failure, failureOf } from "./evaluation"
import { readSessionTruth, truthPath } from "./folder"
import { inLanes } from "./lanes"
import { mean } from "./statistics"

/** On standardised weights, as a share of the bouts; from 0.001 to 0.1 the errors are much the same. */
const PENALTY = 0.01
const PERCENT = 100
/** Of the thigh's inclination in a bout: its range, without the bout's first and last steps. */
const RANGE_PERCENTILES = [0.05, 0.95] as const
/** What the standard's Running Speed and Cadence may be off for a runner whom nobody has measured. */
export const SPEED_LIMIT_PERCENT = 5

interface SpeedBout {
  runner: string
  speedMps: number
  features: number[]
}

export interface SpeedReport {
  bouts: number
  /** Mean absolute errors, % of the true speed. */
  runners: { runner: string; errorPercent: number; withoutItsSpeedPercent: number }[]
  errorPercent: number
  /** As if nobody had run at this speed when it was fitted: what becomes of speeds in between and beyond. */
  withoutItsSpeedPercent: number
  failures: Failure[]
}

export async function evaluateSpeed(
  paths: readonly string[],
  folds: readonly Fold[],
  engine: EngineName,
  tell: (line: string) => void,
): Promise<SpeedReport> {
  const failures: Failure[] = []
  const each = await inLanes(paths, async (path) => {
    try {
      const bouts = await boutsOf(path, folds, engine)
      tell(`${basename(path)}: ${bouts.length} bouts`)
      return bouts
    } catch (error) {
      failures.push(failureOf(path, error))
      return []
    }
  })
  return { ...speedErrors(each.flat()), failures }
}

/** @throws Error with bouts of fewer than two runners or two speeds */
export function speedErrors(bouts: readonly SpeedBout[]): Omit<SpeedReport, "failures"> {
  const errorOf = (bout: SpeedBout, isKnown: (other: SpeedBout) => boolean) => {
    const known = bouts.filter((other) => other.runner !== bout.runner && isKnown(other))
    const fit = ridge(
      known.map(({ features }) => features),
      known.map(({ speedMps }) => speedMps),
      PENALTY,
    )
    return (PERCENT * Math.abs(predicted(fit, bout.features) - bout.speedMps)) / bout.speedMps
  }
  const names = [...new Set(bouts.map(({ runner }) => runner))]
  const runners = names.map((runner) => {
    const own = bouts.filter((bout) => bout.runner === runner)
    const others = (bout: SpeedBout) => (other: SpeedBout) => other.speedMps !== bout.speedMps
    return {
      runner,
      errorPercent: mean(own.map((bout) => errorOf(bout, () => true))) ?? 0,
      withoutItsSpeedPercent: mean(own.map((bout) => errorOf(bout, others(bout)))) ?? 0,
    }
  })
  return {
    bouts: bouts.length,
    runners,
    errorPercent: mean(runners.map(({ errorPercent }) => errorPercent)) ?? 0,
    withoutItsSpeedPercent: mean(runners.map(({ withoutItsSpeedPercent }) => withoutItsSpeedPercent)) ?? 0,
  }
}

async function boutsOf(path: string, folds: readonly Fold[], engine: EngineName): Promise<SpeedBout[]> {
  const recording = await readRecording(path)
  const session = await readSessionTruth(path)
  const { runs = [] } = JSON.parse(await readFile(truthPath(path), "utf8")) as {
    runs?: { startS: number; endS: number; speedMps: number }[]
  }
  const { model } = chooseSet(session, folds)
  const { json, trace } = await runSession({
    ...{ recording, engine, trace: true },
    ...(model !== undefined && { model }),
  })
  return json.runs
    .flatMap((run) => run.bouts)
    .flatMap((bout) => {
      const endS = bout.startS + bout.durationS
      const middleS = (bout.startS + endS) / 2
      const truth = runs.find(({ startS, endS }) => startS <= middleS && middleS <= endS)
      if (!truth || !trace) return []
      const rangeDeg = thighRangeDeg(trace, bout.startS, endS)
      const { cadenceSpm, contactTimeMedianMs, peakFlexionMedianDeg } = bout
      const features = [
        cadenceSpm,
        contactTimeMedianMs,
        peakFlexionMedianDeg,
        rangeDeg,
        cadenceSpm * rangeDeg,
      ]
      return [{ runner: session?.session ?? recording.name, speedMps: truth.speedMps, features }]
    })
}

function thighRangeDeg({ timeS, thighDeg }: Trace, fromS: number, toS: number): number {
  const angles = thighDeg
    .filter((_, row) => (timeS[row] as number) >= fromS && (timeS[row] as number) < toS)
    .sort()
  const [low, high] = RANGE_PERCENTILES.map((share) => angles[Math.floor(share * angles.length)] ?? 0)
  return (high as number) - (low as number)
}

function predicted({ constant, weights }: LinearFit, features: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * (features[index] as number), constant)
}

export function formatSpeed({ bouts, runners, ...report }: SpeedReport): string {
  const percent = (error: number) => `${error.toFixed(1)} %`
  const rows = runners.map(({ runner, errorPercent, withoutItsSpeedPercent }) => [
    runner,
    percent(errorPercent),
    percent(withoutItsSpeedPercent),
  ])
  rows.push(["mean", percent(report.errorPercent), percent(report.withoutItsSpeedPercent)])
  const head = ["runner left out", "speed is off by", "and when its speed is left out too"]
  return `${plainTable(head, ["left", "right", "right"], rows)}\n\n  ${bouts} bouts of ${runners.length} runners\n`
}
