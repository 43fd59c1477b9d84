/** A companion's WebSocket: one phone near one simulated device. What it asks for is carried out in order, between two steps of what the page plays. */
import type { RawData, WebSocket } from "ws"
import type { AirMessage, AirRequest } from "../../phone/link/air-messages"
import { DEFAULT_NAME } from "../../src/storage/device-name"
import { AttRefusal } from "../phone/central"
import { attErrorText } from "../phone/request-transport"
import type { CompanionListener, CompanionPhone } from "../simulation/companion-phone"
import type { Player } from "./player"
import { refusalWords } from "./refusal-words"
import { parseAirRequest } from "./request"

const PAUSED = "the simulator's page is paused, and nothing comes of the device by itself until it goes on"

export class AirConnection implements CompanionListener {
  readonly #socket: WebSocket
  readonly #near: () => Player
  /** Whose device it connected to last, or tried to. */
  #player: Player | undefined
  #isLinked = false
  #isClosed = false
  #work: Promise<void> = Promise.resolve()

  /** @param near gives what plays the device. @throws Error with the reason when there is none */
  constructor(socket: WebSocket, near: () => Player) {
    this.#socket = socket
    this.#near = near
    socket.on("message", (data) => this.#hear(data))
    // What breaks a connection off ends it: "close" follows.
    socket.on("error", () => {})
    socket.once("close", () => this.#close())
    this.#tell(this.#nearness())
  }

  notified({ characteristic, value }: Parameters<CompanionListener["notified"]>[0]): void {
    this.#tell({ tell: "notified", characteristic, value })
  }

  disconnected(): void {
    this.#isLinked = false
    this.#tell({ tell: "disconnected" })
  }

  #nearness(): AirMessage {
    try {
      return { tell: "near", deviceId: this.#near().deviceId, name: DEFAULT_NAME }
    } catch (error) {
      return { tell: "nothingNear", why: refusalWords(error) }
    }
  }

  #hear(data: RawData): void {
    this.#work = this.#work.then(async () => {
      if (this.#isClosed) return
      let request: AirRequest
      try {
        request = parseAirRequest(String(data))
      } catch {
        // A companion says nothing else, so it is none.
        this.#socket.terminate()
        return
      }
      const { id } = request
      try {
        const value = await this.#carryOut(request)
        this.#tell({ tell: "done", id, ...(value !== undefined && { value }) })
      } catch (error) {
        this.#tell({ tell: "refused", id, why: this.#why(error) })
      }
    })
  }

  async #carryOut(request: AirRequest): Promise<string | undefined> {
    if (request.ask === "connect") {
      this.#player = this.#near()
      await this.#player.overAir((companion) => companion.connect(this))
      this.#isLinked = true
      return undefined
    }
    if (request.ask === "disconnect") {
      await this.#overLink((companion) => companion.disconnect())
      return undefined
    }
    const { id: _, ask: op, ...operation } = request
    return (await this.#overLink((companion) => companion.request({ op, ...operation }))).value
  }

  #overLink<Result>(deed: (companion: CompanionPhone) => Promise<Result>): Promise<Result> {
    if (!this.#player || !this.#isLinked) throw new Error("not connected")
    return this.#player.overAir(deed)
  }

  #why(error: unknown): string {
    const why = error instanceof AttRefusal ? attErrorText(error.code) : refusalWords(error)
    return this.#player?.isPaused ? `${why} (${PAUSED})` : why
  }

  /** The tab was closed: the phone is carried away. */
  #close(): void {
    this.#isClosed = true
    const hangUp = () => this.#overLink((companion) => companion.disconnect())
    // One that is over has no link any more.
    this.#work = this.#work.then(hangUp).then(
      () => {},
      () => {},
    )
  }

  #tell(message: AirMessage): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(message))
  }
}
