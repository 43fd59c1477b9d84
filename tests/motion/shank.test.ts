import test from "ava"
import { createShank, instantOf, type Shank } from "../../src/motion/shank"
import { COUNTS_PER_DPS, COUNTS_PER_G } from "./thigh-motion"

const PERIOD_US = 9600
const PERIOD_MS = PERIOD_US / 1000
const SETTLED = 300
const UNIT = 16384
/** Worn upright: y is up, x forward; turning forward is about z. */
const MOUNT = { upX: 0, upY: UNIT, upZ: 0, forwardX: UNIT, forwardY: 0, forwardZ: 0 }

/** The ankle swings forward and back by 30°, once in two seconds. */
const SIZE_DEG = 30
const TURNS_PER_S = 0.5
const angleDeg = (timeMs: number) => SIZE_DEG * Math.sin((2 * Math.PI * TURNS_PER_S * timeMs) / 1000)
const rateDps = (timeMs: number) =>
  SIZE_DEG * 2 * Math.PI * TURNS_PER_S * Math.cos((2 * Math.PI * TURNS_PER_S * timeMs) / 1000)

function feed(shank: Shank, from: number, to: number, periodUs = PERIOD_US): void {
  for (let n = from; n < to; n++) {
    const timeMs = (n * periodUs) / 1000
    if ((n - from) % 8 === 0) shank.beginBatch(timeMs, periodUs)
    const angle = (angleDeg(timeMs) * Math.PI) / 180
    const forwardG = Math.sin(angle)
    shank.step(
      0,
      0,
      Math.round(rateDps(timeMs) * COUNTS_PER_DPS),
      Math.round(forwardG * COUNTS_PER_G),
      Math.round(Math.cos(angle) * COUNTS_PER_G),
      0,
    )
  }
}

function worn(): Shank {
  const shank = createShank(PERIOD_US)
  shank.remount(MOUNT)
  feed(shank, 0, SETTLED)
  return shank
}

const offAt = (t: { true(ok: boolean, why?: string): unknown }, shank: Shank, timeMs: number) => {
  t.true(shank.seek(instantOf(timeMs)), `${timeMs} ms`)
  return shank.inclinationCdeg / 100 - angleDeg(timeMs)
}

test("between two samples the inclination is interpolated: every instant of the last batches to 0.6°, none a step of half a sample", (t) => {
  const shank = worn()
  const offs: number[] = []
  for (let timeMs = (SETTLED - 40) * PERIOD_MS; timeMs < (SETTLED - 1) * PERIOD_MS; timeMs += 0.7)
    offs.push(offAt(t, shank, timeMs))
  // The filter itself may be off; what a nearest sample would add is ±0.45° at 94 °/s.
  const middle = offs.reduce((sum, off) => sum + off, 0) / offs.length
  t.true(Math.abs(middle) < 0.6, `${middle}`)
  for (const off of offs) t.true(Math.abs(off - middle) < 0.2, `${off - middle}`)
})

test("past the newest sample the line goes on for one and a half periods, and no further", (t) => {
  const shank = worn()
  const newestMs = (SETTLED - 1) * PERIOD_MS
  const before = offAt(t, shank, newestMs - PERIOD_MS)
  t.true(Math.abs(offAt(t, shank, newestMs + 1.4 * PERIOD_MS) - before) < 0.3)
  t.false(shank.seek(instantOf(newestMs + 1.7 * PERIOD_MS)))
})

test("what is older than its memory is not measured", (t) => {
  const shank = worn()
  t.false(shank.seek(instantOf((SETTLED - 70) * PERIOD_MS)))
})

test("without a mount, and before its filter has settled, nothing is measured", (t) => {
  const shank = createShank(PERIOD_US)
  feed(shank, 0, SETTLED)
  t.false(shank.seek(instantOf((SETTLED - 2) * PERIOD_MS)))
  const early = createShank(PERIOD_US)
  early.remount(MOUNT)
  feed(early, 0, 200)
  t.false(early.seek(instantOf(199 * PERIOD_MS)))
})

test("after a gap it is believed again once it has settled for 2.5 s", (t) => {
  const shank = worn()
  shank.gap(100)
  const from = SETTLED + 100
  feed(shank, from, from + 200)
  t.false(shank.seek(instantOf((from + 198) * PERIOD_MS)))
  feed(shank, from + 200, from + 300)
  const off = offAt(t, shank, (from + 298) * PERIOD_MS)
  t.true(Math.abs(off) < 2, `${off}°`)
})

test("a lost sample that the last one stands in for leaves time where it is", (t) => {
  const shank = worn()
  shank.repeat()
  feed(shank, SETTLED + 1, SETTLED + 30)
  t.true(Math.abs(offAt(t, shank, (SETTLED + 20) * PERIOD_MS)) < 1.5)
})

test("instants may pass 2^32: an angle is found on either side of it", (t) => {
  const shank = createShank(PERIOD_US)
  shank.remount(MOUNT)
  const wrapMs = 2 ** 32 / 64
  const startMs = wrapMs - SETTLED * PERIOD_MS
  for (let n = 0; n < SETTLED + 20; n++) {
    if (n % 8 === 0) shank.beginBatch(startMs + n * PERIOD_MS, PERIOD_US)
    shank.step(0, 0, 0, 0, COUNTS_PER_G, 0)
  }
  for (const off of [-3.3, -0.5, 0.5, 3.3]) {
    t.true(shank.seek(instantOf(wrapMs + off * PERIOD_MS)), `${off}`)
    t.true(Math.abs(shank.inclinationCdeg) < 50)
  }
})
