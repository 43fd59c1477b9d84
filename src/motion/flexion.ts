/**
 * Live knee flexion from the thigh alone: thigh inclination, its rate and the place in the stride in, flexion (1/100°)
 * out. In gait the curve expected of the stride, and how this one differs from it; with the foot flat, standing or bending,
 * knee = slope × thigh. It is worked out when it is asked for: counting does not need it.
 */
import { divide } from "./fixed-point"
import { type FlexionModel, KNOTS } from "./flexion-model"
import type { GaitNow } from "./gait-now"
import type { Sagittal } from "./sagittal"
import type { StrideCurve } from "./stride-curve"
import type { StrideCycle } from "./stride-cycle"
import type { StrideShape } from "./stride-shape"
import type { Wearer } from "./wearer"

/** The bends' offset comes in over the first 10° of thigh inclination, so that standing is 0. */
const OFFSET_RAMP_CDEG = 1000
const PER_RAMP_Q19 = Math.round((8 * 65536) / OFFSET_RAMP_CDEG)
const KNOT_MASK = KNOTS - 1
/** A knee bends no further, sitting included. */
const FLEXION_MAX_CDEG = 15000
/** A gyroscope count in 1/100 °/s, and the end of its range. */
const COUNT_CDEG_S = 7
const RATE_MAX_COUNTS = 32767

/** Flexion with the foot flat on the ground, 1/100°. */
export function flatFootFlexionCdeg(wearer: Wearer, thighCdeg: number): number {
  if (thighCdeg <= 0) return 0
  const offset =
    thighCdeg >= OFFSET_RAMP_CDEG
      ? wearer.bendOffsetCdeg
      : (((wearer.bendOffsetCdeg * thighCdeg) >> 3) * PER_RAMP_Q19) >> 16
  const knee = ((thighCdeg * wearer.bendSlopeQ10) >> 10) + offset
  return knee > FLEXION_MAX_CDEG ? FLEXION_MAX_CDEG : knee
}

/** What the thigh turned since the sample before, as a rate; worked out when it is asked for. */
export class ThighRate {
  private readonly shape: Pick<StrideShape, "thighAgo">
  private readonly countsPerCdegQ8: number

  /** @param periodUs sample period in µs */
  constructor(periodUs: number, shape: Pick<StrideShape, "thighAgo">) {
    this.shape = shape
    this.countsPerCdegQ8 = Math.round((256 * 1_000_000) / (periodUs * COUNT_CDEG_S))
  }

  /** Gyroscope counts (0.07 °/s). */
  get rateCounts(): number {
    const rate = ((this.shape.thighAgo(0) - this.shape.thighAgo(1)) * this.countsPerCdegQ8) >> 8
    return rate > RATE_MAX_COUNTS ? RATE_MAX_COUNTS : rate < -RATE_MAX_COUNTS ? -RATE_MAX_COUNTS : rate
  }
}

export class Flexion {
  private readonly live: FlexionModel["live"]
  private readonly wearer: Wearer
  private readonly sagittal: Pick<Sagittal, "thighCdeg">
  private readonly rate: Pick<ThighRate, "rateCounts">
  private readonly cycle: Pick<StrideCycle, "sinceTrough">
  private readonly gaitNow: Pick<GaitNow, "swings">
  private readonly curve: Pick<StrideCurve, "baseCdeg">
  private strideQ4 = 0
  private beganQ4 = 0
  // Of the stride that the place was last asked for in.
  private knownQ4 = 0
  private knotsPerPartQ20 = 0

  constructor(
    model: FlexionModel,
    wearer: Wearer,
    sagittal: Pick<Sagittal, "thighCdeg">,
    rate: Pick<ThighRate, "rateCounts">,
    cycle: Pick<StrideCycle, "sinceTrough">,
    gaitNow: Pick<GaitNow, "swings">,
    curve: Pick<StrideCurve, "baseCdeg">,
  ) {
    this.live = model.live
    this.wearer = wearer
    this.sagittal = sagittal
    this.rate = rate
    this.cycle = cycle
    this.gaitNow = gaitNow
    this.curve = curve
  }

  /** As of the newest sample. */
  get kneeCdeg(): number {
    if (!this.gaitNow.swings) return flatFootFlexionCdeg(this.wearer, this.sagittal.thighCdeg)
    const { thighQ12, rateQ12 } = this.live
    const base = this.curve.baseCdeg
    const place = this.placeQ8
    const share = place & 255
    const knot = (place >> 8) & KNOT_MASK
    const after = (knot + 1) & KNOT_MASK
    const baseA = base[knot] as number
    const thighA = thighQ12[knot] as number
    const rateA = rateQ12[knot] as number
    // Between two knots: the base, and what the thigh and its rate add.
    const knee =
      baseA +
      ((((base[after] as number) - baseA) * share) >> 8) +
      (((thighA + ((((thighQ12[after] as number) - thighA) * share) >> 8)) * this.sagittal.thighCdeg +
        (rateA + ((((rateQ12[after] as number) - rateA) * share) >> 8)) * this.rate.rateCounts) >>
        12)
    return knee < 0 ? 0 : knee > FLEXION_MAX_CDEG ? FLEXION_MAX_CDEG : knee
  }

  /** In gait: the place in the stride, from its trough, in 1/256 knots of the model; may be past the last knot. */
  get placeQ8(): number {
    const strideQ4 = this.strideQ4
    if (strideQ4 !== this.knownQ4) {
      this.knownQ4 = strideQ4
      this.knotsPerPartQ20 = divide(KNOTS << 20, strideQ4)
    }
    return (((this.cycle.sinceTrough << 4) - this.beganQ4) * this.knotsPerPartQ20) >> 12
  }

  /** The stride before, 1/16 sample: the next one is expected to take as long, and began so much after its first sample. */
  strideClosed(periodQ4: number, beganPartQ4: number): void {
    this.strideQ4 = periodQ4
    this.beganQ4 = beganPartQ4
  }
}
