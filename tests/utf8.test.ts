import test from "ava"
import fc from "fast-check"
import { decodeUtf8, encodeUtf8 } from "../src/utf8"

test("text is encoded as every other encoder does it", (t) => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      t.deepEqual([...encodeUtf8(text)], [...new TextEncoder().encode(text)])
    }),
  )
})

test("characters of each length, and a lone surrogate", (t) => {
  const text = "a°€😀\ud800"
  t.deepEqual([...encodeUtf8(text)], [...new TextEncoder().encode(text)])
})

const limits: [limitBytes: number, whole: string][] = [
  [0, ""],
  [2, "3"],
  [3, "3°"],
  [6, "3°€"],
  [100, "3°€"],
]
for (const [limitBytes, whole] of limits) {
  test(`"3°€" in ${limitBytes} bytes is "${whole}": no character is cut`, (t) => {
    t.is(new TextDecoder().decode(encodeUtf8("3°€", limitBytes)), whole)
  })
}

test("bytes are decoded as every other decoder does it, and refused where it refuses them", (t) => {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
  const expected = (bytes: Uint8Array) => {
    try {
      return decoder.decode(bytes)
    } catch {
      return undefined
    }
  }
  const texts = fc.string({ unit: "binary" }).map((text) => new TextEncoder().encode(text))
  const cut = fc.tuple(texts, fc.nat(20)).map(([bytes, end]) => bytes.subarray(0, end))
  const likely = fc.constantFrom(
    0x41,
    0x80,
    0xbf,
    0xc0,
    0xc1,
    0xc2,
    0xe0,
    0x9f,
    0xa0,
    0xed,
    0xf0,
    0x8f,
    0x90,
    0xf4,
    0xf5,
    0xff,
  )
  const made = fc.array(likely, { maxLength: 5 }).map((bytes) => Uint8Array.from(bytes))
  fc.assert(
    fc.property(fc.oneof(texts, cut, made), (bytes) => t.is(decodeUtf8(bytes), expected(bytes))),
    { numRuns: 2000 },
  )
})

const malformed: [what: string, bytes: number[]][] = [
  ["a continuation without a lead", [0x80]],
  ["a lead without its continuation", [0xc3, 0x41]],
  ["a character that is cut", [0xe2, 0x82]],
  ["two bytes for what takes one", [0xc1, 0xbf]],
  ["three bytes for what takes two", [0xe0, 0x9f, 0xbf]],
  ["four bytes for what takes three", [0xf0, 0x8f, 0xbf, 0xbf]],
  ["the first surrogate", [0xed, 0xa0, 0x80]],
  ["the last surrogate", [0xed, 0xbf, 0xbf]],
  ["what is past U+10FFFF", [0xf4, 0x90, 0x80, 0x80]],
  ["a lead that there is not", [0xff]],
]
for (const [what, bytes] of malformed)
  test(`${what} is no UTF-8`, (t) => {
    t.is(decodeUtf8(Uint8Array.from(bytes)), undefined)
    t.is(decodeUtf8(Uint8Array.from([0x41, ...bytes])), undefined)
  })
