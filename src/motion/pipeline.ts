/**
 * The motion pipeline's parts, and what happens with them seldomer than at each sample (motion.ts): strides as they close, gait as it begins
 * and ends, mounts as they are found; and what the device tells and asks. A class: its methods stay in flash.
 */
import type { MotionTap } from "../board"
import { Calibration } from "./calibration"
import { calibrationBendFlexionCdeg, learnHeldBend } from "./calibration-bends"
import { CatchingUp, type Kept } from "./catching-up"
import { createFlexion, type Flexion, ThighRate } from "./flexion"
import type { FlexionModel } from "./flexion-model"
import { GaitNews, GaitNow } from "./gait-now"
import { Leg } from "./leg"
import { createMeasuredKnee, type MeasuredKnee } from "./measured-knee"
import { MountSearch } from "./mount-search"
import { MountQuality, MountUpkeep, UpkeepEvent } from "./mount-upkeep"
import { createOrientation, type Orientation } from "./orientation"
import { createPairing, type Pairing, type PairingSteps } from "./pairing"
import { Posture } from "./posture"
import { type Mount, Sagittal } from "./sagittal"
import { SampleTime } from "./sample-time"
import type { Shank } from "./shank"
import { StandIn } from "./stand-in"
import { Activity, type Stride } from "./stride"
import { StrideCurve } from "./stride-curve"
import { createStrideCycle, type StrideCycle } from "./stride-cycle"
import { ReportNews, StrideReport } from "./stride-report"
import { StrideShape } from "./stride-shape"
import { SwingPlane } from "./swing-plane"
import { Teaching } from "./teaching"
import { createWearer, type Wearer } from "./wearer"

/**
 * What happened at a sample: bits of what step() returns. `calibrated`: there is a new mount; `refined`: it is known better now;
 * `shifted`: the strap slipped, and the mount was turned along with it; `taught`: the wearer's own offset has become known. `spare`: nothing
 * did, nor was there anything to do; several times a second, so that what others put off is done then.
 */
export const MotionEvent = {
  calibrated: 1,
  stride: 2,
  bend: 4,
  refined: 8,
  shifted: 16,
  taught: 32,
  spare: 64,
} as const

/** A first stride is expected to take as long as the mean one at 3.5 m/s (Fukuchi et al. 2017). */
const FIRST_STRIDE_US = 700_000
/** No place in a stride, for the tap. */
const OUTSIDE_GAIT = -1
const RUNNING_STRIDES = 8
/** Outside gait so few lost samples (38 ms) are stood in for by the last one; more are a gap. */
const REPEATED_SAMPLES = 4
/** At 104 and 208 Hz. */
const PAIRED_BELOW_US = 15_000
/** Of the turns between two motion samples that wait, one in so many is to spare for others. */
const SPARED = 4
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

/** The sample path: motion.ts. */
export interface PipelineSteps extends PairingSteps {
  readonly stepThigh: () => number
}

export class Pipeline {
  // What the sample path reads and writes comes first: XS looks for a property from the first on.
  calibrated = false
  /** Motion samples so far; fewer while some are stepped again. */
  stepped = 0
  /** Both sensors measured at the newest sample. */
  isMeasured = false
  /** The motion sample put something off until it is stepped: stepDue(). */
  isDue = false

  readonly orientation: Orientation
  readonly sagittal: Sagittal
  readonly shape: StrideShape
  readonly cycle: StrideCycle
  readonly gaitNow: GaitNow
  readonly report: StrideReport
  readonly standIn: StandIn
  readonly measuredKnee: MeasuredKnee | undefined
  readonly calibration: Calibration
  readonly catchingUp: CatchingUp
  readonly search: MountSearch
  readonly tap: MotionTap | undefined
  /** A raw sample. @returns bits of MotionEvent */
  readonly step: Pairing["take"]
  /** One of the lost samples that are stood in for. @returns bits of MotionEvent */
  readonly repeat: Pairing["repeat"]

  activity: Activity = Activity.other
  thresholdCdeg: number
  readonly mount: Mount
  readonly wearer: Wearer
  readonly stride: Stride
  readonly bend = { timeMs: 0, peakCdeg: 0 }
  readonly steps: PipelineSteps
  readonly pairShift: number
  readonly delayMs: number
  readonly shank: Shank | undefined
  readonly firstStrideSamples: number
  readonly samplesPerTick: number
  readonly time: SampleTime
  readonly plane = new SwingPlane()
  readonly upkeep: MountUpkeep
  readonly curve: StrideCurve
  readonly thighRate: ThighRate
  readonly flexion: Flexion
  readonly posture: Posture
  readonly teaching: Teaching
  readonly pairing: Pairing
  trackedUs: number
  /** Turns between two motion samples that waited. */
  betweens = 0
  runStrides = 0
  // What was put off: what the cycle told of a stride, and when its trough was; a look
  // for bends; the bends of a calibration, and the mount that they made.
  sinceTrough = 0
  troughMs = 0
  isBendDue = false
  hasBends = false
  isMountSet = false
  /** The motion sample that has waited and is stepped. */
  kept: Kept | undefined

