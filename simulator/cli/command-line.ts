/**
 * The command line: start, replay, bluez, synthesize, evaluate, fit, bench, log, powercuts, fuzz, sync-rates. Standard output is for
 * results, standard error for the rest; exit codes in usage.ts. What a command needs is loaded when it runs, so that --help is quick.
 */
import { readFileSync } from "node:fs"
import { Command, CommanderError, InvalidArgumentError, Option } from "commander"
import { ENGINE_NAMES } from "../engine/engine"
import { MAX_RATE_HZ, MIN_RATE_HZ } from "../recording/time-axis"
import type { SensorCount } from "../session"
import { addSetting, settingsTable } from "./setting-option"
import { describeError, ExitCode, exitCodeOf } from "./usage"
import { paintFor } from "./wording"

/** Ticks of the board's clock are milliseconds in 31 bits: a longer run is none of a wearer's. */
const MAX_HOURS = 72
/** More than any sync needs; each takes about a second. */
const MAX_RUNS = 1000
/** An engine keeps step with this beside what is asked over the air. */
const MAX_SPEED = 60
/** ATT: Core 5.4, volume 3, part F, 3.2.8 and 3.4.2; what BlueZ asks for. */
const MIN_MTU = 23
const MAX_MTU = 517
const PACKAGE = new URL("../../package.json", import.meta.url)

