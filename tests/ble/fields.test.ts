import test from "ava"
import { decode, encode, fieldRefused, type Layout, rowBytes } from "../../src/ble/fields"

const POINT = {
  title: "point",
  head: [
    { name: "version", type: "u8", constant: 7, description: "" },
    { name: "height", type: "i16", description: "" },
    { name: "share", type: "u8", max: 100, description: "" },
    { name: "kind", type: "u8", codes: { round: 1, flat: 4 }, description: "" },
    { name: "parts", type: "u16", repeat: 2, description: "" },
    { name: "rowCount", type: "u8", lengthOf: "rows", description: "" },
  ],
  lists: { rows: [{ name: "depth", type: "u32", description: "" }] },
} as const satisfies Layout

const point = { height: -2, share: 50, kind: 4, parts: [0x0102, 3], rows: [{ depth: 0xa0b0c0d0 }] }
const bytes = [7, 0xfe, 0xff, 50, 4, 2, 1, 3, 0, 1, 0xd0, 0xc0, 0xb0, 0xa0]

test("fields stand in the order of the table, little-endian, without padding", (t) => {
  t.deepEqual([...encode(POINT, point)], bytes)
  t.is(rowBytes(POINT.head), 10)
})

test("decoding gives back what was encoded, from anywhere in a buffer", (t) => {
  t.deepEqual(decode(POINT, Uint8Array.from(bytes)), point)
  t.deepEqual(decode(POINT, Uint8Array.from([9, 9, ...bytes]).subarray(2)), point)
})

const saturations: [given: number, stored: number][] = [
  [40_000, 0x7fff],
  [-40_000, -0x8000],
  [1.6, 2],
  [Number.NaN, 0],
  [Number.POSITIVE_INFINITY, 0x7fff],
]
for (const [given, stored] of saturations) {
  test(`${given} in an i16 is stored as ${stored}`, (t) => {
    t.is(decode(POINT, encode(POINT, { ...point, height: given })).height, stored)
  })
}

test("a field's own range saturates too", (t) => {
  t.is(decode(POINT, encode(POINT, { ...point, share: 101 })).share, 100)
})

test("a list longer than its count can say is cut", (t) => {
  const rows = Array.from({ length: 300 }, (_, depth) => ({ depth }))
  t.deepEqual(decode(POINT, encode(POINT, { ...point, rows })).rows, rows.slice(0, 255))
})

test("a missing number of an array stands as 0", (t) => {
  t.deepEqual(decode(POINT, encode(POINT, { ...point, parts: [5] })).parts, [5, 0])
})

const damaged: [what: string, bytes: number[], message: RegExp][] = [
  ["nothing", [], /^point: truncated at offset 0: version takes 1 bytes, 0 left/],
  ["half a number", bytes.slice(0, 2), /^point: truncated at offset 1: height takes 2 bytes, 1 left/],
  [
    "half a row",
    bytes.slice(0, 12),
    /^point, rows\[0\]: truncated at offset 10: depth takes 4 bytes, 2 left/,
  ],
  ["an unknown version", [8, ...bytes.slice(1)], /^point: version 8 at offset 0; this reader knows 7/],
  ["bytes after the end", [...bytes, 0], /^point: ends at offset 14, but 15 bytes came/],
]
for (const [what, given, message] of damaged) {
  test(`${what} is refused, naming the offset`, (t) => {
    t.throws(() => decode(POINT, Uint8Array.from(given)), { instanceOf: RangeError, message })
  })
}

test("a number out of its range, or a code without a meaning, is refused by its field", (t) => {
  t.is(fieldRefused(POINT, point), undefined)
  t.is(fieldRefused(POINT, { ...point, share: 101 })?.name, "share")
  t.is(fieldRefused(POINT, { ...point, kind: 2 })?.name, "kind")
})
