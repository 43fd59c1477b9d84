/**
 * What a closed stride tells: its features in; peak flexion in stance, initial contact and toe-off out. One read-out a
 * motion sample, so that a stride costs no more than the samples it spreads over.
 */
import type { FlexionModel } from "./flexion-model"
import { readOut, readOutEighths } from "./read-out"
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

function clamp(value: number, least: number, most: number): number {
  return value < least ? least : value > most ? most : value
}

export class StrideEstimate {
  stancePeakCdeg = 0
  /** Before the stride's last trough, 1/10 ms. */
  contactDms = 0
  toeOffDms = 0
  private readonly model: FlexionModel
  private readonly wearer: Wearer
  private readonly features: Readonly<Features>
  private next = READOUTS

  constructor(model: FlexionModel, wearer: Wearer, features: Readonly<Features>) {
    this.model = model
    this.wearer = wearer
    this.features = features
  }

  begin(): void {
    this.next = 0
  }

  /** One read-out. @returns true when all are made */
  step(): boolean {
    const next = this.next
    if (next === READOUTS) return false
    this.next = next + 1
    const model = this.model
    const features = this.features
    if (next === 0)
      this.stancePeakCdeg = clamp(
        readOutEighths(model.stancePeak, features) + this.wearer.peakOffsetCdeg,
        0,
        PEAK_MAX_CDEG,
      )
    else if (next === 1) this.toeOffDms = clamp(readOut(model.toeOff, features), 0, TOE_OFF_MAX_DMS)
    else
      this.contactDms = clamp(
        readOut(model.contact, features),
        this.toeOffDms + CONTACT_MIN_DMS,
        this.toeOffDms + CONTACT_MAX_DMS,
      )
    return this.next === READOUTS
  }
}
