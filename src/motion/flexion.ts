/**
 * Live knee flexion from the thigh alone: thigh inclination, its rate and the place in the stride in, flexion (1/100°)
 * out. In gait the fitted tables of the flexion model; with the foot flat, standing or bending, knee = slope × thigh.
 */
import { type FlexionModel, KNOTS } from "./flexion-model"
import type { Sagittal } from "./sagittal"
import { type StrideCycle, StridePart } from "./stride-cycle"
import type { Wearer } from "./wearer"

/** The bends' offset comes in over the first 10° of thigh inclination, so that standing is 0. */
const OFFSET_RAMP_CDEG = 1000
const PER_RAMP_Q19 = Math.round((8 * 65536) / OFFSET_RAMP_CDEG)
/** Knots from here on are the loaded leg's. */
const FIRST_PUSH_KNOT = StridePart.push * KNOTS
/** A knee bends no further, sitting included. */
const FLEXION_MAX_CDEG = 15000

export interface Flexion {
  kneeCdeg: number
  /** Of the stride before. */
  rangeCdeg: number
  periodMs: number
  /** With the foot flat. */
  stepFlat(): void
  /** In gait. */
  stepGait(): void
  /** The stride before: its thigh range and time shape the next one. */
  strideClosed(rangeCdeg: number, periodMs: number): void
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

/** @param periodUs sample period in µs */
export function createFlexion(
  periodUs: number,
  model: FlexionModel,
  wearer: Wearer,
  sagittal: Sagittal,
  cycle: StrideCycle,
): Flexion {
  const { live } = model
  const knotsPerSampleQ16 = live.partMs.map((partMs) =>
    Math.round(((KNOTS - 1) * periodUs * 65536) / (partMs * 1000)),
  )
  const lastPosition = ((KNOTS - 1) << 8) - 1
  // Constant, range and period together: they stay the same over a stride.
  const base = live.constantCdeg.slice()
  const thighQ12 = live.thighQ12
  const rateQ12 = live.rateQ12

  const flexion: Flexion = {
    kneeCdeg: 0,
    rangeCdeg: 0,
    periodMs: 0,

    stepFlat() {
      flexion.kneeCdeg = flatFootFlexionCdeg(wearer, sagittal.thighCdeg)
    },

    stepGait() {
      const part = cycle.part
      let position = (cycle.sincePart * (knotsPerSampleQ16[part] as number)) >> 8
      if (position > lastPosition) position = lastPosition
      const share = position & 255
      const knot = part * KNOTS + (position >> 8)
      const constantA = base[knot] as number
      const thighA = thighQ12[knot] as number
      const rateA = rateQ12[knot] as number
      const constant = constantA + ((((base[knot + 1] as number) - constantA) * share) >> 8)
      const thigh = thighA + ((((thighQ12[knot + 1] as number) - thighA) * share) >> 8)
      const rate = rateA + ((((rateQ12[knot + 1] as number) - rateA) * share) >> 8)
      const knee = constant + ((thigh * sagittal.thighCdeg + rate * sagittal.rateCounts) >> 12)
      flexion.kneeCdeg = knee < 0 ? 0 : knee > FLEXION_MAX_CDEG ? FLEXION_MAX_CDEG : knee
    },

    strideClosed(rangeCdeg, periodMs) {
      flexion.rangeCdeg = rangeCdeg
      flexion.periodMs = periodMs
      for (let knot = 0; knot < base.length; knot++)
        base[knot] =
          (live.constantCdeg[knot] as number) +
          (((live.rangeQ12[knot] as number) * rangeCdeg) >> 12) +
          (((live.periodQ8[knot] as number) * periodMs) >> 8) +
          (knot < FIRST_PUSH_KNOT ? wearer.liveSwingOffsetCdeg : wearer.liveStanceOffsetCdeg)
    },
  }
  return flexion
}
