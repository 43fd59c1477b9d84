/**
 * The motion pipeline: raw samples → motion samples (pairing.ts) → orientation → calibration → thigh in its plane →
 * stride → flexion → load. Raw counts (LSM6DSO at ±16 g, ±2000 °/s) in; live angles, activity, closed strides and bends
 * out. Integers only; nothing is allocated after it is created.
 */
import type { MotionTap } from "../board"
import { createCalibration } from "./calibration"
import { calibrationBendFlexionCdeg, learnHeldBend } from "./calibration-bends"
import { CatchingUp } from "./catching-up"
import { BEYOND_QUARTER_RANGE, QUARTER_RANGE } from "./clipping"
import { createFlexion } from "./flexion"
import type { FlexionModel } from "./flexion-model"
import { createGaitNow, GaitNews } from "./gait-now"
import { Leg } from "./leg"
import { createMeasuredKnee } from "./measured-knee"
import { MountSearch } from "./mount-search"
import { MountQuality, MountUpkeep, UpkeepEvent } from "./mount-upkeep"
import { createOrientation } from "./orientation"
import { createPairing } from "./pairing"
import { createPosture } from "./posture"
import { createSagittal, type Mount } from "./sagittal"
import { createSampleTime } from "./sample-time"
import type { Shank } from "./shank"
import { createStandIn } from "./stand-in"
import { Activity, type Stride } from "./stride"
import { createStrideCurve } from "./stride-curve"
import { createStrideCycle } from "./stride-cycle"
import { ReportNews, StrideReport } from "./stride-report"
import { createStrideShape } from "./stride-shape"
import { SwingPlane, TICK_US } from "./swing-plane"
import { Teaching } from "./teaching"
import { createWearer, type Wearer } from "./wearer"

/**
 * What happened at a sample: bits of what step() returns. `calibrated`: there is a new mount; `refined`: it is known better now;
 * `shifted`: the strap slipped, and the mount was turned along with it; `taught`: the wearer's own offset has become known.
 */
export const MotionEvent = { calibrated: 1, stride: 2, bend: 4, refined: 8, shifted: 16, taught: 32 } as const

/** A first stride is expected to take as long as the mean one at 3.5 m/s (Fukuchi et al. 2017). */
const FIRST_STRIDE_US = 700_000
/** No place in a stride, for the tap. */
const OUTSIDE_GAIT = -1
const RUNNING_STRIDES = 8
/** Outside gait so few lost samples (38 ms) are stood in for by the last one; more are a gap. */
const REPEATED_SAMPLES = 4
/** At 104 and 208 Hz. */
const PAIRED_BELOW_US = 15_000
const US_PER_MS = 1000

export interface MotionOptions {
  /** The sensor's nominal sample period in µs, 4,000 to 20,000. */
  periodUs: number
  /** Two of its samples make a motion sample; usually those closer together than PAIRED_BELOW_US. */
  isPaired?: boolean
  model: FlexionModel
  /** How late the sensor's samples are: its filter's delay, ms. Event times are that much earlier. */
  delayMs: number
  thresholdCdeg: number
  /** The second sensor, when one may be worn: its samples are stepped before the thigh's of the same time. */
  shank?: Shank | undefined
  tap?: MotionTap | undefined
}

export interface Motion {
  /** Live, as of the newest sample. */
  readonly kneeCdeg: number
  readonly thighCdeg: number
  /** 1: this leg is loaded. */
  readonly stance: number
  activity: Activity
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

