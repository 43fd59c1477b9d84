/** `synthesize` on the command line: what it writes, what it tells, what it refuses. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import test from "ava"
import { readRecording } from "../../simulator/recording/read-recording"
import { allScenarios } from "../../simulator/scenario/library"
import { inProcess } from "./in-process"

let folder: string
test.before(() => {
  folder = mkdtempSync(join(tmpdir(), "patella-synthesize-"))
})
test.after.always(() => rmSync(folder, { recursive: true, force: true }))

const run = (parameters: string[]) => inProcess(["synthesize", ...parameters])

test.serial("a scenario is written whole, and again the same for the same seed", async (t) => {
  const [one, two] = [join(folder, "one.csv.gz"), join(folder, "two.csv.gz")]
  for (const path of [one, two])
    t.is((await run(["squats", "--seed", "4", "--rate", "100", "--out", path])).code, 0)
  t.true(readFileSync(one).equals(readFileSync(two)))
  const recording = await readRecording(one)
  t.true(Math.abs(recording.rateHz - 100) < 1e-6)
  t.true(recording.shank !== undefined && recording.truth !== undefined)
  t.deepEqual(readdirSync(folder).sort(), ["one.csv.gz", "two.csv.gz"], "nothing else is left behind")
})

test.serial("what was made is told on standard error, with the running in it", async (t) => {
  const { code, out, err } = await run([
    "slip",
    "--faultless",
    "--side",
    "left",
    "--out",
    join(folder, "slip.csv"),
  ])
  t.is(code, 0)
  t.is(out, "")
  t.regex(err, /slip\.csv: slip, seed 1, 2:\d\d, 1 bout of running, 1\d\d strides\n$/)
})

test.serial("--list names every scenario and what happens in it", async (t) => {
  const { code, out } = await run(["--list"])
  t.is(code, 0)
  for (const { name, scenario } of allScenarios()) {
    t.true(out.includes(`  ${name} `), name)
    t.true(out.includes(`${scenario.title}: ${scenario.description}`), name)
  }
})

test.serial("a file of one's own is made, and what a recording cannot hold is told", async (t) => {
  const mine = join(folder, "mine.json")
  const events = [
    { atS: 1, do: "slipStrap", angleDeg: 5, around: "knee" },
    { atS: 2, do: "fillFlash" },
    { atS: 3, do: "fillFlash" },
  ]
  const steps = [{ do: "stand", forS: 5 }]
  writeFileSync(mine, JSON.stringify({ title: "Mine", description: "Stands.", steps, events }))
  const { code, err } = await run([mine, "--out", join(folder, "mine.csv")])
  t.is(code, 0)
  const [made, left] = err.trimEnd().split("\n")
  t.regex(made as string, /mine\.csv: mine, seed 1, 0:05, 0 bouts of running, 0 strides$/)
  t.is(
    left,
    "A recording is motion alone: 2 events of the scenario are not in it (fillFlash); simulate plays them",
  )
})

test.serial("a file of one's own with a mistake is refused with its place", async (t) => {
  const wrong = join(folder, "wrong.json")
  writeFileSync(wrong, JSON.stringify({ title: "Mine", description: "Stands.", steps: [{ do: "stand" }] }))
  const { code, err } = await run([wrong, "--out", join(folder, "wrong.csv")])
  t.is(code, 2)
  t.regex(err, /wrong\.json: steps\[0\]\.forS: is missing; it takes a number from 1 to 21600/)
  t.false(existsSync(join(folder, "wrong.csv")))
})

const REFUSED: [what: string, parameters: string[], words: RegExp][] = [
  ["no scenario", [], /name a scenario\nScenarios:/],
  [
    "a scenario that there is not",
    ["slp", "--out", "x.csv"],
    /slp: there is no such scenario; did you mean "slip"/,
  ],
  ["no file", ["run"], /name the file to write: --out FILE/],
  ["a seed that is no whole number", ["run", "--seed", "1.5"], /--seed.*Write a whole number/],
  ["an empty seed", ["run", "--seed", ""], /--seed.*Write a whole number/],
  ["a rate that no recording has", ["run", "--rate", "5000"], /--rate.*from 20 to 2000/],
  ["a leg that nobody has", ["run", "--side", "middle"], /--side.*left, right/],
]
for (const [what, parameters, words] of REFUSED) {
  test.serial(`${what} is refused with exit code 2`, async (t) => {
    const { code, out, err } = await run(parameters)
    t.is(code, 2)
    t.is(out, "")
    t.regex(err, words)
  })
}

test.serial("a place that cannot be written is named", async (t) => {
  const path = join(folder, "nowhere", "x.csv")
  const { code, err } = await run(["squats", "--out", path])
  t.is(code, 2)
  t.regex(err, /nowhere.*cannot be written: ENOENT/)
  t.false(existsSync(path))
})
