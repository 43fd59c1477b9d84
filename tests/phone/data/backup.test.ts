/** A backup's file: what it holds, and how one that is damaged, foreign, newer or too large is refused. */
import test from "ava"
import { LARGEST_BACKUP_BYTES } from "../../../phone/data/backup-file"
import type { Content } from "./fake-phone"
import { contentOf, fill, freshPhone, refusal, windowOf } from "./fake-phone"
import { DEVICE, recorded, tested } from "./recorded"

const RUNS = Array.from({ length: 250 }, (_, at) => recorded({ runId: at + 1 }))
const CONTENT: Content = {
  runs: RUNS.slice(0, 2),
  devices: [
    { id: DEVICE, name: "Knie “links”", side: "left", firmware: "0.1.0", board: "virtual", seenMs: 5 },
  ],
  scores: [{ runKey: `${DEVICE}-7-1`, time: "after", score: 3, givenMs: 9 }],
  coach: [tested(61_000)],
  preferences: { scheme: "dark", asksForScores: false },
}

/** As it stands in the file. */
interface FileText {
  format: string
  version: number
  devices: Record<string, unknown>[]
  scores: Record<string, unknown>[]
  coach: Record<string, unknown>[]
  preferences?: Record<string, unknown>
  runs: Record<string, unknown>[]
}

test.beforeEach(freshPhone)

test.serial("the file is JSON, with every run as base64 and its CRC", async (t) => {
  await fill(CONTENT)
  const file = await (await windowOf(t)).backup()
  t.is(file.type, "application/json")
  const { runs, ...head } = JSON.parse(await file.text()) as FileText
  const { runs: _, ...rest } = CONTENT
  t.deepEqual(head, { format: "patella-backup", version: 1, ...rest } as unknown as typeof head)
  t.is(runs.length, 2)
  t.deepEqual(Buffer.from(String(runs[0]?.record), "base64"), Buffer.from(RUNS[0]?.record ?? []))
})

test.serial("both ways tell how far they are, up to all of it", async (t) => {
  await fill({ ...CONTENT, runs: RUNS })
  const shares: Record<"backup" | "restore", number[]> = { backup: [], restore: [] }
  const data = await windowOf(t)
  const file = await data.backup((share) => shares.backup.push(share))
  await data.deleteAll()
  await data.restore(file, (share) => shares.restore.push(share))
  t.deepEqual(shares.backup, [100 / 250, 200 / 250, 1])
  t.deepEqual(
    shares.restore,
    [...shares.restore].sort((a, b) => a - b),
  )
  t.is(shares.restore.at(-1), 1)
  t.true(shares.restore.length > 6)
  t.is((await data.digests()).length, RUNS.length)
})

test.serial("an empty phone's backup is one, too", async (t) => {
  const data = await windowOf(t)
  t.deepEqual(await data.restore(await data.backup()), { runsAdded: 0, runsKnown: 0, scoresAdded: 0 })
})

test.serial("a run that is twice in the file is added once", async (t) => {
  await fill(CONTENT)
  const data = await windowOf(t)
  const text = JSON.parse(await (await data.backup()).text()) as FileText
  await data.deleteAll()
  const start = { unixS: 1_790_000_000, zoneQuarters: 4 }
  const runs = [...text.runs.map((run) => ({ ...run, start })), ...text.runs]
  const doubled = new Blob([JSON.stringify({ ...text, runs })])
  t.like(await data.restore(doubled), { runsAdded: 2, runsKnown: 0 })
  t.deepEqual(
    (await data.digests()).map((digest) => digest.start),
    [start, start],
  )
})

test.serial("a run of the file that is here with other bytes is named, and nothing is added", async (t) => {
  await fill(CONTENT)
  const file = await (await windowOf(t)).backup()
  freshPhone()
  const data = await windowOf(t)
  const { key } = recorded({ runId: 2 })
  await data
    .runStore(DEVICE)
    .add(key, recorded({ runId: 2, blocks: 2 }).record, { unixS: 0, zoneQuarters: 0 })
  const before = await contentOf(data)
  t.regex(
    await refusal(t, data.restore(file), "damaged"),
    new RegExp(`Run ${key} is here already with other`),
  )
  t.deepEqual(await contentOf(data), before)
})

