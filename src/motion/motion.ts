/**
 * The motion pipeline: raw samples → motion samples (pairing.ts) → orientation → calibration → thigh in its plane →
 * stride → flexion → load. Raw counts (LSM6DSO at ±16 g, ±2000 °/s) in; live angles, activity, closed strides and bends
 * out. Integers only; nothing is allocated after it is created.
 */
import type { Leg } from "./leg"
import { MotionEvent } from "./motion-event"
import type { MotionOptions, PipelineSteps } from "./motion-parts"
import type { MountQuality } from "./mount-upkeep"
import { Pipeline } from "./pipeline"
import type { Mount } from "./sagittal"
import type { Activity, Stride } from "./stride"
import type { KneeListener } from "./tapped-steps"
import type { Wearer } from "./wearer"

export { MotionEvent } from "./motion-event"
export type { MotionOptions } from "./motion-parts"

export interface Motion {
  /** Live, as of the newest sample. */
  readonly kneeCdeg: number
  readonly thighCdeg: number
  /** 1: this leg is loaded. */
  readonly stance: number
  activity: Activity
  /** The sensor is still, for a second and a half or longer. */
  readonly isResting: boolean
  /** The force that the sensor measures at rest, 1/1000 g; 0 while it moves. */
  readonly restMilliG: number
  readonly calibrated: boolean
  readonly mount: Mount
  readonly mountQuality: MountQuality
  /** The leg that wears the sensor, as far as its swing tells. */
  readonly leg: Leg
  /** Begins as the model's mean runner; what is written into it counts from the next stride or bend on. */
  readonly wearer: Wearer
  /** Strides that the wearer's own offset was learnt from; 0 while it is not known. */
  readonly taughtStrides: number
  /** Bends seen towards a calibration. */
  readonly calibrationBends: number
  /** The sensor's samples so far, and those with an axis at the end of its range. */
  samples: number
  readonly clipped: number
  /** The stride, or the bend, that step() told of. Reused. */
  readonly stride: Stride
  readonly bend: { timeMs: number; peakCdeg: number }
  thresholdCdeg: number
  /** It is told of each motion sample from the next on; undefined: nobody is. */
  listen(listener: KneeListener | undefined): void

  /**
   * Motion samples that wait to be stepped, and how long ago the newest stepped was: once gait has told the mount, those from before are stepped
   * again, up to two with each new one (three with a second sensor), which waits behind them. All told is as of the newest stepped.
   */
  readonly behind: number
  readonly behindMs: number
  /** Steps the oldest of them: all, where it cannot wait, as before bridge() and gap(). @returns bits of MotionEvent */
  stepBacklog(): number

  /** The next samples were taken from `timeMs` on (since boot), every `periodUs` by the sensor's clock. */
  beginBatch(timeMs: number, periodUs: number): void
  /** @returns bits of MotionEvent */
  step(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): number
  /** So many samples were lost. @returns whether repeat() can stand in for each; then it has to. Otherwise it was a gap. */
  bridge(lost: number): boolean
  /** One of them: in gait the stride before stands in for it, otherwise the last sample. @returns bits of MotionEvent */
  repeat(): number
  /** So many samples were lost before the next one, more than can be stood in for: the stride they were in is lost. */
  gap(lost: number): void
  /**
   * The bend that was held while calibrating, if there was one, was at this flexion (1/100°): the wearer's own slope of bends.
   * @returns whether there was one
   */
  learnHeldBend(kneeCdeg: number): boolean
  /** Reads the bend `index` (0 up to calibrationBends) that made the calibration into `bend`. */
  readCalibrationBend(index: number): void
  /** What this wearer was taught in an earlier wear; 0 strides: nothing. */
  teach(peakOffsetCdeg: number, strides: number): void
  /** Takes a mount from an earlier wear, until bends or gait tell another. */
  restore(mount: Mount, quality: MountQuality, leg: Leg): void
  /** Forgets the calibration and waits for the next. */
  recalibrate(): void
}

/** What a sample goes through. What is seldomer is the pipeline's: here each captured variable costs at every sample. */
export function createMotion(options: MotionOptions): Motion {
  // Methods, of what is made below: a function that is declared here has a prototype in RAM.
  const steps: PipelineSteps = {
    /**
     * A motion sample, as MotionSampleStep in pairing.ts, that may be anything. One that is as usual goes to the orientation at once, and
     * then to stepThigh(). @returns bits of MotionEvent
     */
    stepMotion(turnX: number, turnY: number, turnZ: number, ax: number, ay: number, az: number): number {
      if (catchingUp.isQueueing) return pipeline.queue(turnX, turnY, turnZ, ax, ay, az)
      // Samples that are stepped again have told all but angles.
      if (catchingUp.isAgain) untilTick++
      let events = 0
      if (pipeline.calibrated) {
        if (standIn.left > 0) pipeline.standInStep()
        else orientation.stepTurned(turnX, turnY, turnZ, ax, ay, az)
        if (measuredKnee) pipeline.isMeasured = measuredKnee.step(sagittal.thighCdeg)
        events = steps.stepThigh()
      } else {
        catchingUp.keep(turnX >> 1, turnY >> 1, turnZ >> 1, ax, ay, az)
        orientation.stepTurned(turnX, turnY, turnZ, ax, ay, az)
        pipeline.stepped++
        if (--untilTick === 0) untilTick = pipeline.tick()
      }
      if (catchingUp.isAgain) {
        search.lookForShank()
        return events
      }
      if (!calibration.complete) {
        if (measuredKnee) search.stepCalibrating()
        if (!gaitNow.inGait) pipeline.isBendDue = pipeline.isDue = true
      }
      return events
    },

    /** After one that might have been anything, once in a while: may the next be taken as usual? */
    afterMotion(): number {
      if (untilTick === samplesPerTick) pipeline.stepUsually()
      return 0
    },

    /** What the orientation told. @returns bits of MotionEvent */
    stepThigh(): number {
      pipeline.stepped++
      const thigh = sagittal.thighCdeg
      const forward = sagittal.forwardCounts
      shape.step(thigh, forward, sagittal.upCounts)
      const sinceTrough = cycle.step(thigh, forward)
      if (sinceTrough > gaitNow.limit) pipeline.gaitDue(sinceTrough)
      if (--untilTick === 0) untilTick = pipeline.tick()
      return gaitNow.inGait ? 0 : pipeline.stepPosture()
    },

    /** Between two motion samples: what cannot wait, or parts of what is to be done. @returns bits of MotionEvent */
    stepBetween(): number {
      if (pipeline.isDue) return pipeline.stepDue()
      if (report.isOpen || search.isWorking) return pipeline.stepParts()
      return untilTick & 1 ? SPARE : 0
    },
  }

  const pipeline = new Pipeline(options, steps)
  const { orientation, sagittal, shape, cycle, gaitNow, report, standIn, measuredKnee } = pipeline
  const { calibration, catchingUp, search } = pipeline
  const { samplesPerTick } = search
  let untilTick = samplesPerTick
  const SPARE = MotionEvent.spare

  if (options.tap) pipeline.listen(undefined)
  return pipeline
}
