/** Blocks of the virtual flash that go bad: each fault by its name, in its block alone, until it is taken back. */
import test, { type ExecutionContext } from "ava"
import fc from "fast-check"
import { FlashFault, VirtualFlash } from "../../../hosts/virtual/flash"

const BLOCK = 4096
const BAD = 2
const PATTERN = Uint8Array.from({ length: 64 }, (_, at) => at)

function flashWith(fault: FlashFault, ...stuck: [stuck?: { bit: number; level: 0 | 1 }]) {
  const storage = new VirtualFlash({ size: 4 * BLOCK })
  const flash = storage.open({ path: "log" })
  for (let block = 0; block < 4; block++) flash.write(PATTERN, block * BLOCK)
  storage.setFault(BAD, fault, ...stuck)
  const read = (block: number, at = 0, length = PATTERN.length) => {
    const buffer = new Uint8Array(length)
    flash.read(buffer, block * BLOCK + at)
    return buffer
  }
  return { storage, flash, read }
}

/** The blocks beside a bad one, and the bad one once it is mended, do as they are told. */
function doesAsTold(t: ExecutionContext, { flash, read }: ReturnType<typeof flashWith>, block: number): void {
  flash.eraseBlock(block)
  t.deepEqual(read(block), new Uint8Array(PATTERN.length).fill(0xff))
  flash.write(PATTERN, block * BLOCK)
  t.deepEqual(read(block), PATTERN)
}

for (const fault of Object.values(FlashFault))
  test(`${fault}: the neighbours are well, and so is the block when it is mended`, (t) => {
    const bad = flashWith(fault)
    doesAsTold(t, bad, BAD - 1)
    doesAsTold(t, bad, BAD + 1)
    bad.storage.setFault(BAD, undefined)
    doesAsTold(t, bad, BAD)
  })

test("programError: a write throws, with no more than some of its first bytes programmed; reads and erases go on", (t) => {
  const { flash, read } = flashWith(FlashFault.programError)
  const prefixes = new Set<number>()
  for (let round = 0; round < 200; round++) {
    flash.eraseBlock(BAD)
    t.throws(() => flash.write(new Uint8Array(16), BAD * BLOCK), {
      message: "flash: write failed in block 2",
    })
    const bytes = read(BAD, 0, 32)
    const prefix = bytes.indexOf(0xff)
    t.true(bytes.subarray(prefix).every((byte) => byte === 0xff))
    prefixes.add(prefix)
  }
  t.deepEqual(
    [...prefixes].sort((a, b) => a - b),
    Array.from({ length: 16 }, (_, prefix) => prefix),
  )
})

test("programError: a write across two blocks is whole in the good one before", (t) => {
  const { flash, read } = flashWith(FlashFault.programError)
  t.throws(() => flash.write(new Uint8Array(16), BAD * BLOCK - 8))
  t.deepEqual([...read(BAD - 1, BLOCK - 8, 8)], [0, 0, 0, 0, 0, 0, 0, 0])
  t.deepEqual(read(BAD, 8, 56), PATTERN.subarray(8))
})

test("eraseError: an erase throws and leaves the second half; it wears the block all the same", (t) => {
  const { storage, flash, read } = flashWith(FlashFault.eraseError)
  flash.write(PATTERN, BAD * BLOCK + BLOCK / 2)
  t.throws(() => flash.eraseBlock(BAD), { message: "flash: erase failed in block 2" })
  t.true(read(BAD, 0, BLOCK / 2).every((byte) => byte === 0xff))
  t.deepEqual(read(BAD, BLOCK / 2), PATTERN)
  t.is(storage.erases[BAD], 1)
})

test("silentNoOp: writes and erases change nothing and say nothing, also as a part of a longer write", (t) => {
  const { flash, read } = flashWith(FlashFault.silentNoOp)
  t.notThrows(() => flash.write(new Uint8Array(64), BAD * BLOCK))
  t.notThrows(() => flash.eraseBlock(BAD))
  t.notThrows(() => flash.write(new Uint8Array(BLOCK + 16), BAD * BLOCK - 8))
  t.deepEqual(read(BAD), PATTERN)
  t.deepEqual([...read(BAD - 1, BLOCK - 8, 8)], [0, 0, 0, 0, 0, 0, 0, 0])
  t.deepEqual([...read(BAD + 1, 0, 12)], [0, 0, 0, 0, 0, 0, 0, 0, 8, 9, 10, 11])
})

test("readError: a read that touches the block throws and gives nothing; writes reach it", (t) => {
  const { storage, flash, read } = flashWith(FlashFault.readError)
  const buffer = new Uint8Array(16)
  for (const at of [BAD * BLOCK, (BAD + 1) * BLOCK - 16, BAD * BLOCK - 8, (BAD + 1) * BLOCK - 8])
    t.throws(() => flash.read(buffer, at), { message: "flash: read failed in block 2" })
  t.deepEqual(buffer, new Uint8Array(16))
  t.deepEqual(read(BAD - 1, BLOCK - 16, 16), new Uint8Array(16).fill(0xff))
  flash.write(new Uint8Array(64), BAD * BLOCK)
  t.is(storage.bytes[BAD * BLOCK + 63], 0)
})

test("stuckBit: one bit of the block keeps its level through writes and erases, all others do as they are told", (t) => {
  const bits = fc.record({ bit: fc.nat(BLOCK * 8 - 1), level: fc.constantFrom<0 | 1>(0, 1) })
  const byte = fc.nat(255)
  fc.assert(
    fc.property(bits, byte, (stuck, written) => {
      const { flash, read } = flashWith(FlashFault.stuckBit, stuck)
      const at = stuck.bit >> 3
      const mask = 1 << (stuck.bit & 7)
      const held = (value: number) => (stuck.level === 1 ? value | mask : value & ~mask)
      t.is(read(BAD, at, 1)[0], held(at < PATTERN.length ? at : 0xff))
      flash.eraseBlock(BAD)
      t.is(read(BAD, at, 1)[0], held(0xff))
      const whole = new Uint8Array(BLOCK).fill(written)
      flash.write(whole, BAD * BLOCK)
      whole[at] = held(written)
      t.deepEqual(read(BAD, 0, BLOCK), whole)
    }),
    { numRuns: 40 },
  )
})

test("a stuck bit is in an image that is loaded, too; a fault in place of another is the only one", (t) => {
  const { storage, flash, read } = flashWith(FlashFault.stuckBit, { bit: 9, level: 0 })
  storage.load(new VirtualFlash({ size: 4 * BLOCK }).image())
  t.deepEqual([...read(BAD, 0, 3)], [0xff, 0xfd, 0xff])
  storage.setFault(BAD, FlashFault.eraseError)
  t.throws(() => flash.eraseBlock(BAD))
  t.deepEqual([...read(BAD, 0, 3)], [0xff, 0xff, 0xff])
})

test("there is no fault outside the flash", (t) => {
  const storage = new VirtualFlash({ size: 4 * BLOCK })
  for (const block of [4, -1, 0.5])
    t.throws(() => storage.setFault(block, FlashFault.readError), { message: /^flash: no block/ })
  t.throws(() => storage.setFault(0, FlashFault.stuckBit, { bit: BLOCK * 8, level: 0 }), {
    message: /no bit 32768/,
  })
})
