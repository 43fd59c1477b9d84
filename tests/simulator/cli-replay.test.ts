/** The contract of `replay` and `start --headless` on the real firmware, in processes of their own. */
import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import test from "ava"
import { EVENT_WORDS } from "../../simulator/cli/event-words"
import { runTables } from "../../simulator/cli/run-table"
import { ENGINE_NAMES } from "../../simulator/engine/engine"
import type { BoutJson, ReplayJson } from "../../simulator/phone/replay-json"
import { readRecording } from "../../simulator/recording/read-recording"
import { runSession } from "../../simulator/session"

const PROJECT = join(import.meta.dirname, "../..")
const S01 = "simulator/recordings/S01.csv.gz"

let folder: string
test.before(() => {
  folder = mkdtempSync(join(tmpdir(), "patella-replay-"))
})
test.after.always(() => rmSync(folder, { recursive: true, force: true }))

const patella = (...parameters: string[]) =>
  promisify(execFile)(process.execPath, ["--import=tsx", "simulator/cli/patella.ts", ...parameters], {
    cwd: PROJECT,
    env: { ...process.env, INIT_CWD: undefined },
  })

const TOTALS: (keyof BoutJson)[] = [
  "startS",
  "durationS",
  "strides",
  "cadenceSpm",
  "compressions",
  "compressionsByDepth",
  "peakFlexionMedianDeg",
  "secondsPastThreshold",
  "degreeSecondsPastThreshold",
  "contactTimeMedianMs",
]

test.serial(
  "replay --json gives the contract's JSON and nothing else, the same on every engine",
  async (t) => {
    const reports: ReplayJson[] = []
    for (const engine of ENGINE_NAMES) {
      const { stdout, stderr } = await patella("replay", S01, "--json", "--engine", engine)
      t.is(stderr, "")
      reports.push(JSON.parse(stdout))
    }
    const [report, ...others] = reports
    if (!report) return t.fail()
    for (const other of others) t.deepEqual({ ...other, engine: report.engine }, report)
    t.deepEqual(
      Object.keys(report),
      "recording engine sensors input calibrated firmware model runs runsDropped bends bendsDropped summaryText".split(
        " ",
      ),
    )
    t.is(report.recording, "S01.csv.gz")
    t.true(report.calibrated)
    t.is(report.bends.length, 5)
    t.true(report.summaryText.length > 0)
    t.is(report.runs.length, 1)
    for (const run of report.runs) {
      t.deepEqual(Object.keys(run.compressionsByDepth), ["30", "35", "40", "45", "50"])
      for (const key of [...TOTALS, "loadCycles", "thresholdDeg", "load", "loadPeakWeighted", "buzzes"])
        t.true(key in run, key)
      t.deepEqual(Object.keys(run.dataQuality), ["validShare", "gaps", "clipped", "strapShift"])
      t.is(run.bouts.length, 3)
      for (const bout of run.bouts) t.deepEqual(Object.keys(bout).sort(), [...TOTALS].sort())
      t.is(
        run.bouts.reduce((sum, bout) => sum + bout.strides, 0),
        run.strides,
      )
    }
  },
)

