/** What a board's trace becomes: columns in the recording's time, and a file that is whole or not there. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import test from "ava"
import { encodeFrame, type StrideRow, TRACE_ROW_INTS } from "../../hosts/virtual/protocol"
import { TRACE_HEADER, TraceFile, traceLines } from "../../simulator/cli/trace-file"
import { exitCodeOf } from "../../simulator/cli/usage"
import { type Trace, TraceGathering } from "../../simulator/trace"
import { Activity } from "../../src/motion/stride"

let folder: string
test.before(() => {
  folder = mkdtempSync(join(tmpdir(), "patella-trace-"))
})
test.after.always(() => rmSync(folder, { recursive: true, force: true }))

const UP_Z_PLACE = 7
/** What a row holds for `npm run fit`. */
const FIT_INPUTS = Array<number>(TRACE_ROW_INTS - UP_Z_PLACE - 1).fill(7)

const strideRow = (contactSample: number, toeOffSample: number, periodQ4: number): StrideRow => ({
  contactSample,
  toeOffSample,
  periodQ4,
  troughQ4: toeOffSample << 4,
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
      strides: [strideRow(103, 106, 4 << 4), strideRow(108, 110, 4 << 4)],
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
