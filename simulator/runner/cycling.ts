/** Cycling: the hip rests on the saddle, the foot goes round with the crank; a four-bar of seat tube, crank, shank and thigh. */
import type { Body } from "./body"
import { wander } from "./ease"
import { reach } from "./leg"
import type { Movement } from "./movement"
import { type Pose, STANDING } from "./pose"
import type { Random } from "./random"

export interface CyclingSettings {
  cadenceRpm: number
  durationS: number
  speedMs?: number
}

const S_PER_MINUTE = 60
const CRANK_M = 0.17
/** The seat tube leans back by so much from upright, as on a usual frame. */
const SEAT_TUBE_DEG = 17
/** Saddle height by the knee's flexion at the lowest pedal: 25–35° (Bini, Hume & Croft 2011, Sports Med 41:463–476). */
const STRAIGHTEST_KNEE_DEG = 32
const USUAL_SPEED_MS = 6
/** The hips rock on the saddle, m, and the cadence wanders by this share of a turn, SD. */
const ROCKING_M = 0.006
const CADENCE_SD = 0.02
const RAD = Math.PI / 180

export function cycling(body: Body, random: Random, settings: CyclingSettings): Movement {
  const { cadenceRpm, durationS, speedMs = USUAL_SPEED_MS } = settings
  const { thighM, shankM } = body
  const hurry = wander(random)
  const longestM = Math.sqrt(
    thighM ** 2 + shankM ** 2 + 2 * thighM * shankM * Math.cos(STRAIGHTEST_KNEE_DEG * RAD),
  )
  const axleM = longestM - CRANK_M
  const [axleForwardM, axleBelowM] = [
    axleM * Math.sin(SEAT_TUBE_DEG * RAD),
    axleM * Math.cos(SEAT_TUBE_DEG * RAD),
  ]
  return {
    durationS,
    rests: false,
    poseAt(timeS): Pose {
      const turn = (timeS * cadenceRpm) / S_PER_MINUTE
      const crank = 2 * Math.PI * (turn + CADENCE_SD * hurry(turn))
      const { thighDeg, kneeDeg } = reach(
        body,
        axleForwardM + CRANK_M * Math.sin(crank),
        axleBelowM - CRANK_M * Math.cos(crank),
      )
      return {
        ...STANDING,
        // The links' angles are against gravity, a pose's against this wearer's standing.
        thighDeg: thighDeg - body.standingThighDeg,
        kneeDeg: kneeDeg - (body.standingThighDeg - body.standingShankDeg),
        planted: 0,
        hipUpM: ROCKING_M * Math.cos(crank),
        speedMs,
        stance: false,
        activity: "other",
      }
    },
  }
}
