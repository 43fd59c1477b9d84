/** A scenario and a seed make motion and events that fit one another, whatever the scenario says. */
import test from "ava"
import fc from "fast-check"
import type { Schema } from "../../../simulator/checked-file/schema-words"
import { randomOf } from "../../../simulator/runner/random"
import { drawSensor } from "../../../simulator/runner/sensor"
import { lengthS, motionOfScenario, synthesize } from "../../../simulator/scenario/motion-of-scenario"
import { checked } from "../../../simulator/scenario/parse-scenario"
import type { NamedScenario, Scenario, WearerChoice } from "../../../simulator/scenario/scenario"
import { ScenarioError } from "../../../simulator/scenario/scenario-error"
import { STEP_SCHEMA } from "../../../simulator/scenario/schema-steps"
import { EVERYTHING, scenarioWith } from "./samples"

const RATE_HZ = 50
const named = (part: object): NamedScenario => ({
  name: "short",
  scenario: checked(scenarioWith(part), "short"),
})
const whole = (scenario: NamedScenario, seed = 1) => synthesize(scenario, { seed, rateHz: RATE_HZ })
const press = (atS: number, within?: string) => ({
  atS,
  do: "press",
  button: "short",
  ...(within !== undefined && { in: within }),
})

test("an event in a step is counted from where the step's own motion begins, whatever the seed draws before it", (t) => {
  const scenario = named({
    steps: [
      { do: "bend", times: 2 },
      {
        do: "repeat",
        name: "rounds",
        times: 2,
        steps: [
          { do: "walk", forS: 4 },
          { do: "run", name: "run", forS: 4, speedMs: 3 },
        ],
      },
      { do: "stairs", name: "up", forS: 4, direction: "up" },
    ],
    events: [press(1, "up"), press(1.5, "run"), press(0, "rounds"), press(2)],
  })
  const begins = new Set<number>()
  for (const seed of [1, 2, 3]) {
    const { actions } = motionOfScenario(scenario, { seed, rateHz: RATE_HZ })
    const { timeS, truth } = whole(scenario, seed).recording
    const first = (activity: string) => timeS[truth.activity.indexOf(activity)] as number
    const expected = [2, first("walk"), first("run") + 1.5, first("stairs") + 1]
    t.is(actions.length, expected.length)
    for (const [n, atS] of expected.entries()) {
      const late = (actions[n]?.atS ?? 0) - atS
      t.true(Math.abs(late) <= 1 / RATE_HZ, `seed ${seed}, ${n}: ${late} s`)
    }
    t.deepEqual(Object.keys(actions[0] ?? {}).sort(), ["atS", "button", "do"])
    begins.add(first("walk"))
  }
  t.is(begins.size, 3, "the bends take their own time with each seed")
})

test("a scenario that is cut begins as the whole one, and leaves out what comes later", (t) => {
  const scenario = named({
    steps: [
      { do: "stand", forS: 3 },
      { do: "run", forS: 10, speedMs: 3 },
    ],
    events: [press(2), press(6), press(5.99)],
  })
  const cut = motionOfScenario(scenario, { seed: 1, rateHz: RATE_HZ, durationS: 6 })
  t.is(cut.motion.recording.timeS.length, 6 * RATE_HZ)
  t.deepEqual(
    cut.actions.map(({ atS }) => atS),
    [2, 5.99],
  )
  cut.motion.need(6 * RATE_HZ)
  const { recording } = whole(scenario)
  t.deepEqual(cut.motion.recording.thigh.gyDps, recording.thigh.gyDps.slice(0, 6 * RATE_HZ))
  t.is(motionOfScenario(scenario, { seed: 1, durationS: 100 }).actions.length, 3)
  t.is(lengthS(scenario, 1), Math.floor(recording.timeS.length / RATE_HZ))
})

test("the truth is that of the rows that were needed", (t) => {
  const scenario = named({
    steps: [
      { do: "stand", forS: 2 },
      { do: "run", forS: 10, speedMs: 3 },
    ],
  })
  const { motion, truth } = motionOfScenario(scenario, { seed: 3, rateHz: RATE_HZ })
  motion.need(2 * RATE_HZ)
  t.deepEqual(truth().bouts, [])
  motion.need(motion.recording.timeS.length)
  t.is(truth().bouts.length, 1)
  t.deepEqual([truth().session, truth().seed], ["short", 3])
})

