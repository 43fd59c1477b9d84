/** Commands that try to break the device, look into what it stored, or hold it against the Moddable SDK. */
import { type Command, Option } from "commander"
import { ENGINE_NAMES } from "../engine/engine"
import { countFromOne, named, wholeNumber } from "./option-values"
import { exit } from "./usage"

export function addProofCommands(program: Command): void {
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
    .command("link")
    .description(
      "link the boards' firmware with the Moddable SDK, as far as that goes without ESP-IDF and a board",
    )
    .argument(
      "[PLATFORM...]",
      "as mcconfig's -p has it: esp32/xiao_esp32c3; all of manifest.json when left out",
    )
    .addHelpText(
      "after",
      `
MODDABLE is to say where the SDK 8.2.3 is, with its tools built (docs/building-for-a-board.md).

Examples:
  npm run --silent link
  npm run --silent link -- esp32/xiao_esp32c3`,
    )
    .action(async (platforms) => exit(await (await import("../link/command")).linkCommand(platforms)))
}
