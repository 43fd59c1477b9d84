/** What a run came to, against a truth that is known exactly. */
import test from "ava"
import type { TruthBout } from "../../../simulator/evaluate/truth"
import type { ReplayJson } from "../../../simulator/phone/replay-json"
import { runFigures, truthJson } from "../../../simulator/statistics/run-figures"

type Run = Pick<ReplayJson["runs"][number], "strides" | "compressionsByDepth" | "bouts">

function trueBout(startS: number, strides: number, peakDeg: number, rampSteps = 0): TruthBout {
  const stances = Array.from({ length: strides }, (_, stride) => ({
    startS: startS + stride,
    endS: startS + stride + 0.3,
    peakDeg,
  }))
  return {
    startS,
    endS: startS + strides,
    strides,
    rampSteps,
    cadenceSpm: 120,
    peakMedianDeg: peakDeg,
    compressions: [30, 35, 40, 45, 50].map((depth) => (peakDeg > depth ? strides : 0)),
    stances,
  }
}

function deviceBout(startS: number, strides: number, peakDeg: number): Run["bouts"][number] {
  const { compressions } = trueBout(startS, strides, peakDeg)
  return {
    startS,
    durationS: strides,
    strides,
    cadenceSpm: 121,
    compressions: compressions[0] as number,
    compressionsByDepth: Object.fromEntries(
      compressions.map((times, band) => [String(30 + 5 * band), times]),
    ),
    peakFlexionMedianDeg: peakDeg,
    secondsPastThreshold: 0,
    degreeSecondsPastThreshold: 0,
    contactTimeMedianMs: 300,
  }
}

function report(...bouts: Run["bouts"]): { runs: ReplayJson["runs"] } {
  const sum = (of: (bout: Run["bouts"][number]) => number) =>
    bouts.reduce((total, bout) => total + of(bout), 0)
  const run: Run = {
    strides: sum((bout) => bout.strides),
    compressionsByDepth: Object.fromEntries(
      ["30", "35", "40", "45", "50"].map((depth) => [
        depth,
        sum((bout) => bout.compressionsByDepth[depth] ?? 0),
      ]),
    ),
    bouts,
  }
  return { runs: bouts.length === 0 ? [] : [run as ReplayJson["runs"][number]] }
}

const session = (...bouts: TruthBout[]) => ({ session: "made up", split: "", seed: 4, bouts })

test("what was counted rightly is off by nothing", (t) => {
  const { seed, truth, device, errors } = runFigures(
    4,
    report(deviceBout(10, 50, 42)),
    session(trueBout(10, 50, 42)),
  )
  t.is(seed, 4)
  t.deepEqual(truth, { bouts: 1, strides: 50, compressions: [50, 50, 50, 0, 0] })
  t.deepEqual(device, truth)
  t.deepEqual(errors, {
    ...{ boutsFound: 1, boutsMissed: 0, boutsInvented: 0, stridesInvented: 0, stridesPercent: 0 },
    ...{ compressions30Percent: 0, compressions35Percent: 0, compressions40Percent: 0 },
    ...{
      compressions45Percent: 0,
      compressions50Percent: 0,
      bandErrorPercent: 0,
      peakDeg: 0,
      cadenceErrorSpm: 1,
    },
  })
})

test("a knee that is seen too deep is counted too often where that crosses a line, and has a +", (t) => {
  const { errors } = runFigures(1, report(deviceBout(10, 50, 46)), session(trueBout(10, 50, 42)))
  t.like(errors, { compressions40Percent: 0, compressions45Percent: 100, bandErrorPercent: 20, peakDeg: 4 })
})

test("too much in one bout and too little in another is nothing in the sum, but not in the size", (t) => {
  const device = report(deviceBout(10, 50, 42), deviceBout(100, 50, 38))
  const { errors } = runFigures(1, device, session(trueBout(10, 50, 38), trueBout(100, 50, 42)))
  t.like(errors, { compressions40Percent: 0, bandErrorPercent: 20, peakDeg: 0, boutsFound: 2 })
})

for (const [what, counted, off] of [
  ["a stride too few", 49, -2],
  ["the part-size steps too", 52, 0],
  ["one more than those", 53, 2],
] as const)
  test(`strides: ${what}`, (t) => {
    const { errors } = runFigures(1, report(deviceBout(10, counted, 42)), session(trueBout(10, 50, 42, 2)))
    t.is(errors.stridesPercent, off)
  })

test("a bout that nobody ran is invented, with its strides and compressions", (t) => {
  const device = report(deviceBout(10, 50, 42), deviceBout(200, 8, 36))
  const { errors } = runFigures(1, device, session(trueBout(10, 50, 42)))
  t.like(errors, {
    boutsFound: 1,
    boutsInvented: 1,
    stridesInvented: 8,
    stridesPercent: 0,
    bandErrorPercent: 0,
  })
  t.like(errors, { compressions30Percent: 16, compressions35Percent: 16, compressions40Percent: 0 })
})

test("a bout that the device missed counts with all of its strides", (t) => {
  const { errors, device } = runFigures(1, report(), session(trueBout(10, 50, 42)))
  t.is(device.strides, 0)
  t.like(errors, { boutsMissed: 1, stridesPercent: -100, compressions30Percent: -100, peakDeg: null })
})

test("without running there is nothing to be a share of", (t) => {
  const { errors } = runFigures(1, report(deviceBout(10, 8, 42)), session())
  t.like(errors, {
    stridesPercent: null,
    compressions30Percent: null,
    bandErrorPercent: null,
    stridesInvented: 8,
  })
})

test("the truth is told in the report's words", (t) => {
  const truth = truthJson(session(trueBout(10, 3, 42, 1), trueBout(100, 2, 47)))
  t.is(truth.strides, 5)
  t.is(truth.peakFlexionMedianDeg, 42)
  t.deepEqual(truth.compressionsByDepth, { 30: 5, 35: 5, 40: 5, 45: 2, 50: 0 })
  t.deepEqual(truth.bouts[0], {
    ...{ startS: 10, endS: 13, strides: 3, rampSteps: 1, cadenceSpm: 120, peakFlexionMedianDeg: 42 },
    compressionsByDepth: { 30: 3, 35: 3, 40: 3, 45: 0, 50: 0 },
  })
  t.is(truthJson(session()).peakFlexionMedianDeg, null)
})
