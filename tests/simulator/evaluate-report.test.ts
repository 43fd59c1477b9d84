import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import test, { type ExecutionContext } from "ava"
import { chooseSet, type Fold, readFolds } from "../../simulator/evaluate/coefficient-set"
import { evaluateRecordings, type Replay } from "../../simulator/evaluate/evaluation"
import { listRecordings, readSessionTruth, truthColumns } from "../../simulator/evaluate/folder"
import { METRIC_NAMES, type Metrics, meanMetrics, worstMetrics } from "../../simulator/evaluate/metrics"
import { formatReport, makeReport } from "../../simulator/evaluate/table"
import { DEVELOPMENT_RUNNERS } from "../../simulator/evaluate/trivial-counters"
import { parseSessionTruth, TruthError } from "../../simulator/evaluate/truth"
import { truthFromColumns } from "../../simulator/evaluate/truth-from-columns"
import { parseRecording, readRecording } from "../../simulator/recording/read-recording"
import { sessionTruth } from "./evaluate-synthetic"

const RECORDINGS = fileURLToPath(new URL("../../simulator/recordings", import.meta.url))
const folds: Fold[] = [{ leftOut: { session: "S01", seed: 1001 }, model: { of: "others than S01" } }]

/** A folder of the test's own. */
async function temporaryFolder(t: ExecutionContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "patella-evaluate-"))
  t.teardown(() => rm(path, { recursive: true }))
  return path
}

/** A device that knows the truth, 12 ms late; told by the recording's name alone. */
const perfectDevice: Replay = async (recording) => {
  const truth = truthColumns(recording)
  const session = await readSessionTruth(join(RECORDINGS, recording.name))
  if (!session) throw new Error(`no truth for ${recording.name}`)
  const bouts = session.bouts.map((bout) => ({
    startS: bout.startS,
    durationS: bout.endS - bout.startS,
    strides: bout.strides + 1,
    cadenceSpm: bout.cadenceSpm + 0.5,
    peakFlexionMedianDeg: bout.peakMedianDeg,
    compressionsByDepth: Object.fromEntries(bout.compressions.map((count, band) => [30 + 5 * band, count])),
  }))
  return {
    runs: [{ bouts }],
    calibrated: true,
    trace: {
      timeS: recording.timeS.map((timeS) => timeS + 0.012),
      kneeDeg: truth?.kneeDeg ?? [],
      thighDeg: truth?.thighDeg ?? [],
      stance: truth?.stance ?? [],
    },
  }
}

/** Like it, and tells what it counted its strides by: 2° too deep, always. */
const deepCounting: Replay = async (recording, model) => {
  const replayed = await perfectDevice(recording, model)
  const session = await readSessionTruth(join(RECORDINGS, recording.name))
  const stances = session?.bouts.flatMap((bout) => bout.stances) ?? []
  const countedPeaks = stances.map(({ endS, peakDeg }) => ({ toeOffS: endS + 0.012, peakDeg: peakDeg + 2 }))
  return { ...replayed, trace: { ...replayed.trace, countedPeaks } }
}

/** The report on recordings as a device replays them, the project's when none are named. */
async function reportOn(device: Replay, paths?: string[], warn: (line: string) => void = () => {}) {
  const recordings = paths ?? (await listRecordings(RECORDINGS))
  return makeReport(await evaluateRecordings(recordings, folds, device, warn))
}

test("a device that knows the truth has no error on the project's recordings but its delay", async (t) => {
  const told: string[] = []
  const models = new Map<string, unknown>()
  const device: Replay = (recording, model) => {
    models.set(recording.name, model)
    return perfectDevice(recording, model)
  }
  const report = await reportOn(device, undefined, (line) => told.push(line))
  t.deepEqual(models.get("S01.csv.gz"), folds[0]?.model)
  t.is(models.get("S10.csv.gz"), undefined)
  t.deepEqual(report.failures, [])
  t.deepEqual(
    report.recordings.map((row) => [row.recording, row.set, row.runs]),
    [
      ["S01.csv.gz", "fold S01", 1],
      ["S10.csv.gz", "shipped", 1],
    ],
  )
  t.true(told.some((line) => /S10.*no fold file/.test(line)))
  t.deepEqual(report.totals, { recordings: 2, runs: 2, bouts: 6, found: 6, missed: 0, invented: 0 })
  for (const row of report.recordings) {
    t.deepEqual(row.notes, [])
    t.true(Math.abs((row.delayMs ?? 0) - 12) < 0.05, `${row.delayMs}`)
    t.is(row.stanceF1, 1)
    t.is(row.stancesUnmatched, 0)
    t.is(row.bandErrorPercent, 0)
    t.is(row.stridesErrorPercent, 0)
    t.true(Math.abs((row.cadenceErrorSpm ?? 0) - 0.5) < 1e-9)
    t.true((row.thighRmseRawDeg ?? 0) > 1)
    for (const name of ["thighRmseDeg", "kneeRmseDeg", "kneeStanceRmseDeg", "kneeSwingRmseDeg"] as const) {
      t.true((row[name] ?? 1) < 0.1, `${name} ${row[name]}`)
    }
    t.is(row.boutPeakErrorDeg, 0)
    t.true((row.stancePeakErrorDeg ?? 1) < 0.01)
    for (const name of [
      "initialContactMeanMs",
      "toeOffMeanMs",
      "initialContactSdMs",
      "toeOffSdMs",
    ] as const) {
      t.true(Math.abs(row[name] ?? 1) < 0.1, `${name} ${row[name]}`)
    }
  }
})

