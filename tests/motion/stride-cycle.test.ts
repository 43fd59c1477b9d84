import test from "ava"
import fc from "fast-check"
import { STRIDE_CLOSED, StrideCycle, StridePart, troughPartQ4 } from "../../src/motion/stride-cycle"
import { RUNNING, type RunningCurve, runningThighDeg } from "./running-curves"
import { noise, PERIOD_S } from "./thigh-motion"

interface Closed {
  at: number
  periodSamples: number
  troughAge: number
  firstTroughCdeg: number
  lastTroughCdeg: number
  peakCdeg: number
}

/** Runs a curve (1/100°) through the cycle: what closed, and the part at every sample. */
function cut(thighCdeg: readonly number[]) {
  const cycle = new StrideCycle()
  const strides: Closed[] = []
  const parts: { part: number; sincePart: number; sinceTrough: number }[] = []
  thighCdeg.forEach((thigh, at) => {
    if (cycle.step(thigh, 0) === STRIDE_CLOSED) {
      const { periodSamples, troughAge, firstTroughCdeg, lastTroughCdeg, peakCdeg } = cycle
      strides.push({ at, periodSamples, troughAge, firstTroughCdeg, lastTroughCdeg, peakCdeg })
    }
    parts.push({ part: cycle.part, sincePart: cycle.sincePart, sinceTrough: cycle.sinceTrough })
  })
  return { strides, parts }
}

const STRIDES = 20

/** From standing into `STRIDES` strides, the angle in 1/100°. */
function run(curve: RunningCurve, noiseDeg = 0): number[] {
  const random = noise(2)
  const samples = Math.round((STRIDES * curve.strideS) / PERIOD_S)
  return Array.from({ length: samples }, (_, n) =>
    Math.round(100 * (runningThighDeg(curve, n * PERIOD_S) + noiseDeg * random())),
  )
}

/** Samples of the local extremes: the lowest and the highest of each stride. */
function extremes(curve: RunningCurve, thigh: readonly number[]) {
  const perStride = curve.strideS / PERIOD_S
  return Array.from({ length: STRIDES }, (_, stride) => {
    const from = Math.ceil(stride * perStride)
    const to = Math.min(thigh.length, Math.ceil((stride + 1) * perStride))
    const range = Array.from({ length: to - from }, (_, i) => from + i)
    const first = (better: (a: number, b: number) => boolean) =>
      range.reduce((best, n) => (better(thigh[n] as number, thigh[best] as number) ? n : best))
    return { trough: first((a, b) => a < b), peak: first((a, b) => a >= b) }
  })
}

