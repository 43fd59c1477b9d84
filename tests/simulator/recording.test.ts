import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import test from "ava"
import fc from "fast-check"
import { parseRecording, readRecording } from "../../simulator/recording/read-recording"
import { RecordingError } from "../../simulator/recording/recording"

const THIGH = "ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps"
const HEADER = `time_s,${THIGH}`
const TRUTH_HEADER = `${HEADER},knee_deg,thigh_deg,stance,activity`
const STILL = "0,1,0,0,0,0"
const TRUTH = "0.5,-1.5,1,still"

const lines = (...parts: string[]) => `${parts.join("\n")}\n`
/** Ten rows at 100 Hz, with the rows given (by index) put in their place. */
function csv(replaced: Record<number, string> = {}, header = HEADER, tail = ""): string {
  const rows = Array.from(
    { length: 10 },
    (_, row) => replaced[row] ?? `${(row / 100).toFixed(3)},${STILL}${tail}`,
  )
  return lines(header, ...rows)
}
const rated = (hz: number, count = 10) =>
  lines(HEADER, ...Array.from({ length: count }, (_, row) => `${(row / hz).toFixed(6)},${STILL}`))
const stamped = (times: readonly number[]) => lines(HEADER, ...times.map((time) => `${time},${STILL}`))
const parse = (text: string | Uint8Array) =>
  parseRecording("made.csv", typeof text === "string" ? new TextEncoder().encode(text) : text)

let folder: string
test.before(() => {
  folder = mkdtempSync(join(tmpdir(), "patella-recording-"))
})
test.after.always(() => rmSync(folder, { recursive: true, force: true }))

/** What is damaged, the text, and the place and words that the message must hold. */
const DAMAGED: [what: string, text: string, line: number, column: string, words: RegExp][] = [
  ["empty file", "", 1, "time_s", /empty/],
  ["blank lines only", "\n\n\n", 1, "time_s", /blank/],
  ["header only", `${HEADER}\n`, 2, "time_s", /no sample/],
  ["one sample", lines(HEADER, `0,${STILL}`), 2, "time_s", /only one sample/],
  ["last row short", csv({ 9: "0.090,0,1,0" }), 11, "gx_dps", /4 values for 7 columns/],
  ["last row cut within its last value", csv().trimEnd(), 11, "gz_dps", /not ended/],
  ["row with a value too many", csv({ 3: `0.030,${STILL},7` }), 5, "gz_dps", /8 values for 7 columns/],
  ["blank line between rows", csv({ 3: "" }), 5, "time_s", /empty/],
  ["missing column", csv({}, HEADER.replace(",az_g", "")), 1, "az_g", /missing/],
  ["missing time", csv({}, THIGH), 1, "time_s", /missing/],
  ["duplicated column", csv({}, `${HEADER},ax_g`, ",0"), 1, "ax_g", /twice/],
  [
    "part of a shank sensor",
    csv({}, `${HEADER},shank_ax_g`, ",0"),
    1,
    "shank_ay_g",
    /missing, though shank_ax_g/,
  ],
  ["part of the truth", csv({}, `${HEADER},stance`, ",0"), 1, "knee_deg", /missing, though stance/],
  ["NaN", csv({ 4: "0.040,0,NaN,0,0,0,0" }), 6, "ay_g", /"NaN" is not a finite number/],
  ["inf", csv({ 4: "0.040,0,1,0,-inf,0,0" }), 6, "gx_dps", /"-inf" is not a finite/],
  ["Infinity", csv({ 4: "0.040,0,1,0,0,Infinity,0" }), 6, "gy_dps", /"Infinity" is not a finite/],
  ["number too large to be one", csv({ 4: "0.040,0,1,0,0,1e999,0" }), 6, "gy_dps", /"1e999" is not a finite/],
  ["empty field", csv({ 0: "0.000,,1,0,0,0,0" }), 2, "ax_g", /missing/],
  ["blank field", csv({ 0: "0.000,  ,1,0,0,0,0" }), 2, "ax_g", /missing/],
  ["text in a number", csv({ 9: "0.090,0,1,0,0,0,fast" }), 11, "gz_dps", /"fast" is not a finite/],
  ["number with a tail", csv({ 9: "0.090,0,1,0,0,0,1.5dps" }), 11, "gz_dps", /"1.5dps"/],
  ["hexadecimal number", csv({ 9: "0.090,0,1,0,0,0,0x10" }), 11, "gz_dps", /"0x10"/],
  ["quote that never closes", csv({ 2: `0.020,"0,1,0,0,0,0` }), 4, "", /quotation mark/],
  ["time going backwards", csv({ 5: `0.015,${STILL}` }), 7, "time_s", /goes back from 0.04 to 0.015/],
  ["time repeated", csv({ 5: `0.040,${STILL}` }), 7, "time_s", /0.04 s is there twice/],
  ["NaN in the time", csv({ 5: `NaN,${STILL}` }), 7, "time_s", /"NaN"/],
  ["time jumping by days", csv({ 9: `400000,${STILL}` }), 11, "time_s", /over a day/],
  ["rate under 20 Hz", rated(19), 3, "time_s", /19 Hz; a recording needs 20 to 2000 Hz/],
  ["rate over 2 kHz", rated(2100), 3, "time_s", /2100 Hz; a recording needs/],
  [
    "stance that is neither",
    csv({ 1: `0.010,${STILL},0,0,2,run` }, TRUTH_HEADER, `,${TRUTH}`),
    3,
    "stance",
    /2 is/,
  ],
  [
    "activity missing",
    csv({ 1: `0.010,${STILL},0,0,1,` }, TRUTH_HEADER, `,${TRUTH}`),
    3,
    "activity",
    /"" is not/,
  ],
  ["another table", lines("name,age", "Ada,36"), 1, "time_s", /not a recording.*"name,age"/],
  ["prose", "Dear runner,\nthis is not a table.\n", 1, "time_s", /not a recording/],
  ["JSON", '{ "runs": [] }\n', 1, "", /quotation mark/],
]

