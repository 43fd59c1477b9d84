/**
 * The motion pipeline for the device: what it tells and is asked, samples that are lost, and what happens seldomer than at each sample
 * (motion.ts).
 */
import { calibrationBendFlexionCdeg, learnHeldBend } from "./calibration-bends"
import { ONE_Q14 } from "./fixed-point"
import { Leg } from "./leg"
import { MotionEvent } from "./motion-event"
import { MotionTurns } from "./motion-turns"
import { MountQuality } from "./mount-upkeep"
import type { Mount } from "./sagittal"
import { Activity } from "./stride"
import { type KneeListener, tappedSteps } from "./tapped-steps"

/** Outside gait so few lost samples (38 ms) are stood in for by the last one; more are a gap. */
const REPEATED_SAMPLES = 4
const US_PER_MS = 1000
const MILLI_G = 1000

/** A class: its methods stay in flash. */
export class Pipeline extends MotionTurns {
  get kneeCdeg(): number {
    if (!this.calibrated) return 0
    return this.measuredKnee && this.isMeasured ? this.measuredKnee.kneeCdeg : this.flexion.kneeCdeg
  }
  get thighCdeg(): number {
    return this.calibrated ? this.sagittal.thighCdeg : 0
  }
  get isResting(): boolean {
    return this.orientation.resting
  }
  get restMilliG(): number {
    const { resting, upX, upY, upZ } = this.orientation
    return resting ? Math.round((Math.hypot(upX, upY, upZ) * MILLI_G) / ONE_Q14) : 0
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
    const { dropped, isWaiting } = this.pairing
    return ((this.stepped + this.catchingUp.queued) << this.pairShift) + dropped + (isWaiting ? 1 : 0)
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

  standInStep(): void {
    this.standIn.step()
    if (this.standIn.left === 0) this.pairing.interrupt()
  }

  /** A motion sample for the search for the mount, once in TICK_US. @returns how many later the next is */
  tick(): number {
    const { search, kept } = this
    if (search.isPausing) return search.pause()
    // Of what waited, only half of the turn is known: the rate half a motion sample earlier.
    if (this.catchingUp.isUnderWay && kept) search.keep(kept[0], kept[1], kept[2], kept[3], kept[4], kept[5])
    else this.pairing.giveRates(search)
    return search.samplesPerTick
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

  listen(listener: KneeListener | undefined): void {
    const { tap, plainSteps } = this
    this.steps = tap || listener ? tappedSteps(this, tap, listener, plainSteps) : plainSteps
    this.stepWholly()
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
}
