import { readFile } from "node:fs/promises"
import { basename } from "node:path"
import test from "ava"
import fc from "fast-check"
import { modelFiles } from "../../simulator/fit/command"
import { fitModel, MODEL_VERSION } from "../../simulator/fit/fit-model"
import { ridge } from "../../simulator/fit/ridge"
import { everyOther } from "../../simulator/fit/stride-row"
import { readTraining, type TrainingRunner } from "../../simulator/fit/training-table"
import { KNOTS } from "../../src/motion/flexion-model"
import { FLEXION_MODEL } from "../../src/motion/flexion-model-data"
import { EIGHTHS_FEATURES } from "../../src/motion/read-out"
import { FEATURES } from "../../src/motion/stride-shape"

const runners = await readTraining()
/** Enough to fit to, and quick. */
const few = runners.slice(0, 4).map((runner) => ({
  ...runner,
  samples: runner.samples.filter((_, i) => i % 4 === 0),
}))

test("one feature: ridge's slope is the line's, shrunk by 1 / (1 + penalty), through the mean", (t) => {
  const rows = [[1], [2], [3], [6]]
  const wanted = [4, 1, 7, 12]
  const mean = 3
  const wantedMean = 6
  const variance = (4 + 1 + 0 + 9) / 4
  const covariance = (-2 * -2 + -1 * -5 + 0 * 1 + 3 * 6) / 4
  for (const penalty of [0, 0.03, 1]) {
    const { constant, weights } = ridge(rows, wanted, penalty)
    const slope = covariance / variance / (1 + penalty)
    t.true(Math.abs((weights[0] as number) - slope) < 1e-12)
    t.true(Math.abs(constant - (wantedMean - slope * mean)) < 1e-12)
  }
})

test("two features of different size that go along: the closed form of two equations", (t) => {
  const rows = [
    [1, 200],
    [2, 100],
    [4, 600],
    [5, 300],
  ]
  const wanted = [1, 2, 2, 5]
  const penalty = 0.1
  // Standardised by hand: correlation r between the features, and of each with what is wanted.
  const column = (i: number) => rows.map((row) => row[i] as number)
  const stats = (values: readonly number[]) => {
    const mean = values.reduce((a, b) => a + b) / values.length
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
    return { mean, sd, z: values.map((value) => (value - mean) / sd) }
  }
  const [a, b] = [stats(column(0)), stats(column(1))]
  const wantedMean = 2.5
  const moment = (z: readonly number[], of: readonly number[]) =>
    z.reduce((sum, value, i) => sum + value * (of[i] as number), 0) / z.length
  const offsets = wanted.map((value) => value - wantedMean)
  const [p, q, r] = [moment(a.z, offsets), moment(b.z, offsets), moment(a.z, b.z)]
  const d = 1 + penalty
  const [u, v] = [(p * d - q * r) / (d * d - r * r), (q * d - p * r) / (d * d - r * r)]
  const fit = ridge(rows, wanted, penalty)
  t.true(Math.abs((fit.weights[0] as number) - u / a.sd) < 1e-12)
  t.true(Math.abs((fit.weights[1] as number) - v / b.sd) < 1e-12)
  t.true(Math.abs(fit.constant - (wantedMean - (u / a.sd) * a.mean - (v / b.sd) * b.mean)) < 1e-9)
})

test("without a penalty a line through points is found, whatever its size", (t) => {
  const size = fc.integer({ min: -1000, max: 1000 })
  fc.assert(
    fc.property(size, size, size, (constant, first, second) => {
      const rows = [
        [0, 0],
        [1, 0],
        [0, 10],
        [3, -20],
        [-5, 7],
      ]
      const fit = ridge(
        rows,
        rows.map(([x = 0, y = 0]) => constant + first * x + second * y),
        0,
      )
      return (
        Math.abs(fit.constant - constant) < 1e-6 &&
        Math.abs((fit.weights[0] as number) - first) < 1e-6 &&
        Math.abs((fit.weights[1] as number) - second) < 1e-6
      )
    }),
  )
  t.pass()
})

test("a feature that never changes weighs nothing", (t) => {
  const { constant, weights } = ridge(
    [
      [1, 7],
      [2, 7],
      [3, 7],
    ],
    [10, 20, 30],
    1e-9,
  )
  t.true(Math.abs((weights[0] as number) - 10) < 1e-6)
  t.is(weights[1], 0)
  t.true(Math.abs(constant) < 1e-6)
})

