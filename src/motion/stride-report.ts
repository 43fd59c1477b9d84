/**
 * What a closed stride tells: its place among the samples in; once its shape is sampled and read out (stride-shape.ts,
 * stride-estimate.ts), or its knee was measured, the stride that is handed on out: times in ms, angles in 1/100°.
 */
import { constant } from "../constant"
import type { FlexionModel } from "./flexion-model"
import { Load } from "./load"
import type { MeasuredKnee } from "./measured-knee"
import type { SampleTime } from "./sample-time"
import { Activity, createStride } from "./stride"
import type { StrideCurve } from "./stride-curve"
import { troughPartQ4 } from "./stride-cycle"
import { StrideEstimate } from "./stride-estimate"
import { StrideLean } from "./stride-lean"
import { PHASES, type StrideShape, THIGH } from "./stride-shape"
import type { Teaching } from "./teaching"
import { walkingContactDms, walkingToeOffDms } from "./walking-events"
import type { Wearer } from "./wearer"

/** 1/10 in Q16: ms from 1/10 ms. */
const TENTH_Q16 = 6554
const HALF_Q16 = 32768
/** No thigh leans further back, 1/100°. */
const THIGH_MIN_CDEG = -18000

/** What step() did: bits. `told`: there is a stride; `taught`: with it the wearer's own offset has become known. */
export const ReportNews = constant({ told: 1, taught: 2 } as const)

/** What is to be done of a stride, a part between two motion samples; sampling its shape, reading out and its curve take several. */
const Stage = constant({
  idle: 0,
  begin: 1,
  shape: 2,
  lean: 3,
  readOut: 4,
  weigh: 5,
  tell: 6,
  beginCurve: 7,
  curve: 8,
} as const)
type Stage = (typeof Stage)[keyof typeof Stage]

export interface StrideReportParts {
  periodUs: number
  model: FlexionModel
  wearer: Wearer
  time: SampleTime
  shape: StrideShape
  curve: StrideCurve
  teaching: Teaching
  measuredKnee: MeasuredKnee | undefined
}

export class StrideReport {
  /** Valid from the step() that told of it to the next stride's. */
  readonly stride = createStride()
  /** Its events and its last trough, as samples. */
  contactSample = 0
  toeOffSample = 0
  troughSample = 0
  periodSamples = 0
  /** The trough was so much later, and the stride took so long, 1/16 sample. */
  troughPartQ4 = 0
  periodQ4 = 0
  /** There is something to do: step(). */
  isOpen = false
  private readonly time: SampleTime
  private readonly shape: StrideShape
  private readonly curve: StrideCurve
  private readonly teaching: Teaching
  private readonly measuredKnee: MeasuredKnee | undefined
  private readonly samplesPerDmsQ16: number
  private readonly lean = new StrideLean()
  private readonly estimate: StrideEstimate
  private readonly load: Load
  private gait: Activity = Activity.other
  private troughMs = 0
  private stage: Stage = Stage.idle
  private thighMost = 0
  private news = 0

  constructor(parts: StrideReportParts) {
    this.time = parts.time
    this.shape = parts.shape
    this.curve = parts.curve
    this.teaching = parts.teaching
    this.measuredKnee = parts.measuredKnee
    this.samplesPerDmsQ16 = Math.round((65536 * 100) / parts.periodUs)
    this.estimate = new StrideEstimate(parts.model, parts.wearer, parts.shape.features)
    this.load = new Load(parts.model)
  }

  /**
   * A stride of gait closed with its trough so many samples ago, which was at `troughMs`; `isFirst`: before it there was none. Its shape is
   * then sampled. @param newest the newest sample's number
   */
  begin(
    kind: Activity,
    newest: number,
    troughAge: number,
    troughMs: number,
    periodSamples: number,
    isFirst: boolean,
  ): void {
    const beganPartQ4 = isFirst ? this.partAt(troughAge + periodSamples) : this.troughPartQ4
    const troughPart = this.partAt(troughAge)
    this.gait = kind
    this.troughSample = newest - troughAge
    this.troughPartQ4 = troughPart
    this.periodSamples = periodSamples
    this.periodQ4 = (periodSamples << 4) + troughPart - beganPartQ4
    this.troughMs = troughMs + this.time.msOfQ4(troughPart)
    // Of a stride that is over before the last one was read out, only the new one's shape will be there.
    this.become(Stage.begin)
  }

  /** @param newest the newest sample's number @returns bits of ReportNews */
  step(newest: number, thresholdCdeg: number): number {
    // Numbers of Stage: each time that its name were read would cost as much as three comparisons.
    switch (this.stage) {
      case 2: // shape
        if (this.shape.sample()) this.stage = Stage.lean
        return 0
      case 8: // curve
        if (this.curve.step()) this.become(Stage.idle)
        return 0
      case 4: // readOut
        if (this.estimate.step()) this.stage = Stage.weigh
        return 0
      default:
        return this.stepOnce(newest, thresholdCdeg)
    }
  }

