import test from "ava"
import { CalibrationStore } from "../../src/storage/calibration-store"
import { STORAGE_PATH, StorageKey } from "../../src/storage/kept-value"
import { seal } from "../../src/storage/sealed-value"
import { damaged, MemoryStorage } from "./virtual-storage"

const KEY = `${STORAGE_PATH}/${StorageKey.calibration}`
const BLOB = Uint8Array.from([1, 2, 3, 250]).buffer

function stored(): MemoryStorage {
  const storage = new MemoryStorage()
  new CalibrationStore(storage).save(513, BLOB)
  return storage
}

test("a fresh device has no calibration and nothing to say about it", (t) => {
  const store = new CalibrationStore(new MemoryStorage())
  t.is(store.stored, undefined)
  t.is(store.note, undefined)
})

test("the calibration is there after the next boot, with its version", (t) => {
  const store = new CalibrationStore(stored())
  t.deepEqual(store.stored, { version: 513, blob: BLOB })
  t.is(store.version, 513)
})

test("the stored bytes stay those that earlier firmware stored: version, then the blob", (t) => {
  t.is(Buffer.from(stored().values.get(KEY) as ArrayBuffer).toString("hex"), "0106000102010203fa6572fc4b")
})

test("what is kept does not change with the bytes that were handed over", (t) => {
  const blob = BLOB.slice(0)
  const store = new CalibrationStore(new MemoryStorage())
  store.save(1, blob)
  new Uint8Array(blob).fill(0)
  t.deepEqual(store.stored?.blob, BLOB)
})

test("damage anywhere means no calibration and a note, never a wrong one", (t) => {
  const sealed = stored().values.get(KEY) as ArrayBuffer
  for (let at = 0; at < sealed.byteLength; at++) {
    const storage = new MemoryStorage()
    storage.values.set(KEY, damaged(sealed, at))
    const store = new CalibrationStore(storage)
    t.is(store.stored, undefined)
    t.regex(store.note ?? "", /^stored calibration: .*; calibrate again$/)
  }
})

test("once another one is stored, there is nothing wrong any more", (t) => {
  const storage = stored()
  storage.values.set(KEY, damaged(storage.values.get(KEY) as ArrayBuffer, 4))
  const store = new CalibrationStore(storage)
  t.truthy(store.note)
  storage.full = true
  t.throws(() => store.save(1, BLOB))
  t.truthy(store.note)
  storage.full = false
  store.save(1, BLOB)
  t.is(store.note, undefined)
})

test("a sealed value too short for a version is told", (t) => {
  const storage = new MemoryStorage()
  storage.values.set(KEY, seal(1, new Uint8Array(1)))
  t.regex(new CalibrationStore(storage).note ?? "", /no version/)
})

test("a storage that fails keeps the old calibration", (t) => {
  const storage = stored()
  const store = new CalibrationStore(storage)
  storage.full = true
  t.throws(() => store.save(514, BLOB))
  t.is(store.stored?.version, 513)
  t.is(store.version, 513)
})

for (const version of [-1, 0x10000, 1.5]) {
  test(`version ${version} is refused`, (t) => {
    t.throws(() => new CalibrationStore(new MemoryStorage()).save(version, BLOB), { instanceOf: RangeError })
  })
}
