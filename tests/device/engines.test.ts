/** The same firmware on XS: same numbers as on V8, a sample's cost, and no memory that grows while the wearer runs. */
import test from "ava"
import { SAMPLE_BYTES } from "../../hosts/virtual/protocol"
import { runSession } from "../../simulator/session"
import { projectRecording, slices, Wear } from "./wear"

const MS_PER_MIN = 60_000
/**
 * XS's bytecode steps for a sample of running, from the chip model's FIFO to the run: measured 2,552, the same each time.
 * A twentieth more is a change to every sample that the chip's battery pays for: make it cheaper, or raise this knowingly.
 */
const STEPS_PER_SAMPLE_LIMIT = 2680

for (const name of ["S01.csv.gz", "S10.csv.gz"])
  test(`${name} gives the same numbers on XS and V8`, async (t) => {
    const recording = await projectRecording(name)
    const [xs, node] = await Promise.all([
      runSession({ recording, engine: "xs", trace: true }),
      runSession({ recording, engine: "node", trace: true }),
    ])
    t.true(xs.json.runs.length === 1)
    t.deepEqual({ ...xs.json, engine: "" }, { ...node.json, engine: "" })
    t.deepEqual(xs.trace, node.trace)
    t.deepEqual(xs.events, node.events)
  })

test("a sample of running costs XS no more steps than it did", async (t) => {
  const recording = await projectRecording("S01.csv.gz")
  // The chip's model is counted too.
  const wear = await Wear.boot("xs", { kind: "xiao_esp32c3" })
  await wear.play(recording, 0, 33)
  let steps = 0
  let samples = 0
  for (const slice of slices(recording, 33, 73, wear.link.rateHz)) {
    await wear.link.play(slice)
    steps += wear.engine.usage?.computrons ?? Number.NaN
    samples += slice.length / SAMPLE_BYTES
  }
  await wear.engine.close()
  t.true(steps / samples < STEPS_PER_SAMPLE_LIMIT, `${steps / samples} a sample`)
})

test("slots and chunks of the XS guest do not grow between minute 1 and minute 60 of running", async (t) => {
  const recording = await projectRecording("S01.csv.gz")
  const wear = await Wear.boot("xs")
  await wear.play(recording, 0, 33.26)
  // 52 strides from one contact to another: looped, they are an endless bout.
  const loop = slices(recording, 33.26, 73.265, wear.link.rateHz)
  const startMs = wear.link.nowMs
  const runUntil = async (minute: number) => {
    while (wear.link.nowMs < startMs + minute * MS_PER_MIN)
      for (const slice of loop) await wear.link.play(slice)
    return wear.engine.heap()
  }
  const early = await runUntil(1)
  const late = await runUntil(60)
  await wear.closeRun()
  await wear.phone.connect()
  const [record] = (await wear.phone.sync()).runs
  await wear.engine.close()
  t.is(record?.run.bouts.length, 1, "one bout of an hour")
  t.true((record?.run.strides ?? 0) > 4500)
  t.truthy(early)
  t.deepEqual(late, early)
})
