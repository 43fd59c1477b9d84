/** The limit for the next run: small steps up from what went well, down after pain, and none where too little is known. */
import test from "ava"
import fc from "fast-check"
import type { PainScore, ScoreTime } from "../../../phone/data/kept"
import { type PlanSource, planNextRun } from "../../../phone/runs/load-plan"
import { localDay } from "../../../phone/runs/local-time"
import type { RunDigest } from "../../../phone/runs/run-digest"
import { type Around, DAY_S, DEVICE, digest, SUNDAY_S } from "./made-runs"

const MADE = digest()
const LOAD_A_COMPRESSION = 1.1

function withCount(
  compressions: number,
  daysAgo: number,
  changes: Partial<RunDigest> = {},
  around: Around = {},
): RunDigest {
  const made = digest({ id: daysAgo + 1 }, { unixS: SUNDAY_S - daysAgo * DAY_S, ...around })
  return { ...made, compressions, load: compressions * LOAD_A_COMPRESSION, ...changes }
}
const GOOD = [withCount(2000, 1), withCount(2400, 5), withCount(1800, 12)]
const SETTINGS = { overloadCompressions: 2500, overloadCompressionsAgain: 500, thresholdDeg: 30 }

function plan(digests: readonly RunDigest[], changes: Partial<PlanSource> = {}) {
  return planNextRun({
    digests,
    devices: [{ id: DEVICE, side: "left" }],
    scores: [],
    deviceId: DEVICE,
    settings: SETTINGS,
    today: localDay(MADE),
    nowMs: SUNDAY_S * 1000 + DAY_S * 1000,
    ...changes,
  })
}
const limitOf = (...[digests, changes]: Parameters<typeof plan>) =>
  plan(digests, changes).limits?.overloadCompressions
const wordsOf = (...[digests, changes]: Parameters<typeof plan>) => plan(digests, changes).reasons.join(" ")

function scoreOf(run: RunDigest, time: ScoreTime, score: number, afterEndS = 60): PainScore {
  const givenMs = (run.start.unixS + run.durationS + afterEndS) * 1000
  return { runKey: run.key, time, score, givenMs }
}

test("after good runs it is a tenth above the most of them, rounded down, and the buzzes after it in proportion", (t) => {
  t.deepEqual(plan(GOOD).limits, { overloadCompressions: 2600, overloadCompressionsAgain: 500 })
  t.regex(wordsOf(GOOD), /was 2400 compressions \(3 runs compared\)\. The next limit is at most 10 % above/)
  const long = GOOD.map((run) => ({ ...run, compressions: run.compressions * 2 }))
  t.deepEqual(plan(long).limits, { overloadCompressions: 5250, overloadCompressionsAgain: 1050 })
  const once = { ...SETTINGS, overloadCompressionsAgain: 0 }
  t.is(plan(long, { settings: once }).limits?.overloadCompressionsAgain, 0)
})

test("a limit that is so already stays", (t) => {
  const settings = { ...SETTINGS, overloadCompressions: 2600 }
  t.is(plan(GOOD, { settings }).limits, undefined)
  t.regex(wordsOf(GOOD, { settings }), /can stay as it is/)
})

test("a last run that was a big step is not built on further", (t) => {
  const runs = [withCount(3000, 0), ...GOOD]
  t.is(limitOf(runs), 3000)
  t.regex(wordsOf(runs), /big step already/)
})

test("a run that hurt takes a fifth off it, and never raises the limit", (t) => {
  const hurt = withCount(1500, 0, { pains: 1 })
  t.is(limitOf([hurt, ...GOOD]), 1200)
  t.is(limitOf([hurt]), 1200)
  const settings = { ...SETTINGS, overloadCompressions: 1000 }
  t.is(limitOf([hurt, ...GOOD], { settings }), undefined)
  t.regex(wordsOf([hurt, ...GOOD], { settings }), /hurt[\s\S]+low enough: 1000/)
})

test("scores tell pain as the rule does", (t) => {
  const last = withCount(1500, 0)
  const runs = [last, ...GOOD]
  for (const [score, limit] of [
    [scoreOf(last, "after", 2), 2600],
    [scoreOf(last, "after", 3), 1200],
  ] as const)
    t.is(limitOf(runs, { scores: [score] }), limit)
  const [, most = last] = GOOD
  const unclear = scoreOf(most, "hour", 4, 3700)
  t.is(limitOf(runs, { scores: [unclear] }), 2200)
  const usual = scoreOf(GOOD[0] ?? last, "morning", 1)
  t.is(limitOf(runs, { scores: [usual, scoreOf(last, "hour", 2, 3700)] }), 1200)
})

test("it stays below a run that hurt until one as long went well", (t) => {
  const hurt = withCount(2100, 3, { pains: 2 })
  t.is(limitOf([...GOOD, hurt]), 2050)
  t.regex(wordsOf([...GOOD, hurt]), /below the run that hurt/)
  t.is(limitOf([withCount(2100, 0), ...GOOD, hurt]), 2600)
})

