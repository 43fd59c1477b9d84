/** Commands that measure: how well the device counts, what it costs, how long things take; and the fit. */
import { type Command, Option } from "commander"
import { engineOption, hours, named, sensorsOption } from "./option-values"
import { exit } from "./usage"

export function addFigureCommands(program: Command): void {
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
    .option(
      "--bends",
      "only whether knee bends and squats are counted and how deep they are told, also of virtual wearers and days",
    )
    .addOption(engineOption())
    .addOption(sensorsOption())
    .addHelpText(
      "after",
      `
Examples:
  npm run --silent evaluate -- simulator/recordings
  npm run --silent evaluate -- simulator/recordings --robustness --engine node
  npm run --silent evaluate -- FOLDER --sensors 2
  npm run --silent evaluate -- FOLDER --taught
  npm run --silent evaluate -- FOLDER --broad
  npm run --silent evaluate -- FOLDER --bends

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

  program
    .command("update-rates")
    .description(
      "bring a firmware to the virtual board over a Bluetooth link that is modelled, and tell how long it takes",
    )
    .addOption(
      new Option("--json", "print the result as JSON on standard output, and nothing else there").conflicts(
        "accept",
      ),
    )
    .option("--accept", "keep what is measured: the figures of docs/update.md")
    .addHelpText(
      "after",
      `
From the press of the button to the new firmware's confirmation (docs/update.md).

Examples:
  npm run --silent update-rates
  npm run --silent update-rates -- --json`,
    )
    .action(async (options) =>
      exit(await (await import("../rates/update-command")).updateRatesCommand(options)),
    )

  program
    .command("power")
    .description("how long a cell lasts, computed from datasheets and from duty counted on the virtual board")
    .addOption(
      new Option("--json", "print the result as JSON on standard output, and nothing else there").conflicts(
        "accept",
      ),
    )
    .option("--accept", "keep what is counted: the figures of docs/power.md")
    .addHelpText(
      "after",
      `
For each board: a run recorded with and without a phone, standing by, asleep (docs/power.md). Computed: nothing of it was measured on a board.

Examples:
  npm run --silent power
  npm run --silent power -- --json

Exit code 1 when 500 mAh do not last for 20 hours of recording and 30 days of sleep.`,
    )
    .action(async (options) => exit(await (await import("../power/command")).powerCommand(options)))
}
