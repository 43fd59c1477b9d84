/** Record access, transfer by transfer: what a phone asks for by bytes, and all that it gets for it. */
import test from "ava"
import { decode } from "../../src/ble/fields"
import { IDLE_MS } from "../../src/ble/record-access"
import { AccessRequest, AccessResult, WINDOW_MAX } from "../../src/ble/record-layouts"
import { BENDS } from "../../src/ble/run-layouts"
import { crc32 } from "../../src/storage/crc32"
import { AccessDesk, headIn, RecordKind, recordOf } from "./access-desk"

const FETCHED = { request: AccessRequest.fetch, result: AccessResult.success, transfer: 1 }
const NOT_COMPLETED = { ...FETCHED, result: AccessResult.notCompleted }

for (const chunkBytes of [20, 61, 182, 244])
  test(`a run goes in chunks of ${chunkBytes} bytes, as many at a time as the phone has room for`, (t) => {
    const desk = new AccessDesk([300, 1000])
    const record = recordOf(2, 1000)
    desk.fetch(RecordKind.run, 2, { window: 3, chunkBytes })
    const chunks = desk.chunks()
    t.is(chunks.length, 3)
    t.deepEqual(headIn(chunks[0] as never), {
      kind: RecordKind.run,
      runId: 2,
      totalBytes: 1000,
      offset: 0,
      crc: crc32(record),
    })
    while (desk.responses().length === 0) {
      desk.more(1, 2)
      const next = desk.chunks()
      t.true(next.length <= 2)
      chunks.push(...next)
    }
    t.true(chunks.every(({ transfer, sequence }, at) => transfer === 1 && sequence === at))
    t.true(chunks.slice(1, -1).every(({ bytes }) => bytes.length === chunkBytes - 3))
    t.deepEqual(new Uint8Array(Buffer.concat(chunks.slice(1).map(({ bytes }) => bytes))), record)
    desk.more()
    t.like(desk.responses(), [{ request: AccessRequest.more, result: AccessResult.invalidOperand }])
  })

test("with the last byte comes the response, and it can be read afterwards", (t) => {
  const desk = new AccessDesk([30])
  desk.fetch(RecordKind.run, 1)
  t.is(desk.chunks().length, 3)
  t.deepEqual(desk.responses(), [{ ...FETCHED, number: 30 }])
  t.deepEqual([...desk.access.response], [0x80, 1, 1, 30, 0, 0, 0])
})

test("it goes on from any offset, and says that none is past the end", (t) => {
  const desk = new AccessDesk([50])
  const record = recordOf(1, 50)
  for (const offset of [0, 1, 17, 33, 49, 50]) {
    desk.fetch(RecordKind.run, 1, { offset, window: WINDOW_MAX })
    const [head, ...chunks] = desk.chunks()
    t.like(headIn(head as never), { offset, totalBytes: 50, crc: crc32(record) })
    t.deepEqual(new Uint8Array(Buffer.concat(chunks.map(({ bytes }) => bytes))), record.slice(offset))
    t.like(desk.responses(), [FETCHED])
  }
  desk.fetch(RecordKind.run, 1, { offset: 51 })
  t.deepEqual(desk.chunks(), [])
  t.deepEqual(desk.responses(), [{ ...FETCHED, result: AccessResult.offsetPastEnd, number: 50 }])
})

test("a new transfer takes the place of the one that is open, without a word", (t) => {
  const desk = new AccessDesk([500, 500])
  desk.fetch(RecordKind.run, 1, { transfer: 8 })
  desk.chunks()
  desk.fetch(RecordKind.run, 2, { transfer: 9, offset: 100 })
  t.true(desk.chunks().every(({ transfer }) => transfer === 9))
  t.deepEqual(desk.responses(), [])
  desk.more(8)
  t.deepEqual(desk.chunks(), [])
  t.like(desk.responses(), [{ result: AccessResult.invalidOperand, transfer: 8 }])
  desk.more(9)
  t.is(desk.chunks().length, 4, "the open one is as it was")
  desk.fetch(RecordKind.run, 3, { transfer: 10 })
  t.like(desk.responses(), [{ result: AccessResult.noRecords, transfer: 10 }])
  desk.more(9)
  t.deepEqual(desk.chunks(), [], "one that is refused takes its place, too")
})

test("an aborted transfer is over, and without one there is nothing to abort", (t) => {
  const desk = new AccessDesk([500])
  desk.fetch(RecordKind.run, 1)
  desk.abort()
  t.like(desk.responses(), [{ request: AccessRequest.abort, result: AccessResult.success, transfer: 1 }])
  desk.chunks()
  desk.more()
  t.deepEqual(desk.chunks(), [])
  desk.abort()
  t.is(desk.responses().at(-1)?.result, AccessResult.nothingToAbort)
})

test("a transfer whose phone is silent ends in time, and not sooner", (t) => {
  const desk = new AccessDesk([500])
  desk.fetch(RecordKind.run, 1)
  let nowMs = 2 ** 31 - IDLE_MS * 1.5
  const waitS = (seconds: number) => {
    for (let tick = 0; tick < seconds; tick++) {
      nowMs = (nowMs + 1000) | 0
      desk.access.tick(nowMs)
    }
  }
  waitS(IDLE_MS / 1000)
  desk.more()
  waitS(IDLE_MS / 1000)
  t.deepEqual(desk.responses(), [])
  waitS(2)
  t.deepEqual(desk.responses(), [{ ...NOT_COMPLETED, number: 7 * 17 }])
  desk.chunks()
  desk.more()
  t.deepEqual(desk.chunks(), [])
})

