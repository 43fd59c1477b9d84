import test from "ava"
import fc from "fast-check"
import { Backlog } from "../../src/motion/backlog"

const BLOCK = 64
const SAMPLES = 21 * BLOCK
/** What an axis is kept in. */
const STEP = 256

for (const count of [1, 100, BLOCK, SAMPLES - 1, SAMPLES, SAMPLES + 1, SAMPLES + BLOCK, 5 * SAMPLES + 77])
  test(`after ${count} samples the newest are given back in order, with up before the first`, (t) => {
    const backlog = new Backlog(9_600)
    const whole = (n: number) => STEP * ((n & 127) - 64)
    for (let n = 0; n < count; n++) {
      t.is(backlog.beginsBlock, n % BLOCK === 0)
      if (backlog.beginsBlock) backlog.putUp(n & 0x7fff, -7, 8)
      backlog.put(whole(n), 0, STEP, 0, 0, whole(-n))
    }
    const waiting = backlog.rewind()
    t.true(waiting <= SAMPLES && waiting >= Math.min(count, SAMPLES - BLOCK), `${waiting}`)
    for (let n = count - waiting; n < count; n++)
      t.deepEqual([...backlog.next()], [whole(n), 0, STEP, 0, 0, whole(-n)])
    t.deepEqual([...backlog.firstUp], [(count - waiting) & 0x7fff, -7, 8])
  })

test("what is lost of a sample comes with the next: sums stay right to one step", (t) => {
  const counts = fc.integer({ min: -32768, max: 32767 - STEP })
  const samples = fc.array(fc.tuple(counts, counts, counts, counts, counts, counts), { maxLength: 200 })
  fc.assert(
    fc.property(samples, (kept) => {
      const backlog = new Backlog(9_600)
      for (const [x, y, z, ax, ay, az] of kept) backlog.put(x, y, z, ax, ay, az)
      backlog.rewind()
      const off = [0, 0, 0, 0, 0, 0]
      for (const sample of kept)
        backlog.next().forEach((value, axis) => {
          off[axis] = (off[axis] as number) + value - (sample[axis] as number)
          t.true((off[axis] as number) <= 0 && (off[axis] as number) > -STEP, `axis ${axis}`)
        })
    }),
  )
})

test("the ends of the range stay there", (t) => {
  const backlog = new Backlog(9_600)
  for (let n = 0; n < 10; n++) backlog.put(32767, -32768, 32767, -32768, 32767, -32768)
  backlog.rewind()
  for (let n = 0; n < 10; n++) t.deepEqual([...backlog.next()], [32512, -32768, 32512, -32768, 32512, -32768])
})

test("clear() leaves nothing", (t) => {
  const backlog = new Backlog(9_600)
  for (let n = 0; n < 300; n++) backlog.put(1, 1, 1, 1, 1, 1)
  backlog.clear()
  t.is(backlog.rewind(), 0)
})
