/**
 * Where a way leads: how fast (share of the movement's own speed) and with which turning rate (°/s, to the left positive) at each
 * time. Straight on; or to and fro with turns, as in a corridor, each slowed down and turned on the spot.
 */
import { ease, easeRate } from "./ease"

export interface Course {
  speedShare(timeS: number): number
  headingRateDps(timeS: number): number
}

export const STRAIGHT: Course = { speedShare: () => 1, headingRateDps: () => 0 }

export interface Corridor {
  straightS: number
  turnS: number
  /** By turns to the left and to the right. */
  turnDeg: number
  /** Of the speed, at the middle of a turn. */
  slowest: number
}

/** Slowing down takes this much of the straight before a turn, and as much after it. */
const SLOWING_S = 1

export function corridor({ straightS, turnS, turnDeg, slowest }: Corridor): Course {
  const lapS = straightS + turnS
  /** Since the turn of this lap began; negative before. */
  const inTurnS = (timeS: number) => timeS - Math.floor(timeS / lapS) * lapS - straightS
  return {
    speedShare(timeS) {
      if (timeS < 0) return 1
      const sinceS = inTurnS(timeS)
      const firstLap = timeS < lapS / 2
      // After a turn the next lap's straight begins while the wearer still gathers speed.
      const after = firstLap ? 1 : ease((sinceS + straightS) / SLOWING_S)
      const before = ease(-sinceS / SLOWING_S)
      return slowest + (1 - slowest) * (sinceS < SLOWING_S - straightS ? after : before)
    },
    headingRateDps(timeS) {
      if (timeS < 0) return 0
      const sense = Math.floor(timeS / lapS) % 2 === 0 ? 1 : -1
      return (sense * turnDeg * easeRate(inTurnS(timeS) / turnS)) / turnS
    },
  }
}
