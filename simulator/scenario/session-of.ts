/** A scenario's steps as the virtual runner's movements, and its events at their times, s from the beginning. */
import type { Movement } from "../runner/movement"
import type { Session, Wearer } from "../runner/wearer"
import type { TimedAction } from "../simulation/action"
import type { NamedScenario, Scenario, Step } from "./scenario"
import { ScenarioError } from "./scenario-error"

/** What simulator/runner makes motion of. Its movements @throws ScenarioError for a step that this wearer cannot do. */
export function sessionOf({ name, scenario }: NamedScenario): Session {
  return {
    description: scenario.description,
    movements: (wearer) => movementsOf(scenario.steps, wearer, name, "steps"),
  }
}

/**
 * The events in the order of their times.
 * @param startsS when each movement begins, s, in order
 * @param durationS what begins later is left out
 */
export function timedActions(
  { steps, events = [] }: Scenario,
  startsS: readonly number[],
  durationS = Number.POSITIVE_INFINITY,
): TimedAction[] {
  const named = namedMovements(steps)
  return events
    .map(({ in: within, ...event }) => {
      const beginS = within === undefined ? 0 : (startsS[named.get(within) as number] as number)
      return { ...event, atS: beginS + event.atS }
    })
    .filter(({ atS }) => atS < durationS)
    .sort((a, b) => a.atS - b.atS)
}

/** The first movement of each named step, by its number. */
function namedMovements(
  steps: readonly Step[],
  from = 0,
  into = new Map<string, number>(),
): Map<string, number> {
  let next = from
  for (const step of steps) {
    if (step.name !== undefined) into.set(step.name, next)
    if (step.do === "repeat") namedMovements(step.steps, next, into)
    next += countMovements(step)
  }
  return into
}

function countMovements(step: Step): number {
  if (step.do !== "repeat") return 1
  return step.times * step.steps.reduce((sum, inner) => sum + countMovements(inner), 0)
}

function movementsOf(steps: readonly Step[], wearer: Wearer, file: string, place: string): Movement[] {
  return steps.flatMap((step, n) => {
    const at = `${place}[${n}]`
    if (step.do === "repeat")
      return Array.from({ length: step.times }, () =>
        movementsOf(step.steps, wearer, file, `${at}.steps`),
      ).flat()
    try {
      return [movementOf(step, wearer)]
    } catch (error) {
      if (error instanceof RangeError) throw new ScenarioError(file, [{ place: at, words: error.message }])
      throw error
    }
  })
}

/** All but those that repeat others. */
type SingleStep = Exclude<Step, { do: "repeat" }>

function movementOf(step: SingleStep, wearer: Wearer): Movement {
  switch (step.do) {
    case "stand":
      return wearer.stand(step.forS)
    case "sit":
      return wearer.sit(step.forS)
    case "bend":
      return wearer[step.alike ? "calibrate" : "bend"](step.times, step.kneeDeg, heldOf(step))
    case "squat":
      return step.heel === "down"
        ? wearer.squatHeelDown(step.times, step.kneeDeg)
        : wearer.squatHeelUp(step.times, step.kneeDeg)
    case "walk":
      return wearer.walk(step.forS, step.speedMs, step.around === "corners", wayOf(step))
    case "run":
      return runningOf(step, wearer)
    case "stairs":
      return step.direction === "up" ? wearer.upstairs(step.forS) : wearer.downstairs(step.forS)
    case "cycle":
      return wearer.cycle(step.forS, step.cadenceRpm)
    case "jump":
      return wearer.jump(step.forS, step.flightS, step.contactS)
    case "ride":
      return wearer.ride(step.forS)
  }
}

function runningOf(step: Extract<Step, { do: "run" }>, wearer: Wearer): Movement {
  const { forS, speedMs, where = "outside" } = step
  const way = wayOf(step)
  switch (where) {
    case "treadmill":
      return wearer.run(forS, speedMs, way)
    case "outside":
      return wearer.runOutside(forS, speedMs, way)
    case "corridor":
      return wearer.runToAndFro(forS, speedMs, way)
  }
}

function heldOf({ heldS }: Extract<Step, { do: "bend" }>) {
  return heldS === undefined ? {} : { heldS }
}

function wayOf({ cadenceSpm, gradePercent }: Extract<Step, { do: "walk" | "run" }>) {
  return {
    ...(cadenceSpm !== undefined && { cadenceSpm }),
    ...(gradePercent !== undefined && { gradePercent }),
  }
}
