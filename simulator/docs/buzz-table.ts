/** docs/button.md's table of buzzes: the firmware's patterns as they are felt, with what each says. */
import * as patterns from "../../src/haptics/patterns"
import { markdownTable } from "./markdown-table"

type Pattern = patterns.Pattern

const { CHOICES, COACH_BUZZES, ...OTHERS } = patterns
const MS_PER_S = 1000

/** By the patterns' names. */
const MEANINGS: Readonly<Record<string, string>> = {
  calibrationDone: "calibrated: you may go",
  calibrationProvisional: "good enough to count by; knee bends make it better",
  strapShifted: "the strap slipped",
  paired: "a new phone has paired",
  overload: "the knee has had enough: three at first, fading to one in a run",
  painMarked: "pain is marked",
  refused: "that cannot be done now",
  ask: "a question: press within half a minute to say yes",
  letGo: "let go now to have everything that was set and learnt forgotten",
  selfTest: "a self-test",
  error: "look at the phone",
  forgotten: "forgotten: all that was set and learnt, all phones, or all runs",
  findMe: "here I am",
  sitting: "you have been sitting for long",
  neverMind: "a routine is ended, or not begun",
  choice: "the routine with that place in the list, here the second",
  coachTick: "in a routine: a stroke, a count, the depth reached, a bend counted",
  coachTurn: "in a routine: the other way now, up, out, let go",
  coachStep: "in a routine: the next step begins",
  coachAsk: "did it hurt? twice: yes, once: no",
  coachDone: "the routine is over",
}

export function buzzTable(): string {
  const all = [...Object.values(OTHERS), ...COACH_BUZZES].filter(isPattern)
  const rows = all.map((pattern) => [felt(pattern), meaning(pattern.name)])
  const second = CHOICES[1]
  if (second) rows.push([felt(second), meaning("choice")])
  return markdownTable(["felt, s", "says"], rows)
}

function isPattern(value: unknown): value is Pattern {
  return typeof value === "object" && value !== null && "segments" in value
}

function felt({ segments }: Pattern): string {
  const pulses = segments.filter(({ dutyPercent }) => dutyPercent > 0)
  return pulses.map(({ ms }) => String(ms / MS_PER_S)).join(" · ")
}

/** @throws Error for a pattern that says nothing yet */
function meaning(name: string): string {
  const words = MEANINGS[name]
  if (words === undefined) throw new Error(`buzzes: no meaning for "${name}" yet`)
  return words
}
