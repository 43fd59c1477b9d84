/**
 * Live knee flexion from the thigh alone: thigh inclination, its rate and the place in the stride in, flexion (1/100°)
 * out. In gait the curve expected of the stride, and how this one
 * differs from it; with the foot flat, standing or bending, knee = slope × thigh.
 */
import { divide } from "./fixed-point"
import { type FlexionModel, KNOTS } from "./flexion-model"
import type { Sagittal } from "./sagittal"
import type { StrideCurve } from "./stride-curve"
import type { StrideCycle } from "./stride-cycle"
import type { Wearer } from "./wearer"

/** The bends' offset comes in over the first 10° of thigh inclination, so that standing is 0. */
const OFFSET_RAMP_CDEG = 1000
const PER_RAMP_Q19 = Math.round((8 * 65536) / OFFSET_RAMP_CDEG)
const KNOT_MASK = KNOTS - 1
/** A knee bends no further, sitting included. */
const FLEXION_MAX_CDEG = 15000

export interface Flexion {
  kneeCdeg: number
  /** In gait: the place in the stride, from its trough, in 1/256 knots of the model; may be past the last knot. */
  readonly placeQ8: number
  /** With the foot flat. */
  stepFlat(): void
  /** In gait. */
  stepGait(): void
  /** The stride before: the next one is expected to take as long. */
  strideClosed(periodSamples: number): void
}

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

export function createFlexion(
  model: FlexionModel,
  wearer: Wearer,
  sagittal: Sagittal,
  cycle: StrideCycle,
  curve: StrideCurve,
): Flexion {
  const { thighQ12, rateQ12 } = model.live
  const base = curve.baseCdeg
  let knotsPerSampleQ16 = 0

  const flexion: Flexion = {
    kneeCdeg: 0,
    get placeQ8() {
      return (cycle.sinceTrough * knotsPerSampleQ16) >> 8
    },

    stepFlat() {
      flexion.kneeCdeg = flatFootFlexionCdeg(wearer, sagittal.thighCdeg)
    },

    stepGait() {
      const place = (cycle.sinceTrough * knotsPerSampleQ16) >> 8
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
        (((thighA + ((((thighQ12[after] as number) - thighA) * share) >> 8)) * sagittal.thighCdeg +
          (rateA + ((((rateQ12[after] as number) - rateA) * share) >> 8)) * sagittal.rateCounts) >>
          12)
      flexion.kneeCdeg = knee < 0 ? 0 : knee > FLEXION_MAX_CDEG ? FLEXION_MAX_CDEG : knee
    },

    strideClosed(periodSamples) {
      knotsPerSampleQ16 = divide(KNOTS << 16, periodSamples)
    },
  }
  return flexion
}