const RECORD = (text: FileText) => String(text.runs[1]?.record)
/** What is done to the file, and what is said of it. */
const DAMAGES: Record<string, [(text: FileText) => unknown, RegExp]> = {
  "another format": [(text) => ({ ...text, format: "gpx" }), /"format" of the file is not patella-backup/],
  "no format": [() => ({}), /"format" of the file is not text/],
  "a list": [() => [], /the file is not an object/],
  "a version that is none": [(text) => ({ ...text, version: "1" }), /"version" of the file is not a number/],
  "no runs": [({ runs, ...text }) => text, /"runs" of the file is not a list/],
  "a run that is none": [(text) => ({ ...text, runs: [null] }), /run 1 of 1 is not an object/],
  "a device's side": [
    (text) => set(text.devices, "side", "up"),
    /"side" of device 1 of 1 is none of left, right/,
  ],
  "a device's id": [(text) => set(text.devices, "id", "<b>"), /"id" of device 1 of 1 is not hex/],
  "a device's time": [
    (text) => set(text.devices, "seenMs", null),
    /"seenMs" of device 1 of 1 is not a number/,
  ],
  "a score": [
    (text) => set(text.scores, "score", 11),
    /"score" of score 1 of 1 is not a number from 0 to 10/,
  ],
  "a score's time": [
    (text) => set(text.scores, "time", "noon"),
    /"time" of score 1 of 1 is none of after, hour/,
  ],
  "a correction's time": [
    (text) => set(text.scores, "correctedMs", "later"),
    /"correctedMs" of score 1 of 1 is not a number/,
  ],
  "an entry of the coach": [
    (text) => set(text.coach, "entry", { ...Object(text.coach[0]?.entry), halts: 256 }),
    /"halts" of "entry" of coach entry 1 of 1 is not a number from 0 to 255/,
  ],
  "another entry's key": [
    (text) => set(text.coach, "key", "00-1-1-1"),
    /"key" of coach entry 1 of 1 is not 0011223344556677-7-61000-1/,
  ],
  "a colour scheme": [
    (text) => set([text.preferences], "scheme", 1),
    /"scheme" of "preferences" of the file is none of system/,
  ],
  "a choice": [
    (text) => set([text.preferences], "asksForScores", 1),
    /"asksForScores" of "preferences" of the file is neither true nor/,
  ],
  "a record's letter": [
    (text) => set(text.runs, "record", RECORD(text).replace(/^./, "/")),
    /"record" of run 2 of 2 does not fit its CRC/,
  ],
  "a record's end": [
    (text) => set(text.runs, "record", RECORD(text).slice(0, -4)),
    /"record" of run 2 of 2 does not/,
  ],
  "a record that is no base64": [
    (text) => set(text.runs, "record", "é"),
    /"record" of run 2 of 2 is not base64/,
  ],
  "an empty record": [(text) => set(text.runs, "record", "", 0), /"record" of run 2 of 2 is too short/],
  "another run's key": [
    (text) => set(text.runs, "key", text.runs[0]?.key),
    /"key" of run 2 of 2 is .*-7-1, but the record is of .*-7-2/,
  ],
  "a run's start": [(text) => set(text.runs, "start", 5), /"start" of run 2 of 2 is not an object/],
  "a run's zone": [
    (text) => set(text.runs, "start", { unixS: 0, zoneQuarters: 128 }),
    /"zoneQuarters" of "start" of run 2 of 2 is not a number from -128 to 127/,
  ],
  "when a run came": [
    (text) => set(text.runs, "receivedMs", -1),
    /"receivedMs" of run 2 of 2 is not a number/,
  ],
}

for (const [what, [damage, words]] of Object.entries(DAMAGES)) {
  test.serial(`damaged: ${what}`, async (t) => {
    await fill(CONTENT)
    const data = await windowOf(t)
    const text = JSON.parse(await (await data.backup()).text()) as FileText
    const damaged = damage(text) ?? text
    await data.deleteAll()
    const message = await refusal(t, data.restore(new Blob([JSON.stringify(damaged)])), "damaged")
    t.regex(message, words)
    t.regex(message, /Nothing was added\. Use another backup/)
    t.is((await data.digests()).length, 0)
    t.deepEqual(await data.devices(), [])
  })
}

test.serial("a file that ends early, at any byte, is refused", async (t) => {
  await fill(CONTENT)
  const data = await windowOf(t)
  const file = await data.backup()
  for (let bytes = 0; bytes < file.size - 2; bytes += 97) {
    t.regex(
      await refusal(t, data.restore(file.slice(0, bytes)), "damaged"),
      /the file cannot be read, is not whole, or is no backup/,
    )
  }
})

test.serial("a file that the phone cannot read is refused", async (t) => {
  const file = new Blob()
  file.text = () => Promise.reject(new DOMException("", "NotReadableError"))
  t.regex(await refusal(t, (await windowOf(t)).restore(file), "damaged"), /the file cannot be read/)
})

test.serial("a backup of a version before the coach is taken as it is", async (t) => {
  await fill(CONTENT)
  const data = await windowOf(t)
  const { coach, ...text } = JSON.parse(await (await data.backup()).text()) as FileText
  t.is(coach.length, 1)
  await data.deleteAll()
  t.like(await data.restore(new Blob([JSON.stringify(text)])), { runsAdded: 2, scoresAdded: 1 })
  t.deepEqual(await data.coachEntries(), [])
})

test.serial("a newer version's backup is refused with what to do", async (t) => {
  const data = await windowOf(t)
  const text = JSON.parse(await (await data.backup()).text()) as FileText
  const newer = new Blob([JSON.stringify({ ...text, version: 2, runs: "of another kind" })])
  t.regex(
    await refusal(t, data.restore(newer), "newer"),
    /newer version of Patella made this backup.*reload Patella/,
  )
})

test.serial("a file that is too large is refused unread", async (t) => {
  const data = await windowOf(t)
  const large = new Blob([])
  Object.defineProperty(large, "size", { value: LARGEST_BACKUP_BYTES + 1 })
  large.text = () => Promise.reject(new Error("read"))
  t.regex(
    await refusal(t, data.restore(large), "damaged"),
    /too large for a backup: 129 MB, and the most is 128 MB/,
  )
})

/** In the last of the rows; with a CRC of its own when it has to fit. */
function set(
  rows: (Record<string, unknown> | undefined)[],
  field: string,
  value: unknown,
  crc?: number,
): void {
  Object.assign(rows.at(-1) ?? {}, { [field]: value }, crc !== undefined && { crc })
}
