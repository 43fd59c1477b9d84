/** What the reader of flash images says of damaged ones, of what power cuts leave, and of files that are none. */
import { crc32 } from "node:zlib"
import test from "ava"
import fc from "fast-check"
import { type FlashLog, readFlashLog } from "../../../simulator/flash/flash-log"
import type { Finding } from "../../../simulator/flash/image"
import { Partition, recordOf } from "./image-maker"

const SEGMENT = 16_384
const ARCHIVE = 6 * SEGMENT
const SLOTS = ARCHIVE + 32
const DATA = ARCHIVE + 1056
const JOURNAL_HEAD = 32
const LONG_BYTES = 10_000
// Every byte is tried, but of what is erased and of a long payload, where one is as the next, some.
const LONG_STEP = 13
const ERASED_STEP = 23

/** Two segments of the archive, all kinds of entries, an open run. */
function lived(): Partition {
  const partition = new Partition()
  const { archive } = partition
  for (const id of [1, 2, 3]) archive.add(id, recordOf(id, 3))
  // Of another version, which is quick to read: that is done for every bit.
  archive.add(
    4,
    Uint8Array.from({ length: 14_400 }, (_, at) => 99 ^ (at * 5)),
  )
  archive.add(5, recordOf(5, 3))
  archive.acknowledge(1)
  archive.acknowledge(2)
  archive.dropWithin(2, 2)
  archive.stamp(4, 1_800_000_000, 4)
  for (let uptimeMs = 0; uptimeMs < 30_000; uptimeMs += 5000) partition.keep(6, uptimeMs)
  return partition
}

const kept = (log: FlashLog) => log.runs.filter(({ standing }) => standing === "kept")
const payloads = (log: FlashLog) =>
  new Map(kept(log).map(({ run, payload }) => [run, payload && Buffer.from(payload).toString("latin1")]))
const key = ({ byte, what }: Finding) => `${byte} ${what}`
const says = (findings: readonly Finding[]) =>
  findings.map(({ byte, what }) => `0x${byte.toString(16)}: ${what}`)

/** Of a used segment: what no rule reads. Its places are those that the log wrote, not those that the reader found. */
function meaningless(
  records: readonly [at: number, length: number][],
  segments: readonly number[],
): Set<number> {
  const bytes = new Set<number>()
  const add = (start: number, end: number) => {
    for (let at = start; at < end; at++) bytes.add(at)
  }
  for (const segment of segments) add(segment + 14, segment + 32)
  for (const [at, length] of records) {
    add(at + 14, at + 16)
    add(at + 16 + length, at + 16 + Math.ceil(length / 64) * 64)
  }
  return bytes
}

test.serial(
  "a bit that flips is told with the range of bytes that it lies in, or lies where nothing is read; nothing else changes",
  (t) => {
    const { bytes } = lived()
    const sound = readFlashLog(bytes)
    t.deepEqual(sound.damages, [])
    t.is(sound.partition.archive.used, 2)
    const before = {
      findings: new Set([...sound.damages, ...sound.notes].map(key)),
      payloads: payloads(sound),
    }
    const journalRecords: [number, number][] = [[JOURNAL_HEAD, 120]]
    for (let state = 0, at = JOURNAL_HEAD + 16 + 128; state < 6; state++, at += 16 + 192)
      journalRecords.push([at, 174])
    const archived = sound.runs.map(({ recordAt, length }): [number, number] => [recordAt, length])
    const idle = meaningless([...journalRecords, ...archived], [0, ARCHIVE, ARCHIVE + SEGMENT])
    for (const { standing, recordAt, length } of sound.runs)
      if (standing !== "kept") for (let at = 0; at < 16 + length; at++) idle.add(recordAt + at)
    const long = sound.runs.find(({ length }) => length > LONG_BYTES)
    const stepAt = (at: number) => {
      if (long && at >= long.recordAt + 16 && at < long.recordAt + long.length) return LONG_STEP
      return bytes[at] === 0xff && bytes[at + 1] === 0xff ? ERASED_STEP : 1
    }
    const silent: number[] = []
    for (let at = 0; at < bytes.length; at += stepAt(at)) {
      const was = bytes[at] as number
      bytes[at] = was ^ (1 << (at % 8))
      const log = readFlashLog(bytes)
      const fresh = [...log.damages, ...log.notes].filter((finding) => !before.findings.has(key(finding)))
      const isTold = fresh.some(({ byte, bytes: length }) => at >= byte && at < byte + length)
      if (!isTold) silent.push(at)
      const touched = archived.findIndex(([start, length]) => at >= start && at < start + 16 + length)
      const entry = sound.runs.findIndex((run) => at >= run.at && at < run.end)
      for (const [run, payload] of before.payloads) {
        const now = payloads(log).get(run)
        if (now === payload) continue
        // Only the run whose record or entry it is, and not without a damage.
        const isItsOwn = [sound.runs[touched]?.run, sound.runs[entry]?.run].includes(run)
        if (!isItsOwn || log.damages.length === 0 || now !== undefined) t.fail(`byte ${at}: run ${run}`)
      }
      // An older state, or none, where the journal is damaged.
      if (log.open?.run !== 6 && (at >= SEGMENT || log.damages.length === 0))
        t.fail(`byte ${at}: the open run`)
      bytes[at] = was
    }
    t.deepEqual(
      silent.filter((at) => !idle.has(at)),
      [],
    )
    t.true(silent.length > 0)
  },
)