  constructor(options: MotionOptions, steps: PipelineSteps) {
    const { isPaired = options.periodUs < PAIRED_BELOW_US, model, delayMs, shank, tap } = options
    const pairShift = isPaired ? 1 : 0
    // Of motion samples, as everything below.
    const periodUs = options.periodUs * (1 << pairShift)
    const firstStrideSamples = Math.round(FIRST_STRIDE_US / periodUs)
    const wearer = createWearer(model)
    const time = new SampleTime(periodUs)
    const sagittal = new Sagittal()
    const orientation = createOrientation(periodUs, sagittal)
    const calibration = new Calibration(periodUs, orientation)
    const plane = this.plane
    const upkeep = new MountUpkeep(calibration.mount, plane)
    const cycle = createStrideCycle()
    const gaitNow = new GaitNow(cycle, time, firstStrideSamples)
    const shape = new StrideShape(periodUs)
    const curve = new StrideCurve(model, wearer, shape.features)
    const teaching = new Teaching(wearer)
    const measuredKnee = shank && createMeasuredKnee(periodUs, shank)
    const report = new StrideReport({ periodUs, model, wearer, time, shape, curve, teaching, measuredKnee })
    const pairing = createPairing(isPaired, steps, orientation.rateClipped)
    this.orientation = orientation
    this.sagittal = sagittal
    this.shape = shape
    this.cycle = cycle
    this.gaitNow = gaitNow
    this.report = report
    this.standIn = new StandIn(orientation, sagittal, shape)
    this.measuredKnee = measuredKnee
    this.calibration = calibration
    this.catchingUp = new CatchingUp(periodUs, orientation)
    this.search = new MountSearch(periodUs, orientation, gaitNow, plane, upkeep, calibration, shank)
    this.tap = tap
    this.step = pairing.take
    this.repeat = pairing.repeat
    this.thresholdCdeg = options.thresholdCdeg
    this.mount = calibration.mount
    this.wearer = wearer
    this.stride = report.stride
    this.steps = steps
    this.pairShift = pairShift
    this.delayMs = delayMs
    this.shank = shank
    this.firstStrideSamples = firstStrideSamples
    this.samplesPerTick = this.search.samplesPerTick
    this.time = time
    this.upkeep = upkeep
    this.curve = curve
    this.thighRate = new ThighRate(periodUs, shape)
    this.flexion = createFlexion(model, wearer, sagittal, this.thighRate, cycle, gaitNow, curve)
    this.posture = new Posture(periodUs, wearer)
    this.teaching = teaching
    this.pairing = pairing
    this.trackedUs = periodUs
  }

  get kneeCdeg(): number {
    if (!this.calibrated) return 0
    return this.measuredKnee && this.isMeasured ? this.measuredKnee.kneeCdeg : this.flexion.kneeCdeg
  }
  get thighCdeg(): number {
    return this.calibrated ? this.sagittal.thighCdeg : 0
  }
  get stance(): number {
    const { gaitNow } = this
    return gaitNow.inGait ? (gaitNow.loaded ? 1 : 0) : this.posture.activity === Activity.sit ? 0 : 1
  }
  get mountQuality(): MountQuality {
    return this.upkeep.quality
  }
  get leg(): Leg {
    return this.upkeep.leg
  }
  get taughtStrides(): number {
    return this.teaching.taughtStrides
  }
  get calibrationBends(): number {
    return this.calibration.bends
  }
  get samples(): number {
    return ((this.stepped + this.catchingUp.queued) << this.pairShift) + this.pairing.left
  }
  set samples(count: number) {
    this.stepped = count >> this.pairShift
  }
  get clipped(): number {
    return this.pairing.clipped
  }
  get behind(): number {
    return this.catchingUp.behind
  }
  get behindMs(): number {
    return this.time.msOf(this.catchingUp.behind)
  }

  /** The next motion samples may be anything. */
  stepWholly(): void {
    this.pairing.leadTo(this.steps.stepMotion, this.steps.afterMotion)
  }

