/** What the detail of a run says: depths, time line, buzzes, pain marks, quality. */
import test from "ava"
import fc from "fast-check"
import { BuzzReason, PainSource, type Run } from "../../../src/ble/run-codec"
import { Activity } from "../../../src/motion/stride"
import { MADE_RUN, view } from "./made-runs"

test("the counts past each depth become counts between them, which add up to all loadings", (t) => {
  const { depths } = view({ loadCycles: 3200, compressionsByDepth: [3100, 2800, 1600, 400, 20] })
  t.deepEqual(
    depths.map(({ words, loadCycles }) => [words, loadCycles]),
    [
      ["up to 30°", 100],
      ["30 to 35°", 300],
      ["35 to 40°", 1200],
      ["40 to 45°", 1200],
      ["45 to 50°", 380],
      ["past 50°", 20],
    ],
  )
  t.is(
    depths.reduce((sum, { share }) => sum + share, 0),
    1,
  )
})

test("depths add up to all loadings, whatever the counts", (t) => {
  const counts = fc
    .array(fc.nat(10_000), { minLength: 6, maxLength: 6 })
    .map((all) => all.sort((a, b) => b - a))
  fc.assert(
    fc.property(counts, ([loadCycles = 0, ...compressionsByDepth]) => {
      const { depths } = view({ loadCycles, compressionsByDepth })
      t.is(
        depths.reduce((sum, band) => sum + band.loadCycles, 0),
        loadCycles,
      )
      t.true(depths.every(({ share }) => share >= 0 && share <= 1))
    }),
  )
})

for (const [blockMinutes, spanMinutes] of [
  [1, 5],
  [2, 6],
  [4, 8],
  [8, 8],
  [16, 16],
] as const)
  test(`blocks of ${blockMinutes} min give load per ${spanMinutes} min, and none of it is lost`, (t) => {
    const durationMs = (40 * blockMinutes - 0.5) * 60_000
    const { loadSpans, blocks, load } = view({ blockMinutes, durationMs })
    t.is(loadSpans.minutes, spanMinutes)
    t.is(loadSpans.spans.length, Math.ceil((40 * blockMinutes) / spanMinutes))
    t.is(
      loadSpans.spans.reduce((sum, span) => sum + span.load, 0),
      load,
    )
    t.is(loadSpans.spans[0]?.endS, spanMinutes * 60)
    t.is(loadSpans.spans.at(-1)?.endS, durationMs / 1000)
    t.like(blocks[1], { startS: blockMinutes * 60, endS: blockMinutes * 120, load: 88, peakMedianDeg: 40 })
  })

test("a block without a stride has no depth", (t) => {
  const [first] = MADE_RUN.blocks
  const pause = {
    strides: 0,
    compressions: 0,
    peakFlexionMedianCdeg: 0,
    cdegSecondsPastThreshold: 0,
    milliLoad: 0,
  }
  t.deepEqual(
    view({ blocks: first ? [first, pause, first] : [] }).blocks.map(({ peakMedianDeg }) => peakMedianDeg),
    [40, undefined, 40],
  )
})

function depthsAround(before: number, after: number): Run["blocks"] {
  return MADE_RUN.blocks.map((block, minute) => ({
    ...block,
    peakFlexionMedianCdeg: minute < 10 ? before : after,
  }))
}
/** In the eleventh minute. */
const BUZZ = { timeMs: MADE_RUN.startMs + 10.5 * 60_000, reason: BuzzReason.depth }

for (const [after, words] of [
  [3500, /40\.0° in the minute before, 35\.0° in the minute after: less deep/],
  [4500, /45\.0° in the minute after: more deep/],
  [3700, /no change that can be told, since a change below 3\.8° can be noise or another pace/],
] as const)
  test(`after a buzz the depth went to ${after / 100}°: told by whole blocks, with the band`, (t) => {
    const [buzz] = view({ buzzes: [BUZZ], blocks: depthsAround(4000, after) }).buzzes
    t.like(buzz, { atS: 630, around: { beforeDeg: 40, afterDeg: after / 100 } })
    t.is(buzz?.reasonWords, "the knee bends deeper than earlier in this run")
    t.regex(buzz?.afterWords ?? "", words)
  })

test("what a buzz changed is left open in the last block, and its noise with a model that was not measured", (t) => {
  const late = { ...BUZZ, timeMs: MADE_RUN.startMs + 39.5 * 60_000 }
  t.regex(view({ buzzes: [late] }).buzzes[0]?.afterWords ?? "", /does not tell/)
  t.regex(view({ buzzes: [BUZZ], modelVersion: 9 }).buzzes[0]?.afterWords ?? "", /noise was not measured/)
})

test("a pain mark has its time, angles, load, activity and source in words", (t) => {
  const pain = {
    timeMs: MADE_RUN.startMs + 90_000,
    kneeCdeg: 0,
    peakFlexionCdeg: 4380,
    milliLoad: 48_900,
    compressions: 45,
    activity: Activity.stairs,
    source: PainSource.phone,
  }
  t.deepEqual(view({ pains: [pain] }).pains, [
    {
      atS: 90,
      kneeDeg: undefined,
      strideDeg: 43.8,
      load: 48.9,
      compressions: 45,
      activity: Activity.stairs,
      activityWords: "on stairs",
      sourceWords: "marked by a phone",
    },
  ])
})

test("a bout begins where it began in the run, in seconds, degrees and steps a minute", (t) => {
  const startMs = MADE_RUN.startMs + 90_000
  const { bouts } = view({ bouts: [{ ...MADE_RUN, startMs, durationMs: 45_000, strides: 60 }] })
  t.like(bouts, [
    {
      startS: 90,
      durationS: 45,
      strides: 60,
      cadenceSpm: 160,
      contactTimeMs: 270,
      peakMedianDeg: 40,
      load: 3520,
    },
  ])
})

test("codes of a later firmware are said to be unknown", (t) => {
  const unknown = { activity: 99, source: 99, reason: 99 } as unknown as { activity: 2; source: 1; reason: 1 }
  const pain = { timeMs: 0, kneeCdeg: 1, peakFlexionCdeg: 1, milliLoad: 1, compressions: 1, ...unknown }
  const { pains, buzzes } = view({ pains: [pain], buzzes: [{ timeMs: 0, reason: unknown.reason }] })
  for (const words of [pains[0]?.activityWords, pains[0]?.sourceWords, buzzes[0]?.reasonWords])
    t.regex(words ?? "", /this version does not know/)
})

test("quality says the share, gaps and the band; and how it was measured", (t) => {
  const { dataQuality } = MADE_RUN
  const words = (changes: Partial<Run>) =>
    view(changes)
      .quality.map((note) => note.words)
      .join("\n")
  t.regex(words({}), /^99\.9 % of the samples[\s\S]+estimated from the thigh[\s\S]+off by 3\.7° on average/)
  t.regex(
    words({ dataQuality: { ...dataQuality, gaps: 3, clipped: 7, gapUnknown: true } }),
    /Gaps.*: 3[\s\S]+: 7/,
  )
  t.regex(words({ peakErrorCdeg: 220 }), /taught[\s\S]+off by 2\.2°/)
  t.regex(words({ peakErrorCdeg: 170, measuredStrides: MADE_RUN.strides }), /is measured[\s\S]+off by 1\.7°/)
})

test("errors of contact time, cadence and shares go with it where they were measured with this model", (t) => {
  t.is(view().meanError?.sharePoints.length, 5)
  t.true((view().meanError?.contactTimeMs ?? 0) > 5)
  t.is(view({ modelVersion: 9 }).meanError, undefined)
})