export function commandLine(): Command {
  const program = new Command("patella")
    // Throws CommanderError in place of ending the process; the commands inherit both.
    .exitOverride()
    .showHelpAfterError("(--help tells more)")
    .version((JSON.parse(readFileSync(PACKAGE, "utf8")) as { version: string }).version)
    .description(
      "A sensor above a runner's knee, on a virtual board: play recorded runs through its firmware.",
    )
    .addHelpText(
      "after",
      `\nFrom the project's folder: npm start, or npm run --silent replay -- FILE [options]
Exit codes: 0 done, 1 the work failed, 2 bad usage or unreadable input`,
    )
  const engine = new Option("--engine <name>", "what runs the firmware").choices(ENGINE_NAMES).default("xs")
  const sensors = new Option(
    "--sensors <count>",
    "sensors worn: 1, or 2 (one below the knee too, from the columns shank_ax_g …)",
  )
    .argParser(sensorCount)
    .default(1)
  const settings = new Option("--set <NAME=VALUE>", "change a device setting; repeat it for more")
    .argParser(addSetting)
    .default({}, "none")

  program
    .command("start")
    .description("boot the firmware, play a recorded run, tell what the device does, show the run summary")
    .addOption(engine)
    .addHelpText("after", `\nExamples:\n  npm start\n  npm start -- --engine node`)
    .action(async (options) => (await import("./start")).startCommand(options))

  program
    .command("replay")
    .description("play a recording through the firmware and show what the device counted")
    .argument("<FILE>", "recording: CSV, plain or gzip (README, “Recordings”)", named)
    .option("--json", "print the result as JSON on standard output, and nothing else there")
    .option(
      "--trace <OUT.csv>",
      "write one row per motion sample: angles, stance, activity, up vector",
      named,
    )
    .addOption(engine)
    .addOption(sensors)
    .addOption(settings)
    .addHelpText(
      "after",
      `
${settingsTable()}

Examples:
  npm run --silent replay -- simulator/recordings/S01.csv.gz
  npm run --silent replay -- simulator/recordings/S10.csv.gz --json > S10.json
  npm run --silent replay -- simulator/recordings/S01.csv.gz --sensors 2
  npm run --silent replay -- my-run.csv --set thresholdDeg=35 --set pauseLimitS=60 --trace trace.csv`,
    )
    .action(async (file, options) => {
      // The engine starts while the rest is loaded and the file is read.
      const { withFirmware } = await import("../engine/firmware-engine")
      await withFirmware(options.engine, async (opened) =>
        (await import("./replay")).replayCommand(file, options, opened),
      )
    })

  program
    .command("bluez")
    .description("the virtual device as a Bluetooth device that real clients connect to, without a radio")
    .option(
      "--recording <FILE>",
      "what the device measures (default: simulator/recordings/S01.csv.gz)",
      named,
    )
    .option("--runs <N>", "play it so many times first, as fast as it goes: runs to read", someRuns, 1)
    .option("--speed <N>", "seconds of the device in one of the clock", speed, 1)
    .option("--mtu <BYTES>", "ATT MTU that the phone asks for, 23 to 517", mtu, MAX_MTU)
    .option("--explicit-pairing", "the phone pairs when a client asks for it, not by itself when refused")
    .option("--bus <ADDRESS>", "show it on this D-Bus in place of a new one", named)
    .addOption(engine)
    .addHelpText(
      "after",
      `
It needs dbus-daemon (Debian: apt-get install dbus). Clients: docs/bluez.md.

Examples:
  npm run bluez
  npm run bluez -- --runs 5 --speed 10
  npm run bluez -- --recording my-run.csv --mtu 23`,
    )
    .action(async (options) => (await import("../bluez/command")).bluezCommand(options))

  program
    .command("synthesize")
    .description("make a recording of made-up motion (running, walking, stairs, cycling …) with its truth")
    .argument("[SESSION]", "what the wearer does; --list names them", named)
    .option(
      "--seed <N>",
      "a whole number that draws the wearer, the strap, the sensor and the day",
      wholeNumber,
      1,
    )
    .option("--out <FILE.csv[.gz]>", "the recording to write", named)
    .option("--rate <HZ>", "samples a second (default: 200)", sampleRate)
    .addOption(
      new Option("--side <leg>", "the leg that wears it (default: drawn by the seed)").choices([
        "left",
        "right",
      ]),
    )
    .option("--faultless", "sensors without noise, bias and drift, strapped on along the leg")
    .option("--list", "name every session and what happens in it, and make none")
    .addHelpText(
      "after",
      `
The same session and seed make the same bytes. The file has two sensors and the truth; replay and evaluate read it.

Examples:
  npm run --silent synthesize -- --list
  npm run --silent synthesize -- everyday --seed 7 --out everyday.csv.gz
  npm run --silent replay -- everyday.csv.gz`,
    )
    .action(async (session, options) => (await import("./synthesize")).synthesizeCommand(session, options))

  program
    .command("evaluate")
    .description("replay every recording of a folder and score it against its truth columns")
    .argument("<FOLDER>", "folder of recordings with truth columns (README, “Recordings”)", named)
    .option("--taught", "score one sensor after two: they teach in each first bout, the others are scored")
    .option("--json", "print the table as JSON on standard output, and nothing else there")
    .option(
      "--broad",
      "the folder holds trials of BROAD (docs/measuring.md): score the inclination against its optical truth",
    )
    .option(
      "--robustness",
      "score as recorded, then with bias, noise, a turned strap, another rate, losses in turn",
    )
    .option("--speed", "only whether running speed can be told, for runners who are left out in turn")
    .addOption(engine)
    .addOption(sensors)
    .addHelpText(
      "after",
      `
Examples:
  npm run --silent evaluate -- simulator/recordings
  npm run --silent evaluate -- simulator/recordings --robustness --engine node
  npm run --silent evaluate -- FOLDER --sensors 2
  npm run --silent evaluate -- FOLDER --taught
  npm run --silent evaluate -- FOLDER --broad

Exit code 2 when a recording could not be read, 1 when a replay failed; the others are scored all the same.`,
    )
    .action(async (folder, options) =>
      exit(await (await import("../evaluate/command")).evaluateCommand(folder, options)),
    )

  program
    .command("fit")
    .description("make every set of model coefficients again from the training tables")
    .option(
      "--extract <FOLDER>",
      "first make the training tables anew from the folder's recordings with truth",
      named,
    )
    .addHelpText("after", `\nExample:\n  npm run --silent fit`)
    .action(async (options) => exit(await (await import("../fit/command")).fitCommand(options)))

  program
    .command("bench")
    .description("count what the firmware costs in XS on an RV32IMC core under QEMU, and in XS here")
    .option("--json", "print the result as JSON on standard output, and nothing else there")
    .option("--profile", "only where the motion pipeline's instructions go, by function")
    .option(
      "--hours <N>",
      "run on for so many hours in place of one, and show cost and memory on the way (an hour takes about a minute)",
      hours,
    )
    .option("--check", "fail when a count has risen past hosts/rv32/baseline.json, or a budget is missed")
    .option("--accept", "keep what is measured: the new baseline, and the figures of docs/performance.md")
    .option(
      "--step <WORDS>",
      "only the pipeline and the memory of a minute, kept as a step of docs/performance.md",
      named,
    )
    .addHelpText(
      "after",
      `
It needs the packages gcc-riscv64-unknown-elf, picolibc-riscv64-unknown-elf, qemu-system-misc and make. What it counts is the same from run to
run; docs/performance.md tells what the figures mean.

Examples:
  npm run --silent bench
  npm run --silent bench -- --json > bench.json
  npm run --silent bench -- --profile
  npm run --silent bench -- --check`,
    )
    .action(async (options) => exit(await (await import("../bench/command")).benchCommand(options)))

  program
    .command("log")
    .description("read a flash image of the runs' partition: what is in it, and at which byte it is damaged")
    .argument("<IMAGE>", "the partition's bytes, as read from a board (docs/flash-format.md)", named)
    .addOption(
      new Option("--json", "print the result as JSON on standard output, and nothing else there").conflicts(
        "csv",
      ),
    )
    .option("--csv", "print a row for each run on standard output, and nothing else there")
    .option("--check", "only whether it is whole, and what is damaged")
    .addHelpText(
      "after",
      `
Exit code 1 when it is damaged; what can be read is shown all the same.

Examples:
  npm run --silent patella-log -- runs.bin
  npm run --silent patella-log -- runs.bin --check
  npm run --silent patella-log -- runs.bin --csv > runs.csv`,
    )
    .action(async (image, options) => exit(await (await import("./patella-log")).logCommand(image, options)))

  program
    .command("powercuts")
    .description(
      "cut the firmware's power at every flash operation of a scenario, and again while it recovers",
    )
    .option("--json", "print the result as JSON on standard output, and nothing else there")
    .option("--sample <N>", "only so many cuts of the scenario (default: all; 12 in XS)", countFromOne)
    .option("--only <CUT>", "one cut, as a failed one is named: OPERATION,before|within|after,SEED", named)
    .addOption(new Option("--engine <name>", "what runs the firmware").choices(ENGINE_NAMES).default("node"))
    .addHelpText(
      "after",
      `
The scenario: calibrate, three runs, settings changes, a sync and a wrap of the log (docs/flash-format.md, “How it is proved”).

Examples:
  npm run --silent powercuts
  npm run --silent powercuts -- --json
  npm run --silent powercuts -- --engine xs --sample 4

Exit code 1 when a closed run was lost, a record made up, an open run lost more than 10 s, or anything else was not as it should be.`,
    )
    .action(async (options) => exit(await (await import("../powercuts/command")).powerCutsCommand(options)))

  program
    .command("fuzz")
    .description("ask the firmware a million random and mutated things over Bluetooth, and judge after each")
    .option("--operations <N>", "so many (default: 1,000,000; 10,000 in XS)", countFromOne)
    .addOption(new Option("--engine <name>", "what runs the firmware").choices(ENGINE_NAMES).default("node"))
    .option("--seed <N>", "a whole number that draws them all", wholeNumber, 1)
    .option("--path <PATH>", "one sequence of the seed's, as a failure names it", named)
    .option("--json", "print the result as JSON on standard output, and nothing else there")
    .addHelpText(
      "after",
      `
Connecting, pairing, reads, writes and subscriptions by phones that are known and not, right ones and wrong ones, with time that passes, the button and a
wearer who runs meanwhile. What goes wrong is made as short as can be before it is told.

Examples:
  npm run --silent fuzz
  npm run --silent fuzz -- --engine xs --operations 1000
  npm run --silent fuzz -- --seed 7 --json

Exit code 1 when anything was thrown, a fault counted, a record changed that nobody may change, a reply not what the profile allows, a phone let in that nobody
had asked for, or memory taken for good.`,
    )
    .action(async (options) => exit(await (await import("../fuzz/command")).fuzzCommand(options)))

  program
    .command("sync-rates")
    .description("how long a phone takes to sync, over a Bluetooth link that is modelled")
    .addOption(
      new Option("--json", "print the result as JSON on standard output, and nothing else there").conflicts(
        "accept",
      ),
    )
    .option("--accept", "keep what is measured: the figures of docs/sync.md")
    .addHelpText(
      "after",
      `
The firmware on the virtual board with a hundred one-hour runs, or up to a thousand of five minutes, in flash (docs/sync.md, “How long it takes”).

Examples:
  npm run --silent sync-rates
  npm run --silent sync-rates -- --json

Exit code 1 when a hundred one-hour runs take a minute or longer at an MTU of 247 without loss.`,
    )
    .action(async (options) => exit(await (await import("../rates/command")).syncRatesCommand(options)))
  return program
}

