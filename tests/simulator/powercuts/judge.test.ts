/** Whatever a device may get wrong after a power cut is noticed: one thing after the other is made wrong in what a sound one says. */
import test from "ava"
import { CutPoint } from "../../../hosts/virtual/power"
import { allCuts, sampleOf } from "../../../simulator/powercuts/cut-list"
import { type Found, judge, LOSS_LIMIT_S } from "../../../simulator/powercuts/judge"
import type { KnownRun } from "../../../simulator/powercuts/known"
import { carryOut, leftBy, storageOf, storedIn } from "../../../simulator/powercuts/operation"
import { recover } from "../../../simulator/powercuts/recovery"
import { playReference } from "../../../simulator/powercuts/reference"
import { decodeRunRecord } from "../../../src/ble/run-codec"

const reference = await playReference()
const [, , third] = reference.played
if (!third) throw new Error("no third run")
const THIRD = third.run.id
/** In the middle of the third run, whose bouts both have strides by then. */
const CUT = reference.operations.findIndex(({ atMs }) => atMs > third.run.startMs + 80_000) + 1
const CLOSED = 13
const NEVER_RUN = 99

async function recovered(): Promise<Found> {
  const storage = storageOf(reference.before)
  for (const { operation } of reference.operations.slice(0, CUT - 1)) carryOut(operation, storage)
  const operation = reference.operations[CUT - 1]?.operation
  if (!operation) throw new Error(`no operation ${CUT}`)
  return (await recover(leftBy(storedIn(storage), operation, { point: CutPoint.within, seed: CUT }))).found
}
const sound = await recovered()
const runOf = (id: number): KnownRun => {
  const run = sound.runs.get(id)
  if (!run) throw new Error(`no run ${id}`)
  return run
}
const withRun = (id: number, over: Partial<KnownRun>): Partial<Found> => ({
  runs: new Map([...sound.runs, [id, { ...runOf(sound.runs.has(id) ? id : CLOSED), ...over }]]),
  rows: sound.rows + (sound.runs.has(id) ? 0 : 1),
})
const without = (id: number): Partial<Found> => ({
  runs: new Map([...sound.runs].filter(([other]) => other !== id)),
  rows: sound.rows - 1,
})
const changed = (record: Uint8Array, at: number) =>
  record.map((byte, index) => (index === at ? byte ^ 1 : byte))

test("what a sound device says is well, and the open run has lost some seconds of running", (t) => {
  const { lost, invented, lossS, wrong } = judge(sound, reference, CUT)
  t.deepEqual({ lost, invented, wrong }, { lost: 0, invented: 0, wrong: [] })
  t.true(lossS > 0 && lossS < LOSS_LIMIT_S, `${lossS}`)
  t.true((decodeRunRecord(runOf(THIRD).record).run.bouts.length ?? 0) === 2)
})

const CASES: readonly [what: string, over: Partial<Found>, lost: number, invented: number][] = [
  ["a closed run is missing", without(CLOSED), 1, 0],
  ["a closed run has another byte", withRun(CLOSED, { record: changed(runOf(CLOSED).record, 40) }), 1, 0],
  ["a closed run cannot be read", withRun(CLOSED, { record: new Uint8Array(0) }), 1, 0],
  ["the open run cannot be read", withRun(THIRD, { record: new Uint8Array(0) }), 0, 1],
  ["a run that nobody has run", withRun(NEVER_RUN, {}), 0, 1],
  ["a run is there twice", { rows: sound.rows + 1 }, 0, 1],
  ["the open run is acknowledged", withRun(THIRD, { isAcknowledged: true }), 0, 1],
  ["the open run is whole before it was run", withRun(THIRD, { record: third.record }), 0, 1],
  ["the open run is gone", without(THIRD), 0, 0],
  ["a run is acknowledged that no phone has", withRun(CLOSED, { isAcknowledged: true }), 0, 0],
  ["an acknowledged run is not any more", withRun(12, { isAcknowledged: false }), 0, 0],
  ["a run has lost its date", withRun(CLOSED, { startUnixS: 0 }), 0, 0],
  ["a setting is another", { settings: sound.settings.replace(/35/, "34") }, 0, 0],
  ["the name is another", { name: "Patella" }, 0, 0],
  ["the calibration is gone", { isCalibrated: false, calibrationVersion: 0 }, 0, 0],
  ["runs are counted as lost", { lostRuns: 1 }, 0, 0],
  ["the boot's number is there again", { bootId: sound.bootId - 1 }, 0, 0],
  ["the status tells of damage", { hasDamage: true }, 0, 0],
  ["the device told of a fault", { faults: ["run 14, which was open, cannot be read"] }, 0, 0],
]
for (const [what, over, lost, invented] of CASES)
  test(`noticed: ${what}`, (t) => {
    const verdict = judge({ ...sound, ...over }, reference, CUT)
    t.true(verdict.wrong.length > 0)
    t.deepEqual([verdict.lost, verdict.invented], [lost, invented])
  })

test("a run that was dropped and is there again is made up", (t) => {
  const last = reference.known.at(-1)
  if (!last) return
  const operation = reference.operations.length
  const dropped = reference.runs.get(2)
  const again = { record: dropped?.record ?? new Uint8Array(0), isAcknowledged: true, startUnixS: 0 }
  const found = { ...last, bootId: last.bootId + 1, faults: [] }
  t.deepEqual(judge(found, reference, operation).wrong, [])
  const verdict = judge(
    { ...found, runs: new Map([...last.runs, [2, again]]), rows: last.rows + 1 },
    reference,
    operation,
  )
  t.is(verdict.invented, 1)
})

test("a sample is the same each time, from all over, and all when it is as many", (t) => {
  const cuts = allCuts(reference.operations)
  const sample = sampleOf(cuts, 50)
  t.deepEqual(sampleOf(cuts, 50), sample)
  t.is(new Set(sample).size, 50)
  t.true(
    (sample[0]?.operation ?? 0) < 20 && (sample.at(-1)?.operation ?? 0) > reference.operations.length - 20,
  )
  t.is(new Set(sample.map(({ point }) => point)).size, 3)
  t.is(sampleOf(cuts, cuts.length + 1).length, cuts.length)
})
