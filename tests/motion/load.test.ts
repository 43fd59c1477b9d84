import test from "ava"
import fc from "fast-check"
import type { FlexionModel } from "../../src/motion/flexion-model"
import { FLEXION_MODEL } from "../../src/motion/flexion-model-data"
import { Load } from "../../src/motion/load"
import { RUNNING, runningThighDeg } from "./running-curves"

function weigh(model: FlexionModel, ...cycle: Parameters<Load["weigh"]>) {
  const load = new Load(model)
  load.weigh(...cycle)
  return load
}

/** Of the study's mean runner at 2.5 m/s: contact and stride in ms, and the thigh's greatest angle in stance. */
const REFERENCE = { contactMs: 273, strideMs: 742 }
function referenceThighMaxCdeg(): number {
  const curve = RUNNING[0]
  if (!curve) throw new Error("no curve")
  const stance = Array.from({ length: 100 }, (_, i) => (i / 100) * (REFERENCE.contactMs / 1000))
  return Math.round(100 * Math.max(...stance.map((timeS) => runningThighDeg(curve, timeS))))
}

/** Peak patellofemoral force, body weights: the study's regression. */
function force(thighDeg: number, contactS: number, strideS: number): number {
  return -4.91 + 0.218 * thighDeg - 19.7 * contactS + 14.2 * strideS
}

test("the mean runner's cycle at 2.5 m/s has load 1.0", (t) => {
  const { milliLoad, milliLoadPeakWeighted } = weigh(
    FLEXION_MODEL,
    4260,
    3000,
    REFERENCE.contactMs,
    REFERENCE.strideMs,
    referenceThighMaxCdeg(),
  )
  t.true(Math.abs(milliLoad - 1000) <= 5, `${milliLoad}`)
  t.true(Math.abs(milliLoadPeakWeighted - 1000) <= 20, `${milliLoadPeakWeighted}`)
})

test("load is the regression's force against the mean runner's, and its fourth power", (t) => {
  const reference = force(referenceThighMaxCdeg() / 100, 0.273, 0.742)
  fc.assert(
    fc.property(
      fc.integer({ min: 15, max: 55 }),
      fc.integer({ min: 150, max: 350 }),
      fc.integer({ min: 550, max: 850 }),
      (thighDeg, contactMs, strideMs) => {
        const bounded = Math.min(15, Math.max(1, force(thighDeg, contactMs / 1000, strideMs / 1000)))
        const wanted = (1000 * bounded) / reference
        const { milliLoad, milliLoadPeakWeighted } = weigh(
          FLEXION_MODEL,
          4000,
          3000,
          contactMs,
          strideMs,
          thighDeg * 100,
        )
        t.true(Math.abs(milliLoad - wanted) < 3 + 0.004 * wanted, `${milliLoad}, not ${wanted}`)
        const fourth = 1000 * (milliLoad / 1000) ** 4
        t.true(
          Math.abs(milliLoadPeakWeighted - fourth) < 6 + 0.01 * fourth,
          `${milliLoadPeakWeighted}, not ${fourth}`,
        )
      },
    ),
    { numRuns: 500 },
  )
})

test("an odd stride weighs no less than one body weight and no more than fifteen", (t) => {
  const reference = force(referenceThighMaxCdeg() / 100, 0.273, 0.742)
  const least = weigh(FLEXION_MODEL, 4000, 3000, 700, 420, -18000)
  const most = weigh(FLEXION_MODEL, 4000, 3000, 100, 1600, 18000)
  t.true(Math.abs(least.milliLoad - 1000 / reference) < 2, `${least.milliLoad}`)
  t.true(Math.abs(most.milliLoad - 15000 / reference) < 8, `${most.milliLoad}`)
  t.true(Number.isInteger(most.milliLoadPeakWeighted) && most.milliLoadPeakWeighted > 30_000)
})

