/**
 * Takes a sudden lean out of a stride's shape: nobody leans 5° more from one stride to the next, a strap that slips does. Until the mount
 * has been turned along (usual-swing.ts, some 15 strides later), strides are measured as if the thigh still swung about its usual middle.
 * Features of stride-shape.ts in, corrected in place; 1/100°.
 */
import { type Features, PHASES, THIGH } from "./stride-shape"

const PHASES_SHIFT = 4
/** More than strides differ by, less than a slip that matters. */
const SUDDEN_CDEG = 350
/** The usual lean follows with a time constant of eight strides; at first, while the wearer gets going, of two. */
const FOLLOW_SHIFT = 3
const BEGIN_SHIFT = 1
const BEGIN_STRIDES = 8
/** So many strides of sudden lean in a row are no slip that will be mended: the wearer runs otherwise now. */
const STRIDES_MAX = 40

export class StrideLean {
  private usualCdeg = 0
  private strides = 0
  private sudden = 0

  correct(features: Features): void {
    let sum = 0
    for (let phase = 0; phase < PHASES; phase++) sum += features[THIGH + phase] as number
    const lean = sum >> PHASES_SHIFT
    const off = lean - this.usualCdeg
    if (this.strides < BEGIN_STRIDES) {
      this.usualCdeg = this.strides === 0 ? lean : this.usualCdeg + (off >> BEGIN_SHIFT)
      this.strides++
    } else if (this.sudden === STRIDES_MAX) {
      this.forget()
    } else if (off <= SUDDEN_CDEG && off >= -SUDDEN_CDEG) {
      this.usualCdeg += off >> FOLLOW_SHIFT
      this.sudden = 0
    } else {
      this.sudden++
      for (let phase = 0; phase < PHASES; phase++)
        features[THIGH + phase] = (features[THIGH + phase] as number) - off
    }
  }

  forget(): void {
    this.strides = this.sudden = 0
  }
}
