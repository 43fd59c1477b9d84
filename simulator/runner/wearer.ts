/**
 * The wearer as a script calls on them: each call is one more movement, durations in s, speeds in m/s, angles in °. Everything drawn comes from the
 * seed and the number of the movement, so a longer script changes nothing of what goes before.
 */
import { bending } from "./bending"
import type { Body } from "./body"
import { corridor, STRAIGHT } from "./course"
import { cycling } from "./cycling"
import type { GaitStyle } from "./gait"
import { jumping } from "./jumping"
import type { Movement } from "./movement"
import { type Random, randomOf } from "./random"
import { riding } from "./riding"
import { FURTHEST_RATE, type RunningSettings, running, runningStyle } from "./running"
import type { Slip } from "./sensor"
import { sitting } from "./sitting"
import { standing } from "./standing"
import { FURTHEST_WALK_RATE, stairs, walking, walkingStyle } from "./walking"

export interface Session {
  description: string
  movements(wearer: Wearer): Movement[]
  slip?: Slip
}

export type Wearer = ReturnType<typeof wearerOf>
/** Each bend's deepest knee angle lies between these. */
export type KneeRange = readonly [fromDeg: number, toDeg: number]

/** Of walking and running; by the speed and the wearer's habit when left out, and on the level. */
export interface Way {
  /** As near to it as this wearer comes, who makes steps a certain share slower or quicker than their own at most. */
  cadenceSpm?: number
  gradePercent?: number
}

/** At the deepest point; a moment when left out. */
export interface Held {
  heldS?: number
}

/** To calibrate, and as people bend their knees. */
export const ALIKE_BEND_DEG: KneeRange = [40, 55]
export const BEND_DEG: KneeRange = [38, 55]
export const SQUAT_DEG: KneeRange = [70, 95]
export const USUAL_WALK_MS = 1.35
export const USUAL_CADENCE_RPM = 75
export const USUAL_FLIGHT_S = 0.34
export const USUAL_CONTACT_S = 0.38

const CALIBRATING_BENDS = 5
const STEPS_PER_STRIDE = 2
const S_PER_MINUTE = 60
const ALMOST = 1 - 1e-9
/** 20 m to and fro, turned around within three steps. */
const TO_AND_FRO = { straightS: 6.5, turnS: 1.8, turnDeg: 180, slowest: 0.55 }
/** A house's corners. */
const AROUND_CORNERS = { straightS: 7, turnS: 1.6, turnDeg: 90, slowest: 0.8 }

export function wearerOf(body: Body, seed: number) {
  let movement = 0
  let ranS = 0
  const chance = (): Random => randomOf(seed, `movement ${++movement}`)
  const bends = (count: number, [kneeFromDeg, kneeToDeg]: KneeRange, more: object) =>
    bending(body, chance(), { count, kneeFromDeg, kneeToDeg, independence: 1, ...more })
  /** Whoever ran before goes on as tired as that left them. */
  const runs = (settings: RunningSettings) => {
    const { cadenceSpm, ...own } = settings
    const paced = { ...own, ...pace(cadenceSpm, () => runningStyle(body, own), FURTHEST_RATE) }
    const run = running(body, chance(), { ...paced, ranBeforeS: ranS })
    ranS += run.durationS
    return run
  }
  return {
    stand: (durationS: number) => standing(chance(), durationS),
    sit: (durationS: number) => sitting(chance(), durationS),
    /** To calibrate: along one line, as the recordings' bends are. */
    calibrate: (count = CALIBRATING_BENDS, knee = ALIKE_BEND_DEG, held: Held = {}) =>
      bends(count, knee, { independence: 0, ...held }),
    /** As people make them: knee and thigh each in its own way. */
    bend: (count: number, knee = BEND_DEG, held: Held = {}) => bends(count, knee, held),
    squatHeelDown: (count: number, knee = SQUAT_DEG) => bends(count, knee, { slope: 1.4 }),
    squatHeelUp: (count: number, knee = SQUAT_DEG) => bends(count, knee, { slope: 1.75, heelRiseM: 0.07 }),
    walk: (durationS: number, speedMs = USUAL_WALK_MS, turning = false, { cadenceSpm, ...way }: Way = {}) => {
      const own = { durationS, speedMs, course: turning ? corridor(AROUND_CORNERS) : STRAIGHT, ...way }
      const paced = pace(cadenceSpm, () => walkingStyle(body, own), FURTHEST_WALK_RATE)
      return walking(body, chance(), { ...own, ...paced })
    },
    upstairs: (durationS: number) => stairs(body, chance(), { durationS, direction: "up" }),
    downstairs: (durationS: number) => stairs(body, chance(), { durationS, direction: "down" }),
    /** On a treadmill. */
    run: (durationS: number, speedMs: number, way: Way = {}) =>
      runs({ durationS, speedMs, treadmill: true, ...way }),
    runOutside: (durationS: number, speedMs: number, way: Way = {}) => runs({ durationS, speedMs, ...way }),
    runToAndFro: (durationS: number, speedMs: number, way: Way = {}) =>
      runs({ durationS, speedMs, course: corridor(TO_AND_FRO), ...way }),
    ride: (durationS: number) => riding(chance(), durationS),
    cycle: (durationS: number, cadenceRpm = USUAL_CADENCE_RPM) =>
      cycling(body, chance(), { durationS, cadenceRpm }),
    jump: (durationS: number, flightS = USUAL_FLIGHT_S, contactS = USUAL_CONTACT_S) =>
      jumping(body, chance(), { durationS, flightS, contactS }),
  }
}

/** The step rate that is nearest to the wished one. @param furthest from the own one, share of it */
function pace(
  wishedSpm: number | undefined,
  own: () => GaitStyle,
  furthest: number,
): { cadenceSpm?: number } {
  if (wishedSpm === undefined) return {}
  const ownSpm = (STEPS_PER_STRIDE * S_PER_MINUTE) / own().periodS
  // Not to the very end, which rounding can miss.
  const most = furthest * ALMOST
  return { cadenceSpm: Math.min(ownSpm * (1 + most), Math.max(ownSpm * (1 - most), wishedSpm)) }
}
