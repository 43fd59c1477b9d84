/**
 * A corner: the mean rates of blocks of 16 samples about up in, whether a runner is turning out. Who turns round slows down before and speeds
 * up after it, for longer than the low-pass of up averages: running to and fro along 20 m cost 4° of thigh inclination, half of that without
 * the force in the corners (made-up motion, `npm run synthesize -- corridor-run`; no recording has corners).
 */

/** About up, 45 °/s in gyroscope counts; a track's bend has 15, and a running thigh's own turns to and fro average out. */
const CORNER_COUNTS = Math.round(45 / 0.07)
/** Averaged over four blocks (0.6 s). */
const MEAN_SHIFT = 2
/** A corner lasts for six blocks (0.9 s) more, but no longer than twenty (3 s): up cannot go without the force for ever. */
const AFTER_BLOCKS = 6
const MOST_BLOCKS = 20

export interface Corner {
  isTurning: boolean
  /** @param yaw mean rate about up, gyroscope counts */
  endBlock(yaw: number): void
}

export function createCorner(): Corner {
  let mean = 0
  let after = 0
  let blocks = 0

  const corner: Corner = {
    isTurning: false,

    endBlock(yaw) {
      mean += (yaw - mean) >> MEAN_SHIFT
      if (mean > CORNER_COUNTS || mean < -CORNER_COUNTS) after = AFTER_BLOCKS
      else if (after > 0) after--
      else blocks = 0
      if (after > 0 && blocks < MOST_BLOCKS) blocks++
      corner.isTurning = after > 0 && blocks < MOST_BLOCKS
    },
  }
  return corner
}
