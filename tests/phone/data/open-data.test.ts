/** What is kept, as the app and a sync see it, in one window and in two. */
import test, { type ExecutionContext } from "ava"
import type { KeptDevice, PainScore } from "../../../phone/data/kept"
import { PREFERENCES } from "../../../phone/data/kept"
import { freshPhone, refusal, windowOf } from "./fake-phone"
import { DEVICE, recorded, tested, UNDATED } from "./recorded"

const LEFT: KeptDevice = {
  id: DEVICE,
  name: "Left knee",
  side: "left",
  firmware: "0.1.0",
  board: "xiao_esp32c3",
  seenMs: 5,
}
const SCORE: PainScore = { runKey: "r", time: "after", score: 3, givenMs: 9 }

test.beforeEach(freshPhone)

test.serial("an empty phone has nothing, and the preferences of a new one", async (t) => {
  const data = await windowOf(t)
  t.deepEqual(await data.digests(), [])
  t.is(await data.run("r"), undefined)
  t.deepEqual([await data.devices(), await data.scores()], [[], []])
  t.deepEqual(await data.preferences(), PREFERENCES)
})

test.serial("a run is kept byte for byte, with its digest, and outlasts the window", async (t) => {
  const { key, record, start } = recorded({ runId: 1, start: { unixS: 1_790_000_000, zoneQuarters: 4 } })
  const before = Date.now()
  const first = await windowOf(t)
  // A part of a larger buffer, as it comes from a link.
  const buffer = Uint8Array.of(9, ...record, 9)
  await first.runStore(DEVICE).add(key, buffer.subarray(1, -1), start)
  first.close()
  const data = await windowOf(t)
  const kept = await data.run(key)
  t.deepEqual(kept?.record, record)
  t.is(kept?.record.buffer.byteLength, record.length)
  t.like(kept, { key, deviceId: DEVICE, start })
  t.true((kept?.receivedMs ?? 0) >= before)
  t.like((await data.digests())[0], { key, deviceId: DEVICE, runId: 1, bootId: 7, start, strides: 76 })
  t.true(await data.runStore(DEVICE).has(key))
  t.deepEqual(await data.runStore(DEVICE).get(key), record)
})

test.serial("the same run again changes nothing; another record under its key is refused", async (t) => {
  const data = await windowOf(t)
  const store = data.runStore(DEVICE)
  const { key, record } = recorded({ runId: 1 })
  await store.add(key, record, UNDATED)
  const kept = await data.run(key)
  let changes = 0
  data.onChange(() => changes++)
  await store.add(key, record, { unixS: 5, zoneQuarters: 0 })
  t.regex(
    await refusal(t, store.add(key, recorded({ runId: 2 }).record, UNDATED), "damaged"),
    /is here already with other content/,
  )
  t.deepEqual(await data.run(key), kept)
  t.is((await data.digests()).length, 1)
  t.is(changes, 0)
})

test.serial("an entry of the coach is kept once, and dated when its time is known", async (t) => {
  const data = await windowOf(t)
  const entry = tested(61_000)
  let changes = 0
  data.onChange(() => changes++)
  await data.keepCoachEntries([{ ...entry, end: UNDATED }, tested(99_000)])
  await data.keepCoachEntries([{ ...entry, end: UNDATED, receivedMs: entry.receivedMs + 1 }])
  t.is(changes, 1)
  await data.keepCoachEntries([{ ...entry, receivedMs: entry.receivedMs + 2 }])
  await data.keepCoachEntries([{ ...entry, end: UNDATED }])
  t.is(changes, 2)
  t.deepEqual(await data.coachEntries(), [entry, tested(99_000)])
  await data.deleteAll()
  t.deepEqual(await data.coachEntries(), [])
})

test.serial("two adds of one run at the same time keep it once", async (t) => {
  const [one, other] = [await windowOf(t), await windowOf(t)]
  const { key, record } = recorded({ runId: 1 })
  await Promise.all([one, other].map((data) => data.runStore(DEVICE).add(key, record, UNDATED)))
  t.is((await one.digests()).length, 1)
})

test.serial("digests come newest first; a run without a time stands where it was received", async (t) => {
  const data = await windowOf(t)
  const store = data.runStore(DEVICE)
  const nowS = Math.floor(Date.now() / 1000)
  for (const [runId, unixS] of [
    [1, nowS - 9000],
    [2, 0],
    [3, nowS + 9000],
    [4, nowS - 4000],
  ] as const) {
    const { key, record } = recorded({ runId })
    await store.add(key, record, { unixS, zoneQuarters: 0 })
  }
  t.deepEqual(
    (await data.digests()).map(({ runId }) => runId),
    [3, 2, 4, 1],
  )
})

