/** Record access: the list, what is acknowledged, counted and deleted, and records by reads. */
import test from "ava"
import type { VirtualFlash } from "../../hosts/virtual/flash"
import { decode, type Values } from "../../src/ble/fields"
import { VALUE_LIMIT_BYTES } from "../../src/ble/profile"
import { AccessRequest, AccessResult } from "../../src/ble/record-layouts"
import { RUN_LIST, RunFlag } from "../../src/ble/run-layouts"
import type { FlashStorage } from "../../src/io"
import { AccessDesk, RECORD_HEAD_BYTES, RecordKind, recordOf } from "./access-desk"

/** Where the journal ends (src/storage/flash-layout.ts). */
const ARCHIVE_BLOCK = 24
const ACKNOWLEDGED = { request: AccessRequest.acknowledge, result: AccessResult.success, transfer: 0 }

function listed(desk: AccessDesk, from = 0): Values<typeof RUN_LIST> {
  return decode(RUN_LIST, desk.fetchAll(RecordKind.list, from))
}
const idsOf = (desk: AccessDesk, from = 0) => listed(desk, from).runs.map(({ runId }) => runId)

test("the list has a row for each run, with its boot; from a number on, if asked so", (t) => {
  const desk = new AccessDesk()
  t.deepEqual(listed(desk), { lostRuns: 0, runs: [] })
  for (const bytes of [200, 300, 8, 100]) desk.add(bytes)
  const row = { bootId: 7, flags: 0, startUnixS: 0, zoneQuarters: 0 }
  t.deepEqual(listed(desk).runs, [
    { ...row, runId: 1, recordBytes: 200 },
    { ...row, runId: 2, recordBytes: 300 },
    { ...row, runId: 3, recordBytes: 8 },
    { ...row, runId: 4, recordBytes: 100 },
  ])
  t.deepEqual(idsOf(desk, 3), [3, 4])
  t.deepEqual(idsOf(desk, 5), [])
})

test("any part of the list is the same as in the whole, in any order", (t) => {
  const desk = new AccessDesk(Array.from({ length: 40 }, (_, at) => 50 + at))
  desk.acknowledge(11)
  desk.responses()
  for (const from of [0, 7, 40]) {
    const whole = desk.fetchAll(RecordKind.list, from)
    for (let at = 0; at < whole.length; at += 7) {
      const offset = (at * 37) % whole.length
      desk.fetch(RecordKind.list, from, { offset, window: 2 })
      const [head, chunk] = desk.chunks()
      t.is(head?.bytes.length, RECORD_HEAD_BYTES)
      t.deepEqual(Buffer.from(chunk?.bytes ?? []), Buffer.from(whole.subarray(offset, offset + 17)))
    }
  }
})

test("runs that are moved behind younger ones are listed from a number on, too", (t) => {
  const desk = new AccessDesk([1500, 1500, 100, 100])
  for (let runs = 0; runs < 12; runs++) desk.acknowledge(desk.add(6000) - 2)
  const all = idsOf(desk)
  t.true(all.indexOf(1) > 0, `${all}`)
  t.deepEqual(
    idsOf(desk, 2),
    all.filter((id) => id >= 2),
  )
})

test("a list whose runs come or go while it is sent ends, and can be had anew", (t) => {
  const desk = new AccessDesk([100, 100, 100])
  desk.fetch(RecordKind.list, 0, { window: 2 })
  desk.add(100)
  desk.chunks()
  desk.more()
  t.deepEqual(desk.chunks(), [])
  t.like(desk.responses(), [{ request: AccessRequest.fetch, result: AccessResult.notCompleted }])
  t.is(idsOf(desk).length, 4)
})

test("an acknowledgement with another CRC is none", (t) => {
  const desk = new AccessDesk([100])
  desk.acknowledge(1, 0x12345678)
  t.deepEqual(desk.responses(), [{ ...ACKNOWLEDGED, result: AccessResult.crcDiffers, number: 1 }])
  t.is(listed(desk).runs[0]?.flags, 0)
  desk.acknowledge(1)
  t.deepEqual(desk.responses(), [{ ...ACKNOWLEDGED, number: 1 }])
  t.is(listed(desk).runs[0]?.flags, RunFlag.acknowledged | RunFlag.yours)
  desk.acknowledge(1)
  t.deepEqual(desk.responses(), [{ ...ACKNOWLEDGED, number: 1 }], "again is no matter")
  desk.acknowledge(2, 0)
  t.deepEqual(desk.responses(), [{ ...ACKNOWLEDGED, result: AccessResult.noRecords, number: 2 }])
})

