/** For docs/routines.md and docs/safety.md: the routines with their steps, times and sources, and the words about safety, as their files have them. */
import { routineS, stepS } from "../../routines/duration"
import {
  NOT_WHEN,
  type Reasons,
  SAFETY_SOURCES,
  SEE_SOMEBODY,
  STOP_RULE,
  WHAT_PATELLA_IS,
} from "../../routines/safety"
import type { RoutineSource, WhenToDo, WrittenRoutine, WrittenStep } from "../../routines/written-routine"
import { clock } from "../number-words"
import { markdownTable } from "./markdown-table"

const WHEN: Record<WhenToDo, string> = {
  before: "before a run",
  after: "after a run",
  between: "between runs",
}
const MS_PER_S = 1000

export function routineTable(routines: readonly WrittenRoutine[]): string {
  return markdownTable(
    ["", "routine", "when", "takes", "for"],
    routines.map((routine) => [
      String(routine.id),
      routine.title,
      WHEN[routine.when],
      clock(routineS(routine)),
      routine.purpose,
    ]),
  )
}

export function routineSections(routines: readonly WrittenRoutine[]): string {
  return routines.map(section).join("\n\n")
}

function section(routine: WrittenRoutine): string {
  const { id, name, title, evidence, notWhen, precautions, equipment, sources, steps } = routine
  const lists = notWhen.map((reason) => safetyLink(NOT_WHEN[reason].title))
  return [
    `### ${id}. ${title}`,
    `**Evidence.** ${evidence}`,
    `**Mind.** ${precautions.join(" ")}`,
    `**First read** ${lists.join(" and ")}.`,
    `**Needs** ${["the device", ...equipment].join("; ")}. From [${name}.json](../routines/${name}.json).`,
    markdownTable(
      ["", "step", "", "takes", "words"],
      steps.map((step, n) => [
        String(n + 1),
        step.title,
        numbersOf(step),
        step.kind === "ready" ? "" : clock(stepS(step)),
        step.words,
      ]),
    ),
    sources.map(sourceLine).join("\n"),
  ].join("\n\n")
}

/** To the heading of a list. */
function safetyLink(title: string): string {
  return `[${title}](safety.md#${title.toLowerCase().replaceAll(" ", "-")})`
}

function sourceLine({ title, year, link, says }: RoutineSource): string {
  return `- ${title}${year === undefined ? "" : ` (${year})`}. <${link}>: ${says}`
}

/** What the device makes of a step. */
function numbersOf(step: WrittenStep): string {
  const { kind, repeats = 1, everyMs = 0, restMs = 0, downMs = 0, upMs = 0, depthDeg = 0, optional } = step
  const s = (ms: number) => `${ms / MS_PER_S} s`
  switch (kind) {
    case "ready":
      return "until the button is pressed"
    case "pace":
      return `${repeats} strokes, one each ${s(everyMs)}`
    case "hold":
      return `${repeats} × ${s(everyMs)}, ${s(restMs)} between`
    case "breathe":
      return `${repeats} × in ${s(downMs)}, out ${s(upMs)}`
    case "count":
      return `${repeats} × ${s(everyMs)}, counted aloud`
    case "rest":
      return s(everyMs)
    default: {
      const held = everyMs === 0 ? "" : `held ${s(everyMs)}, `
      return `${repeats} × ${depthDeg}°: down ${s(downMs)}, ${held}up ${s(upMs)}${optional ? "; if wanted" : ""}`
    }
  }
}

export function safetyWords(): string {
  return [
    ...WHAT_PATELLA_IS,
    `**${STOP_RULE}**`,
    ...Object.values(SEE_SOMEBODY).map(reasons),
    ...Object.values(NOT_WHEN).map(reasons),
  ].join("\n\n")
}

function reasons({ title, items }: Reasons): string {
  return [`## ${title}`, items.map((item) => `- ${item}`).join("\n")].join("\n\n")
}

export function safetySources(): string {
  return SAFETY_SOURCES.map(({ title, link, says }) => `- ${title}. <${link}>: ${says}.`).join("\n")
}
