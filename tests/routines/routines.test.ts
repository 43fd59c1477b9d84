/** The routines that come with the project: valid, whole, and the same in words, in the device's table and in the documents. */
import { readFileSync } from "node:fs"
import test from "ava"
import { DRAWING_NAMES } from "../../routines/drawing-names"
import { routineS, stepS } from "../../routines/duration"
import { WRITTEN_ROUTINES } from "../../routines/library"
import * as safety from "../../routines/safety"
import type { WrittenStep } from "../../routines/written-routine"
import { routineTexts } from "../../simulator/docs/routine-texts"
import { readRoutines, routineFiles } from "../../simulator/routines/routine-files"
import { CoachPhase, READINESS_ID, StepKind } from "../../src/coach/routine"
import { ROUTINES } from "../../src/coach/routine-table"
import { Played } from "../coach/played"

/** Every id ever given, and to which routine: a line stays when its routine goes. */
const GIVEN: Record<number, string> = {
  1: "readiness",
  2: "inner-thigh",
  3: "slow-strokes",
  4: "tender-spots",
  5: "contract-relax",
  6: "lower-leg-turns",
  7: "strength",
}
const FILES = readRoutines()
const NUMBER_WORDS: Record<string, number> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  eight: 8,
  ten: 10,
}

test("the companion has every routine that is a file, by id", (t) => {
  const imported = WRITTEN_ROUTINES.map((routine) => ({ ...routine }))
  t.deepEqual(
    imported,
    FILES.map((routine) => ({ ...routine })),
  )
  t.is(FILES.length, routineFiles().length)
})

test("what is made from the files is current: `npm run docs` would change nothing", (t) => {
  for (const { path, text } of routineTexts())
    t.is(readFileSync(path, "utf8"), text, `${path}: run \`npm run docs\``)
})

test("ids keep their routine; the readiness test has its own", (t) => {
  for (const { id, name } of FILES) t.is(GIVEN[id], name, `id ${id}`)
  const tests = FILES.filter(({ steps }) => steps.some(({ kind }) => kind === "test"))
  t.deepEqual(
    tests.map(({ id }) => id),
    [READINESS_ID],
  )
})

test("the device's table has the files' steps, in numbers", (t) => {
  t.deepEqual(
    ROUTINES.map(({ id }) => id),
    FILES.map(({ id }) => id),
  )
  for (const [n, { name, steps }] of FILES.entries()) {
    const device = ROUTINES[n]?.steps ?? []
    t.is(device.length, steps.length, name)
    for (const [m, step] of steps.entries()) {
      const { kind, repeats, everyMs, restMs, downMs, upMs, depthDeg, isOptional } = device[m] ?? {}
      const wanted = {
        repeats: 1,
        everyMs: 0,
        restMs: 0,
        downMs: 0,
        upMs: 0,
        depthDeg: 0,
        optional: false,
        ...step,
      }
      t.is(kind, StepKind[step.kind])
      t.like(
        wanted,
        { repeats, everyMs, restMs, downMs, upMs, depthDeg, optional: isOptional },
        `${name} ${m}`,
      )
    }
  }
})

test("every drawing is of some step", (t) => {
  const used = new Set(FILES.flatMap(({ steps }) => steps.map(({ drawing }) => drawing)))
  t.deepEqual(
    DRAWING_NAMES.filter((name) => !used.has(name)),
    [],
  )
})

for (const [n, routine] of FILES.entries()) {
  if (routine.steps.some(({ depthDeg }) => depthDeg !== undefined)) continue
  test(`${routine.title}: the device plays it in the time that is told`, (t) => {
    const table = ROUTINES[n]
    if (!table) return t.fail("not in the device's table")
    const played = new Played(table).next()
    const lengthMs = routineS(routine) * 1000
    t.is(played.pass(lengthMs - 1).player.phase, CoachPhase.playing)
    t.is(played.pass(1).player.phase, CoachPhase.done)
  })
}

for (const { name, title, steps, ...routine } of FILES) {
  test(`${title}: begins with getting ready, and is short`, (t) => {
    t.is(steps[0]?.kind, "ready")
    t.true(routineS({ name, title, steps, ...routine }) < 15 * 60)
  })

  for (const [n, step] of steps.entries())
    test(`${title}, ${n + 1}. ${step.title}: what is said is what is done`, (t) => {
      t.is(saidTimes(step) ?? step.repeats ?? 1, step.repeats ?? 1)
      for (const [, s] of step.words.matchAll(/(\d+) seconds/g)) t.true(lengthsS(step).includes(Number(s)), s)
      const minutes = /for (one|half a) minute/.exec(step.words)?.[1]
      if (minutes !== undefined) t.is(stepS(step), minutes === "one" ? 60 : 30)
      for (const [, degrees] of step.words.matchAll(/ at (\d+) degrees/g))
        t.is(step.depthDeg, Number(degrees))
      t.true(step.words.length < 260, "too long to be listened to")
    })
}

/** As often as the words say. */
function saidTimes({ words }: WrittenStep): number | undefined {
  const said = /\b(two|three|four|five|six|eight|ten) (?:times|strokes|breaths|spots)\b/i.exec(words)?.[1]
  return said === undefined ? undefined : NUMBER_WORDS[said.toLowerCase()]
}

function lengthsS({ everyMs = 0, restMs = 0, downMs = 0, upMs = 0 }: WrittenStep): number[] {
  return [everyMs, restMs, downMs, upMs].map((ms) => ms / 1000)
}

test("nothing that is told speaks of harm, names a condition or promises", (t) => {
  const told = FILES.flatMap(({ sources: _, ...words }) => JSON.stringify(words))
  for (const text of [...told, JSON.stringify(safety)]) {
    t.deepEqual(
      text.match(/\b(damag|injur|harm|syndrome|tendin|arthri|cures|heals|healing|guarant|prevent|MPa)\w*/gi),
      null,
    )
  }
})

test("the one rule of stopping is told, and what Patella is not", (t) => {
  t.regex(safety.STOP_RULE, /^Stop if it hurts\./)
  t.regex(safety.WHAT_PATELLA_IS.join(" "), /no medical device.*no diagnosis/)
})
