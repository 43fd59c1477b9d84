/** Settling: how much faster the low-pass is, block by block. */
import test from "ava"
import { Settling } from "../../src/motion/settling"

/** The raises of the next blocks. */
function raises(settling: Settling, blocks: number, resting = false): number[] {
  return Array.from({ length: blocks }, () => {
    const { raise } = settling
    settling.endBlock(resting)
    return raise
  })
}
const repeated = (value: number, times: number): number[] => Array.from({ length: times }, () => value)

test("from the start the corner is 16-fold for two blocks, and half of that with each doubling of time", (t) => {
  const wanted = [
    ...repeated(4, 2),
    ...repeated(3, 2),
    ...repeated(2, 4),
    ...repeated(1, 8),
    ...repeated(0, 20),
  ]
  t.deepEqual(raises(new Settling(), 36), wanted)
})

test("it is settled after 16 blocks, and not before", (t) => {
  const settling = new Settling()
  raises(settling, 15)
  t.false(settling.settled)
  raises(settling, 1)
  t.true(settling.settled)
})

test("at rest the corner is doubled, and its own again with the first block that is no rest", (t) => {
  const settling = new Settling()
  raises(settling, 16)
  raises(settling, 1, true)
  t.is(settling.raise, 1)
  raises(settling, 1)
  t.is(settling.raise, 0)
})

test("after a loss it settles from the fifth block on, after a doubt from the ninth", (t) => {
  const settling = new Settling()
  raises(settling, 20)
  settling.lost()
  t.false(settling.settled)
  t.deepEqual(raises(settling, 14), [...repeated(2, 4), ...repeated(1, 8), 0, 0])
  settling.doubted()
  t.false(settling.settled)
  t.deepEqual(raises(settling, 10), [...repeated(1, 8), 0, 0])
})

test("a loss or a doubt while it has not come so far changes nothing", (t) => {
  const settling = new Settling()
  raises(settling, 1)
  settling.lost()
  t.is(settling.raise, 4)
  raises(settling, 5)
  settling.doubted()
  t.is(settling.raise, 2)
})
