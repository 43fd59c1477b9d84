/**
 * When a device that nobody moves and nobody uses goes to sleep: told once a second how it is. Worn or not is not asked: whoever sits so still that a
 * knee does not stir loses the second in which it stirs, and the whole of a night's charge is saved.
 */

const S_PER_MIN = 60
/** Moved or used for so long since it woke by motion, it is worn or carried; less was a bump. Own choice: a wearer walks further. */
const BUMP_MAX_S = 15
/** After a bump it sleeps again after this. */
const AFTER_BUMP_S = 120

export class Stillness {
  private stillS = 0
  /** Counted up to BUMP_MAX_S. */
  private movedS: number

  /** @param isWokenByMotion by nothing else, so that it may have been a bump */
  constructor(isWokenByMotion: boolean) {
    this.movedS = isWokenByMotion ? 0 : BUMP_MAX_S
  }

  /** @param afterMin 0: never. @returns whether it is to sleep now */
  second(isUsed: boolean, isMoving: boolean, afterMin: number): boolean {
    if (isUsed) this.movedS = BUMP_MAX_S
    else if (isMoving && this.movedS < BUMP_MAX_S) this.movedS++
    this.stillS = isUsed || isMoving ? 0 : this.stillS + 1
    if (afterMin === 0) return false
    const afterS = afterMin * S_PER_MIN
    return this.stillS >= (this.movedS < BUMP_MAX_S && afterS > AFTER_BUMP_S ? AFTER_BUMP_S : afterS)
  }
}
