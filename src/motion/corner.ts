/**
 * A corner: the mean rates of blocks of 16 samples about up in, whether a runner is turning out. Who turns round slows down before and speeds
 * up after it, for longer than the low-pass of up averages: running to and fro along 20 m cost 4° of thigh inclination, half of that without
 * the force in the corners (made-up motion, `npm run synthesize -- corridor-run`; no recording has corners).
 */

/** About up, 45 °/s in gyroscope counts; a track's bend has 15, and a running thigh's own turns to and fro average out. */
const CORNER_COUNTS = Math.round(45 / 0.07)
/** Averaged over so long: a stride's own turns go. */
const MEAN_S = 0.6
/** A corner lasts for so much more, but no longer than the other: up cannot go without the force for ever. */
const AFTER_S = 0.9
const MOST_S = 3

/** A class: what a block takes is little beside the memory of closures. */
export class Corner {
  isTurning = false
  private readonly meanShift: number
  private readonly afterBlocks: number
  private readonly mostBlocks: number
  private mean = 0
  private after = 0
  private blocks = 0

  /** @param blockS length of a block, s */
  constructor(blockS: number) {
    let meanShift = 0
    while (2 ** (meanShift + 1) * blockS <= MEAN_S * Math.SQRT2) meanShift++
    this.meanShift = meanShift
    this.afterBlocks = Math.round(AFTER_S / blockS)
    this.mostBlocks = Math.round(MOST_S / blockS)
  }

  /** @param yaw mean rate about up, gyroscope counts */
  endBlock(yaw: number): void {
    const mean = this.mean + ((yaw - this.mean) >> this.meanShift)
    this.mean = mean
    if (mean > CORNER_COUNTS || mean < -CORNER_COUNTS) this.after = this.afterBlocks
    else if (this.after > 0) this.after--
    else this.blocks = 0
    if (this.after > 0 && this.blocks < this.mostBlocks) this.blocks++
    this.isTurning = this.after > 0 && this.blocks < this.mostBlocks
  }
}
