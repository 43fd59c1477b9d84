/** A page's side of the connection, for tests: asks, and gathers what it is told. */
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { WebSocket } from "ws"
import type { EngineName } from "../../../simulator/engine/engine"
import { bundleFirmware } from "../../../simulator/firmware-bundle"
import { type Frame, type Message, type Request, SIMULATION_PATH } from "../../../simulator/serve/messages"
import { PageServer } from "../../../simulator/serve/server"

/** Between two messages, on a machine that does much else. */
const PATIENCE_MS = 60_000

export type Told<Tell extends Message["tell"]> = Extract<Message, { tell: Tell }>

/** With a page that nobody looks at. */
export async function serve(engine: EngineName): Promise<PageServer> {
  const pageFolder = mkdtempSync(join(tmpdir(), "patella-page-"))
  writeFileSync(join(pageFolder, "index.html"), "<!doctype html><title>Nobody looks</title>")
  return PageServer.start({ engine, firmware: await bundleFirmware(), version: "0.1.0", port: 0, pageFolder })
}

export class PageClient {
  readonly told: Message[] = []
  readonly #socket: WebSocket
  readonly #origin: string
  #heard: () => void = () => {}

  private constructor(origin: string) {
    this.#origin = origin
    this.#socket = new WebSocket(`${origin.replace("http", "ws")}${SIMULATION_PATH}`, { origin })
    this.#socket.on("message", (data) => {
      this.told.push(JSON.parse(String(data)))
      this.#heard()
    })
  }

  static async open(server: PageServer): Promise<PageClient> {
    const client = new PageClient(`http://127.0.0.1:${server.port}`)
    await client.hear("welcome")
    return client
  }

  ask(request: Request): void {
    this.#socket.send(JSON.stringify(request))
  }
  send(message: string | Uint8Array): void {
    this.#socket.send(message)
  }

  /** The first message of this kind that was not given out yet and of which it holds; what came before it stays. @throws Error when it is refused instead. */
  async hear<Tell extends Message["tell"]>(
    tell: Tell,
    holds: (message: Told<Tell>) => boolean = () => true,
  ): Promise<Told<Tell>> {
    for (;;) {
      const at = this.told.findIndex((message) => message.tell === tell && holds(message as Told<Tell>))
      if (at >= 0) return this.told.splice(at, 1)[0] as Told<Tell>
      const refused = this.told.find((message) => message.tell === "refused")
      if (refused) throw new Error(`refused: ${JSON.stringify(refused)}`)
      await new Promise<void>((resolve, reject) => {
        const patience = setTimeout(
          () => reject(new Error(`nothing was told any more: ${tell}`)),
          PATIENCE_MS,
        )
        this.#heard = () => {
          clearTimeout(patience)
          resolve()
        }
      })
    }
  }

  /** Takes them. */
  frames(): Frame[] {
    const frames = this.told.filter((message) => message.tell === "frame")
    for (const frame of frames) this.told.splice(this.told.indexOf(frame), 1)
    return frames
  }

  /** Of a file that was exported. */
  async fetch(path: string): Promise<string> {
    const response = await fetch(new URL(path, this.#origin))
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response.text()
  }

  async close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return
    const closed = new Promise((resolve) => this.#socket.once("close", resolve))
    this.#socket.close()
    await closed
  }
}
