import test from "ava"
import { BOND_LIMIT, BondList } from "../../src/storage/bond-list"
import { keep, StorageKey } from "../../src/storage/kept-value"
import { damaged, MemoryStorage } from "./virtual-storage"

const [FIRST, SECOND, THIRD, FOURTH] = [
  "c0ffee000001",
  "0123456789ab",
  "ffffffffffff",
  "000000000000",
] as const
const STORED = `patella/${StorageKey.bonds}`

function listOf(...phones: string[]) {
  const storage = new MemoryStorage()
  const list = new BondList(storage)
  for (const [nth, phone] of phones.entries()) list.add(phone, nth + 1)
  return { storage, list }
}

test("a list that nobody was ever put on is empty", (t) => {
  const { list } = listOf()
  t.true(list.isEmpty)
  t.is(list.length, 0)
  t.false(list.isKnown(FIRST, 1))
  t.is(list.cursor(FIRST), 0)
  t.is(list.note, undefined)
})

test("a phone is known by its identity and its keys, after a reboot too", (t) => {
  const { storage } = listOf(FIRST, SECOND, FOURTH)
  const list = new BondList(storage)
  t.true(list.isKnown(FIRST, 1))
  t.true(list.isKnown(SECOND, 2))
  t.true(list.isKnown(FOURTH, 3))
  t.false(list.isKnown(FIRST, 2))
  t.false(list.isKnown(THIRD, 1))
})

test("a key check takes all of its 32 bits", (t) => {
  const { list } = listOf()
  list.add(FIRST, 0xffffffff)
  t.true(list.isKnown(FIRST, 0xffffffff))
  t.false(list.isKnown(FIRST, 0x7fffffff))
})

test("a phone that pairs again has new keys and keeps its cursor", (t) => {
  const { list } = listOf(FIRST, SECOND)
  list.setCursor(FIRST, 300)
  list.add(FIRST, 77)
  t.is(list.length, 2)
  t.true(list.isKnown(FIRST, 77))
  t.false(list.isKnown(FIRST, 1))
  t.is(list.cursor(FIRST), 300)
  t.is(list.cursor(SECOND), 0)
})

test("on a full list a new phone takes the place of the one that came longest ago", (t) => {
  const { list } = listOf(FIRST, SECOND, THIRD)
  t.is(list.length, BOND_LIMIT)
  list.add(FIRST, 1)
  t.is(list.add(FOURTH, 4), SECOND)
  t.is(list.length, BOND_LIMIT)
  t.deepEqual(
    [FIRST, SECOND, THIRD, FOURTH].map((phone, nth) => list.isKnown(phone, nth + 1)),
    [true, false, true, true],
  )
})

test("the phone that came last comes again without anything being written", (t) => {
  const { storage, list } = listOf(FIRST, SECOND)
  const { writes } = storage
  list.add(SECOND, 2)
  t.is(storage.writes, writes)
  list.add(FIRST, 1)
  t.is(storage.writes, writes + 1)
})

test("all phones are forgotten, and the list is empty again", (t) => {
  const { list } = listOf(FIRST, SECOND)
  list.clear()
  t.true(list.isEmpty)
  t.false(list.isKnown(FIRST, 1))
})

test("what cannot be stored changes nothing", (t) => {
  const { storage, list } = listOf(FIRST, SECOND, THIRD)
  storage.full = true
  t.throws(() => list.add(FOURTH, 4))
  t.throws(() => list.clear())
  t.throws(() => list.setCursor(FIRST, 9))
  t.true(list.isKnown(FIRST, 1))
  t.is(list.cursor(FIRST), 0)
  t.false(list.isKnown(FOURTH, 4))
})

test("a damaged list knows nobody, is not empty, and says so", (t) => {
  const { storage, list } = listOf(FIRST)
  storage.values.set(STORED, damaged(storage.values.get(STORED) as ArrayBuffer, 5))
  t.false(list.isKnown(FIRST, 1))
  t.false(list.isEmpty)
  t.regex(list.note ?? "", /^bonds: CRC .*; every phone has to pair again$/)
  keep(storage, StorageKey.bonds, 1, new Uint8Array(13))
  t.is(list.note, "bonds: 13 bytes; every phone has to pair again")
  t.is(list.add(SECOND, 2), undefined, "and takes new phones when it is asked to")
  t.true(list.isKnown(SECOND, 2))
})

for (const identity of ["", "c0ffee00000", "c0ffee0000011", "C0FFEE000001", "c0ffee00000x"])
  test(`"${identity}" is no identity`, (t) => {
    const { list } = listOf(FIRST)
    t.throws(() => list.add(identity, 1), { instanceOf: RangeError })
    t.is(list.length, 1)
  })

test("an identity takes twelve digits, no more and no less", (t) => {
  const { list } = listOf(FIRST)
  t.false(list.isKnown(FIRST.slice(0, 10), 1))
})
