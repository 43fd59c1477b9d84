/**
 * The motion pipeline's parts and what they have in common, made and tied together. What is done with them: motion-turns.ts, pipeline.ts.
 */
import type { MotionTap } from "../board"
import { Calibration } from "./calibration"
import { CatchingUp, type Kept } from "./catching-up"
import { Flexion, ThighRate } from "./flexion"
import type { FlexionModel } from "./flexion-model"
import { GaitNow } from "./gait-now"
import { createMeasuredKnee, type MeasuredKnee } from "./measured-knee"
import { MountSearch } from "./mount-search"
import { MountUpkeep } from "./mount-upkeep"
import { createOrientation, type Orientation } from "./orientation"
import { createPairing, type Pairing, type PairingSteps } from "./pairing"
import { Posture } from "./posture"
import { type Mount, Sagittal } from "./sagittal"
import { SampleTime } from "./sample-time"
import type { Shank } from "./shank"
import { StandIn } from "./stand-in"
import { Activity, type Stride } from "./stride"
import { StrideCurve } from "./stride-curve"
import { StrideCycle } from "./stride-cycle"
import { StrideReport } from "./stride-report"
import { StrideShape } from "./stride-shape"
import { SwingPlane } from "./swing-plane"
import { Teaching } from "./teaching"
import { createWearer, type Wearer } from "./wearer"

/** A first stride is expected to take as long as the mean one at 3.5 m/s (Fukuchi et al. 2017). */
const FIRST_STRIDE_US = 700_000
/** At 104 and 208 Hz. */
const PAIRED_BELOW_US = 15_000

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

export class MotionParts {
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
  readonly wearer: Wearer
  readonly stride: Stride
  readonly bend = { timeMs: 0, peakCdeg: 0 }
  steps: PipelineSteps
  readonly pairShift: number
  readonly delayMs: number
  readonly shank: Shank | undefined
  readonly firstStrideSamples: number
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
  /** The steps while nobody listens (tapped-steps.ts). */
  readonly plainSteps: PipelineSteps

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
    const cycle = new StrideCycle()
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
    this.wearer = wearer
    this.stride = report.stride
    this.plainSteps = steps
    this.steps = steps
    this.pairShift = pairShift
    this.delayMs = delayMs
    this.shank = shank
    this.firstStrideSamples = firstStrideSamples
    this.time = time
    this.upkeep = upkeep
    this.curve = curve
    this.thighRate = new ThighRate(periodUs, shape)
    this.flexion = new Flexion(model, wearer, sagittal, this.thighRate, cycle, gaitNow, curve)
    this.posture = new Posture(periodUs, wearer)
    this.teaching = teaching
    this.pairing = pairing
    this.trackedUs = periodUs
  }

  get mount(): Mount {
    return this.calibration.mount
  }
}
