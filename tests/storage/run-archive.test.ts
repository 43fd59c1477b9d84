/** Closed runs in flash: added, found, acknowledged, moved and lost as docs/flash-format.md says. */
import test from "ava"
import fc from "fast-check"
import { VirtualFlash } from "../../hosts/virtual/flash"
import { EXAMPLE_FIRMWARE } from "../../simulator/docs/example-run"
import { BLOCKS, capacity, runOf } from "../../simulator/docs/flash-capacity"
import { encodeRunRecord } from "../../src/ble/run-codec"
import type { Flash } from "../../src/io"
import { divide } from "../../src/storage/flash-layout"
import { RecordWriter } from "../../src/storage/flash-record"
import { RunArchive } from "../../src/storage/run-archive"
import type { Region } from "../../src/storage/segment-ring"
import { MemoryStorage } from "./virtual-storage"

const SMALL: Region = { id: 2, firstBlock: 8, segments: 6, blocksPerSegment: 4 }
const BIG: Region = { id: 2, firstBlock: 24, segments: 58, blocksPerSegment: 4 }

function bench(region: Region, flash: Flash = new VirtualFlash().open({ path: "runs" })) {
  const keyValue = new MemoryStorage()
  const mount = () => new RunArchive(new RecordWriter(flash), region, keyValue)
  return { flash, keyValue, mount }
}

/** Bytes that no other run has. */
function recordOf(run: number, bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, at) => (run * 31 + at * 7 + (at >> 8)) & 0xff)
}
const idsOf = (archive: RunArchive) =>
  Array.from({ length: archive.length }, (_, index) => archive.at(index)?.id ?? Number.NaN)

test("what was added is read back byte for byte, before and after it is mounted anew", (t) => {
  const { mount } = bench(BIG)
  let archive = mount()
  t.deepEqual([archive.length, archive.newestRun, archive.lost], [0, 0, 0])
  t.is(archive.at(0), undefined)
  t.is(archive.record(1), undefined)
  const sizes = [0, 1, 47, 48, 49, 64, 1000, 6500, 300]
  sizes.forEach((bytes, index) => {
    archive.add(index + 1, recordOf(index + 1, bytes))
  })
  for (const turn of ["as added", "mounted anew"]) {
    t.is(archive.newestRun, sizes.length, turn)
    t.deepEqual(idsOf(archive), [1, 2, 3, 4, 5, 6, 7, 8, 9])
    sizes.forEach((bytes, index) => {
      t.is(archive.at(index)?.recordBytes, bytes)
      t.deepEqual(archive.record(index + 1), recordOf(index + 1, bytes))
    })
    archive = mount()
  }
})

test("a full archive loses its oldest runs when no phone has any, and counts them", (t) => {
  const { mount } = bench(SMALL)
  let archive = mount()
  const RUNS = 200
  for (let run = 1; run <= RUNS; run++) {
    archive.add(run, recordOf(run, 1200))
    if (run % 7 === 0) archive = mount()
    const ids = idsOf(archive)
    t.is(ids.length + archive.lost, run)
    t.deepEqual(
      [...ids].sort((a, b) => a - b),
      Array.from({ length: ids.length }, (_, index) => run - ids.length + 1 + index),
      "the newest are there",
    )
  }
  // Four segments less the one that is written hold 11 runs each at least.
  t.true(archive.length >= 33, `${archive.length}`)
  for (const run of idsOf(archive)) t.deepEqual(archive.record(run), recordOf(run, 1200))
})

test("1 MB holds 150 runs of an hour at least, in 64 bouts each, and as many of any as the document says", (t) => {
  for (const [bouts, minutes, buzzes] of [
    [64, 60, 20],
    [1, 60, 0],
    [2, 5, 0],
  ] as const) {
    const run = runOf(bouts, minutes, buzzes)
    const record = encodeRunRecord(run, EXAMPLE_FIRMWARE)
    const archive = bench(divide(BLOCKS).archive).mount()
    let newest = 0
    while (archive.lost === 0) archive.add(++newest, record)
    t.is(archive.length, newest - archive.lost)
    t.is(archive.length, capacity(run).runs)
    if (minutes === 60) t.true(archive.length >= 150, `${archive.length}`)
  }
})

