/** All runs erased because the wearer wants it: none is left, none counts as lost, numbers go on; a power cut leaves some, whole. */
import test from "ava"
import { VirtualFlash } from "../../hosts/virtual/flash"
import { VirtualKeyValue } from "../../hosts/virtual/key-value"
import { CutPoint, PowerSupply } from "../../hosts/virtual/power"
import { RecordWriter } from "../../src/storage/flash-record"
import { RunArchive } from "../../src/storage/run-archive"
import type { Region } from "../../src/storage/segment-ring"

const REGION: Region = { id: 2, firstBlock: 0, segments: 6, blocksPerSegment: 4 }
const GEOMETRY = { size: 24 * 4096 }
const RUNS = 23
const record = (run: number) => new Uint8Array(1500).fill(run)

function bench(image?: Uint8Array) {
  const power = new PowerSupply()
  const flash = new VirtualFlash({ ...GEOMETRY, image, power })
  const keyValue = new VirtualKeyValue({}, power)
  const mount = () => new RunArchive(new RecordWriter(flash.open({ path: "runs" })), REGION, keyValue)
  return { power, flash, mount }
}

/** Three segments of runs; phones have every third. */
function filled() {
  const made = bench()
  const archive = made.mount()
  for (let run = 1; run <= RUNS; run++) archive.add(run, record(run))
  for (let run = 1; run <= RUNS; run += 3) archive.acknowledge(run)
  return { ...made, archive }
}
const idsOf = (archive: RunArchive) =>
  Array.from({ length: archive.length }, (_, index) => archive.at(index)?.id ?? Number.NaN)

test("no run is left, whether a phone has it or not, none is lost, and the next number is a new one", (t) => {
  const { archive, mount } = filled()
  const { generation } = archive
  archive.eraseAll()
  t.not(archive.generation, generation)
  for (const erased of [archive, mount()]) {
    t.deepEqual([erased.length, erased.acknowledged, erased.lost, erased.newestRun], [0, 0, 0, RUNS])
    t.is(erased.record(RUNS), undefined)
    t.throws(() => erased.add(RUNS, record(1)), { instanceOf: RangeError })
  }
  const after = mount()
  for (let run = RUNS + 1; run <= 4 * RUNS; run++) after.add(run, record(run))
  t.true(idsOf(after).every((run) => run > RUNS))
  // Those that were erased made room without being moved or lost.
  t.is(after.length + after.lost, 3 * RUNS)
})

test("an empty archive, and one that was never written, are erased like any", (t) => {
  const { mount } = bench()
  const archive = mount()
  t.notThrows(() => archive.eraseAll())
  archive.add(1, record(1))
  archive.eraseAll()
  t.notThrows(() => archive.eraseAll())
  t.is(archive.length, 0)
})

test("wherever power goes meanwhile, the younger runs are left whole, none counts as lost, and erasing again erases them", (t) => {
  const image = filled().flash.image()
  const whole = bench(image)
  const counted = whole.mount()
  const before = whole.power.operations
  counted.eraseAll()
  const operations = whole.power.operations - before
  t.true(operations >= 2 * RUNS, `${operations}`)
  let left = 0
  for (let operation = 1; operation <= operations; operation++)
    for (const point of [CutPoint.before, CutPoint.within, CutPoint.after]) {
      const cut = bench(image)
      const archive = cut.mount()
      cut.power.cutAt({ operation: cut.power.operations + operation, point, seed: operation })
      try {
        archive.eraseAll()
      } catch {
        // What storage made of it does not matter: nothing works any more.
      }
      t.false(cut.power.isOn)
      const again = bench(cut.flash.image())
      const found = again.mount()
      const ids = idsOf(found)
      t.deepEqual(
        ids,
        Array.from({ length: ids.length }, (_, index) => RUNS - ids.length + 1 + index),
      )
      for (const run of ids) t.deepEqual(found.record(run), record(run))
      t.deepEqual([found.newestRun, found.lost], [RUNS, 0])
      left += ids.length
      found.eraseAll()
      t.is(found.length, 0)
    }
  t.true(left > operations, "some of the cuts left some")
})