test("no rows, or rows without a value each, are refused", (t) => {
  t.throws(() => ridge([], [], 0.1), { message: /0 rows for 0 values/ })
  t.throws(() => ridge([[1]], [1, 2], 0.1), { message: /1 rows for 2 values/ })
})

test("the same tables give the same model", (t) => {
  t.deepEqual(fitModel(few), fitModel(structuredClone(few)))
})

test("every set of coefficients in the project is what the tables give: `npm run fit` changes nothing", async (t) => {
  t.timeout(60_000, "nineteen fits take some seconds each on a slow machine")
  const names: string[] = []
  for (const [path, text] of modelFiles(runners)) {
    names.push(basename(path))
    t.is(await readFile(path, "utf8"), text, `${path}: run \`npm run fit\``)
  }
  t.is(names.length, 1 + runners.length)
  t.true(names.includes("flexion-model-data.ts") && names.includes("fold-S01.json"))
})

/** The same runner with every truth turned upside down. */
function altered(runner: TrainingRunner): TrainingRunner {
  return {
    ...runner,
    strides: runner.strides.map((stride) => ({
      ...stride,
      peakCdeg: 9000 - stride.peakCdeg,
      contactDms: 5000 - stride.contactDms,
      toeOffDms: 900 - stride.toeOffDms,
      curveCdeg: [...stride.curveCdeg].reverse(),
      kneeCdeg: stride.kneeCdeg.map((knee) => 12_000 - knee),
    })),
    samples: runner.samples.map(([stride, place, thigh, rate, knee]) => [
      stride,
      place,
      thigh,
      rate,
      12_000 - knee,
    ]),
    bends: runner.bends.map(([thigh, knee]) => [thigh, knee * 2]),
  }
}

test("a fold has not seen the runner that it leaves out: nothing of that runner changes it", (t) => {
  const [left, ...others] = few as [TrainingRunner, ...TrainingRunner[]]
  const foldOf = (tables: readonly TrainingRunner[]) =>
    [...modelFiles(tables)].map(([path, text]) => [basename(path), text] as const)
  const before = new Map(foldOf(few))
  const after = new Map(foldOf([altered(left), ...others]))
  const own = `fold-${left.session}.json`
  t.is(after.get(own), before.get(own))
  t.like(JSON.parse(after.get(own) ?? "{}"), { leftOut: { session: left.session, seed: left.seed } })
  for (const [name, text] of after) if (name !== own) t.not(text, before.get(name), name)
})

test("the shipped model has the shape that the firmware takes, in whole numbers", (t) => {
  const { version, live, stancePeak, contact, toeOff, timeAboveQ14, areaAboveQ14 } = FLEXION_MODEL
  t.is(version, MODEL_VERSION)
  for (const { weightsQ12 } of [contact, toeOff]) t.is(weightsQ12.length, FEATURES)
  for (const { weightsQ12 } of [stancePeak, ...live.scores]) t.is(weightsQ12.length, EIGHTHS_FEATURES)
  for (const { constant, weightsQ12 } of [stancePeak, contact, toeOff, ...live.scores])
    t.true([constant, ...weightsQ12].every(Number.isInteger))
  const { scores, basisQ12, ...tables } = live
  t.is(basisQ12.length, scores.length)
  for (const table of [...basisQ12, ...Object.values(tables)])
    t.true(table.length === KNOTS && table.every(Number.isInteger))
  // The higher the threshold, the less of stance lies above it: all at 0, nothing at the peak.
  for (const shares of [timeAboveQ14, areaAboveQ14]) {
    t.is(shares.length, 17)
    t.true(shares.every((share, i) => i === 0 || share < (shares[i - 1] as number)))
    t.is(shares.at(-1), 0)
  }
  t.true((timeAboveQ14[0] as number) > 16384 * 0.99 && (timeAboveQ14[0] as number) <= 16384)
})

/** A knee that bends by its stride time, and by the thigh at the same eighth. */
const lawfulKneeCdeg = (features: readonly number[]) =>
  knots((knot) => 2000 + 3 * (features[0] as number) + (features[1 + 2 * (knot >> 2)] as number) / 2)