for (const [what, text, line, column, words] of DAMAGED) {
  test(`refused, naming file, line and column: ${what}`, (t) => {
    const error = t.throws(() => parse(text), { instanceOf: RecordingError })
    t.is(error.exitCode, 2)
    t.is(error.line, line)
    t.is(error.column ?? "", column)
    const place = `made.csv, line ${line}${column && `, column ${column}`}: `
    t.true(error.message.startsWith(place), error.message)
    t.regex(error.message, words)
  })
}

test("refused: a rate that changes on the way", (t) => {
  const steady = Array.from({ length: 300 }, (_, row) => `${(row / 100).toFixed(3)},${STILL}`)
  const slower = Array.from({ length: 300 }, (_, row) => `${(3 + row / 70).toFixed(3)},${STILL}`)
  const error = t.throws(() => parse(lines(HEADER, ...steady, ...slower)), { instanceOf: RecordingError })
  t.regex(error.message, /column time_s: the rate is not constant/)
})

test("refused: binary data", (t) => {
  const error = t.throws(() => parse(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2])), {
    instanceOf: RecordingError,
  })
  t.regex(error.message, /made.csv, line 1: .*binary/)
})

test("refused: a file that is not there, a folder, a file that cannot be read", async (t) => {
  for (const [path, words] of [
    [join(folder, "none.csv"), /no such file/],
    [folder, /is a folder/],
    // Reading this one fails even for root.
    ...(process.platform === "linux" ? ([["/proc/self/mem", /cannot be read/]] as const) : []),
  ] as const) {
    const error = await t.throwsAsync(readRecording(path), { instanceOf: RecordingError })
    t.is(error?.exitCode, 2)
    t.true(error?.message.startsWith(path))
    t.regex(error?.message ?? "", words)
  }
})

test("gzip is told by its content, whatever the name", async (t) => {
  for (const [name, bytes] of [
    ["packed.csv", gzipSync(csv())],
    ["plain.csv.gz", csv()],
  ] as const) {
    const path = join(folder, name)
    writeFileSync(path, bytes)
    const recording = await readRecording(path)
    t.is(recording.timeS.length, 10)
    t.is(recording.name, name)
  }
})

test("a gzip file cut anywhere is refused, naming the line it reached", async (t) => {
  const rows = Array.from(
    { length: 4000 },
    (_, row) => `${(row / 100).toFixed(3)},${Math.sin(row)},1,0,0,0,0`,
  )
  const packed = gzipSync(lines(HEADER, ...rows))
  for (const share of [0.001, 0.1, 0.5, 0.9, 0.9999]) {
    const path = join(folder, "cut.csv.gz")
    writeFileSync(path, packed.subarray(0, Math.floor(packed.length * share)))
    const error = await t.throwsAsync(readRecording(path), { instanceOf: RecordingError })
    t.regex(error?.message ?? "", /cut.csv.gz, line \d+.*: the gzip data end too early/)
    t.is(error?.exitCode, 2)
    if (share === 0.5) {
      t.true((error?.line ?? 0) > 1000 && (error?.line ?? 0) < 3000)
      t.truthy(error?.column)
    }
  }
  const damaged = new Uint8Array(packed)
  damaged.fill(0x55, packed.length >> 1, (packed.length >> 1) + 64)
  writeFileSync(join(folder, "damaged.csv.gz"), damaged)
  const error = await t.throwsAsync(readRecording(join(folder, "damaged.csv.gz")), {
    instanceOf: RecordingError,
  })
  t.regex(error?.message ?? "", /damaged.csv.gz, line \d+.*gzip data are damaged here or before /)
})

