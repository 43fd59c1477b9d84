/** What is drawn is of one moment: the device tells its estimates a batch at a time, later than the leg went. */
import test from "ava"
import { COLUMN, Live } from "../../../simulator/page/drawing/live"
import type { Frame, Playing } from "../../../simulator/serve/messages"

const FRAME_S = 0.05
const TICK_S = 0.01
/** 16 samples at 104 Hz. */
const BATCH_S = 0.154

/** A frame that tells the rows since the one before; the knee's angle is the time. */
function frameAt(timeS: number): Frame {
  const rows = (untilS: number): [number, number, number, number][] =>
    Array.from({ length: Math.max(0, Math.round(untilS / TICK_S)) }, (_, row) => [
      row * TICK_S,
      row * TICK_S,
      0,
      1,
    ])
  return {
    timeS,
    isPaused: false,
    speed: 1,
    truths: rows(timeS),
    estimates: rows(Math.floor(timeS / BATCH_S) * BATCH_S).map((row) => [...row, 2]),
    strides: [],
    motor: [],
    phone: { thresholdDeg: 30 },
  } as unknown as Frame
}

test("at each moment that is drawn both the leg and the device's estimate of it are known", (t) => {
  const live = new Live()
  live.start({ startS: 0, thresholdDeg: 30, hasTruth: true } as Playing)
  let drawn = 0
  for (let timeS = FRAME_S; timeS < 5; timeS += FRAME_S) {
    live.frame(frameAt(timeS), timeS * 1000)
    for (let picture = 0; picture < 3; picture++) {
      const shownS = live.step(FRAME_S / 3)
      if (shownS < BATCH_S) continue
      drawn++
      for (const rows of [live.truths, live.estimates])
        t.true(
          Math.abs(rows.at(shownS, COLUMN.knee) - shownS) < TICK_S,
          `at ${timeS} s, ${shownS} s is drawn`,
        )
    }
  }
  t.true(drawn > 200)
  t.true(live.newestS > 4.5)
})
