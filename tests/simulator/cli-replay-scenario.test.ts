/** `replay` of a scenario: the same report as `simulate` of it, its events included; what it refuses. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import test from "ava"
import { inProcess } from "./in-process"

const SHORT = {
  title: "short",
  description: "a run that is disturbed",
  device: { settings: { pauseLimitS: 10 } },
  steps: [
    { do: "stand", forS: 6 },
    { do: "bend", times: 3, alike: true },
    { do: "run", name: "run", forS: 30, speedMs: 3 },
    { do: "stand", forS: 2 },
  ],
  events: [
    { in: "run", atS: 10, do: "loseLink", forS: 5 },
    { in: "run", atS: 20, do: "slipStrap", angleDeg: 10, around: "knee" },
    { in: "run", atS: 25, do: "restart", kind: "reset" },
  ],
}

let folder: string
let file: string
test.before(() => {
  folder = mkdtempSync(join(tmpdir(), "patella-replay-"))
  file = join(folder, "short.json")
  writeFileSync(file, JSON.stringify(SHORT))
})
test.after.always(() => rmSync(folder, { recursive: true, force: true }))

const ON_NODE = ["--json", "--engine", "node"]

test.serial("the report is that of simulate, by the same seed, and another by another", async (t) => {
  const replay = async (seed: string) => {
    const { code, out } = await inProcess(["replay", file, "--seed", seed, ...ON_NODE])
    t.is(code, 0)
    return JSON.parse(out)
  }
  const { out } = await inProcess(["simulate", file, "--seed", "7", ...ON_NODE])
  const seventh = await replay("7")
  t.deepEqual(JSON.parse(out).report, seventh)
  t.is(seventh.recording, "short-7")
  t.is(seventh.runs.length, 1)
  t.true(seventh.runs[0].strides > 20)
  t.notDeepEqual((await replay("8")).runs, seventh.runs)
})

test.serial(
  "what was played is a recording like any other, as long as nothing but the leg moved",
  async (t) => {
    const calm = join(folder, "calm.json")
    writeFileSync(calm, JSON.stringify({ ...SHORT, events: [] }))
    const csv = join(folder, "calm-7.csv")
    const { out } = await inProcess(["simulate", calm, "--seed", "7", "--export", csv, ...ON_NODE])
    const replayed = await inProcess(["replay", csv, "--set", "pauseLimitS=10", ...ON_NODE])
    t.deepEqual({ ...JSON.parse(replayed.out), recording: "" }, { ...JSON.parse(out).report, recording: "" })
    t.true(readFileSync(csv, "utf8").startsWith("time_s,ax_g"))
  },
)

const REFUSED: [what: string, parameters: string[], words: RegExp][] = [
  ["a scenario that there is not", ["first-rum"], /no such scenario; did you mean "first-run"/],
  ["a seed for a recording", ["simulator/recordings/S01.csv.gz", "--seed", "3"], /a recording is as it is/],
  ["a trace over a restart", ["SHORT", "--trace", "TRACE"], /was started anew.*leave/],
]

for (const [what, parameters, words] of REFUSED)
  test.serial(`${what} is refused in words`, async (t) => {
    const places: Record<string, string> = { SHORT: file, TRACE: join(folder, "trace.csv") }
    const given = parameters.map((parameter) => places[parameter] ?? parameter)
    const { code, out, err } = await inProcess(["replay", ...given, "--engine", "node"])
    t.true(code === 1 || code === 2)
    t.is(out, "")
    t.regex(err, words)
  })
