import test from "ava"
import fc from "fast-check"
import { FLASH_BLOCK_BYTES, FLASH_BYTES, FLASH_WRITE_ALIGN, VirtualFlash } from "../../../hosts/virtual/flash"
import { VirtualKeyValue } from "../../../hosts/virtual/key-value"

const BLOCKS = FLASH_BYTES / FLASH_BLOCK_BYTES

test("flash has 1 MB in blocks of 4 KB, written in words of 4 bytes", (t) => {
  const status = new VirtualFlash().open({ path: "log" }).status()
  t.deepEqual(status, { size: 1_048_576, blockLength: 4096, blocks: 256, writeAlign: 4 })
})

test("new flash is erased", (t) => {
  t.true(new VirtualFlash().bytes.every((byte) => byte === 0xff))
  t.true(new VirtualFlash({ size: 3 * 1024, blockLength: 1024 }).bytes.every((byte) => byte === 0xff))
})

test("flash may have another size, other blocks and another alignment, as long as they fit into each other", (t) => {
  const flash = new VirtualFlash({ size: 6144, blockLength: 2048, writeAlign: 16 }).open({ path: "log" })
  t.deepEqual(flash.status(), { size: 6144, blockLength: 2048, blocks: 3, writeAlign: 16 })
  t.throws(() => flash.write(new Uint8Array(16), 8), {
    message: 'flash "log": write of 16 bytes at 8 is not aligned to 16',
  })
  flash.write(new Uint8Array(16), 16)
  t.throws(() => flash.eraseBlock(3), { instanceOf: RangeError })
  const bytewise = new VirtualFlash({ writeAlign: 1 }).open({ path: "log" })
  t.notThrows(() => bytewise.write(new Uint8Array(3), 5))
  for (const geometry of [{ size: 0 }, { size: 5000 }, { blockLength: 4098, size: 2 * 4098 }])
    t.throws(() => new VirtualFlash(geometry), { message: /do not fit/ })
})

test("a flash's image is a copy, and another flash made of it holds the same", (t) => {
  const first = new VirtualFlash({ size: 8192 })
  first.open({ path: "log" }).write(Uint8Array.of(1, 2, 3, 4), 8)
  const image = first.image()
  const second = new VirtualFlash({ size: 8192, image })
  second.open({ path: "log" }).write(new Uint8Array(4), 8)
  first.open({ path: "log" }).write(new Uint8Array(4), 4)
  t.deepEqual([...image.subarray(4, 14)], [255, 255, 255, 255, 1, 2, 3, 4, 255, 255])
  t.is(second.bytes[8], 0)
  t.throws(() => second.load(new Uint8Array(4096)), {
    message: "flash: an image of 4096 bytes for 8192",
  })
})

test("every erase of a block wears it, and no other", (t) => {
  const storage = new VirtualFlash()
  const flash = storage.open({ path: "log" })
  for (const block of [7, 7, 255]) flash.eraseBlock(block)
  const worn = [...storage.erases.entries()].filter(([, erases]) => erases > 0)
  t.deepEqual(worn, [
    [7, 2],
    [255, 1],
  ])
})

test("writing clears bits and never sets one; erasing sets the whole block and no other", (t) => {
  const storage = new VirtualFlash()
  const flash = storage.open({ path: "log" })
  const word = fc.uint8Array({ minLength: FLASH_WRITE_ALIGN, maxLength: FLASH_WRITE_ALIGN })
  fc.assert(
    fc.property(word, word, fc.nat(BLOCKS - 1), (first, second, block) => {
      const offset = block * FLASH_BLOCK_BYTES
      flash.eraseBlock(block)
      flash.write(first, offset)
      flash.write(second, offset)
      const read = new Uint8Array(FLASH_WRITE_ALIGN)
      flash.read(read, offset)
      t.deepEqual(
        [...read],
        [...first].map((byte, at) => byte & (second[at] as number)),
      )
    }),
    { numRuns: 50 },
  )
  flash.write(new Uint8Array(4), FLASH_BLOCK_BYTES - 4)
  flash.write(new Uint8Array(4), 2 * FLASH_BLOCK_BYTES)
  flash.eraseBlock(1)
  t.is(storage.bytes[FLASH_BLOCK_BYTES - 1], 0)
  t.is(storage.bytes[2 * FLASH_BLOCK_BYTES], 0)
})

for (const [what, use] of [
  ["a read past the end", (flash) => flash.read(new Uint8Array(8), FLASH_BYTES - 4)],
  ["a read before the start", (flash) => flash.read(new Uint8Array(8), -4)],
  ["a write past the end", (flash) => flash.write(new Uint8Array(8), FLASH_BYTES - 4)],
  ["an erase past the end", (flash) => flash.eraseBlock(BLOCKS)],
  ["an erase of half a block", (flash) => flash.eraseBlock(0.5)],
  ["a write at an odd offset", (flash) => flash.write(new Uint8Array(4), 2)],
  ["a write of an odd length", (flash) => flash.write(new Uint8Array(3), 0)],
] as [string, (flash: ReturnType<VirtualFlash["open"]>) => void][]) {
  test(`flash refuses ${what}`, (t) => {
    const flash = new VirtualFlash().open({ path: "log" })
    const error = t.throws(() => use(flash), { instanceOf: RangeError })
    t.regex(error?.message ?? "", /^flash "log": /)
  })
}

test("a closed flash is closed; its content stays", (t) => {
  const storage = new VirtualFlash()
  const flash = storage.open({ path: "log" })
  flash.write(new Uint8Array(4), 0)
  flash.close()
  t.throws(() => flash.read(new Uint8Array(4), 0), { message: 'flash "log": closed' })
  const read = new Uint8Array(4)
  storage.open({ path: "log" }).read(read, 0)
  t.deepEqual([...read], [0, 0, 0, 0])
})

test("key-value keeps copies, and boots with what it held", (t) => {
  const storage = new VirtualKeyValue({ settings: { old: "0102" } })
  const domain = storage.open({ path: "settings", format: "buffer" })
  const bytes = new Uint8Array([3, 4])
  domain.write("new", bytes.buffer)
  bytes[0] = 9
  t.deepEqual(new Uint8Array(domain.read("new") as ArrayBuffer), new Uint8Array([3, 4]))
  t.deepEqual(new Uint8Array(domain.read("old") as ArrayBuffer), new Uint8Array([1, 2]))
  t.is(domain.read("none"), undefined)
  t.deepEqual(storage.image(), { settings: { old: "0102", new: "0304" } })
  domain.close()
  t.throws(() => domain.read("new"), { message: 'key-value "settings": closed' })
})

test("key-value forgets a key that is deleted, and minds no key that there is not", (t) => {
  const storage = new VirtualKeyValue({ settings: { a: "01", b: "02" } })
  const domain = storage.open({ path: "settings", format: "buffer" })
  domain.delete("a")
  domain.delete("never")
  t.is(domain.read("a"), undefined)
  t.deepEqual(storage.image(), { settings: { b: "02" } })
  t.throws(() => domain.delete("sixteen-letters-"), { instanceOf: RangeError })
})

test("key-value refuses names that the ESP32's storage cannot hold", (t) => {
  const storage = new VirtualKeyValue()
  t.throws(() => storage.open({ path: "sixteen-letters-", format: "buffer" }), { instanceOf: RangeError })
  const domain = storage.open({ path: "fifteen-letters", format: "buffer" })
  t.throws(() => domain.write("sixteen-letters-", new ArrayBuffer(1)), {
    message: 'key-value: key "sixteen-letters-" has 16 characters, 1 to 15 are allowed',
  })
})
