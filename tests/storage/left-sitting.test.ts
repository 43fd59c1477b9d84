/** A sitting that is left to the next boot. */
import test from "ava"
import { STORAGE_PATH, StorageKey } from "../../src/storage/kept-value"
import { keepLeftSitting, readLeftSitting } from "../../src/storage/left-sitting"
import { damaged, MemoryStorage } from "./virtual-storage"

const LEFT = { bootId: 70_000, retainedMs: 5_000_000_000, satS: 0xffff, isTold: true }
const KEY = `${STORAGE_PATH}/${StorageKey.sitting}`

test("it is read as it was kept; before there is none", (t) => {
  const storage = new MemoryStorage()
  t.is(readLeftSitting(storage), undefined)
  for (const left of [LEFT, { ...LEFT, satS: 1, isTold: false }]) {
    keepLeftSitting(storage, left)
    t.deepEqual(readLeftSitting(storage), left)
  }
})

test("one that is damaged anywhere is none", (t) => {
  const storage = new MemoryStorage()
  keepLeftSitting(storage, LEFT)
  const sealed = storage.values.get(KEY) as ArrayBuffer
  for (let at = 0; at < sealed.byteLength; at++) {
    storage.values.set(KEY, damaged(sealed, at))
    t.is(readLeftSitting(storage), undefined)
  }
})
