import test from "ava"
import { Backlog } from "../../src/motion/backlog"

const BLOCK = 64
const SAMPLES = 21 * BLOCK

for (const count of [1, 100, BLOCK, SAMPLES - 1, SAMPLES, SAMPLES + 1, SAMPLES + BLOCK, 5 * SAMPLES + 77])
  test(`after ${count} samples the newest are given back in order, with up before the first`, (t) => {
    const backlog = new Backlog(9_600)
    for (let n = 0; n < count; n++) backlog.put(n & 0x7fff, 1, 2, 3, 4, -n & 0x7fff, n & 0x7fff, -7, 8)
    const waiting = backlog.rewind()
    t.true(waiting <= SAMPLES && waiting >= Math.min(count, SAMPLES - BLOCK), `${waiting}`)
    for (let n = count - waiting; n < count; n++)
      t.deepEqual([...backlog.next()], [n & 0x7fff, 1, 2, 3, 4, -n & 0x7fff])
    t.deepEqual([...backlog.firstUp], [(count - waiting) & 0x7fff, -7, 8])
  })

test("clear() leaves nothing", (t) => {
  const backlog = new Backlog(9_600)
  for (let n = 0; n < 300; n++) backlog.put(1, 1, 1, 1, 1, 1, 1, 1, 1)
  backlog.clear()
  t.is(backlog.rewind(), 0)
})