test("a gap of seconds is counted, not refused", (t) => {
  const times = [0, 0.01, 0.02, 0.03, 3.53, 3.54, 3.55, 3.57, 3.58]
  const { gaps, rateHz } = parse(stamped(times))
  t.deepEqual(gaps, [
    { row: 3, startS: 0.03, endS: 3.53, lostSamples: 349 },
    { row: 6, startS: 3.55, endS: 3.57, lostSamples: 1 },
  ])
  t.true(Math.abs(rateHz - 100) < 1e-9)
})

/** Stamps of `seconds` at 100 Hz, each off by up to `jitterS`, as a phone that was busy writes them. */
function jittered(seconds: number, jitterS: number): number[] {
  let seed = 1
  return Array.from({ length: seconds * 100 }, (_, row) => {
    seed = (seed * 48_271) % 0x7fffffff
    return row / 100 + 0.1 + jitterS * (2 * (seed / 0x7fffffff) - 1)
  })
}

test("stamps that jitter are no gaps, and the jitter is taken off", (t) => {
  const times = jittered(20, 0.0045)
  t.true(times.some((time, row) => row > 0 && time - (times[row - 1] as number) > 0.016))
  const { gaps, rateHz, timeS, sampledS } = parse(stamped(times))
  t.deepEqual(gaps, [])
  t.true(Math.abs(rateHz - 100) < 0.5, `${rateHz} Hz`)
  t.deepEqual([...timeS], times)
  const offS = sampledS.slice(30, -30).map((time, index) => Math.abs(time - (index + 30) / 100 - 0.1))
  t.true(Math.max(...offS) < 0.0015, `${Math.max(...offS)} s`)
})

test("a sample that is missing among stamps that jitter is a gap", (t) => {
  const times = jittered(20, 0.002).filter((_, row) => row !== 700 && row !== 1400 && row !== 1401)
  const { gaps } = parse(stamped(times))
  t.deepEqual(
    gaps.map(({ row, lostSamples }) => [row, lostSamples]),
    [
      [699, 1],
      [1398, 2],
    ],
  )
})

test("a sensor's clock that drifts by a percent is followed", (t) => {
  const times = Array.from({ length: 6000 }, (_, row) => (row / 100) * (1 + (0.01 * row) / 6000))
  const { gaps, sampledS } = parse(stamped(times))
  t.deepEqual(gaps, [])
  t.true(sampledS.every((time, row) => Math.abs(time - (times[row] as number)) < 1e-4))
})

test("values beyond the chip's range are counted by row, not refused", (t) => {
  const recording = parse(
    csv({ 2: "0.020,16.01,0,-17,0,0,0", 3: "0.030,16,-16,0,2000,0,0", 4: "0.040,0,0,0,0,0,-2000.5" }),
  )
  t.is(recording.beyondRangeRows, 2)
  t.is(recording.thigh.axG[2], 16.01)
})

test("columns may stand in any order, and strange ones are told apart", (t) => {
  const header = "heart_rate,gz_dps,gy_dps,gx_dps,az_g,ay_g,ax_g,time_s"
  const { thigh, timeS, ignoredColumns, truth, shank } = parse(
    lines(header, "x,6,5,4,3,2,1,0.00", "y,-6,-5,-4,-3,-2,-1,0.01"),
  )
  t.deepEqual([...timeS], [0, 0.01])
  t.deepEqual(
    Object.values(thigh).map((channel) => [...channel]),
    [
      [1, -1],
      [2, -2],
      [3, -3],
      [4, -4],
      [5, -5],
      [6, -6],
    ],
  )
  t.deepEqual(ignoredColumns, ["heart_rate"])
  t.is(truth, undefined)
  t.is(shank, undefined)
})

test("truth and a second sensor are kept apart from what the firmware sees", (t) => {
  const shank = THIGH.split(",").map((name) => `shank_${name}`)
  const header = `${HEADER},${shank},knee_deg,thigh_deg,stance,activity`
  const recording = parse(csv({}, header, `,1,2,3,4,5,6,${TRUTH}`))
  t.is(recording.shank?.axG[9], 1)
  t.is(recording.shank?.gzDps[9], 6)
  t.is(recording.truth?.kneeDeg[9], 0.5)
  t.is(recording.truth?.thighDeg[9], -1.5)
  t.is(recording.truth?.stance[9], 1)
  t.deepEqual(recording.truth?.activity, Array(10).fill("still"))
})

