import test from "ava"
import {
  type CoachEntry,
  CoachEntryFlag,
  CoachEntryKind,
  type CoachStamp,
  type LoggedEntry,
} from "../../src/coach/coach-entry"
import { readinessOf } from "../../src/coach/readiness-rule"
import { CoachAnswer, READINESS_ID, Readiness, StepKind } from "../../src/coach/routine"
import { stepOf } from "./played"

const WORDS = Object.keys(Readiness)
const HOUR_S = 3600
const HOUR_MS = 3_600_000
const ROUTINE = {
  id: READINESS_ID,
  steps: [
    stepOf(StepKind.ready),
    stepOf(StepKind.test, { repeats: 3 }),
    stepOf(StepKind.test, { repeats: 3, isOptional: true }),
  ],
}
const WELL: CoachEntry = {
  kind: CoachEntryKind.readiness,
  routine: READINESS_ID,
  endMs: 8 * HOUR_MS,
  durationS: 60,
  repeats: 3,
  depthCdeg: 3200,
  meanMs: 5000,
  halts: 0,
  answer: CoachAnswer.noPain,
  readiness: Readiness.unknown,
  flags: CoachEntryFlag.complete,
}
const NOW: CoachStamp = { bootId: 7, unixS: 0, zoneQuarters: 0 }
const DATED: CoachStamp = { ...NOW, unixS: 1_800_000_000 }

const results: [what: string, change: Partial<CoachEntry>, says: Readiness][] = [
  ["deep, smooth and without pain", {}, Readiness.ready],
  ["25° deep", { depthCdeg: 2500 }, Readiness.ready],
  ["not quite 25° deep", { depthCdeg: 2499 }, Readiness.warmUp],
  ["two halts a bend", { halts: 6 }, Readiness.ready],
  ["more than two halts a bend", { halts: 7 }, Readiness.warmUp],
  ["pain", { answer: CoachAnswer.pain }, Readiness.warmUp],
  ["pain that ended it", { answer: CoachAnswer.pain, repeats: 0, flags: 0 }, Readiness.warmUp],
  ["no answer", { answer: CoachAnswer.none }, Readiness.unknown],
  ["stopped", { flags: 0 }, Readiness.unknown],
  ["a bend passed over", { repeats: 2 }, Readiness.unknown],
]
for (const [what, change, says] of results)
  test(`${what}: ${WORDS[says]}`, (t) => {
    t.is(readinessOf({ ...WELL, ...change }, ROUTINE, NOW, []), says)
  })

const HURT: LoggedEntry = { ...WELL, ...NOW, answer: CoachAnswer.pain }
const earlier: [what: string, change: Partial<LoggedEntry>, now: CoachStamp, says: Readiness][] = [
  ["six hours ago", { endMs: 2 * HOUR_MS }, NOW, Readiness.notToday],
  ["longer ago", { endMs: 2 * HOUR_MS - 1 }, NOW, Readiness.warmUp],
  ["six hours ago by the clock", { bootId: 6, unixS: DATED.unixS - 6 * HOUR_S }, DATED, Readiness.notToday],
  ["longer ago by the clock", { bootId: 6, unixS: DATED.unixS - 6 * HOUR_S - 1 }, DATED, Readiness.warmUp],
  ["longer ago by the clock, in this boot", { unixS: DATED.unixS - 7 * HOUR_S }, DATED, Readiness.warmUp],
  ["in another boot, nobody knows when", { bootId: 6 }, DATED, Readiness.warmUp],
  ["in this boot, before the time was told", {}, DATED, Readiness.notToday],
  ["in this boot, by a clock that is lost", { unixS: DATED.unixS - 7 * HOUR_S }, NOW, Readiness.notToday],
  ["later by the clock", { unixS: DATED.unixS + 1 }, DATED, Readiness.warmUp],
]
for (const [what, change, now, says] of earlier)
  test(`it hurts, and a test hurt ${what}: ${WORDS[says]}`, (t) => {
    const pain = { ...WELL, answer: CoachAnswer.pain }
    t.is(readinessOf(pain, ROUTINE, now, [{ ...HURT, ...change }]), says)
  })

test("it hurts, and a test hurt just before the clock wrapped", (t) => {
  const pain = { ...WELL, answer: CoachAnswer.pain, endMs: -0x80000000 + HOUR_MS }
  t.is(readinessOf(pain, ROUTINE, NOW, [{ ...HURT, endMs: 0x7fffffff - HOUR_MS }]), Readiness.notToday)
})

test("what hurt in a routine or after sitting, or did not hurt, does not count; one among others does", (t) => {
  const pain = { ...WELL, answer: CoachAnswer.pain }
  const others: LoggedEntry[] = [
    { ...HURT, kind: CoachEntryKind.routine },
    { ...HURT, kind: CoachEntryKind.sitting },
    { ...HURT, answer: CoachAnswer.noPain },
    { ...HURT, answer: CoachAnswer.none },
  ]
  t.is(readinessOf(pain, ROUTINE, NOW, others), Readiness.warmUp)
  t.is(readinessOf(pain, ROUTINE, NOW, [...others, HURT]), Readiness.notToday)
})

test("warmed up and tried again without pain, it is ready", (t) => {
  t.is(readinessOf(WELL, ROUTINE, NOW, [HURT]), Readiness.ready)
})
