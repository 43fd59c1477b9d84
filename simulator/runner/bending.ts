/**
 * Bends on the spot, one after the other: small knee bends and squats, foot flat or on the toes. The foot stands, so the hip
 * follows from thigh and shank. Angles in degrees.
 */
import type { Body } from "./body"
import { ease } from "./ease"
import type { Movement } from "./movement"
import { type Pose, STANDING } from "./pose"
import { between, type Random } from "./random"

export interface BendSettings {
  count: number
  /** Each bend's deepest flexion lies between these. */
  kneeFromDeg: number
  kneeToDeg: number
  /** Flexion by thigh inclination at the deepest point; the wearer's own when left out. */
  slope?: number
  /**
   * 0: knee = slope × thigh all the way. 1: hip and knee go their own ways as in real bends, one earlier and one later, and
   * each bend has another slope.
   */
  independence: number
  /** How long each is held at its deepest, s; left out: a moment. */
  heldS?: number
  /** The heel comes up by so much at the deepest point, m; 0 = it stays down. */
  heelRiseM?: number
}

interface Bend {
  startS: number
  downS: number
  heldS: number
  upS: number
  kneeDeg: number
  thighDeg: number
  /** The thigh goes so much later than the knee, s, and with another shape. */
  thighLateS: number
  thighPower: number
}

const DOWN_S = [0.9, 1.6] as const
const HELD_S = [0.1, 0.5] as const
const PAUSE_S = [0.8, 1.6] as const
/** At independence 1. */
const LATE_S = 0.15
const POWER_SPREAD = 0.3
const SLOPE_SPREAD = 0.15
/** On the toes the heel lies so much further forward as it is higher. */
const HEEL_FORWARD = 0.4

export function bending(body: Body, random: Random, settings: BendSettings): Movement {
  const {
    count,
    kneeFromDeg,
    kneeToDeg,
    slope = body.bendSlope,
    independence,
    heldS,
    heelRiseM = 0,
  } = settings
  const apart = (spread: number) => independence * between(random, -spread, spread)
  const bends: Bend[] = []
  let startS = between(random, ...PAUSE_S)
  for (let number = 0; number < count; number++) {
    const kneeDeg = between(random, kneeFromDeg, kneeToDeg)
    const bend: Bend = {
      startS,
      downS: between(random, ...DOWN_S),
      heldS: heldS ?? between(random, ...HELD_S),
      upS: between(random, ...DOWN_S),
      kneeDeg,
      thighDeg: kneeDeg / (slope * (1 + apart(SLOPE_SPREAD))),
      thighLateS: apart(LATE_S),
      thighPower: 1 + apart(POWER_SPREAD),
    }
    bends.push(bend)
    startS = endS(bend) + between(random, ...PAUSE_S)
  }
  return {
    durationS: startS,
    rests: true,
    poseAt(timeS): Pose {
      const bend = bends.find((candidate) => timeS > beginS(candidate) && timeS < endS(candidate))
      if (!bend) return STANDING
      const knee = depth(bend, timeS)
      return {
        ...STANDING,
        kneeDeg: bend.kneeDeg * knee,
        thighDeg: bend.thighDeg * depth(bend, timeS - bend.thighLateS) ** bend.thighPower,
        hipUpM: heelRiseM * knee,
        hipForwardM: heelRiseM * HEEL_FORWARD * knee,
        activity: "bend",
      }
    },
  }
}

const beginS = ({ startS, thighLateS }: Bend) => startS + Math.min(0, thighLateS)
const endS = ({ startS, downS, heldS, upS, thighLateS }: Bend) =>
  startS + downS + heldS + upS + Math.max(0, thighLateS)

/** 0 standing, 1 deepest. */
function depth({ startS, downS, heldS, upS }: Bend, timeS: number): number {
  const sinceS = timeS - startS
  return ease(sinceS / downS) - ease((sinceS - downS - heldS) / upS)
}
