/** What the app says of routines: how to begin them, how far they are, and what came of them. */
import test from "ava"
import {
  beginRefused,
  buttonSteps,
  doneWords,
  minutesWords,
  partWords,
  resultWords,
  toldStep,
} from "../../../../phone/app/coach/coach-words"
import { WRITTEN_ROUTINES } from "../../../../routines/library"
import type { WrittenRoutine } from "../../../../routines/written-routine"
import { StatusFlag } from "../../../../src/ble/layouts"
import { CoachAnswer, READINESS_ID, Readiness } from "../../../../src/coach/routine"

function routine(name: string): WrittenRoutine {
  const found = WRITTEN_ROUTINES.find((one) => one.name === name)
  if (!found) throw new Error(`no routine ${name}`)
  return found
}
const READINESS = routine("readiness")
const STROKES = routine("inner-thigh")
const BREATH = routine("contract-relax")

test("what a routine takes is told in whole minutes, and in one at least", (t) => {
  t.is(minutesWords(READINESS), "About 1 min")
  t.is(minutesWords(routine("lower-leg-turns")), "About 1 min")
  t.is(minutesWords(routine("strength")), "About 9 min")
})

test("one that counts bends asks for a calibrated device, and any for one without an open run", (t) => {
  t.is(beginRefused(READINESS, { flags: StatusFlag.calibrated }), undefined)
  t.is(beginRefused(READINESS, { flags: 0 }), "calibration")
  t.is(beginRefused(STROKES, { flags: 0 }), undefined)
  t.is(beginRefused(STROKES, { flags: StatusFlag.calibrated | StatusFlag.runOpen }), "run")
})

test("by the button, each routine after the first takes a press more", (t) => {
  t.is(buttonSteps(1)[1], "One tick says that it is chosen.")
  t.is(buttonSteps(2)[1], "Press the button 1 time more, until it ticks 2 times.")
  t.is(buttonSteps(7)[1], "Press the button 6 times more, until it ticks 7 times.")
})

test("a step's repeats are counted in its own words, and a pause has none", (t) => {
  const [ready, strokes, hold] = STROKES.steps
  t.is(ready && doneWords(ready, 0), "")
  t.is(strokes && doneWords(strokes, 7), "7 of 100 strokes")
  t.is(hold && doneWords(hold, 2), "2 of 5 holds")
  t.deepEqual(hold && [partWords(hold, 0), partWords(hold, 1)], ["Hold", "Let go"])
  const breathing = BREATH.steps[1]
  t.deepEqual(breathing && [partWords(breathing, 0), partWords(breathing, 1)], [
    "In, and tighten",
    "Out, and let go",
  ])
  t.is(strokes && partWords(strokes, 0), "")
})

test("who listens is told each step once, then each of few repeats and a few of many", (t) => {
  t.regex(toldStep(READINESS, 1, 0), /^Step 2 of 4: Three small bends\. Bend the knee slowly\./)
  t.is(toldStep(READINESS, 1, 2), "2 of 3 bends")
  const told = Array.from({ length: 101 }, (_, done) => toldStep(STROKES, 1, done))
  t.deepEqual([...new Set(told)].slice(1), [
    "25 of 100 strokes",
    "50 of 100 strokes",
    "75 of 100 strokes",
    "100 of 100 strokes",
  ])
  t.is(toldStep(READINESS, 9, 0), "")
})

const { none, noPain, pain } = CoachAnswer
for (const [id, answer, readiness, title, care] of [
  [READINESS_ID, noPain, Readiness.ready, "Ready", "none"],
  [READINESS_ID, noPain, Readiness.warmUp, "Warm up and try again", "none"],
  [READINESS_ID, pain, Readiness.warmUp, "Warm up and try again", "rule"],
  [READINESS_ID, pain, Readiness.notToday, "Not today", "somebody"],
  [READINESS_ID, none, Readiness.unknown, "No result", "none"],
  [2, none, Readiness.unknown, "Done", "none"],
  [2, pain, Readiness.unknown, "Ended: it hurt", "rule"],
] as const) {
  test(`routine ${id}, answer ${answer}, readiness ${readiness}: ${title}`, (t) => {
    t.like(resultWords({ routine: id, answer, readiness }), { title, care })
  })
}

test("after a painful test the app says that it hurt, after a shallow one that it did not", (t) => {
  const says = (answer: CoachAnswer) =>
    resultWords({ routine: READINESS_ID, answer, readiness: Readiness.warmUp }).says
  t.regex(says(pain), /^It hurt\./)
  t.regex(says(noPain), /^Nothing hurt/)
})
