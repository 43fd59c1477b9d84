/** The tables of docs/power.md: from docs/power-duty.json, and the currents and counts that the budget is computed from. */
import { defaultSettings } from "../../src/storage/settings"
import { CORE_HZ, INSTRUCTIONS_PER_CYCLE } from "../bench/bench-result"
import type { PerformanceReport } from "../bench/performance-report"
import { type BoardBudget, HOURS_PER_DAY, PARTS, type PartName, sittingMah, totalMa } from "../power/budget"
import { BOARDS, type Figure, RADIO, USABLE_SHARE } from "../power/currents"
import { STATES, type State } from "../power/duty"
import { TARGET, targetFactors } from "../power/power-report"
import { markdownTable } from "./markdown-table"

const PERCENT = 100
const UA_PER_MA = 1000
/** mA from here on, µA under it. */
const SMALL_MA = 0.1

export const STATE_WORDS: Record<State, string> = {
  recording: "recording, no phone",
  connected: "recording, phone connected",
  standby: "standing by",
  asleep: "asleep",
}
export const PART_WORDS: Record<PartName, string> = {
  core: "core at work",
  between: "core between",
  radio: "radio",
  sensor: "sensor",
  motor: "motor",
  board: "rest of the board",
}

/** How long a cell lasts. */
export function lifeTable(budgets: readonly BoardBudget[]): string {
  const rows = budgets.flatMap(({ name, cell, states, hours }) =>
    STATES.map((state) => [
      `${name}, ${cell.words}`,
      STATE_WORDS[state],
      current(totalMa(states[state])),
      duration(hours[state]),
      PART_WORDS[dearest(states[state])],
    ]),
  )
  return markdownTable(["board and cell", "state", "on average", "lasts", "most goes to"], rows)
}

export function targetWords(budgets: readonly BoardBudget[]): string {
  const { recording, sleep } = targetFactors(budgets)
  const word = (factor: number) =>
    factor >= 1
      ? `met ${factor.toFixed(1)} times over`
      : `**missed**: ${Math.round(factor * PERCENT)} % of it`
  return (
    `Wanted of 500 mAh on the ${TARGET.board}: ${TARGET.recordingHours} hours of recording, also with a phone connected: ${word(recording)}. ` +
    `${TARGET.sleepDays} days of sleep: ${word(sleep)}.`
  )
}

/** What a long sitting without a stir costs. */
export function sittingWords(budgets: readonly BoardBudget[]): string {
  const words = budgets.map((budget) => {
    const { name, cell } = budget
    const mAh = sittingMah(budget)
    const share = (mAh / (cell.mAh * USABLE_SHARE)) * PERCENT
    return `${mAh.toFixed(1)} mAh on the ${name}, ${share.toFixed(1)} % of what counts of its ${cell.words}`
  })
  return `A sitting of ${defaultSettings().sittingMin} minutes or more in which nobody stirs costs so much more than sleep would: ${words.join("; ")}.`
}

/** How long it takes from the processor's start until the sensor is started. */
export function startWords({ result }: PerformanceReport): string {
  const words = result.storage.map(({ runs, boot }) => {
    const seconds = boot.instructions / (CORE_HZ * INSTRUCTIONS_PER_CYCLE)
    return `${seconds.toFixed(2)} s with ${runs.toLocaleString("en-US")} stored run${runs === 1 ? "" : "s"}`
  })
  return `The firmware's own start takes ${words.join(", ")} ([performance.md](performance.md)); before it come the chip's boot loader and XS.`
}

export function partTable(budgets: readonly BoardBudget[]): string {
  const rows = budgets.flatMap(({ name, states }) =>
    STATES.map((state) => [name, STATE_WORDS[state], ...PARTS.map((part) => current(states[state][part]))]),
  )
  return markdownTable(["board", "state", ...PARTS.map((part) => PART_WORDS[part])], rows)
}

export function dutyTable(budgets: readonly BoardBudget[]): string {
  const rows = budgets.flatMap(({ name, duties, coreMs }) =>
    STATES.map((state) => {
      const { samples, wakes, busMs, sensorMa, advertisements, notifications } = duties[state]
      return [
        ...[name, STATE_WORDS[state], samples.toFixed(0), wakes.toFixed(1), busMs.toFixed(1)],
        ...[current(sensorMa), advertisements.toFixed(2), notifications.toFixed(1), coreMs[state].toFixed(0)],
      ]
    }),
  )
  const head = ["board", "state", "samples", "wakes", "bus, ms", "sensor", "advertisements", "notifications"]
  return markdownTable([...head, "core at work, ms (computed)"], rows)
}

export function currentTable(): string {
  const of = ({ what, mA, source }: Figure, board: string) => [board, what, current(mA), source]
  const rows = BOARDS.flatMap(({ name, active, between, deepSleep, always, motor }) =>
    [active, between, deepSleep, ...always, motor].map((figure) => of(figure, name)),
  )
  const radio = [RADIO.transmit, RADIO.receive].map((figure) => of(figure, "both"))
  return `${markdownTable(["board", "what", "draws", "source"], [...rows, ...radio])}\n\nOf a cell ${USABLE_SHARE * PERCENT} % count: the rest goes to cold, age and the voltage at which the device switches off (own choice).`
}

function dearest(budget: BoardBudget["states"][State]): PartName {
  return PARTS.reduce((most, part) => (budget[part] > budget[most] ? part : most))
}

export function current(mA: number): string {
  if (mA === 0) return "0"
  return mA < SMALL_MA ? `${(mA * UA_PER_MA).toPrecision(2)} µA` : `${mA.toFixed(2)} mA`
}

function duration(hours: number): string {
  return hours < 3 * HOURS_PER_DAY
    ? `${hours.toFixed(1)} hours`
    : `${(hours / HOURS_PER_DAY).toFixed(1)} days`
}
