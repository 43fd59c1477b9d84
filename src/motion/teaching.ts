/**
 * Teaching: while two sensors measure, the one-sensor estimate runs along; by how much it is off on this knee becomes the
 * wearer's own offset, for the wears with one sensor. Measured and estimated stance peak of each stride in, 1/100°.
 *
 * The live angle takes the same offset while the leg is loaded: taught at 2.5 m/s, its deepest point at the other speeds is off by 2.5
 * instead of 3.6° (`npm run evaluate -- FOLDER --taught`). In the swing it stays as it is.
 */
import { divide } from "./fixed-point"
import type { Wearer } from "./wearer"

/**
 * The error band of a run that was estimated with a taught offset: mean absolute error of the stance peak, 1/100°, taught on
 * the first bout and scored on the others, by `npm run evaluate -- FOLDER --taught` on 18 runners.
 */
export const TAUGHT_PEAK_ERROR_CDEG = 220

/** Fewer strides teach nothing. */
const TAUGHT_STRIDES = 30
/** Later strides weigh as one of so many: the offset follows a slow change. */
const MEMORY_STRIDES = 64
/** A stride moves the mean as if it were off by no more than this: a stumble, or a stance read wrongly. */
const OUTLIER_CDEG = 500
/**
 * What is believed of the mean, in eighths: measuring is itself off by 1.7° (its mean error), runners differ by about 5°;
 * 5² / (5² + 1.7²) is about seven eighths.
 */
const BELIEVED_EIGHTHS = 7

export class Teaching {
  /** Strides that the offset was learnt from, MEMORY_STRIDES at most; 0 while it is not known. */
  taughtStrides = 0
  private readonly wearer: Pick<Wearer, "peakOffsetCdeg" | "liveStanceOffsetCdeg">
  private strides = 0
  /** Q8: the mean moves by less than 1/100° a stride in the end. */
  private meanQ8 = 0

  /** @param wearer whose offsets of the loaded leg it writes */
  constructor(wearer: Pick<Wearer, "peakOffsetCdeg" | "liveStanceOffsetCdeg">) {
    this.wearer = wearer
  }

  /** What the wearer was taught before; 0 strides: nothing. */
  resume(peakOffsetCdeg: number, taughtStrides: number): void {
    this.write(peakOffsetCdeg)
    this.taughtStrides = taughtStrides
    this.strides = taughtStrides
    this.meanQ8 = divide(peakOffsetCdeg << 11, BELIEVED_EIGHTHS)
  }

  /**
   * A stride of running that was measured; the estimate has the offset so far in it.
   * @returns true when the offset has just become known
   */
  step(measuredCdeg: number, estimatedCdeg: number): boolean {
    if (this.strides < MEMORY_STRIDES) this.strides++
    let off = measuredCdeg - estimatedCdeg + this.wearer.peakOffsetCdeg - (this.meanQ8 >> 8)
    if (off > OUTLIER_CDEG) off = OUTLIER_CDEG
    if (off < 0 - OUTLIER_CDEG) off = 0 - OUTLIER_CDEG
    this.meanQ8 += divide(off << 8, this.strides)
    if (this.strides < TAUGHT_STRIDES) return false
    const isFirst = this.taughtStrides === 0
    this.taughtStrides = this.strides
    this.write((this.meanQ8 * BELIEVED_EIGHTHS) >> 11)
    return isFirst
  }

  private write(offsetCdeg: number): void {
    this.wearer.peakOffsetCdeg = offsetCdeg
    this.wearer.liveStanceOffsetCdeg = offsetCdeg
  }
}
