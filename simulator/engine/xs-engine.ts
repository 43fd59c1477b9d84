/**
 * XS, the engine of the product, as a process: `xsnap-worker` of the npm package @agoric/xsnap, driven by netstrings on its
 * descriptors 3 (to it) and 4 (from it). Facts: node_modules/@agoric/xsnap/xsnap-native/xsnap/sources/xsnap-worker.c.
 * Started without `-l`, so computation is counted and not limited; its parser buffer (8 MB by default) bounds the script.
 */
import { type ChildProcess, spawn } from "node:child_process"
import { existsSync } from "node:fs"
import type { Writable } from "node:stream"
import type { Engine, EngineUsage, LiveHeap } from "./guest-engine"
import { DESCRIBE_THROWN, GUEST_FILE, GuestSource } from "./guest-source"
import { encodeNetstring, NetstringDecoder } from "./netstring"
import { missingWorkerMessage, workerPath } from "./xs-install"

const EXIT_REASONS: Record<number, string> = {
  2: "a broken pipe or a message that it could not read",
  11: "its memory is full",
  12: "its stack overflowed: a recursion without end, or one too deep for XS's 4,096 slots",
  15: "an exception that nobody caught",
  16: "too many property names",
  17: "too much computation",
}

/** A worker that is told to end and does not within this time is killed. */
const CLOSE_TIMEOUT_MS = 2000

/** The worker's message and reply tags. */
const TO_WORKER = { evaluate: "e", command: "?", snapshot: "w" } as const
const FROM_WORKER = {
  done: ".".charCodeAt(0),
  thrown: "!".charCodeAt(0),
  command: "?".charCodeAt(0),
} as const
/** Ends the meter in front of a result. */
const METER_END = 1

/**
 * The worker hands on a thrown value as String(thrown), without its stack, and takes any reply that is no ArrayBuffer as
 * an empty one. So scripts and commands go through these two functions.
 */
const PRELUDE = `${DESCRIBE_THROWN}
let handle
Object.defineProperty(globalThis, "runScript", { value(code) {
  try { (0, eval)(code) } catch (thrown) { throw describe(thrown) }
} })
Object.defineProperty(globalThis, "handleCommand", {
  set(value) { handle = value },
  get() { return (request) => {
    let reply
    try {
      if (typeof handle !== "function") throw new TypeError("the script has set no globalThis.handleCommand")
      reply = handle(request)
      if (!(reply instanceof ArrayBuffer)) throw new TypeError("handleCommand returned no ArrayBuffer")
    } catch (thrown) { throw describe(thrown) }
    return reply
  } },
})`

/** @throws when the worker was not built. */
export async function openXsEngine(
  print: (line: string) => void,
  path: string | undefined = workerPath(),
): Promise<Engine> {
  if (!path || !existsSync(path)) throw new Error(missingWorkerMessage())
  const engine = new XsEngine(path, print)
  try {
    await engine.start()
  } catch (error) {
    await engine.close()
    throw error
  }
  return engine
}

interface Reply {
  result: Uint8Array
  usage: EngineUsage
}
interface Waiting {
  resolve(reply: Reply): void
  reject(error: Error): void
}

class XsEngine implements Engine {
  readonly name = "xs"
  readonly #worker: ChildProcess
  readonly #toWorker: Writable
  readonly #decoder = new NetstringDecoder()
  readonly #waiting: Waiting[] = []
  readonly #ended: Promise<void>
  #source = new GuestSource("")
  #usage: EngineUsage | undefined
  #lastComplaint = ""
  /** Why no more commands can be taken. */
  #failure: Error | undefined
  #closing = false

