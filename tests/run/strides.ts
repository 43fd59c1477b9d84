/** Strides for the tests of src/run: hand-made trains, random trains, and bouts and runs found the slow, plain way. */
import fc from "fast-check"
import { Activity, type Stride } from "../../src/motion/stride"
import type { Run } from "../../src/run/summary"

export const PERIOD_MS = 700
const CONTACT_TIME_MS = 250

/** A stride like those at 3 m/s, peak 43°. */
export function stride(contactMs: number, changes: Partial<Stride> = {}): Stride {
  const contactTimeMs = changes.contactTimeMs ?? CONTACT_TIME_MS
  return {
    gait: Activity.run,
    contactMs,
    toeOffMs: contactMs + contactTimeMs,
    periodMs: PERIOD_MS,
    contactTimeMs,
    peakFlexionCdeg: 4300,
    sensors: 1,
    msPastThreshold: 130,
    cdegMsPastThreshold: 130_000,
    milliLoad: 1000,
    milliLoadPeakWeighted: 1100,
    ...changes,
  }
}

/** `count` strides, the first contact at `startMs`. */
export function train(startMs: number, count: number, changes: Partial<Stride> = {}): Stride[] {
  const periodMs = changes.periodMs ?? PERIOD_MS
  return Array.from({ length: count }, (_, index) => stride(startMs + index * periodMs, changes))
}

const oneStride = fc.record({
  walks: fc.nat(19).map((die) => die === 0),
  swingMs: fc.integer({ min: 250, max: 900 }),
  contactTimeMs: fc.integer({ min: 150, max: 399 }),
  peakFlexionCdeg: fc.integer({ min: 0, max: 9999 }),
  sensors: fc.constantFrom(1, 2),
  msPastThreshold: fc.nat(300),
  cdegMsPastThreshold: fc.nat(900_000),
  milliLoad: fc.nat(3000),
  milliLoadPeakWeighted: fc.nat(20_000),
})
const pauseMs = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 300, max: 5000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 2990, max: 3010 }) },
  { weight: 2, arbitrary: fc.integer({ min: 5000, max: 40_000 }) },
)

/** Trains with pauses between them, some too short for a bout, some strides walked. */
export const strideTrains: fc.Arbitrary<Stride[]> = fc
  .array(fc.tuple(pauseMs, fc.array(oneStride, { minLength: 1, maxLength: 24 })), { maxLength: 10 })
  .map((trains) => {
    const strides: Stride[] = []
    let endMs = 5000
    for (const [pause, members] of trains) {
      let swing = pause
      for (const { walks, swingMs, ...values } of members) {
        const contactMs = endMs + swing
        const gait = walks ? Activity.walk : Activity.run
        const made = stride(contactMs, { ...values, gait, periodMs: swingMs + values.contactTimeMs })
        strides.push(made)
        endMs = made.toeOffMs
        swing = swingMs
      }
    }
    return strides
  })

/** A bout as docs/measuring.md defines it, read literally. */
export function boutsOf(strides: Stride[]): Stride[][] {
  const unbroken: Stride[][] = []
  for (const next of strides.filter(({ gait }) => gait === Activity.run)) {
    const last = unbroken.at(-1)?.at(-1)
    if (last && next.contactMs - last.toeOffMs < 3000) unbroken.at(-1)?.push(next)
    else unbroken.push([next])
  }
  return unbroken.flatMap((candidates) => {
    const first = candidates.findIndex((begin, index) => {
      const eighth = candidates[index + 7]
      return eighth !== undefined && eighth.toeOffMs - begin.contactMs <= 10_000
    })
    return first < 0 ? [] : [candidates.slice(first)]
  })
}

/** A run as docs/measuring.md defines it, read literally. */
export function runsOf(bouts: Stride[][], pauseLimitMs: number): Stride[][][] {
  const runs: Stride[][][] = []
  for (const bout of bouts) {
    const endMs = runs.at(-1)?.at(-1)?.at(-1)?.toeOffMs
    if (endMs !== undefined && (bout[0]?.contactMs ?? 0) - endMs < pauseLimitMs) runs.at(-1)?.push(bout)
    else runs.push([bout])
  }
  return runs
}

/** The exact median, mean of the middle two. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const upper = sorted.length >> 1
  const high = sorted[upper] ?? Number.NaN
  return sorted.length % 2 ? high : (high + (sorted[upper - 1] ?? Number.NaN)) / 2
}

export function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** Start and strides of the bouts of runs, to compare what was found with what is there. */
export function outline(runs: Run[]): { startMs: number; durationMs: number; strides: number }[][] {
  return runs.map(({ bouts }) =>
    bouts.map(({ startMs, durationMs, strides }) => ({ startMs, durationMs, strides })),
  )
}
export function outlineOf(runs: Stride[][][]): ReturnType<typeof outline> {
  return runs.map((bouts) =>
    bouts.map((bout) => {
      const startMs = bout[0]?.contactMs ?? Number.NaN
      return { startMs, durationMs: (bout.at(-1)?.toeOffMs ?? Number.NaN) - startMs, strides: bout.length }
    }),
  )
}