test.serial(
  "replay --set changes the device, --trace follows the truth in the recording's time",
  async (t) => {
    const place = join(folder, "trace.csv")
    const { stdout, stderr } = await patella(
      ..."replay --engine node --set thresholdDeg=25 --set pauseLimitS=30".split(" "),
      S01,
      "--trace",
      place,
    )
    t.regex(stdout, /compressions +\d+ past 25°/)
    t.regex(stderr, /3:00 of 3:01|3:01 of 3:01/)
    const [header, ...lines] = readFileSync(place, "utf8").trimEnd().split("\n")
    t.is(header, "time_s,knee_deg,thigh_deg,stance,activity,stance_live,up_x,up_y,up_z")
    const rows = lines.map((line) => line.split(","))
    t.true(rows.every((row) => row.length === 9))

    const { timeS, truth, rateHz } = await readRecording(join(PROJECT, S01))
    const times = rows.map(([time]) => Number(time))
    t.true(times.every((time, row) => row === 0 || time > (times[row - 1] as number)))
    // Two of the chip's samples to a motion sample.
    t.true(Math.abs(times.length / (timeS.at(-1) as number) - 52) < 1)
    let running = 0
    let told = 0
    let squares = 0
    for (const row of rows) {
      const at = Math.round(Number(row[0]) * rateHz)
      if (truth?.activity[at] !== "run") continue
      running++
      if (row[4] === "run") told++
      squares += (Number(row[2]) - (truth.thighDeg[at] as number)) ** 2
      t.true(Math.abs(Math.hypot(Number(row[6]), Number(row[7]), Number(row[8])) - 1) < 1e-4)
    }
    t.true(told / running > 0.9, `${told} of ${running} rows`)
    t.true(Math.sqrt(squares / running) < 5, `${Math.sqrt(squares / running)}°`)
  },
)

for (const engine of ENGINE_NAMES) {
  test.serial(
    `start --headless tells what happens, buzzes within two minutes and ends with the run (${engine})`,
    async (t) => {
      const startMs = performance.now()
      const { stdout } = await patella("start", "--headless", "--engine", engine)
      t.true(performance.now() - startMs < 60_000)
      t.regex(stdout, /Demonstration settings/)
      const [story = ""] = stdout.split("What the phone read")
      const told = [...story.matchAll(/^ +\d+:\d\d {2}(\S.*?)(?: {2}.*)?$/gm)].map(([, words]) => words)
      t.is(told.indexOf("phone connected"), told.length - 2, "where it matters, and not to set the device up")
      t.is(told.at(-1), "run ended")
      const {
        fault,
        strapShifted,
        shank,
        taught,
        runResumed,
        painMarked,
        phonePaired,
        phoneRefused,
        forgotten,
        factoryReset,
        asleep,
        woke,
        update,
        supply,
        batteryEmpty,
        routineStarted,
        routineEnded,
        sitting,
        ...happening
      } = EVENT_WORDS
      const words = Object.values(happening).map(({ text }) => text)
      t.deepEqual(
        [...new Set(told)].sort(),
        words.sort(),
        "each event of a wear with one sensor and no mishap, in words",
      )
      const [, minutes, seconds] = /^ +(\d+):(\d\d) {2}bzzz +\S/m.exec(stdout) ?? []
      t.true(Number(minutes) * 60 + Number(seconds) < 120, `${minutes}:${seconds}`)
      t.regex(stdout, /Run 1 .*\n[\s\S]*compressions +\d+ past 30°[\s\S]*buzzes +\d:\d\d[\s\S]*\n +all /)
      t.false(stdout.includes("\u001b"))
    },
  )
}

const BUZZING: [file: string, settings: Record<string, number>][] = [
  [
    "S01.csv.gz",
    {
      overloadCompressions: 60,
      overloadDegreeSecondsPerMinute: 20,
      overloadDegreeSecondsMinutes: 1,
      buzzIntervalS: 30,
    },
  ],
  ["S10.csv.gz", { overloadDepthDeg: 1, overloadDepthFirstCycle: 10, overloadDepthLastCycle: 50 }],
]

test.serial("a buzz is told in the same words when it comes and in the run's table", async (t) => {
  const reasons = new Set<string>()
  for (const [file, settings] of BUZZING) {
    const recording = await readRecording(join(PROJECT, "simulator/recordings", file))
    const { events, json } = await runSession({ recording, engine: "node", settings })
    const table = runTables(json, (_style, text) => text)
    const told = events.filter(({ name }) => name === "buzz")
    const listed = json.runs.flatMap(({ buzzes }) => buzzes)
    t.is(told.length, listed.length)
    for (const { detail } of told) t.true(table.includes(detail), detail)
    for (const { reason } of listed) reasons.add(reason)
  }
  t.deepEqual([...reasons].sort(), ["compressions", "degree-seconds", "depth"])
})
