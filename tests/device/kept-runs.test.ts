/** Runs over power loss and resets, seen from outside: what a phone reads of them, on node and in XS. */
import test from "ava"
import { projectRecording, Wear } from "./wear"

const NOON_S = 1_800_000_000
const S01 = await projectRecording("S01.csv.gz")
/** Bends until 26 s; the first bout from 30 s on. */
const RUNNING_S = 70

async function running(engine?: "xs", options = {}): Promise<Wear> {
  const wear = await Wear.boot(engine, options)
  await wear.play(S01, 0, RUNNING_S)
  return wear
}

for (const engine of [undefined, "xs"] as const) {
  const where = engine ? " (XS)" : ""

  test(`a run that power loss leaves open ends as it was a few seconds before, and the next says that the gap is unknown${where}`, async (t) => {
    const wear = await running(engine)
    const lostMs = wear.link.nowMs
    await wear.link.reboot("power")
    await wear.phone.connect()
    const [first, ...others] = await wear.phone.runs()
    t.deepEqual(others, [])
    const run = first?.run
    t.like(run, { id: 1, bootId: 1, bouts: [{ startMs: run?.startMs }] })
    const endMs = (run?.startMs ?? 0) + (run?.durationMs ?? 0)
    t.true(lostMs - endMs <= 10_000, `${lostMs - endMs} ms lost`)
    t.true((run?.strides ?? 0) > 35, `${run?.strides}`)
    t.like(run?.dataQuality, { resumed: false, cutShort: true, gapUnknown: false })
    t.is((await wear.phone.status()).newestRunId, 1)
    await wear.link.reboot("power")
    await wear.play(S01, 28, 60)
    await wear.closeRun()
    await wear.phone.connect()
    const [, second] = await wear.phone.runs()
    t.like(second?.run, { id: 2, bootId: 3 })
    t.like(second?.run.dataQuality, { gapUnknown: true, cutShort: false })
    await wear.engine.close()
  })

  test(`a run goes on over a reset that was short, its gap noted, its times by the clock that it began with${where}`, async (t) => {
    const wear = await running(engine)
    await wear.link.reboot("reset", 3000)
    await wear.play(S01, RUNNING_S, 86)
    await wear.closeRun()
    await wear.phone.connect()
    const [first, ...others] = await wear.phone.runs()
    t.deepEqual(others, [])
    const run = first?.run
    t.like(run, { id: 1, bootId: 1 })
    t.true(run?.dataQuality.resumed)
    t.true((run?.dataQuality.gaps ?? 0) >= 1)
    t.is(run?.bouts.length, 2)
    const [before, after] = run?.bouts ?? []
    const gapMs = (after?.startMs ?? 0) - (before?.startMs ?? 0) - (before?.durationMs ?? 0)
    t.true(gapMs > 3000 && gapMs < 20_000, `${gapMs} ms`)
    t.true((run?.strides ?? 0) > 45, `${run?.strides}`)
    t.is(wear.eventsNamed("runResumed").length, 1)
    await wear.engine.close()
  })
}

test("a run goes on over three resets, and all of its times are by the clock that it began with", async (t) => {
  const wear = await Wear.boot()
  await wear.play(S01, 0, 50)
  let offMs = 0
  for (const [fromS, toS] of [
    [50, 58],
    [58, 74],
    [74, 86],
  ] as const) {
    const beforeMs = wear.link.nowMs
    await wear.link.reboot("reset", 2000)
    offMs += beforeMs + 2000 - wear.link.nowMs
    await wear.play(S01, fromS, toS)
  }
  const endMs = wear.link.nowMs + offMs
  await wear.closeRun()
  await wear.phone.connect()
  const [first, ...others] = await wear.phone.runs()
  t.deepEqual(others, [])
  const run = first?.run
  t.like(run, { id: 1, bootId: 1 })
  t.true((run?.bouts.length ?? 0) >= 3)
  const bouts = run?.bouts ?? []
  bouts.slice(1).forEach((bout, index) => {
    const before = bouts[index]
    t.true(bout.startMs >= (before?.startMs ?? 0) + (before?.durationMs ?? 0), `bout ${index + 2}`)
  })
  const last = bouts.at(-1)
  const offS = (endMs - (last?.startMs ?? 0) - (last?.durationMs ?? 0)) / 1000
  t.true(offS > -1 && offS < 6, `the last bout ends ${offS} s before the recording`)
})

test("a run that a reset interrupts for longer than the pause limit ends there, and its gap is known", async (t) => {
  const wear = await running()
  await wear.link.reboot("reset", 200_000)
  await wear.link.advance(5000)
  await wear.phone.connect()
  const [first] = await wear.phone.runs()
  t.is(first?.run.id, 1)
  t.is(first?.run.bouts.length, 1)
  await wear.phone.disconnect()
  await wear.play(S01, 28, 60)
  await wear.closeRun()
  await wear.phone.connect()
  t.false((await wear.phone.runs())[1]?.run.dataQuality.gapUnknown)
})

test("closed runs are there after any reboot, byte for byte, and numbers go on", async (t) => {
  const wear = await running()
  await wear.closeRun()
  await wear.phone.connect()
  const record = await wear.phone.runRecord(1)
  for (const kind of ["power", "reset"] as const) {
    await wear.link.reboot(kind)
    await wear.phone.connect()
    t.deepEqual(await wear.phone.runRecord(1), record)
  }
  await wear.phone.disconnect()
  await wear.play(S01, 28, 60)
  await wear.closeRun()
  await wear.phone.connect()
  t.deepEqual(
    (await wear.phone.runs()).map(({ run }) => [run.id, run.bootId]),
    [
      [1, 1],
      [2, 3],
    ],
  )
})

test("the time that a phone tells dates the runs of this boot, those before it too; runs of a boot that no phone met keep their order", async (t) => {
  const wear = await running()
  await wear.closeRun()
  await wear.link.reboot("power")
  await wear.play(S01, 28, 60)
  await wear.closeRun()
  await wear.phone.connect()
  const toldMs = (await wear.phone.status()).uptimeMs
  await wear.phone.setClock(NOON_S, 8)
  await wear.phone.disconnect()
  await wear.play(S01, 28, 60)
  await wear.closeRun()
  const judge = async () => {
    await wear.phone.connect()
    const { runs } = await wear.phone.runList()
    const records = await wear.phone.runs()
    t.deepEqual(
      runs.map(({ runId, zoneQuarters }) => [runId, zoneQuarters]),
      [
        [1, 0],
        [2, 8],
        [3, 8],
      ],
    )
    t.is(runs[0]?.startUnixS, 0, "nobody knows")
    for (const index of [1, 2]) {
      const wantedS = NOON_S + ((records[index]?.run.startMs ?? 0) - toldMs) / 1000
      t.true(Math.abs((runs[index]?.startUnixS ?? 0) - wantedS) <= 1.5, `run ${index + 1}`)
    }
  }
  await judge()
  await wear.link.reboot("power")
  await judge()
})

test("a board whose flash does not work says so, measures on, and has the newest run", async (t) => {
  const wear = await Wear.boot(undefined, { flash: { size: 8 * 4096 } })
  t.regex(wear.eventsNamed("fault")[0]?.detail ?? "", /flash of the runs: .*8 blocks/)
  await wear.play(S01, 0, RUNNING_S)
  await wear.closeRun()
  await wear.phone.connect()
  const [first] = await wear.phone.runs()
  t.is(first?.run.id, 1)
  t.true((first?.run.strides ?? 0) > 35)
  t.regex(await wear.phone.summaryText(), /strides/)
})
