import { crc32 as zlibCrc32 } from "node:zlib"
import test from "ava"
import fc from "fast-check"
import { crc32 } from "../../src/storage/crc32"
import { seal, unseal } from "../../src/storage/sealed-value"
import { damaged } from "./virtual-storage"

const FORMAT = 3
const payloads = fc.uint8Array({ maxLength: 40 })

test("the CRC of the standard's check string", (t) => {
  t.is(crc32(new TextEncoder().encode("123456789")), 0xcbf43926)
})

test("the CRC agrees with zlib's, also over a part", (t) => {
  fc.assert(
    fc.property(payloads, (bytes) => t.is(crc32(bytes, 1, bytes.length), zlibCrc32(bytes.subarray(1)))),
  )
})

test("what was sealed comes back", (t) => {
  fc.assert(
    fc.property(payloads, (payload) => {
      t.deepEqual(unseal(FORMAT, seal(FORMAT, payload)), payload)
    }),
  )
})

test("any damaged bit and any cut is told", (t) => {
  fc.assert(
    fc.property(payloads, fc.nat(), (payload, nat) => {
      const sealed = seal(FORMAT, payload)
      t.is(typeof unseal(FORMAT, damaged(sealed, nat % sealed.byteLength)), "string")
      t.is(typeof unseal(FORMAT, sealed.slice(0, nat % sealed.byteLength)), "string")
    }),
  )
})

for (const format of [0, FORMAT - 1, FORMAT + 1, 15])
  test(`format ${format} is of the same generation as ${FORMAT} and is read, shorter or longer as it may be`, (t) => {
    t.deepEqual(unseal(FORMAT, seal(format, Uint8Array.of(1, 2))), Uint8Array.of(1, 2))
  })

for (const format of [16, 19, 255])
  test(`format ${format} is of another generation than ${FORMAT}: it is told, not guessed at`, (t) => {
    t.is(
      unseal(FORMAT, seal(format, new Uint8Array(2))),
      `format ${format}, which this firmware cannot read; its own is ${FORMAT}`,
    )
  })

test("a payload too long for its length field is refused", (t) => {
  t.throws(() => seal(FORMAT, new Uint8Array(0x10000)), { instanceOf: RangeError })
})

test("the bytes stay those that earlier firmware stored: format, length, payload, CRC", (t) => {
  t.is(Buffer.from(seal(1, Uint8Array.of(0xaa, 0xbb))).toString("hex"), "010200aabb41281059")
})
