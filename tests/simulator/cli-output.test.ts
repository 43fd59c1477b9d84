import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Writable } from "node:stream"
import { stripVTControlCharacters } from "node:util"
import test from "ava"
import { encodeFrame, type StrideRow, TRACE_ROW_INTS } from "../../hosts/virtual/protocol"
import { EVENT_WORDS, eventWords } from "../../simulator/cli/event-words"
import { Progress } from "../../simulator/cli/progress"
import { runTables } from "../../simulator/cli/run-table"
import { addSetting, settingsTable } from "../../simulator/cli/setting-option"
import { TRACE_HEADER, TraceFile, traceLines } from "../../simulator/cli/trace-file"
import { describeError, exitCodeOf, UsageError } from "../../simulator/cli/usage"
import { clock, count, percent } from "../../simulator/cli/wording"
import type { ReplayJson, RunJson } from "../../simulator/phone/replay-json"
import { type Trace, TraceGathering } from "../../simulator/trace"
import { DeviceEvent } from "../../src/main"
import { Activity } from "../../src/motion/stride"
import { SETTINGS } from "../../src/storage/settings"

const PLAIN = (_style: unknown, text: string) => text

let folder: string
test.before(() => {
  folder = mkdtempSync(join(tmpdir(), "patella-cli-"))
})
test.after.always(() => rmSync(folder, { recursive: true, force: true }))

// Words and numbers

test("times read as m:ss, and h:mm:ss from an hour on", (t) => {
  for (const [seconds, text] of [
    [0, "0:00"],
    [9.4, "0:09"],
    [59.6, "1:00"],
    [130.2, "2:10"],
    [3599.4, "59:59"],
    [3600, "1:00:00"],
    [3661, "1:01:01"],
    [-0.2, "0:00"],
  ] as const) {
    t.is(clock(seconds), text)
  }
})

test("counts and shares read like prose", (t) => {
  t.is(count(1, "gap", "gaps"), "1 gap")
  t.is(count(0, "gap", "gaps"), "0 gaps")
  t.is(count(12_345, "gap", "gaps"), "12,345 gaps")
  t.is(percent(1), "100 %")
  t.is(percent(0.926), "93 %")
  t.is(percent(0.9987), "99.8 %")
  t.is(percent(0.99999), "99.9 %")
})

test("an error names its own exit code, or the work failed", (t) => {
  t.is(exitCodeOf(new UsageError("x")), 2)
  t.is(exitCodeOf(new Error("x")), 1)
  t.is(exitCodeOf("x"), 1)
  t.is(describeError(new Error("plain words")), "plain words")
  t.regex(describeError(new TypeError("a mistake")), /a mistake\n\s+at /)
})

// Settings

test("--set takes every setting of the firmware by its name, at both ends of its range", (t) => {
  for (const { name, min, max } of SETTINGS) {
    t.deepEqual(addSetting(`${name}=${min}`, {}), { [name]: min })
    t.deepEqual(addSetting(`${name}=${max}`, {}), { [name]: max })
  }
  t.deepEqual(addSetting("pauseLimitS=60", { thresholdDeg: 35, pauseLimitS: 50 }), {
    thresholdDeg: 35,
    pauseLimitS: 60,
  })
})

for (const [pair, words] of [
  ["pauseLimit=60", /there is no setting "pauseLimit"/],
  ["PAUSELIMITS=60", /there is no setting "PAUSELIMITS"/],
  ["toString=1", /there is no setting "toString"/],
  ["pauseLimitS=9", /whole numbers from 10 to 600 \(s\)/],
  ["pauseLimitS=601", /whole numbers from 10 to 600 \(s\)/],
  ["pauseLimitS=60.5", /whole numbers/],
  ["pauseLimitS=1e2", /whole numbers/],
  ["pauseLimitS=", /whole numbers/],
  ["pauseLimitS=long", /whole numbers/],
  ["pauseLimitS", /write NAME=VALUE/],
  ["=5", /write NAME=VALUE/],
] as const) {
  test(`--set ${pair} is bad usage and names the known settings`, (t) => {
    const error = t.throws(() => addSetting(pair, {}), { instanceOf: UsageError })
    t.is(error.exitCode, 2)
    t.regex(error.message, words)
    t.true(error.message.startsWith(`--set ${pair}: `))
    t.true(error.message.endsWith(settingsTable()))
  })
}