for (const curve of RUNNING) {
  test(`at ${curve.speedMs} m/s every trough closes a stride, and nothing else does`, (t) => {
    const thigh = run(curve)
    const troughs = extremes(curve, thigh)
    // The leg put forward from standing at the curve's beginning is a rise, too.
    const strides = cut(thigh).strides.slice(1)
    t.is(strides.length, STRIDES)
    strides.forEach((stride, i) => {
      const trough = troughs[i]?.trough ?? 0
      t.is(stride.at - stride.troughAge, trough)
      t.is(stride.lastTroughCdeg, thigh[trough] as number)
      t.true((thigh[stride.at] as number) > stride.lastTroughCdeg + 1500)
      t.true((thigh[stride.at - 1] as number) <= stride.lastTroughCdeg + 1500)
      if (i === 0) return
      const before = troughs[i - 1]?.trough ?? 0
      t.is(stride.periodSamples, trough - before)
      t.is(stride.firstTroughCdeg, thigh[before] as number)
      const peak = Math.max(...thigh.slice(before, trough))
      t.is(stride.peakCdeg, peak)
    })
  })

  test(`at ${curve.speedMs} m/s a stride swings, reaches and pushes, each part counted from where it began`, (t) => {
    const thigh = run(curve)
    const { parts, strides } = cut(thigh)
    const second = strides[3] as Closed
    const third = strides[4] as Closed
    const trough = second.at - second.troughAge
    let peak = trough
    for (let n = second.at; n < third.at; n++) if ((thigh[n] as number) >= (thigh[peak] as number)) peak = n
    const order = parts.slice(second.at, third.at).map(({ part }) => part)
    const changes = order.filter((part, i) => part !== order[i - 1])
    t.deepEqual(changes, [StridePart.swing, StridePart.reach, StridePart.push])
    const reachAt = second.at + order.indexOf(StridePart.reach)
    const pushAt = second.at + order.indexOf(StridePart.push)
    // Reach is told once the thigh is 2.5° down, and counts from the peak.
    t.true((thigh[reachAt] as number) < (thigh[peak] as number) - 250)
    t.true((thigh[reachAt - 1] as number) >= (thigh[peak] as number) - 250)
    // Push begins at 34.5 % of the way down.
    const way = (thigh[peak] as number) - (thigh[trough] as number)
    t.true((thigh[pushAt] as number) < (thigh[peak] as number) - 0.344 * way)
    t.true((thigh[pushAt - 1] as number) > (thigh[peak] as number) - 0.346 * way)
    for (let n = second.at; n < third.at; n++) {
      const { part, sincePart, sinceTrough } = parts[n] as (typeof parts)[0]
      t.is(sinceTrough, n - trough)
      t.is(sincePart, n - (part === StridePart.swing ? trough : part === StridePart.reach ? peak : pushAt))
    }
  })

  test(`at ${curve.speedMs} m/s half a degree of noise splits no stride`, (t) => {
    t.is(cut(run(curve, 0.5)).strides.length, 1 + STRIDES)
  })
}

/** Straight lines through angles (degrees), 20 samples each. */
function zigzag(...deg: number[]): number[] {
  return deg.flatMap((to, i) => {
    const from = deg[i - 1] ?? to
    return Array.from({ length: 20 }, (_, n) => Math.round(100 * (from + ((to - from) * (n + 1)) / 20)))
  })
}

test("a second rise of 14° in stance does not split a stride; one of 16° would", (t) => {
  t.is(cut(zigzag(0, 40, -20, 40, 0, 14, -20, 40)).strides.length, 3)
  t.is(cut(zigzag(0, 40, -20, 40, 0, 16, -20, 40)).strides.length, 4)
})

test("a swing that stops by up to 2.4° on its way is one swing", (t) => {
  const { parts } = cut(zigzag(0, 40, -20, 20, 17.7, 40))
  t.false(parts.slice(60).some(({ part }) => part === StridePart.reach))
})

test("a fall of 2.7° ends the swing", (t) => {
  const { parts } = cut(zigzag(0, 40, -20, 20, 17.3))
  t.is(parts.at(-1)?.part, StridePart.reach)
})

test("of a level peak the last sample counts", (t) => {
  const { parts } = cut([...zigzag(0, 40, -20, 30), 3000, 3000, 3000, 2700])
  t.like(parts.at(-1), { part: StridePart.reach, sincePart: 1 })
})

test("a peak at the sample that closes a stride is one", (t) => {
  const { strides, parts } = cut([...zigzag(0, 40, -4), 1500, 1200])
  t.is(strides.length, 2)
  t.like(parts.at(-1), { part: StridePart.reach, sincePart: 1 })
})

test("a single sample above the first peak is the peak", (t) => {
  const { strides, parts } = cut([...zigzag(0, 40, -20, 20, 12), 2100, 1500, ...zigzag(10, -20, 40)])
  t.like(parts[5 * 20 + 1], { part: StridePart.reach, sincePart: 1 })
  t.is(strides.at(-1)?.peakCdeg, 2100)
})

test("a trough at the sample that push-off begins with is one", (t) => {
  // A third of the way from 40° to -20° is at 19.3°.
  const { strides, parts } = cut([...zigzag(0, 40, -20, 40), 1950, 1900, 1950, 2600, 3500])
  t.like(strides.at(-1), { lastTroughCdeg: 1900, troughAge: 3, peakCdeg: 4000 })
  t.like(parts.at(-1), { part: StridePart.swing, sincePart: 3, sinceTrough: 3 })
})

