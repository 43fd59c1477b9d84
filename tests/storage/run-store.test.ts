import test from "ava"
import { MemoryRunStore } from "../../src/storage/run-store"

const record = (length: number) => new Uint8Array(length)
const ids = (store: MemoryRunStore) => store.list().map(({ id }) => id)

test("runs are listed oldest first with the length of their records", (t) => {
  const store = new MemoryRunStore()
  store.add(1, record(10))
  store.add(2, record(20))
  t.deepEqual(store.list(), [
    { id: 1, recordBytes: 10 },
    { id: 2, recordBytes: 20 },
  ])
  t.is(store.record(2)?.length, 20)
  t.is(store.record(3), undefined)
})

test("it keeps the newest 16", (t) => {
  const store = new MemoryRunStore()
  for (let id = 1; id <= 20; id++) store.add(id, record(10))
  t.deepEqual(ids(store), [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20])
  t.is(store.record(4), undefined)
})

test("it keeps 16 KB of them", (t) => {
  const store = new MemoryRunStore()
  for (let id = 1; id <= 10; id++) store.add(id, record(4096))
  t.deepEqual(ids(store), [7, 8, 9, 10])
})

test("of long records it keeps as many of the newest as fit into its bytes", (t) => {
  const store = new MemoryRunStore(16, 100)
  for (let id = 1; id <= 4; id++) store.add(id, record(40))
  t.deepEqual(ids(store), [3, 4])
  store.add(5, record(20))
  t.deepEqual(ids(store), [3, 4, 5])
})

test("the newest stays, however long", (t) => {
  const store = new MemoryRunStore(16, 100)
  store.add(1, record(50))
  store.add(2, record(500))
  t.deepEqual(ids(store), [2])
})

test("an id is given once", (t) => {
  const store = new MemoryRunStore()
  store.add(1, record(1))
  t.throws(() => store.add(1, record(1)), { message: "run store: there is a run 1 already" })
})
