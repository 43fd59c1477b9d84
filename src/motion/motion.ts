/**
 * The motion pipeline, one raw sample at a time: orientation → calibration → thigh in its plane → stride → flexion →
 * load. Raw counts (LSM6DSO at ±16 g, ±2000 °/s) in; live angles, activity, closed strides and bends out. Integers
 * only; nothing is allocated after it is created.
 */
import type { MotionTap } from "../board"
import { type Backlog, createBacklog } from "./backlog"
import { type CalibrationBend, createCalibration } from "./calibration"
import { atan2Cdeg } from "./fixed-point"
import { createFlexion, flatFootFlexionCdeg } from "./flexion"
import type { FlexionModel } from "./flexion-model"
import { classifyStride, isSwing, type StrideSwing } from "./gait"
import { createLoad } from "./load"
import { createMeasuredKnee } from "./measured-knee"
import { createMountUpkeep, Leg, MountQuality, UpkeepEvent } from "./mount-upkeep"
import { createOrientation } from "./orientation"
import { createPosture } from "./posture"
import { createSagittal, type Mount } from "./sagittal"
import type { Shank } from "./shank"
import { createShankMount, type ShankMount } from "./shank-mount"
import { createStandIn } from "./stand-in"
import { Activity, createStride, type Stride } from "./stride"
import { createStrideCurve } from "./stride-curve"
import { createStrideCycle } from "./stride-cycle"
import { createStrideEstimate } from "./stride-estimate"
import { createStrideLean } from "./stride-lean"
import { createStrideShape, PHASES, THIGH } from "./stride-shape"
import { createSwingPlane, TICK_US } from "./swing-plane"
import { createTeaching } from "./teaching"
import { walkingContactDms, walkingToeOffDms } from "./walking-events"
import { bendSlopeQ10, createWearer, type Wearer } from "./wearer"

/**
 * What happened at a sample: bits of what step() returns. `calibrated`: there is a new mount; `refined`: it is known better now;
 * `shifted`: the strap slipped, and the mount was turned along with it; `taught`: the wearer's own offset has become known.
 */
export const MotionEvent = { calibrated: 1, stride: 2, bend: 4, refined: 8, shifted: 16, taught: 32 } as const

/** Gait is over when a stride takes this much of the last one's time, 1/8. */
const GAIT_TIMEOUT_EIGHTHS = 12
/** 1/10 in Q16: ms from 1/10 ms. */
const TENTH_Q16 = 6554
/** Between strides, hours of standing may go by: the sum may wrap, but not leave int32. */
const SUM_MASK = 0x3fffffff
/** A first stride is expected to take as long as the mean one at 3.5 m/s (Fukuchi et al. 2017). */
const FIRST_STRIDE_US = 700_000
/** No place in a stride, for the tap. */
const OUTSIDE_GAIT = -1
const RUNNING_STRIDES = 8
/** Outside gait so few lost samples (38 ms) are stood in for by the last one; more are a gap. */
const REPEATED_SAMPLES = 4
/** An axis within one count of the end of int16 is clipped. */
const CLIP_COUNTS = 32766

type SixAxes = readonly [number, number, number, number, number, number]

export interface MotionOptions {
  /** The sensor's nominal sample period in µs, 4,000 to 20,000. */
  periodUs: number
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
  kneeCdeg: number
  thighCdeg: number
  /** 1: this leg is loaded. */
  stance: number
  activity: Activity
  calibrated: boolean
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
  /** Samples so far, and those with an axis at the end of its range. */
  samples: number
  clipped: number
  /** The stride, or the bend, that step() told of. Reused. */
  readonly stride: Stride
  readonly bend: { timeMs: number; peakCdeg: number }
  thresholdCdeg: number

  /** Samples from before the mount was known that wait for stepBacklog(). */
  readonly behind: number
  /** Steps the oldest of them; all of them before the next sample. @returns bits of MotionEvent */
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
  const { periodUs, model, delayMs, shank, tap } = options
  let sensorPeriodUs = periodUs
  let periodMsQ8 = Math.round((periodUs / 1000) * 256)
  const firstStrideSamples = Math.round(FIRST_STRIDE_US / periodUs)
  const samplesPerDmsQ16 = Math.round((65536 * 100) / periodUs)
  const wearer = createWearer(model)
  const orientation = createOrientation(periodUs)
  const calibration = createCalibration(periodUs, orientation)
  const plane = createSwingPlane()
  const samplesPerTick = Math.round(TICK_US / periodUs)
  const upkeep = createMountUpkeep(calibration.mount, plane)
  const sagittal = createSagittal(calibration.mount, orientation)
  const cycle = createStrideCycle()
  const shape = createStrideShape(periodUs)
  const lean = createStrideLean()
  const estimate = createStrideEstimate(model, wearer, shape.features)
  const curve = createStrideCurve(model, wearer, shape.features)
  const standIn = createStandIn(periodUs, orientation, sagittal, shape)
  const flexion = createFlexion(model, wearer, sagittal, cycle, curve)
  const load = createLoad(model)
  const posture = createPosture(periodUs, wearer)
  const teaching = createTeaching(wearer)
  const measuredKnee = shank && createMeasuredKnee(periodUs, shank)
  measuredKnee?.standInFor(flexion, sagittal)
  const shankMount = shank && createShankMount(shank.orientation, calibration)

