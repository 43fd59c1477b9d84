/** Power that goes at an operation of storage: what is left of it, and that nothing goes on. */
import test, { type ExecutionContext } from "ava"
import fc from "fast-check"
import { FlashFault, VirtualFlash } from "../../../hosts/virtual/flash"
import { VirtualKeyValue } from "../../../hosts/virtual/key-value"
import { CutPoint, PowerCut, PowerSupply } from "../../../hosts/virtual/power"

const BLOCK = 4096

function supplied() {
  const power = new PowerSupply()
  const storage = new VirtualFlash({ size: 4 * BLOCK, power })
  const keyValue = new VirtualKeyValue({ settings: { a: "01", b: "02" } }, power)
  const flash = storage.open({ path: "log" })
  const domain = keyValue.open({ path: "settings", format: "buffer" })
  return { power, storage, keyValue, flash, domain }
}

function isCut(t: ExecutionContext, work: () => void): void {
  t.throws(work, { instanceOf: PowerCut })
}

test("writes, erases, key-value writes and deletes are numbered; reads and what is refused are not", (t) => {
  const { power, flash, domain } = supplied()
  const counted: number[] = []
  for (const work of [
    () => flash.write(new Uint8Array(4), 0),
    () => flash.eraseBlock(0),
    () => domain.write("a", new ArrayBuffer(1)),
    () => domain.delete("a"),
    () => domain.delete("a"),
    () => flash.read(new Uint8Array(4), 0),
    () => flash.write(new Uint8Array(0), 0),
    () => t.throws(() => flash.write(new Uint8Array(3), 0)),
    () => t.throws(() => domain.write("sixteen-letters-", new ArrayBuffer(1))),
  ]) {
    work()
    counted.push(power.operations)
  }
  t.deepEqual(counted, [1, 2, 3, 4, 4, 4, 4, 4, 4])
})

for (const point of Object.values(CutPoint))
  test(`after a cut ${point} an operation all storage throws, until power is back`, (t) => {
    const { power, storage, keyValue, flash, domain } = supplied()
    let cuts = 0
    power.onCut = () => {
      cuts += 1
      t.false(power.isOn)
    }
    power.cutAt({ operation: 2, point })
    flash.write(new Uint8Array(4), 0)
    isCut(t, () => flash.write(new Uint8Array(4), 4))
    const content = storage.image()
    const values = keyValue.image()
    for (const work of [
      () => flash.write(new Uint8Array(4), 8),
      () => flash.read(new Uint8Array(4), 0),
      () => flash.eraseBlock(0),
      () => flash.status(),
      () => storage.open({ path: "log" }),
      () => domain.read("a"),
      () => domain.write("a", new ArrayBuffer(0)),
      () => domain.delete("a"),
      () => keyValue.open({ path: "settings", format: "buffer" }),
    ])
      isCut(t, work)
    t.deepEqual(storage.image(), content)
    t.deepEqual(keyValue.image(), values)
    t.deepEqual([cuts, power.operations], [1, 2])
    power.turnOn()
    flash.write(new Uint8Array(4), 8)
    domain.delete("a")
    t.is(power.operations, 4)
  })

test("a cut before an operation leaves what was, one after it all of it", (t) => {
  for (const [point, byte] of [
    ["before", 0xff],
    ["after", 0],
  ] as const) {
    const { power, storage, flash } = supplied()
    power.cutAt({ operation: 1, point })
    isCut(t, () => flash.write(new Uint8Array(64), 64))
    t.true(storage.bytes.subarray(64, 128).every((value) => value === byte))
    t.is(storage.bytes[128], 0xff)
    power.turnOn()
    flash.write(new Uint8Array(4), 0)
    power.cutAt({ operation: 3, point })
    isCut(t, () => flash.eraseBlock(0))
    t.is(storage.bytes[0], point === "after" ? 0xff : 0)
    t.is(storage.bytes[64], point === "after" ? 0xff : byte)
  }
})

test("a write is torn at each of its bytes: a prefix, a word in which only bits that should clear did, and the rest as it was", (t) => {
  const length = 64
  const bytes = fc.uint8Array({ minLength: length, maxLength: length })
  let halfCleared = 0
  fc.assert(
    fc.property(bytes, bytes, (before, written) => {
      for (let prefix = 0; prefix < length; prefix++) {
        const { power, storage, flash } = supplied()
        flash.write(before, BLOCK)
        power.cutAt({ operation: 2, point: "within", seed: prefix })
        isCut(t, () => flash.write(written, BLOCK))
        const left = storage.bytes.subarray(BLOCK, BLOCK + length)
        for (let at = 0; at < length; at++) {
          const old = before[at] as number
          const whole = old & (written[at] as number)
          const found = left[at] as number
          if (at < prefix) t.is(found, whole)
          else if (at >= prefix + 4) t.is(found, old)
          else t.true((found & ~old) === 0 && (whole & ~found) === 0)
          if (found !== old && found !== whole) halfCleared += 1
        }
      }
    }),
    { numRuns: 5 },
  )
  t.true(halfCleared > 100)
})