test("a strap that slips in the script has slipped in the recording, and in a motion only when it is told to", (t) => {
  const steps = [{ do: "stand", forS: 8 }]
  const slips = named({ steps, events: [{ atS: 4, do: "slipStrap", angleDeg: 20, around: "knee" }] })
  const at = ({ thigh }: { thigh: { axG: Float64Array } }, timeS: number) =>
    thigh.axG.subarray(timeS * RATE_HZ, (timeS + 2) * RATE_HZ)
  const mean = (part: Float64Array) => part.reduce((sum, value) => sum + value, 0) / part.length
  const settings = { seed: 1, rateHz: RATE_HZ, faultless: true }
  const { recording } = synthesize(
    { ...slips, scenario: { ...slips.scenario, wearer: { faultless: true } } },
    settings,
  )
  const tippedG = mean(at(recording, 5)) - mean(at(recording, 1))
  t.true(Math.abs(Math.abs(tippedG) - Math.sin((20 / 180) * Math.PI)) < 0.1, `${tippedG}`)
  const { motion } = motionOfScenario(slips, { seed: 1, rateHz: RATE_HZ })
  motion.need(motion.recording.timeS.length)
  t.deepEqual(motion.recording.thigh, whole(named({ steps })).recording.thigh)
})

const RUN = [
  { do: "stand", forS: 2 },
  { do: "run", forS: 30, speedMs: 3 },
]
/** The median stance peak, contact to toe-off, and the SD of the strides' times. */
function gaitOf(wearer: WearerChoice, steps: object[] = RUN) {
  const { truth, recording } = synthesize(named({ steps, wearer }), { seed: 4, rateHz: 200 })
  const bout = truth.bouts.at(-1)
  const stances = bout?.stances ?? []
  const times = stances.slice(1).map(({ startS }, n) => startS - (stances[n]?.startS ?? 0))
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const timeS = mean(times)
  const spread = Math.sqrt(mean(times.map((time) => (time - timeS) ** 2))) / timeS
  return {
    peakDeg: bout?.peakMedianDeg ?? 0,
    contactS: mean(stances.map(({ startS, endS }) => endS - startS)),
    spread,
    recording,
  }
}

test("what the file says of the wearer is how the wearer is", (t) => {
  const usual = gaitOf({})
  const limping = gaitOf({ limp: 1 })
  t.true(
    limping.peakDeg < usual.peakDeg - 5 && limping.contactS < 0.95 * usual.contactS,
    `${limping.peakDeg} ${limping.contactS}`,
  )
  const tired = gaitOf({ fatigueDegPerHour: 20 }, [
    ...RUN,
    { do: "run", forS: 1800, speedMs: 3 },
    { do: "stand", forS: 2 },
    { do: "run", forS: 30, speedMs: 3 },
  ])
  const fresh = gaitOf({ fatigueDegPerHour: 20 })
  // Half an hour was run before.
  t.true(Math.abs(tired.peakDeg - fresh.peakDeg - 10) < 2, `${tired.peakDeg} ${fresh.peakDeg}`)
  const [steady, unsteady] = [gaitOf({ strideTimeSd: 0 }).spread, gaitOf({ strideTimeSd: 0.05 }).spread]
  t.true(steady < 0.006 && unsteady > 0.03, `${steady} ${unsteady}`)
  const [left, right] = [
    gaitOf({ side: "left", faultless: true }),
    gaitOf({ side: "right", faultless: true }),
  ]
  t.deepEqual(left.recording.truth, right.recording.truth)
  const mirrored = left.recording.thigh.ayG.map((force) => -force)
  t.true(mirrored.every((force, row) => Math.abs(force - (right.recording.thigh.ayG[row] as number)) < 1e-4))
  t.notDeepEqual(left.recording.thigh.ayG, usual.recording.thigh.ayG)
})

test("a step rate is kept as far as the wearer comes", (t) => {
  const steps = [{ do: "run", forS: 20, speedMs: 3, cadenceSpm: 197, gradePercent: 10 }]
  const cadences = [1, 2, 3, 4, 5, 6].map((seed) => {
    const { truth } = synthesize(named({ steps, wearer: { strideTimeSd: 0 } }), { seed, rateHz: 200 })
    return truth.bouts[0]?.cadenceSpm ?? 0
  })
  t.is(cadences.filter((spm) => Math.abs(spm - 197) < 0.5).length, 5, `${cadences}`)
  t.true(Math.abs(Math.min(...cadences) - 196) < 0.5, `${cadences}`)
})

test("a hill is one, for who runs and who walks", (t) => {
  const deepest = (step: object) => {
    const { kneeDeg, stance } = whole(named({ steps: [step] })).recording.truth
    return Math.max(...kneeDeg.filter((_, row) => stance[row] === 1 && row < kneeDeg.length / 2))
  }
  for (const step of [
    { do: "run", forS: 10, speedMs: 3 },
    { do: "walk", forS: 10 },
  ]) {
    const [down, level] = [deepest({ ...step, gradePercent: -15 }), deepest(step)]
    t.true(down > level + 4, `${step.do}: ${down} ${level}`)
  }
})

