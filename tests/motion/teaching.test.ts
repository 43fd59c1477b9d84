import test from "ava"
import fc from "fast-check"
import { Teaching } from "../../src/motion/teaching"

const ESTIMATE = 4000
/** Seven eighths of what was measured are believed. */
const believed = (offCdeg: number) => (offCdeg * 7) / 8

/** A wearer taught by strides whose estimates are off by these before anything was taught; `before` is what was. */
function taughtBy(offs: readonly number[], before = { peakOffsetCdeg: 0, strides: 0 }) {
  const wearer = { peakOffsetCdeg: 0, liveStanceOffsetCdeg: 0 }
  const teaching = new Teaching(wearer)
  teaching.resume(before.peakOffsetCdeg, before.strides)
  const told = offs.map((off) => teaching.step(ESTIMATE + off, ESTIMATE + wearer.peakOffsetCdeg))
  return { peakOffsetCdeg: wearer.peakOffsetCdeg, strides: teaching.taughtStrides, told }
}

test("29 strides teach nothing, the thirtieth tells that the offset is known, and no later one does", (t) => {
  const short = taughtBy(new Array(29).fill(300))
  t.is(short.peakOffsetCdeg, 0)
  t.is(short.strides, 0)
  const { told } = taughtBy(new Array(100).fill(300))
  t.deepEqual(
    told.flatMap((first, index) => (first ? [index + 1] : [])),
    [30],
  )
})

test("the offset is seven eighths of what the estimates are off by, either way, up to 12°", (t) => {
  fc.assert(
    fc.property(fc.integer({ min: -1200, max: 1200 }), (off) => {
      const wearer = taughtBy(new Array(60).fill(off))
      t.true(Math.abs(wearer.peakOffsetCdeg - believed(off)) <= 15, `${off}: ${wearer.peakOffsetCdeg}`)
    }),
  )
})

test("strides that scatter teach their mean", (t) => {
  const wearer = taughtBy(Array.from({ length: 64 }, (_, n) => 400 + (n % 2 === 0 ? 250 : -250)))
  t.true(Math.abs(wearer.peakOffsetCdeg - believed(400)) < 25, `${wearer.peakOffsetCdeg}`)
})

test("one stride in ten misread by 40° moves the offset by half a degree at most", (t) => {
  const wearer = taughtBy(Array.from({ length: 70 }, (_, n) => (n % 10 === 9 ? 4300 : 300)))
  t.true(Math.abs(wearer.peakOffsetCdeg - believed(300)) <= 50, `${wearer.peakOffsetCdeg}`)
})

test("what was taught before goes on: another run refines it, and one stride does not overturn it", (t) => {
  const before = taughtBy(new Array(64).fill(800))
  const next = taughtBy([200], before)
  t.deepEqual(next.told, [false])
  const moved = before.peakOffsetCdeg - next.peakOffsetCdeg
  t.true(moved > 0 && moved <= 10, `${moved}`)
  const later = taughtBy(new Array(300).fill(200), before)
  t.true(Math.abs(later.peakOffsetCdeg - believed(200)) < 20, `${later.peakOffsetCdeg}`)
})

test("taught nothing, the wearer is again as others are", (t) => {
  const wearer = { peakOffsetCdeg: 0, liveStanceOffsetCdeg: 0 }
  const teaching = new Teaching(wearer)
  for (let n = 0; n < 40; n++) teaching.step(5000, ESTIMATE + wearer.peakOffsetCdeg)
  t.true(wearer.peakOffsetCdeg > 0)
  teaching.resume(0, 0)
  t.is(wearer.peakOffsetCdeg, 0)
  t.is(teaching.taughtStrides, 0)
})