test("the table of settings has every one with range, unit and default", (t) => {
  for (const { name, min, max, unit, default: usual } of SETTINGS) {
    const line = settingsTable()
      .split("\n")
      .find((row) => row.trim().startsWith(`${name} `))
    t.true(line?.includes(`${min} to ${max} ${unit}`), name)
    t.true(line?.includes(`default ${usual} `), name)
  }
})

// Trace

const UP_Z_PLACE = 7
/** What a row holds for `npm run fit`. */
const FIT_INPUTS = Array<number>(TRACE_ROW_INTS - UP_Z_PLACE - 1).fill(7)

const strideRow = (contactSample: number, toeOffSample: number, periodSamples: number): StrideRow => ({
  contactSample,
  toeOffSample,
  periodSamples,
  troughSample: toeOffSample,
  peakCdeg: 0,
  features: [],
})

/** 12 rows at 100 Hz in two batches; device time 5000 ms is 10 s of the recording. Live: stance seen late. */
function trace(): Trace {
  const live = [1, 1, 1, 0, 1, 1, 1, 0, 0, 1, 1, 0]
  const gathering = new TraceGathering()
  const rows = live.map((stance, index) => {
    const sample = 100 + index
    return [sample, 1234 + index, -567, stance, Activity.walk, 16384, -8192, index, ...FIT_INPUTS]
  })
  const bytes = new Uint8Array(Int32Array.from(rows.flat()).buffer)
  const half = 6 * TRACE_ROW_INTS * Int32Array.BYTES_PER_ELEMENT
  gathering.add(
    { nowMs: 0, batches: [{ firstSample: 100, timeMs: 5000, periodUs: 10_000 }] },
    // As it comes: behind a head, at an odd offset.
    encodeFrame("x", bytes.subarray(0, half)).subarray(7),
  )
  gathering.add(
    {
      nowMs: 0,
      batches: [{ firstSample: 106, timeMs: 5062, periodUs: 10_000 }],
      strides: [strideRow(103, 106, 4), strideRow(108, 110, 4)],
      activities: [
        { fromSample: 105, activity: Activity.run },
        { fromSample: 110, activity: Activity.still },
      ],
    },
    bytes.subarray(half),
  )
  return gathering.finish(5000, 10)
}

test("trace rows stand at their time in the recording, batch by batch", (t) => {
  const times = [...trace().timeS].map((time) => Math.round(time * 1000) / 1000)
  t.deepEqual(times, [10, 10.01, 10.02, 10.03, 10.04, 10.05, 10.062, 10.072, 10.082, 10.092, 10.102, 10.112])
})

test("stance and activity are corrected by what closed later; what was known live stays beside them", (t) => {
  const { stance, stanceLive, activity, kneeDeg, upX, upY } = trace()
  t.deepEqual([...stanceLive], [1, 1, 1, 0, 1, 1, 1, 0, 0, 1, 1, 0])
  t.deepEqual([...stance], [1, 1, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0])
  const { walk, run, still } = Activity
  t.deepEqual([...activity], [walk, walk, walk, walk, walk, run, run, run, run, run, still, still])
  t.is(kneeDeg[1], 12.35)
  t.is(Math.hypot(upX[0] ?? 0, upY[0] ?? 0), 1, "up is a direction")
  t.is(upY[0], (upX[0] ?? 0) * -0.5)
})

test("standing after the last stride is not taken for its swing", (t) => {
  const gathering = new TraceGathering()
  const rows = Array.from({ length: 400 }, (_, sample) => [
    sample,
    0,
    0,
    sample < 60 || sample >= 90 ? 1 : 0,
    0,
    0,
    0,
    0,
    ...FIT_INPUTS,
  ])
  gathering.add(
    {
      nowMs: 0,
      batches: [{ firstSample: 0, timeMs: 0, periodUs: 10_000 }],
      strides: [strideRow(20, 50, 30)],
    },
    new Uint8Array(Int32Array.from(rows.flat()).buffer),
  )
  const { stance } = gathering.finish(0, 0)
  t.deepEqual([...stance.subarray(45, 55)], [1, 1, 1, 1, 1, 0, 0, 0, 0, 0])
  t.deepEqual([...stance.subarray(85, 95)], [0, 0, 0, 0, 0, 1, 1, 1, 1, 1])
  t.is(stance.at(-1), 1)
})

test("a trace that is not whole rows is refused", (t) => {
  t.throws(() => new TraceGathering().add({ nowMs: 0 }, new Uint8Array(35)), { message: /35 bytes/ })
})

