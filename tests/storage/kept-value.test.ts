import { readFileSync } from "node:fs"
import test from "ava"
import { keep, readKept, STORAGE_PATH, StorageKey } from "../../src/storage/kept-value"
import { MemoryStorage } from "./virtual-storage"

const KEY = StorageKey.settings
const PAYLOAD = Uint8Array.of(1, 2, 3)

test("what was kept is read again, and the domain is open only meanwhile", (t) => {
  const storage = new MemoryStorage()
  t.is(readKept(storage, KEY, 1), undefined)
  keep(storage, KEY, 1, PAYLOAD)
  t.deepEqual(readKept(storage, KEY, 1), PAYLOAD)
  t.deepEqual([...storage.values.keys()], [`${STORAGE_PATH}/settings`])
  t.is(storage.openDomains, 0)
})

test("a storage that cannot be opened or read is told in words", (t) => {
  const broken = {
    open: () => {
      throw new Error("NVS is gone")
    },
  }
  t.is(readKept(broken, KEY, 1), "cannot be read: NVS is gone")
  const storage = new MemoryStorage()
  storage.unreadable = true
  t.is(readKept(storage, KEY, 1), "cannot be read: key-value: cannot read")
  t.is(storage.openDomains, 0)
})

test("a value that cannot be written leaves the old one, and no domain open", (t) => {
  const storage = new MemoryStorage()
  keep(storage, KEY, 1, PAYLOAD)
  storage.full = true
  t.throws(() => keep(storage, KEY, 1, Uint8Array.of(9)), { message: /no space/ })
  t.deepEqual(readKept(storage, KEY, 1), PAYLOAD)
  t.is(storage.openDomains, 0)
})

test("the document lists every key", (t) => {
  const document = readFileSync(new URL("../../docs/storage.md", import.meta.url), "utf8")
  const listed = [...document.matchAll(/^\| `(\w+)` \|/gm)].map(([, key]) => key)
  t.deepEqual(listed, Object.values(StorageKey))
})
