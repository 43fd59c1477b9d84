import test from "ava"
import fc from "fast-check"
import { EXAMPLE_FIRMWARE, EXAMPLE_RUN } from "../../simulator/docs/example-run"
import {
  decodeBends,
  decodeRunHead,
  decodeRunRecord,
  decodeRunSummary,
  encodeBends,
  encodeRunRecord,
  RUN_SUMMARY_BYTES,
} from "../../src/ble/run-codec"
import { firmwares, runs } from "./run-arbitrary"

test("a run comes back from its record whole, with the firmware that counted it", (t) => {
  fc.assert(
    fc.property(runs, firmwares, (run, firmware) => {
      t.deepEqual(decodeRunRecord(encodeRunRecord(run, firmware)), { run, firmware })
    }),
    { numRuns: 50 },
  )
})

test("pain marks, bouts and blocks decoded one by one are those of the whole record, and past the end there are none", (t) => {
  fc.assert(
    fc.property(runs, firmwares, (run, firmware) => {
      const head = decodeRunHead(encodeRunRecord(run, firmware))
      const { pains, bouts, blocks, ...rest } = head.run
      const { pains: allPains, bouts: allBouts, blocks: allBlocks, ...whole } = run
      t.is(head.firmware, firmware)
      // Beside these it has what the record calls by other names.
      t.like(rest, whole)
      t.deepEqual(
        Array.from({ length: pains.length }, (_, index) => pains.at(index)),
        allPains,
      )
      t.deepEqual(
        Array.from({ length: bouts.length }, (_, index) => bouts.at(index)),
        allBouts,
      )
      t.deepEqual(
        Array.from({ length: blocks.length }, (_, index) => blocks.at(index)),
        allBlocks,
      )
      t.is(bouts.at(bouts.length), undefined)
    }),
    { numRuns: 50 },
  )
})

test("a record cut anywhere is refused, naming where it ends", (t) => {
  fc.assert(
    fc.property(runs, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (run, share) => {
      const record = encodeRunRecord(run, EXAMPLE_FIRMWARE)
      const cut = record.slice(0, Math.floor(share * record.length))
      t.throws(() => decodeRunRecord(cut), { instanceOf: RangeError, message: /truncated at offset \d+/ })
    }),
    { numRuns: 50 },
  )
})

test("a record of another version is refused", (t) => {
  const record = encodeRunRecord(EXAMPLE_RUN, EXAMPLE_FIRMWARE)
  record[0] = 5
  t.throws(() => decodeRunRecord(record), {
    message: "run record: version 5 at offset 0; this reader knows 4: update it",
  })
})

test("the record begins with the run summary: the run without its lists", (t) => {
  const summary = encodeRunRecord(EXAMPLE_RUN, EXAMPLE_FIRMWARE).subarray(0, RUN_SUMMARY_BYTES)
  const { buzzes, pains, bouts, blocks, ...run } = EXAMPLE_RUN
  t.deepEqual(decodeRunSummary(summary), { run, firmware: EXAMPLE_FIRMWARE })
})

test("numbers that outgrow their fields are stored as the largest", (t) => {
  const run = { ...EXAMPLE_RUN, milliLoad: 2 ** 40, contactTimeMedianMs: 70_000 }
  const { milliLoad, contactTimeMedianMs } = decodeRunRecord(encodeRunRecord(run, EXAMPLE_FIRMWARE)).run
  t.deepEqual([milliLoad, contactTimeMedianMs], [0xffffffff, 0xffff])
})

test("a firmware version that is none does not keep a run from being encoded", (t) => {
  t.is(decodeRunRecord(encodeRunRecord(EXAMPLE_RUN, "dev")).firmware, "0.0.0")
  t.is(decodeRunRecord(encodeRunRecord(EXAMPLE_RUN, "1.2.3-rc1")).firmware, "1.2.3")
})

test("bends come back from their record", (t) => {
  const bends = [
    { timeMs: 9400, peakCdeg: 4800 },
    { timeMs: 0xffffffff, peakCdeg: -50 },
  ]
  t.deepEqual(decodeBends(encodeBends({ bends, bendsDropped: 3 })), { bends, bendsDropped: 3 })
})
