import test from "ava"
import { Corner } from "../../src/motion/corner"

/** 16 samples at the rates that the driver sets. */
const BLOCKS_S = [16 / 52, 16 / 104, 16 / 208]
const counts = (dps: number) => Math.round(dps / 0.07)
/** In which blocks it turns. */
const turning = (blockS: number, yawDps: (timeS: number) => number, seconds: number): number[] => {
  const corner = new Corner(blockS)
  return Array.from({ length: Math.round(seconds / blockS) }, (_, block) => {
    corner.endBlock(counts(yawDps(block * blockS)))
    return corner.isTurning ? block * blockS : -1
  }).filter((timeS) => timeS >= 0)
}

test("a turn by 180° in 1.5 s is a corner, and the second after it", (t) => {
  for (const blockS of BLOCKS_S) {
    const times = turning(blockS, (timeS) => (timeS > 5 && timeS < 6.5 ? 120 : 0), 12)
    t.true((times[0] ?? 99) > 5 && (times[0] ?? 99) < 5.7)
    t.true((times.at(-1) ?? 0) > 7 && (times.at(-1) ?? 0) < 8.8)
  }
})

test("a thigh that turns to and fro with each stride turns no corner, nor does a track's bend", (t) => {
  for (const blockS of BLOCKS_S) {
    const swinging = turning(blockS, (timeS) => 90 * Math.sin((2 * Math.PI * timeS) / 0.7), 20)
    t.deepEqual(swinging, [])
    const bending = turning(blockS, () => 15, 20)
    t.deepEqual(bending, [])
  }
})

test("who goes round and round is believed again after three seconds", (t) => {
  for (const blockS of BLOCKS_S) t.true((turning(blockS, () => -90, 20).at(-1) ?? 99) < 4)
})
