import test from "ava"
import fc from "fast-check"
import { Backlog } from "../../src/motion/backlog"

const BLOCK = 64
const SAMPLES = 21 * BLOCK
/** Seven bits of each axis are kept, of three axes together: a step is 2^2 to 2^9 counts, by the one that says most. */
const BITS = 7
const STEP_LEAST = 4
const STEP_MOST = 512
/** Nothing is lost of what these are multiples of, up to 64 of them. */
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
    t.deepEqual(
      [0, 1, 2].map((axis) => backlog.firstUp(axis)),
      [(count - waiting) & 0x7fff, -7, 8],
    )
    for (let n = count - waiting; n < count; n++)
      t.deepEqual([...backlog.next()], [whole(n), 0, STEP, 0, 0, whole(-n)])
  })

const stepOf = (...values: number[]) =>
  Math.max(STEP_LEAST, 2 ** (Math.ceil(Math.log2(Math.max(...values.map(Math.abs)) + 1)) - (BITS - 1)))

test("what is lost of a sample comes with the next: sums stay right to one step of the last", (t) => {
  const counts = fc.oneof(
    fc.integer({ min: -32768, max: 32767 - STEP_MOST }),
    fc.integer({ min: -64, max: 64 }),
  )
  const samples = fc.array(fc.tuple(counts, counts, counts, counts, counts, counts), { maxLength: 200 })
  fc.assert(
    fc.property(samples, (kept) => {
      const backlog = new Backlog(9_600)
      for (const [x, y, z, ax, ay, az] of kept) backlog.put(x, y, z, ax, ay, az)
      backlog.rewind()
      const left = [0, 0, 0, 0, 0, 0]
      for (const sample of kept) {
        const [x, y, z, ax, ay, az] = sample.map((value, axis) => value + (left[axis] as number))
        const steps = [stepOf(x ?? 0, y ?? 0, z ?? 0), stepOf(ax ?? 0, ay ?? 0, az ?? 0)]
        backlog.next().forEach((value, axis) => {
          left[axis] = (left[axis] as number) + (sample[axis] as number) - value
          if ((left[axis] as number) < 0 || (left[axis] as number) >= (steps[Math.floor(axis / 3)] as number))
            throw new Error(`axis ${axis} of ${sample}: ${left[axis]} left`)
        })
      }
    }),
  )
  t.pass()
})

test("who stands still does so when it is stepped again: rates to 4 counts, forces to 64", (t) => {
  const backlog = new Backlog(9_600)
  const standing = (n: number) => [5, -9, 3, 240 + (n & 7), -2030 - (n & 7), -380] as const
  for (let n = 0; n < 100; n++) backlog.put(...standing(n))
  backlog.rewind()
  for (let n = 0; n < 100; n++)
    backlog.next().forEach((value, axis) => {
      const off = Math.abs(value - (standing(n)[axis] as number))
      t.true(off <= (axis < 3 ? 4 : 64), `axis ${axis}: ${off} off`)
    })
})

test("the ends of the range stay there", (t) => {
  const backlog = new Backlog(9_600)
  for (let n = 0; n < 10; n++) backlog.put(32767, -32768, 32767, -32768, 32767, -32768)
  backlog.rewind()
  for (let n = 0; n < 10; n++) t.deepEqual([...backlog.next()], [32256, -32768, 32256, -32768, 32256, -32768])
})

test("clear() leaves nothing", (t) => {
  const backlog = new Backlog(9_600)
  for (let n = 0; n < 300; n++) backlog.put(1, 1, 1, 1, 1, 1)
  backlog.clear()
  t.is(backlog.rewind(), 0)
})
