/**
 * Pairing: two raw samples make a motion sample, and all that follows is stepped half as often. Raw counts in; the mean of the two out, and
 * what was turned between the middle of the last pair and the middle of this one, which is the motion sample's instant: the sum of the two
 * rates in between, so that averaging loses no turn. Unpaired, each raw sample is a motion sample.
 */
import { isClipped } from "./clipping"

/** @param turnX sum of two rates that each last half a motion sample's period; rates and forces are means. Counts. @returns what it told */
export type MotionSampleStep = (
  turnX: number,
  turnY: number,
  turnZ: number,
  gx: number,
  gy: number,
  gz: number,
  ax: number,
  ay: number,
  az: number,
) => number

export interface Pairing {
  /** Raw samples that are in no motion sample: a first that waits for its second, and those that waited in vain. */
  readonly left: number
  /** A first waits. */
  readonly isWaiting: boolean
  /** Raw samples with a clipped axis. */
  clipped: number
  /** A raw sample. @returns what the motion sample told that it completes, or what was done between two */
  take(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): number
  /** A raw sample was lost: the last one (of a pair, its first) stands in for it. */
  repeat(): number
  /** What was turned since the newest is not known: the next rate stands for it, too. */
  interrupt(): void
  /** Samples were lost: a first that waits is given up, but its rate counts. */
  drop(): void
  /** Counts what is clipped in the newest motion sample, of which these are the means. @returns whether a rate is */
  countClipped(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): boolean
}

/** @param between what can wait until a motion sample is stepped, done between it and the next. @returns what it told */
export function createPairing(isPaired: boolean, step: MotionSampleStep, between: () => number): Pairing {
  let isFirst = true
  let isInterrupted = true
  let dropped = 0
  let firstGx = 0
  let firstGy = 0
  let firstGz = 0
  let firstAx = 0
  let firstAy = 0
  let firstAz = 0
  // The newest rate, and once a first has come the sum with its rate.
  let turnX = 0
  let turnY = 0
  let turnZ = 0

  function countOne(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): boolean {
    const isRateClipped = isClipped(gx, gy, gz)
    if (isRateClipped || isClipped(ax, ay, az)) pairing.clipped++
    return isRateClipped
  }

  const pairing: Pairing = {
    clipped: 0,
    get isWaiting() {
      return !isFirst
    },
    get left() {
      return isFirst ? dropped : dropped + 1
    },

    take(gx, gy, gz, ax, ay, az) {
      if (isFirst) {
        if (isInterrupted) {
          isInterrupted = false
          turnX = gx
          turnY = gy
          turnZ = gz
        }
        turnX += gx
        turnY += gy
        turnZ += gz
        firstGx = gx
        firstGy = gy
        firstGz = gz
        firstAx = ax
        firstAy = ay
        firstAz = az
        if (isPaired) {
          isFirst = false
          return between()
        }
      }
      isFirst = true
      const told = step(
        turnX,
        turnY,
        turnZ,
        (firstGx + gx) >> 1,
        (firstGy + gy) >> 1,
        (firstGz + gz) >> 1,
        (firstAx + ax) >> 1,
        (firstAy + ay) >> 1,
        (firstAz + az) >> 1,
      )
      turnX = gx
      turnY = gy
      turnZ = gz
      return isPaired ? told : told | between()
    },

    repeat() {
      return pairing.take(firstGx, firstGy, firstGz, firstAx, firstAy, firstAz)
    },

    interrupt() {
      isInterrupted = true
    },

    drop() {
      if (isFirst) return
      isFirst = true
      dropped++
      turnX = firstGx
      turnY = firstGy
      turnZ = firstGz
    },

    countClipped(gx, gy, gz, ax, ay, az) {
      const isFirstClipped = countOne(firstGx, firstGy, firstGz, firstAx, firstAy, firstAz)
      if (!isPaired) return isFirstClipped
      // The mean was rounded down, so the second may be one more; with its last bit set it is clipped when it was.
      const isSecondClipped = countOne(
        (gx * 2 - firstGx) | 1,
        (gy * 2 - firstGy) | 1,
        (gz * 2 - firstGz) | 1,
        (ax * 2 - firstAx) | 1,
        (ay * 2 - firstAy) | 1,
        (az * 2 - firstAz) | 1,
      )
      return isFirstClipped || isSecondClipped
    },
  }
  return pairing
}
