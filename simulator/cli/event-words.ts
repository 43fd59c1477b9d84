/** What the device does, in a runner's words; the names and details of its events come from src/main.ts. */
import type { BoardEvent } from "../../hosts/virtual/protocol"
import type { Paint } from "./wording"

type Style = Parameters<Paint>[0]

/** By the events' names. */
export const EVENT_WORDS: Record<string, { text: string; style?: Style }> = {
  ready: { text: "device on" },
  woke: { text: "woke" },
  asleep: { text: "asleep" },
  sensor: { text: "motion sensor" },
  shank: { text: "second sensor" },
  calibrated: { text: "calibrated", style: "green" },
  strapShifted: { text: "strap", style: "yellow" },
  taught: { text: "knee taught", style: "green" },
  bend: { text: "knee bend" },
  runStarted: { text: "run started", style: "green" },
  runResumed: { text: "run goes on", style: "green" },
  buzz: { text: "bzzz", style: "yellow" },
  painMarked: { text: "pain marked", style: "yellow" },
  sitting: { text: "sitting" },
  runEnded: { text: "run ended", style: "green" },
  routineStarted: { text: "routine begun" },
  routineEnded: { text: "routine over" },
  phonePaired: { text: "phone paired", style: "cyan" },
  phoneRefused: { text: "phone refused", style: "yellow" },
  phoneConnected: { text: "phone connected", style: "cyan" },
  forgotten: { text: "forgotten", style: "yellow" },
  factoryReset: { text: "factory reset", style: "yellow" },
  update: { text: "update", style: "cyan" },
  supply: { text: "supply" },
  batteryEmpty: { text: "battery empty", style: "red" },
  fault: { text: "fault", style: "red" },
}
const WIDTH = Math.max(...Object.values(EVENT_WORDS).map(({ text }) => text.length))

/** An event without words of its own is told by its name. */
export function eventWords({ name, detail }: BoardEvent, paint: Paint): string {
  const { text, style } = EVENT_WORDS[name] ?? { text: name }
  const padding = detail ? " ".repeat(Math.max(0, WIDTH - text.length) + 2) : ""
  return `${style ? paint(style, text) : text}${padding}${detail}`
}
