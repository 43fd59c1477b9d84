/** `start --headless`: the demonstration in a terminal. A recorded run through the firmware, told as it happens, then the run as the phone read it. */
import { fileURLToPath } from "node:url"
import type { EngineName } from "../engine/engine"
import { readRecording } from "../recording/read-recording"
import { durationS } from "../recording/recording"
import { runSession, type SessionResult } from "../session"
import { eventWords } from "./event-words"
import { Progress } from "./progress"
import { runTables } from "./run-table"
import type { SettingChoices } from "./setting-option"
import { clock, type Paint, paintFor } from "./wording"

const RECORDING = fileURLToPath(new URL("../recordings/S01.csv.gz", import.meta.url))
const ENGINES = { xs: "XS, the engine of the product,", node: "V8" } as const
/** Low enough that a buzz is felt within two minutes, and that the run ends soon after the recording. */
const DEMO = {
  overloadCompressions: 60,
  overloadCompressionsAgain: 60,
  buzzIntervalS: 30,
  pauseLimitS: 30,
} as const satisfies SettingChoices

/** @throws Error when the engine is missing or the device gave no run. */
export async function headlessCommand({ engine }: { engine: EngineName }): Promise<void> {
  const out = process.stdout
  const paint = paintFor(out)
  const recording = await readRecording(RECORDING)
  const progress = new Progress(process.stderr, durationS(recording))
  let playing = false
  let result: SessionResult
  try {
    result = await runSession({
      recording,
      engine,
      settings: DEMO,
      listener: {
        started: () => out.write(`${introduction(paint, engine, durationS(recording))}\n\n`),
        progress: (timeS) => {
          playing = true
          progress.update(timeS)
        },
        event: (timeS, event) => {
          // The phone that wrote the settings beforehand is no part of the story.
          if (event.name === "phoneConnected" && !playing) return
          progress.say(out, `  ${paint("dim", clock(timeS).padStart(5))}  ${eventWords(event, paint)}`)
        },
      },
    })
  } finally {
    progress.end()
  }
  out.write(`${ending(paint, result)}\n`)
}

function introduction(paint: Paint, engine: EngineName, seconds: number): string {
  return [
    `${paint("bold", "Patella")} on the virtual board: ${ENGINES[engine]} runs the firmware.`,
    `A recorded session of real running: ${clock(seconds)} of standing, small knee bends, three bouts at three speeds, sitting.`,
    `Demonstration settings, so that a buzz is felt within two minutes: one after ${DEMO.overloadCompressions} compressions and every`,
    `${DEMO.overloadCompressionsAgain} more (a device out of the box: after 2,500), at least ${DEMO.buzzIntervalS} s apart; a pause of ${DEMO.pauseLimitS} s ends the run.`,
  ].join("\n")
}

function ending(paint: Paint, { json, virtualS, elapsedS }: SessionResult): string {
  const speed = Math.round(virtualS / elapsedS).toLocaleString("en-US")
  return [
    "",
    `What the phone read over Bluetooth ${paint("dim", `(firmware ${json.firmware}, model ${json.model})`)}`,
    "",
    runTables(json, paint),
    "",
    paint(
      "dim",
      `${clock(virtualS)} of the device's time took ${elapsedS.toFixed(1)} s here, ${speed} × real time.`,
    ),
    `Your own recording: ${paint("bold", "npm run --silent replay -- FILE.csv")}   More: npm run --silent replay -- --help`,
  ].join("\n")
}