test("each phone has a cursor of its own", (t) => {
  const desk = new AccessDesk([100, 100, 100])
  const [one, other] = [{ cursor: 0 }, { cursor: 0 }]
  const flags = () => listed(desk).runs.map(({ flags }) => flags)
  const both = RunFlag.acknowledged | RunFlag.yours
  desk.connection(one)
  desk.acknowledge(2)
  desk.acknowledge(1)
  t.deepEqual([one.cursor, flags()], [2, [both, both, 0]])
  desk.connection(other)
  t.deepEqual(flags(), [RunFlag.acknowledged, RunFlag.acknowledged, 0])
  desk.acknowledge(3, 1)
  t.deepEqual([other.cursor, flags()], [0, [RunFlag.acknowledged, RunFlag.acknowledged, 0]])
  desk.acknowledge(3)
  t.deepEqual([one.cursor, other.cursor, flags()], [2, 3, [both, both, both]])
})

const CHOICES: [
  operator: Parameters<AccessDesk["choose"]>[1],
  first: number,
  last: number,
  runs: number[],
][] = [
  ["all", 0, 0, [1, 2, 3, 4, 5]],
  ["upTo", 0, 2, [1, 2]],
  ["from", 4, 0, [4, 5]],
  ["within", 2, 4, [2, 3, 4]],
  ["within", 3, 3, [3]],
  ["within", 6, 9, []],
  ["first", 0, 0, [1]],
  ["last", 0, 0, [5]],
]
for (const [operator, first, last, runs] of CHOICES)
  test(`${operator} ${first} to ${last} counts ${runs.length}, and deletes those that a phone has`, (t) => {
    const desk = new AccessDesk([80, 80, 80, 80, 80])
    desk.choose("count", operator, first, last)
    t.deepEqual(desk.responses(), [
      { request: AccessRequest.count, result: AccessResult.success, transfer: 0, number: runs.length },
    ])
    const deletion = { request: AccessRequest.delete, transfer: 0 }
    desk.choose("delete", operator, first, last)
    const none = runs.length === 0 ? AccessResult.noRecords : AccessResult.notAcknowledged
    t.deepEqual(desk.responses(), [{ ...deletion, result: none, number: 0 }])
    t.is(idsOf(desk).length, 5, "without a phone that has it nothing is deleted")
    for (const run of [1, 3, 4]) desk.acknowledge(run)
    desk.connection()
    desk.responses()
    const going = runs.filter((run) => run !== 2 && run !== 5)
    desk.choose("delete", operator, first, last)
    t.deepEqual(desk.responses(), [
      going.length > 0
        ? { ...deletion, result: AccessResult.success, number: going.length }
        : { ...deletion, result: none, number: 0 },
    ])
    t.deepEqual(
      idsOf(desk),
      [1, 2, 3, 4, 5].filter((run) => !going.includes(run)),
    )
    for (const run of idsOf(desk))
      t.deepEqual(new Uint8Array(desk.fetchAll(RecordKind.run, run)), recordOf(run, 80))
    t.is(desk.add(80), 6)
  })

test("operands that do not go with the operator are answered so", (t) => {
  const desk = new AccessDesk([80])
  for (const [operator, first, last] of [
    ["all", 1, 0],
    ["all", 0, 1],
    ["upTo", 1, 1],
    ["from", 1, 1],
    ["within", 2, 1],
    ["first", 1, 0],
  ] as const) {
    desk.choose("delete", operator, first, last)
    t.like(desk.responses(), [{ result: AccessResult.invalidOperand }], `${operator} ${first} ${last}`)
  }
})

test("before a selection there is none to read", (t) => {
  t.deepEqual(new AccessDesk([80]).part(), {
    head: { kind: 0, runId: 0, totalBytes: 0, offset: 0, crc: 0 },
    bytes: new Uint8Array(0),
  })
})

test("by reads a record comes in parts of a value, each the same twice", (t) => {
  const desk = new AccessDesk([1200])
  const parts: Uint8Array[] = []
  for (let offset = 0; offset < 1200; ) {
    desk.select(RecordKind.run, 1, offset)
    t.deepEqual(desk.responses(), [
      { request: AccessRequest.select, result: AccessResult.success, transfer: 0, number: 1200 },
    ])
    const { head, bytes } = desk.part()
    t.like(head, { kind: RecordKind.run, runId: 1, totalBytes: 1200, offset })
    t.is(bytes.length, Math.min(VALUE_LIMIT_BYTES - RECORD_HEAD_BYTES, 1200 - offset))
    t.deepEqual(desk.part(), { head, bytes })
    parts.push(bytes)
    offset += bytes.length
    desk.add(100)
  }
  t.deepEqual(new Uint8Array(Buffer.concat(parts)), recordOf(1, 1200))
})