  /** The next motion samples go to the orientation and the thigh only, if nothing else looks at each. */
  stepUsually(): void {
    if (
      this.calibrated &&
      (this.calibration.complete || this.gaitNow.inGait) &&
      this.standIn.left === 0 &&
      this.catchingUp.behind === 0 &&
      !this.measuredKnee &&
      !this.tap
    )
      this.pairing.leadTo(this.orientation.stepTurned, this.steps.stepThigh)
  }

  standInStep(): void {
    this.standIn.step()
    if (this.standIn.left === 0) this.pairing.interrupt()
  }

  /** The cycle told of a stride: what it was is looked at between two samples. */
  gaitDue(sinceTrough: number): void {
    this.sinceTrough = sinceTrough
    // Now: until then the next batch may begin.
    this.troughMs = this.time.msAt(this.stepped - this.cycle.troughAge)
    this.isDue = true
  }

  /** A stride closed, gait began, or it ended. */
  followGait(): void {
    if (this.sinceTrough === 0) return
    const news = this.gaitNow.step(this.sinceTrough)
    this.sinceTrough = 0
    if (news & GaitNews.swings) {
      this.curve.reset()
      this.flexion.strideClosed(this.firstStrideSamples << 4, 0)
    }
    if (news & GaitNews.closed) {
      const isFirst = (news & GaitNews.begun) !== 0
      if (isFirst) {
        this.curve.reset()
        if (!this.calibration.complete) this.calibration.disturb()
      }
      const { gait, periodSamples } = this.gaitNow
      const { report } = this
      this.countRunning(gait === Activity.run)
      report.begin(gait, this.stepped, this.cycle.troughAge, this.troughMs, periodSamples, isFirst)
      this.flexion.strideClosed(report.periodQ4, report.troughPartQ4)
    }
    if (news & GaitNews.ended) this.gaitEnded()
  }

  /** A stride is read out. @param news bits of ReportNews @returns bits of MotionEvent */
  tellStride(news: number): number {
    const { contactSample, toeOffSample, troughSample, periodSamples, troughPartQ4, periodQ4, stride } =
      this.report
    const untilTrough = periodSamples - troughSample
    this.gaitNow.expect(untilTrough + contactSample, untilTrough + toeOffSample)
    this.become(stride.gait, contactSample)
    this.tap?.stride(
      contactSample,
      toeOffSample,
      (troughSample << 4) + troughPartQ4,
      periodQ4,
      stride.peakFlexionCdeg,
      this.shape.features,
    )
    return news & ReportNews.taught ? MotionEvent.stride | MotionEvent.taught : MotionEvent.stride
  }

  /** A motion sample for the search for the mount, once in TICK_US. @returns how many later the next is */
  tick(): number {
    const { search, kept } = this
    if (search.isPausing) return search.pause()
    // Of what waited, only half of the turn is known: the rate half a motion sample earlier.
    if (this.catchingUp.isUnderWay && kept) search.keep(kept[0], kept[1], kept[2], kept[3], kept[4], kept[5])
    else this.pairing.giveRates(search)
    return this.samplesPerTick
  }

  /** Outside gait. @returns bits of MotionEvent */
  stepPosture(): number {
    const posture = this.posture
    const hasBent = posture.step(this.sagittal.thighCdeg, this.orientation.resting)
    if (hasBent) {
      this.bend.timeMs = this.time.msAt(this.stepped - posture.bendAge)
      this.bend.peakCdeg = this.measuredKnee?.kneeAt(posture.bendAge) ?? posture.bendPeakCdeg
    }
    this.become(posture.activity, this.stepped - posture.sinceSamples)
    return hasBent ? MotionEvent.bend : 0
  }

  /** A part of what is to be done of the last stride and of a full window of the swing. @returns bits of MotionEvent */
  stepParts(): number {
    const { report, search } = this
    // A window's part is work enough, and so is a stride that is told, for others.
    if (search.isWorking && !search.isTicking) return this.workAtSearch()
    if (report.isOpen) {
      const news = report.step(this.stepped, this.thresholdCdeg)
      if (news !== 0) return this.tellStride(news)
    }
    return search.isWorking ? this.workAtSearch() : 0
  }

  /** What the motion sample put off, or an older motion sample. @returns bits of MotionEvent */
  stepDue(): number {
    this.isDue = false
    if (this.catchingUp.isQueueing) return this.catchUp()
    if (this.isUnsettled) return this.settle()
    // A look for bends leaves time for a part, unless it found them.
    const events = this.settle()
    return this.hasBends ? events : events | this.stepParts()
  }

