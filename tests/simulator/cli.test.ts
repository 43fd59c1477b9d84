import { execFileSync, spawn } from "node:child_process"
import { closeSync, constants, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import test from "ava"
import { SETTINGS } from "../../src/storage/settings"
import { inProcess, type Ended as Told } from "./in-process"

const PROJECT = join(import.meta.dirname, "../..")
const S10 = "simulator/recordings/S10.csv.gz"
const HEADER = "time_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps"

let folder: string
test.before(() => {
  folder = mkdtempSync(join(tmpdir(), "patella-process-"))
})
test.after.always(() => rmSync(folder, { recursive: true, force: true }))

interface Ended extends Told {
  signal: NodeJS.Signals | null
}
interface Start {
  /** Where npm was called. */
  calledFrom?: string
  /** A descriptor; left out, standard output is gathered. */
  stdout?: number
  /** Closes the reader's end of standard output at once. */
  hangUp?: boolean
  /** Sends SIGINT as soon as this holds. */
  interruptWhen?(): boolean
}

/** The real process, as `npm run` starts it. */
function patella(
  parameters: string[],
  { calledFrom, stdout, hangUp, interruptWhen }: Start = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--import=tsx", "simulator/cli/patella.ts", ...parameters], {
      cwd: PROJECT,
      env: { ...process.env, FORCE_COLOR: undefined, INIT_CWD: calledFrom },
      stdio: ["ignore", stdout ?? "pipe", "pipe"],
    })
    let out = ""
    let err = ""
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      out += text
    })
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      err += text
    })
    if (hangUp) child.stdout?.destroy()
    const watch =
      interruptWhen &&
      setInterval(() => {
        if (!interruptWhen()) return
        clearInterval(watch)
        child.kill("SIGINT")
      }, 5)
    child.on("close", (code, signal) => {
      clearInterval(watch)
      resolve({ code, signal, out, err })
    })
  })
}

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

test.serial(
  "--help tells of every command and, for each, gives examples; exit code 0, on standard output",
  async (t) => {
    const general = await patella(["--help"])
    t.is(general.code, 0)
    t.is(general.err, "")
    for (const command of ["start", "replay", "synthesize", "evaluate", "fit", "log"]) {
      t.regex(general.out, new RegExp(`^ {2}${command} `, "m"))
      const { code, out, err } = await inProcess([command, "--help"])
      t.is(code, 0)
      t.is(err, "")
      t.regex(out, /Examples?:\n {2}npm /)
    }
  },
)

test.serial(
  "replay --help names every setting with its range, and how many sensors can be worn",
  async (t) => {
    const { out } = await inProcess(["replay", "--help"])
    for (const { name, min, max, unit } of SETTINGS)
      t.regex(out, new RegExp(`${name} +${min} to ${max} ${unit}`))
    t.regex(out, /--sensors <count> +sensors worn, 1 or 2/)
    t.regex(out, /--set <NAME=VALUE> .*\(default:\s+none\)/)
  },
)

const CUT = `${HEADER}\n0.00,0,1,0,0,0,0\n0.01,0,1,0,0,0,0\n0.02,0,1\n`
const cut = () => file("cut.csv", CUT)
const BAD_USAGE: [what: string, parameters: () => string[], words: RegExp][] = [
  ["no command", () => [], /Usage: patella/],
  ["an unknown command", () => ["play"], /unknown command 'play'/],
  ["no recording", () => ["replay"], /missing required argument 'FILE'/],
  ["two recordings", () => ["replay", S10, S10], /too many arguments/],
  ["an unknown option", () => ["replay", S10, "--fast"], /unknown option '--fast'/],
  ["an unknown engine", () => ["replay", S10, "--engine", "v9"], /--engine.*Allowed choices are xs, node/],
  ["three sensors", () => ["replay", S10, "--sensors", "3"], /--sensors.*Allowed choices are 1, 2/],
  [
    "two sensors of a recording without a shank",
    () => ["replay", S10, "--sensors", "2"],
    /S10\.csv\.gz, column shank_ax_g: two sensors need the columns shank_ax_g to shank_gz_dps; .* with one/,
  ],
  [
    "two evaluations at once",
    () => ["evaluate", folder, "--broad", "--robustness"],
    /--broad and --robustness .* one at a time/,
  ],
  [
    "teaching on parts of recordings",
    () => ["evaluate", folder, "--taught", "--robustness"],
    /--taught .* leave out --broad and --robustness/,
  ],
  [
    "two sensors where one is scored",
    () => ["evaluate", folder, "--broad", "--sensors", "2"],
    /--broad .* leave out --sensors 2/,
  ],
  [
    "two sensors where they come off",
    () => ["evaluate", folder, "--taught", "--sensors", "2"],
    /--taught .* leave out --sensors 2/,
  ],
  ["a leg that is not numbered", () => ["replay", S10, "--set", "leg=left"], /leg takes .* from 0 to 2\n/],
  [
    "a bend held at an angle that no calibration has",
    () => ["replay", S10, "--set", "heldBendDeg=91"],
    /heldBendDeg takes .* from 0 to 90 \(°\)\n[\s\S]*held for three seconds/,
  ],
  [
    "an unknown setting",
    () => ["replay", S10, "--set", "volume=3"],
    /no setting "volume"[\s\S]*thresholdDeg +20 to 60 °/,
  ],
  [
    "a setting out of range",
    () => ["replay", S10, "--set", "thresholdDeg=90"],
    /thresholdDeg takes .* 20 to 60/,
  ],
  [
    "a trace without a folder",
    () => ["replay", S10, "--trace", join(folder, "no/t.csv")],
    /--trace .*cannot be written/,
  ],
  ["a trace without a name", () => ["replay", S10, "--trace", ""], /--trace.* is empty: name a file/],
  ["a recording without a name", () => ["replay", ""], /FILE.* is empty: name a file/],
  ["a folder without a name", () => ["evaluate", ""], /FOLDER.* is empty: name a file or folder/],
  [
    "training tables from no folder",
    () => ["fit", "--extract", join(folder, "none")],
    /none: there is no such folder/,
  ],
  ["a trace onto a folder", () => ["replay", S10, "--trace", folder], /--trace .*is a folder/],
  ["no such file", () => ["replay", join(folder, "none.csv")], /none\.csv: there is no such file/],
  ["a folder", () => ["replay", folder], /is a folder/],
  [
    "a cut recording",
    () => ["replay", cut(), "--json"],
    /cut\.csv, line 4, column az_g: the line ends too early/,
  ],
]