test("a record whose entry stands is damaged when its payload, its header or its place is", (t) => {
  const { bytes } = lived()
  const flip = (at: number) => {
    bytes[at] = (bytes[at] as number) ^ 4
  }
  flip(DATA + 16 + 30)
  let log = readFlashLog(bytes)
  t.deepEqual(says(log.damages), [`0x${(DATA + 16).toString(16)}: run 1: CRC of the payload does not match`])
  t.is(log.runs[0]?.payload, undefined)
  t.is(log.runs.length, 5, "the others are there")
  flip(DATA + 16 + 30)
  flip(DATA + 12)
  log = readFlashLog(bytes)
  t.deepEqual(says(log.damages), [
    `0x${DATA.toString(16)}: run 1: the header of its record is damaged; its payload is whole`,
  ])
  t.deepEqual(log.runs[0]?.payload && Uint8Array.from(log.runs[0].payload), recordOf(1, 3))
  flip(DATA + 12)
  flip(SLOTS + 2)
  log = readFlashLog(bytes)
  t.deepEqual(says(log.damages), [
    `0x${SLOTS.toString(16)}: slot 0: its check does not match; the run it tells of is among 1, whole in this segment`,
  ])
  flip(SLOTS + 2)
  flip(ARCHIVE + 4)
  log = readFlashLog(bytes)
  t.regex(
    says(log.damages).join(),
    /^0x18000: archive: no valid segment header .*: out of .* sight are runs 1, 3/,
  )
  t.is(kept(log).length, 4, "its runs are shown all the same")
  flip(ARCHIVE + 4)
  t.deepEqual(readFlashLog(bytes).damages, [])
})

test("what a power cut leaves is told and is no damage", (t) => {
  const none = (partition: Partition, words: RegExp) => {
    const log = readFlashLog(partition.image())
    t.deepEqual(log.damages, [])
    t.regex(says(log.notes).join("\n"), words)
    return log
  }
  // A record without entry: as it lay before its entry was written, the run open again from the journal.
  const withoutEntry = lived()
  const slot = ARCHIVE + SEGMENT + 32
  const last = 16 * new DataView(withoutEntry.bytes.buffer).getUint16(slot + 2, true)
  t.true(last > 0)
  const [five] = [readFlashLog(withoutEntry.bytes).runs.find(({ run }) => run === 5)]
  withoutEntry.bytes.fill(0xff, five?.at, five?.end)
  t.is(none(withoutEntry, /a record of run 5 without entry, passed over/).runs.length, 4)

  // Its entry was torn, and after the reset the run was added again.
  const torn = lived()
  torn.archive.add(6, recordOf(6))
  const six = readFlashLog(torn.bytes).runs.find(({ run }) => run === 6)
  torn.bytes.fill(0xff, (six?.at ?? 0) + 6, (six?.at ?? 0) + 8)
  t.is(none(torn, /slot \d: no entry, passed over/).open?.run, 6)
  torn.mount()
  torn.archive.add(6, recordOf(6))
  t.is(none(torn, /slot \d: no entry, passed over/).runs.length, 6)

  // Half a record; half a state; half a segment header; half an erased segment.
  const half = lived()
  const end = five ? five.recordAt + 16 + Math.ceil(five.length / 64) * 64 : 0
  half.bytes.fill(0x55, end + 16, end + 100)
  none(half, /archive: a write that was cut short, passed over/)
  const state = lived()
  state.bytes.fill(0x12, JOURNAL_HEAD + 16 + 128 + 6 * 208 + 16, JOURNAL_HEAD + 16 + 128 + 6 * 208 + 40)
  t.is(none(state, /journal: a write that was cut short/).open?.uptimeMs, 25_000)
  // Sixteen of a half record's bytes that are a header's by chance, whose check has two bytes.
  const chance = [0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 0, 0, 1, 0, 1, 0]
  state.bytes.set(chance, JOURNAL_HEAD + 16 + 128 + 6 * 208 + 48)
  t.is(none(state, /journal: a write that was cut short/).open?.uptimeMs, 25_000)
  const header = lived()
  header.bytes.set([0x50, 0x4c, 1], ARCHIVE + 2 * SEGMENT)
  none(header, /0x20000: archive: a segment begun or erased half/)
  const erased = lived()
  erased.bytes.fill(0x33, 5 * SEGMENT + 8192, 6 * SEGMENT)
  none(erased, /journal: a segment that is erased in part; it is free/)
  const bad = lived()
  bad.bytes.fill(0, 3 * SEGMENT, 3 * SEGMENT + 16)
  t.is(none(bad, /a segment that was to be erased, or cannot be/).partition.journal.free, 5)
})

