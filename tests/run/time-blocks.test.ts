import test from "ava"
import type { Stride } from "../../src/motion/stride"
import { record } from "./recording-sink"
import { stride, sum } from "./strides"

const MINUTE_MS = 60_000

/** A stride every 750 ms over `minutes`, peak by minute. */
function running(minutes: number, peakCdeg: (minute: number) => number): Stride[] {
  return Array.from({ length: minutes * 80 }, (_, index) =>
    stride(index * 750, { periodMs: 750, peakFlexionCdeg: peakCdeg(Math.floor(index / 80)) }),
  )
}

test("64 minutes are blocks of a minute from the run's start", (t) => {
  const [run] = record(running(64, (minute) => 2025 + 100 * minute))
  t.is(run?.blockMinutes, 1)
  t.is(run?.blocks.length, 64)
  run?.blocks.forEach((block, minute) => {
    t.is(block.strides, 80)
    t.is(block.compressions, 2025 + 100 * minute > 3000 ? 80 : 0)
    t.true(Math.abs(block.peakFlexionMedianCdeg - (2025 + 100 * minute)) <= 25)
    t.is(block.milliLoad, 80_000)
    t.true(Math.abs(block.cdegSecondsPastThreshold - 80 * 130) <= 1)
  })
})

test("the 65th minute joins neighbours, the 129th again", (t) => {
  for (const [minutes, blockMinutes, blocks] of [
    [65, 2, 33],
    [128, 2, 64],
    [129, 4, 33],
  ] as const) {
    const [run] = record(running(minutes, () => 4000))
    t.is(run?.blockMinutes, blockMinutes)
    t.is(run?.blocks.length, blocks)
    t.is(sum(run?.blocks.map((block) => block.strides) ?? []), minutes * 80)
    t.is(run?.blocks[0]?.strides, blockMinutes * 80)
  }
})

test("a joined block's median lies between its neighbours', weighted by their strides", (t) => {
  const strides = running(65, (minute) => (minute % 2 ? 5025 : 4025))
  // The second minute loses three quarters of its strides.
  const thinned = strides.filter(
    ({ contactMs }, index) => Math.floor(contactMs / MINUTE_MS) !== 1 || index % 4 === 0,
  )
  const [run] = record(thinned)
  t.is(run?.blocks[0]?.strides, 100)
  t.is(run?.blocks[0]?.peakFlexionMedianCdeg, 4224)
  t.is(run?.blocks[1]?.peakFlexionMedianCdeg, 4524)
  t.true(Math.abs((run?.blocks[32]?.peakFlexionMedianCdeg ?? 0) - 4025) <= 25)
})

test("minutes of a pause are empty blocks, also when the pause makes neighbours join", (t) => {
  const late = running(1, () => 4000).map((one) => stride(one.contactMs + 70 * MINUTE_MS))
  const [run] = record([...running(1, () => 5025), ...late], { pauseLimitS: 2 * 60 * 60 })
  t.is(run?.blockMinutes, 2)
  t.is(run?.blocks.length, 36)
  t.is(run?.blocks[0]?.strides, 80)
  t.is(run?.blocks[0]?.peakFlexionMedianCdeg, 5024)
  t.deepEqual(run?.blocks[1], {
    strides: 0,
    compressions: 0,
    cdegSecondsPastThreshold: 0,
    peakFlexionMedianCdeg: 0,
    milliLoad: 0,
  })
  t.is(run?.blocks[35]?.strides, 80)
})
