/** A session and a seed in, a recording out, as if a wearer had made it: thigh and shank sensor with their truth. */

import type { SessionTruth } from "../evaluate/truth"
import { truthFromColumns } from "../evaluate/truth-from-columns"
import type { Recording, Truth } from "../recording/recording"
import { type Body, drawBody, type Side } from "./body"
import { randomOf } from "./random"
import { drawSensor, perfectSensor, type Sensor, type Slip } from "./sensor"
import { type Timeline, timeline } from "./timeline"
import { type Session, wearerOf } from "./wearer"
import { WornMotion } from "./worn-motion"

export interface SynthesisSettings {
  seed: number
  /** Default: the recordings' 200 Hz. */
  rateHz?: number
  /** Default: drawn. */
  side?: Side
  body?: Body
  /** How this wearer differs from the one that is drawn. */
  differences?: Partial<Body>
  /** Default: drawn, with their faults. */
  thigh?: Sensor
  shank?: Sensor
  slip?: Slip
  /** The motion is cut there; default: the whole session. */
  durationS?: number
}

export interface Synthesis {
  recording: Recording & { truth: Truth }
  truth: SessionTruth
}

const USUAL_RATE_HZ = 200
/** No fault, and the sensor's axes are the segment's. */
export const FAULTLESS = perfectSensor({ turnDeg: 0, tiltSidewaysDeg: 0, tiltForwardDeg: 0 })

export function synthesizeSession(name: string, session: Session, settings: SynthesisSettings): Synthesis {
  const motion = sessionMotion(name, session, settings)
  const { recording } = motion
  motion.need(recording.timeS.length)
  return {
    recording,
    truth: { ...truthFromColumns(recording.timeS, recording.truth), session: name, seed: settings.seed },
  }
}

/** The same, made as it is needed: it begins at once, however long it is. */
export function sessionMotion(name: string, session: Session, settings: SynthesisSettings): WornMotion {
  const { seed, rateHz = USUAL_RATE_HZ } = settings
  const chance = (purpose: string) => randomOf(seed, purpose)
  const side: Side = settings.side ?? (chance("side")() < 1 / 2 ? "left" : "right")
  const body = settings.body ?? { ...drawBody(chance("body"), side), ...settings.differences }
  const thigh = settings.thigh ?? drawSensor(chance("thigh sensor"))
  const shank = settings.shank ?? drawSensor(chance("shank sensor"))
  const slip = settings.slip ?? session.slip
  const played = timeline(session.movements(wearerOf(body, seed)), chance("transitions"))
  return new WornMotion(
    cut(played, settings.durationS),
    { body, thigh, shank, slips: slip ? [slip] : [] },
    { name: `${name}-${seed}`, rateHz, seed },
  )
}

function cut(whole: Timeline, durationS = whole.durationS): Timeline {
  return { ...whole, durationS: Math.min(whole.durationS, durationS) }
}