/** Thigh and its rate at the knots, as the features tell. */
function ownMotion(features: readonly number[]) {
  const thighAt = knots((knot) => {
    const [here, next] = [knot >> 1, ((knot + 1) >> 1) % 16]
    return ((features[1 + here] as number) + (features[1 + next] as number)) / 2
  })
  const rateAt = knots((knot) => {
    const rise = (thighAt[(knot + 2) % KNOTS] as number) - (thighAt[(knot + KNOTS - 2) % KNOTS] as number)
    return rise / 100 / ((features[0] as number) / 8000) / 0.07
  })
  return { thighAt, rateAt }
}

function knots(of: (knot: number) => number): number[] {
  return Array.from({ length: KNOTS }, (_, knot) => of(knot))
}

function between(curve: readonly number[], placeQ8: number): number {
  const knot = placeQ8 >> 8
  const share = (placeQ8 & 255) / 256
  return (curve[knot] as number) * (1 - share) + (curve[(knot + 1) % KNOTS] as number) * share
}

/** A runner whose truth is a plain law of what the device saw. */
function lawful(runner: TrainingRunner): TrainingRunner {
  return {
    ...runner,
    strides: runner.strides.map((stride) => ({
      ...stride,
      peakCdeg: 1000 + 4 * (stride.features[0] as number),
      kneeCdeg: lawfulKneeCdeg(stride.features),
      // Half a triangle: above a share c of the peak for 1 - c of the time, with an area of (1 - c)² / 2.
      curveCdeg: stride.curveCdeg.map((_, point) => point * 250),
    })),
    samples: runner.samples.map(([stride, place, thigh, rate]) => {
      const known = lawfulKneeCdeg(runner.strides[stride]?.features ?? [])
      const { thighAt, rateAt } = ownMotion(runner.strides[stride]?.features ?? [])
      const knee =
        between(known, place) +
        1.5 * (thigh - between(thighAt, place)) +
        0.25 * (rate - between(rateAt, place))
      return [stride, place, thigh, rate, knee]
    }),
    bends: [
      [1000, 1700],
      [3000, 4300],
    ],
  }
}

test("a law that the tables hold is what the coefficients say", (t) => {
  const model = fitModel(few.map(lawful))
  t.is(model.bendSlopeQ10, Math.round(1.3 * 1024))
  t.is(model.bendOffsetCdeg, 400)
  model.timeAboveQ14.forEach((share, cell) => {
    t.true(Math.abs(share / 16384 - (1 - cell / 16)) < 0.003, `${cell}`)
  })
  model.areaAboveQ14.forEach((share, cell) => {
    t.true(Math.abs(share / 16384 - (1 - cell / 16) ** 2 / 2) < 0.003, `${cell}`)
  })
  // The live model follows the thigh and its rate as the law does, at every knot …
  const { live } = model
  for (let knot = 0; knot < KNOTS; knot++) {
    t.true(Math.abs((live.thighQ12[knot] as number) / 4096 - 1.5) < 0.1, `thigh ${live.thighQ12[knot]}`)
    t.true(Math.abs((live.rateQ12[knot] as number) / 4096 - 0.25) < 0.05, `rate ${live.rateQ12[knot]}`)
  }
  // … and promises its curve within a degree or two.
  const [{ strides: lawfulStrides }] = few as [TrainingRunner]
  const { features } = lawfulStrides[30] as TrainingRunner["strides"][number]
  const eighths = everyOther(features)
  const scores = live.scores.map(({ constant, weightsQ12 }) =>
    weightsQ12.reduce((sum, weight, i) => sum + (weight * (eighths[i] as number)) / 4096, constant),
  )
  lawfulKneeCdeg(features).forEach((wanted, knot) => {
    const knee = scores.reduce(
      (sum, score, rank) => sum + (score * ((live.basisQ12[rank] as number[])[knot] as number)) / 4096,
      live.meanCdeg[knot] as number,
    )
    t.true(Math.abs(knee - wanted) < 200, `knot ${knot}: ${knee}, not ${wanted}`)
  })
  // Stride time is one of the features: the read-out finds it, the penalty spreads it a little.
  const errors = few.flatMap(({ strides }) =>
    strides.map(({ features }) => {
      const eighths = everyOther(features)
      const peak = model.stancePeak.weightsQ12.reduce(
        (sum, weight, i) => sum + (weight * (eighths[i] as number)) / 4096,
        model.stancePeak.constant,
      )
      return Math.abs(peak - (1000 + 4 * (features[0] as number)))
    }),
  )
  const error = errors.reduce((sum, value) => sum + value, 0) / errors.length
  t.true(error < 60, `${error}`)
})
