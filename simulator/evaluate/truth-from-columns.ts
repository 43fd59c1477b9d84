/**
 * The session's truth from the recording's own truth columns, for a recording without a JSON beside it. In: rows; out: bouts as
 * truth.ts has them, times in s of recording time. The runner stays unknown, so the shipped coefficients score it.
 */
import { DEPTH_BANDS_DEG } from "../../src/ble/run-codec"
import type { Truth } from "../recording/recording"
import { median } from "./statistics"
import { RUNNING, type SessionTruth, type TruthBout, type TruthStance } from "./truth"

/** Part-size steps while a bout fades in and out. */
const FADING = "move"
const STEPS_PER_STRIDE = 2
const S_PER_MINUTE = 60

/** Rows of one activity. */
interface Section {
  activity: string
  startS: number
  endS: number
}

export function truthFromColumns(timeS: Float64Array, truth: Truth): SessionTruth {
  const sections = readSections(timeS, truth.activity)
  const stances = readStances(timeS, truth)
  const bouts = sections.flatMap((section, index) => {
    if (section.activity !== RUNNING) return []
    const within = stances.filter(({ startS }) => startS >= section.startS && startS <= section.endS)
    const neighbours = [sections[index - 1], sections[index + 1]].filter((near) => near?.activity === FADING)
    const faded = stances.filter(
      (stance) =>
        !within.includes(stance) &&
        neighbours.some((near) => near && stance.endS > near.startS && stance.startS <= near.endS),
    )
    return within.length > 0 ? [boutOf(section, within, faded.length)] : []
  })
  return { session: "", split: "", seed: Number.NaN, bouts }
}

function readSections(timeS: Float64Array, activities: readonly string[]): Section[] {
  const sections: Section[] = []
  activities.forEach((activity, row) => {
    const now = timeS[row] as number
    const last = sections.at(-1)
    if (last?.activity === activity) last.endS = now
    else sections.push({ activity, startS: now, endS: now })
  })
  return sections
}

/** From the first loaded row to the first unloaded one; the last stance may end with the recording. */
function readStances(timeS: Float64Array, { stance, kneeDeg }: Truth): TruthStance[] {
  const stances: TruthStance[] = []
  for (let row = 0; row < timeS.length; row++) {
    const now = timeS[row] as number
    const wasLoaded = row > 0 && stance[row - 1] === 1
    const last = stances.at(-1)
    if (last && wasLoaded) last.endS = now
    if (stance[row] !== 1) continue
    const kneeNowDeg = kneeDeg[row] as number
    if (last && wasLoaded) last.peakDeg = Math.max(last.peakDeg, kneeNowDeg)
    else stances.push({ startS: now, endS: now, peakDeg: kneeNowDeg })
  }
  return stances
}

function boutOf({ startS, endS }: Section, stances: TruthStance[], rampSteps: number): TruthBout {
  const peaksDeg = stances.map((stance) => stance.peakDeg)
  const betweenContactsS = (stances.at(-1)?.startS ?? 0) - (stances[0]?.startS ?? 0)
  const stepsPerS = betweenContactsS > 0 ? (STEPS_PER_STRIDE * (stances.length - 1)) / betweenContactsS : 0
  return {
    startS,
    endS,
    strides: stances.length,
    rampSteps,
    cadenceSpm: stepsPerS * S_PER_MINUTE,
    peakMedianDeg: median(peaksDeg),
    compressions: DEPTH_BANDS_DEG.map((depth) => peaksDeg.filter((peak) => peak > depth).length),
    stances,
  }
}