test("whoever a seed draws can jump as low and as quickly as a file may say", (t) => {
  const steps = [{ do: "jump", forS: 1, flightS: 0.1, contactS: 0.15 }]
  for (let seed = 1; seed <= 12; seed++) {
    const { truth } = synthesize(named({ steps }), { seed, rateHz: RATE_HZ }).recording
    t.true(
      truth.kneeDeg.every((deg) => deg > -10 && deg < 60),
      `seed ${seed}`,
    )
  }
})

test("settings go before what the file says of the wearer", (t) => {
  const sensor = drawSensor(randomOf(9, "thigh sensor"))
  const scenario = { ...named({ steps: [{ do: "stand", forS: 2 }] }), name: "short" }
  const faultless = { ...scenario, scenario: { ...scenario.scenario, wearer: { faultless: true } } }
  const { recording } = synthesize(faultless, { seed: 9, thigh: sensor })
  t.deepEqual(recording.thigh, synthesize(scenario, { seed: 9, thigh: sensor }).recording.thigh)
})

/** Values that a schema allows, its bounds more often than others. */
function valuesOf(schema: Schema, field = ""): fc.Arbitrary<unknown> {
  const { type, minimum = 0, maximum = 0, enum: words, items, minItems } = schema
  if (words) return fc.constantFrom(...words)
  if (type === "boolean") return fc.boolean()
  // Short, or few: what is long is the same again.
  const most = field === "forS" ? minimum + 3 : field === "times" ? 2 : maximum
  const bounds = fc.constantFrom(minimum, most)
  if (type === "integer") return fc.oneof(bounds, fc.integer({ min: minimum, max: most }))
  if (type === "number") return fc.oneof(bounds, fc.double({ min: minimum, max: most, noNaN: true }))
  if (type === "array" && items && minItems === 2)
    return fc.tuple(valuesOf(items), valuesOf(items)).map((pair) => (pair as number[]).sort((a, b) => a - b))
  throw new Error(`nothing here makes values of ${JSON.stringify(schema)}`)
}

const STEP: fc.Arbitrary<object> = fc.letrec<{ step: object; single: object }>((tie) => ({
  step: fc.oneof(
    { weight: 9, arbitrary: tie("single") },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant("repeat"),
        times: fc.integer({ min: 1, max: 2 }),
        steps: fc.array(tie("single"), { minLength: 1, maxLength: 2 }),
      }),
    },
  ),
  single: fc.oneof(
    ...(STEP_SCHEMA.oneOf ?? [])
      .filter(({ properties }) => properties?.do?.const !== "repeat")
      .map(({ properties = {}, required = [] }) => {
        const { name: _, do: word, ...fields } = properties
        const made = Object.entries(fields).map(([field, schema]) => [field, valuesOf(schema, field)])
        return fc.record(
          { do: fc.constant(word?.const), ...Object.fromEntries(made) },
          { requiredKeys: required as never[] },
        )
      }),
  ),
})).step

const WEARER = fc.record(
  {
    side: fc.constantFrom("left", "right"),
    limp: fc.double({ min: 0, max: 1, noNaN: true }),
    fatigueDegPerHour: fc.double({ min: -30, max: 30, noNaN: true }),
    strideTimeSd: fc.double({ min: 0, max: 0.06, noNaN: true }),
    faultless: fc.boolean(),
  },
  { requiredKeys: [] },
)

test("whatever a file may say makes motion that is there in every row", (t) => {
  let played = 0
  const steps = fc.array(STEP, { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(steps, WEARER, fc.nat(1000), (steps, wearer, seed) => {
      let scenario: Scenario
      try {
        scenario = checked({ ...EVERYTHING, steps, wearer, events: [] }, "any")
      } catch (error) {
        // The one thing of a movement that the schema leaves open.
        t.true(error instanceof ScenarioError && /steps a minute at/.test(error.message), `${error}`)
        return
      }
      played++
      const { recording } = synthesize({ name: "any", scenario }, { seed, rateHz: RATE_HZ })
      const { thigh, shank, truth } = recording
      const columns = [...Object.values(thigh), ...Object.values(shank ?? {}), truth.kneeDeg, truth.thighDeg]
      for (const column of columns as Float64Array[])
        t.is(
          column.findIndex((value) => !Number.isFinite(value)),
          -1,
          JSON.stringify({ steps, wearer, seed }),
        )
      t.true(
        truth.kneeDeg.every((deg) => deg > -40 && deg < 160),
        JSON.stringify({ steps, wearer, seed }),
      )
      t.is(truth.activity.length, recording.timeS.length)
    }),
    { numRuns: 60 },
  )
  t.true(played > 25, `${played}`)
})
