/**
 * What a closed stride tells: its place among the samples in; once its shape is sampled and read out (stride-shape.ts,
 * stride-estimate.ts), or its knee was measured, the stride that is handed on out: times in ms, angles in 1/100°.
 */
import type { FlexionModel } from "./flexion-model"
import { createLoad } from "./load"
import type { MeasuredKnee } from "./measured-knee"
import type { SampleTime } from "./sample-time"
import { Activity, createStride, type Stride } from "./stride"
import type { StrideCurve } from "./stride-curve"
import { createStrideEstimate } from "./stride-estimate"
import { createStrideLean } from "./stride-lean"
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
export const ReportNews = { told: 1, taught: 2 } as const

/** What is to be done of a stride, one a sample, so that none of them costs much more than any other; reading out takes several. */
const Stage = {
  idle: 0,
  begin: 1,
  lean: 2,
  readOut: 3,
  place: 4,
  weigh: 5,
  tell: 6,
  beginCurve: 7,
  curve: 8,
} as const
type Stage = (typeof Stage)[keyof typeof Stage]

export interface StrideReport {
  /** Valid from the step() that told of it to the next stride's. */
  readonly stride: Stride
  /** Its events and its last trough, as samples. */
  contactSample: number
  toeOffSample: number
  troughSample: number
  periodSamples: number
  /** There is something to read out: step(). */
  isOpen: boolean
  /** A stride of gait closed at `troughSample`. Its shape is then sampled, one sixteenth a sample. */
  begin(gait: Activity, troughSample: number, periodSamples: number): void
  /** The shape of the stride last begun is sampled: it can be read out. */
  open(): void
  /** Before the shape's step. @param newest the newest sample's number @returns bits of ReportNews */
  step(newest: number, thresholdCdeg: number): number
  /** Gait is over: what is usual in it is no more. */
  gaitEnded(): void
  /** What was begun is not wanted any more. */
  cancel(): void
}

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

export function createStrideReport(parts: StrideReportParts): StrideReport {
  const { model, time, shape, curve, teaching, measuredKnee } = parts
  const { features } = shape
  const samplesPerDmsQ16 = Math.round((65536 * 100) / parts.periodUs)
  const lean = createStrideLean()
  const estimate = createStrideEstimate(model, parts.wearer, features)
  const load = createLoad(model)
  const stride = createStride()
  let gait: Activity = Activity.other
  let troughMs = 0
  let stage: Stage = Stage.idle
  let thighMost = 0
  let news = 0

  /** The thigh's forward-most angle in stance, from the stride's sixteenths; contact is so many samples after the first trough. */
  function thighMaxCdeg(contactAfter: number): number {
    const { periodSamples } = report
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
  function placeEvents(): void {
    const isRun = gait === Activity.run
    const periodMs = time.msOf(report.periodSamples)
    const peak = isRun ? 0 : thighMaxCdeg(0)
    const contactDms = isRun ? estimate.contactDms : walkingContactDms(gait, periodMs, peak)
    const toeOffDms = isRun ? estimate.toeOffDms : walkingToeOffDms(gait, periodMs, peak)
    report.contactSample = report.troughSample - ((contactDms * samplesPerDmsQ16 + HALF_Q16) >> 16)
    report.toeOffSample = report.troughSample - ((toeOffDms * samplesPerDmsQ16 + HALF_Q16) >> 16)
    stride.gait = gait
    stride.contactMs = troughMs - ((contactDms * TENTH_Q16) >> 16)
    stride.toeOffMs = troughMs - ((toeOffDms * TENTH_Q16) >> 16)
    stride.periodMs = periodMs
    stride.contactTimeMs = stride.toeOffMs - stride.contactMs
    thighMost = thighMaxCdeg(report.periodSamples - report.troughSample + report.contactSample)
  }

  /** Both sensors may have measured the stance: then what they say counts. Of the newest sample the knee is not measured yet. */
  function readMeasured(newest: number, thresholdCdeg: number): boolean {
    const age = newest - 1 - report.troughSample
    const contactAge = age + report.troughSample - report.contactSample
    const toeOffAge = age + report.troughSample - report.toeOffSample
    const isMeasured =
      measuredKnee?.readStance(age + report.periodSamples, contactAge, toeOffAge, thresholdCdeg) ?? false
    stride.sensors = isMeasured ? 2 : 1
    stride.peakFlexionCdeg = measuredKnee && isMeasured ? measuredKnee.peakCdeg : estimate.stancePeakCdeg
    return isMeasured
  }

  function weigh(newest: number, thresholdCdeg: number): void {
    const isMeasured = readMeasured(newest, thresholdCdeg)
    const isTaught =
      isMeasured && gait === Activity.run && teaching.step(stride.peakFlexionCdeg, estimate.stancePeakCdeg)
    news = isTaught ? ReportNews.told | ReportNews.taught : ReportNews.told
    load.weigh(stride.peakFlexionCdeg, thresholdCdeg, stride.contactTimeMs, stride.periodMs, thighMost)
    stride.msPastThreshold = load.msPastThreshold
    stride.cdegMsPastThreshold = load.cdegMsPastThreshold
    stride.milliLoad = load.milliLoad
    stride.milliLoadPeakWeighted = load.milliLoadPeakWeighted
    if (!measuredKnee || !isMeasured) return
    stride.msPastThreshold = time.msOf(measuredKnee.samplesPast)
    // A stride's area times the period would leave int32.
    stride.cdegMsPastThreshold = ((measuredKnee.cdegSamplesPast >> 4) * time.periodMsQ8) >> 4
  }

  function beginCurve(): boolean {
    const { periodMs } = stride
    const sinceTroughMs = periodMs - troughMs
    return curve.begin(periodMs, sinceTroughMs + stride.contactMs, sinceTroughMs + stride.toeOffMs)
  }

  function become(next: Stage): void {
    stage = next
    report.isOpen = next !== Stage.idle
  }

  const report: StrideReport = {
    stride,
    contactSample: 0,
    toeOffSample: 0,
    troughSample: 0,
    periodSamples: 0,
    isOpen: false,

    begin(kind, troughSample, periodSamples) {
      gait = kind
      report.troughSample = troughSample
      report.periodSamples = periodSamples
      // Now, not when it is read out: samples may be lost in between.
      troughMs = time.msAt(troughSample)
      // Of a stride that is over before the last one was read out, only the new one's shape will be there.
      become(Stage.begin)
    },

    open() {
      estimate.begin()
      become(Stage.lean)
    },

    step(newest, thresholdCdeg) {
      if (stage === Stage.curve) {
        if (curve.step()) become(Stage.idle)
      } else if (stage === Stage.readOut) {
        if (estimate.step()) become(Stage.place)
      } else if (stage === Stage.lean) {
        if (gait === Activity.run) lean.correct(features)
        become(Stage.readOut)
      } else if (stage === Stage.begin) {
        shape.begin(report.periodSamples, newest - report.troughSample - 1)
        become(Stage.idle)
      } else if (stage === Stage.place) {
        placeEvents()
        become(Stage.weigh)
      } else if (stage === Stage.weigh) {
        weigh(newest, thresholdCdeg)
        become(Stage.tell)
      } else if (stage === Stage.tell) {
        become(Stage.beginCurve)
        return news
      } else become(beginCurve() ? Stage.curve : Stage.idle)
      return 0
    },

    gaitEnded() {
      lean.forget()
    },

    cancel() {
      shape.cancel()
      lean.forget()
      become(Stage.idle)
    },
  }
  return report
}
