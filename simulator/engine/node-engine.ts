/**
 * V8 in this process, for quick tests: the same script as in XS, in a fresh context of `node:vm` that holds the language
 * and what the XS worker has beside it: TextEncoder, TextDecoder, print, and gc under `--expose-gc`.
 */
import { setImmediate } from "node:timers/promises"
import { constants, createContext, runInContext } from "node:vm"
import type { Engine } from "./guest-engine"
import { DESCRIBE_THROWN, GUEST_FILE, GuestSource } from "./guest-source"

interface Host {
  encode(text: string): Uint8Array
  decode(bytes: Uint8Array): string
  print(line: string): void
  evaluate(code: string): void
  gc: (() => void) | undefined
}
interface Guest {
  run(code: string): void
  /** The context's own ArrayBuffer, so that the guest's `instanceof` holds. */
  allocate(bytes: number): ArrayBuffer
  command(request: ArrayBuffer): ArrayBuffer
}

/** Results of the host's coders are copied into arrays of the context. V8's console and WebAssembly are not in XS. */
const PRELUDE = `(host) => {
  ${DESCRIBE_THROWN}
  delete globalThis.console
  delete globalThis.WebAssembly
  const define = (name, value) =>
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true })
  define("TextEncoder", class TextEncoder { encode(text = "") { return new Uint8Array(host.encode(String(text))) } })
  define("TextDecoder", class TextDecoder { decode(bytes = new Uint8Array()) { return host.decode(bytes) } })
  define("print", (...values) => host.print(values.map(String).join(" ")))
  if (host.gc) define("gc", () => host.gc())
  const guarded = (work) => { try { return work() } catch (thrown) { throw describe(thrown) } }
  return {
    run: (code) => guarded(() => host.evaluate(code)),
    allocate: (bytes) => new ArrayBuffer(bytes),
    command: (request) => guarded(() => {
      const handle = globalThis.handleCommand
      if (typeof handle !== "function") throw new TypeError("the script has set no globalThis.handleCommand")
      const reply = handle(request)
      if (!(reply instanceof ArrayBuffer)) throw new TypeError("handleCommand returned no ArrayBuffer")
      return reply
    }),
  }
}`

export class NodeEngine implements Engine {
  readonly name = "node"
  readonly usage = undefined
  #guest: Guest | undefined
  #source = new GuestSource("")

  constructor(print: (line: string) => void) {
    const context = createContext(constants.DONT_CONTEXTIFY)
    const encoder = new TextEncoder()
    const decoder = new TextDecoder()
    const host: Host = {
      encode: (text) => encoder.encode(text),
      decode: (bytes) => decoder.decode(bytes),
      print,
      gc: globalThis.gc && (() => globalThis.gc?.()),
      evaluate: (code) => void runInContext(code, context, { filename: GUEST_FILE, displayErrors: false }),
    }
    this.#guest = (runInContext(PRELUDE, context) as (host: Host) => Guest)(host)
  }

  async evaluate(source: string): Promise<void> {
    this.#source = new GuestSource(source)
    this.#inGuest((guest) => guest.run(this.#source.code))
  }

  async command(frame: Uint8Array): Promise<Uint8Array> {
    const reply = this.#inGuest((guest) => {
      const request = guest.allocate(frame.length)
      new Uint8Array(request).set(frame)
      // A copy, as over a pipe: the guest may use its buffer again.
      return new Uint8Array(guest.command(request)).slice()
    })
    // Here the process hears its signals, as it does while it waits for XS.
    await setImmediate()
    return reply
  }

  async heap(): Promise<undefined> {}

  async close(): Promise<void> {
    this.#guest = undefined
  }

  #inGuest<T>(work: (guest: Guest) => T): T {
    if (!this.#guest) throw new Error("The V8 engine is closed.")
    try {
      return work(this.#guest)
    } catch (thrown) {
      if (typeof thrown !== "string") throw thrown
      throw new Error(`The firmware failed in V8: ${this.#source.describe(thrown)}`)
    }
  }
}