test("while a phone has some, no other is lost", (t) => {
  const { mount } = bench(SMALL)
  const archive = mount()
  let run = 0
  while (archive.lost === 0 && run < 30) archive.add(++run, recordOf(run, 1200))
  // The newest, so that all others have to be moved to get at them.
  for (let back = 0; back < 8; back++) t.true(archive.acknowledge(run - back))
  const kept = idsOf(archive).filter((id) => id <= run - 8)
  let added = 0
  while (archive.acknowledged > 0 && added < 40) {
    archive.add(++run, recordOf(run, 1200))
    added++
    t.is(
      archive.lost,
      0,
      `run ${run}, ${archive.acknowledged} acknowledged, ${archive.length}, added ${added}`,
    )
  }
  for (const id of kept) t.deepEqual(archive.record(id), recordOf(id, 1200), `run ${id}`)
})

test("in any order of adding, acknowledging, dropping, stamping and mounting it holds what a list would", (t) => {
  const action = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ do: fc.constant("add" as const), bytes: fc.integer({ min: 1, max: 6500 }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constantFrom("acknowledge", "drop", "stamp"), which: fc.nat(40) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("mount" as const) }) },
  )
  fc.assert(
    fc.property(fc.array(action, { minLength: 20, maxLength: 80 }), (actions) => {
      const { mount } = bench(SMALL)
      let archive = mount()
      let newest = 0
      const model = new Map<number, { bytes: number; has: boolean; unixS: number }>()
      for (const step of actions) {
        const hadSome = [...model.values()].some(({ has }) => has)
        const before = archive.lost
        if (step.do === "add" && "bytes" in step) {
          archive.add(++newest, recordOf(newest, step.bytes))
          model.set(newest, { bytes: step.bytes, has: false, unixS: 0 })
        } else if ("which" in step) {
          const run = newest - step.which
          const known = model.get(run)
          if (step.do === "acknowledge") {
            if (archive.acknowledge(run) !== (known !== undefined)) throw new Error(`acknowledge ${run}`)
            if (known) known.has = true
          } else if (step.do === "drop") {
            if (archive.dropWithin(run, run) !== (known?.has ? 1 : 0)) throw new Error(`drop ${run}`)
            if (known?.has) model.delete(run)
          } else {
            if (archive.stamp(run, 1_800_000_000 + run, 4) !== (known !== undefined)) throw new Error("stamp")
            if (known) known.unixS = 1_800_000_000 + run
          }
        } else archive = mount()
        const there = new Set(idsOf(archive))
        for (const [run, { has }] of model)
          if (!there.has(run)) {
            if (!has && archive.lost === before) throw new Error(`run ${run} is gone, and not counted`)
            if (!has && hadSome && [...model].some(([other, known]) => known.has && there.has(other)))
              throw new Error(`run ${run} was lost while a phone had others`)
            model.delete(run)
          }
        if (there.size !== model.size) throw new Error(`${[...there]} are there, not ${[...model.keys()]}`)
        if (archive.acknowledged !== [...model.values()].filter(({ has }) => has).length)
          throw new Error("acknowledged")
        for (let index = 0; index < archive.length; index++) {
          const row = archive.at(index)
          const known = model.get(row?.id ?? 0)
          if (
            row?.recordBytes !== known?.bytes ||
            row?.isAcknowledged !== known?.has ||
            row?.unixS !== known?.unixS
          )
            throw new Error(`row ${JSON.stringify(row)}`)
        }
      }
      for (const [run, { bytes }] of model)
        if (Buffer.compare(archive.record(run) ?? new Uint8Array(0), recordOf(run, bytes)) !== 0)
          throw new Error(`run ${run}`)
    }),
    { numRuns: 100 },
  )
  t.pass()
})
