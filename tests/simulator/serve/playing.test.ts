/** What a page gets to see is what the device did: over a real WebSocket, with the firmware in both engines. */
import { gzipSync } from "node:zlib"
import test from "ava"
import { parseRecording } from "../../../simulator/recording/read-recording"
import { recordingBytes } from "../../../simulator/recording/write-recording"
import { readScenario } from "../../../simulator/scenario/library"
import { synthesize } from "../../../simulator/scenario/motion-of-scenario"
import type { Scenario } from "../../../simulator/scenario/scenario"
import type { Frame } from "../../../simulator/serve/messages"
import { runSession } from "../../../simulator/session"
import { PageClient, serve } from "./page-client"

const SHORT: Scenario = {
  title: "A short run",
  description: "Bends, then a run of half a minute.",
  device: { settings: { pauseLimitS: 10, thresholdDeg: 35 } },
  steps: [
    { do: "stand", forS: 4 },
    { do: "bend", times: 3, alike: true },
    { do: "stand", forS: 2 },
    { do: "run", forS: 25, speedMs: 3 },
    { do: "stand", forS: 3 },
  ],
}
const SEED = 4

const compressionMarks = (frames: readonly Frame[]) =>
  frames.flatMap(({ strides }) => strides).filter(({ isCompression }) => isCompression).length

test("a scenario at full speed: the report is the command line's, and the marks are the device's own count", async (t) => {
  const server = await serve("xs")
  t.teardown(() => server.close())
  const page = await PageClient.open(server)
  page.ask({ ask: "speed", speed: "most" })
  page.ask({ ask: "start", play: { from: "scenario", name: "run", seed: SEED } })
  const { playing } = await page.hear("started")
  const { report } = await page.hear("done")
  const named = readScenario("run")
  t.like(playing, {
    title: named.scenario.title,
    seed: SEED,
    board: "xiao_esp32c3",
    sensors: 1,
    hasTruth: true,
  })
  t.is(playing.command, `npm run --silent simulate -- run --seed ${SEED} --json`)

  const { recording, truth } = synthesize(named, { seed: SEED })
  const { json } = await runSession({
    recording,
    engine: "xs",
    settings: named.scenario.device?.settings ?? {},
  })
  t.deepEqual(report.json, json)
  const strides = truth.bouts.reduce((sum, bout) => sum + bout.strides, 0)
  t.is(report.truth?.strides, strides)
  t.true(json.runs.length > 0 && strides > 20)

  const frames = page.frames()
  const counted = json.runs.reduce((sum, { compressions }) => sum + compressions, 0)
  t.is(compressionMarks(frames), counted)
  const names = frames.flatMap(({ news }) => news.map(({ name }) => name))
  for (const name of ["calibrated", "runStarted", "runEnded"]) t.true(names.includes(name), name)
  const last = frames.at(-1) as Frame
  t.is(last.phone.runs.length, json.runs.length)
  t.true(last.timeS > playing.durationS)
  t.true(frames.every(({ estimates, truths }) => estimates.length <= 200 && truths.length <= 200))
})

test("truth and estimate come as the time passes, in order, and far enough apart to be drawn", async (t) => {
  const server = await serve("node")
  t.teardown(() => server.close())
  const page = await PageClient.open(server)
  page.ask({ ask: "speed", speed: "most" })
  const text = JSON.stringify(SHORT)
  page.ask({ ask: "start", play: { from: "scenarioFile", fileName: "short.json", text, seed: SEED } })
  const { playing } = await page.hear("started")
  t.is(playing.command, `npm run --silent simulate -- short.json --seed ${SEED} --json`)
  t.is(playing.thresholdDeg, 35)
  const { flash } = await page.hear("flash")
  t.is(flash.blocks.length, flash.erases.length)
  const { report } = await page.hear("done")
  const frames = page.frames()
  const truths = frames.flatMap((frame) => frame.truths)
  const estimates = frames.flatMap((frame) => frame.estimates)
  for (const rows of [truths, estimates])
    t.true(rows.every(([timeS], at) => at === 0 || timeS > (rows[at - 1]?.[0] ?? 0)))
  t.true((truths.at(-1)?.[0] ?? 0) > playing.durationS - 1)
  // Running, the estimate is of the same knee.
  const deepest = (rows: readonly (readonly number[])[], fromS: number) =>
    Math.max(
      ...rows.filter(([timeS = 0]) => timeS > fromS && timeS < fromS + 10).map(([, kneeDeg = 0]) => kneeDeg),
    )
  const runS = (report.json.runs[0]?.startS ?? 0) + 8
  t.true(Math.abs(deepest(truths, runS) - deepest(estimates, runS)) < 25)
  const about = new Set(frames.flatMap(({ traffic }) => traffic.map(({ about }) => about)))
  for (const name of ["Status", "Live measurement"]) t.true(about.has(name), name)
  const { flash: after } = await page.hear("flash", ({ flash }) => flash.runs.length > 0)
  t.is(after.runs[0]?.id, 1)
  t.true(after.runs[0]?.blocks.every((block) => after.blocks[block] === "a"))
})

test("a dropped recording, gzipped: its report is that of replay, and what was played can be had as a file", async (t) => {
  const server = await serve("node")
  t.teardown(() => server.close())
  const page = await PageClient.open(server)
  const { recording } = synthesize({ name: "short", scenario: SHORT }, { seed: SEED, rateHz: 100 })
  const file = gzipSync(recordingBytes(recording, false))
  const read = parseRecording("mine.csv.gz", recordingBytes(recording, false))
  page.ask({ ask: "speed", speed: "most" })
  page.ask({ ask: "start", play: { from: "recording", fileName: "mine.csv.gz", sensors: 2 } })
  page.send(file)
  const { playing } = await page.hear("started")
  t.like(playing, { title: "mine.csv.gz", sensors: 2, hasTruth: true, thresholdDeg: 30 })
  t.is(playing.command, "npm run --silent replay -- mine.csv.gz --json --sensors 2")
  const { report } = await page.hear("done")
  const { json } = await runSession({ recording: read, engine: "node", sensors: 2 })
  t.deepEqual(report.json, json)
  page.ask({ ask: "export" })
  const { csv, scenario } = await page.hear("exported")
  t.is(scenario, undefined)
  t.is(csv.fileName, "mine.csv")
  const exported = parseRecording("mine.csv.gz", Buffer.from(await page.fetch(csv.path)))
  t.deepEqual(exported, read)
})