test("the trace file has the contract's columns, activities by name", (t) => {
  const lines = [...traceLines(trace())]
  t.is(lines[0], "time_s,knee_deg,thigh_deg,stance,activity,stance_live,up_x,up_y,up_z")
  t.is(lines[1], "10.0000,12.34,-5.67,1,walk,1,0.89443,-0.44721,0.00000")
  t.is(lines[7], "10.0620,12.40,-5.67,0,run,1,0.89443,-0.44721,0.00033")
  t.is(lines.length, 13)
})

test("a trace file is whole or not there", (t) => {
  const place = join(mkdtempSync(join(folder, "trace-")), "out.csv")
  const source = join(folder, "source.csv")
  const written = new TraceFile(place, source)
  t.false(existsSync(place))
  written.write(trace())
  t.true(readFileSync(place, "utf8").startsWith(`${TRACE_HEADER}\n`))
  t.is(readFileSync(place, "utf8").split("\n").length, 14)

  const given = new TraceFile(place, source)
  given.discard()
  t.is(readFileSync(place, "utf8").split("\n").length, 14)
  t.deepEqual(readdirSync(join(place, "..")), ["out.csv"])
})

test("a trace that cannot be moved to its place names what was typed, and leaves nothing behind", (t) => {
  const place = mkdtempSync(join(folder, "moved-"))
  const path = join(place, "out.csv")
  const written = new TraceFile(path, join(folder, "source.csv"))
  mkdirSync(path)
  const error = t.throws(() => written.write(trace()))
  t.is(error?.message, `--trace ${path}: not written: EISDIR: illegal operation on a directory`)
  t.deepEqual(readdirSync(place), ["out.csv"])
})

test("a place where no trace can be written is bad usage, told before the work", (t) => {
  const source = join(folder, "recording.csv")
  writeFileSync(source, "x")
  mkdirSync(join(folder, "taken"))
  for (const [path, words] of [
    [join(folder, "no", "such", "folder.csv"), /cannot be written: ENOENT/],
    [join(folder, "taken"), /is a folder/],
    [join(source, "below.csv"), /--trace .*(ENOTDIR|cannot be written)/],
    [source, /is the recording itself/],
  ] as const) {
    const error = t.throws(() => new TraceFile(path, source))
    t.is(exitCodeOf(error), 2, path)
    t.regex(error?.message ?? "", words)
    t.notRegex(error?.message ?? "", /\.part/, "the name that was typed, not the one that it grows under")
  }
  t.is(readFileSync(source, "utf8"), "x")
})

// Events

test("the events of the firmware have words, all of them and no others; a new one is told by its name", (t) => {
  const names = Object.values(DeviceEvent)
  t.deepEqual(Object.keys(EVENT_WORDS).sort(), [...names].sort())
  for (const name of names) {
    const told = eventWords({ name, atMs: 0, detail: "its detail" }, PLAIN)
    t.regex(told, /^\S.* {2,}its detail$/)
    t.is(told.indexOf("its detail"), 17, "details stand below each other")
    t.notRegex(told, /[a-z][A-Z]/, "words, not a name of the program")
  }
  t.is(eventWords({ name: "strapSlipped", atMs: 0, detail: "" }, PLAIN), "strapSlipped")
})

// Progress

function stream(isTTY: boolean, columns?: number): { stream: NodeJS.WriteStream; text: () => string } {
  let text = ""
  const sink = new Writable({
    decodeStrings: false,
    write(piece: string, _encoding, done) {
      text += piece
      done()
    },
  })
  return {
    stream: Object.assign(sink, { isTTY, columns }) as unknown as NodeJS.WriteStream,
    text: () => text,
  }
}

test("off a terminal progress is four plain lines at most", (t) => {
  const { stream: plain, text } = stream(false)
  const progress = new Progress(plain, 180)
  for (let playedS = 0; playedS <= 180; playedS++) progress.update(playedS)
  progress.end()
  const lines = text().trimEnd().split("\n")
  t.is(lines.length, 4)
  t.true(lines[0]?.startsWith("  0:45 of 3:00"))
  t.true(lines[3]?.startsWith("  3:00 of 3:00"))
  t.false(text().includes("\u001b"))
  t.false(text().includes("\r"))
})