  const stride = createStride()
  const bend = { timeMs: 0, peakCdeg: 0 }

  // Time of sample `batchSample`, ms.
  let batchMs = 0
  let batchSample = 0

  // What was not measured because the mount was not known.
  let backlog: Backlog | undefined = createBacklog()
  let backlogSamples = 0
  let isCatchingUp = false

  let runStrides = 0
  let sinceTick = 0
  let windowGait: Activity = Activity.other

  let forwardSum = 0
  let thighSum = 0
  const swing: StrideSwing = {
    periodMs: 0,
    rangeCdeg: 0,
    troughCdeg: 0,
    forwardSum: 0,
    thighSum: 0,
    samples: 0,
  }
  // The stride being read out.
  let gait: Activity = Activity.other
  let readingCurve = false
  let lastKind: Activity = Activity.other
  let troughSample = 0
  let troughMs = 0
  let periodSamples = 0
  // The newest sample, in case the next is missing.
  let lastGx = 0
  let lastGy = 0
  let lastGz = 0
  let lastAx = 0
  let lastAy = 0
  let lastAz = 0
  // Gait now: its timeout in samples since the last trough, and when this leg is loaded, in samples since the trough.
  let inGait = false
  // Not known to be gait, but the live angle follows a leg that swings as in gait.
  let swinging = false
  let timeout = 0
  let contactAfter = 0
  let toeOffAfter = 0
  let lastToeOffSample = 0

  function msAt(sample: number): number {
    return batchMs + (((sample - batchSample) * periodMsQ8) >> 8)
  }

  function become(activity: Activity, fromSample: number): void {
    if (motion.activity === activity) return
    motion.activity = activity
    tap?.activity(fromSample, activity)
  }

  /** How far the thigh leant in a bend that calibrated, by the mount that it made. */
  function bendThighCdeg({ upX, upY, upZ }: Readonly<CalibrationBend>): number {
    const { mount } = calibration
    const cosine = (mount.upX * upX + mount.upY * upY + mount.upZ * upZ) >> 14
    const sine = (mount.forwardX * upX + mount.forwardY * upY + mount.forwardZ * upZ) >> 14
    return atan2Cdeg(sine, cosine)
  }

  /** A mount is there: angles begin. */
  function begin(): void {
    sagittal.mountChanged()
    cycle.reset()
    posture.reset()
    shape.cancel()
    lean.forget()
    estimate.cancel()
    readingCurve = false
    lastKind = Activity.other
    forwardSum = thighSum = 0
    inGait = false
    swinging = false
  }

  function expectFirstStride(): void {
    curve.reset()
    flexion.strideClosed(firstStrideSamples)
    timeout = (firstStrideSamples * GAIT_TIMEOUT_EIGHTHS) >> 3
  }

  /** One sample in samplesPerTick also goes to the search for the swing's plane. @returns bits of MotionEvent */
  function tick(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): number {
    const { upX, upY, upZ } = orientation
    if (!inGait || gait !== windowGait) windowGait = Activity.other
    if (shank && shankMount && !shank.mounted) lookForShank(shank, shankMount)
    let done = orientation.resting ? upkeep.rest(upX, upY, upZ) : 0
    const x = gx - (orientation.biasX >> 4)
    const y = gy - (orientation.biasY >> 4)
    const z = gz - (orientation.biasZ >> 4)
    if (plane.tick(x, y, z, ax, ay, az, upX, upY, upZ)) {
      done |= upkeep.window(windowGait)
      windowGait = inGait ? gait : Activity.other
    }
    if (done === 0) return 0
    let events = 0
    if (done & UpkeepEvent.shifted) events |= MotionEvent.shifted
    if (done & UpkeepEvent.refined) events |= MotionEvent.refined
    if (done & UpkeepEvent.mounted) {
      if (!motion.calibrated && backlog) backlogSamples = backlog.rewind()
      motion.calibrated = true
      begin()
      events |= MotionEvent.calibrated
    } else sagittal.mountChanged()
    return events
  }

