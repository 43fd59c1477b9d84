/** A replay keeps the device awake. Where it may sleep all the same: the same runs, at the same times of the recording. */
import test from "ava"
import type { ImuChannels, Recording } from "../../simulator/recording/recording"
import { readTimeAxis } from "../../simulator/recording/time-axis"
import { runSession } from "../../simulator/session"
import { projectRecording } from "../device/wear"

const S01 = await projectRecording("S01.csv.gz")
const STILL_S = 900
/** Bends until 26 s, the run from 30 s on. */
const STILL_FROM_S = 27.5
const SLEEPS = { sleepAfterMin: 10 }

/** S01, whose wearer stands still for a quarter of an hour before running. */
function withStillness(): Recording {
  const { timeS, thigh } = S01
  const at = timeS.findIndex((time) => time >= STILL_FROM_S)
  const periodS = (timeS.at(-1) as number) / (timeS.length - 1)
  const rows = Math.round(STILL_S / periodS)
  const stood = (channel: Float64Array, held: number) =>
    Float64Array.from([
      ...channel.subarray(0, at),
      ...new Float64Array(rows).fill(held),
      ...channel.subarray(at),
    ])
  const channels = Object.fromEntries(
    Object.entries(thigh).map(([name, channel]) => [
      name,
      stood(channel as Float64Array, name.startsWith("g") ? 0 : ((channel as Float64Array)[at] as number)),
    ]),
  ) as unknown as ImuChannels
  const longer = Float64Array.from([
    ...timeS.subarray(0, at),
    ...Array.from({ length: rows }, (_, row) => (timeS[at] as number) + row * periodS),
    ...timeS.subarray(at).map((time) => time + rows * periodS),
  ])
  return { ...S01, timeS: longer, thigh: channels, ...readTimeAxis("stood still.csv", longer) }
}

test("a quarter of an hour of stillness puts the device to sleep, and its run is the same but for a stride", async (t) => {
  const plain = await runSession({ recording: S01, engine: "node" })
  const slept = await runSession({ recording: withStillness(), engine: "node", settings: SLEEPS })
  t.deepEqual(
    slept.events.filter(({ name }) => ["asleep", "woke"].includes(name)).map(({ detail }) => detail),
    ["until it is moved", "by motion"],
  )
  const [run, ...others] = slept.json.runs
  const [wanted] = plain.json.runs
  t.deepEqual(others, [])
  t.true(Math.abs((run?.strides ?? 0) - (wanted?.strides ?? 0)) <= 1, `${run?.strides}, ${wanted?.strides}`)
  const laterS = (run?.startS ?? 0) - (wanted?.startS ?? 0)
  t.true(Math.abs(laterS - STILL_S) < 0.05, `${laterS} s later`)
  t.true(Math.abs((run?.compressions ?? 0) - (wanted?.compressions ?? 0)) <= 2)
  t.true(slept.json.calibrated)
  t.true(slept.virtualS > STILL_S + 180)
})

test("left as it is a replay sleeps through nothing: bends before the stillness are told, and the trace is whole", async (t) => {
  const { events, json, trace } = await runSession({
    recording: withStillness(),
    engine: "node",
    trace: true,
  })
  t.deepEqual(
    events.filter(({ name }) => name === "asleep"),
    [],
  )
  const plain = await runSession({ recording: S01, engine: "node" })
  t.is(json.bends.length, plain.json.bends.length)
  t.true((trace?.timeS.at(-1) ?? 0) > STILL_S + 180)
})

test("a trace ends with the boot that it began in: it says so", async (t) => {
  await t.throwsAsync(
    runSession({ recording: withStillness(), engine: "node", trace: true, settings: SLEEPS }),
    {
      message: /slept meanwhile.*sleepAfterMin at 0/,
    },
  )
})
