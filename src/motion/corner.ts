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

export interface Corner {
  isTurning: boolean
  /** @param yaw mean rate about up, gyroscope counts */
  endBlock(yaw: number): void
}

/** @param blockS length of a block, s */
export function createCorner(blockS: number): Corner {
  let meanShift = 0
  while (2 ** (meanShift + 1) * blockS <= MEAN_S * Math.SQRT2) meanShift++
  const afterBlocks = Math.round(AFTER_S / blockS)
  const mostBlocks = Math.round(MOST_S / blockS)
  let mean = 0
  let after = 0
  let blocks = 0

  const corner: Corner = {
    isTurning: false,

    endBlock(yaw) {
      mean += (yaw - mean) >> meanShift
      if (mean > CORNER_COUNTS || mean < -CORNER_COUNTS) after = afterBlocks
      else if (after > 0) after--
      else blocks = 0
      if (after > 0 && blocks < mostBlocks) blocks++
      corner.isTurning = after > 0 && blocks < mostBlocks
    },
  }
  return corner
}
