/** A run that the firmware itself counts, from real running: what is shown of it adds up to its totals. */
import test from "ava"
import { digestOf } from "../../../phone/runs/run-digest"
import { runView } from "../../../phone/runs/run-view"
import { readRecording } from "../../../simulator/recording/read-recording"
import { runSession } from "../../../simulator/session"
import { encodeRunRecord } from "../../../src/ble/run-codec"
import { kept } from "./made-runs"

test("S01: time line, spans and depths add up, the data are sound, and the band is the model's", async (t) => {
  const recording = await readRecording("simulator/recordings/S01.csv.gz")
  const settings = {
    pauseLimitS: 30,
    overloadCompressions: 60,
    overloadCompressionsAgain: 60,
    buzzIntervalS: 30,
  }
  const { sync } = await runSession({ recording, engine: "node", settings })
  const [counted] = sync.runs
  if (!counted) return t.fail("no run")
  const run = { ...kept(), record: encodeRunRecord(counted.run, counted.firmware) }
  const view = runView(run)
  if ("unreadable" in view) return t.fail(view.words)
  const { blocks, loadSpans, depths, quality } = view
  t.is(
    blocks.reduce((sum, { strides }) => sum + strides, 0),
    view.strides,
  )
  const loads = [blocks, loadSpans.spans].map((parts) => parts.reduce((sum, { load }) => sum + load, 0))
  for (const load of loads) t.true(Math.abs(load - view.load) < 0.001)
  t.is(
    depths.reduce((sum, { loadCycles }) => sum + loadCycles, 0),
    view.loadCycles,
  )
  t.is(blocks.at(-1)?.endS, view.durationS)
  t.deepEqual([view.peak.measuring, view.peak.errorDeg], ["one", 3.74])
  t.truthy(view.meanError)
  t.false(digestOf(run).isDoubtful)
  t.is(view.buzzes.length, 2)
  for (const { atS } of view.buzzes) t.true(atS > 0 && atS < view.durationS)
  t.log(quality.map(({ words }) => words).join(" "))
  t.log(view.buzzes.map(({ afterWords }) => afterWords).join(" "))
})