test("a readiness test that hurt takes a fifth off what went well", (t) => {
  t.is(limitOf(GOOD, { isTestPainful: true }), 1900)
  t.regex(wordsOf(GOOD, { isTestPainful: true }), /readiness test/)
  const none = [withCount(0, 0)]
  t.is(limitOf(none, { isTestPainful: true }), undefined)
  t.regex(wordsOf(none, { isTestPainful: true }), /clearly shorter, or leave it out/)
})

for (const [what, runs, changes, words] of [
  ["no run", [], {}, /no run of the last 30 days/],
  ["a run too long ago", GOOD, { today: localDay(MADE) + 43 }, /no run of the last 30 days/],
  ["two runs", GOOD.slice(1), {}, /There are 2 runs of the last 30 days to plan by\. It takes 3\.$/],
  [
    "runs of another version",
    [withCount(2000, 0, { modelVersion: 9 }), ...GOOD],
    {},
    /is 1 run[\s\S]+Others/,
  ],
  ["a sensor more", [withCount(2000, 0, { isMeasured: true }), ...GOOD], {}, /is 1 run[\s\S]+Others/],
  ["doubtful data", [withCount(2000, 0, { isDoubtful: true }), ...GOOD], {}, /doubtful/],
  ["another threshold", GOOD, { settings: { ...SETTINGS, thresholdDeg: 35 } }, /past 30°[\s\S]+past 35°/],
  ["a limit that is off", GOOD, { settings: { ...SETTINGS, overloadCompressions: 0 } }, /switched off/],
] as const)
  test(`${what}: nothing is suggested, and it says why`, (t) => {
    t.is(limitOf(runs, changes), undefined)
    t.regex(wordsOf(runs, changes), words)
  })

test("without a run free of pain there is nothing to build on", (t) => {
  const [last = MADE, ...earlier] = GOOD
  const runs = [last, ...earlier.map((run) => ({ ...run, pains: 1 }))]
  const scores = [scoreOf(last, "hour", 4, 3700)]
  t.is(limitOf(runs, { scores }), undefined)
  t.regex(wordsOf(runs, { scores }), /nothing to build on/)
})

test("a doubtful run that hurt gives no number, and says to do less", (t) => {
  const runs = [withCount(2000, 0, { isDoubtful: true, pains: 1 }), ...GOOD]
  t.is(limitOf(runs), undefined)
  t.regex(wordsOf(runs), /doubtful[\s\S]+clearly shorter/)
})

test("runs of the other knee do not count", (t) => {
  const other = withCount(9000, 2, {}, { deviceId: "bb" })
  t.is(limitOf([...GOOD, other]), 2600)
})

const anyRun = fc.record({
  compressions: fc.oneof(fc.nat(6000), fc.nat(200_000)),
  daysAgo: fc.integer({ min: 0, max: 40 }),
  pains: fc.constantFrom(0, 0, 0, 1),
  thresholdDeg: fc.constantFrom(30, 30, 30, 35),
  isDoubtful: fc.constantFrom(false, false, false, true),
})
const anyCase = fc.record({
  made: fc.uniqueArray(anyRun, { selector: ({ daysAgo }) => daysAgo, maxLength: 12 }),
  limit: fc.integer({ min: 1, max: 100_000 }),
  again: fc.nat(100_000),
  isTestPainful: fc.boolean(),
})

/** Free of pain, and counted as the last one is. */
function isGood({
  pains,
  thresholdDeg,
  isDoubtful,
}: {
  pains: number
  thresholdDeg: number
  isDoubtful: boolean
}) {
  return pains === 0 && thresholdDeg === SETTINGS.thresholdDeg && !isDoubtful
}

test("it is never above 110 % of what went without pain, nor of what the setting takes; after pain it is below the run that hurt", (t) => {
  fc.assert(
    fc.property(anyCase, ({ made, limit, again, isTestPainful }) => {
      const runs = made.map(({ compressions, daysAgo, ...changes }) =>
        withCount(compressions, daysAgo, changes),
      )
      const settings = { ...SETTINGS, overloadCompressions: limit, overloadCompressionsAgain: again }
      const { limits, reasons } = plan(runs, { settings, isTestPainful })
      t.true(reasons.length > 0)
      t.notRegex(reasons.join(" "), /damag|injur|harm|risk/i)
      if (!limits) return
      const { overloadCompressions: suggested } = limits
      for (const value of Object.values(limits))
        t.true(Number.isInteger(value) && value >= 0 && value <= 100_000)
      t.true(suggested > 0)
      const recent = made.filter(({ daysAgo }) => daysAgo <= 30).sort((a, b) => a.daysAgo - b.daysAgo)
      const painFree = recent.filter(isGood).map(({ compressions }) => compressions)
      if (painFree.length > 0) t.true(suggested * 10 <= Math.max(...painFree) * 11)
      const [last] = recent
      if (last && last.pains > 0) t.true(suggested < last.compressions)
      if (isTestPainful || (last && last.pains > 0)) t.true(suggested < limit)
    }),
    { numRuns: 1000 },
  )
})
