import test from "ava"
import fc from "fast-check"
import { Leg } from "../../src/motion/leg"
import { encodeMount, type MountRecord } from "../../src/motion/mount-record"
import { MountQuality } from "../../src/motion/mount-upkeep"
import { decodeWear, encodeWear } from "../../src/motion/wear-record"

const UNIT = 16384
const THIGH: MountRecord = {
  mount: { upX: 0, upY: 0, upZ: UNIT, forwardX: UNIT, forwardY: 0, forwardZ: 0 },
  quality: MountQuality.bends,
  leg: Leg.left,
}
const SLOPE = 1311
const NOTHING = { peakOffsetCdeg: 0, strides: 0 }

test("a wear comes back as it was stored, with a mount or without", (t) => {
  const anyTaught = fc.record({
    peakOffsetCdeg: fc.integer({ min: -3000, max: 3000 }),
    strides: fc.integer({ min: 0, max: 0xffff }),
  })
  fc.assert(
    fc.property(fc.constantFrom(THIGH, undefined), anyTaught, (thigh, taught) => {
      const wear = { thigh, taught, bendSlopeQ10: SLOPE }
      t.deepEqual(decodeWear(encodeWear(wear)), wear)
    }),
  )
})

test("version 1, the mount, offset, strides and slope: little-endian, without padding", (t) => {
  const taught = { peakOffsetCdeg: -2, strides: 258 }
  const bytes = new Uint8Array(encodeWear({ thigh: THIGH, taught, bendSlopeQ10: SLOPE }))
  t.deepEqual([...bytes], [1, 0, ...new Uint8Array(encodeMount(THIGH)), 0xfe, 0xff, 2, 1, 0x1f, 5])
})

const WHOLE = encodeWear({ thigh: THIGH, taught: NOTHING, bendSlopeQ10: SLOPE })
const changed = (at: number, value: number) => {
  const bytes = new Uint8Array(WHOLE.slice(0))
  bytes[at] = value
  return bytes.buffer
}

for (const [what, bytes] of [
  ["nothing", new ArrayBuffer(0)],
  ["half a record", WHOLE.slice(0, 17)],
  ["the mount alone", encodeMount(THIGH)],
  ["a record of another version", changed(0, 3)],
  ["an offset of 81°", changed(17, 0x20)],
  ["a slope of 3.3", changed(21, 13)],
  ["a slope of 0.8", changed(21, 3)],
] as const)
  test(`${what} is no wear`, (t) => t.is(decodeWear(bytes), undefined))

test("what a later firmware adds at the end is passed over", (t) => {
  const longer = new Uint8Array(WHOLE.byteLength + 3)
  longer.set(new Uint8Array(WHOLE))
  t.deepEqual(decodeWear(longer.buffer), { thigh: THIGH, taught: NOTHING, bendSlopeQ10: SLOPE })
})

test("a damaged mount is left out, and what was taught stands", (t) => {
  t.deepEqual(decodeWear(changed(9, 0x20)), { thigh: undefined, taught: NOTHING, bendSlopeQ10: SLOPE })
})