test("Windows line ends, a byte order mark, quoted fields and blank lines at the end are no damage", (t) => {
  const windows = `\ufeff${csv().replaceAll("\n", "\r\n")}\r\n`
  t.deepEqual(parse(windows).timeS, parse(csv()).timeS)
  const quoted = `\ufeff${csv({}, HEADER.replaceAll(/\w+/g, '"$&"'))}`
  t.is(parse(quoted).timeS.length, 10)
})

test("rates from 20 Hz to 2 kHz are told, also from stamps rounded to a millisecond", (t) => {
  for (const hz of [20, 52, 104, 200, 2000 / 7, 1000, 2000]) {
    const { rateHz, gaps } = parse(rated(hz, 400))
    t.true(Math.abs(rateHz / hz - 1) < 1e-4, `${rateHz} for ${hz}`)
    t.deepEqual(gaps, [])
  }
  for (const hz of [104, 2000 / 7, 600, 900]) {
    const rows = Array.from(
      { length: 2000 },
      (_, row) => `${(Math.round((1000 * row) / hz) / 1000).toFixed(3)},${STILL}`,
    )
    const { rateHz, gaps } = parse(lines(HEADER, ...rows))
    t.true(Math.abs(rateHz / hz - 1) < 1e-3, `${rateHz} for ${hz}`)
    t.deepEqual(gaps, [])
  }
})

test("what is written is what is read, to the last bit", (t) => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true })
  const row = fc.array(number, { minLength: 6, maxLength: 6 })
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 20 }), (rows) => {
      const { thigh } = parse(lines(HEADER, ...rows.map((values, index) => `${index / 100},${values}`)))
      const channels = Object.values(thigh)
      rows.forEach((values, index) => {
        values.forEach((value, column) => {
          if (channels[column][index] !== value) throw new Error(`${value} became ${channels[column][index]}`)
        })
      })
    }),
  )
  t.pass()
})

test("a file cut at any byte is either refused or, at the end of a line, a shorter recording", (t) => {
  const whole = new TextEncoder().encode(csv({}, TRUTH_HEADER, `,${TRUTH}`))
  for (let length = 0; length < whole.length; length++) {
    const cut = whole.subarray(0, length)
    try {
      const { timeS } = parse(cut)
      t.is(cut.at(-1), 0x0a)
      t.is(timeS.length, cut.filter((byte) => byte === 0x0a).length - 1)
    } catch (error) {
      if (!(error instanceof RecordingError)) throw error
    }
  }
})

const LOAD_LIMIT_MS = 1500

for (const [name, rows] of [
  ["S01", 36_104],
  ["S10", 36_388],
] as const) {
  test.serial(`${name} of the project loads whole and fast`, async (t) => {
    const path = join(import.meta.dirname, `../../simulator/recordings/${name}.csv.gz`)
    // Of this process: what else the machine does is not counted.
    const before = process.cpuUsage()
    const recording = await readRecording(path)
    const { user, system } = process.cpuUsage(before)
    t.true((user + system) / 1000 < LOAD_LIMIT_MS, `${(user + system) / 1000} ms`)
    t.is(recording.timeS.length, rows)
    t.is(Math.round(recording.rateHz * 1e6), 200e6)
    t.is(recording.truth?.activity.length, rows)
    t.deepEqual(recording.gaps, [])
    t.is(recording.beyondRangeRows, 0)
  })
}

test("lines that begin with # are comments, wherever they stand, ended or not", (t) => {
  const [header = "", ...rows] = csv().trimEnd().split("\n")
  const spoken = lines(
    "# record 1",
    header,
    ...rows.slice(0, 4),
    "# 1.5 s bend, 34°",
    ...rows.slice(4),
    "# 10 samples",
  )
  const { name: _, ...silent } = parse(csv())
  t.like(parse(`${spoken}# `), silent)
  t.like(parse(`${spoken}# `.replaceAll("\n", "\r\n")), silent)
})

test("after comments an error names the line of the file", (t) => {
  const spoken = lines(
    "# one",
    HEADER,
    "# two",
    `0,${STILL}`,
    "# three",
    "# four",
    `0.01,${STILL}`,
    "0.02,x,0,0,0,0,0",
  )
  const error = t.throws(() => parse(spoken), { instanceOf: RecordingError })
  t.is(error.message, 'made.csv, line 8, column ax_g: "x" is not a finite number')
  t.throws(() => parse("# nothing\n# but this\n"), { instanceOf: RecordingError, message: /line 3/ })
})
