/** Where a step is, by the clock alone: the same as the device's player says that paces it. */
import test from "ava"
import { placeInStep, spokenAt } from "../../../../phone/app/coach/step-place"
import { WRITTEN_ROUTINES } from "../../../../routines/library"
import type { WrittenStep } from "../../../../routines/written-routine"
import { CoachPhase } from "../../../../src/coach/routine"
import { RoutinePlayer } from "../../../../src/coach/routine-player"
import { ROUTINES } from "../../../../src/coach/routine-table"

const LOOK_MS = 100

const HOLD: WrittenStep = {
  kind: "hold",
  title: "",
  words: "",
  drawing: "tighten-thigh",
  repeats: 2,
  everyMs: 5000,
  restMs: 3000,
}
const BREATHE: WrittenStep = {
  kind: "breathe",
  title: "",
  words: "",
  drawing: "breathe",
  repeats: 2,
  downMs: 4000,
  upMs: 8000,
  spoken: ["In", "Out"],
}
const COUNT: WrittenStep = {
  kind: "count",
  title: "",
  words: "",
  drawing: "turn-out",
  repeats: 3,
  everyMs: 6000,
  spoken: ["One", "Two", "Three"],
}

test("a hold, its pause, and the next", (t) => {
  t.deepEqual(placeInStep(HOLD, 0), { done: 0, part: 0, leftMs: 5000, share: 0 })
  t.deepEqual(placeInStep(HOLD, 2500), { done: 0, part: 0, leftMs: 2500, share: 0.5 })
  t.deepEqual(placeInStep(HOLD, 5000), { done: 1, part: 1, leftMs: 3000, share: 0 })
  t.like(placeInStep(HOLD, 8000), { done: 1, part: 0, leftMs: 5000 })
})

test("a breath goes in, and is done when it is out", (t) => {
  t.like(placeInStep(BREATHE, 1000), { done: 0, part: 0, leftMs: 3000, share: 0.25 })
  t.like(placeInStep(BREATHE, 10_000), { done: 0, part: 1, leftMs: 2000, share: 0.75 })
  t.like(placeInStep(BREATHE, 12_000), { done: 1, part: 0 })
})

test("after its end a step is done, until the device tells of the next", (t) => {
  t.deepEqual(placeInStep(COUNT, 18_500), { done: 3, part: 0, leftMs: 0, share: 1 })
})

test("each movement is said as it begins, each breath as it turns, and nothing after the last", (t) => {
  const said = (step: WrittenStep, stepMs: number) => {
    const at = placeInStep(step, stepMs)
    return at && spokenAt(step, at)?.words
  }
  t.deepEqual(
    [0, 5999, 6000, 12_000, 18_000].map((stepMs) => said(COUNT, stepMs)),
    ["One", "One", "Two", "Three", undefined],
  )
  t.deepEqual(
    [0, 4000, 12_000, 16_000, 24_000].map((stepMs) => said(BREATHE, stepMs)),
    ["In", "Out", "In", "Out", undefined],
  )
  t.is(said(HOLD, 0), undefined)
})

for (const { name, id, steps } of WRITTEN_ROUTINES) {
  test(`${name}: what goes by the clock is where the device is`, (t) => {
    const routine = ROUTINES.find((one) => one.id === id)
    if (!routine) return t.fail("the device does not know it")
    let nowMs = 0
    const player = new RoutinePlayer(routine, { coachBuzz() {} }, nowMs)
    let looks = 0
    while (player.phase !== CoachPhase.done && nowMs < 3_600_000) {
      const step = steps[player.step]
      const place = step && placeInStep(step, player.stepMs(nowMs))
      if (place) {
        t.is(place.done, player.repeat, `step ${player.step}, ${player.stepMs(nowMs)} ms`)
        looks++
      } else player.next(nowMs)
      player.tick(nowMs)
      nowMs += LOOK_MS
      player.tick(nowMs)
    }
    t.is(player.phase, CoachPhase.done)
    t.is(
      looks > 0,
      steps.some((step) => placeInStep(step, 0) !== undefined),
    )
  })
}