  /** The stages of one part each. */
  private stepOnce(newest: number, thresholdCdeg: number): number {
    switch (this.stage) {
      case Stage.begin:
        this.shape.begin(this.periodQ4, ((newest - this.troughSample) << 4) - this.troughPartQ4)
        this.stage = Stage.shape
        return 0
      case Stage.lean:
        if (this.gait === Activity.run) this.lean.correct(this.shape.features)
        this.estimate.begin()
        this.stage = Stage.readOut
        return 0
      case Stage.weigh:
        this.placeEvents()
        this.weigh(newest, thresholdCdeg)
        this.stage = Stage.tell
        return 0
      case Stage.tell:
        this.stage = Stage.beginCurve
        return this.news
      default:
        this.become(this.beginCurve() ? Stage.curve : Stage.idle)
        return 0
    }
  }

  /** Gait is over: what is usual in it is no more. */
  gaitEnded(): void {
    this.lean.forget()
  }

  /** What was begun is not wanted any more. */
  cancel(): void {
    this.lean.forget()
    this.become(Stage.idle)
  }

  /** By how much a trough was later than its sample, so many samples ago, 1/16 sample. */
  private partAt(age: number): number {
    const shape = this.shape
    return troughPartQ4(shape.thighAgo(age + 1), shape.thighAgo(age), shape.thighAgo(age - 1))
  }

  /** The thigh's forward-most angle in stance, from the stride's sixteenths; contact is so many samples after the first trough. */
  private thighMaxCdeg(contactAfter: number): number {
    const { features } = this.shape
    const { periodSamples } = this
    let most = THIGH_MIN_CDEG
    for (
      let k = PHASES - 1, at = (PHASES - 1) * periodSamples;
      k > 0 && at > contactAfter << 4;
      k--, at -= periodSamples
    )
      if ((features[THIGH + k] as number) > most) most = features[THIGH + k] as number
    return most
  }

  /** Contact and toe-off, as times and as samples. */
  private placeEvents(): void {
    const { stride, troughSample } = this
    const gait = this.gait
    const estimate = this.estimate
    const isRun = gait === Activity.run
    const periodMs = this.time.msOfQ4(this.periodQ4)
    const peak = isRun ? 0 : this.thighMaxCdeg(0)
    const contactDms = isRun ? estimate.contactDms : walkingContactDms(gait, periodMs, peak)
    const toeOffDms = isRun ? estimate.toeOffDms : walkingToeOffDms(gait, periodMs, peak)
    const partQ16 = (this.troughPartQ4 << 12) - HALF_Q16
    this.contactSample = troughSample - ((contactDms * this.samplesPerDmsQ16 - partQ16) >> 16)
    this.toeOffSample = troughSample - ((toeOffDms * this.samplesPerDmsQ16 - partQ16) >> 16)
    stride.gait = gait
    stride.contactMs = this.troughMs - ((contactDms * TENTH_Q16) >> 16)
    stride.toeOffMs = this.troughMs - ((toeOffDms * TENTH_Q16) >> 16)
    stride.periodMs = periodMs
    stride.contactTimeMs = stride.toeOffMs - stride.contactMs
    this.thighMost = this.thighMaxCdeg(this.periodSamples - troughSample + this.contactSample)
  }

  /** Both sensors may have measured the stance: then what they say counts. */
  private readMeasured(newest: number, thresholdCdeg: number): boolean {
    const { stride, troughSample } = this
    const measuredKnee = this.measuredKnee
    const age = newest - troughSample
    const contactAge = age + troughSample - this.contactSample
    const toeOffAge = age + troughSample - this.toeOffSample
    const isMeasured =
      measuredKnee?.readStance(age + this.periodSamples, contactAge, toeOffAge, thresholdCdeg) ?? false
    stride.sensors = isMeasured ? 2 : 1
    stride.peakFlexionCdeg = measuredKnee && isMeasured ? measuredKnee.peakCdeg : this.estimate.stancePeakCdeg
    return isMeasured
  }

  private weigh(newest: number, thresholdCdeg: number): void {
    const { stride } = this
    const load = this.load
    const measuredKnee = this.measuredKnee
    const isMeasured = this.readMeasured(newest, thresholdCdeg)
    const isTaught =
      isMeasured &&
      this.gait === Activity.run &&
      this.teaching.step(stride.peakFlexionCdeg, this.estimate.stancePeakCdeg)
    this.news = isTaught ? ReportNews.told | ReportNews.taught : ReportNews.told
    load.weigh(stride.peakFlexionCdeg, thresholdCdeg, stride.contactTimeMs, stride.periodMs, this.thighMost)
    stride.msPastThreshold = load.msPastThreshold
    stride.cdegMsPastThreshold = load.cdegMsPastThreshold
    stride.milliLoad = load.milliLoad
    stride.milliLoadPeakWeighted = load.milliLoadPeakWeighted
    if (!measuredKnee || !isMeasured) return
    stride.msPastThreshold = this.time.msOf(measuredKnee.samplesPast)
    // A stride's area times the period would leave int32.
    stride.cdegMsPastThreshold = ((measuredKnee.cdegSamplesPast >> 4) * this.time.periodMsQ8) >> 4
  }

  private beginCurve(): boolean {
    const { stride } = this
    const { periodMs } = stride
    const sinceTroughMs = periodMs - this.troughMs
    return this.curve.begin(periodMs, sinceTroughMs + stride.contactMs, sinceTroughMs + stride.toeOffMs)
  }

  private become(next: Stage): void {
    this.stage = next
    this.isOpen = next !== Stage.idle
  }
}