  /** The second sensor's mount without bends, or after them: from standing and running. */
  function lookForShank(unmounted: Shank, finder: ShankMount): void {
    const { swing } = unmounted
    if (calibration.complete) finder.step(orientation.resting)
    unmounted.isRunning = inGait && gait === Activity.run
    if (!unmounted.isRunning) swing.reset()
    else if (swing.found && finder.findBySwing(swing.axisX, swing.axisY, swing.axisZ))
      unmounted.remount(finder.mount)
  }

  /** Eight strides in a row are running (as in docs/measuring.md a bout is), fewer may be anything. */
  function countRunning(isRun: boolean): void {
    if (!isRun) runStrides = 0
    else if (runStrides < RUNNING_STRIDES) runStrides++
    orientation.running = runStrides === RUNNING_STRIDES
    if (shank) shank.orientation.running = orientation.running
  }

  function endGait(): void {
    inGait = false
    countRunning(false)
    lean.forget()
    swinging = false
    posture.reset()
    become(Activity.other, lastToeOffSample)
  }

  /** A stride closed: is it gait? Its shape is then sampled over the next sixteen samples. */
  function beginStride(): void {
    const samples = cycle.periodSamples
    const periodMs = (samples * periodMsQ8) >> 8
    const trough = (cycle.firstTroughCdeg + cycle.lastTroughCdeg) >> 1
    swing.periodMs = periodMs
    swing.rangeCdeg = cycle.peakCdeg - trough
    swing.troughCdeg = cycle.lastTroughCdeg
    swing.samples = samples + cycle.troughAge
    swing.forwardSum = forwardSum
    swing.thighSum = thighSum
    let kind = classifyStride(swing, lastKind)
    forwardSum = thighSum = 0
    // One swing between walk's limits is no walking yet: sitting down and standing up can be one.
    const before = lastKind
    lastKind = kind
    if (kind !== Activity.run && before !== Activity.walk && before !== Activity.stairs) kind = Activity.other
    if (kind === Activity.other) {
      if (inGait) endGait()
      swinging = isSwing(cycle.lastTroughCdeg, (cycle.troughAge * periodMsQ8) >> 8)
      if (swinging) expectFirstStride()
      return
    }
    gait = kind
    countRunning(kind === Activity.run)
    troughSample = motion.samples - cycle.troughAge
    // Now, not when it is read out: samples may be lost in between.
    troughMs = msAt(troughSample)
    periodSamples = samples
    shape.begin(samples, cycle.troughAge)
    flexion.strideClosed(samples)
    if (!inGait) curve.reset()
    inGait = true
    swinging = false
    timeout = (samples * GAIT_TIMEOUT_EIGHTHS) >> 3
  }

  /** The stride is read out: hands it on. @returns bits of MotionEvent */
  function endStride(): number {
    let events: number = MotionEvent.stride
    const features = shape.features
    const isRun = gait === Activity.run
    const periodMs = (periodSamples * periodMsQ8) >> 8
    const contactDms = isRun ? estimate.contactDms : walkingContactDms(gait, periodMs)
    const toeOffDms = isRun ? estimate.toeOffDms : walkingToeOffDms(gait, periodMs)
    const contactSamples = (contactDms * samplesPerDmsQ16 + 32768) >> 16
    const toeOffSamples = (toeOffDms * samplesPerDmsQ16 + 32768) >> 16
    const contactSample = troughSample - contactSamples
    const toeOffSample = troughSample - toeOffSamples
    contactAfter = periodSamples - contactSamples
    toeOffAfter = periodSamples - toeOffSamples
    // The thigh's forward-most angle in stance, from the stride's sixteenths.
    let thighMax = -18000
    for (
      let k = PHASES - 1, at = 15 * periodSamples;
      k > 0 && at > contactAfter << 4;
      k--, at -= periodSamples
    )
      if ((features[THIGH + k] as number) > thighMax) thighMax = features[THIGH + k] as number

    stride.gait = gait
    stride.contactMs = troughMs - ((contactDms * TENTH_Q16) >> 16)
    stride.toeOffMs = troughMs - ((toeOffDms * TENTH_Q16) >> 16)
    stride.periodMs = periodMs
    stride.contactTimeMs = stride.toeOffMs - stride.contactMs
    readingCurve = curve.begin(
      stride.periodMs,
      stride.periodMs - troughMs + stride.contactMs,
      stride.periodMs - troughMs + stride.toeOffMs,
    )
    stride.peakFlexionCdeg = estimate.stancePeakCdeg
    // Of the newest sample the knee is not measured yet.
    const age = motion.samples - 1 - troughSample
    const measured = measuredKnee?.readStance(
      age + periodSamples,
      age + contactSamples,
      age + toeOffSamples,
      motion.thresholdCdeg,
    )
    stride.sensors = measured ? 2 : 1
    if (measuredKnee && measured) {
      stride.peakFlexionCdeg = measuredKnee.peakCdeg
      if (gait === Activity.run && teaching.step(measuredKnee.peakCdeg, estimate.stancePeakCdeg))
        events |= MotionEvent.taught
    }
    load.weigh(stride.peakFlexionCdeg, motion.thresholdCdeg, stride.contactTimeMs, stride.periodMs, thighMax)
    stride.msPastThreshold = load.msPastThreshold
    stride.cdegMsPastThreshold = load.cdegMsPastThreshold
    stride.milliLoad = load.milliLoad
    stride.milliLoadPeakWeighted = load.milliLoadPeakWeighted
    if (measuredKnee && measured) {
      stride.msPastThreshold = (measuredKnee.samplesPast * periodMsQ8) >> 8
      stride.cdegMsPastThreshold = ((measuredKnee.cdegSamplesPast >> 4) * periodMsQ8) >> 4
    }
    become(gait, contactSample)
    lastToeOffSample = toeOffSample
    tap?.stride(contactSample, toeOffSample, troughSample, periodSamples, stride.peakFlexionCdeg, features)
    return events
  }