  /** Between two motion samples that wait behind older ones: one part or one older sample, never both. @returns bits of MotionEvent */
  catchUp(): number {
    this.isDue = true
    if (this.shank) return this.stepBacklog()
    if (this.isUnsettled) return this.settle()
    if (this.report.isOpen || this.search.isWorking) return this.stepParts()
    this.betweens++
    return this.betweens % SPARED === 0 ? MotionEvent.spare : this.stepOldest()
  }

  /** A motion sample put off what has to be done before the next. */
  get isUnsettled(): boolean {
    return this.sinceTrough !== 0 || this.hasBends
  }

  /** @returns bits of MotionEvent */
  workAtSearch(): number {
    const done = this.search.work()
    return done === 0 ? 0 : this.takeMount(done)
  }

  /** @returns bits of MotionEvent */
  settle(): number {
    this.followGait()
    if (this.isBendDue) this.lookForBends()
    return this.hasBends ? this.calibrate() : 0
  }

  /** The mount was found, refined or turned. @param done bits of UpkeepEvent @returns bits of MotionEvent */
  takeMount(done: number): number {
    let events = 0
    if (done & UpkeepEvent.shifted) events |= MotionEvent.shifted
    if (done & UpkeepEvent.refined) events |= MotionEvent.refined
    if (done & UpkeepEvent.mounted) {
      if (!this.calibrated) this.catchingUp.rewind()
      this.isDue = true
      this.begin()
      events |= MotionEvent.calibrated
    } else this.orientation.remount(this.mount)
    return events
  }

  /** Looks for bends in the newest motion sample, outside gait. */
  lookForBends(): void {
    const { calibration } = this
    this.isBendDue = false
    // What looks like bends in gait is none.
    if (this.plane.isGait) calibration.disturb()
    if (calibration.step()) this.hasBends = this.isDue = true
  }

  /** The bends of a calibration are made: sets the mount, then takes it over. @returns bits of MotionEvent */
  calibrate(): number {
    if (!this.isMountSet) {
      this.isMountSet = this.hasBends = this.isDue = this.calibration.finish()
      return 0
    }
    this.isMountSet = this.hasBends = false
    if (!this.calibrated) this.catchingUp.forget()
    this.upkeep.set(MountQuality.bends, this.upkeep.leg, true)
    this.begin()
    this.search.calibrated()
    return MotionEvent.calibrated
  }

  tellTap(tap: MotionTap): void {
    const { orientation, gaitNow } = this
    tap.sample(
      this.stepped,
      this.kneeCdeg,
      this.thighCdeg,
      this.stance,
      this.activity,
      orientation.upX,
      orientation.upY,
      orientation.upZ,
      gaitNow.inGait ? this.flexion.placeQ8 : OUTSIDE_GAIT,
      this.thighRate.rateCounts,
    )
  }

  /**
   * A new motion sample waits, an older one is stepped or what one put off is done: never two strides, nor two bends.
   * @returns bits of MotionEvent
   */
  queue(turnX: number, turnY: number, turnZ: number, ax: number, ay: number, az: number): number {
    this.catchingUp.keep(turnX >> 1, turnY >> 1, turnZ >> 1, ax, ay, az)
    // A second sensor's angles do not wait: the sooner the knee is measured, whatever it costs.
    if (this.shank) return this.stepBacklog() | this.stepBacklog()
    return this.isUnsettled ? this.settle() : this.stepOldest()
  }

  stepBacklog(): number {
    return this.catchingUp.behind > 0 ? this.settle() | this.stepParts() | this.stepOldest() : 0
  }

  stepOldest(): number {
    const { catchingUp, measuredKnee } = this
    if (catchingUp.behind === 0) return 0
    if (!catchingUp.isUnderWay) {
      this.stepped -= catchingUp.again
      if (measuredKnee) measuredKnee.isPaused = true
    }
    // Element by element: a typed array that is taken apart as a whole makes an iterator.
    const kept = catchingUp.next()
    const x = kept[0] * 2
    const y = kept[1] * 2
    const z = kept[2] * 2
    this.kept = kept
    const events = this.steps.stepMotion(x, y, z, kept[3], kept[4], kept[5])
    if (this.isBendDue) this.lookForBends()
    catchingUp.done()
    this.isDue = catchingUp.isQueueing || this.isUnsettled
    return events
  }

