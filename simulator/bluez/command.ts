/**
 * `npm run bluez`: the virtual device as a Bluetooth device that real clients connect to, without a radio (docs/bluez.md). Standard output says where the bus is
 * and what happens; standard input takes the button and a few more words. Ends with "quit", Ctrl-C or the end of its input in a script.
 */
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import type { Press } from "../button"
import { eventWords } from "../cli/event-words"
import { clock, count, paintFor } from "../cli/wording"
import type { EngineName } from "../engine/engine"
import { withFirmware } from "../engine/firmware-engine"
import { readRecording } from "../recording/read-recording"
import { startBusDaemon } from "./bus-daemon"
import { Peripheral } from "./peripheral"

export interface BluezOptions {
  recording?: string
  engine: EngineName
  runs: number
  speed: number
  mtu: number
  /** Address of a bus that is there already; without it one is started. */
  bus?: string
  /** The phone pairs only when a client tells it to. */
  explicitPairing?: boolean
  /** What the board says of itself; the same for each when left out. */
  deviceId?: string
}

/** As typed. */
const PRESS_WORDS: Readonly<Record<string, Press>> = { press: "short", double: "double", long: "long" }
const RECORDING = fileURLToPath(new URL("../recordings/S01.csv.gz", import.meta.url))
const MS_PER_S = 1000
const TIME_WIDTH = 7

/** @throws Error when there is no dbus-daemon, no engine, or the firmware fails; RecordingError */
export async function bluezCommand(options: BluezOptions): Promise<void> {
  const recording = await readRecording(options.recording ?? RECORDING)
  const daemon = options.bus === undefined ? await startBusDaemon() : undefined
  try {
    const busAddress = options.bus ?? (daemon?.address as string)
    await withFirmware(options.engine, async (opened) => {
      const { engine: _, ...rest } = options
      await show(await opened, { ...rest, recording, busAddress })
    })
  } finally {
    await daemon?.close()
  }
}

async function show(
  engine: Parameters<typeof Peripheral.open>[0],
  options: Omit<BluezOptions, "engine" | "recording"> & {
    recording: Awaited<ReturnType<typeof readRecording>>
    busAddress: string
  },
): Promise<void> {
  const out = process.stdout
  const paint = paintFor(out)
  let live = false
  const say = (atMs: number, words: string) => {
    const time = clock(atMs / MS_PER_S).padStart(TIME_WIDTH)
    if (live) out.write(`${paint("dim", time)}  ${words}\n`)
  }
  const { runs, speed, mtu, recording, busAddress, deviceId, explicitPairing = false } = options
  if (runs > 0) process.stderr.write(`Recording ${count(runs, "run", "runs")} …\n`)
  const peripheral = await Peripheral.open(engine, {
    recording,
    runs,
    speed,
    mtu,
    busAddress,
    pairsWhenRefused: !explicitPairing,
    ...(deviceId !== undefined && { deviceId }),
    listener: {
      event: (event) => say(event.atMs, eventWords(event, paint)),
      disconnected: (atMs) => say(atMs, paint("cyan", "phone disconnected")),
      forgot: (atMs) => say(atMs, paint("cyan", "phone forgot its key")),
      vibrates: (atMs) => say(atMs, paint("yellow", "motor on")),
    },
  })
  out.write(`${introduction(busAddress, runs)}\n`)
  live = true
  const words = createInterface({ input: process.stdin })
  words.on("line", (line) => void obey(peripheral, line.trim(), say))
  words.on("close", () => peripheral.close())
  try {
    await peripheral.live()
  } finally {
    words.close()
    peripheral.close()
  }
}

async function obey(
  peripheral: Peripheral,
  word: string,
  say: (atMs: number, words: string) => void,
): Promise<void> {
  const press = PRESS_WORDS[word === "" ? "press" : word]
  if (press) {
    await peripheral.press(press)
    say(peripheral.nowMs, `button: ${word || "press"}`)
  } else if (word === "drop") await peripheral.drop()
  else if (word === "quit") peripheral.close()
  else
    say(peripheral.nowMs, `"${word}" is none of: ${[...Object.keys(PRESS_WORDS), "drop", "quit"].join(", ")}`)
}

function introduction(busAddress: string, runs: number): string {
  return [
    `Patella as a Bluetooth device without a radio, with ${count(runs, "run", "runs")} stored. Clients find it by`,
    "",
    `  DBUS_SYSTEM_BUS_ADDRESS=${busAddress}`,
    "",
    "in front of their command: chromium --enable-features=WebBluetooth, a program with bleak or node-ble (docs/bluez.md shows each).",
    "Enter presses the device's button, which lets a phone pair for 60 s. double, long: other presses; drop: the link is lost; quit.",
    "",
  ].join("\n")
}
