/**
 * What the motor plays: segments of duty (at full strength) and time. A small eccentric motor has to spin up before it is
 * felt: no pulse is shorter than 100 ms. Own choice, not from a source; to be tried on skin.
 */
import { constant } from "../constant"

export interface Segment {
  readonly dutyPercent: number
  readonly ms: number
}

export interface Pattern {
  readonly name: string
  /** A pattern is pre-empted by one that is as strong or stronger, never by a weaker one. */
  readonly rank: number
  readonly segments: readonly Segment[]
  /** Fading takes a pulse and its pause off the end for each buzz before this one, down to so many segments. */
  readonly segmentsFaded?: number
}

const PAUSE: Segment = constant({ dutyPercent: 0, ms: 200 })
const SHORT_PULSE: Segment = constant({ dutyPercent: 80, ms: 120 })
/** The shortest that is felt, over before the next stroke at a quick pace. */
const TICK: Segment = constant({ dutyPercent: 70, ms: 100 })
const TURN: Segment = constant({ dutyPercent: 80, ms: 250 })
const CHOICE: Segment = constant({ dutyPercent: 70, ms: 150 })
const SOFT_PULSE: Segment = constant({ dutyPercent: 60, ms: 250 })
const LONG_PULSE: Segment = constant({ dutyPercent: 100, ms: 400 })
const LONGEST_PULSE: Segment = constant({ dutyPercent: 100, ms: 1000 })

/** Two short: you may go. */
export const CALIBRATION_DONE: Pattern = constant({
  name: "calibrationDone",
  rank: 1,
  segments: pulses(2, SHORT_PULSE),
})

/** One short: good enough to count by; knee bends make it better. */
export const CALIBRATION_PROVISIONAL: Pattern = constant({
  name: "calibrationProvisional",
  rank: 1,
  segments: pulses(1, SHORT_PULSE),
})

/** Three short: the strap slipped. */
export const STRAP_SHIFTED: Pattern = constant({
  name: "strapShifted",
  rank: 1,
  segments: pulses(3, SHORT_PULSE),
})

/** Short and long: a new phone has paired. */
export const PAIRED: Pattern = constant({
  name: "paired",
  rank: 1,
  segments: [SHORT_PULSE, PAUSE, LONG_PULSE],
})

/** Two soft ones: you have been sitting for long. */
export const SITTING: Pattern = constant({
  name: "sitting",
  rank: 1,
  segments: pulses(2, SOFT_PULSE),
})

/** Three long, fading to one: the length fades, not the strength, since a pulse too weak to feel in running says nothing. */
export const OVERLOAD: Pattern = constant({
  name: "overload",
  rank: 2,
  segments: pulses(3, LONG_PULSE),
  segmentsFaded: 1,
})

/** Long and short: pain is marked. */
export const PAIN_MARKED: Pattern = constant({
  name: "painMarked",
  rank: 2,
  segments: [LONG_PULSE, PAUSE, SHORT_PULSE],
})

/** One of a second: no, that cannot be done now. */
export const REFUSED: Pattern = constant({
  name: "refused",
  rank: 2,
  segments: pulses(1, LONGEST_PULSE),
})

/** Long, short, long: press within half a minute to say yes. */
export const ASK: Pattern = constant({
  name: "ask",
  rank: 3,
  segments: [LONG_PULSE, PAUSE, SHORT_PULSE, PAUSE, LONG_PULSE],
})

/** Short, long, short: let go now to have everything that was set and learnt forgotten. */
export const LET_GO: Pattern = constant({
  name: "letGo",
  rank: 3,
  segments: [SHORT_PULSE, PAUSE, LONG_PULSE, PAUSE, SHORT_PULSE],
})

/** Four short: a self-test. */
export const SELF_TEST: Pattern = constant({
  name: "selfTest",
  rank: 1,
  segments: pulses(4, SHORT_PULSE),
})

/** Five short: look at the phone. */
export const ERROR: Pattern = constant({
  name: "error",
  rank: 3,
  segments: pulses(5, SHORT_PULSE),
})

/** Two of a second each: forgotten, be it all that was set and learnt, all phones, or all runs. */
export const FORGOTTEN: Pattern = constant({
  name: "forgotten",
  rank: 4,
  segments: pulses(2, LONGEST_PULSE),
})

/** Ten seconds and a bit to search by. */
export const FIND_ME: Pattern = constant({
  name: "findMe",
  rank: 4,
  segments: pulses(9, LONGEST_PULSE),
})

/** So many short ones: the routine with that place in the list, unless another press asks for the next. */
export const CHOICES: readonly Pattern[] = constant([1, 2, 3, 4, 5, 6, 7, 8, 9].map(choice))

/** By CoachBuzz: a tick; the other way now; the same twice, the next step; short, short, long, did it hurt; three short and a long, that is all. */
export const COACH_BUZZES: readonly Pattern[] = constant([
  { name: "coachTick", rank: 0, segments: pulses(1, TICK) },
  { name: "coachTurn", rank: 0, segments: pulses(1, TURN) },
  { name: "coachStep", rank: 1, segments: pulses(2, TURN) },
  { name: "coachAsk", rank: 2, segments: [...pulses(2, SHORT_PULSE), PAUSE, LONG_PULSE] },
  { name: "coachDone", rank: 2, segments: [...pulses(3, SHORT_PULSE), PAUSE, LONG_PULSE] },
])

/** Long, short, short: never mind. */
export const NEVER_MIND: Pattern = constant({
  name: "neverMind",
  rank: 2,
  segments: [LONG_PULSE, PAUSE, ...pulses(2, SHORT_PULSE)],
})

function choice(place: number): Pattern {
  return { name: `choice${place}`, rank: 1, segments: pulses(place, CHOICE) }
}

/** `count` pulses with pauses between. */
function pulses(count: number, pulse: Segment): Segment[] {
  const segments = [pulse]
  while (segments.length < 2 * count - 1) segments.push(PAUSE, pulse)
  return segments
}
