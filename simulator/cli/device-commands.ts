/** Commands that run the device: with a recording, for a Bluetooth client, at its console; and the one that makes recordings of motion that nobody recorded. */
import { type Command, Option } from "commander"
import {
  boardOption,
  engineOption,
  MAX_MTU,
  mtu,
  named,
  port,
  sampleRate,
  sensorCount,
  someRuns,
  speed,
  wholeNumber,
} from "./option-values"
import { addSetting, settingsTable } from "./setting-option"
import { exit } from "./usage"

export function addDeviceCommands(program: Command): void {
  const settings = new Option("--set <NAME=VALUE>", "change a device setting; repeat it for more")
    .argParser(addSetting)
    .default({}, "none")

  program
    .command("start")
    .description("a page with a leg, a board and a phone: play motion through the firmware and watch")
    .option(
      "--port <N>",
      "where the page is served on this machine, or the next port that is free",
      port,
      5173,
    )
    .option("--open", "open the page in the browser")
    .option("--headless", "no page: play a recorded run and tell in the terminal what the device does")
    .addOption(engineOption())
    .addHelpText(
      "after",
      `
Examples:
  npm start
  npm start -- --open
  npm start -- --headless
  npm start -- --port 8080 --engine node`,
    )
    .action(async ({ headless, ...options }) =>
      headless
        ? (await import("./headless")).headlessCommand(options)
        : (await import("./start")).startCommand(options),
    )

  program
    .command("replay")
    .description("play a recording or a scenario through the firmware and show what the device counted")
    .argument(
      "<FILE>",
      "recording: CSV, plain or gzip (README, “Recordings”); or a scenario: its name, or a file.json (docs/scenarios.md)",
      named,
    )
    .option(
      "--seed <N>",
      "of a scenario: draws the wearer, the strap, the sensor and the day (default: 1)",
      wholeNumber,
    )
    .option("--json", "print the result as JSON on standard output, and nothing else there")
    .option(
      "--trace <OUT.csv>",
      "write one row per motion sample: angles, stance, activity, up vector",
      named,
    )
    .addOption(boardOption())
    .addOption(engineOption())
    .addOption(
      new Option("--sensors <count>", "sensors worn, 1 or 2 (default: 1, or as the scenario says)").argParser(
        sensorCount,
      ),
    )
    .addOption(settings)
    .addHelpText(
      "after",
      `
${settingsTable()}

Examples:
  npm run --silent replay -- simulator/recordings/S01.csv.gz
  npm run --silent replay -- simulator/recordings/S10.csv.gz --json > S10.json
  npm run --silent replay -- simulator/recordings/S01.csv.gz --sensors 2
  npm run --silent replay -- simulator/recordings/S01.csv.gz --board m5stick_cplus
  npm run --silent replay -- first-run --seed 7 --json
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
    .option("--device-id <TEXT>", "what its identity is made of: another text makes another device", named)
    .option("--bus <ADDRESS>", "show it on this D-Bus in place of a new one", named)
    .addOption(engineOption())
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
    .command("console")
    .description("the maker's console of a device that plays a recording, as over its USB cable")
    .option("--recording <FILE>", "what it measures (default: simulator/recordings/S01.csv.gz)", named)
    .option("--runs <N>", "play it so many times first, as fast as it goes: runs to list", someRuns, 0)
    .option(
      "--speed <N>",
      "seconds of the device in one of the clock (default: 1; from a pipe, as many as it can)",
      speed,
    )
    .addOption(boardOption())
    .addOption(engineOption())
    .addHelpText(
      "after",
      `
What the device understands it says itself: help. docs/console.md tells more.

Examples:
  npm run console
  npm run console -- --runs 1 --speed 10
  echo status | npm run --silent console
  echo record 180 | npm run --silent console > my-run.csv

From a pipe line after line is typed, each when the one before is answered. Exit code 1 when the device refused one.`,
    )
    .action(async (options) => exit(await (await import("./console")).consoleCommand(options)))

  program
    .command("synthesize")
    .description("make a recording of made-up motion (running, walking, stairs, cycling …) with its truth")
    .argument("[SCENARIO]", "what the wearer does: a name, which --list tells, or a FILE.json", named)
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
    .option("--list", "name every scenario and what happens in it, and make none")
    .addHelpText(
      "after",
      `
The same scenario and seed make the same bytes. The file has two sensors and the truth; replay and evaluate read it. What a
scenario does to the device (power, link, battery …) is in no recording. How to write one: docs/scenarios.md.

Examples:
  npm run --silent synthesize -- --list
  npm run --silent synthesize -- everyday --seed 7 --out everyday.csv.gz
  npm run --silent replay -- everyday.csv.gz`,
    )
    .action(async (scenario, options) => (await import("./synthesize")).synthesizeCommand(scenario, options))
}
