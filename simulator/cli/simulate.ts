/** `simulate SCENARIO`: a scenario through the firmware, told as it happens, with the truth beside what was counted; `--runs N`: a series of it. */
import type { BoardKind } from "../../hosts/virtual/protocol"
import type { EngineName } from "../engine/engine"
import { durationS } from "../recording/recording"
import { recordingBytes } from "../recording/write-recording"
import { readScenario } from "../scenario/library"
import type { NamedScenario } from "../scenario/scenario"
import { actionWords } from "../simulation/action-words"
import type { SensorCount } from "../simulation/options"
import { type PlayChoice, type Played, playScenario } from "../statistics/play"
import { runFigures, truthJson } from "../statistics/run-figures"
import type { Shard } from "../statistics/seeds"
import { eventWords } from "./event-words"
import { GrowingFile } from "./growing-file"
import { Progress } from "./progress"
import { runTables } from "./run-table"
import type { SettingChoices } from "./setting-option"
import { simulateSeries } from "./simulate-series"
import { scenariosTable } from "./synthesize"
import { truthTable } from "./truth-table"
import { ExitCode, UsageError } from "./usage"
import { clock, type Paint, paintFor } from "./wording"

export interface SimulateOptions {
  seed: number
  duration?: number
  engine: EngineName
  board?: BoardKind
  sensors?: SensorCount
  set: SettingChoices
  json?: boolean
  export?: string
  runs?: number
  shard?: Shard
  jobs?: number
  out?: string
}

const JSON_INDENT = 2
const MS_PER_S = 1000
const GZIP_NAME = /\.gz$/i

/** Resolves to the exit code. @throws UsageError, or Error when the simulation failed. */
export async function simulateCommand(name: string | undefined, options: SimulateOptions): Promise<number> {
  if (name === undefined) throw new UsageError(`simulate: name a scenario\n${scenariosTable()}`)
  refuseMixed(options)
  const scenario = readScenario(name)
  const { runs, engine, board = null, sensors = null, duration = null, set } = options
  const choice = { engine, board, sensors, durationS: duration, settings: set }
  if (runs !== undefined) return simulateSeries(scenario, choice, { ...options, runs })
  await simulateOnce(scenario, choice, options)
  return ExitCode.done
}

/** @throws UsageError */
function refuseMixed(options: SimulateOptions): void {
  const { runs, board, sensors } = options
  if (board === "m5stick_cplus" && sensors === 2)
    throw new UsageError("--sensors 2: an M5StickC Plus has no wires for a second sensor; leave out --board")
  if (runs !== undefined && options.export !== undefined)
    throw new UsageError("--export writes one run's recording: leave out --runs")
  for (const name of ["shard", "jobs", "out"] as const)
    if (runs === undefined && options[name] !== undefined)
      throw new UsageError(`--${name} is for many runs: say how many, --runs N`)
}

async function simulateOnce(
  scenario: NamedScenario,
  choice: PlayChoice,
  options: SimulateOptions,
): Promise<void> {
  const { seed, json, export: path } = options
  const file = path === undefined ? undefined : new GrowingFile("--export", path)
  const startedMs = performance.now()
  try {
    const played = json ? await playScenario(scenario, seed, choice) : await tell(scenario, seed, choice)
    if (file && path !== undefined) file.write([recordingBytes(played.recording, GZIP_NAME.test(path))])
    const text = json
      ? JSON.stringify(printed(scenario, seed, played), null, JSON_INDENT)
      : ending(paintFor(process.stdout), scenario, seed, played, performance.now() - startedMs)
    process.stdout.write(`${text}\n`)
  } finally {
    file?.discard()
  }
}

/** Plays it and tells meanwhile what happens. */
async function tell(scenario: NamedScenario, seed: number, choice: PlayChoice): Promise<Played> {
  const out = process.stdout
  const paint = paintFor(out)
  let progress: Progress | undefined
  let playing = false
  const say = (timeS: number, words: string) =>
    progress?.say(out, `  ${paint("dim", clock(timeS).padStart(5))}  ${words}`)
  try {
    return await playScenario(scenario, seed, choice, {
      begun: (recording) => {
        const { title, description } = scenario.scenario
        const length = clock(durationS(recording))
        out.write(`${paint("bold", title)} (${scenario.name}, seed ${seed}, ${length})\n${description}\n\n`)
        progress = new Progress(process.stderr, durationS(recording))
      },
      listener: {
        progress: (timeS) => {
          playing = true
          progress?.update(timeS)
        },
        acted: (action) => say(action.atS, paint("yellow", actionWords(action))),
        event: (timeS, event) => {
          // The phone that wrote the settings beforehand is no part of the story.
          if (event.name === "phoneConnected" && !playing) return
          say(timeS, eventWords(event, paint))
        },
      },
    })
  } finally {
    progress?.end()
  }
}

function printed({ name }: NamedScenario, seed: number, { json, recording, truth }: Played) {
  return {
    scenario: name,
    seed,
    durationS: durationS(recording),
    report: json,
    truth: truthJson(truth),
    errors: runFigures(seed, json, truth).errors,
  }
}

function ending(
  paint: Paint,
  { name }: NamedScenario,
  seed: number,
  { json, truth, virtualS }: Played,
  elapsedMs: number,
): string {
  const elapsedS = elapsedMs / MS_PER_S
  const speed = Math.round(virtualS / elapsedS).toLocaleString("en-US")
  return [
    "",
    `What the phone read over Bluetooth ${paint("dim", `(firmware ${json.firmware}, model ${json.model})`)}`,
    "",
    runTables(json, paint),
    "",
    "What was true",
    "",
    truthTable(runFigures(seed, json, truth), paint),
    "",
    paint(
      "dim",
      `${clock(virtualS)} of the device's time took ${elapsedS.toFixed(1)} s here, ${speed} × real time.`,
    ),
    `How it goes for others: ${paint("bold", `npm run --silent simulate -- ${name} --runs 100`)}`,
  ].join("\n")
}
