/** bleak, Python's Bluetooth library: Debian's python3-bleak in a process of its own (bleak_bridge.py). */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { fromHex, toHex } from "../../hosts/virtual/protocol"
import { longUuid } from "../../simulator/bluez/bluez-interfaces"
import type { Client } from "./client"

/** Debian's own Python: packages of apt are found by no other. */
export const PYTHON = "/usr/bin/python3"
const BRIDGE = fileURLToPath(new URL("bleak_bridge.py", import.meta.url))

interface Answer {
  id?: number
  value?: string | null
  error?: string
  disconnected?: true
  notified?: string
}

export class BleakClient implements Client {
  readonly #bridge: ChildProcessWithoutNullStreams
  readonly #waiting = new Map<number, (answer: Answer) => void>()
  readonly #subscribers = new Map<string, (value: Uint8Array) => void>()
  #lossListeners: (() => void)[] = []
  #commands = 0
  connected = false

  constructor(busAddress: string) {
    this.#bridge = spawn(PYTHON, ["-W", "ignore", BRIDGE], {
      env: { ...process.env, DBUS_SYSTEM_BUS_ADDRESS: busAddress },
      stdio: ["pipe", "pipe", "pipe"],
    })
    let complaints = ""
    this.#bridge.stderr.on("data", (text) => {
      complaints += text
    })
    this.#bridge.on("exit", () => {
      for (const answer of this.#waiting.values()) answer({ error: `bleak's process ended: ${complaints}` })
    })
    createInterface({ input: this.#bridge.stdout }).on("line", (line) => this.#heard(JSON.parse(line)))
  }

  async find(serviceUuid: string): Promise<string> {
    return (await this.#do("find", longUuid(serviceUuid))) as string
  }
  async connect(): Promise<void> {
    await this.#do("connect")
    this.connected = true
  }
  async disconnect(): Promise<void> {
    await this.#do("disconnect")
  }
  async pair(): Promise<void> {
    await this.#do("pair")
  }
  async read(uuid: string): Promise<Uint8Array> {
    return fromHex((await this.#do("read", longUuid(uuid))) as string)
  }
  async write(uuid: string, value: Uint8Array): Promise<void> {
    await this.#do("write", longUuid(uuid), toHex(value))
  }
  async subscribe(uuid: string, listener: (value: Uint8Array) => void): Promise<() => Promise<void>> {
    const long = longUuid(uuid)
    this.#subscribers.set(long, listener)
    await this.#do("subscribe", long)
    return async () => {
      this.#subscribers.delete(long)
      await this.#do("unsubscribe", long)
    }
  }
  onDisconnect(listener: () => void): void {
    this.#lossListeners.push(listener)
  }

  async close(): Promise<void> {
    if (this.#bridge.exitCode !== null) return
    this.#bridge.stdin.end()
    await once(this.#bridge, "exit")
  }

  #do(method: string, ...parameters: string[]): Promise<unknown> {
    const id = ++this.#commands
    this.#bridge.stdin.write(`${JSON.stringify({ id, do: method, with: parameters })}\n`)
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ value, error }) => {
        this.#waiting.delete(id)
        if (error === undefined) resolve(value)
        else reject(new Error(error))
      })
    })
  }

  #heard(answer: Answer): void {
    if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer)
    else if (answer.notified !== undefined)
      this.#subscribers.get(answer.notified)?.(fromHex(answer.value ?? ""))
    else if (answer.disconnected) {
      this.connected = false
      this.#subscribers.clear()
      for (const listener of this.#lossListeners.splice(0)) listener()
    }
  }
}
