/** The same firmware on XS: same numbers as on V8, and no memory that grows while the wearer runs. */
import test from "ava"
import { runSession } from "../../simulator/session"
import { projectRecording, slices, Wear } from "./wear"

const MS_PER_MIN = 60_000

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