  const motion: Motion = {
    kneeCdeg: 0,
    thighCdeg: 0,
    stance: 1,
    activity: Activity.other,
    calibrated: false,
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
    samples: 0,
    clipped: 0,
    stride,
    bend,
    thresholdCdeg: options.thresholdCdeg,

    beginBatch(timeMs, trackedUs) {
      if (trackedUs !== sensorPeriodUs) {
        sensorPeriodUs = trackedUs
        periodMsQ8 = Math.round((trackedUs / 1000) * 256)
        orientation.setPeriod(trackedUs)
        shape.setPeriod(trackedUs)
      }
      measuredKnee?.beginBatch(timeMs, trackedUs)
      const delayed = timeMs - delayMs
      batchMs = Math.round(delayed)
      batchSample = motion.samples + 1
      tap?.batch(batchSample, delayed, trackedUs)
    },

    step(gx, gy, gz, ax, ay, az) {
      let events = 0
      motion.samples++
      lastGx = gx
      lastGy = gy
      lastGz = gz
      lastAx = ax
      lastAy = ay
      lastAz = az
      if (
        !isCatchingUp &&
        (gx > CLIP_COUNTS ||
          gx < -CLIP_COUNTS ||
          gy > CLIP_COUNTS ||
          gy < -CLIP_COUNTS ||
          gz > CLIP_COUNTS ||
          gz < -CLIP_COUNTS ||
          ax > CLIP_COUNTS ||
          ax < -CLIP_COUNTS ||
          ay > CLIP_COUNTS ||
          ay < -CLIP_COUNTS ||
          az > CLIP_COUNTS ||
          az < -CLIP_COUNTS)
      ) {
        motion.clipped++
        if (
          gx > CLIP_COUNTS ||
          gx < -CLIP_COUNTS ||
          gy > CLIP_COUNTS ||
          gy < -CLIP_COUNTS ||
          gz > CLIP_COUNTS ||
          gz < -CLIP_COUNTS
        )
          orientation.rateClipped()
      }

      if (!motion.calibrated)
        backlog?.put(gx, gy, gz, ax, ay, az, orientation.upX, orientation.upY, orientation.upZ)
      const isLost = standIn.left > 0
      if (!isLost) orientation.step(gx, gy, gz, ax, ay, az)
      if (motion.calibrated) {
        if (isLost) standIn.step()
        else sagittal.step(gx, gy, gz, ax, ay, az)
        const thigh = sagittal.thighCdeg
        const forward = sagittal.forwardCounts
        motion.thighCdeg = thigh
        forwardSum = (forwardSum + (forward < 0 ? -forward : forward)) & SUM_MASK
        thighSum = (thighSum + thigh) | 0
        if (shape.step(thigh, forward, sagittal.upCounts)) {
          if (gait === Activity.run) lean.correct(shape.features)
          estimate.begin()
        }
        if (estimate.step()) {
          events = endStride()
        } else if (readingCurve && curve.step()) readingCurve = false
        if (cycle.step(thigh)) beginStride()
        if (inGait && cycle.sinceTrough > timeout) endGait()
        if (inGait) {
          flexion.stepGait()
          const since = cycle.sinceTrough
          // Where the foot leaves after the trough, the stance before goes on into this stride.
          motion.stance =
            since < toeOffAfter && (since >= contactAfter || since < toeOffAfter - periodSamples) ? 1 : 0
        } else {
          if (swinging && cycle.sinceTrough <= timeout) flexion.stepGait()
          else flexion.stepFlat()
          if (posture.step(thigh, orientation.resting)) {
            bend.timeMs = msAt(motion.samples - posture.bendAge)
            bend.peakCdeg = measuredKnee?.kneeAt(posture.bendAge) ?? posture.bendPeakCdeg
            events |= MotionEvent.bend
          }
          become(posture.activity, motion.samples - posture.sinceSamples)
          motion.stance = posture.activity === Activity.sit ? 0 : 1
        }
        motion.kneeCdeg = flexion.kneeCdeg
      }
      // Samples that are stepped again have told the rest already.
      if (isCatchingUp) return events
      if (++sinceTick === samplesPerTick) {
        sinceTick = 0
        events |= tick(gx, gy, gz, ax, ay, az)
      }
      if (!calibration.complete) {
        // What looks like bends in gait is none.
        if (inGait || plane.isGait) calibration.disturb()
        const completes = calibration.step()
        shankMount?.step(orientation.resting)
        if (completes) {
          backlog = undefined
          motion.calibrated = true
          upkeep.set(MountQuality.bends, upkeep.leg, true)
          begin()
          if (shankMount?.find()) shank?.remount(shankMount.mount)
          events |= MotionEvent.calibrated
        }
      }
      tap?.sample(
        motion.samples,
        motion.kneeCdeg,
        motion.thighCdeg,
        motion.stance,
        motion.activity,
        orientation.upX,
        orientation.upY,
        orientation.upZ,
        inGait ? flexion.placeQ8 : OUTSIDE_GAIT,
        sagittal.rateCounts,
      )
      return events
    },

    get behind() {
      return backlogSamples
    },

    stepBacklog() {
      if (!backlog || backlogSamples === 0) return 0
      if (!isCatchingUp) {
        isCatchingUp = true
        if (measuredKnee) measuredKnee.isPaused = true
        motion.samples -= backlogSamples
        orientation.restart(
          backlog.firstUp[0] as number,
          backlog.firstUp[1] as number,
          backlog.firstUp[2] as number,
        )
      }
      const [gx, gy, gz, ax, ay, az] = backlog.next() as unknown as SixAxes
      const events = motion.step(gx, gy, gz, ax, ay, az)
      if (--backlogSamples === 0) {
        isCatchingUp = false
        if (measuredKnee) measuredKnee.isPaused = false
        backlog = undefined
      }
      return events
    },

    bridge(lost) {
      if (inGait && lost << 1 <= periodSamples) standIn.begin(lost, periodSamples)
      else if (lost > REPEATED_SAMPLES) {
        motion.gap(lost)
        return false
      }
      return true
    },

    repeat() {
      return motion.step(lastGx, lastGy, lastGz, lastAx, lastAy, lastAz)
    },

    gap(lost) {
      orientation.gap(lost)
      plane.reset()
      backlog?.clear()
      measuredKnee?.gap()
      cycle.reset()
      if (inGait) endGait()
    },

    readCalibrationBend(index) {
      const seen = calibration.seen[index]
      if (!seen) return
      bend.timeMs = msAt(motion.samples - seen.age)
      bend.peakCdeg = flatFootFlexionCdeg(wearer, bendThighCdeg(seen))
    },

    learnHeldBend(kneeCdeg) {
      for (let index = 0; index < calibration.bends; index++) {
        const seen = calibration.seen[index]
        if (!seen?.held) continue
        wearer.bendSlopeQ10 = bendSlopeQ10(kneeCdeg - wearer.bendOffsetCdeg, bendThighCdeg(seen))
        return true
      }
      return false
    },

    teach: teaching.resume,

    restore(mount, quality, leg) {
      Object.assign(calibration.mount, mount)
      upkeep.set(quality, leg, false)
      backlog = undefined
      motion.calibrated = true
      begin()
    },

    recalibrate() {
      calibration.restart()
      upkeep.set(MountQuality.none, Leg.unknown, false)
      plane.reset()
      backlog = createBacklog()
      shankMount?.restart()
      shank?.unmount()
      motion.calibrated = false
      motion.kneeCdeg = motion.thighCdeg = 0
      if (inGait) endGait()
    },
  }
  return motion
}