  /**
   * Motion samples that wait to be stepped, and how long ago the newest stepped was: once gait has told the mount, those from before are stepped
   * again, two with each new one (three with a second sensor), which waits behind them. All told is as of the newest stepped.
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

export function createMotion(options: MotionOptions): Motion {
  const { isPaired = options.periodUs < PAIRED_BELOW_US, model, delayMs, shank, tap } = options
  const pairShift = isPaired ? 1 : 0
  // Of motion samples, as everything below.
  const periodUs = options.periodUs * (1 << pairShift)
  const firstStrideSamples = Math.round(FIRST_STRIDE_US / periodUs)
  const wearer = createWearer(model)
  const time = createSampleTime(periodUs)
  const orientation = createOrientation(periodUs)
  const calibration = createCalibration(periodUs, orientation)
  const plane = new SwingPlane()
  const samplesPerTick = Math.round(TICK_US / periodUs)
  const upkeep = new MountUpkeep(calibration.mount, plane)
  const sagittal = createSagittal(calibration.mount, orientation)
  const cycle = createStrideCycle()
  const gaitNow = createGaitNow(cycle, time, firstStrideSamples)
  const search = new MountSearch(orientation, gaitNow, plane, upkeep, calibration, shank)
  const shape = createStrideShape(periodUs)
  const curve = createStrideCurve(model, wearer, shape.features)
  const standIn = createStandIn(periodUs, orientation, sagittal, shape)
  const flexion = createFlexion(model, wearer, sagittal, cycle, gaitNow, curve)
  const posture = createPosture(periodUs, wearer)
  const teaching = new Teaching(wearer)
  const measuredKnee = shank && createMeasuredKnee(periodUs, shank)
  const report = new StrideReport({ periodUs, model, wearer, time, shape, curve, teaching, measuredKnee })
  const catchingUp = new CatchingUp(periodUs, orientation)
  const pairing = createPairing(isPaired, stepMotion, stepBetween)

  const bend = { timeMs: 0, peakCdeg: 0 }
  let calibrated = false
  /** Both sensors measured at the newest sample. */
  let isMeasured = false
  let trackedUs = periodUs
  let samples = 0
  let runStrides = 0
  let sinceTick = 0

  function become(activity: Activity, fromSample: number): void {
    if (motion.activity === activity) return
    motion.activity = activity
    tap?.activity(fromSample, activity)
  }

  /** A mount is there: angles begin. */
  function begin(): void {
    calibrated = true
    sagittal.mountChanged()
    gaitNow.reset()
    posture.reset()
    report.cancel()
  }

  /** Eight strides in a row are running (as in docs/measuring.md a bout is), fewer may be anything. */
  function countRunning(isRun: boolean): void {
    if (!isRun) runStrides = 0
    else if (runStrides < RUNNING_STRIDES) runStrides++
    orientation.running = runStrides === RUNNING_STRIDES
    if (shank) shank.orientation.running = orientation.running
  }

  function gaitEnded(): void {
    countRunning(false)
    report.gaitEnded()
    posture.reset()
    become(Activity.other, report.toeOffSample)
  }

  /** One axis or more is past a quarter of its range. Of a sample that was kept, this was seen when it came. */
  function seeClipping(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): void {
    const wasKept = catchingUp.isUnderWay && !catchingUp.isQueueing
    if (!wasKept && pairing.countClipped(gx, gy, gz, ax, ay, az)) orientation.rateClipped()
  }

  /** A stride closed, gait began, or it ended. @param news bits of GaitNews */
  function followGait(news: number): void {
    if (news & GaitNews.swings) {
      curve.reset()
      flexion.strideClosed(firstStrideSamples)
    }
    if (news & GaitNews.closed) {
      if (news & GaitNews.begun) curve.reset()
      const { gait, periodSamples } = gaitNow
      countRunning(gait === Activity.run)
      report.begin(gait, samples - cycle.troughAge, periodSamples)
      flexion.strideClosed(periodSamples)
    }
    if (news & GaitNews.ended) gaitEnded()
  }

  /** A stride is read out. @param news bits of ReportNews @returns bits of MotionEvent */
  function tellStride(news: number): number {
    const { contactSample, toeOffSample, troughSample, periodSamples, stride } = report
    gaitNow.expect(periodSamples - troughSample + contactSample, periodSamples - troughSample + toeOffSample)
    become(stride.gait, contactSample)
    tap?.stride(
      contactSample,
      toeOffSample,
      troughSample,
      periodSamples,
      stride.peakFlexionCdeg,
      shape.features,
    )
    return news & ReportNews.taught ? MotionEvent.stride | MotionEvent.taught : MotionEvent.stride
  }

  /** Outside gait. @returns bits of MotionEvent */
  function stepPosture(): number {
    const hasBent = posture.step(sagittal.thighCdeg, orientation.resting)
    if (hasBent) {
      bend.timeMs = time.msAt(samples - posture.bendAge)
      bend.peakCdeg = measuredKnee?.kneeAt(posture.bendAge) ?? posture.bendPeakCdeg
    }
    become(posture.activity, samples - posture.sinceSamples)
    return hasBent ? MotionEvent.bend : 0
  }

  /** The mount was found, refined or turned. @param done bits of UpkeepEvent @returns bits of MotionEvent */
  function takeMount(done: number): number {
    let events = 0
    if (done & UpkeepEvent.shifted) events |= MotionEvent.shifted
    if (done & UpkeepEvent.refined) events |= MotionEvent.refined
    if (done & UpkeepEvent.mounted) {
      if (!calibrated) catchingUp.rewind()
      begin()
      events |= MotionEvent.calibrated
    } else sagittal.mountChanged()
    return events
  }