test("the table has a row a recording with its set, then mean and worst, and the bouts' totals", async (t) => {
  const report = await reportOn(perfectDevice)
  const rows = formatReport({ ...report, mean: { ...report.mean, initialContactMeanMs: -0.01 } }).split("\n")
  const firstWords = rows.map((row) => row.trim().split(/ {2,}/).slice(0, 3).join("|"))
  t.true(firstWords.includes("S01.csv.gz|fold S01|1.000") && firstWords.includes("S10.csv.gz|shipped|1.000"))
  t.true(firstWords.includes("mean|1.000|0.0") && firstWords.includes("worst|1.000|0.0"))
  t.true(rows.some((row) => row.startsWith("  S10.csv.gz") && row.endsWith("  3/0/0")))
  t.true(rows.includes("Bouts: 6, found 6, missed 0, invented 0"))
  t.true(rows.includes("Recordings: 2, runs: 2"))
  t.regex(rows.join(), /Counter "every stride counts": 0\.0 at 30°, 4\.0 at 35°.*band error 41\.5 %/)
})

test("each mean has its 95 %, and the smallest change of one wearer is told at the same and at another pace", async (t) => {
  const report = await reportOn(deepCounting)
  const { low = 0, high = 0 } = report.interval.everyStrideBandErrorPercent ?? {}
  t.true(low < (report.mean.everyStrideBandErrorPercent ?? 0) && high > low)
  const text = formatReport(report)
  for (const row of ["95 % from", "95 % to"]) t.is(text.split(`  ${row} `).length, 4, row)
  t.regex(text, /more than noise, at the same pace: median stance peak 0\.0°;.* 0\.0 past 30°/)
  t.regex(text, /more than noise, at another pace: median stance peak 0\.0°/)
})

test("bouts that the device missed are in the totals, and its counts of nothing in the errors", async (t) => {
  const deaf: Replay = async (recording, model) => ({ ...(await perfectDevice(recording, model)), runs: [] })
  const report = await reportOn(deaf)
  t.deepEqual(report.totals, { recordings: 2, runs: 0, bouts: 6, found: 0, missed: 6, invented: 0 })
  t.is(report.mean.stridesErrorPercent, 100)
})

test("running is what the activity column calls run, ramps are not", async (t) => {
  const recording = parseRecording(
    "r.csv",
    new TextEncoder().encode(tinyRecording(["still", "move", "run", "bend"])),
  )
  t.deepEqual(Array.from(truthColumns(recording)?.running ?? []).slice(0, 5), [0, 0, 1, 0, 0])
})

test("a recording that cannot be replayed is named, and the others are scored", async (t) => {
  const device: Replay = async (recording, model) => {
    if (recording.name.startsWith("S01")) throw new Error("the board burns")
    return perfectDevice(recording, model)
  }
  const report = await reportOn(device)
  t.deepEqual(report.failures, [{ recording: "S01.csv.gz", message: "the board burns", exitCode: 1 }])
  t.deepEqual(
    report.recordings.map((row) => row.recording),
    ["S10.csv.gz"],
  )
  t.regex(formatReport(report), /Failed: S01\.csv\.gz: the board burns/)
})

const IMU = "time_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps"
/** Half a second; with truth columns when there are activities, which take turns. */
function tinyRecording(activities: string[] = []): string {
  const truth = (row: number) =>
    activities.length > 0 ? `,1,2,1,${activities[row % activities.length]}` : ""
  const rows = Array.from({ length: 50 }, (_, row) => `${(row / 100).toFixed(2)},0,1,0,0,0,0${truth(row)}`)
  return [activities.length > 0 ? `${IMU},knee_deg,thigh_deg,stance,activity` : IMU, ...rows, ""].join("\n")
}
const idleDevice: Replay = async ({ timeS }) => {
  const zero = timeS.map(() => 0)
  const bouts = [
    {
      startS: 0,
      durationS: 9,
      strides: 12,
      cadenceSpm: 160,
      peakFlexionMedianDeg: 40,
      compressionsByDepth: {},
    },
  ]
  return {
    runs: [{ bouts }],
    calibrated: true,
    trace: { timeS, kneeDeg: zero, thighDeg: zero, stance: zero },
  }
}