  constructor(path: string, print: (line: string) => void) {
    this.#worker = spawn(path, [], { stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"] })
    this.#toWorker = this.#worker.stdio[3] as Writable
    // A write to a dead worker fails; "close" below tells why it died.
    this.#toWorker.on("error", () => {})
    this.#worker.stdio[4]?.on("data", (chunk: Buffer) => this.#receive(chunk))
    byLine(this.#worker.stdout, print)
    byLine(this.#worker.stderr, (line) => {
      this.#lastComplaint = line
      print(`xs: ${line}`)
    })
    this.#ended = new Promise((resolve) => {
      this.#worker.on("error", (error) => {
        this.#fail(new Error(`The XS worker did not start: ${error.message}`))
        resolve()
      })
      this.#worker.on("close", (code, signal) => {
        this.#fail(this.#closing ? new Error("The XS engine is closed.") : this.#death(code, signal))
        resolve()
      })
    })
  }

  async start(): Promise<void> {
    await this.#send(TO_WORKER.evaluate, Buffer.from(`(() => { ${PRELUDE} })()`))
  }

  get usage(): EngineUsage | undefined {
    return this.#usage
  }

  async evaluate(source: string): Promise<void> {
    this.#source = new GuestSource(source)
    const named = `${this.#source.code}\n//# sourceURL=${GUEST_FILE}`
    const reply = await this.#send(TO_WORKER.evaluate, Buffer.from(`runScript(${JSON.stringify(named)})`))
    this.#usage = reply.usage
  }

  async command(frame: Uint8Array): Promise<Uint8Array> {
    const reply = await this.#send(TO_WORKER.command, frame)
    this.#usage = reply.usage
    return reply.result
  }

  /** A snapshot holds every live slot and chunk; the worker collects, writes it away and replies with its size. */
  async heap(): Promise<LiveHeap> {
    const { result, usage } = await this.#send(TO_WORKER.snapshot, Buffer.from("/dev/null"))
    return { slots: usage.slots, bytes: Number(Buffer.from(result).toString("latin1")) }
  }

  async close(): Promise<void> {
    this.#closing = true
    this.#toWorker.end()
    const kill = setTimeout(() => this.#worker.kill("SIGKILL"), CLOSE_TIMEOUT_MS)
    await this.#ended
    clearTimeout(kill)
  }

  #send(tag: string, payload: Uint8Array): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure)
      if (this.#closing) return reject(new Error("The XS engine is closed."))
      const message = encodeNetstring(Buffer.from(tag, "latin1"), payload)
      this.#waiting.push({ resolve, reject })
      this.#toWorker.write(message)
    })
  }

  #receive(chunk: Uint8Array): void {
    if (this.#failure) return
    try {
      for (const reply of this.#decoder.push(chunk)) this.#answer(reply)
    } catch (error) {
      this.#fail(new Error(`The XS worker broke the protocol: ${(error as Error).message}`))
      this.#worker.kill("SIGKILL")
    }
  }

  #answer(reply: Uint8Array): void {
    if (reply[0] === FROM_WORKER.command)
      throw new Error("the guest called issueCommand, which nobody here answers")
    if (reply[0] === FROM_WORKER.thrown) {
      const thrown = this.#source.describe(Buffer.from(reply.subarray(1)).toString("utf8"))
      this.#next().reject(new Error(`The firmware failed in XS: ${thrown}`))
      return
    }
    const meterEnd = reply.indexOf(METER_END)
    if (reply[0] !== FROM_WORKER.done || meterEnd < 0) {
      throw new Error(`a reply that begins with byte ${reply[0]} and has ${meterEnd < 0 ? "no" : "a"} meter`)
    }
    const meter = JSON.parse(Buffer.from(reply.subarray(1, meterEnd)).toString("latin1")) as {
      currentHeapCount: number
      compute: number
      allocate: number
    }
    this.#next().resolve({
      result: reply.subarray(meterEnd + 1),
      usage: { computrons: meter.compute, slots: meter.currentHeapCount, bytes: meter.allocate },
    })
  }

  #next(): Waiting {
    const waiting = this.#waiting.shift()
    if (!waiting) throw new Error("a reply that nobody asked for")
    return waiting
  }

  #death(code: number | null, signal: NodeJS.Signals | null): Error {
    const how = signal ? `by ${signal}` : `with exit code ${code}`
    const why = EXIT_REASONS[code ?? 0]
    const complaint = this.#lastComplaint && ` Its last words: ${this.#lastComplaint}`
    return new Error(`The XS worker ended ${how}${why ? ` (${why})` : ""}.${complaint}${this.#cutReply()}`)
  }

  #cutReply(): string {
    try {
      this.#decoder.finish()
      return ""
    } catch (error) {
      return ` In the middle of a reply: ${(error as Error).message}.`
    }
  }

  #fail(error: Error): void {
    this.#failure ??= error
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure)
  }
}

function byLine(stream: NodeJS.ReadableStream | null, take: (line: string) => void): void {
  let rest = ""
  stream?.setEncoding("utf8")
  stream?.on("data", (text: string) => {
    const lines = (rest + text).split("\n")
    rest = lines.pop() ?? ""
    for (const line of lines) take(line)
  })
  stream?.on("end", () => {
    if (rest) take(rest)
  })
}
