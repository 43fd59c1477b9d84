/** The reader of flash images says what the firmware's own log says of the same flash. */
import test from "ava"
import fc from "fast-check"
import { EXAMPLE_FIRMWARE } from "../../../simulator/docs/example-run"
import { type FlashLog, readFlashLog } from "../../../simulator/flash/flash-log"
import type { RunArchive, RunEntry } from "../../../src/storage/run-archive"
import { Partition, recordOf, runOf } from "./image-maker"

/** What the archive has, by number. */
function told(archive: RunArchive) {
  const rows = Array.from({ length: archive.length }, (_, index) => archive.at(index) as RunEntry)
  return rows
    .map(({ bootId, ...row }) => ({
      ...row,
      record: Buffer.from(archive.record(row.id) ?? []).toString("hex"),
    }))
    .sort((one, other) => one.id - other.id)
}

function read({ runs }: FlashLog) {
  return runs
    .filter(({ standing }) => standing === "kept")
    .map(({ run, length, isAcknowledged, unixS, zoneQuarters, payload }) => ({
      id: run,
      recordBytes: length,
      isAcknowledged,
      unixS,
      zoneQuarters,
      record: Buffer.from(payload ?? []).toString("hex"),
    }))
}

test("an erased partition is an empty log", (t) => {
  const log = readFlashLog(new Partition(256).image())
  t.deepEqual([log.runs, log.open, log.damages, log.notes], [[], undefined, [], []])
  t.like(log.partition, { bytes: 1 << 20, blocks: 256 })
  t.deepEqual(log.partition.journal, { segments: 6, used: 0, free: 6, foreign: 0, newest: 0 })
  t.deepEqual(log.partition.archive, { segments: 58, used: 0, free: 58, foreign: 0, newest: 0 })
})

test("a run is told with its record, its time and what became of it", (t) => {
  const partition = new Partition()
  const { archive } = partition
  for (const id of [1, 2, 3]) archive.add(id, recordOf(id))
  archive.acknowledge(1)
  archive.acknowledge(2)
  archive.dropWithin(1, 1)
  archive.stamp(3, 1_800_000_000, -14)
  const log = readFlashLog(partition.image())
  t.deepEqual(log.damages, [])
  t.deepEqual(
    log.runs.map(({ run, standing, isAcknowledged, unixS, zoneQuarters }) => [
      ...[run, standing, isAcknowledged, unixS, zoneQuarters],
    ]),
    [
      [1, "dropped", true, 0, 0],
      [2, "kept", true, 0, 0],
      [3, "kept", false, 1_800_000_000, -14],
    ],
  )
  t.deepEqual(log.runs[2]?.decoded, { run: runOf(3), firmware: EXAMPLE_FIRMWARE })
  t.deepEqual(read(log), told(archive) as never)
})

test("after any adding, acknowledging, dropping, stamping and mounting it says what the archive says, and that all is whole", (t) => {
  const action = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ do: fc.constant("add" as const), which: fc.integer({ min: 0, max: 350 }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constantFrom("acknowledge" as const, "drop" as const, "stamp" as const),
        which: fc.nat(20),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("mount" as const), which: fc.constant(0) }) },
  )
  let moved = 0
  fc.assert(
    fc.property(fc.array(action, { minLength: 20, maxLength: 80 }), (actions) => {
      const partition = new Partition()
      let newest = 0
      for (const step of actions) {
        if (step.do === "add") partition.archive.add(++newest, recordOf(newest, step.which))
        else if (step.do === "mount") partition.mount()
        else if (step.do === "stamp") partition.archive.stamp(newest - step.which, 1_800_000_000 + newest, 8)
        else if (step.do === "drop") partition.archive.dropWithin(newest - step.which, newest - step.which)
        else partition.archive.acknowledge(newest - step.which)
      }
      const log = readFlashLog(partition.image())
      t.deepEqual(log.damages, [])
      t.deepEqual(read(log), told(partition.archive) as never)
      const ids = Array.from(
        { length: partition.archive.length },
        (_, at) => partition.archive.at(at)?.id ?? 0,
      )
      if (ids.some((id, at) => id < (ids[at - 1] ?? 0))) moved++
    }),
    { numRuns: 60, seed: 5 },
  )
  t.true(moved > 0, "runs were moved in some of them")
})

test("the open run is the newest state of the journal, until its run or a later one is in the archive", (t) => {
  const partition = new Partition()
  for (let second = 0; second < 600; second += 5) partition.keep(4, 1000 * second)
  const open = readFlashLog(partition.image())
  t.like(open.open, { run: 4, bootId: 3, uptimeMs: 595_000, retainedMs: null })
  t.deepEqual(open.damages, [])
  t.true(open.partition.journal.used > 1, "it went on in another segment")
  partition.archive.add(4, recordOf(4))
  t.is(readFlashLog(partition.image()).open, undefined)
  partition.mount()
  partition.keep(5, 700, 4)
  t.like(readFlashLog(partition.image()).open, { run: 5, bootId: 4, uptimeMs: 700, states: 1 })
})

test("a journal that has gone round holds the newest state all the same", (t) => {
  const partition = new Partition()
  for (let second = 0; second < 6000; second += 5) {
    partition.keep(4, 1000 * second)
    if (second % 1000 === 0) partition.mount()
  }
  const log = readFlashLog(partition.image())
  t.like(log.open, { run: 4, uptimeMs: 5_995_000 })
  t.is(log.partition.journal.used, 6)
  t.deepEqual([log.damages, log.notes], [[], []])
})
