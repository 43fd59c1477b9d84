/**
 * What the motion pipeline does between two motion samples, a part in each turn: what a sample put off, strides as they close, mounts as
 * they are found, samples that waited for one.
 */
import { GaitNews } from "./gait-now"
import { MotionEvent } from "./motion-event"
import { MotionParts } from "./motion-parts"
import { MountQuality, UpkeepEvent } from "./mount-upkeep"
import { Activity } from "./stride"
import { ReportNews } from "./stride-report"

const RUNNING_STRIDES = 8
/** Of the turns between two motion samples that wait, one in so many is to spare for others. */
const SPARED = 4

/** A class: its methods stay in flash. */
export class MotionTurns extends MotionParts {
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
      this.steps === this.plainSteps
    )
      this.pairing.leadTo(this.orientation.stepTurned, this.steps.stepThigh)
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
      // Another mount than the bends': they may be made again.
      if (this.calibration.complete) this.calibration.restart()
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

  become(activity: Activity, fromSample: number): void {
    if (this.activity === activity) return
    this.activity = activity
    this.tap?.activity(fromSample, activity)
  }

  /** A mount is there: angles begin. */
  begin(): void {
    // Gait ends with the angles: bends may be made.
    this.stepWholly()
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
