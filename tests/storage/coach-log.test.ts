import test from "ava"
import fc from "fast-check"
import { COACH_LOG } from "../../src/ble/coach-layouts"
import { decode, encode } from "../../src/ble/fields"
import { CoachEntryKind, type LoggedEntry } from "../../src/coach/coach-entry"
import { CoachAnswer, Readiness } from "../../src/coach/routine"
import { COACH_ENTRY_LIMIT, CoachLog } from "../../src/storage/coach-log"
import { keep, STORAGE_PATH, StorageKey } from "../../src/storage/kept-value"
import { seal } from "../../src/storage/sealed-value"
import { damaged, MemoryStorage } from "./virtual-storage"

const KEY = `${STORAGE_PATH}/${StorageKey.coach}`
const U32_MAX = 0xffffffff

const entries: fc.Arbitrary<LoggedEntry> = fc.record({
  kind: fc.constantFrom(...Object.values(CoachEntryKind)),
  routine: fc.nat(255),
  bootId: fc.nat(U32_MAX),
  endMs: fc.nat(U32_MAX),
  unixS: fc.nat(U32_MAX),
  zoneQuarters: fc.integer({ min: -48, max: 56 }),
  durationS: fc.nat(0xffff),
  repeats: fc.nat(255),
  depthCdeg: fc.nat(18_000),
  meanMs: fc.nat(0xffff),
  halts: fc.nat(255),
  answer: fc.constantFrom(...Object.values(CoachAnswer)),
  readiness: fc.constantFrom(...Object.values(Readiness)),
  flags: fc.nat(3),
})
const ONE: LoggedEntry = {
  kind: CoachEntryKind.readiness,
  routine: 1,
  bootId: 0x02030405,
  endMs: 0x06070809,
  unixS: 0x0a0b0c0d,
  zoneQuarters: -4,
  durationS: 0x0e0f,
  repeats: 0x10,
  depthCdeg: 0x1112,
  meanMs: 0x1314,
  halts: 0x15,
  answer: CoachAnswer.pain,
  readiness: Readiness.notToday,
  flags: 3,
}
const ONE_PAYLOAD = "010105040302090807060d0c0b0afc0f0e101211141315020303"

function logOf(...added: LoggedEntry[]) {
  const storage = new MemoryStorage()
  const log = new CoachLog(storage)
  for (const entry of added) log.add(entry, entry)
  return { storage, log }
}

function listed(log: CoachLog): LoggedEntry[] {
  const rows = log.rows()
  const all: LoggedEntry[] = []
  for (let index = 0; index < rows.length; index++) all.push(rows.at(index) as LoggedEntry)
  return all
}

test("a fresh log is empty, and nothing is wrong with it", (t) => {
  const { storage, log } = logOf()
  t.deepEqual(listed(log), [])
  t.is(log.note, undefined)
  t.is(storage.writes, 0)
})

test("the last 16 are kept, the oldest first, after a reboot too, and a phone reads them as they are", (t) => {
  fc.assert(
    fc.property(fc.array(entries, { maxLength: 20, size: "max" }), (added) => {
      const { storage } = logOf(...added)
      const log = new CoachLog(storage)
      const kept = added.slice(-COACH_ENTRY_LIMIT)
      t.deepEqual(listed(log), kept)
      t.deepEqual(decode(COACH_LOG, encode(COACH_LOG, { entries: log.rows() })), { entries: kept })
    }),
    { numRuns: 50 },
  )
})

test("there is no row before the first or after the last", (t) => {
  const rows = logOf(ONE).log.rows()
  t.is(rows.at(-1), undefined)
  t.is(rows.at(1), undefined)
})

test("rows stand as they were when they were asked for", (t) => {
  const { log } = logOf(ONE)
  const rows = log.rows()
  log.add({ ...ONE, routine: 2 }, ONE)
  t.is(rows.length, 1)
  t.deepEqual(rows.at(0), ONE)
})

test("the stored bytes stay those that earlier firmware stored", (t) => {
  const { storage } = logOf(ONE)
  t.deepEqual(storage.values.get(KEY), seal(1, Uint8Array.from(Buffer.from(ONE_PAYLOAD, "hex"))))
})

test("figures past what their field can say stand at its limit, and a clock that wrapped goes on", (t) => {
  const { log } = logOf({
    ...ONE,
    endMs: -1,
    durationS: 100_000,
    repeats: 300,
    depthCdeg: -20,
    meanMs: 70_000,
    halts: 999,
  })
  t.deepEqual(listed(log), [
    {
      ...ONE,
      endMs: U32_MAX,
      durationS: 0xffff,
      repeats: 255,
      depthCdeg: 0,
      meanMs: 0xffff,
      halts: 255,
    },
  ])
})

test("what cannot be stored changes nothing", (t) => {
  const { storage, log } = logOf(ONE)
  storage.full = true
  t.throws(() => log.add(ONE, ONE), { message: /no space/ })
  t.throws(() => log.reset(), { message: /no space/ })
  t.deepEqual(listed(log), [ONE])
})

test("reset, it is empty", (t) => {
  const { log } = logOf(ONE, ONE)
  log.reset()
  t.deepEqual(listed(log), [])
  t.is(log.note, undefined)
})

test("damaged anywhere it is told and empty, and begins anew with the next entry", (t) => {
  const sealed = logOf(ONE, ONE).storage.values.get(KEY) as ArrayBuffer
  for (let at = 0; at < sealed.byteLength; at++) {
    const storage = new MemoryStorage()
    storage.values.set(KEY, damaged(sealed, at))
    const log = new CoachLog(storage)
    t.deepEqual(listed(log), [])
    t.regex(log.note ?? "", /^coach log: .*; it begins anew$/)
    log.add(ONE, ONE)
    t.deepEqual(listed(log), [ONE])
    t.is(log.note, undefined)
  }
})

test("half an entry is damage", (t) => {
  const { storage, log } = logOf(ONE)
  keep(storage, StorageKey.coach, 1, new Uint8Array(27))
  t.is(log.note, "coach log: 27 bytes; it begins anew")
  t.deepEqual(listed(log), [])
})