test("without truth columns or JSON a recording is not scored for what lacks", async (t) => {
  const path = await temporaryFolder(t)
  await writeFile(join(path, "bare.csv"), tinyRecording())
  await writeFile(join(path, "columns.csv"), tinyRecording(["still"]))
  await writeFile(join(path, "json.csv"), tinyRecording())
  await writeFile(join(path, "json.json"), JSON.stringify({ session: "walk", runs: [] }))
  const report = await reportOn(idleDevice, await listRecordings(path))
  const lacks = report.recordings.map((row) => [row.recording, row.notes.length, row.boutsInvented])
  t.deepEqual(lacks, [
    ["bare.csv", 2, null],
    ["columns.csv", 0, 1],
    ["json.csv", 1, 1],
  ])
  const text = formatReport(report)
  t.regex(text, /Note: bare\.csv: angles and events not scored: .*truth columns/)
  t.regex(text, /Note: bare\.csv: bouts and counts not scored: .*JSON/)
  t.is(report.trivial.everyStride, null)
})

test("a damaged recording or truth is a failure of the input", async (t) => {
  const path = await temporaryFolder(t)
  await writeFile(join(path, "a.csv"), tinyRecording().replace("0.10,0,1", "0.10,none,1"))
  await writeFile(join(path, "b.csv"), tinyRecording())
  await writeFile(join(path, "b.json"), '{ "session": "b"')
  const { failures } = await reportOn(idleDevice, await listRecordings(path))
  t.deepEqual(
    failures.map((failure) => failure.exitCode),
    [2, 2],
  )
  t.regex(failures[0]?.message ?? "", /a\.csv, line 12, column ax_g/)
  t.regex(failures[1]?.message ?? "", /b\.json: not JSON/)
})

test("a folder that is none, is a file or is empty is bad usage", async (t) => {
  const path = await temporaryFolder(t)
  await writeFile(join(path, "readme.md"), "")
  for (const wrong of [path, join(path, "none"), join(path, "readme.md")]) {
    const error = await t.throwsAsync(listRecordings(wrong))
    t.is((error as unknown as { exitCode: number }).exitCode, 2)
    t.true(error?.message.startsWith(wrong))
  }
})

const chosen = test.macro((t, who: object, name: string, warned: boolean) => {
  const set = chooseSet({ ...sessionTruth(), ...who }, folds)
  t.is(set.name, name)
  t.is(set.warning !== undefined, warned)
  t.deepEqual(set.model, name === "shipped" ? undefined : folds[0]?.model)
})
test("a development runner has the coefficients fitted without it", chosen, {}, "fold S01", false)
test("a stranger has the shipped ones", chosen, { session: "T01", split: "test", seed: 5 }, "shipped", false)
test("a stranger named S01 has the shipped ones", chosen, { split: "", seed: 5 }, "shipped", false)
test(
  "a development runner without a fold is warned about",
  chosen,
  { session: "S02", seed: 1002 },
  "shipped",
  true,
)
test("without JSON nobody is known", (t) => {
  const { name, model, warning } = chooseSet(undefined, folds)
  t.deepEqual([name, model], ["shipped", undefined])
  t.regex(warning ?? "", /no JSON beside it/)
})

test("truth columns alone give the truth that the JSON holds", async (t) => {
  for (const path of await listRecordings(RECORDINGS)) {
    const { timeS, truth } = await readRecording(path)
    const beside = await readSessionTruth(path)
    if (!truth || !beside) return t.fail()
    const { bouts } = truthFromColumns(timeS, truth)
    t.is(bouts.length, beside.bouts.length)
    beside.bouts.forEach((bout, index) => {
      const made = bouts[index]
      if (!made) throw new Error(`${path}: bout ${index} is missing`)
      const { strides, rampSteps, compressions } = made
      t.deepEqual(
        { strides, rampSteps, compressions },
        { strides: bout.strides, rampSteps: bout.rampSteps, compressions: bout.compressions },
      )
      t.true(Math.abs(made.startS - bout.startS) < 0.006 && Math.abs(made.endS - bout.endS) < 0.006)
      t.true(Math.abs(made.cadenceSpm - bout.cadenceSpm) < 0.01)
      t.true(Math.abs(made.peakMedianDeg - bout.peakMedianDeg) < 0.02)
      t.is(made.stances.length, bout.stances.length)
      made.stances.forEach(({ startS, endS, peakDeg }, at) => {
        const stance = bout.stances[at] as (typeof bout.stances)[number]
        t.true(Math.abs(startS - stance.startS) < 0.001 && Math.abs(endS - stance.endS) < 0.001)
        t.true(Math.abs(peakDeg - stance.peakDeg) < 0.006)
      })
    })
  }
})

