import test from "ava"
import fc from "fast-check"
import { Leg } from "../../src/motion/leg"
import { decodeMount, encodeMount } from "../../src/motion/mount-record"
import { MountQuality } from "../../src/motion/mount-upkeep"
import { createMount, type Mount, setMount } from "../../src/motion/sagittal"
import { times, turned } from "./thigh-motion"

const UNIT = 16384
const standing: Mount = { upX: 0, upY: 0, upZ: UNIT, forwardX: UNIT, forwardY: 0, forwardZ: 0 }

/** Kept with it. */
const known = { quality: MountQuality.standing, leg: Leg.right }

test("any mount that calibration makes comes back as it was stored", (t) => {
  const angle = fc.integer({ min: -180, max: 180 })
  fc.assert(
    fc.property(angle, angle, angle, (about, sideways, foreAndAft) => {
      const sensor = turned(about, sideways, foreAndAft)
      const [upX, upY, upZ] = times(sensor, [0, 0, UNIT]).map(Math.round)
      const [x, y, z] = times(sensor, [9000, 0, 2000]).map(Math.round)
      const mount = createMount()
      t.true(setMount(mount, upX ?? 0, upY ?? 0, upZ ?? 0, x ?? 0, y ?? 0, z ?? 0))
      t.deepEqual(decodeMount(encodeMount({ mount, ...known })), { mount, ...known })
    }),
  )
})

test("it is where it comes from, which leg, then six int16, little-endian: up, then forward", (t) => {
  const mount = { upX: 1, upY: -2, upZ: 3, forwardX: -4, forwardY: 256, forwardZ: 6 }
  t.deepEqual(
    [...new Uint8Array(encodeMount({ mount, ...known }))],
    [2, 2, 1, 0, 0xfe, 0xff, 3, 0, 0xfc, 0xff, 0, 1, 6, 0],
  )
})

test("what is too short or too long is no mount", (t) => {
  const bytes = encodeMount({ mount: standing, ...known })
  t.is(decodeMount(bytes.slice(0, 13)), undefined)
  t.is(decodeMount(new ArrayBuffer(0)), undefined)
  const longer = new Uint8Array(15)
  longer.set(new Uint8Array(bytes))
  t.is(decodeMount(longer.buffer), undefined)
})

for (const [what, change, taken] of [
  ["a zero up", { upZ: 0 }, false],
  ["a zero forward", { forwardX: 0 }, false],
  ["up 2 % too long", { upZ: UNIT * 1.02 }, false],
  ["up 2 % too short", { upZ: UNIT * 0.98 }, false],
  // 1 % of the square.
  ["up 0.53 % too long", { upZ: Math.round(UNIT * 1.0053) }, false],
  ["up 0.47 % too long", { upZ: Math.round(UNIT * 1.0047) }, true],
  ["forward 2 % too long", { forwardX: UNIT * 1.02 }, false],
  ["forward 0.4 % too short", { forwardX: Math.round(UNIT * 0.996) }, true],
  ["forward leaning along up by 2 %", { forwardZ: UNIT * 0.02 }, false],
  ["forward leaning against up by 2 %", { forwardZ: -UNIT * 0.02 }, false],
  ["forward leaning along up by 0.5 %", { forwardZ: UNIT * 0.005 }, true],
] as const)
  test(`${what} is ${taken ? "rounding" : "no mount"}`, (t) => {
    const decoded = decodeMount(encodeMount({ mount: { ...standing, ...change }, ...known }))
    t.is(decoded !== undefined, taken)
  })

test("forward is square to all of up: x, y and z count", (t) => {
  const { SQRT1_2 } = Math
  const part = Math.round(UNIT * SQRT1_2)
  const slanted = { upX: part, upY: part, upZ: 0, forwardX: part, forwardY: -part, forwardZ: 0 }
  t.deepEqual(decodeMount(encodeMount({ mount: slanted, ...known }))?.mount, slanted)
  t.is(decodeMount(encodeMount({ mount: { ...slanted, forwardY: part }, ...known })), undefined)
})

test("one that comes from nowhere, from what is not known yet, or from a third leg is none", (t) => {
  for (const [at, value] of [
    [0, 0],
    [0, 4],
    [1, 3],
  ] as const) {
    const bytes = new Uint8Array(encodeMount({ mount: standing, ...known }))
    bytes[at] = value
    t.is(decodeMount(bytes.buffer), undefined, `${value} at ${at}`)
  }
})
