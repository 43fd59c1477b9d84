/** Which moment is drawn: evenly on, a little behind what came. */
import test from "ava"
import { Playhead } from "../../../simulator/page/drawing/playhead"

const SCREEN_S = 1 / 60
const FRAME_S = 0.05

/** Plays for so long with a frame every 50 ms, and gives the steps between pictures, s of the device. */
function played(
  head: Playhead,
  speed: number,
  forS: number,
  newestS = 0,
): { steps: number[]; newestS: number } {
  const steps: number[] = []
  let newest = newestS
  let nextFrameS = FRAME_S
  for (let clockS = SCREEN_S; clockS < forS; clockS += SCREEN_S) {
    if (clockS >= nextFrameS) {
      newest += speed * FRAME_S
      nextFrameS += FRAME_S
    }
    const before = head.shownS
    steps.push(head.step(SCREEN_S, newest, speed) - before)
  }
  return { steps, newestS: newest }
}

for (const speed of [1, 2, 5, 10, 60, 300]) {
  test(`at ${speed}× pictures follow each other evenly, less than 0.15 s of the clock behind, never ahead`, (t) => {
    const head = new Playhead()
    const { steps, newestS } = played(head, speed, 4)
    for (const step of steps.slice(60)) {
      t.true(step > 0.8 * speed * SCREEN_S && step < 1.2 * speed * SCREEN_S, `${step} s a picture`)
    }
    t.true(head.shownS <= newestS)
    t.true(newestS - head.shownS < 0.15 * speed, `${newestS - head.shownS} s behind`)
  })
}

test("paused, it goes on to the last moment that was told, and stays there", (t) => {
  const head = new Playhead()
  const { newestS } = played(head, 1, 2)
  for (let picture = 0; picture < 60; picture++) head.step(SCREEN_S, newestS, 0)
  t.is(head.shownS, newestS)
})

test("it jumps to what is far ahead or behind, and never goes back while time goes on", (t) => {
  const head = new Playhead()
  head.step(SCREEN_S, 100, 1)
  t.true(head.shownS > 99)
  const { steps } = played(head, 1, 1, 100)
  t.true(steps.every((step) => step >= 0))
  head.step(SCREEN_S, 3, 1)
  t.true(head.shownS <= 3)
})

test("what it fell behind it makes up within three seconds, without a jump", (t) => {
  const head = new Playhead()
  const { steps, newestS } = played(head, 1, 3, 0.4)
  t.true(newestS - head.shownS < 0.1, `${newestS - head.shownS} s behind`)
  t.true(Math.max(...steps) < 2 * SCREEN_S)
})

test("it begins where what is played begins", (t) => {
  const head = new Playhead()
  head.reset(40)
  t.is(head.step(SCREEN_S, 40, 0), 40)
})
