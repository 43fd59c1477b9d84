/** `simulate` and `merge` on the command line: what they print, write and refuse. */
import { type ChildProcess, spawn } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import test from "ava"
import { readRecording } from "../../simulator/recording/read-recording"
import type { Scenario } from "../../simulator/scenario/scenario"
import { inProcess } from "./in-process"

const PROJECT = join(import.meta.dirname, "../..")
/** Long enough for a bout, short enough to be run again and again. */
const SHORT: Scenario = {
  title: "A short run",
  description: "Three bends, then half a minute of running.",
  device: { settings: { pauseLimitS: 30 } },
  steps: [
    { do: "stand", forS: 5 },
    { do: "bend", times: 3, alike: true },
    { do: "stand", forS: 3 },
    { do: "run", forS: 25, speedMs: 3 },
    { do: "stand", forS: 2 },
  ],
}

let folder: string
let short: string
test.before(() => {
  folder = mkdtempSync(join(tmpdir(), "patella-simulate-"))
  short = file("short.json", JSON.stringify(SHORT))
})
test.after.always(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const place = (name: string) => join(folder, name)
const simulate = (...parameters: string[]) => inProcess(["simulate", ...parameters])
const merge = (...parameters: string[]) => inProcess(["merge", ...parameters])
const text = (path: string) => readFileSync(path, "utf8")

test.serial("one run is told as it happens, with the truth beside what was counted", async (t) => {
  const { code, out, err } = await simulate(short, "--engine", "node")
  t.is(code, 0, err)
  t.regex(out, /^A short run \(short, seed 1, 0:\d\d\)\nThree bends/)
  for (const words of [/calibrated +from 3 knee bends/, /run started +run 1/, /run ended/, /^Run 1 /m])
    t.regex(out, words)
  t.regex(out, /What was true\n\n +device +true +off by\n +bouts +1 +1/)
  t.regex(out, /of 1 bout of running 1 found, 0 missed; 0 invented/)
  t.regex(err, /of 0:\d\d/)
})

test.serial(
  "as JSON it is what replay gives, with truth and errors; the exported recording replays to it",
  async (t) => {
    const path = place("short.csv.gz")
    const { code, out, err } = await simulate(
      short,
      "--engine",
      "node",
      "--seed",
      "4",
      "--json",
      "--export",
      path,
    )
    t.is(code, 0)
    t.is(err, "")
    const { scenario, seed, durationS, report, truth, errors } = JSON.parse(out)
    t.deepEqual([scenario, seed], ["short", 4])
    t.is(errors.stridesPercent, 0)
    t.is(report.runs[0].strides >= truth.strides, true)
    const recording = await readRecording(path)
    t.is(recording.timeS.at(-1), durationS)
    t.is(recording.truth?.activity.includes("run"), true)
    const replayed = await inProcess([
      "replay",
      path,
      "--engine",
      "node",
      "--set",
      "pauseLimitS=30",
      "--json",
    ])
    const again = JSON.parse(replayed.out)
    t.deepEqual({ ...again, recording: report.recording }, report)
  },
)

test.serial("--set, --duration and --board change what is simulated", async (t) => {
  const { code, out } = await simulate(
    ...[short, "--engine", "node", "--duration", "35", "--set", "thresholdDeg=45"],
    ...["--board", "m5stick_cplus", "--json"],
  )
  t.is(code, 0)
  const { durationS, report } = JSON.parse(out)
  t.true(durationS < 35 && durationS > 34.9)
  t.is(report.runs[0].thresholdDeg, 45)
})

test.serial("a series, and its parts merged in any order, are the same bytes", async (t) => {
  const series = [short, "--seed", "3", "--runs", "3"]
  const whole = place("whole.json")
  const { code, out, err } = await simulate(...series, "--out", whole)
  t.is(code, 0, err)
  t.regex(out, /^short, 3 runs, seeds 3 to 5: of 3 bouts of running 3 found, 0 missed; 0 invented\n/)
  t.regex(out, /^ +strides, % +0\.0 /m)
  t.regex(
    err,
    /^ {2}3 of 3 runs, [\d.]+ a (second|minute), 0:00 left\n3 runs took [\d.]+ s here, [\d,]+ × real time\n/m,
  )
  const parts = ["1/2", "2/2"].map((shard) => ({ shard, path: place(`part${shard[0]}.json`) }))
  for (const { shard, path } of parts)
    t.is((await simulate(...series, "--shard", shard, "--jobs", "1", "--json", "--out", path)).code, 0)
  const paths = parts.map(({ path }) => path)
  for (const order of [paths, [...paths].reverse()]) {
    const merged = place("merged.json")
    const printed = await merge(...order, "--json", "--out", merged)
    t.is(printed.code, 0)
    t.is(printed.out, text(whole))
    t.is(text(merged), text(whole))
  }
  t.is((await merge(...paths)).out, out)

  const missing = await merge(paths[1] as string)
  t.is(missing.code, 2)
  t.regex(missing.err, /2 of 3 seeds are in no part: 3, 5; --partial merges without them/)
  const partial = await merge(paths[1] as string, "--partial")
  t.is(partial.code, 0)
  t.regex(partial.out, /without 2 runs: 3, 5\n/)
  t.regex(partial.err, /partial: 2 runs are in no part/)

  const cut = file("cut.json", text(whole).slice(0, -200))
  const refused = await merge(paths[0] as string, cut)
  t.is(refused.code, 2)
  t.is(refused.out, "")
  t.regex(refused.err, /cut\.json: not JSON \(it ends in the middle/)
})

const REFUSED: [what: string, parameters: string[], words: RegExp][] = [
  ["no scenario", [], /name a scenario\nScenarios:\n +first-run /],
  ["a scenario that there is not", ["frist-run"], /frist-run: there is no such scenario/],
  ["a file that is not there", ["nowhere.json"], /nowhere\.json: cannot be read: ENOENT/],
  ["a seed that is no whole number", ["run", "--seed", "1.5"], /--seed.*Write a whole number/],
  ["no runs", ["run", "--runs", "0"], /--runs.*from 1 on/],
  ["a part without a whole", ["run", "--runs", "4", "--shard", "3"], /--shard.*Write I\/N/],
  ["part 0", ["run", "--runs", "4", "--shard", "0/3"], /--shard.*Write I\/N/],
  ["a part past the last", ["run", "--runs", "4", "--shard", "4/3"], /--shard.*Write I\/N/],
  ["a part that gets no run", ["run", "--runs", "2", "--shard", "3/3"], /2 runs leave none for this part/],
  ["a part of one run", ["run", "--shard", "1/3"], /--shard is for many runs: say how many, --runs N/],
  ["a result file of one run", ["run", "--out", "x.json"], /--out is for many runs/],
  ["a recording of many runs", ["run", "--runs", "3", "--export", "x.csv"], /--export writes one run's/],
  ["no time at all", ["run", "--duration", "0"], /--duration.*Write a number of seconds/],
  ["two sensors on a board for one", ["run", "--board", "m5stick_cplus", "--sensors", "2"], /has no wires/],
  [
    "seeds past all whole numbers",
    ["run", "--seed", "9007199254740991", "--runs", "9"],
    /the last of 9 seeds/,
  ],
  ["a setting that there is not", ["run", "--set", "colour=3"], /there is no setting "colour"/],
]
for (const [what, parameters, words] of REFUSED)
  test.serial(`${what}: refused with exit code 2`, async (t) => {
    const { code, out, err } = await simulate(...parameters)
    t.is(code, 2, err)
    t.is(out, "")
    t.regex(err, words)
  })

test.serial("a place that cannot be written is known before anything runs", async (t) => {
  const path = join(folder, "nowhere", "x.json")
  for (const parameters of [
    ["--runs", "1000", "--out", path],
    ["--export", path],
  ]) {
    const { code, err } = await simulate(short, ...parameters)
    t.is(code, 2)
    t.regex(err, /nowhere.*cannot be written: ENOENT/)
  }
})

test.serial("merge without a part, or of a file that is not there", async (t) => {
  t.is((await merge()).code, 2)
  const { code, err } = await merge(place("gone.json"))
  t.is(code, 2)
  t.regex(err, /gone\.json: cannot be read: ENOENT/)
})

/** The real process, as `npm run` starts it. */
function started(...parameters: string[]): ChildProcess {
  return spawn(process.execPath, ["--import=tsx", "simulator/cli/patella.ts", "simulate", ...parameters], {
    cwd: PROJECT,
    env: { ...process.env, INIT_CWD: undefined, FORCE_COLOR: undefined },
  })
}

/** What a process tells until it ends. @param heard told all that came on standard error, each time more comes */
function told(
  child: ChildProcess,
  heard: (err: string) => void = () => {},
): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    let [out, err] = ["", ""]
    child.stdout?.setEncoding("utf8").on("data", (piece: string) => {
      out += piece
    })
    child.stderr?.setEncoding("utf8").on("data", (piece: string) => {
      err += piece
      heard(err)
    })
    child.on("close", (code) => resolve({ code, out, err }))
  })
}