test("so is one at the sample at which a swing that never got forward ends", (t) => {
  const { strides, parts } = cut([...zigzag(0, 40, -20, 8), -720, -700, 400, 900])
  t.deepEqual(parts.at(-4), { part: StridePart.push, sincePart: 0, sinceTrough: 21 })
  t.like(strides.at(-1), { lastTroughCdeg: -720, troughAge: 3, peakCdeg: 800 })
})

test("a swing that falls back further and goes on has the higher peak, and its part counts from the trough", (t) => {
  const thigh = zigzag(0, 40, -20, 20, 12, 45, -20, 40)
  const { parts, strides } = cut(thigh)
  t.is(strides.length, 3)
  t.is(strides[2]?.peakCdeg, 4500)
  // In the second rise, past the first peak, it is a swing again.
  const again = parts[5 * 20 + 15]
  t.is(again?.part, StridePart.swing)
  t.is(again?.sincePart, again?.sinceTrough)
})

test("a fall below 10° is no reach: the peak has to be forward", (t) => {
  const { parts } = cut(zigzag(0, 40, -20, 12, 9.4))
  t.false(parts.slice(60).some(({ part }) => part === StridePart.reach))
  t.true(
    cut(zigzag(0, 40, -20, 13.2, 10.5))
      .parts.slice(60)
      .some(({ part }) => part === StridePart.reach),
  )
})

test("a swing that never gets forward ends when it is 15° down again", (t) => {
  const { strides, parts } = cut(zigzag(0, 40, -20, 8, -6.9, -30, -10))
  t.is(strides.length, 3)
  t.is(strides[2]?.peakCdeg, 800)
  t.is(parts[4 * 20 + 19]?.part, StridePart.swing)
  t.is(parts[5 * 20 + 1]?.part, StridePart.push)
})

test("standing with 5° of sway closes nothing in a minute", (t) => {
  const sway = Array.from({ length: 6000 }, (_, n) => Math.round(500 * Math.sin(n / 30)))
  t.is(cut(sway).strides.length, 0)
})

test("samples since the trough are counted on while nothing closes", (t) => {
  const { parts } = cut([...zigzag(0, 40, -20, 40), ...new Array(500).fill(4000)])
  t.is(parts.at(-1)?.sinceTrough, 20 + 500)
})

test("reset() forgets the stride under way", (t) => {
  const cycle = new StrideCycle()
  for (const thigh of zigzag(0, 40, -20, 40)) cycle.step(thigh, 0)
  t.is(cycle.part, StridePart.swing)
  cycle.reset()
  t.is(cycle.part, StridePart.push)
  t.is(cycle.sinceTrough, 0)
  t.is(cycle.sincePart, 0)
  // As a new one from here on.
  const fresh = new StrideCycle()
  for (const thigh of zigzag(0, 40, -20, 40, -20, 40)) {
    t.is(cycle.step(thigh, 0), fresh.step(thigh, 0))
    t.like(cycle, { part: fresh.part, sincePart: fresh.sincePart, sinceTrough: fresh.sinceTrough })
    t.is(cycle.firstTroughCdeg, fresh.firstTroughCdeg, "nothing of the stride before")
  }
})

test("between samples, a trough is where the parabola through three of them is lowest", (t) => {
  fc.assert(
    fc.property(
      fc.double({ min: -0.5, max: 0.5, noNaN: true }),
      fc.integer({ min: 30, max: 3000 }),
      fc.integer({ min: -9000, max: 0 }),
      (at, bow, lowest) => {
        const [before, here, after] = [-1, 0, 1].map((n) => Math.round(lowest + bow * (n - at) ** 2))
        const part = troughPartQ4(before as number, here as number, after as number)
        t.true(Number.isInteger(part) && Math.abs(part) <= 8)
        // Angles are whole.
        t.true(Math.abs(part - 16 * at) <= 1 + 16 / bow, `${part}, not ${16 * at}`)
      },
    ),
  )
  t.is(troughPartQ4(-3000, -3000, -3000), 0)
  t.is(troughPartQ4(-3000, -3000, -2000), -8)
})
