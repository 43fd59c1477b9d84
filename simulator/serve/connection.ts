/** One page that is connected: what it asks for is checked, carried out one after the other, and answered. It has one simulation at a time. */
import { randomBytes, randomUUID } from "node:crypto"
import type { ServerResponse } from "node:http"
import type { RawData, WebSocket } from "ws"
import type { EngineName } from "../engine/engine"
import { scenarioText } from "../scenario/scenario-text"
import { checkedAction } from "./checked-action"
import { ExportedFile, playedLines } from "./exported-file"
import type { Message, Played, Request } from "./messages"
import type { Speed } from "./pacing"
import { Player } from "./player"
import { prepareRecording } from "./prepare-recording"
import { prepareScenario } from "./prepare-scenario"
import type { Prepared } from "./prepared"
import { refusalWords } from "./refusal-words"
import { parseRequest, RequestRefused } from "./request"
import type { SpareEngine } from "./spare-engine"

export interface ConnectionOptions {
  engine: EngineName
  engines: SpareEngine
  /** Of everybody: so many may run beside this connection's. */
  mayStart(): boolean
  /** First of all. */
  welcome: Message
}

/** Of what the page has not taken yet: beyond it, it is told less often. */
const UNTAKEN_MOST_BYTES = 1_000_000
export const EXPORT_FOLDER = "/export"
const TOKEN_BYTES = 6

type Start = Extract<Request, { ask: "start" }>

export class Connection {
  /** By which companions find its device. */
  readonly air = randomBytes(TOKEN_BYTES).toString("hex")
  readonly #socket: WebSocket
  readonly #options: ConnectionOptions
  readonly #exportFolder = `${EXPORT_FOLDER}/${randomUUID()}`
  #player: Player | undefined
  #exported: ExportedFile[] = []
  #speed: Speed = 1
  /** Waits for the file that it plays. */
  #awaited: Start | undefined
  #isStarting = false
  #isClosed = false
  #work: Promise<void> = Promise.resolve()

  constructor(socket: WebSocket, options: ConnectionOptions) {
    this.#socket = socket
    this.#options = options
    socket.on("message", (data, isBinary) => this.#hear(data, isBinary))
    // What breaks a connection off ends it: "close" follows.
    socket.on("error", () => {})
    this.#tell(options.welcome)
  }

  /** While its device can be reached over the air. */
  get player(): Player | undefined {
    return this.#player?.isOver ? undefined : this.#player
  }

  /** It has a simulation that goes on, or is about to. */
  get isPlaying(): boolean {
    return this.#isStarting || (this.#player !== undefined && !this.#player.isOver)
  }

  /** @param path of a URL. @returns false when nothing is exported there */
  async sendExported(path: string, response: ServerResponse): Promise<boolean> {
    const file = this.#exported.find(({ named }) => named.path === path)
    await file?.send(response)
    return file !== undefined
  }

  /** Waits until its engine is gone. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#player?.close()
    await this.#work
    await this.#player?.close()
  }

  #hear(data: RawData, isBinary: boolean): void {
    const bytes = Buffer.isBuffer(data)
      ? data
      : Buffer.concat([data].flat().map((piece) => new Uint8Array(piece)))
    this.#work = this.#work.then(async () => {
      if (this.#isClosed) return
      try {
        await (isBinary ? this.#takeFile(bytes) : this.#take(parseRequest(bytes.toString("utf8"))))
      } catch (error) {
        const isOver = this.#player === undefined || this.#player.isOver
        this.#tell({ tell: "refused", what: refusalWords(error), ...(isOver && { isOver }) })
      }
    })
  }

  async #take(request: Request): Promise<void> {
    switch (request.ask) {
      case "start":
        this.#awaited = undefined
        if (request.play.from === "recording") this.#awaited = request
        else await this.#start(request, prepareScenario(request.play))
        return
      case "speed":
        this.#speed = request.speed
        if (this.#player) this.#player.speed = request.speed
        return
      case "pause":
        this.#playing().pause()
        return
      case "resume":
        this.#playing().resume()
        return
      case "act":
        await this.#playing().act(checkedAction(request.action))
        return
      case "export":
        this.#export(this.#playing())
    }
  }

  async #takeFile(bytes: Uint8Array): Promise<void> {
    const start = this.#awaited
    if (!start) throw new RequestRefused("a file that nobody asked to play")
    this.#awaited = undefined
    await this.#start(
      start,
      await prepareRecording(start.play as Extract<Played, { from: "recording" }>, bytes),
    )
  }

  async #start({ paused = false }: Start, prepared: Prepared): Promise<void> {
    await this.#player?.close()
    this.#player = undefined
    this.#exported = []
    const { engine, engines, mayStart } = this.#options
    if (!mayStart())
      throw new RequestRefused("as many simulations run already as can: close another page of this server")
    this.#isStarting = true
    try {
      this.#player = await Player.start({
        prepared,
        deviceId: randomUUID(),
        engine,
        opened: engines.take(),
        speed: this.#speed,
        isPaused: paused,
        tell: (message) => this.#tell(message),
        isBehind: () => this.#socket.bufferedAmount > UNTAKEN_MOST_BYTES,
      })
    } finally {
      this.#isStarting = false
    }
    if (this.#isClosed) return
    this.#tell({ tell: "started", playing: prepared.playing, air: this.air })
    void this.#player.play()
  }

  #playing(): Player {
    if (!this.#player) throw new RequestRefused("nothing is played: start something first")
    return this.#player
  }

  #export(player: Player): void {
    const { fileName, motion } = player.prepared
    const { timeS, scenario } = player
    const csv = new ExportedFile(this.#exportFolder, `${fileName}.csv`, "text/csv; charset=utf-8", () =>
      playedLines(motion.recording, timeS),
    )
    const file =
      scenario &&
      new ExportedFile(this.#exportFolder, `${fileName}.json`, "application/json", () => [
        scenarioText(scenario),
      ])
    this.#exported = [csv, ...(file ? [file] : [])]
    this.#tell({ tell: "exported", csv: csv.named, ...(file && { scenario: file.named }) })
  }

  #tell(message: Message): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(message))
  }
}
