/** Movements one after the other, with smooth ways between them: a pose for every instant of a session, times in s. */
import { ease } from "./ease"
import type { Movement } from "./movement"
import { blend, type Pose } from "./pose"
import { between, type Random } from "./random"

export interface Timeline {
  durationS: number
  /** When each movement begins, once the way to it is over. */
  startsS: readonly number[]
  poseAt(timeS: number): Pose
}

/** As the recorded bouts fade in and out. */
const TRANSITION_S = [1, 1.4] as const

interface Placed {
  movement: Movement
  startS: number
  endS: number
}

/** @throws RangeError when there is no movement. */
export function timeline(movements: readonly Movement[], random: Random): Timeline {
  if (movements.length === 0) throw new RangeError("a session needs a movement at least")
  const placed: Placed[] = []
  for (const movement of movements) {
    const before = placed.at(-1)
    const joined = !before || (before.movement.rests && movement.rests)
    const startS = (before?.endS ?? 0) + (joined ? 0 : between(random, ...TRANSITION_S))
    placed.push({ movement, startS, endS: startS + movement.durationS })
  }
  const poseOf = ({ movement, startS }: Placed, timeS: number) => movement.poseAt(timeS - startS)
  let now = 0
  return {
    durationS: (placed.at(-1) as Placed).endS,
    startsS: placed.map(({ startS }) => startS),
    poseAt(timeS) {
      // Time goes forward; whoever goes back looks from the beginning.
      if (timeS < (placed[now] as Placed).startS) now = 0
      while (now < placed.length - 1 && timeS >= (placed[now + 1] as Placed).startS) now++
      const current = placed[now] as Placed
      const next = placed[now + 1]
      if (!next || timeS <= current.endS) return poseOf(current, timeS)
      const share = ease((timeS - current.endS) / (next.startS - current.endS))
      return blend(poseOf(current, timeS), poseOf(next, timeS), share)
    },
  }
}