for (const [columns, playing, waiting] of [
  [
    120,
    /^ {2}━{12}─{12} {2}30:00 of 1:00:00, [\d,]+ × real time$/,
    /^ {2}━{24} {2}played; 0:45 on, .* real time$/,
  ],
  [undefined, /^ {2}━{12}─{12} {2}30:00 of 1:00:00, /, /^ {2}━{6,24} {2}played; 0:45 on, .* real time$/],
  [40, /^ {2}(━+─+ {2})?30:00 of 1:00:00/, /^ {2}played; 0:45 on, run not yet ended$/],
  [20, /^ {2}30:00 of 1:00:00$/, /^ {2}played; 0:45 on, $/],
] as const) {
  test(`on a terminal of ${columns ?? "unknown"} columns the line never wraps`, (t) => {
    for (const [playedS, words] of [
      [1800, playing],
      [3645, waiting],
    ] as const) {
      const { stream: terminal, text } = stream(true, columns)
      new Progress(terminal, 3600).update(playedS)
      const line = stripVTControlCharacters(text()).replace("\r", "")
      t.regex(line, words)
      t.true(line.length < (columns ?? 80), `${line.length} columns`)
    }
  })
}

test("on a terminal the line is taken away for news and at the end", (t) => {
  const { stream: terminal, text } = stream(true)
  const progress = new Progress(terminal, 100)
  progress.update(50)
  progress.say(terminal, "news")
  progress.end()
  const [before, after] = text().split("news\n")
  t.true(before?.endsWith("\r\u001b[2K"))
  t.regex(after ?? "", /0:50 of 1:40/)
  t.true(after?.endsWith("\r\u001b[2K"))
})

// The table

const BOUT = {
  startS: 29.4,
  durationS: 57.7,
  strides: 76,
  cadenceSpm: 157.4,
  compressions: 74,
  compressionsByDepth: { "30": 74, "35": 69, "40": 48, "45": 12, "50": 1 },
  peakFlexionMedianDeg: 42.4,
  secondsPastThreshold: 9.8,
  degreeSecondsPastThreshold: 96,
  contactTimeMedianMs: 266,
}
const RUN: RunJson = {
  ...BOUT,
  id: 1,
  durationS: 130.2,
  strides: 1562,
  loadCycles: 156,
  thresholdDeg: 30,
  compressions: 150,
  peakFlexionP95Deg: 49,
  load: 160.2,
  loadPeakWeighted: 210.7,
  buzzes: [{ timeS: 71, reason: "depth" }],
  dataQuality: { validShare: 0.998, gaps: 1, clipped: 3, strapShift: false },
  bouts: [BOUT],
  boutsDropped: 0,
}
const REPORT: ReplayJson = {
  recording: "S01.csv.gz",
  engine: "xs",
  sensors: 1,
  input: { rows: 36_105, gaps: 0, lostSamples: 0, beyondRangeRows: 0 },
  calibrated: true,
  firmware: "0.1.0",
  model: "3",
  runs: [RUN],
  runsDropped: 0,
  bends: [],
  bendsDropped: 0,
  summaryText: "",
}

test("the table says what was done, how deep, why it buzzed, and how good the data are", (t) => {
  const text = runTables(REPORT, PLAIN)
  for (const words of [
    /Run 1 {2}0:29 to 2:40, 2:10/,
    /0:58 in 1 bout\b/,
    /1,562, at 157 steps a minute/,
    /150 past 30°: 96 % of/,
    /half of them past 42°, one in twenty past 49°/,
    /1:11 {2}the knee bends deeper/,
    /99\.8 % of the samples, 1 gap, 3 samples beyond/,
    /^ +1 +0:29 +0:58 +76 +157 +266 ms +42\.4° +74 +69 +48 +12 +1$/m,
  ]) {
    t.regex(text, words)
  }
})

test("the table's columns are aligned and fit a terminal of 100 columns", (t) => {
  const lines = runTables(REPORT, PLAIN).split("\n")
  for (const line of lines) t.true(line.length <= 100, line)
  const head = lines.findIndex((line) => line.includes("steps/min"))
  const ends = (line = "") => [...line.trimEnd().matchAll(/\S(?=\s{2,}|$)/g)].map((match) => match.index)
  t.deepEqual(ends(lines[head + 1]), ends(lines[head]))
  t.deepEqual(ends(lines[head + 2]), ends(lines[head]))
})

test("no run is said in a sentence, and what calibration needs", (t) => {
  t.is(runTables({ ...REPORT, runs: [] }, PLAIN), "No run in this recording.")
  const bends = [{ timeS: 9, peakDeg: 48 }]
  t.is(runTables({ ...REPORT, runs: [], bends }, PLAIN), "No run in this recording; 1 knee bend was seen.")
  t.regex(
    runTables({ ...REPORT, runs: [], calibrated: false }, PLAIN),
    /not calibrated.*standing still.*knee bends/,
  )
})