/**
 * Runs one command line (without node and script) and gives its exit code. Never throws.
 * @param folder that relative paths are meant from, when it is not the working directory.
 */
export async function main(parameters: readonly string[], folder?: string): Promise<number> {
  process.exitCode = ExitCode.done
  try {
    if (folder) process.chdir(folder)
    await commandLine().parseAsync(parameters, { from: "user" })
    return Number(process.exitCode)
  } catch (error) {
    // Commander has said it already; help and version are no errors.
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.done : ExitCode.usage
    const paint = paintFor(process.stderr)
    process.stderr.write(`${paint("red", "patella:")} ${describeError(error)}\n`)
    return exitCodeOf(error)
  }
}

/** A file or folder as typed. @throws InvalidArgumentError when it is empty, as an unset variable of a shell is. */
function named(path: string): string {
  if (path === "") throw new InvalidArgumentError("It is empty: name a file or folder.")
  return path
}

/** @throws InvalidArgumentError for any other number. */
function sensorCount(text: string): SensorCount {
  if (text === "1") return 1
  if (text === "2") return 2
  throw new InvalidArgumentError("Allowed choices are 1, 2.")
}

/** @throws InvalidArgumentError */
function wholeNumber(text: string): number {
  const value = Number(text)
  if (text.trim() === "" || !Number.isSafeInteger(value))
    throw new InvalidArgumentError("Write a whole number of at most 15 digits.")
  return value
}