test("by reads, too, the list's parts may be read in any order", (t) => {
  const desk = new AccessDesk(Array.from({ length: 40 }, (_, at) => 30 + at))
  const whole = desk.fetchAll(RecordKind.list, 0)
  for (const offset of [600, 1, 300, 17, 5, 600]) {
    desk.select(RecordKind.list, 0, offset)
    const length = Math.min(VALUE_LIMIT_BYTES - RECORD_HEAD_BYTES, whole.length - offset)
    t.deepEqual(Buffer.from(desk.part().bytes), Buffer.from(whole.subarray(offset, offset + length)))
  }
})

test("a selection that is refused leaves the one before it", (t) => {
  const desk = new AccessDesk([80])
  desk.select(RecordKind.run, 1, 5)
  const part = desk.part()
  for (const [kind, run, offset, result] of [
    [RecordKind.run, 2, 0, AccessResult.noRecords],
    [RecordKind.run, 1, 81, AccessResult.offsetPastEnd],
    [RecordKind.bends, 2, 0, AccessResult.invalidOperand],
    [RecordKind.list, 0, 99, AccessResult.offsetPastEnd],
  ] as const) {
    desk.responses()
    desk.select(kind, run, offset)
    t.like(desk.responses(), [{ request: AccessRequest.select, result }])
    t.deepEqual(desk.part(), part)
  }
})

test("a list that has changed since it was selected is not mixed with the new one", (t) => {
  const desk = new AccessDesk(Array.from({ length: 50 }, () => 20))
  desk.select(RecordKind.list)
  const { bytes } = desk.part()
  desk.add(20)
  t.is(desk.part().head.kind, 0)
  desk.select(RecordKind.list, 0, bytes.length)
  t.not(desk.part().head.totalBytes, 5 + 50 * 16)
  desk.select(RecordKind.list)
  desk.add(20)
  desk.select(RecordKind.list)
  t.is(desk.part().head.totalBytes, 5 + 52 * 16, "from 0 it is taken anew")
})

test("a run that no flash has taken is listed, fetched, acknowledged and deleted from memory", (t) => {
  const broken: FlashStorage = {
    open: () => {
      throw new Error("no flash")
    },
  }
  const desk = new AccessDesk([], broken)
  t.throws(() => desk.add(100), { message: "no flash" })
  t.deepEqual(idsOf(desk), [1])
  t.is(listed(desk).runs[0]?.flags, 0)
  t.deepEqual(new Uint8Array(desk.fetchAll(RecordKind.run, 1)), recordOf(1, 100))
  desk.choose("delete", "all")
  t.like(desk.responses(), [{ result: AccessResult.notAcknowledged }])
  desk.acknowledge(1)
  t.is(listed(desk).runs[0]?.flags, RunFlag.acknowledged | RunFlag.yours)
  desk.fetch(RecordKind.list, 0, { window: 1 })
  desk.choose("delete", "all")
  t.like(desk.responses(), [{ result: AccessResult.success, number: 1 }])
  desk.more()
  t.like(desk.responses(), [{ result: AccessResult.notCompleted }])
  t.deepEqual(idsOf(desk), [])
  t.throws(() => desk.add(100))
  t.deepEqual(idsOf(desk), [2])
})

test("a list that cannot be read any more on its way is a fault, ends, and is asked for anew", (t) => {
  for (const way of ["chunks", "parts"]) {
    const desk = new AccessDesk(Array.from({ length: 40 }, () => 20))
    const flash = desk.flash as VirtualFlash
    if (way === "chunks") desk.fetch(RecordKind.list, 0)
    else desk.select(RecordKind.list)
    const responses = desk.responses().length
    // The archive's first block, with the directory of its first segment.
    flash.setFault(ARCHIVE_BLOCK, "readError")
    if (way === "chunks") {
      let ended = desk.responses()
      for (; ended.length === 0; ended = desk.responses()) desk.more()
      t.like(ended, [{ request: AccessRequest.fetch, result: AccessResult.notCompleted }])
    } else {
      t.is(desk.part().head.kind, 0)
      t.is(responses, 1)
    }
    t.regex(String(desk.failures), /runs cannot be read any more/)
    t.deepEqual(idsOf(desk), [33, 34, 35, 36, 37, 38, 39, 40])
  }
})
