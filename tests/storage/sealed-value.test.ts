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

test("another format is told, not guessed at", (t) => {
  t.is(unseal(FORMAT, seal(4, new Uint8Array(2))), "format 4, this firmware knows 3")
})

test("a payload too long for its length field is refused", (t) => {
  t.throws(() => seal(FORMAT, new Uint8Array(0x10000)), { instanceOf: RangeError })
})

test("the bytes stay those that earlier firmware stored: format, length, payload, CRC", (t) => {
  t.is(Buffer.from(seal(1, Uint8Array.of(0xaa, 0xbb))).toString("hex"), "010200aabb41281059")
})
