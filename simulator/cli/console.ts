/**
 * `console`: the maker's console of a virtual board that plays a recording. On a terminal what is typed goes to the device as it is; from a pipe line after line does, each
 * when the one before is answered, and the device's time passes as fast as it can.
 */

import { fileURLToPath } from "node:url"
import type { BoardKind } from "../../hosts/virtual/protocol"
import { WornDevice } from "../bluez/worn-device"
import { BoardLink } from "../board-link"
import { shownLines, Terminal } from "../console/terminal"
import type { EngineName } from "../engine/engine"
import { withFirmware } from "../engine/firmware-engine"
import { knowing } from "../phone/known-phone"
import { readRecording } from "../recording/read-recording"
import { durationS, type Recording } from "../recording/recording"
import { ExitCode } from "./usage"
import { clock, paintFor } from "./wording"

export interface ConsoleCommandOptions {
  engine: EngineName
  recording?: string
  board?: BoardKind
  /** To have stored first. */
  runs: number
  /** Seconds of the device in one of the clock; left out: one on a terminal, as many as it can from a pipe. */
  speed?: number
}

const RECORDING = fileURLToPath(new URL("../recordings/S01.csv.gz", import.meta.url))
/** Ctrl-D, which the device has no use for. */
const LEAVE = 0x04
/** How the device begins a line that says what it refused (src/console). */
const REFUSED = "! "

/** @returns the exit code: 1 when the device refused something that came from a pipe. @throws RecordingError, or Error when the firmware fails */
export async function consoleCommand(options: ConsoleCommandOptions): Promise<number> {
  const recording = await readRecording(options.recording ?? RECORDING)
  const { stdin } = process
  // All of it before anything runs: time in the device does not wait for who writes.
  const lines = stdin.isTTY ? undefined : linesOf(await everything(stdin))
  let code: number = ExitCode.done
  await withFirmware(options.engine, async (opened) => {
    const engine = await opened
    const paper = new Paper()
    const terminal = new Terminal((text) => (lines ? paper.show(text) : process.stdout.write(text)))
    const device: WornDevice = new WornDevice(
      new BoardLink(engine, {
        event: (event) => device.event(event),
        console: (bytes) => terminal.console(bytes),
      }),
      { recording, runs: options.runs, speed: options.speed ?? (lines ? Number.POSITIVE_INFINITY : 1) },
    )
    terminal.connect(device.link)
    await device.prepare(knowing(options.board ? { kind: options.board } : {}))
    if (lines) await script(device, terminal, lines)
    else await interactive(device, terminal, introduction(recording))
    if (paper.hasRefusal) code = ExitCode.failed
  })
  return code
}

/** Each line when the one before is answered. */
async function script(device: WornDevice, terminal: Terminal, lines: readonly string[]): Promise<void> {
  let next = 0
  await device.live(async () => {
    if (next > 0 && !terminal.isReady) return
    const line = lines[next++]
    if (line === undefined) device.stop()
    else await terminal.enter(line)
  })
}

async function interactive(device: WornDevice, terminal: Terminal, words: string): Promise<void> {
  const { stdin } = process
  process.stderr.write(words)
  let typed: Buffer[] = []
  stdin.setRawMode(true)
  stdin.on("data", (bytes: Buffer) => {
    if (bytes.includes(LEAVE)) device.stop()
    else typed.push(bytes)
  })
  // The device says what it is as soon as it hears something.
  await terminal.type("\r")
  try {
    await device.live(async () => {
      const text = Buffer.concat(typed).toString("latin1")
      typed = []
      if (text !== "") await terminal.type(text)
    })
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    process.stdout.write("\n")
  }
}

function introduction(recording: Recording): string {
  const paint = paintFor(process.stderr)
  return (
    `A device that is worn: ${recording.name}, ${clock(durationS(recording))} in real time, then it rests.\n` +
    `${paint("dim", "Ctrl-D leaves.")}\n`
  )
}

/** What is read by people and programs elsewhere: whole lines, ended as here; so the last prompt is left out. */
class Paper {
  hasRefusal = false
  #rest = ""

  show(text: string): void {
    this.#rest += text
    const end = this.#rest.lastIndexOf("\n") + 1
    const lines = shownLines(this.#rest.slice(0, end))
    this.#rest = this.#rest.slice(end)
    for (const line of lines.slice(0, -1)) {
      if (line.startsWith(REFUSED)) this.hasRefusal = true
      process.stdout.write(`${line}\n`)
    }
  }
}

async function everything(stream: NodeJS.ReadStream): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of stream) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces).toString("utf8")
}

/** A newline at the end begins no line. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/)
  if (lines.at(-1) === "") lines.pop()
  return lines
}