test("an uncalibrated device has no angles to score, and its missed bouts count", async (t) => {
  const device: Replay = async (recording, model) => ({
    ...(await perfectDevice(recording, model)),
    runs: [],
    calibrated: false,
  })
  const [path] = await listRecordings(RECORDINGS)
  const report = await reportOn(device, [path as string])
  const [row] = report.recordings
  t.is(row?.thighRmseDeg, null)
  t.is(row?.delayMs, null)
  t.is(row?.boutsMissed, 3)
  t.regex(formatReport(report), /Note: S01\.csv\.gz: angles and events not scored: .*not calibrated/)
})

test("a trace too late to be brought in step is told as doubtful", async (t) => {
  const device: Replay = async (recording, model) => {
    const { trace, ...rest } = await perfectDevice(recording, model)
    return { ...rest, trace: { ...trace, timeS: recording.timeS.map((timeS) => timeS + 0.13) } }
  }
  const [path] = await listRecordings(RECORDINGS)
  const report = await reportOn(device, [path as string])
  t.is(report.recordings[0]?.delayMs, 100)
  t.regex(report.recordings[0]?.notes.join() ?? "", /doubtful: .*0\.1 s apart/)
})

test("fold files are read in order, and one that is not whole says so", async (t) => {
  const path = await temporaryFolder(t)
  t.deepEqual(await readFolds(join(path, "none")), [])
  await writeFile(join(path, "fold-S01.json"), JSON.stringify(folds[0]))
  await writeFile(join(path, "training.json"), "{}")
  t.deepEqual(await readFolds(path), folds)
  await writeFile(join(path, "fold-S02.json"), "{}")
  await t.throwsAsync(readFolds(path), { message: /fold-S02\.json.*npm run fit/ })
})

const wrongTruth = test.macro(async (t, change: (json: Record<string, unknown>) => void, message: RegExp) => {
  const json = JSON.parse(await readFile(join(RECORDINGS, "S01.json"), "utf8"))
  change(json)
  const error = t.throws(() => parseSessionTruth(JSON.stringify(json), "S01.json"), {
    instanceOf: TruthError,
  })
  t.regex(error?.message ?? "", message)
})
type Runs = { runs: Record<string, unknown>[] }
test("a truth without runs", wrongTruth, (json) => delete json.runs, /S01\.json: "runs" is missing/)
test(
  "a bout whose start is text",
  wrongTruth,
  (json) => Object.assign((json as Runs).runs[1] as object, { startS: "soon" }),
  /S01\.json: runs\[1\]: startS: expected a number/,
)
test(
  "a bout with a toe-off too few",
  wrongTruth,
  (json) => Object.assign((json as Runs).runs[0] as object, { toS: [] }),
  /S01\.json: runs\[0\]: icS, toS and peaksDeg differ in length/,
)

test("the development runners' counts are those of the project's recordings", async (t) => {
  for (const path of await listRecordings(RECORDINGS)) {
    const truth = await readSessionTruth(path)
    const runner = DEVELOPMENT_RUNNERS.find(
      ({ session, seed }) => session === truth?.session && seed === truth?.seed,
    )
    const sum = (pick: (bout: { strides: number; compressions: number[] }) => number) =>
      truth?.bouts.reduce((total, bout) => total + pick(bout), 0)
    t.is(
      runner?.strides,
      sum((bout) => bout.strides),
    )
    t.deepEqual(
      runner?.compressions,
      [0, 1, 2, 3, 4].map((band) => sum((bout) => bout.compressions[band] ?? 0)),
    )
  }
})

const nothing = Object.fromEntries(METRIC_NAMES.map((name) => [name, null])) as Metrics
const rows = [
  { ...nothing, recording: "a", delayMs: -9, stanceF1: 0.9, kneeRmseDeg: 6 },
  { ...nothing, recording: "b", delayMs: 3, stanceF1: 0.95, kneeRmseDeg: 2 },
  { ...nothing, recording: "c" },
]
test("mean and worst run over what was scored; the worst of each kind is named", (t) => {
  const mean = meanMetrics(rows)
  t.deepEqual([mean.delayMs, mean.kneeRmseDeg, mean.thighRmseDeg], [-3, 4, null])
  const worst = worstMetrics(rows)
  t.deepEqual(worst.delayMs, { value: -9, recording: "a" })
  t.deepEqual(worst.stanceF1, { value: 0.9, recording: "a" })
  t.deepEqual(worst.kneeRmseDeg, { value: 6, recording: "a" })
  t.is(worst.thighRmseDeg, null)
})
