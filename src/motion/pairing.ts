/**
 * Pairing: two raw samples make a motion sample, and all that follows is stepped half as often. Raw counts in; the mean force of the two out, and
 * what was turned between the middle of the last pair and the middle of this one, which is the motion sample's instant: the sum of the two
 * rates in between, so that averaging loses no turn. Unpaired, each raw sample is a motion sample.
 */
import { constant } from "../constant"
import { isClipped } from "./clipping"

/** @param turnX sum of two rates that each last half a motion sample's period; forces are means. Counts. @returns what it told */
export type MotionSampleStep = (
  turnX: number,
  turnY: number,
  turnZ: number,
  ax: number,
  ay: number,
  az: number,
) => number

/** Takes rates and forces of some samples, counts. */
export interface RateConsumer {
  keep(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): void
}

export interface Pairing {
  /** A first waits for its second. */
  readonly isWaiting: boolean
  /** Raw samples that waited in vain: like one that waits they are in no motion sample. */
  dropped: number
  /** Raw samples with a clipped axis. */
  clipped: number
  /** A raw sample. @returns what the motion sample told that it completes, or what was done between two */
  take(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): number
  /** While a motion sample is stepped: hands on the mean rate of its two, and its force. */
  giveRates(consumer: RateConsumer): void
  /** A raw sample was lost: the last one (of a pair, its first's rate and the mean force) stands in for it. */
  repeat(): number
  /** What was turned since the newest is not known: the next rate stands for it, too. */
  interrupt(): void
  /** Samples were lost: a first that waits is given up, but its rate counts. */
  drop(): void
  /** The next motion samples go to `turn`, and then `after` is called: what they tell is or-ed. */
  leadTo(turn: MotionSampleStep, after: () => number): void
}

/** What is awaited. `afterBreak`: a first, and the newest rate says nothing of what was turned since. */
const Awaited = constant({ second: 0, first: 1, afterBreak: 2 } as const)

/** Bits of what is clipped in a raw sample. */
const Clipped = constant({ any: 1, rate: 2 } as const)

function clippedOf(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): number {
  if (isClipped(gx, gy, gz)) return Clipped.any | Clipped.rate
  return isClipped(ax, ay, az) ? Clipped.any : 0
}

/** Each returns what it told. */
export interface PairingSteps {
  /** Takes motion samples, until leadTo() tells another way; and is called after each. */
  readonly stepMotion: MotionSampleStep
  readonly afterMotion: () => number
  /** What can wait until a motion sample is stepped, done between it and the next. */
  readonly stepBetween: () => number
}

/**
 * @param rateClipped told when a rate of the motion sample that is stepped next is clipped
 */
export function createPairing(
  isPaired: boolean,
  { stepMotion, afterMotion, stepBetween }: PairingSteps,
  rateClipped: () => void,
): Pairing {
  let turn = stepMotion
  let after = afterMotion
  let awaited: number = Awaited.afterBreak
  let firstGx = 0
  let firstGy = 0
  let firstGz = 0
  // The force of a first that waits; then of both.
  let sumAx = 0
  let sumAy = 0
  let sumAz = 0
  // The newest rate that a motion sample has.
  let lastGx = 0
  let lastGy = 0
  let lastGz = 0

  /** One axis or more is past a quarter of its range: counts what is clipped in a pair whose second this is. */
  const countClipped = (gx: number, gy: number, gz: number, ax: number, ay: number, az: number): void => {
    const first = clippedOf(firstGx, firstGy, firstGz, sumAx - ax, sumAy - ay, sumAz - az)
    const second = isPaired ? clippedOf(gx, gy, gz, ax, ay, az) : 0
    pairing.clipped += (first & Clipped.any) + (second & Clipped.any)
    if ((first | second) & Clipped.rate) rateClipped()
  }

  function takeOfPair(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): number {
    if (awaited > 0) {
      if (awaited > 1) {
        lastGx = gx
        lastGy = gy
        lastGz = gz
      }
      firstGx = gx
      firstGy = gy
      firstGz = gz
      sumAx = ax
      sumAy = ay
      sumAz = az
      awaited = 0
      return stepBetween()
    }
    awaited = 1
    const turnX = lastGx + firstGx
    const turnY = lastGy + firstGy
    const turnZ = lastGz + firstGz
    lastGx = gx
    lastGy = gy
    lastGz = gz
    sumAx += ax
    sumAy += ay
    sumAz += az
    // In numbers, as clipping.ts names them for one sample.
    if (
      ((firstGx + gx + 16384) |
        (firstGy + gy + 16384) |
        (firstGz + gz + 16384) |
        (sumAx + 16384) |
        (sumAy + 16384) |
        (sumAz + 16384)) &
      -32768
    )
      countClipped(gx, gy, gz, ax, ay, az)
    return turn(turnX, turnY, turnZ, sumAx >> 1, sumAy >> 1, sumAz >> 1) | after()
  }

  const pairing: Pairing = {
    clipped: 0,
    get isWaiting() {
      return awaited === Awaited.second
    },
    dropped: 0,

    take: isPaired
      ? takeOfPair
      : // As a pair of twice the same: between their middles lie its rate and the last one's.
        (gx, gy, gz, ax, ay, az) => takeOfPair(gx, gy, gz, ax, ay, az) | takeOfPair(gx, gy, gz, ax, ay, az),

    giveRates(consumer) {
      consumer.keep(
        (firstGx + lastGx) >> 1,
        (firstGy + lastGy) >> 1,
        (firstGz + lastGz) >> 1,
        sumAx >> 1,
        sumAy >> 1,
        sumAz >> 1,
      )
    },

    repeat() {
      if (awaited === Awaited.second) return pairing.take(firstGx, firstGy, firstGz, sumAx, sumAy, sumAz)
      return pairing.take(firstGx, firstGy, firstGz, sumAx >> 1, sumAy >> 1, sumAz >> 1)
    },

    leadTo(nextTurn, nextAfter) {
      turn = nextTurn
      after = nextAfter
    },

    interrupt() {
      awaited = Awaited.afterBreak
    },

    drop() {
      if (awaited !== Awaited.second) return
      awaited = Awaited.first
      pairing.dropped++
      lastGx = firstGx
      lastGy = firstGy
      lastGz = firstGz
    },
  }
  return pairing
}
