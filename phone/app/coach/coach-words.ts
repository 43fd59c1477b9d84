/** What the app says of routines: before them, while one is played, and of what came of it. */
import { routineS } from "../../../routines/duration"
import type { WhenToDo, WrittenRoutine, WrittenStep } from "../../../routines/written-routine"
import { StatusFlag } from "../../../src/ble/layouts"
import { CoachAnswer, READINESS_ID, Readiness } from "../../../src/coach/routine"
import type { CoachValue, Status } from "../../link/device-client"
import { count } from "../../runs/number-words"

const S_PER_MINUTE = 60
/** Up to so many repeats each is told to who listens; of more, every so many. */
const TOLD_EACH = 10
const TOLD_EVERY = 25

export const WHEN_WORDS: Readonly<Record<WhenToDo, string>> = {
  before: "Before a run",
  after: "After a run",
  between: "Between runs",
}

/** "About 2 min" */
export function minutesWords(routine: WrittenRoutine): string {
  return `About ${Math.max(1, Math.round(routineS(routine) / S_PER_MINUTE))} min`
}

/** Why the device would not begin it now; undefined when it would. */
export function beginRefused(
  { steps }: WrittenRoutine,
  { flags }: Pick<Status, "flags">,
): "run" | "calibration" | undefined {
  if ((flags & StatusFlag.runOpen) !== 0) return "run"
  const countsBends = steps.some(({ depthDeg }) => depthDeg !== undefined)
  return countsBends && (flags & StatusFlag.calibrated) === 0 ? "calibration" : undefined
}

/** How to begin it without the phone. @param place among the routines by id, from 1 */
export function buttonSteps(place: number): string[] {
  const choose =
    place === 1
      ? "One tick says that it is chosen."
      : `Press the button ${count(place - 1, "time")} more, until it ticks ${place} times.`
  return [
    "With no run open, press the button twice, quickly.",
    choose,
    "Wait four seconds, and it begins. Held for three seconds, the button ends it.",
  ]
}

const REPEAT_WORDS: Readonly<Record<WrittenStep["kind"], string>> = {
  ready: "",
  pace: "stroke",
  hold: "hold",
  breathe: "breath",
  count: "time",
  bends: "bend",
  test: "bend",
  rest: "",
}

/** "2 of 3 bends"; "" for a step without repeats. */
export function doneWords({ kind, repeats = 1 }: WrittenStep, done: number): string {
  const what = REPEAT_WORDS[kind]
  return what === "" ? "" : `${done} of ${count(repeats, what)}`
}

/** What to do in this part of the step; "" where the step's own words say it. */
export function partWords({ kind, spoken }: WrittenStep, part: 0 | 1): string {
  if (kind === "hold") return part === 0 ? "Hold" : "Let go"
  return kind === "breathe" ? (spoken?.[part] ?? (part === 0 ? "In" : "Out")) : ""
}

/** For who listens: the step when it begins, then few of its counts. @param place of the step, from 0 */
export function toldStep({ steps }: WrittenRoutine, place: number, done: number): string {
  const step = steps[place]
  if (!step) return ""
  const { title, words, repeats = 1 } = step
  const told = repeats <= TOLD_EACH ? done : done - (done % TOLD_EVERY)
  const counted = told > 0 ? doneWords(step, told) : ""
  return counted === "" ? `Step ${place + 1} of ${steps.length}: ${title}. ${words}` : counted
}

export interface ResultWords {
  readonly title: string
  readonly says: string
  /** What is shown with it: the rule to stop, or also when to see somebody. */
  readonly care: "none" | "rule" | "somebody"
}

const READY: ResultWords = {
  title: "Ready",
  says: "Your bends were deep and smooth enough, and you said that nothing hurt. It is a look at today and no promise: begin gently, and stop if it hurts.",
  care: "none",
}
const WARM_UP_PAIN: ResultWords = {
  title: "Warm up and try again",
  says: "It hurt. Walk about for some minutes, then test again. If it hurts again, leave the run today.",
  care: "rule",
}
const WARM_UP: ResultWords = {
  title: "Warm up and try again",
  says: "Nothing hurt, but your bends were less deep or less smooth than asked. Walk about for some minutes, then test again.",
  care: "none",
}
const NOT_TODAY: ResultWords = {
  title: "Not today",
  says: "It hurt, and so it did in a test of the last six hours. Leave the run today, and rest the knee.",
  care: "somebody",
}
const NO_RESULT: ResultWords = {
  title: "No result",
  says: "The test was not finished, or you did not say whether it hurt. Begin it again when you like.",
  care: "none",
}
const ENDED_BY_PAIN: ResultWords = {
  title: "Ended: it hurt",
  says: "That is kept. Leave this routine today. If it hurts again the next time, leave it out.",
  care: "rule",
}
const DONE: ResultWords = {
  title: "Done",
  says: "What came of it is kept with your day.",
  care: "none",
}

/** What came of the routine that is done. */
export function resultWords({
  routine,
  answer,
  readiness,
}: Pick<CoachValue, "routine" | "answer" | "readiness">): ResultWords {
  const hurt = answer === CoachAnswer.pain
  if (routine !== READINESS_ID) return hurt ? ENDED_BY_PAIN : DONE
  switch (readiness) {
    case Readiness.ready:
      return READY
    case Readiness.warmUp:
      return hurt ? WARM_UP_PAIN : WARM_UP
    case Readiness.notToday:
      return NOT_TODAY
    default:
      return NO_RESULT
  }
}
