/**
 * The sample path while somebody listens at each motion sample: a phone to the knee, the debug trace to everything (src/board.ts, MotionTap).
 * Made when it begins: without a listener the path does not even ask.
 */
import type { MotionTap } from "../board"
import type { CatchingUp } from "./catching-up"
import type { Flexion, ThighRate } from "./flexion"
import type { GaitNow } from "./gait-now"
import type { PipelineSteps } from "./motion-parts"
import type { Orientation } from "./orientation"
import type { SampleTime } from "./sample-time"
import type { Activity } from "./stride"

export interface KneeListener {
  /** A motion sample. @param time tells when it and those near it were taken */
  knee(sample: number, kneeCdeg: number, time: SampleTime): void
}

/** What the pipeline can be asked after each motion sample. */
interface Told {
  readonly stepped: number
  readonly kneeCdeg: number
  readonly thighCdeg: number
  readonly stance: number
  readonly activity: Activity
  readonly time: SampleTime
  readonly catchingUp: CatchingUp
  readonly orientation: Orientation
  readonly gaitNow: GaitNow
  readonly flexion: Flexion
  readonly thighRate: ThighRate
}

/** No place in a stride, for the tap. */
const OUTSIDE_GAIT = -1

export function tappedSteps(
  pipeline: Told,
  tap: MotionTap | undefined,
  listener: KneeListener | undefined,
  steps: PipelineSteps,
): PipelineSteps {
  const { catchingUp, time } = pipeline
  return {
    ...steps,
    stepMotion(turnX, turnY, turnZ, ax, ay, az) {
      // What waits is told when its turn comes; what is stepped again was told.
      const isNew = !catchingUp.isQueueing && !catchingUp.isAgain
      const events = steps.stepMotion(turnX, turnY, turnZ, ax, ay, az)
      if (isNew) {
        if (tap) tellTap(pipeline, tap)
        listener?.knee(pipeline.stepped, pipeline.kneeCdeg, time)
      }
      return events
    },
  }
}

function tellTap(pipeline: Told, tap: MotionTap): void {
  const { orientation, gaitNow } = pipeline
  tap.sample(
    pipeline.stepped,
    pipeline.kneeCdeg,
    pipeline.thighCdeg,
    pipeline.stance,
    pipeline.activity,
    orientation.upX,
    orientation.upY,
    orientation.upZ,
    gaitNow.inGait ? pipeline.flexion.placeQ8 : OUTSIDE_GAIT,
    pipeline.thighRate.rateCounts,
  )
}
