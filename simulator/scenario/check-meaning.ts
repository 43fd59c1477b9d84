/** What a schema cannot say: names that belong together, settings' own ranges, step rates that fit a speed, and how long all of it takes. */

import { type SettingName, settingRefused } from "../../src/storage/settings"
import type { Mistake } from "../checked-file/file-error"
import { insteadOf } from "../checked-file/nearest"
import { MEAN_BODY } from "../runner/body"
import { runningStyle } from "../runner/running"
import { walkingStyle } from "../runner/walking"
import type { Scenario, ScenarioEvent, Step } from "./scenario"
import { FAULTS } from "./schema-events"
import { LONGEST_S } from "./schema-steps"

/** At most, each in s: a bend or squat with its pauses; getting on a chair or into a car, and off; a way between two steps. */
const LONGEST_BEND_S = 6
const LONGEST_SEATING_S = 4
const LONGEST_WAY_S = 1.5
const S_PER_H = 3600
/** By which the stance peak may move in all; further the knee would be another one. */
const MOST_DRIFT_DEG = 30

export function meaningMistakes(scenario: Scenario): Mistake[] {
  const { steps, wearer, events = [] } = scenario
  const names = new Map<string, string>()
  const mistakes: Mistake[] = []
  for (const { step, place } of allSteps(steps, "steps")) mistakes.push(...stepMistakes(step, place, names))
  const driftDeg = Math.abs(wearer?.fatigueDegPerHour ?? 0) * (runningS(steps) / S_PER_H)
  if (driftDeg > MOST_DRIFT_DEG)
    mistakes.push({
      place: "wearer.fatigueDegPerHour",
      words: `makes ${Math.round(driftDeg)}° in all of this running; at most ${MOST_DRIFT_DEG}°`,
    })
  const longestS = totalS(steps)
  if (longestS > LONGEST_S)
    mistakes.push({
      place: "steps",
      words: `all together take up to ${hours(longestS)} h; a scenario has at most ${hours(LONGEST_S)} h`,
    })
  events.forEach((event, n) => {
    mistakes.push(...eventMistakes(event, `events[${n}]`, names, longestS))
  })
  return mistakes
}

/** Every step with its place, those within others too. */
function* allSteps(steps: readonly Step[], place: string): Generator<{ step: Step; place: string }> {
  for (const [n, step] of steps.entries()) {
    const at = `${place}[${n}]`
    yield { step, place: at }
    if (step.do === "repeat") yield* allSteps(step.steps, `${at}.steps`)
  }
}

function stepMistakes(step: Step, place: string, names: Map<string, string>): Mistake[] {
  const mistakes: Mistake[] = []
  if (step.name !== undefined) {
    const other = names.get(step.name)
    if (other === undefined) names.set(step.name, place)
    else
      mistakes.push({
        place: `${place}.name`,
        words: `"${step.name}" is the name of ${other} already; names differ`,
      })
  }
  if ((step.do === "bend" || step.do === "squat") && step.kneeDeg && step.kneeDeg[0] > step.kneeDeg[1])
    mistakes.push({
      place: `${place}.kneeDeg`,
      words: `is [${step.kneeDeg.join(", ")}]; the smaller number comes first`,
    })
  const refused = impossible(step)
  if (refused !== undefined) mistakes.push({ place, words: refused })
  return mistakes
}

/** Why the mean wearer cannot do it; another one comes as near to it as they can (runner/wearer.ts). */
function impossible(step: Step): string | undefined {
  try {
    if (step.do === "run") runningStyle(MEAN_BODY, step)
    if (step.do === "walk") walkingStyle(MEAN_BODY, step)
  } catch (error) {
    if (error instanceof RangeError) return error.message
    throw error
  }
  return undefined
}

function eventMistakes(
  event: ScenarioEvent,
  place: string,
  names: ReadonlyMap<string, string>,
  longestS: number,
): Mistake[] {
  const mistakes: Mistake[] = []
  const say = (field: string, words: string) => mistakes.push({ place: `${place}.${field}`, words })
  if (event.in !== undefined && !names.has(event.in))
    say(
      "in",
      names.size === 0
        ? `no step is named "${event.in}": give one this "name"`
        : `no step is named "${event.in}"${insteadOf(event.in, [...names.keys()])}`,
    )
  if (event.atS > longestS)
    say("atS", `is ${event.atS}; the steps are over after ${Math.floor(longestS)} s at the latest`)
  if (event.do === "battery" && event.mv === undefined && event.supply === undefined)
    say("mv", "is missing, and supply is, too: say what becomes of the battery")
  if (event.do === "set") {
    const refused = settingRefused(event.setting as SettingName, event.value)
    if (refused !== undefined) say("value", refused)
  }
  if (event.do === "fault") {
    const ends = FAULTS[event.fault].endsByItself === true
    if (ends && event.forS === undefined)
      say("forS", `is missing: ${event.fault} ends by itself, after so many s`)
    if (ends && event.on === false) say("on", `is false, but ${event.fault} ends by itself`)
    if (!ends && event.forS !== undefined)
      say("forS", `${event.fault} does not end by itself; mend it by an event with "on": false`)
  }
  return mistakes
}

/** The longest that these steps can take. */
function totalS(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + LONGEST_WAY_S + longestS(step), 0)
}

function longestS(step: Step): number {
  switch (step.do) {
    case "bend":
    case "squat":
      return (step.times + 1) * LONGEST_BEND_S
    case "sit":
    case "ride":
      return step.forS + LONGEST_SEATING_S
    case "repeat":
      return step.times * totalS(step.steps)
    default:
      return step.forS + 1
  }
}

function runningS(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => {
    if (step.do === "repeat") return sum + step.times * runningS(step.steps)
    return step.do === "run" ? sum + step.forS : sum
  }, 0)
}

function hours(s: number): string {
  return String(Math.round((s / S_PER_H) * 10) / 10)
}
