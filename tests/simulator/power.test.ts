/** The budget of power: that it adds up, that its duty is counted anew to the same, and that docs/power.md tells what is so. */
import { readFileSync } from "node:fs"
import test from "ava"
import { readPerformanceReport } from "../../simulator/bench/performance-report"
import { powerPlot } from "../../simulator/docs/power-plot"
import { lifeTable, sittingWords, targetWords } from "../../simulator/docs/power-tables"
import { budgetOf, PARTS, sittingMah, totalMa } from "../../simulator/power/budget"
import { BOARDS, type BoardFigures } from "../../simulator/power/currents"
import type { Duties, Duty } from "../../simulator/power/duty"
import { STATES } from "../../simulator/power/duty"
import {
  budgetsOf,
  measureAllDuty,
  readDutyReport,
  TARGET,
  targetFactors,
} from "../../simulator/power/power-report"

const performance = await readPerformanceReport()
const [XIAO] = BOARDS as unknown as [BoardFigures]
const NOTHING: Duty = { samples: 0, wakes: 0, busMs: 0, sensorMa: 0, advertisements: 0, notifications: 0 }

function duties(duty: Partial<Duty>): Duties {
  return Object.fromEntries(STATES.map((state) => [state, { ...NOTHING, ...duty }])) as Duties
}

function standby(duty: Partial<Duty>) {
  const budget = budgetOf(XIAO, duties(duty), performance)
  return { ...budget.states.standby, coreMs: budget.coreMs.standby }
}

test("docs/power-duty.json is current: `npm run power -- --accept` would change nothing", async (t) => {
  t.deepEqual(await measureAllDuty(), readDutyReport())
})

test("500 mAh last for 20 hours of recording and 30 days of sleep, and the document says by how much", (t) => {
  const budgets = budgetsOf(readDutyReport(), performance)
  const { recording, sleep } = targetFactors(budgets)
  t.true(recording >= 1, `${recording}`)
  t.true(sleep >= 1, `${sleep}`)
  const { hours } = budgets.find(({ name }) => name === TARGET.board) ?? { hours: undefined }
  t.true((hours?.recording ?? 0) >= 20 && (hours?.connected ?? 0) >= 20 && (hours?.asleep ?? 0) >= 720)
  const document = readFileSync("docs/power.md", "utf8")
  t.true(document.includes(targetWords(budgets)))
  t.true(document.includes(lifeTable(budgets)))
  t.regex(document, /All of it is computed/)
  t.is(readFileSync("docs/power.svg", "utf8"), powerPlot(budgets))
})

test("a target that is missed is told as missed", (t) => {
  const [budget] = budgetsOf(readDutyReport(), performance)
  if (!budget) throw new Error("no board")
  const hours = { ...budget.hours, connected: 10 }
  t.regex(targetWords([{ ...budget, hours }]), /\*\*missed\*\*: 50 % of it. 30 days of sleep: met/)
})

test("a long sitting costs 25 minutes of standing by in place of sleep, and the document says how much", (t) => {
  const budgets = budgetsOf(readDutyReport(), performance)
  for (const budget of budgets) {
    const { standby, asleep } = budget.states
    t.true(Math.abs(sittingMah(budget) - ((totalMa(standby) - totalMa(asleep)) * 25) / 60) < 1e-9)
  }
  t.true(readFileSync("docs/power.md", "utf8").includes(sittingWords(budgets)))
})

test("the longer a cell lasts the less is drawn of it: its usable charge over the mean current", (t) => {
  for (const { cell, states, hours } of budgetsOf(readDutyReport(), performance))
    for (const state of STATES) {
      const sum = PARTS.reduce((total, part) => total + states[state][part], 0)
      t.true(Math.abs(sum * hours[state] - 0.85 * cell.mAh) < 1e-6)
      t.is(totalMa(states[state]), sum)
    }
})

test("each duty costs what its figure says", (t) => {
  const idle = standby({})
  // A tick a second is all that there is.
  const tickMs = (performance.result.rv32.tick.mean / 112e6) * 1000
  t.true(Math.abs(idle.coreMs - tickMs) < 1e-9)
  t.true(Math.abs(idle.core - (26.8 * tickMs) / 1000) < 1e-9)
  t.true(Math.abs(idle.between - 2.3 * (1 - tickMs / 1000)) < 1e-9)
  const batchMs = (performance.result.rv32.fifoBatch.mean / 112e6) * 1000
  t.true(Math.abs(standby({ samples: 32 }).coreMs - idle.coreMs - 2 * batchMs) < 1e-9)
  t.true(Math.abs(standby({ busMs: 7 }).coreMs - idle.coreMs - 7) < 1e-9)
  t.true(Math.abs(standby({ wakes: 5 }).coreMs - idle.coreMs - 5) < 1e-9)
  t.is(standby({ sensorMa: 0.55 }).sensor, 0.55)
  const advertising = standby({ advertisements: 10 })
  t.true(Math.abs(advertising.coreMs - idle.coreMs - 20) < 1e-9)
  // Three channels, 0.376 ms at 130 mA and 0.25 ms at 100 mA on each.
  t.true(Math.abs(advertising.radio - (10 * 3 * (0.376 * 130 + 0.25 * 100)) / 1000) < 1e-9)
})

test("asleep nothing works but what is always on, the clock and what watches for motion", (t) => {
  for (const { states, duties, name } of budgetsOf(readDutyReport(), performance)) {
    const { core, radio, motor, between, sensor } = states.asleep
    t.deepEqual([core, radio, motor], [0, 0, 0])
    const figures = BOARDS.find((board) => board.name === name)
    t.is(between, figures?.deepSleep.mA ?? Number.NaN)
    t.true(sensor > 0 && sensor < duties.standby.sensorMa / 20)
  }
})

test("every figure has a source", (t) => {
  for (const { active, between, deepSleep, always, motor } of BOARDS)
    for (const { what, mA, source } of [active, between, deepSleep, ...always, motor])
      t.true(mA > 0 && source.length > 10, what)
})
