/**
 * Which way a leg swings is forward: the sums of a window of the swing's angle in (swing-window.ts); its third moment and its middle out.
 *
 * In running and walking the thigh stays longer in front than behind, so the angle's third moment is negative. In the 53 bouts of 18
 * treadmill runners (Fukuchi et al. 2017) it is so in all but 3 of 728 windows of 2.5 s, and in all of two in a row but one.
 */
import { divide, squareRoot } from "./fixed-point"
import { type SwingWindow, WINDOW_SHIFT } from "./swing-window"

/** Less (1°) is no swing to judge. */
const SPREAD_MIN = 6

export type AngleSums = Pick<SwingWindow, "angle1" | "angle2" | "angle3">

export class SwingSense {
  /** Of the last window: the third moment, Q8 of the cubed spread; 0 where nothing swings. */
  skewQ8 = 0
  /** Where the angle swings about, and how far from there it has to go to have crossed it: half its spread; 1/6°. */
  middle = 0
  reach = 0

  judge({ angle1, angle2, angle3 }: Readonly<AngleSums>): void {
    const mean = meanOf(angle1)
    const meanSquare = meanOf(angle2)
    const variance = meanSquare - mean * mean
    const spread = variance > 0 ? squareRoot(variance) : 0
    this.middle = mean
    this.reach = spread >> 1
    if (spread < SPREAD_MIN) {
      this.skewQ8 = 0
      return
    }
    const third = meanOf(angle3) - 3 * mean * meanSquare + 2 * mean * mean * mean
    this.skewQ8 = divide(third, (spread * spread * spread) >> 8 || 1)
  }
}

/** Rounded towards zero. */
function meanOf(sum: number): number {
  return sum < 0 ? 0 - ((0 - sum) >> WINDOW_SHIFT) : sum >> WINDOW_SHIFT
}
