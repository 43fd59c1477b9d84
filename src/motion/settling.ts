/**
 * Settling: by how much the orientation's low-pass is faster than it will be, when what it knows is little worth. Blocks
 * of samples and losses in; the raise of its corner out, as a power of two.
 */

/** The raise is one less each time that so many blocks have passed: 0.3, 0.6, 1.2, 2.5 s at 104 Hz. */
const FIRST_BLOCKS = 2
const RAISES = 4
const SETTLED_BLOCKS = FIRST_BLOCKS << (RAISES - 1)
/** At rest the force is gravity: the corner is doubled, and what was gathered wrong goes in the pauses. */
const REST_RAISE = 1
/** How the thigh turned is not known at all, or guessed: from where two of the raises are over. */
const LOST_BLOCKS = FIRST_BLOCKS << 1
/** It is known in part: from where all but one are over. */
const DOUBTED_BLOCKS = FIRST_BLOCKS << 2

export class Settling {
  /** The corner is 2^raise times its own. */
  raise = RAISES
  settled = false
  private blocks = 0

  endBlock(resting: boolean): void {
    if (!this.settled) this.upTo(this.blocks + 1)
    if (this.settled) this.raise = resting ? REST_RAISE : 0
  }

  /** What was turned is lost, or only doubted. Settling that has not come so far goes on. */
  lost(): void {
    if (this.blocks > LOST_BLOCKS) this.upTo(LOST_BLOCKS)
  }

  doubted(): void {
    if (this.blocks > DOUBTED_BLOCKS) this.upTo(DOUBTED_BLOCKS)
  }

  private upTo(passed: number): void {
    this.blocks = passed
    this.settled = passed === SETTLED_BLOCKS
    let raise = 0
    for (let limit = FIRST_BLOCKS; limit <= SETTLED_BLOCKS; limit <<= 1) if (passed < limit) raise++
    this.raise = raise
  }
}