test("runs that close meanwhile, and one that is moved, change nothing about a transfer", (t) => {
  const desk = new AccessDesk([1500])
  desk.fetch(RecordKind.run, 1)
  const chunks = desk.chunks()
  // Those after it are acknowledged: so the first one is moved, again and again.
  for (let runs = 0; runs < 60; runs++) {
    desk.acknowledge(desk.add(6000))
    if (runs % 3 === 0) desk.more()
  }
  t.true(desk.runs.generation > 60)
  chunks.push(...desk.chunks())
  t.deepEqual(
    new Uint8Array(Buffer.concat(chunks.slice(1).map(({ bytes }) => bytes))),
    recordOf(1, 1500).slice(0, (chunks.length - 1) * 17),
  )
  t.is(chunks.length, 4 * 21)
})

test("a run that has made room for others ends its transfer", (t) => {
  const desk = new AccessDesk([1500])
  desk.fetch(RecordKind.run, 1)
  desk.chunks()
  while (desk.runs.lost === 0) desk.add(6000)
  desk.more()
  t.deepEqual(desk.chunks(), [])
  t.like(desk.responses(), [NOT_COMPLETED])
})

test("a run that cannot be read is answered so, and is a fault", (t) => {
  const desk = new AccessDesk([100, 100])
  const flash = desk.flash as unknown as { bytes: Uint8Array }
  const at = Buffer.from(flash.bytes).indexOf(Buffer.from(recordOf(1, 100)))
  flash.bytes[at + 50] = 0
  desk.fetch(RecordKind.run, 1, { transfer: 5 })
  t.deepEqual(desk.responses(), [{ ...NOT_COMPLETED, transfer: 5, number: 0 }])
  t.deepEqual(desk.chunks(), [])
  t.regex(String(desk.failures), /run 1 .* cannot be read whole/)
  t.deepEqual(new Uint8Array(desk.fetchAll(RecordKind.run, 2)), recordOf(2, 100))
})

test("bends are a record, as they are when they are asked for", (t) => {
  const desk = new AccessDesk()
  const bends = Array.from({ length: 9 }, (_, at) => ({ timeMs: at * 1000, peakCdeg: 4000 + at }))
  desk.bendList = { bends, bendsDropped: 3 }
  desk.fetch(RecordKind.bends, 0)
  desk.bendList = { bends: [], bendsDropped: 0 }
  const chunks = desk.chunks()
  desk.more()
  chunks.push(...desk.chunks())
  const bytes = new Uint8Array(Buffer.concat(chunks.slice(1).map(({ bytes }) => bytes)))
  t.like(decode(BENDS, bytes), { bends, bendsDropped: 3 })
  desk.responses()
  desk.fetch(RecordKind.bends, 1)
  t.like(desk.responses(), [{ result: AccessResult.invalidOperand }])
})

const MALFORMED: [what: string, value: number[], error: number][] = [
  ["nothing", [], 0x0d],
  ["an abort that is too long", [3, 0], 0x0d],
  ["a fetch that is too short", [0x80, 2, 1, 0, 0, 0, 0, 0, 1], 0x0d],
  ["a fetch that is too long", [0x80, 2, 1, 0, 0, 0, 0, 0, 1, 4, 0], 0x0d],
  ["a fetch of kind none", [0x80, 0, 1, 0, 0, 0, 0, 0, 1, 4], 0x13],
  ["a fetch of an unknown kind", [0x80, 4, 1, 0, 0, 0, 0, 0, 1, 4], 0x13],
  ["a fetch without a window", [0x80, 2, 1, 0, 0, 0, 0, 0, 1, 0], 0x13],
  ["a fetch with a window that is too large", [0x80, 2, 1, 0, 0, 0, 0, 0, 1, WINDOW_MAX + 1], 0x13],
  ["more that is too short", [0x81, 1], 0x0d],
  ["more without a window", [0x81, 1, 0], 0x13],
  ["an acknowledgement that is too short", [0x82, 1, 0, 0, 0, 0], 0x0d],
  ["a selection of an unknown kind", [0x83, 9, 0, 0, 0, 0, 0, 0], 0x13],
  ["a selection that is too long", [0x83, 2, 1, 0, 0, 0, 0, 0, 0], 0x0d],
  ["a count that is too short", [4, 1, 0, 0, 0], 0x0d],
  ["a count with no operator", [4, 0, 0, 0, 0, 0], 0x13],
  ["a deletion with an unknown operator", [2, 7, 0, 0, 0, 0], 0x13],
]
for (const [what, value, error] of MALFORMED)
  test(`${what} is refused and changes nothing`, (t) => {
    const desk = new AccessDesk([500])
    desk.select(RecordKind.run, 1, 100)
    desk.fetch(RecordKind.run, 1)
    const { response } = desk.access
    const part = desk.part()
    desk.chunks()
    desk.responses()
    t.is(desk.write(value), error)
    t.deepEqual(desk.responses(), [])
    t.is(desk.access.response, response)
    t.deepEqual(desk.part(), part)
    desk.more()
    t.is(desk.chunks()[0]?.sequence, 4, "the transfer goes on")
    t.deepEqual(desk.failures, [])
  })

test("an op code that is none is answered so", (t) => {
  const desk = new AccessDesk()
  t.is(desk.write([0x55, 1, 2]), 0)
  t.deepEqual(desk.responses(), [
    { request: 0x55, result: AccessResult.notSupported, transfer: 0, number: 0 },
  ])
})
