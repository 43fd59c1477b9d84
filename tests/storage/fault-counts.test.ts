import test from "ava"
import { FAULT_KINDS, FaultCounts } from "../../src/storage/fault-counts"
import { STORAGE_PATH, StorageKey } from "../../src/storage/kept-value"
import { seal } from "../../src/storage/sealed-value"
import { damaged, MemoryStorage } from "./virtual-storage"

const KEY = `${STORAGE_PATH}/${StorageKey.faults}`
const MIN_MS = 60_000
const HOUR_MS = 60 * MIN_MS
const ALL = { sensor: 1, storage: 2, bluetooth: 3, battery: 4, motor: 5, other: 0xfffffffe }
const ALL_PAYLOAD = "0100000002000000030000000400000005000000feffffff"

const NONE = Object.fromEntries(FAULT_KINDS.map((kind) => [kind, 0]))

function counted(): MemoryStorage {
  const storage = new MemoryStorage()
  storage.values.set(KEY, seal(1, Uint8Array.from(Buffer.from(ALL_PAYLOAD, "hex"))))
  return storage
}

test("a fresh device had no faults, and stores nothing until there is one", (t) => {
  const storage = new MemoryStorage()
  const counts = new FaultCounts(storage, 0)
  t.deepEqual(counts.totals, NONE)
  t.false(counts.isDue(24 * HOUR_MS))
  counts.keep(24 * HOUR_MS)
  t.is(storage.writes, 0)
})

test("counts are there after the next boot and go on", (t) => {
  const counts = new FaultCounts(counted(), 0)
  t.deepEqual(counts.totals, ALL)
  counts.add("sensor")
  t.deepEqual(counts.totals, { ...ALL, sensor: 2 })
  counts.keep(0)
  t.deepEqual(counts.totals, { ...ALL, sensor: 2 })
})

test("a count never passes what its field can say", (t) => {
  const counts = new FaultCounts(counted(), 0)
  counts.add("other", 5)
  t.is(counts.totals.other, 0xffffffff)
})

for (const kind of FAULT_KINDS)
  test(`of ${kind} at most 1,023 count between two times that they are kept, and no other kind is touched`, (t) => {
    const counts = new FaultCounts(new MemoryStorage(), 0)
    for (let fault = 0; fault < 1022; fault++) counts.add(kind)
    t.deepEqual(counts.totals, { ...NONE, [kind]: 1022 })
    for (let fault = 0; fault < 9; fault++) counts.add(kind)
    t.deepEqual(counts.totals, { ...NONE, [kind]: 1023 })
    counts.keep(0)
    counts.add(kind, 5000)
    t.deepEqual(counts.totals, { ...NONE, [kind]: 2046 })
  })

test("the stored bytes stay those that earlier firmware stored: a u32 for each kind", (t) => {
  const storage = counted()
  const counts = new FaultCounts(storage, 0)
  counts.add("sensor")
  counts.keep(0)
  t.is(
    Buffer.from(storage.values.get(KEY) as ArrayBuffer)
      .toString("hex")
      .slice(0, -8),
    `011800${ALL_PAYLOAD.replace("01", "02")}`,
  )
})

const times: [what: string, atMs: number, isDue: boolean][] = [
  ["in the first minute after boot", MIN_MS - 1, false],
  ["after it", MIN_MS, true],
]
for (const [what, atMs, isDue] of times)
  test(`a fault ${what} is ${isDue ? "" : "not yet "}stored`, (t) => {
    const counts = new FaultCounts(new MemoryStorage(), 0)
    counts.add("battery")
    t.is(counts.isDue(atMs), isDue)
  })

test("once stored, they are stored again after an hour and not before, and only when there is something new", (t) => {
  const storage = new MemoryStorage()
  const counts = new FaultCounts(storage, 0)
  counts.add("battery")
  counts.keep(MIN_MS)
  t.false(counts.isDue(MIN_MS + 2 * HOUR_MS), "nothing new")
  counts.add("battery")
  t.false(counts.isDue(MIN_MS + HOUR_MS - 1))
  t.true(counts.isDue(MIN_MS + HOUR_MS))
  t.is(storage.writes, 1)
})

test("a clock that wraps does not stop them", (t) => {
  const counts = new FaultCounts(new MemoryStorage(), 0x7fffffff)
  counts.add("battery")
  t.true(counts.isDue(-0x80000000 + HOUR_MS))
})

test("a storage that fails leaves the stored ones, keeps counting and is tried again in an hour", (t) => {
  const storage = counted()
  const counts = new FaultCounts(storage, 0)
  storage.full = true
  counts.add("motor")
  t.throws(() => counts.keep(0), { message: /no space/ })
  t.is(counts.totals.motor, 6)
  t.is(new FaultCounts(storage, 0).totals.motor, 5)
  t.false(counts.isDue(HOUR_MS - 1))
  t.true(counts.isDue(HOUR_MS))
  t.throws(() => counts.reset(), { message: /no space/ })
  t.is(counts.totals.motor, 6, "a reset that fails changes nothing")
})

test("reset, there are none, also after the next boot", (t) => {
  const storage = counted()
  const counts = new FaultCounts(storage, 0)
  counts.reset()
  t.deepEqual(counts.totals, NONE)
  t.deepEqual(new FaultCounts(storage, 0).totals, NONE)
})

test("damaged anywhere they begin anew, all of them, with a note, and the next are stored", (t) => {
  const sealed = counted().values.get(KEY) as ArrayBuffer
  for (let at = 0; at < sealed.byteLength; at++) {
    const storage = new MemoryStorage()
    storage.values.set(KEY, damaged(sealed, at))
    const counts = new FaultCounts(storage, 0)
    t.deepEqual(counts.totals, NONE)
    t.regex(counts.note ?? "", /^stored fault counts: .*; they begin anew$/)
    counts.add("storage")
    counts.keep(0)
    t.deepEqual(new FaultCounts(storage, 0).totals, { ...NONE, storage: 1 })
    t.is(new FaultCounts(storage, 0).note, undefined)
  }
})

const versions: [what: string, format: number, payload: number[], expected: object][] = [
  ["fewer kinds, from an older firmware", 1, [7, 0, 0, 0], { ...NONE, sensor: 7 }],
  ["half a count", 1, [7, 0, 0, 0, 8, 0], { ...NONE, sensor: 7 }],
  ["more kinds, from a newer one", 2, [...new Array(24).fill(0), 9, 0, 0, 0], NONE],
  ["none", 1, [], NONE],
]
for (const [what, format, payload, expected] of versions)
  test(`${what}: what is known is read`, (t) => {
    const storage = new MemoryStorage()
    storage.values.set(KEY, seal(format, Uint8Array.from(payload)))
    const counts = new FaultCounts(storage, 0)
    t.deepEqual(counts.totals, expected)
    t.is(counts.note, undefined)
  })

test("counts of another generation begin anew with a note", (t) => {
  const storage = new MemoryStorage()
  storage.values.set(KEY, seal(17, new Uint8Array(24).fill(1)))
  const counts = new FaultCounts(storage, 0)
  t.deepEqual(counts.totals, NONE)
  t.regex(counts.note ?? "", /format 17/)
})
