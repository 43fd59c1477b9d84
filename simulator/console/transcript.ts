/** What the maker's console of a device shows that has recorded a run: every command once, for docs/console.md. The same in either engine. */
import { BoardLink } from "../board-link"
import type { EngineName } from "../engine/engine"
import { openFirmware } from "../engine/firmware-engine"
import { knowing } from "../phone/known-phone"
import { playRecording, startsNext, waitForSensors } from "../playback"
import { readRecording } from "../recording/read-recording"
import { shownLines, Terminal } from "./terminal"

const RECORDING = "simulator/recordings/S01.csv.gz"
const SLICE_S = 5
/** Longer than a run waits for the wearer to go on (src/storage/settings.ts, pauseLimitS). */
const CLOSING_MS = 140_000

/** What is measured is told once a second. */
const LISTENED_MS = 2500
const RESTARTED_MS = 2000

/** Typed one after the other; `yes` answers a question. */
export const TYPED = [
  "help",
  "version",
  "status",
  "test",
  "settings",
  "set thresholdDeg 35",
  "reset thresholdDeg",
  "set thresholdDeg 99",
  "runs",
  "run 1",
  "log all",
  "log events",
  "record 1",
  "log quiet",
  "forget phones",
  "no",
  "erase runs",
  "yes",
  "factory reset",
  "yes",
  "what",
  "reboot",
  "status",
] as const

/** Rows of a recording that are shown, of those at its beginning. */
const ROWS_SHOWN = 3
const ROW = /^-?\d[\d.,-]*$/

/** All that was shown, lines ended by a newline alone. */
export async function consoleTranscript(engineName: EngineName): Promise<string> {
  const recording = await readRecording(RECORDING)
  const engine = await openFirmware(engineName)
  try {
    const terminal = new Terminal()
    const link = new BoardLink(engine, terminal)
    terminal.connect(link)
    await link.boot(knowing({}))
    await waitForSensors(link, () => undefined)
    await playRecording(link, recording, { startMs: startsNext(link, recording), sliceS: SLICE_S })
    await link.advance(CLOSING_MS)
    for (const line of TYPED) {
      await terminal.ask(line)
      if (line === "log all") await link.advance(LISTENED_MS)
      if (line === "reboot") await link.advance(RESTARTED_MS)
    }
    return shownLines(terminal.text).join("\n")
  } finally {
    await engine.close()
  }
}

/** For a document: of many rows the first. */
export function shortened(transcript: string): string {
  let rows = 0
  const kept: string[] = []
  for (const line of transcript.split("\n")) {
    rows = ROW.test(line) ? rows + 1 : 0
    if (rows <= ROWS_SHOWN) kept.push(line.trimEnd())
    else if (rows === ROWS_SHOWN + 1) kept.push("…")
  }
  return kept.join("\n")
}