test("a segment, a record or a payload of a later version is told, and is no damage", (t) => {
  const partition = lived()
  // A segment header and a journal record's, with their checks.
  partition.bytes.set(checked([0x50, 0x4c, 2, 2, 2, 0, 0, 0, 9, 0, 0, 0]), ARCHIVE + 3 * SEGMENT)
  const recordAt = JOURNAL_HEAD + 16 + 128 + 6 * 208
  partition.bytes.set(checked([9, 2, 4, 0, 99, 0, 0, 0, 1, 2, 3, 4]), recordAt)
  partition.archive.add(6, new Uint8Array([99, 1, 2, 3]))
  const log = readFlashLog(partition.bytes)
  t.deepEqual(log.damages, [])
  const notes = says(log.notes).join("\n")
  t.regex(notes, /0x24000: archive: a segment of format version 2, which this reader does not know/)
  t.regex(notes, /journal: a record of version 2, which this reader does not know/)
  t.regex(notes, /run 6: whole, but not read: run record: version 99 at offset 0/)
})

/** With the lower half of their CRC behind them. */
function checked(bytes: number[]): number[] {
  const crc = crc32(Uint8Array.from(bytes))
  return [...bytes, crc & 0xff, (crc >> 8) & 0xff]
}

test("a time that was not written whole is followed by another, which counts", (t) => {
  const partition = lived()
  const [run] = readFlashLog(partition.bytes).runs
  const at = (run?.at ?? 0) + 16
  partition.bytes.fill(0x5a, at, at + 3)
  partition.archive.stamp(1, 1_800_000_001, -4)
  const log = readFlashLog(partition.bytes)
  t.like(log.runs[0], { run: 1, unixS: 1_800_000_001, zoneQuarters: -4 })
  t.deepEqual(log.damages, [])
  t.regex(says(log.notes).join(), /run 1: its time was not written whole, or has changed since/)
})

test("a cell counts once half of its bits are clear", (t) => {
  const partition = lived()
  const three = readFlashLog(partition.bytes).runs[2]
  const view = new DataView(partition.bytes.buffer)
  for (const [word, isAcknowledged] of [
    [0xffff_fffe, false],
    [0xfffe_0003, false],
    [0xffff_0000, true],
    [0x0000_0001, true],
  ] as const) {
    view.setUint32((three?.at ?? 0) + 8, word, true)
    const log = readFlashLog(partition.bytes)
    t.is(log.runs[2]?.isAcknowledged, isAcknowledged, word.toString(16))
    t.deepEqual(log.damages, [])
    t.regex(says(log.notes).join(), /run 3: \d+ of 32 bits of “acknowledged” are clear/)
    partition.mount()
    t.is(partition.archive.at(1)?.isAcknowledged, isAcknowledged)
  }
})

const STRANGERS: [what: string, bytes: Uint8Array, words: RegExp][] = [
  ["nothing but zeros", new Uint8Array(1 << 20), /0x0: every byte is 0: this is no image of flash/],
  ["text", Buffer.alloc(1 << 20, "not an image, "), /0x0: none of 64 segments has a valid header/],
  [
    "an image of no whole blocks",
    lived().image().subarray(0, 99_999),
    /0x1869f: the image ends here: 99999 bytes are no whole blocks/,
  ],
  [
    "an image that is too short",
    lived().image().subarray(0, 32_768),
    /0x8000: the image ends here: the partition has 163840 bytes at least/,
  ],
  ["one byte", new Uint8Array([255]), /0x1: the image ends here/],
  [
    "an image that is cut within a run",
    lived()
      .image()
      .subarray(0, ARCHIVE + 4096),
    /run 4: the image ends before its record does/,
  ],
]
for (const [what, bytes, words] of STRANGERS) {
  test(`${what} is damaged, in clear words`, (t) => {
    const log = readFlashLog(bytes)
    t.regex(says(log.damages).join("\n"), words)
    t.true(log.damages.length < 10)
  })
}

test("no bytes make it throw: random ones, cut images, images with random parts", (t) => {
  const image = lived().image()
  fc.assert(
    fc.property(
      fc.nat(image.length),
      fc.nat(image.length - 1),
      fc.uint8Array({ maxLength: 5000 }),
      fc.boolean(),
      (size, at, noise, isAlone) => {
        const bytes = image.slice()
        bytes.set(noise.subarray(0, bytes.length - at), at)
        const log = readFlashLog(isAlone ? noise : bytes.subarray(0, size))
        t.true(log.damages.every(({ byte, what }) => Number.isInteger(byte) && what.length > 0))
      },
    ),
    { numRuns: 300 },
  )
})

test("a segment that is missing between others is damage", (t) => {
  const partition = new Partition(256)
  for (let id = 1; id <= 12; id++) partition.archive.add(id, recordOf(id, 300))
  const bytes = partition.image()
  bytes.fill(0xff, ARCHIVE + SEGMENT, ARCHIVE + 2 * SEGMENT)
  t.deepEqual(says(readFlashLog(bytes).damages), [
    "0x20000: archive: segment number 3: before it 1 of the region are missing",
  ])
})
