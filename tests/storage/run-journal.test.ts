/** The open run in flash: its newest state is found again, with the lists that belong to it. */
import test from "ava"
import fc from "fast-check"
import { VirtualFlash } from "../../hosts/virtual/flash"
import { PowerSupply } from "../../hosts/virtual/power"
import type { StateReader, StateWriter } from "../../src/state-bytes"
import { RecordWriter } from "../../src/storage/flash-record"
import { type JournalledRun, type JournalMark, RunJournal } from "../../src/storage/run-journal"
import type { Region } from "../../src/storage/segment-ring"

const REGION: Region = { id: 1, firstBlock: 0, segments: 6, blocksPerSegment: 4 }

/** A run whose state is a number and whose lists are so many bytes of another. */
class MadeUpRun implements JournalledRun {
  listsVersion = 0
  state: number
  stateBytes: number
  listBytes: number
  constructor(state: number, stateBytes: number, listBytes: number) {
    this.state = state
    this.stateBytes = stateBytes
    this.listBytes = listBytes
  }
  finishStride(): void {}
  writeState(out: StateWriter): void {
    out.u32(this.state)
    for (let at = 0; at < this.stateBytes; at++) out.u8((this.state + at) & 0xff)
  }
  writeLists(out: StateWriter): void {
    out.u32(this.listsVersion)
    for (let at = 0; at < this.listBytes; at++) out.u8((this.listsVersion + at) & 0xff)
  }
}

const mark = (over: Partial<JournalMark> = {}): JournalMark => ({
  runId: 7,
  bootId: 3,
  uptimeMs: 1000,
  retainedMs: 0xffff_ffff,
  ...over,
})
const rest = (reader: StateReader, bytes: number) => Array.from({ length: bytes }, () => reader.u8())

function bench() {
  const flash = new VirtualFlash().open({ path: "runs" })
  return { flash, mount: () => new RunJournal(new RecordWriter(flash), REGION) }
}

test("a blank flash has nothing left", (t) => {
  t.is(bench().mount().left(), undefined)
})

test("what was kept last is left, byte for byte", (t) => {
  const { mount } = bench()
  const journal = mount()
  const run = new MadeUpRun(1, 400, 900)
  t.true(journal.keep(run, mark()))
  run.state = 2
  t.true(journal.keep(run, mark({ uptimeMs: 6000, retainedMs: 77 })))
  const left = mount().left()
  t.like(left, { runId: 7, bootId: 3, uptimeMs: 6000, retainedMs: 77 })
  if (!left) return
  t.is(left.state.u32(), 2)
  t.deepEqual(
    rest(left.state, 400),
    Array.from({ length: 400 }, (_, at) => (2 + at) & 0xff),
  )
  t.throws(() => left.state.u8(), { instanceOf: RangeError })
  t.is(left.lists.u32(), 0)
  t.is(rest(left.lists, 900).length, 900)
  t.throws(() => left.lists.u8(), { instanceOf: RangeError })
})

test("where the stride that is finished for a state closes a minute, what is left has lists of its own at every power cut", (t) => {
  class ClosingRun extends MadeUpRun {
    isHalfCounted = false
    override finishStride(): void {
      if (this.isHalfCounted) this.listsVersion++
      this.isHalfCounted = false
    }
    override writeState(out: StateWriter): void {
      this.finishStride()
      out.u32(this.listsVersion)
    }
  }
  const power = new PowerSupply()
  for (let operation = 1; ; operation++) {
    const storage = new VirtualFlash({ power }).open({ path: "runs" })
    const journal = new RunJournal(new RecordWriter(storage), REGION)
    const run = new ClosingRun(0, 0, 100)
    t.true(journal.keep(run, mark()))
    run.isHalfCounted = true
    power.cutAt({ operation: power.operations + operation, point: "after" })
    try {
      journal.keep(run, mark())
    } catch {
      // Nothing works any more.
    }
    if (power.isOn) break
    power.turnOn()
    const left = new RunJournal(new RecordWriter(storage), REGION).left()
    t.is(left?.state.u32(), left?.lists.u32())
  }
})

test("any number of states of any length, lists that change now and then, and mounts in between: the newest is left", (t) => {
  const step = fc.record({
    stateBytes: fc.integer({ min: 0, max: 3500 }),
    listBytes: fc.integer({ min: 0, max: 8000 }),
    hasListsChanged: fc.boolean(),
    isMounted: fc.integer({ min: 0, max: 9 }).map((draw) => draw === 0),
  })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
      const { mount } = bench()
      let journal = mount()
      const run = new MadeUpRun(0, 0, 0)
      steps.forEach(({ stateBytes, listBytes, hasListsChanged, isMounted }, index) => {
        if (isMounted) journal = mount()
        run.state = index
        run.stateBytes = stateBytes
        if (hasListsChanged) {
          run.listsVersion++
          run.listBytes = listBytes
        }
        if (!journal.keep(run, mark({ uptimeMs: index }))) throw new Error("not kept")
        const left = mount().left()
        if (left?.uptimeMs !== index || left.state.u32() !== index)
          throw new Error(`${left?.uptimeMs} is left`)
        if (left.lists.u32() !== run.listsVersion) throw new Error("other lists")
        rest(left.state, stateBytes)
        rest(left.lists, run.listBytes)
      })
    }),
    { numRuns: 40 },
  )
  t.pass()
})

test("another run's lists are not taken for this one's, though their version is the same", (t) => {
  const { mount } = bench()
  const journal = mount()
  t.true(journal.keep(new MadeUpRun(1, 10, 100), mark()))
  journal.runStarted()
  t.true(journal.keep(new MadeUpRun(2, 10, 5), mark({ runId: 8 })))
  const left = mount().left()
  t.is(left?.runId, 8)
  left?.lists.u32()
  if (left) rest(left.lists, 5)
  t.throws(() => left?.lists.u8(), { instanceOf: RangeError })
})

test("an hour of states every 5 s erases no block more than 15 times", (t) => {
  const flash = new VirtualFlash()
  const journal = new RunJournal(new RecordWriter(flash.open({ path: "runs" })), REGION)
  const run = new MadeUpRun(0, 600, 0)
  for (let state = 0; state < 720; state++) {
    if (state % 12 === 0) {
      run.listsVersion++
      run.listBytes = 14 * (state / 12) + 66 * 4
    }
    journal.keep(run, mark())
  }
  const counts = [...flash.erases.subarray(0, 24)]
  t.true(Math.max(...counts) <= 15, `${counts}`)
  t.true(Math.max(...counts) - Math.min(...counts) <= 1, "each block as often")
})
