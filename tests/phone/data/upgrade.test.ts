/** A database of an earlier version, or with digests of another one, opens with everything that was there. */
import test from "ava"
import { Connection } from "../../../phone/data/connection"
import { digestRow } from "../../../phone/data/digests"
import { DIGEST_VERSION, type RunDigest } from "../../../phone/runs/run-digest"
import { freshPhone, refusal, windowOf, withBreak, withWindow } from "./fake-phone"
import { recorded, tested } from "./recorded"
import { makeVersionOne } from "./version-one"
import { makeVersionTwo } from "./version-two"

const numbered = (runId: number) =>
  recorded({ runId, start: { unixS: 1_790_000_000 + runId, zoneQuarters: 8 } })
const RUNS = [numbered(1), numbered(2), numbered(3)] as const

test.beforeEach(freshPhone)

test.serial("version 1 keeps everything, and its runs get digests", async (t) => {
  await makeVersionOne(RUNS)
  const data = await windowOf(t)
  t.deepEqual(
    (await data.digests()).map(({ key, strides }) => [key, strides]),
    [
      ["0011223344556677-7-3", 76],
      ["0011223344556677-7-2", 76],
      ["0011223344556677-7-1", 76],
    ],
  )
  for (const run of RUNS) t.deepEqual(await data.run(run.key), run)
  t.deepEqual(
    (await data.devices()).map(({ name }) => name),
    ["Left knee"],
  )
  t.deepEqual(
    (await data.scores()).map(({ score }) => score),
    [2],
  )
  t.deepEqual(await data.preferences(), { scheme: "dark", asksForScores: false })
})

test.serial("version 2 keeps everything, its digests too, and has room for the coach", async (t) => {
  const rows = RUNS.map((run) => {
    const row = digestRow(run)
    return { ...row, digest: { ...row.digest, strides: 5 } }
  })
  await makeVersionTwo(RUNS, rows)
  const data = await windowOf(t)
  t.deepEqual(
    (await data.digests()).map(({ key, strides }) => [key, strides]),
    [...RUNS].reverse().map(({ key }) => [key, 5]),
  )
  for (const run of RUNS) t.deepEqual(await data.run(run.key), run)
  t.deepEqual(await data.coachEntries(), [])
  await data.keepCoachEntries([tested(5)])
  t.deepEqual(await data.coachEntries(), [tested(5)])
})

test.serial("an upgrade that breaks off is made up for at the next start", async (t) => {
  await makeVersionOne(RUNS)
  const full = () => {
    throw new DOMException("", "QuotaExceededError")
  }
  await withBreak(1, full, async () => {
    t.regex(await refusal(t, windowOf(t), "full"), /Your runs are all there/)
  })
  t.is((await (await windowOf(t)).digests()).length, RUNS.length)
})

for (const version of [DIGEST_VERSION - 1, DIGEST_VERSION + 1]) {
  test.serial(`digests of version ${version} are made anew, and only those`, async (t) => {
    await makeVersionOne(RUNS)
    await withWindow((data) => data.digests())
    const [{ key: stale }, { key: current }] = RUNS
    await alterDigest(stale, { version: version as RunDigest["version"], strides: 1 })
    await alterDigest(current, { strides: 2 })
    const strides = new Map(
      (await (await windowOf(t)).digests()).map((digest) => [digest.key, digest.strides]),
    )
    t.is(strides.get(stale), 76)
    t.is(strides.get(current), 2)
  })
}

async function alterDigest(key: string, change: Partial<RunDigest>): Promise<void> {
  const connection = new Connection(() => {})
  await connection.write("", async (transaction) => {
    const digests = transaction.objectStore("digests")
    const row = await digests.get(key)
    if (row) await digests.put({ ...row, digest: { ...row.digest, ...change } })
  })
  connection.close()
}
