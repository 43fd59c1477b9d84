/** The flash from above, held against partitions that the firmware's own log wrote. */
import test from "ava"
import { flashView } from "../../../simulator/serve/flash-view"
import { Partition, recordOf, SMALL_BLOCKS } from "../flash/image-maker"

const BLOCK_BYTES = 4096
/** docs/flash-format.md: the journal's six segments of four blocks come first. */
const JOURNAL_BLOCKS = 24
const ERASES = Array.from({ length: SMALL_BLOCKS }, (_, block) => block)

test("what is erased is free, and wear is told as it is", (t) => {
  const { blocks, erases, runs, usedShare } = flashView(new Partition().image(), ERASES)
  t.is(blocks, "f".repeat(SMALL_BLOCKS))
  t.deepEqual(erases, ERASES)
  t.deepEqual(runs, [])
  t.is(usedShare, 0)
})

test("a run lies in the blocks that its record lies in, and a state of the open run in the journal", (t) => {
  const partition = new Partition()
  partition.keep(1, 5000)
  for (const id of [1, 2, 3]) partition.archive.add(id, recordOf(id, 40))
  const image = partition.image()
  const { blocks, runs, usedShare } = flashView(image, ERASES)
  t.deepEqual(
    runs.map(({ id }) => id),
    [1, 2, 3],
  )
  for (const { id, blocks: lain } of runs) {
    // A record is found again by its own bytes.
    const at = Buffer.from(image).indexOf(recordOf(id, 40))
    t.true(at > 0)
    const first = Math.floor(at / BLOCK_BYTES)
    const last = Math.floor((at + recordOf(id, 40).length - 1) / BLOCK_BYTES)
    t.true(lain.includes(first) && lain.includes(last), `run ${id}: ${lain}`)
    t.true(lain.length <= last - first + 2)
    for (const block of lain) t.is(blocks[block], "a")
  }
  t.regex(blocks.slice(0, JOURNAL_BLOCKS), /^f*j+f*$/)
  t.regex(blocks.slice(JOURNAL_BLOCKS), /^f*a+f*$/)
  const used = [...blocks].filter((letter) => letter !== "f").length
  t.is(usedShare, used / SMALL_BLOCKS)
  t.true(used >= 2)
})

test("runs that were dropped are gone, and segments that cannot be read are told apart", (t) => {
  const partition = new Partition()
  for (const id of [1, 2]) partition.archive.add(id, recordOf(id))
  partition.archive.acknowledge(1)
  partition.archive.dropWithin(1, 1)
  t.deepEqual(
    flashView(partition.image(), ERASES).runs.map(({ id }) => id),
    [2],
  )
  const image = partition.image()
  const segment = image.findIndex((byte, at) => at >= JOURNAL_BLOCKS * BLOCK_BYTES && byte !== 0xff)
  image[segment + 4] = 0
  image[segment + 5] = 0
  const block = Math.floor(segment / BLOCK_BYTES)
  t.is(flashView(image, ERASES).blocks.slice(block, block + 4), "xxxx")
})
