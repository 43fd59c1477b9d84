/** A simulated device in place of one over Bluetooth: GATT over a WebSocket to the simulator's server (air-messages.ts), which this page came from. */
import { AIR_PATH, type AirMessage, type AirRequest } from "../link/air-messages"
import { NotSimulatedError } from "../link/failure"
import type { ConnectableTransport, Finder, FoundDevice } from "../link/finder"

/** Of a WebSocket, what is used here. */
export interface AirSocket {
  send(message: string): void
  close(): void
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void
  addEventListener(type: "close" | "error", listener: () => void): void
}
/** @param path with its query */
export type OpenSocket = (path: string) => AirSocket

type Asked = AirRequest extends infer Request
  ? Request extends AirRequest
    ? Omit<Request, "id">
    : never
  : never
type Near = Extract<AirMessage, { tell: "near" }>
type Nearness = Near | Extract<AirMessage, { tell: "nothingNear" }>

const ENDED = "the simulator has ended: start it again"

/** As browsers name it. */
class AirError extends Error {
  override readonly name = "NetworkError"
}

export class SimulatedAir implements Finder {
  readonly #open: () => AirSocket

  /** @param token of the simulation; empty: the only one that plays */
  constructor(token: string, open: OpenSocket) {
    this.#open = () => open(token === "" ? AIR_PATH : `${AIR_PATH}?${token}`)
  }

  /** It needs no Bluetooth. */
  async isOn(): Promise<boolean> {
    return true
  }

  /** @throws NotSimulatedError */
  async choose(): Promise<FoundDevice> {
    const heard = await this.#listen()
    if (heard?.tell === "near") return this.#found(heard)
    throw new NotSimulatedError(heard?.why ?? ENDED)
  }

  /** The address has chosen it. */
  async known(): Promise<FoundDevice[]> {
    const heard = await this.#listen()
    return heard?.tell === "near" ? [this.#found(heard)] : []
  }

  #found({ deviceId, name }: Near): FoundDevice {
    return { id: deviceId, name, transport: new AirTransport(this.#open) }
  }

  /** What is near; undefined when nobody answers. */
  #listen(): Promise<Nearness | undefined> {
    return new Promise((resolve) => {
      const socket = this.#open()
      socket.addEventListener("message", ({ data }) => {
        // The first is about nothing else.
        resolve(messageIn(data) as Nearness)
        socket.close()
      })
      socket.addEventListener("error", () => resolve(undefined))
      socket.addEventListener("close", () => resolve(undefined))
    })
  }
}

class AirTransport implements ConnectableTransport {
  readonly #open: () => AirSocket
  readonly #listeners = new Map<string, (value: Uint8Array) => void>()
  readonly #disconnectListeners: (() => void)[] = []
  readonly #waiting = new Map<number, { done(value: string): void; refuse(error: Error): void }>()
  #socket: AirSocket | undefined
  #isConnected = false
  #asked = 0

  constructor(open: () => AirSocket) {
    this.#open = open
  }

  get connected(): boolean {
    return this.#isConnected
  }

  async connect(): Promise<void> {
    if (this.#isConnected) return
    try {
      await this.#openSocket()
      await this.#ask({ ask: "connect" })
      this.#isConnected = true
    } catch (error) {
      this.#hangUp()
      throw error
    }
  }

  async disconnect(): Promise<void> {
    if (this.#isConnected)
      await this.#ask({ ask: "disconnect" }).catch((error) => {
        // Lost meanwhile, it is what was wanted.
        if (this.#isConnected) throw error
      })
    this.#hangUp()
  }

  async read(characteristic: string): Promise<Uint8Array> {
    return fromHex(await this.#ask({ ask: "read", characteristic }))
  }

  async write(characteristic: string, value: Uint8Array): Promise<void> {
    await this.#ask({ ask: "write", characteristic, value: toHex(value) })
  }

  async subscribe(
    characteristic: string,
    listener: (value: Uint8Array) => void,
  ): Promise<() => Promise<void>> {
    this.#listeners.set(characteristic, listener)
    try {
      await this.#ask({ ask: "subscribe", characteristic })
    } catch (error) {
      this.#listeners.delete(characteristic)
      throw error
    }
    return async () => {
      this.#listeners.delete(characteristic)
      if (this.#isConnected) await this.#ask({ ask: "unsubscribe", characteristic })
    }
  }

  onDisconnect(listener: () => void): void {
    this.#disconnectListeners.push(listener)
  }

  /** Resolves when something is near. */
  #openSocket(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = this.#open()
      this.#socket = socket
      const ended = () => {
        reject(new NotSimulatedError(ENDED))
        if (this.#socket === socket) this.#hangUp()
      }
      socket.addEventListener("message", ({ data }) => {
        if (this.#socket !== socket) return
        const message = messageIn(data)
        if (message.tell === "near") resolve()
        else if (message.tell === "nothingNear") reject(new NotSimulatedError(message.why))
        else this.#hear(message)
      })
      socket.addEventListener("error", ended)
      socket.addEventListener("close", ended)
    })
  }

  #hear(message: AirMessage): void {
    switch (message.tell) {
      case "done":
        this.#waiting.get(message.id)?.done(message.value ?? "")
        this.#waiting.delete(message.id)
        return
      case "refused":
        this.#waiting.get(message.id)?.refuse(new AirError(message.why))
        this.#waiting.delete(message.id)
        return
      case "notified":
        this.#listeners.get(message.characteristic)?.(fromHex(message.value))
        return
      case "disconnected":
        this.#hangUp()
    }
  }

  /** @returns a value, hex; empty where there is none to have. @throws Error when it is refused, or the link is lost meanwhile */
  #ask(asked: Asked): Promise<string> {
    return new Promise((done, refuse) => {
      const socket = this.#socket
      if (!socket) {
        refuse(new AirError("not connected"))
        return
      }
      const id = this.#asked++
      this.#waiting.set(id, { done, refuse })
      socket.send(JSON.stringify({ id, ...asked }))
    })
  }

  #hangUp(): void {
    const wasConnected = this.#isConnected
    this.#isConnected = false
    this.#socket?.close()
    this.#socket = undefined
    this.#listeners.clear()
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { refuse } of waiting) refuse(new AirError("the link was lost"))
    if (wasConnected) for (const listener of this.#disconnectListeners) listener()
  }
}

function messageIn(data: unknown): AirMessage {
  return JSON.parse(String(data)) as AirMessage
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
