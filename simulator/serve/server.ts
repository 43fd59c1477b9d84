/**
 * `npm start`'s server, for this machine alone: the page over HTTP, and a WebSocket whose every connection has a simulation of its own (connection.ts).
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import type { Duplex } from "node:stream"
import { WebSocketServer } from "ws"
import { AIR_PATH } from "../../phone/link/air-messages"
import type { EngineName } from "../engine/engine"
import { AirConnection } from "./air-connection"
import { Connection } from "./connection"
import { contentSecurityPolicy, isLocalHost, isSameOrigin } from "./local-only"
import { COMPANION_PATH, type Message, SIMULATION_PATH } from "./messages"
import { COMPANION_FOLDER, PAGE_FOLDER, PageFiles } from "./page-files"
import type { Player } from "./player"
import { RequestRefused } from "./request"
import { SpareEngine } from "./spare-engine"
import { welcome } from "./welcome"

export interface ServeOptions {
  engine: EngineName
  /** The script that the engines run. */
  firmware: string
  /** The project's. */
  version: string
  /** The first to try; 0: any that is free. */
  port: number
  /** Of the page's sources; the project's when left out. */
  pageFolder?: string
  /** Of the companion's sources, likewise. */
  companionFolder?: string
}

const LOOPBACK = "127.0.0.1"
/** So many ports after the first are tried. */
const PORTS_TRIED = 20
/** A recording of an hour, as text. */
const MESSAGE_MOST_BYTES = 100 * 1024 * 1024
/** Each has an engine of its own. */
const SIMULATIONS_MOST = 4

export class PageServer {
  readonly #http: Server
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_MOST_BYTES })
  readonly #connections = new Set<Connection>()
  readonly #engines: SpareEngine
  readonly #page: PageFiles
  readonly #companion: PageFiles
  readonly #welcome: Message
  readonly #options: ServeOptions

  private constructor(options: ServeOptions) {
    this.#options = options
    this.#welcome = welcome(options.version)
    this.#engines = new SpareEngine(options.engine, options.firmware)
    this.#page = new PageFiles(options.pageFolder ?? PAGE_FOLDER, "/")
    this.#companion = new PageFiles(options.companionFolder ?? COMPANION_FOLDER, COMPANION_PATH)
    this.#http = createServer((request, response) => this.#answer(request, response))
    this.#http.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head))
  }

  /** @throws Error when the engine is missing, no port is free, or the page cannot be compiled */
  static async start(options: ServeOptions): Promise<PageServer> {
    const server = new PageServer(options)
    try {
      await Promise.all([server.#engines.ready(), server.#page.ready()])
      await listen(server.#http, options.port)
    } catch (error) {
      await server.close()
      throw error
    }
    return server
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port
  }
  get address(): string {
    return `http://${LOOPBACK}:${this.port}/`
  }

  /** Ends every simulation, and waits until their engines are gone. */
  async close(): Promise<void> {
    const closing = [...this.#connections].map((connection) => connection.close())
    for (const socket of this.#sockets.clients) socket.terminate()
    this.#http.closeAllConnections()
    await Promise.all([
      ...closing,
      this.#engines.close(),
      new Promise<void>((resolve) => this.#http.close(() => resolve())),
    ])
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { host } = request.headers
    if (host === undefined || !isLocalHost(host, this.port)) {
      refuse(response, 403, `This server is for this machine alone: open ${this.address}`)
      return
    }
    response.setHeader("Content-Security-Policy", contentSecurityPolicy(host))
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin")
    response.setHeader("X-Content-Type-Options", "nosniff")
    response.setHeader("Referrer-Policy", "no-referrer")
    if (request.method !== "GET" && request.method !== "HEAD") {
      refuse(response, 405, "Here is nothing but files to read.")
      return
    }
    const path = (request.url ?? "/").split("?", 1)[0] as string
    if (`${path}/` === COMPANION_PATH) {
      response.writeHead(308, { Location: COMPANION_PATH }).end()
      return
    }
    try {
      for (const connection of this.#connections) if (await connection.sendExported(path, response)) return
      if (await this.#companion.send(path, response)) return
      if (!(await this.#page.send(path, response))) refuse(response, 404, "There is no such file.")
    } catch (error) {
      refuse(response, 500, `The page cannot be compiled: ${(error as Error).message}`)
    }
  }

  get #playing(): number {
    return [...this.#connections].filter(({ isPlaying }) => isPlaying).length
  }

  /** What plays the device that is near. @param air a page's token; empty: of the only one that plays. @throws RequestRefused */
  #near(air: string): Player {
    const players = [...this.#connections]
      .filter((connection) => air === "" || connection.air === air)
      .flatMap(({ player }) => player ?? [])
    const [player, other] = players
    if (!player)
      throw new RequestRefused(
        "no simulated device is there: press Play on the simulator's page, or Play again",
      )
    if (other)
      throw new RequestRefused(
        "several devices are simulated: open the companion from the page of the one you mean",
      )
    return player
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const [path, air = ""] = (request.url ?? "/").split("?", 2)
    if (path !== SIMULATION_PATH && path !== AIR_PATH) {
      socket.end("HTTP/1.1 404 Not Found\r\n\r\n")
      return
    }
    if (!isSameOrigin(request, this.port)) {
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n")
      return
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      if (path === AIR_PATH) {
        new AirConnection(webSocket, () => this.#near(air))
        return
      }
      const connection = new Connection(webSocket, {
        engine: this.#options.engine,
        engines: this.#engines,
        welcome: this.#welcome,
        mayStart: () => this.#playing < SIMULATIONS_MOST,
      })
      this.#connections.add(connection)
      webSocket.once("close", async () => {
        await connection.close()
        this.#connections.delete(connection)
      })
    })
  }
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" }).end(`${why}\n`)
}

/** On this port, or the next that is free. */
async function listen(server: Server, first: number): Promise<void> {
  for (let port = first; ; port++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject)
        server.listen(port, LOOPBACK, () => {
          server.off("error", reject)
          resolve()
        })
      })
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error
      if (port >= first + PORTS_TRIED)
        throw new Error(`ports ${first} to ${port} are all taken: name another with --port`)
    }
  }
}
