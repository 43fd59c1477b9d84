import test from "ava"
import {
  DEFAULT_NAME,
  deviceName,
  deviceNameNote,
  NAME_LIMIT_BYTES,
  nameRefused,
  resetDeviceName,
  setDeviceName,
} from "../../src/storage/device-name"
import { STORAGE_PATH, StorageKey } from "../../src/storage/kept-value"
import { seal } from "../../src/storage/sealed-value"
import { damaged, MemoryStorage } from "./virtual-storage"

const KEY = `${STORAGE_PATH}/${StorageKey.name}`
const bytesOf = (text: string) => new TextEncoder().encode(text)

function named(name: string): MemoryStorage {
  const storage = new MemoryStorage()
  setDeviceName(storage, bytesOf(name))
  return storage
}

test("a fresh device is called Patella and has nothing to say about it", (t) => {
  t.is(deviceName(new MemoryStorage()), "Patella")
  t.is(deviceNameNote(new MemoryStorage()), undefined)
})

for (const text of ["K", "Jörgs Knie", "knee 🦵", "x".repeat(NAME_LIMIT_BYTES), "ö".repeat(10)])
  test(`"${text}" is there after the next boot`, (t) => {
    const storage = named(text)
    t.is(deviceName(storage), text)
    t.is(storage.openDomains, 0)
  })

test("the stored bytes stay those that earlier firmware stored: the name, sealed", (t) => {
  t.is(Buffer.from(named("Knee").values.get(KEY) as ArrayBuffer).toString("hex"), "0104004b6e6565ffa5848b")
})

const refused: [what: string, name: number[], words: RegExp][] = [
  ["nothing", [], /0 bytes; it takes 1 to 20/],
  ["a byte too many", [...bytesOf("x".repeat(21))], /21 bytes/],
  ["half a character", [0x41, 0xc3], /no UTF-8/],
  ["a line break", [0x41, 0x0a], /control character/],
  ["delete", [0x7f], /control character/],
  ["spaces alone", [0x20, 0x20], /blank/],
]
for (const [what, name, words] of refused)
  test(`${what} is refused as a name and changes nothing`, (t) => {
    const storage = named("Knee")
    t.regex(nameRefused(Uint8Array.from(name)) ?? "", words)
    t.throws(() => setDeviceName(storage, Uint8Array.from(name)), { instanceOf: RangeError, message: words })
    t.is(deviceName(storage), "Knee")
  })

test("a name damaged anywhere gives way to the default with a note, never to another", (t) => {
  const sealed = named("Jörgs Knie").values.get(KEY) as ArrayBuffer
  for (let at = 0; at < sealed.byteLength; at++) {
    const storage = new MemoryStorage()
    storage.values.set(KEY, damaged(sealed, at))
    t.is(deviceName(storage), DEFAULT_NAME)
    t.regex(deviceNameNote(storage) ?? "", /^stored name: .*; the default in force$/)
  }
})

test("of another generation, or from a firmware that takes longer names, it gives way to the default with a note", (t) => {
  for (const value of [seal(16, bytesOf("Knee")), seal(2, bytesOf("x".repeat(21)))]) {
    const storage = new MemoryStorage()
    storage.values.set(KEY, value)
    t.is(deviceName(storage), DEFAULT_NAME)
    t.truthy(deviceNameNote(storage))
  }
})

test("a storage that cannot be read is told, and the name is the default", (t) => {
  const storage = named("Knee")
  storage.unreadable = true
  t.is(deviceName(storage), DEFAULT_NAME)
  t.regex(deviceNameNote(storage) ?? "", /cannot be read: key-value: cannot read/)
})

test("a storage that fails changes nothing and says so", (t) => {
  const storage = named("Knee")
  storage.full = true
  t.throws(() => setDeviceName(storage, bytesOf("Other")), { message: /no space/ })
  t.throws(() => resetDeviceName(storage), { message: /no space/ })
  t.is(deviceName(storage), "Knee")
  t.is(storage.openDomains, 0)
})

test("reset it is the default again, also after the next boot", (t) => {
  const storage = named("Knee")
  storage.values.set(KEY, damaged(storage.values.get(KEY) as ArrayBuffer, 4))
  resetDeviceName(storage)
  t.is(deviceName(storage), DEFAULT_NAME)
  t.is(deviceNameNote(storage), undefined)
})
