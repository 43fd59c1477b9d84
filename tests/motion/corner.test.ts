import test from "ava"
import { createCorner } from "../../src/motion/corner"

const BLOCK_S = 16 / 104
const counts = (dps: number) => Math.round(dps / 0.07)
/** In which blocks it turns. */
const turning = (yawDps: (timeS: number) => number, seconds: number): number[] => {
  const corner = createCorner()
  return Array.from({ length: Math.round(seconds / BLOCK_S) }, (_, block) => {
    corner.endBlock(counts(yawDps(block * BLOCK_S)))
    return corner.isTurning ? block * BLOCK_S : -1
  }).filter((timeS) => timeS >= 0)
}

test("a turn by 180° in 1.5 s is a corner, and the second after it", (t) => {
  const times = turning((timeS) => (timeS > 5 && timeS < 6.5 ? 120 : 0), 12)
  t.true((times[0] ?? 99) > 5 && (times[0] ?? 99) < 5.5)
  t.true((times.at(-1) ?? 0) > 7 && (times.at(-1) ?? 0) < 8.5)
})

test("a thigh that turns to and fro with each stride turns no corner, nor does a track's bend", (t) => {
  t.deepEqual(
    turning((timeS) => 90 * Math.sin((2 * Math.PI * timeS) / 0.7), 20),
    [],
  )
  t.deepEqual(
    turning(() => 15, 20),
    [],
  )
})

test("who goes round and round is believed again after three seconds", (t) => {
  const times = turning(() => -90, 20)
  t.true((times.at(-1) ?? 99) < 3.5)
})
