/** An image as power cuts leave it, before and within writes and erasings (of a payload's pieces, some): nothing is damaged, and every run is there as the firmware finds it. */
import test from "ava"
import { readFlashLog } from "../../../simulator/flash/flash-log"
import { randomOf } from "../../../simulator/runner/random"
import { Partition } from "./image-maker"

const BLOCK = 4096
const SEGMENT = 4 * BLOCK
const SEQUENCE_AT = 4
const RECORD_BYTES = 4000
/** Pieces of a payload are written alike: one of so many is cut. */
const PIECES = 8
const PIECE_BYTES = 64
const RUNS = 30
/** The firmware's own log mounts every so many of the images. */
const MOUNT_EVERY = 7

/** What a cut within it leaves of a write (a prefix of its bytes) or an erasing (of a part of the block, from either end). */
function tear(
  image: Uint8Array,
  at: number,
  bytes: Uint8Array | undefined,
  share: number,
  isHead: boolean,
): void {
  if (bytes) {
    const done = Math.floor(share * bytes.length)
    for (let index = 0; index < done; index++)
      image[at + index] = (image[at + index] as number) & (bytes[index] as number)
    return
  }
  const [start, end] = isHead ? [0, Math.floor(share * BLOCK)] : [Math.floor(share * BLOCK), BLOCK]
  image.fill(0xff, at * BLOCK + start, at * BLOCK + end)
}

/** Not a record that a phone reads: that would take long, for each image. */
function noise(run: number): Uint8Array {
  return Uint8Array.from({ length: RECORD_BYTES + 150 * (run % 5) }, (_, at) => (99 + at * run) & 0xff)
}

test("after a cut in the log's operations nothing is damaged, and the runs are those that the firmware finds", (t) => {
  const partition = new Partition()
  const other = new Partition()
  const random = randomOf(7, "power cuts")
  const seen = { cuts: 0, copies: 0, spoilt: 0, torn: 0 }
  let images: Uint8Array[] = []
  partition.beforeChange = (at, bytes) => {
    if (bytes?.length === PIECE_BYTES && random() > 1 / PIECES) return
    images.push(partition.image())
    const torn = partition.image()
    tear(torn, at, bytes, random(), random() < 0.5)
    images.push(torn)
  }
  const kept = () =>
    Array.from({ length: partition.archive.length }, (_, index) => partition.archive.at(index)?.id ?? 0)
  for (let run = 1; run <= RUNS; run++) {
    const before = kept()
    partition.keep(run, 5000)
    partition.archive.add(run, noise(run))
    // Of the newest two of three, so that the others are moved.
    if (run % 3 !== 0) partition.archive.acknowledge(run)
    partition.archive.stamp(run, 1_800_000_000 + run, 4)
    const after = new Set(kept())
    for (const image of images) {
      const log = readFlashLog(image)
      const there = log.runs
        .filter(({ standing, payload }) => standing === "kept" && payload)
        .map(({ run: id }) => id)
      if (log.damages.length > 0) t.deepEqual(log.damages, [])
      for (const id of before)
        if (after.has(id) && !there.includes(id)) t.fail(`run ${id} while ${run} is added`)
      const words = log.notes.map(({ what }) => what).join()
      const copy = log.notes.find(({ what }) => /older copy of a moved run/.test(what))
      const newer = log.runs.find(({ run: id }) => copy?.what.startsWith(`run ${id}:`))
      if (copy && newer) {
        seen.copies++
        const older = Buffer.from(image).readUInt32LE(copy.byte - (copy.byte % SEGMENT) + SEQUENCE_AT)
        if (newer.segment.sequence <= older) t.fail(`run ${newer.run}: its older copy counts`)
        // One that is dropped does not count while another is there.
        const dropped = image.slice().fill(0, newer.at + 8, newer.at + 16)
        const left = readFlashLog(dropped).runs.find(({ run: id }) => id === newer.run)
        const isOlderThere = Buffer.from(image).readUInt32LE(copy.byte + 12) === 0xffff_ffff
        if (isOlderThere && left?.standing !== "kept") t.fail(`run ${newer.run}: dropped`)
      }
      if (/slot \d+: no entry/.test(words)) seen.spoilt++
      if (/cut short/.test(words)) seen.torn++
      if (seen.cuts++ % MOUNT_EVERY !== 0) continue
      other.load(image)
      const found = Array.from(
        { length: other.archive.length },
        (_, index) => other.archive.at(index)?.id ?? 0,
      )
      // Mounting goes on with making room: what a phone has may go, and what was about to be lost.
      const had = log.runs.filter(({ isAcknowledged }) => isAcknowledged).map(({ run: id }) => id)
      t.deepEqual(
        there.filter((id) => found.includes(id) || (after.has(id) && !had.includes(id))),
        found.sort((one, two) => one - two),
      )
      for (const id of found)
        t.deepEqual(
          log.runs.find((row) => row.run === id)?.payload,
          Buffer.from(other.archive.record(id) ?? []),
        )
    }
    images = []
  }
  t.true(seen.cuts > 1000 && seen.copies > 20 && seen.spoilt > 10 && seen.torn > 100, JSON.stringify(seen))
})