  beginBatch(rawMs: number, rawUs: number): void {
    const { catchingUp, measuredKnee } = this
    const isPaired = this.pairShift > 0
    const batchUs = rawUs * (1 << this.pairShift)
    if (batchUs !== this.trackedUs) {
      this.trackedUs = batchUs
      this.orientation.setPeriod(batchUs)
      this.shape.setPeriod(batchUs)
    }
    // The first motion sample's instant is half way between the sample that waits, or the batch's first, and the next.
    const toMiddleMs = isPaired ? (this.pairing.isWaiting ? -rawUs : rawUs) / 2 / US_PER_MS : 0
    const timeMs = rawMs + toMiddleMs
    if (measuredKnee) {
      // The shank's angles of what waits are gone when its turn comes.
      measuredKnee.isPaused = catchingUp.behind > 0
      measuredKnee.beginBatch(timeMs, batchUs)
    }
    const firstSample = this.stepped + catchingUp.queued + 1
    const delayed = timeMs - this.delayMs
    this.time.beginBatch(firstSample, delayed, batchUs)
    this.tap?.batch(firstSample, delayed, batchUs)
  }

  bridge(lost: number): boolean {
    this.followGait()
    const { inGait, periodSamples } = this.gaitNow
    const pairShift = this.pairShift
    // Rounded up: one that is half lost is stood in for as well.
    const odd = (lost & pairShift) + (this.pairing.isWaiting ? 1 : 0)
    const motionSamples = (lost >> pairShift) + ((odd + pairShift) >> pairShift)
    this.stepWholly()
    if (this.catchingUp.behind === 0 && inGait && motionSamples << 1 <= periodSamples)
      this.standIn.begin(motionSamples, periodSamples)
    else if (this.catchingUp.behind > 0 || lost > REPEATED_SAMPLES) {
      this.gap(lost)
      return false
    }
    return true
  }

  gap(lost: number): void {
    this.followGait()
    this.orientation.gap(lost >> this.pairShift)
    this.pairing.drop()
    this.search.interrupt()
    this.stepped += this.catchingUp.queued
    this.catchingUp.clear()
    this.measuredKnee?.gap()
    if (this.gaitNow.lose()) this.gaitEnded()
  }

  readCalibrationBend(index: number): void {
    const { calibration, bend } = this
    const seen = calibration.seen[index]
    if (!seen) return
    bend.timeMs = this.time.msAt(this.stepped - seen.age)
    bend.peakCdeg = calibrationBendFlexionCdeg(this.wearer, calibration.mount, seen)
  }

  learnHeldBend(kneeCdeg: number): boolean {
    return learnHeldBend(this.wearer, this.calibration, kneeCdeg)
  }

  teach(peakOffsetCdeg: number, strides: number): void {
    this.teaching.resume(peakOffsetCdeg, strides)
  }

  restore(mount: Mount, quality: MountQuality, leg: Leg): void {
    Object.assign(this.mount, mount)
    this.upkeep.set(quality, leg, false)
    this.catchingUp.forget()
    this.begin()
  }

  recalibrate(): void {
    this.stepWholly()
    this.calibration.restart()
    this.upkeep.set(MountQuality.none, Leg.unknown, false)
    this.search.interrupt()
    this.stepped += this.catchingUp.queued
    this.catchingUp.restart()
    this.search.restart()
    this.calibrated = false
    this.isMountSet = this.hasBends = this.isBendDue = false
    this.sinceTrough = 0
    this.report.cancel()
    if (this.gaitNow.inGait) {
      this.gaitNow.end()
      this.gaitEnded()
    }
  }

  become(activity: Activity, fromSample: number): void {
    if (this.activity === activity) return
    this.activity = activity
    this.tap?.activity(fromSample, activity)
  }

  /** A mount is there: angles begin. */
  begin(): void {
    if (!this.calibrated) this.sagittal.thighCdeg = 0
    this.calibrated = true
    this.orientation.remount(this.mount)
    this.gaitNow.reset()
    this.sinceTrough = 0
    this.posture.reset()
    this.report.cancel()
  }

  /** Eight strides in a row are running (as in docs/measuring.md a bout is), fewer may be anything. */
  countRunning(isRun: boolean): void {
    if (!isRun) this.runStrides = 0
    else if (this.runStrides < RUNNING_STRIDES) this.runStrides++
    this.orientation.running = this.runStrides === RUNNING_STRIDES
    if (this.shank) this.shank.orientation.running = this.orientation.running
  }

  gaitEnded(): void {
    // Bends may be made now.
    if (!this.calibration.complete) this.stepWholly()
    this.countRunning(false)
    this.report.gaitEnded()
    this.posture.reset()
    this.become(Activity.other, this.report.toeOffSample)
  }
}
