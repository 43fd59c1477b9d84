/** Knee bends as the coach's watch finds them, through the whole device: in the project's recordings, and how they are judged. */
import { join } from "node:path"
import test from "ava"
import { begunTwice } from "../../simulator/evaluate/bends/begun-twice"
import { bendingWearer } from "../../simulator/evaluate/bends/bending-wearer"
import { foundBends, judgeBends, trueBends } from "../../simulator/evaluate/bends/judge"
import { bendReport, formatBends, RECORDED } from "../../simulator/evaluate/bends/report"
import { evaluateCommand } from "../../simulator/evaluate/command"
import { readRecording } from "../../simulator/recording/read-recording"
import type { Recording } from "../../simulator/recording/recording"
import { runSession, type SensorCount } from "../../simulator/session"

const ROOT = join(import.meta.dirname, "../..")
const recordingOf = (name: string) => readRecording(join(ROOT, `simulator/recordings/${name}.csv.gz`))

async function foundIn(recording: Recording, sensors: SensorCount) {
  const { trace } = await runSession({ recording, engine: "node", sensors, trace: true })
  if (!trace) throw new Error("no trace")
  return foundBends(trace)
}

for (const { name, sensors, withinDeg } of [
  { name: "S01", sensors: 1, withinDeg: 5 },
  { name: "S10", sensors: 1, withinDeg: 5 },
  { name: "S01", sensors: 2, withinDeg: 1 },
] as const)
  test.serial(
    `${name}, sensors: ${sensors}: each of five bends is counted once, smooth, to ${withinDeg}°, and no stride or seat is`,
    async (t) => {
      const { recording, againS } = begunTwice(await recordingOf(name))
      const part = { kind: RECORDED, fromS: againS, toS: Number.POSITIVE_INFINITY }
      const { bends, inventedS, elsewhereS } = judgeBends(recording, await foundIn(recording, sensors), [
        part,
      ])
      t.is(bends.length, 5)
      for (const { trueDeg, foundDeg, halts } of bends) {
        t.is(foundDeg.length, 1)
        t.true(Math.abs((foundDeg[0] ?? 0) - trueDeg) < withinDeg, `${foundDeg[0]}°, not ${trueDeg}°`)
        t.is(halts, 0)
      }
      t.deepEqual(inventedS, [])
      t.true(elsewhereS > 120)
    },
  )

test.serial(
  "a virtual wearer's bends and squats are all counted once, and walking, stairs, sitting and running are none",
  async (t) => {
    const { recording, parts } = bendingWearer(4, "bends")
    const { bends, inventedS } = judgeBends(recording, await foundIn(recording, 1), parts)
    t.is(bends.length, 18)
    t.deepEqual(
      bends.filter(({ foundDeg }) => foundDeg.length !== 1),
      [],
    )
    t.deepEqual(inventedS, [])
  },
)

test("a recording that begins twice has its bends twice, each at its time", async (t) => {
  const recording = await recordingOf("S01")
  const twice = begunTwice(recording)
  const [once, bends] = [trueBends(recording), trueBends(twice.recording)]
  t.is(once.length, 5)
  t.is(bends.length, 10)
  const laterS = twice.againS - (recording.timeS[0] as number)
  once.forEach(({ startS, peakDeg }, index) => {
    t.is(bends[index]?.startS, startS)
    t.true(Math.abs((bends[index + 5]?.startS ?? 0) - startS - laterS) < 1e-6)
    t.is(bends[index + 5]?.peakDeg, peakDeg)
  })
})

/** Four rows a second: the second and third bend lie in the part that is judged. */
const activity = [..."sbbsbbssbbsss"].map((letter) => (letter === "b" ? "bend" : "still"))
const made = {
  name: "made up",
  timeS: Float64Array.from(activity, (_, row) => row / 4),
  truth: { activity, kneeDeg: Float64Array.from(activity, (_, row) => row) },
} as unknown as Recording
const part = { kind: "small bends", fromS: 0.75, toS: 20 }
const at = (startS: number, peakDeg: number) => ({ startS, endS: startS + 0.25, peakDeg, halts: 1 })

test("bends are judged in their part: counted, missed, twice; what lies beside all true bends is invented", (t) => {
  const judged = judgeBends(made, [at(0.3, 40), at(0.9, 8), at(1.2, 9), at(2.75, 50)], [part])
  t.deepEqual(judged.bends, [
    { kind: "small bends", trueDeg: 5, foundDeg: [8, 9], halts: 2 },
    { kind: "small bends", trueDeg: 9, foundDeg: [], halts: 0 },
  ])
  t.deepEqual(judged.inventedS, [3])
  t.is(judged.elsewhereS, 3 - 0.75)
})

test("the report has errors of bends and of a wearer's median, and counts what was missed, twice or invented", (t) => {
  const bend = (trueDeg: number, ...foundDeg: number[]) => ({
    kind: "small bends",
    trueDeg,
    foundDeg,
    halts: 1,
  })
  const played = (bends: ReturnType<typeof bend>[]) => ({
    wearing: "three bends",
    bends,
    elsewhereS: 1800,
    inventedS: [1],
  })
  const report = bendReport([
    [played([bend(40, 44), bend(42, 40), bend(50)])],
    [played([bend(30, 31, 30), bend(30, 31)])],
  ])
  t.deepEqual(report, {
    figures: [
      {
        kind: "small bends",
        wearing: "three bends",
        bends: 5,
        missed: 1,
        twice: 1,
        halts: 5,
        meanErrorDeg: 2,
        worstErrorDeg: 4,
        medianErrorDeg: 1,
      },
    ],
    elsewhereHours: 1,
    invented: 2,
  })
  const text = formatBends({ ...report, failures: [] })
  t.regex(text, /small bends +three bends +5 +1 +1 +5 +2\.0° +4\.0° +1\.0°/)
  t.regex(text, /2 counted in 1\.0 hours/)
})

test("--bends goes with no other choice", async (t) => {
  for (const choice of [
    { broad: true },
    { robustness: true },
    { taught: true },
    { speed: true },
    { sensors: 2 as const },
  ])
    await t.throwsAsync(
      evaluateCommand("simulator/recordings", { engine: "node", sensors: 1, bends: true, ...choice }),
      { message: /leave out/ },
    )
})
