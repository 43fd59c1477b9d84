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

export interface Settling {
  /** The corner is 2^raise times its own. */
  raise: number
  settled: boolean
  endBlock(resting: boolean): void
  /** What was turned is lost, or only doubted. Settling that has not come so far goes on. */
  lost(): void
  doubted(): void
}

export function createSettling(): Settling {
  let blocks = 0

  function upTo(passed: number): void {
    blocks = passed
    settling.settled = blocks === SETTLED_BLOCKS
    settling.raise = 0
    for (let limit = FIRST_BLOCKS; limit <= SETTLED_BLOCKS; limit <<= 1) if (blocks < limit) settling.raise++
  }

  const settling: Settling = {
    raise: RAISES,
    settled: false,
    endBlock(resting) {
      if (!settling.settled) upTo(blocks + 1)
      if (settling.settled) settling.raise = resting ? REST_RAISE : 0
    },
    lost() {
      if (blocks > LOST_BLOCKS) upTo(LOST_BLOCKS)
    },
    doubted() {
      if (blocks > DOUBTED_BLOCKS) upTo(DOUBTED_BLOCKS)
    },
  }
  return settling
}