test.serial(
  "Ctrl-C ends a series with the report of what is done, says so, and its part merges",
  async (t) => {
    const path = place("interrupted.json")
    const child = started(short, "--runs", "8", "--jobs", "1", "--out", path)
    let isSent = false
    const { code, out, err } = await told(child, (sofar) => {
      if (!isSent && /^ {2}2 of 8 runs/m.test(sofar)) isSent = child.kill("SIGINT")
    })
    t.is(code, 1)
    t.regex(out, /^short, 8 runs, seeds 1 to 8: of [2-7] bouts of running/)
    t.regex(out, /without [1-6] runs?: /)
    t.regex(err, /interrupted: [2-7] runs of 8 are done, and reported\n$/)
    t.true(existsSync(path))
    t.is((await merge(path, "--partial")).out, out)
    const halfWritten = readdirSync(folder).filter((name) => name.startsWith("."))
    t.deepEqual(halfWritten, [])
  },
)

/** The process that makes the runs; undefined while it is not there. */
function workerOf({ pid }: ChildProcess): number | undefined {
  const children = text(`/proc/${pid}/task/${pid}/children`).trim().split(" ").map(Number)
  return children.find((child) => child > 0 && text(`/proc/${child}/cmdline`).includes("statistics/worker"))
}

const onLinux = process.platform === "linux" ? test.serial : test.serial.skip

onLinux("a run whose process dies is a row with its seed, and ends no other; exit code 1", async (t) => {
  const child = started(short, "--engine", "node", "--runs", "2", "--jobs", "1", "--json")
  const ended = told(child)
  let worker = workerOf(child)
  for (; worker === undefined; worker = workerOf(child)) await setTimeout(20)
  process.kill(worker, "SIGKILL")
  const { code, out } = await ended
  t.is(code, 1)
  const { rows, report } = JSON.parse(out)
  t.deepEqual(rows[0], { seed: 1, error: "its process ended with SIGKILL" })
  t.is(rows[1].errors.boutsFound, 1)
  t.like(report, { done: 2, failed: 1, boutsFound: 1 })
})
