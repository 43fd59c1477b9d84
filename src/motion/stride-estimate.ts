/**
 * What a closed stride tells: its features in; peak flexion in stance, initial contact and toe-off out. One read-out a
 * motion sample, so that a stride costs no more than the samples it spreads over.
 */
import type { FlexionModel } from "./flexion-model"
import { readOut } from "./read-out"
import type { Features } from "./stride-shape"
import type { Wearer } from "./wearer"

/** No knee is bent further than this in stance, and none less than 0. */
const PEAK_MAX_CDEG = 9000
/** Toe-off comes at most this long before the trough, and contact lasts between these, 1/10 ms. */
const TOE_OFF_MAX_DMS = 1500
const CONTACT_MIN_DMS = 1000
const CONTACT_MAX_DMS = 7000

/** Stance peak, toe-off, contact. */
const READOUTS = 3

export interface StrideEstimate {
  stancePeakCdeg: number
  /** Before the stride's last trough, 1/10 ms. */
  contactDms: number
  toeOffDms: number
  begin(): void
  /** One read-out. @returns true when all are made */
  step(): boolean
}

function clamp(value: number, least: number, most: number): number {
  return value < least ? least : value > most ? most : value
}

export function createStrideEstimate(
  model: FlexionModel,
  wearer: Wearer,
  features: Features,
): StrideEstimate {
  let next = READOUTS
  const estimate: StrideEstimate = {
    stancePeakCdeg: 0,
    contactDms: 0,
    toeOffDms: 0,

    begin() {
      next = 0
    },

    step() {
      if (next === READOUTS) return false
      if (next === 0)
        estimate.stancePeakCdeg = clamp(
          readOut(model.stancePeak, features) + wearer.peakOffsetCdeg,
          0,
          PEAK_MAX_CDEG,
        )
      else if (next === 1) estimate.toeOffDms = clamp(readOut(model.toeOff, features), 0, TOE_OFF_MAX_DMS)
      else
        estimate.contactDms = clamp(
          readOut(model.contact, features),
          estimate.toeOffDms + CONTACT_MIN_DMS,
          estimate.toeOffDms + CONTACT_MAX_DMS,
        )
      next++
      return next === READOUTS
    },
  }
  return estimate
}
