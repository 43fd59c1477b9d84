/** The slots as ESP-IDF has them: what is checked, what is chosen, and that no sequence of updates, cuts and resets leaves a board without firmware. */
import { createHash } from "node:crypto"
import { crc32 as zlibCrc32 } from "node:zlib"
import test from "ava"
import fc from "fast-check"
import { OtaState } from "../../../hosts/virtual/ota-data"
import { imageOf, imageRefused } from "../../../hosts/virtual/ota-image"
import { CutPoint, PowerCut, PowerSupply } from "../../../hosts/virtual/power"
import { sha256 } from "../../../hosts/virtual/sha256"
import { VirtualSlots } from "../../../hosts/virtual/update-slots"
import { Chip } from "../../../src/update/image-head"

const chip = Chip.esp32c3
const SLOT_BYTES = 0x4000
const OLD = "0.1.0"
const noRestart = () => {}

function made() {
  const power = new PowerSupply()
  const slots = new VirtualSlots({ slotBytes: SLOT_BYTES, chip, version: OLD }, power)
  slots.boot()
  return { power, slots }
}

function bring(slots: VirtualSlots, image: Uint8Array, step = 700): void {
  const writer = slots.portOf(noRestart).open()
  for (let at = 0; at < image.length; at += step) writer.write(image.subarray(at, at + step))
  writer.complete()
}

test("SHA-256 is Node's, whatever the length", (t) => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 1000]) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 7) & 0xff)
    t.deepEqual([...sha256(bytes)], [...createHash("sha256").update(bytes).digest()], `${length} bytes`)
  }
})

test("a whole image is taken, and one with any byte changed that counts is not", (t) => {
  const image = imageOf({ version: "0.2.0", chip, bytes: 1200 })
  t.is(imageRefused(image, chip), undefined)
  t.is(imageRefused(image, Chip.esp32), "an image for another chip")
  for (let at = 0; at < image.length; at++) {
    const damaged = image.slice()
    damaged[at] = (damaged[at] as number) ^ 0x10
    // Without the mark that a hash is appended, it is not looked at: the checksum remains.
    if (at !== 23) t.not(imageRefused(damaged, chip), undefined, `byte ${at}`)
  }
  t.not(imageRefused(image.subarray(0, 1000), chip), undefined)
})

test("a new image is tried once; unconfirmed, the start after it is the old one's again", (t) => {
  const { slots } = made()
  bring(slots, imageOf({ version: "0.2.0", chip }))
  t.is(slots.otadata.stateOf(1), OtaState.new)
  t.is(slots.boot()?.version, "0.2.0")
  const trial = slots.portOf(noRestart)
  t.true(trial.isOnTrial)
  t.throws(() => trial.open(), { message: /on trial/ })
  t.is(slots.boot()?.version, OLD)
  const back = slots.portOf(noRestart)
  t.false(back.isOnTrial)
  t.true(back.wasRolledBack)
  t.is(slots.boot()?.version, OLD)
})

test("once confirmed it stays, the old one is not told of as gone back from, and the next takes its slot", (t) => {
  const { slots } = made()
  for (const [version, slot] of [
    ["0.2.0", 1],
    ["0.3.0", 0],
    ["0.4.0", 1],
  ] as const) {
    bring(slots, imageOf({ version, chip }))
    t.is(slots.boot()?.version, version)
    slots.portOf(noRestart).confirm()
    t.is(slots.running, slot)
    t.is(slots.boot()?.version, version)
    const { isOnTrial, wasRolledBack } = slots.portOf(noRestart)
    t.deepEqual([isOnTrial, wasRolledBack], [false, false])
  }
})

test("an image that is damaged, for another chip, or not whole is not made the next to start", (t) => {
  const { slots } = made()
  const damaged = imageOf({ version: "0.2.0", chip })
  damaged[200] = 1 ^ (damaged[200] as number)
  t.throws(() => bring(slots, damaged), { message: /wrong checksum/ })
  t.throws(() => bring(slots, imageOf({ version: "0.2.0", chip: Chip.esp32 })), { message: /another chip/ })
  t.throws(() => bring(slots, imageOf({ version: "0.2.0", chip, bytes: SLOT_BYTES + 64 })), {
    message: /for a slot of/,
  })
  const writer = slots.portOf(noRestart).open()
  t.throws(() => writer.complete(), { message: /nothing was written/ })
  t.is(slots.boot()?.version, OLD)
})

test("otadata has the CRC that ESP-IDF's tools give it", (t) => {
  // otatool.py: zlib's CRC-32 of the sequence, begun at 0xffffffff.
  const crc = zlibCrc32(Uint8Array.of(1, 0, 0, 0), 0xffffffff)
  const { slots } = made()
  t.is(slots.otadata.entry(0).crc, crc)
})

/** What happens to a board: an update that is good or not, a start, or power that goes at the next so many operations. */
const acts = fc.array(
  fc.record({
    kind: fc.constantFrom("good", "bad", "abandoned", "start", "confirm"),
    cut: fc.option(
      fc.record({
        operation: fc.integer({ min: 1, max: 24 }),
        point: fc.constantFrom(...Object.values(CutPoint)),
        seed: fc.nat(100_000),
      }),
      { nil: undefined, freq: 2 },
    ),
  }),
  { minLength: 1, maxLength: 14 },
)

test("whatever is begun, cut and started, the board has a whole firmware, and tries a bad one once at most", (t) => {
  fc.assert(
    fc.property(acts, (list) => {
      const { power, slots } = made()
      const tried = new Map<string, number>()
      let count = 0
      const start = () => {
        const info = slots.boot()
        if (!info) throw new Error("no firmware")
        if (info.behaviour === "well") return
        tried.set(info.version, (tried.get(info.version) ?? 0) + 1)
        if ((tried.get(info.version) ?? 0) > 1) throw new Error(`${info.version} was tried again`)
      }
      for (const { kind, cut } of list) {
        if (cut) power.cutAt({ ...cut, operation: power.operations + cut.operation })
        try {
          const port = slots.portOf(noRestart)
          if (kind === "confirm" && port.isOnTrial && slots.holds(slots.running)?.behaviour === "well")
            port.confirm()
          else if (kind === "start") start()
          // One that is complete is started before the next begins: src/update/port.ts.
          else if (!port.isOnTrial && kind !== "confirm" && slots.next === slots.running) {
            const version = `1.0.${++count}`
            const image = imageOf({
              version,
              chip,
              bytes: 5000,
              behaviour: kind === "bad" ? "crash" : "well",
            })
            if (kind === "abandoned") port.open().write(image.subarray(0, 3000))
            else bring(slots, image)
          }
        } catch (error) {
          if (!(error instanceof PowerCut)) throw error
        }
        power.cutAt(undefined)
        if (!power.isOn) {
          power.turnOn()
          start()
        }
        // What was tried and is bad confirms nothing: it crashes.
        if (slots.holds(slots.running)?.behaviour !== "well") start()
      }
    }),
    { numRuns: 400 },
  )
  t.pass()
})