test.serial("a time that the device has learnt is kept in the run and in its digest", async (t) => {
  const data = await windowOf(t)
  const store = data.runStore(DEVICE)
  for (const runId of [1, 2]) {
    const { key, record } = recorded({ runId })
    await store.add(key, record, UNDATED)
  }
  const { key } = recorded({ runId: 2 })
  const start = { unixS: 1_600_000_000, zoneQuarters: -20 }
  const dated = async () => store.dated?.(key, start)
  await dated()
  t.deepEqual((await data.run(key))?.start, start)
  t.deepEqual(
    (await data.digests()).map(({ runId, start }) => [runId, start.unixS]),
    [
      [1, 0],
      [2, 1_600_000_000],
    ],
  )
  let changes = 0
  data.onChange(() => changes++)
  await dated()
  await store.dated?.(key, UNDATED)
  await store.dated?.("unheard of", start)
  t.deepEqual((await data.run(key))?.start, start)
  t.is((await data.digests()).length, 2)
  t.is(changes, 0)
})

test.serial("devices, scores and preferences are kept, the newest of each", async (t) => {
  const data = await windowOf(t)
  await data.keepDevice(LEFT)
  await data.keepDevice({ ...LEFT, name: "Links" })
  await data.keepScore(SCORE)
  await data.keepScore({ ...SCORE, time: "morning" })
  await data.keepScore({ ...SCORE, score: 0 })
  await data.keepPreferences({ scheme: "dark", asksForScores: false })
  t.deepEqual(await data.devices(), [{ ...LEFT, name: "Links" }])
  t.deepEqual(await data.scores(), [
    { ...SCORE, score: 0 },
    { ...SCORE, time: "morning" },
  ])
  t.deepEqual(await data.preferences(), { scheme: "dark", asksForScores: false })
})

test.serial("each change is told in every window, until the listener ends", async (t) => {
  const [here, there] = [await windowOf(t), await windowOf(t)]
  let changes = 0
  const end = here.onChange(() => changes++)
  const { key, record } = recorded({ runId: 1 })
  const deeds = [
    () => here.keepDevice(LEFT),
    () => here.keepScore(SCORE),
    () => here.keepPreferences(PREFERENCES),
    () => here.runStore(DEVICE).add(key, record, UNDATED),
    async () => here.runStore(DEVICE).dated?.(key, { unixS: 5, zoneQuarters: 0 }),
    async () => void (await here.restore(await here.backup())),
    () => here.deleteAll(),
  ]
  for (const [at, deed] of deeds.entries()) {
    const told = toldOf(t, there)
    await deed()
    t.is(changes, at + 1)
    await told
  }
  end()
  await here.keepDevice(LEFT)
  t.is(changes, deeds.length)
})

test.serial("all is deleted, also what another window has open, and both go on with nothing", async (t) => {
  const [here, there] = [await windowOf(t), await windowOf(t)]
  const { key, record } = recorded({ runId: 1 })
  await here.runStore(DEVICE).add(key, record, UNDATED)
  await there.keepPreferences({ scheme: "dark", asksForScores: false })
  await here.deleteAll()
  t.deepEqual(await indexedDB.databases(), [])
  for (const data of [there, here]) {
    t.deepEqual(await data.digests(), [])
    t.deepEqual(await data.preferences(), PREFERENCES)
  }
  await there.runStore(DEVICE).add(key, record, UNDATED)
  t.is((await here.digests()).length, 1)
})

test.serial("the browser is asked for runs that outlast a power cut", async (t) => {
  const data = await windowOf(t)
  const { transaction } = IDBDatabase.prototype
  const durabilities: unknown[] = []
  IDBDatabase.prototype.transaction = function (...parameters) {
    const [, mode, options] = parameters
    if (mode === "readwrite") durabilities.push(options?.durability)
    return transaction.apply(this, parameters)
  }
  t.teardown(() => {
    IDBDatabase.prototype.transaction = transaction
  })
  const { key, record } = recorded({ runId: 1 })
  await data.runStore(DEVICE).add(key, record, UNDATED)
  await data.restore(await data.backup())
  t.deepEqual(durabilities, ["strict", "strict"])
})

test.serial("a window that was closed refuses, and opens nothing again", async (t) => {
  const data = await windowOf(t)
  data.close()
  await t.throwsAsync(data.digests(), { message: "data: closed" })
})

/** When a window is told of something. */
function toldOf(t: ExecutionContext, data: { onChange(listener: () => void): () => void }): Promise<void> {
  return new Promise((resolve) => {
    const end = data.onChange(() => {
      end()
      t.pass()
      resolve()
    })
  })
}
