/** `log` on the command line: what it prints as tables, JSON and CSV, its exit codes, what it refuses. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import test from "ava"
import { parse } from "csv-parse/sync"
import { Partition, recordOf, runOf } from "./flash/image-maker"
import { inProcess } from "./in-process"

let folder: string
let whole: string
let damaged: string
test.before(() => {
  folder = mkdtempSync(join(tmpdir(), "patella-log-"))
  const partition = new Partition()
  const { archive } = partition
  for (const id of [1, 2, 3]) archive.add(id, recordOf(id, 3))
  archive.acknowledge(1)
  archive.dropWithin(1, 1)
  archive.acknowledge(2)
  archive.stamp(2, 1_800_000_000, 8)
  partition.keep(4, 1_865_000, 12)
  whole = file("whole.bin", partition.bytes)
  // Of run 2: its payload begins 16 bytes behind its header, behind the record of run 1.
  const { bytes } = partition
  bytes[DAMAGED_AT] = (bytes[DAMAGED_AT] as number) ^ 1
  damaged = file("damaged.bin", bytes)
})
test.after.always(() => rmSync(folder, { recursive: true, force: true }))

const RECORD_BYTES = 16 + Math.ceil(recordOf(1, 3).length / 64) * 64
const PAYLOAD_AT = 6 * 16_384 + 1056 + RECORD_BYTES + 16
const DAMAGED_AT = PAYLOAD_AT + 50
const PAYLOAD_HEX = `0x${PAYLOAD_AT.toString(16)}`

function file(name: string, bytes: Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}
const run = (parameters: string[]) => inProcess(["log", ...parameters])

test.serial("the tables tell the partition, each run, the open run and that all is whole", async (t) => {
  const { code, out, err } = await run([whole])
  t.is(code, 0)
  t.is(err, "")
  t.regex(
    out,
    /Partition +163,840 bytes, 40 blocks\n +journal +6 segments: 1 used, 5 free; the newest is number 1\n +archive +4 segments: 1 used/,
  )
  t.regex(out, /\n +1 +boot \S+ \+00:00:29 .* dropped: a phone has it\n/)
  t.regex(out, /\n +2 +2027-01-15T10:00:00\+02:00 +0:58 +200 +74 .* acknowledged\n/)
  t.regex(out, /\n +3 +boot \S+ \+00:00:29 +0:58 +300 +74 +\d+ +0x\w+ +not acknowledged\n/)
  t.regex(
    out,
    /Run 4 was open: its newest state is of boot 12, \+00:31:05, at byte 0x\w+; 1 state in the journal/,
  )
  t.regex(out, /\nWhole: 2 runs, nothing damaged\n$/)
})

test.serial(
  "a damaged image is exit code 1 and shows the byte; what can be read is shown all the same",
  async (t) => {
    const { code, out } = await run([damaged])
    t.is(code, 1)
    t.true(
      out.endsWith(`Damaged: 1 place\n  byte ${PAYLOAD_HEX}: run 2: CRC of the payload does not match\n`),
      out,
    )
    t.regex(out, /\n +2 +2027-.* acknowledged, cannot be read\n/)
    t.regex(out, /\n +3 +boot /)
  },
)

test.serial("--check tells only the verdict and what is damaged", async (t) => {
  t.deepEqual(await run([whole, "--check"]), { code: 0, out: "Whole: 2 runs, nothing damaged\n", err: "" })
  t.deepEqual(await run([damaged, "--check"]), {
    code: 1,
    out: `Damaged: 1 place\n  byte ${PAYLOAD_HEX}: run 2: CRC of the payload does not match\n`,
    err: "",
  })
  const { code, out } = await run([damaged, "--check", "--json"])
  t.is(code, 1)
  t.like(JSON.parse(out), { isWhole: false, damages: [{ byte: PAYLOAD_AT }] })
  t.is((await run([damaged, "--check", "--csv"])).out.split("\r\n")[0], "byte,bytes,what")
})

test.serial("--json is one object: partition, runs with their records, the open run, damages", async (t) => {
  const { code, out, err } = await run([damaged, "--json"])
  t.is(code, 1)
  t.is(err, "")
  const json = JSON.parse(out)
  t.deepEqual(Object.keys(json), ["partition", "runs", "open", "damages", "notes"])
  t.like(json.open, { run: 4, bootId: 12, uptimeMs: 1_865_000 })
  t.like(json.runs[1], { id: 2, start: "2027-01-15T10:00:00+02:00", acknowledged: true, record: null })
  t.like(json.runs[2], { id: 3, standing: "kept", startMs: 29_400, start: null, acknowledged: false })
  t.deepEqual(json.runs[2].record.run, runOf(3, 3))
  t.deepEqual(json.damages, [
    { byte: PAYLOAD_AT, bytes: recordOf(2, 3).length, what: "run 2: CRC of the payload does not match" },
  ])
})

test.serial("--csv has a header and a row for each run; damages go to standard error", async (t) => {
  const { code, out, err } = await run([damaged, "--csv"])
  t.is(code, 1)
  t.regex(err, new RegExp(`damaged\n {2}byte ${PAYLOAD_HEX}: run 2: CRC`))
  t.is(out.split("\r\n").length, 1 + 3 + 1)
  t.is(out.replaceAll("\r\n", "").includes("\n"), false)
  const rows = parse(out, { columns: true }) as Record<string, string>[]
  t.deepEqual(
    rows.map(({ run: id, standing, readable, strides }) => [id, standing, readable, strides]),
    [
      ["1", "dropped", "true", "100"],
      ["2", "kept", "false", ""],
      ["3", "kept", "true", "300"],
    ],
  )
  t.like(rows[2], {
    duration_s: "57.7",
    cadence_spm: "157",
    compressions_30: "74",
    load: "80.1",
    firmware: "0.1.0",
  })
})

test.serial("an erased partition is an empty log", async (t) => {
  const { code, out } = await run([file("erased.bin", new Uint8Array(1 << 20).fill(0xff))])
  t.is(code, 0)
  t.regex(out, /No run is in it\.\n\nWhole: 0 runs, nothing damaged\n$/)
})

const STRANGE: [what: string, bytes: Uint8Array, words: RegExp][] = [
  ["zeros", new Uint8Array(1 << 20), /byte 0x0: every byte is 0/],
  ["no image", Buffer.alloc(200_000, "patella "), /byte 0x0: none of 12 segments has a valid header/],
  [
    "a cut image",
    new Uint8Array(5000).fill(0xff),
    /byte 0x1388: the image ends here: 5000 bytes are no whole blocks/,
  ],
]
for (const [what, bytes, words] of STRANGE) {
  test.serial(`${what}: exit code 1, in clear words, also as JSON and CSV`, async (t) => {
    const path = file("strange.bin", bytes)
    for (const option of [[], ["--check"], ["--csv"]]) {
      const { code, out, err } = await run([path, ...option])
      t.is(code, 1)
      t.regex(out + err, words)
      t.notRegex(err, /\n\s+at /)
    }
    t.is(JSON.parse((await run([path, "--json"])).out).runs.length, 0)
  })
}

const REFUSED: [what: string, parameters: () => string[], words: RegExp][] = [
  ["no image", () => [], /missing required argument 'IMAGE'/],
  ["an image without a name", () => [""], /IMAGE.* is empty: name a file/],
  ["two images", () => [whole, whole], /too many arguments/],
  ["two forms at once", () => [whole, "--json", "--csv"], /'--json' cannot be used with option '--csv'/],
  ["an unknown option", () => [whole, "--xml"], /unknown option '--xml'/],
  ["a file that there is not", () => [join(folder, "none.bin")], /none\.bin: there is no such file/],
  ["a folder", () => [folder], /is a folder; name an image in it/],
  [
    "an empty file",
    () => [file("empty.bin", new Uint8Array(0))],
    /empty\.bin: is empty; read the partition again/,
  ],
]
for (const [what, parameters, words] of REFUSED) {
  test.serial(`${what} is refused with exit code 2 and nothing on standard output`, async (t) => {
    const { code, out, err } = await run(parameters())
    t.is(code, 2)
    t.is(out, "")
    t.regex(err, words)
    t.notRegex(err, /\n\s+at /)
  })
}

test.serial("--help tells the options, the exit codes and examples", async (t) => {
  const { code, out } = await run(["--help"])
  t.is(code, 0)
  for (const words of [
    "<IMAGE>",
    "--json",
    "--csv",
    "--check",
    "Exit code 1 when it is damaged",
    "npm run --silent patella-log -- ",
  ])
    t.true(out.includes(words), words)
})