  /**
   * A new motion sample waits, an older one is stepped, as between two: never two strides, nor two bends. Half of what was turned (as in
   * pairing.ts) waits with it. @returns bits of MotionEvent
   */
  function queue(x: number, y: number, z: number, ax: number, ay: number, az: number): number {
    catchingUp.keep(x, y, z, ax, ay, az)
    const events = motion.stepBacklog()
    // A second sensor's angles do not wait: the sooner the knee is measured.
    return shank ? events | motion.stepBacklog() : events
  }

  /** @returns bits of MotionEvent */
  function stepCalibration(): number {
    // What looks like bends in gait is none.
    if (gaitNow.inGait || plane.isGait) calibration.disturb()
    const completes = calibration.step()
    search.stepCalibrating()
    if (!completes) return 0
    if (!calibrated) catchingUp.forget()
    upkeep.set(MountQuality.bends, upkeep.leg, true)
    begin()
    search.calibrated()
    return MotionEvent.calibrated
  }

  function tellTap(): void {
    tap?.sample(
      samples,
      motion.kneeCdeg,
      sagittal.thighCdeg,
      motion.stance,
      motion.activity,
      orientation.upX,
      orientation.upY,
      orientation.upZ,
      gaitNow.inGait ? flexion.placeQ8 : OUTSIDE_GAIT,
      sagittal.rateCounts,
    )
  }

  function standInStep(): void {
    standIn.step()
    if (standIn.left === 0) pairing.interrupt()
  }

  /**
   * Between two motion samples: a part of what is to be done of the last stride and of a full window of the swing, or an older motion sample.
   * @returns bits of MotionEvent
   */
  function stepBetween(): number {
    return catchingUp.isQueueing ? motion.stepBacklog() : stepParts()
  }

  /** @returns bits of MotionEvent */
  function stepParts(): number {
    let events = 0
    if (report.isOpen) {
      const news = report.step(samples, motion.thresholdCdeg)
      if (news !== 0) events = tellStride(news)
    }
    if (search.isWorking) {
      const done = search.work()
      if (done !== 0) events |= takeMount(done)
    }
    return events
  }

  /** A motion sample, as MotionSampleStep in pairing.ts. @returns bits of MotionEvent */
  function stepMotion(
    turnX: number,
    turnY: number,
    turnZ: number,
    gx: number,
    gy: number,
    gz: number,
    ax: number,
    ay: number,
    az: number,
  ): number {
    if (
      ((gx + QUARTER_RANGE) |
        (gy + QUARTER_RANGE) |
        (gz + QUARTER_RANGE) |
        (ax + QUARTER_RANGE) |
        (ay + QUARTER_RANGE) |
        (az + QUARTER_RANGE)) &
      BEYOND_QUARTER_RANGE
    )
      seeClipping(gx, gy, gz, ax, ay, az)
    if (catchingUp.isQueueing) return queue(turnX >> 1, turnY >> 1, turnZ >> 1, ax, ay, az)
    let events = 0
    samples++
    if (calibrated) {
      if (standIn.left > 0) standInStep()
      else {
        orientation.stepTurned(turnX, turnY, turnZ, gx, gy, gz, ax, ay, az)
        sagittal.step(gx, gy, gz, ax, ay, az)
      }
      const thigh = sagittal.thighCdeg
      const forward = sagittal.forwardCounts
      shape.step(thigh, forward, sagittal.upCounts)
      const sinceTrough = cycle.step(thigh, forward)
      if (sinceTrough > gaitNow.limit) followGait(gaitNow.step(sinceTrough))
      if (measuredKnee) isMeasured = measuredKnee.step(thigh)
      if (!gaitNow.inGait) events |= stepPosture()
    } else {
      catchingUp.keep(turnX >> 1, turnY >> 1, turnZ >> 1, ax, ay, az)
      orientation.stepTurned(turnX, turnY, turnZ, gx, gy, gz, ax, ay, az)
    }
    // Samples that are stepped again have told the rest already.
    if (catchingUp.isAgain) {
      search.lookForShank()
      return events
    }
    if (++sinceTick === samplesPerTick) {
      sinceTick = 0
      search.keep(gx, gy, gz, ax, ay, az)
    }
    if (!calibration.complete) events |= stepCalibration()
    if (tap) tellTap()
    return events
  }

