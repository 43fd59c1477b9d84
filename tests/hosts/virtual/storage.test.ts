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
