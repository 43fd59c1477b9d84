/**
 * Virtual wearers who bend: each with a slope of their own, knee and thigh going their own ways, squats by other slopes than small bends and with
 * the heels up, and in between what is no bend. In: the number of the wearer; out: a recording and where which bends are made.
 */
import type { Recording } from "../../recording/recording"
import type { Movement } from "../../runner/movement"
import { sessionMotion } from "../../runner/synthesis"
import type { Wearer } from "../../runner/wearer"
import type { BendPart } from "./judge"

export const WEARERS = 12
/** Where one bend is held, ° and s. */
export const HELD_DEG = 40
const HELD_S = 3
/** Slopes of small bends, from the first wearer to the last: as wide as those of the development recordings, and somewhat beyond. */
const SLOPES = [1.15, 1.45] as const
const SMALL_BENDS_DEG = [25, 50] as const
const REPEATS = 6

/** What the sensor knows how it sits by: bends of which one is held, or the steps of a run. */
export type Beginning = "bends" | "run"

export const BEND_KINDS = ["small bends", "squats, heels down", "squats, heels up"] as const

interface Part {
  kind?: (typeof BEND_KINDS)[number]
  movement: Movement
}

function parts(wearer: Wearer, beginning: Beginning): Part[] {
  const other = (movement: Movement): Part => ({ movement })
  const begin =
    beginning === "run"
      ? [other(wearer.runOutside(40, 2.8))]
      : [other(wearer.calibrate(1, [HELD_DEG, HELD_DEG], { heldS: HELD_S })), other(wearer.calibrate(2))]
  return [
    other(wearer.stand(8)),
    ...begin,
    other(wearer.stand(4)),
    { kind: "small bends", movement: wearer.bend(REPEATS, SMALL_BENDS_DEG) },
    other(wearer.stand(4)),
    { kind: "squats, heels down", movement: wearer.squatHeelDown(REPEATS) },
    other(wearer.stand(4)),
    { kind: "squats, heels up", movement: wearer.squatHeelUp(REPEATS) },
    other(wearer.stand(4)),
    other(wearer.walk(20)),
    other(wearer.upstairs(12)),
    other(wearer.downstairs(12)),
    other(wearer.stand(3)),
    other(wearer.sit(15)),
    other(wearer.stand(3)),
    other(wearer.runOutside(20, 3.2)),
    other(wearer.stand(5)),
  ]
}

/** @param number of the wearer, from 0 to WEARERS - 1 */
export function bendingWearer(
  number: number,
  beginning: Beginning,
): { recording: Recording; parts: BendPart[] } {
  const [low, high] = SLOPES
  const bendSlope = low + ((high - low) * number) / (WEARERS - 1)
  let made: Part[] = []
  const session = {
    description: "bends of several kinds, and what is none",
    movements: (wearer: Wearer) => {
      made = parts(wearer, beginning)
      return made.map(({ movement }) => movement)
    },
  }
  const motion = sessionMotion(`bends-${beginning}`, session, {
    seed: number + 1,
    differences: { bendSlope },
  })
  const { recording, startsS } = motion
  motion.need(recording.timeS.length)
  return {
    recording,
    parts: made.flatMap(({ kind }, index) =>
      kind
        ? [{ kind, fromS: startsS[index] as number, toS: startsS[index + 1] ?? Number.POSITIVE_INFINITY }]
        : [],
    ),
  }
}
