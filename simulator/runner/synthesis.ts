/** A named session and a seed in, a recording out, as if a wearer had made it: thigh and shank sensor with their truth. */

import type { SessionTruth } from "../evaluate/truth"
import { truthFromColumns } from "../evaluate/truth-from-columns"
import type { Recording, Truth } from "../recording/recording"
import { type Body, drawBody, type Side } from "./body"
import { measureLeg } from "./measurement"
import { randomOf } from "./random"
import { drawSensor, measured, perfectSensor, rounded, type Sensor, type Slip } from "./sensor"
import { SESSIONS, type Session, wearerOf } from "./sessions"
import { timeline } from "./timeline"

export interface SynthesisSettings {
  seed: number
  /** Default: the recordings' 200 Hz. */
  rateHz?: number
  /** Default: drawn. */
  side?: Side
  body?: Body
  /** Default: drawn, with their faults. */
  thigh?: Sensor
  shank?: Sensor
  slip?: Slip
}

export interface Synthesis {
  recording: Recording & { truth: Truth }
  truth: SessionTruth
}

const USUAL_RATE_HZ = 200
const TIME_DECIMALS = 6
/** No fault, and the sensor's axes are the segment's. */
export const FAULTLESS = perfectSensor({ turnDeg: 0, tiltSidewaysDeg: 0, tiltForwardDeg: 0 })

/** @throws RangeError when there is no session of that name. */
export function synthesize(name: string, settings: SynthesisSettings): Synthesis {
  const session = SESSIONS[name]
  if (!session) throw new RangeError(`there is no session "${name}"`)
  return synthesizeSession(name, session, settings)
}

export function synthesizeSession(name: string, session: Session, settings: SynthesisSettings): Synthesis {
  const { seed, rateHz = USUAL_RATE_HZ } = settings
  const chance = (purpose: string) => randomOf(seed, purpose)
  const side: Side = settings.side ?? (chance("side")() < 1 / 2 ? "left" : "right")
  const body = settings.body ?? drawBody(chance("body"), side)
  const thigh = settings.thigh ?? drawSensor(chance("thigh sensor"))
  const shank = settings.shank ?? drawSensor(chance("shank sensor"))
  const slip = settings.slip ?? session.slip
  const played = timeline(session.movements(wearerOf(body, seed)), chance("transitions"))
  const motion = measureLeg(played, { body, thigh, shank, ...(slip && { slip }) }, rateHz, seed)
  const timeS = Float64Array.from({ length: motion.rows }, (_, row) => rounded(row / rateHz, TIME_DECIMALS))
  return {
    recording: {
      name: `${name}-${seed}`,
      rateHz,
      timeS,
      sampledS: timeS,
      thigh: measured(motion.thigh, thigh, rateHz, chance("thigh noise")),
      shank: measured(motion.shank, shank, rateHz, chance("shank noise")),
      truth: motion.truth,
      gaps: [],
      beyondRangeRows: 0,
      ignoredColumns: [],
    },
    truth: { ...truthFromColumns(timeS, motion.truth), session: name, seed },
  }
}