/** @throws InvalidArgumentError */
function hours(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= MAX_HOURS) return value
  throw new InvalidArgumentError(`Write a whole number from 1 to ${MAX_HOURS}.`)
}

/** @throws InvalidArgumentError */
function someRuns(text: string): number {
  const value = Number(text)
  if (text.trim() !== "" && Number.isInteger(value) && value >= 0 && value <= MAX_RUNS) return value
  throw new InvalidArgumentError(`Write a whole number from 0 to ${MAX_RUNS}.`)
}

/** @throws InvalidArgumentError */
function speed(text: string): number {
  const value = Number(text)
  if (value > 0 && value <= MAX_SPEED) return value
  throw new InvalidArgumentError(`Write a number above 0, up to ${MAX_SPEED}.`)
}

/** @throws InvalidArgumentError */
function mtu(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= MIN_MTU && value <= MAX_MTU) return value
  throw new InvalidArgumentError(`Write a whole number from ${MIN_MTU} to ${MAX_MTU}.`)
}

/** @throws InvalidArgumentError */
function countFromOne(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1) return value
  throw new InvalidArgumentError("Write a whole number from 1 on.")
}

/** @throws InvalidArgumentError for a rate that no recording may have. */
function sampleRate(text: string): number {
  const value = Number(text)
  if (value >= MIN_RATE_HZ && value <= MAX_RATE_HZ) return value
  throw new InvalidArgumentError(`Write a number from ${MIN_RATE_HZ} to ${MAX_RATE_HZ}.`)
}

function exit(code: number | undefined): void {
  if (code) process.exitCode = code
}