test("where nobody chooses, the operation's number tears its write", (t) => {
  const torn = (operation: number) => {
    const { power, storage, flash } = supplied()
    for (let done = 1; done < operation; done++) flash.eraseBlock(0)
    power.cutAt({ operation, point: "within" })
    isCut(t, () => flash.write(new Uint8Array(16), 0))
    return storage.bytes.slice(0, 16)
  }
  t.true(
    torn(5)
      .subarray(0, 5)
      .every((byte) => byte === 0),
  )
  t.true(
    torn(5)
      .subarray(9)
      .every((byte) => byte === 0xff),
  )
  t.deepEqual(torn(5), torn(5))
  t.notDeepEqual(torn(5), torn(6))
})

test("an erase that is cut within sets bits in its block alone, here wholly, there not or in part; never all of it", (t) => {
  const seen = { beginning: 0, end: 0, asItWas: 0, inPart: 0 }
  for (let seed = 0; seed < 200; seed++) {
    const { power, storage, flash } = supplied()
    flash.write(new Uint8Array(3 * BLOCK), 0)
    power.cutAt({ operation: 2, point: "within", seed })
    isCut(t, () => flash.eraseBlock(1))
    t.is(storage.bytes[BLOCK - 1], 0)
    t.is(storage.bytes[2 * BLOCK], 0)
    const block = storage.bytes.subarray(BLOCK, 2 * BLOCK)
    const erased = block.filter((byte) => byte === 0xff).length
    t.true(erased < BLOCK)
    if (block[0] === 0xff) seen.beginning += 1
    if (block[BLOCK - 1] === 0xff) seen.end += 1
    if (block.every((byte) => byte === 0 || byte === 0xff)) seen.asItWas += 1
    else seen.inPart += 1
    t.is(storage.erases[1], 1)
  }
  for (const count of Object.values(seen)) t.true(count > 20, JSON.stringify(seen))
})

test("key-value that is cut within a write or delete has the old value or the new, both of which happen", (t) => {
  const left = new Set<string | undefined>()
  const deleted = new Set<string | undefined>()
  for (let seed = 0; seed < 20; seed++) {
    const { power, keyValue, domain } = supplied()
    power.cutAt({ operation: 1, point: "within", seed })
    isCut(t, () => domain.write("a", Uint8Array.of(3, 4).buffer))
    left.add(keyValue.image().settings?.a)
    t.is(keyValue.image().settings?.b, "02")
    power.turnOn()
    power.cutAt({ operation: 2, point: "within", seed })
    isCut(t, () => domain.delete("b"))
    deleted.add(keyValue.image().settings?.b)
  }
  t.deepEqual(left, new Set(["01", "0304"]))
  t.deepEqual(deleted, new Set(["02", undefined]))
})

for (const [point, written, kept] of [
  ["before", "01", "02"],
  ["after", "0304", undefined],
] as const)
  test(`key-value that is cut ${point} a write or delete has the ${point === "before" ? "old" : "new"}`, (t) => {
    const { power, keyValue, domain } = supplied()
    power.cutAt({ operation: 1, point })
    isCut(t, () => domain.write("a", Uint8Array.of(3, 4).buffer))
    power.turnOn()
    power.cutAt({ operation: 2, point })
    isCut(t, () => domain.delete("b"))
    t.is(keyValue.image().settings?.a, written)
    t.is(keyValue.image().settings?.b, kept)
  })

test("a bad block is bad in a cut, too, and its error is not heard", (t) => {
  for (const point of Object.values(CutPoint)) {
    const silent = supplied()
    silent.storage.load(new Uint8Array(4 * BLOCK).fill(7))
    silent.storage.setFault(0, FlashFault.silentNoOp)
    silent.power.cutAt({ operation: 1, point })
    isCut(t, () => silent.flash.write(new Uint8Array(64), 0))
    silent.power.turnOn()
    silent.power.cutAt({ operation: 2, point })
    isCut(t, () => silent.flash.eraseBlock(0))
    t.true(silent.storage.bytes.every((byte) => byte === 7))
    const failing = supplied()
    failing.storage.setFault(0, FlashFault.programError)
    failing.power.cutAt({ operation: 1, point })
    isCut(t, () => failing.flash.write(new Uint8Array(64), 0))
    t.false(failing.power.isOn)
  }
})

test("a cut is planned for an operation to come, and can be taken back", (t) => {
  const { power, flash } = supplied()
  flash.eraseBlock(0)
  for (const operation of [1, 0, 1.5, Number.NaN])
    t.throws(() => power.cutAt({ operation, point: "before" }), { instanceOf: RangeError })
  power.cutAt({ operation: 2, point: "before" })
  power.cutAt(undefined)
  t.notThrows(() => flash.eraseBlock(0))
  power.cutAt({ operation: 4, point: "after" })
  power.turnOn()
  t.notThrows(() => flash.eraseBlock(0))
  isCut(t, () => flash.eraseBlock(0))
})
