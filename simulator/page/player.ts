/** What a reader can do, as requests to the server; and what comes of its answers. */
import { FIRST_SEED, type Message, type Played, type Request } from "../serve/messages"
import type { Action } from "../simulation/action"
import { addressOf, wishFrom } from "./address"
import { Connection } from "./connection"
import { handOver } from "./download"
import { Live } from "./drawing/live"
import { Pictures } from "./drawing/pictures"
import { asked, type Speed, told } from "./state"
import { change, current } from "./store"

export const live = new Live()
export const pictures = new Pictures(live)

const wish = wishFrom(location.search)
const connection = new Connection({
  message(message: Message) {
    if (message.tell === "started") live.start(message.playing)
    if (message.tell === "frame") live.frame(message, performance.now())
    if (message.tell === "exported")
      for (const file of [message.csv, message.scenario]) if (file) handOver(file)
    change(told(current(), message), message.tell !== "frame" && message.tell !== "flash")
    if (message.tell === "welcome") begin()
  },
  lost() {
    live.speed = 0
    change({ ...current(), link: "lost" }, true)
  },
})

export function connect(): void {
  change({ ...current(), link: "connecting" }, true)
  connection.open()
}

/** Welcomed: what was played before the connection was lost, or what the address says, or the first that there is. */
function begin(): void {
  const { played, scenarios, speed } = current()
  const name = scenarios.find((listed) => listed.name === wish.scenario)?.name ?? scenarios[0]?.name
  if (played) play(played, true)
  else if (name !== undefined) {
    change({ ...current(), speed: wish.speed ?? speed })
    play({ from: "scenario", name, seed: wish.seed ?? FIRST_SEED }, true)
  }
}

/** The recording that is played, to be sent again when it is played again. */
let recording: Blob | undefined

/** A new device and motion from the start. @param file of a recording that was not played before */
export function play(played: Played, paused: boolean, file?: Blob): void {
  if (file) recording = file
  change(asked(current(), played), true)
  ask({ ask: "start", play: played, paused }, played.from === "recording" ? recording : undefined)
  ask({ ask: "speed", speed: current().speed })
  keepAddress()
}

export function togglePlay(): void {
  const { phase, played } = current()
  if (phase === "running") {
    change({ ...current(), phase: "paused" }, true)
    ask({ ask: "pause" })
  } else if (phase === "done" && played) play(played, false)
  else if (phase === "ready" || phase === "paused") {
    change({ ...current(), phase: "running" }, true)
    ask({ ask: "resume" })
  }
}

/** From the start, as it is: playing or not. */
export function reset(): void {
  const { played, phase } = current()
  if (played) play(played, phase !== "running")
}

export function chooseSpeed(speed: Speed): void {
  change({ ...current(), speed }, true)
  ask({ ask: "speed", speed })
  keepAddress()
}

export function act(action: Action): void {
  ask({ ask: "act", action })
}

export function exportPlayed(): void {
  ask({ ask: "export" })
}

export function dismiss(): void {
  change({ ...current(), refused: undefined }, true)
}

/** The page itself has to refuse. */
export function refuse(what: string): void {
  change({ ...current(), refused: { what, isOver: false } }, true)
}

function ask(request: Request, following?: Blob): void {
  if (!connection.ask(request, following)) change({ ...current(), link: "lost" }, true)
}

/** So that a copied address plays the same. */
function keepAddress(): void {
  const { played, speed } = current()
  if (played) history.replaceState(null, "", addressOf(location.pathname, played, speed))
}