for (const [what, parameters, words] of BAD_USAGE) {
  test.serial(`exit code 2, a message and nothing on standard output: ${what}`, async (t) => {
    const { code, out, err } = await inProcess(parameters())
    t.is(code, 2, err)
    t.is(out, "")
    t.regex(err, words)
    t.notRegex(err, /\n\s+at /, "no stack for what a person can mend")
  })
}

test("the process itself ends with exit code 2 on a damaged recording, also when asked for JSON", async (t) => {
  const { code, out, err } = await patella(["replay", cut(), "--json"])
  t.is(code, 2)
  t.is(out, "")
  t.regex(err, /cut\.csv, line 4, column az_g: /)
})

test.serial(
  "without the XS engine start is one line with the remedy and exit code 1, and does not fall back",
  async (t) => {
    // Loaded beforehand: the loader looks for its own binary by the platform.
    await import("../../simulator/cli/start")
    await import("../../simulator/cli/headless")
    const platform = Object.getOwnPropertyDescriptor(process, "platform") as PropertyDescriptor
    Object.defineProperty(process, "platform", { ...platform, value: "sunos" })
    try {
      for (const where of [[], ["--headless"]]) {
        const { code, out, err } = await inProcess(["start", ...where])
        t.is(code, 1)
        t.is(out, "")
        t.regex(err, /^patella: The XS engine cannot be built on sunos.*--engine node.*\n$/)
      }
    } finally {
      Object.defineProperty(process, "platform", platform)
    }
  },
)

test("a run that is interrupted leaves no half trace", async (t) => {
  const place = mkdtempSync(join(folder, "interrupted-"))
  const begun = () => readdirSync(place).length > 0
  const { signal } = await patella(["replay", S10, "--engine", "node", "--trace", join(place, "trace.csv")], {
    interruptWhen: begun,
  })
  t.is(signal, "SIGINT")
  t.deepEqual(readdirSync(place), [])
})

const onLinux = process.platform === "linux" ? test : test.skip

onLinux("a replay that waits for a pipe can be interrupted", async (t) => {
  const pipe = join(folder, "pipe")
  execFileSync("mkfifo", [pipe])
  let writer: number | undefined
  t.teardown(() => writer !== undefined && closeSync(writer))
  const isRead = () => {
    try {
      writer = openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK)
      return true
    } catch {
      return false
    }
  }
  const { signal } = await patella(["replay", pipe], { interruptWhen: isRead })
  t.is(signal, "SIGINT")
})

onLinux("standard output on a full disk is one line and exit code 1", async (t) => {
  const full = openSync("/dev/full", "w")
  t.teardown(() => closeSync(full))
  const { code, err } = await patella(["--help"], { stdout: full })
  t.is(code, 1)
  t.is(err, "patella: standard output cannot be written: ENOSPC: no space left on device\n")
})

test("a reader that has seen enough is no failure", async (t) => {
  const { code, err } = await patella(["--help"], { hangUp: true })
  t.is(code, 0)
  t.is(err, "")
})

test("relative names are meant from where npm was called, and are told as they were typed", async (t) => {
  const calledFrom = mkdtempSync(join(folder, "called-from-"))
  writeFileSync(join(calledFrom, "cut.csv"), CUT)
  const recording = await patella(["replay", "cut.csv"], { calledFrom })
  t.regex(recording.err, /^patella: cut\.csv, line 4, column az_g: /)
  const trace = await patella(["replay", join(PROJECT, S10), "--engine", "node", "--trace", "trace.csv"], {
    calledFrom,
  })
  t.is(trace.code, 0)
  t.deepEqual(readdirSync(calledFrom), ["cut.csv", "trace.csv"])
})

test.serial(
  "a board is chosen by its name: another chip measures the same steps, and a second sensor needs wires",
  async (t) => {
    const stick = ["replay", S10, "--board", "m5stick_cplus"]
    const { code, out } = await inProcess([...stick, "--engine", "node", "--json"])
    t.is(code, 0)
    const [run] = (JSON.parse(out) as { runs: { strides: number }[] }).runs
    t.is(run?.strides, 177)
    const wired = await inProcess([...stick, "--sensors", "2"])
    t.is(wired.code, 2)
    t.regex(wired.err, /no wires for a second sensor/)
  },
)
