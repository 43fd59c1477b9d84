/** Commands that run scenarios: one for people, series of them for statistics, parts of a series put together. */
import { type Command, Option } from "commander"
import {
  boardOption,
  countFromOne,
  engineOption,
  named,
  seconds,
  sensorCount,
  shard,
  wholeNumber,
} from "./option-values"
import { addSetting } from "./setting-option"
import { exit } from "./usage"

export function addScenarioCommands(program: Command): void {
  program
    .command("simulate")
    .description(
      "play a scenario of made-up motion through the firmware, with the truth beside what it counted",
    )
    .argument(
      "[SCENARIO]",
      "its name, or a file of your own (docs/scenarios.md); left out, all are listed",
      named,
    )
    .option(
      "--seed <N>",
      "a whole number that draws the wearer, the strap, the sensor and the day",
      wholeNumber,
      1,
    )
    .option("--duration <S>", "only so many seconds of it", seconds)
    .option("--json", "print the result as JSON on standard output, and nothing else there")
    .option("--export <FILE.csv[.gz]>", "write the recording that was played, with its truth", named)
    .addOption(engineOption())
    .addOption(boardOption())
    .addOption(
      new Option("--sensors <count>", "sensors worn, 1 or 2 (default: as the scenario says)").argParser(
        sensorCount,
      ),
    )
    .addOption(
      new Option("--set <NAME=VALUE>", "change a device setting; repeat it for more")
        .argParser(addSetting)
        .default({}, "none"),
    )
    .option(
      "--runs <N>",
      "so many seeds, from --seed on, on all cores: how the errors are spread",
      countFromOne,
    )
    .addOption(
      new Option("--shard <I/N>", "of --runs, only part I of N: on as many machines as you like").argParser(
        shard,
      ),
    )
    .option("--jobs <N>", "with --runs, so many processes (default: as many as cores)", countFromOne)
    .option("--out <FILE.json>", "with --runs, write the result: what merge takes", named)
    .addHelpText(
      "after",
      `
The same scenario, seed and options make the same result. docs/simulating.md tells more.

Examples:
  npm run --silent simulate -- first-run
  npm run --silent simulate -- first-run --seed 7 --json
  npm run --silent simulate -- first-run --seed 7 --export first-run-7.csv.gz
  npm run --silent simulate -- first-run --runs 1000 --out first-run.json
  npm run --silent simulate -- first-run --runs 1000 --shard 3/8 --out part3.json

With --runs, exit code 1 when a run failed or Ctrl-C came before all were done; what is done is reported all the same.`,
    )
    .action(async (scenario, options) =>
      exit(await (await import("./simulate")).simulateCommand(scenario, options)),
    )

  program
    .command("merge")
    .description("put the parts of a series of runs together: the same, byte for byte, as one big run")
    .argument("<PART.json...>", "files of simulate --runs … --shard … --out, in any order")
    .option("--json", "print the result as JSON on standard output, and nothing else there")
    .option("--out <FILE.json>", "write the result", named)
    .option("--partial", "merge although seeds are missing, and say which")
    .addHelpText(
      "after",
      `
Examples:
  npm run --silent merge -- part*.json
  npm run --silent merge -- part*.json --json > first-run.json

Exit code 2 when a file cannot be read, parts are not of one series, or seeds are missing or twice there.`,
    )
    .action(async (parts, options) => (await import("./merge")).mergeCommand(parts, options))
}