  const motion: Motion = {
    get kneeCdeg() {
      if (!calibrated) return 0
      return measuredKnee && isMeasured ? measuredKnee.kneeCdeg : flexion.kneeCdeg
    },
    get thighCdeg() {
      return sagittal.thighCdeg
    },
    get stance() {
      return gaitNow.inGait ? (gaitNow.loaded ? 1 : 0) : posture.activity === Activity.sit ? 0 : 1
    },
    activity: Activity.other,
    get calibrated() {
      return calibrated
    },
    mount: calibration.mount,
    get mountQuality() {
      return upkeep.quality
    },
    get leg() {
      return upkeep.leg
    },
    wearer,
    get taughtStrides() {
      return teaching.taughtStrides
    },
    get calibrationBends() {
      return calibration.bends
    },
    get samples() {
      return ((samples + catchingUp.queued) << pairShift) + pairing.left
    },
    set samples(count) {
      samples = count >> pairShift
    },
    get clipped() {
      return pairing.clipped
    },
    stride: report.stride,
    bend,
    thresholdCdeg: options.thresholdCdeg,

    beginBatch(rawMs, rawUs) {
      const batchUs = rawUs * (1 << pairShift)
      if (batchUs !== trackedUs) {
        trackedUs = batchUs
        orientation.setPeriod(batchUs)
        shape.setPeriod(batchUs)
      }
      // The first motion sample's instant is half way between the sample that waits, or the batch's first, and the next.
      const toMiddleMs = isPaired ? (pairing.isWaiting ? -rawUs : rawUs) / 2 / US_PER_MS : 0
      const timeMs = rawMs + toMiddleMs
      if (measuredKnee) {
        // The shank's angles of what waits are gone when its turn comes.
        measuredKnee.isPaused = catchingUp.behind > 0
        measuredKnee.beginBatch(timeMs, batchUs)
      }
      const firstSample = samples + catchingUp.queued + 1
      const delayed = timeMs - delayMs
      time.beginBatch(firstSample, delayed, batchUs)
      tap?.batch(firstSample, delayed, batchUs)
    },

    step: pairing.take,

    get behind() {
      return catchingUp.behind
    },

    get behindMs() {
      return time.msOf(catchingUp.behind)
    },

    stepBacklog() {
      if (catchingUp.behind === 0) return 0
      if (!catchingUp.isUnderWay) {
        samples -= catchingUp.again
        if (measuredKnee) measuredKnee.isPaused = true
      }
      const [x, y, z, ax, ay, az] = catchingUp.next()
      const events = stepParts() | stepMotion(x * 2, y * 2, z * 2, x, y, z, ax, ay, az)
      catchingUp.done()
      return events
    },

    bridge(lost) {
      const { inGait, periodSamples } = gaitNow
      // Rounded up: one that is half lost is stood in for as well.
      const odd = (lost & pairShift) + (pairing.isWaiting ? 1 : 0)
      const motionSamples = (lost >> pairShift) + ((odd + pairShift) >> pairShift)
      if (catchingUp.behind === 0 && inGait && motionSamples << 1 <= periodSamples)
        standIn.begin(motionSamples, periodSamples)
      else if (catchingUp.behind > 0 || lost > REPEATED_SAMPLES) {
        motion.gap(lost)
        return false
      }
      return true
    },

    repeat: pairing.repeat,

    gap(lost) {
      orientation.gap(lost >> pairShift)
      pairing.drop()
      search.interrupt()
      samples += catchingUp.queued
      catchingUp.clear()
      measuredKnee?.gap()
      if (gaitNow.lose()) gaitEnded()
    },

    readCalibrationBend(index) {
      const seen = calibration.seen[index]
      if (!seen) return
      bend.timeMs = time.msAt(samples - seen.age)
      bend.peakCdeg = calibrationBendFlexionCdeg(wearer, calibration.mount, seen)
    },

    learnHeldBend(kneeCdeg) {
      return learnHeldBend(wearer, calibration, kneeCdeg)
    },

    teach(peakOffsetCdeg, strides) {
      teaching.resume(peakOffsetCdeg, strides)
    },

    restore(mount, quality, leg) {
      Object.assign(calibration.mount, mount)
      upkeep.set(quality, leg, false)
      catchingUp.forget()
      begin()
    },

    recalibrate() {
      calibration.restart()
      upkeep.set(MountQuality.none, Leg.unknown, false)
      search.interrupt()
      samples += catchingUp.queued
      catchingUp.restart()
      search.restart()
      calibrated = false
      report.cancel()
      sagittal.thighCdeg = 0
      if (gaitNow.inGait) {
        gaitNow.end()
        gaitEnded()
      }
    },
  }
  return motion
}