/** Flexion over stance as a half sine, and the tables that belong to it. */
const SHAPE_CELLS = 16
const sineShape = (): FlexionModel => {
  const cells = Array.from({ length: SHAPE_CELLS + 1 }, (_, cell) => cell / SHAPE_CELLS)
  return {
    ...FLEXION_MODEL,
    timeAboveQ14: cells.map((cut) => Math.round(16384 * (1 - (2 * Math.asin(cut)) / Math.PI))),
    areaAboveQ14: cells.map((cut) =>
      Math.round((16384 * 2 * (Math.sqrt(1 - cut * cut) - cut * Math.acos(cut))) / Math.PI),
    ),
  }
}

test("time and degree-seconds past the threshold are those of the model's shape", (t) => {
  const model = sineShape()
  fc.assert(
    fc.property(
      fc.integer({ min: 500, max: 8500 }),
      fc.integer({ min: 200, max: 5500 }),
      fc.integer({ min: 120, max: 500 }),
      (peak, threshold, contactMs) => {
        const { msPastThreshold, cdegMsPastThreshold } = weigh(model, peak, threshold, contactMs, 700, 2500)
        let ms = 0
        let area = 0
        const steps = 2000
        for (let step = 0; step < steps; step++) {
          const height = peak * Math.sin((Math.PI * (step + 0.5)) / steps) - threshold
          if (height <= 0) continue
          ms += contactMs / steps
          area += (height * contactMs) / steps
        }
        // Straight lines between the tables' cells: they cut the arc's end, where it is steep in the cut.
        const nearPeak = threshold > 0.93 * peak ? 0.1 : 0.01
        t.true(
          Math.abs(msPastThreshold - ms) <= 1.5 + nearPeak * contactMs,
          `${msPastThreshold} ms, not ${ms}`,
        )
        t.true(
          Math.abs(cdegMsPastThreshold - area) <= 0.003 * peak * contactMs + 200,
          `${cdegMsPastThreshold}, not ${area}`,
        )
      },
    ),
    { numRuns: 300 },
  )
})

test("at a sixteenth of the peak the tables are taken as they are", (t) => {
  for (let cell = 0; cell < SHAPE_CELLS; cell++) {
    const { msPastThreshold, cdegMsPastThreshold } = weigh(FLEXION_MODEL, 4800, cell * 300, 256, 700, 2500)
    const time = ((FLEXION_MODEL.timeAboveQ14[cell] as number) * 256) / 16384
    const area = ((FLEXION_MODEL.areaAboveQ14[cell] as number) * 256 * 4800) / 16384
    t.true(Math.abs(msPastThreshold - time) <= 1, `${cell}: ${msPastThreshold} ms, not ${time}`)
    t.true(Math.abs(cdegMsPastThreshold - area) <= 150, `${cell}: ${cdegMsPastThreshold}, not ${area}`)
  }
})

test("a peak at the threshold or under it is no time past it, whatever came before", (t) => {
  const load = new Load(FLEXION_MODEL)
  load.weigh(5000, 3000, 250, 700, 2500)
  t.true(load.msPastThreshold > 50)
  for (const peak of [3000, 2999, 0]) {
    load.weigh(peak, 3000, 250, 700, 2500)
    t.is(load.msPastThreshold, 0)
    t.is(load.cdegMsPastThreshold, 0)
    load.weigh(5000, 3000, 250, 700, 2500)
  }
})

test("a hundredth of a degree past the threshold is no gap: time past it begins near 0", (t) => {
  const { msPastThreshold, cdegMsPastThreshold } = weigh(FLEXION_MODEL, 3001, 3000, 250, 700, 2500)
  t.true(msPastThreshold <= 1 && cdegMsPastThreshold < 100)
})

test("a threshold of 0° is past for the whole contact", (t) => {
  const { msPastThreshold } = weigh(FLEXION_MODEL, 4000, 0, 250, 700, 2500)
  t.true(msPastThreshold >= 248 && msPastThreshold <= 250)
})
