/** `npm run bluez` as a process of its own, as a person starts it: its words are waited for, its button is pressed by its standard input. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"

const COMMAND = ["--import=tsx", "simulator/cli/patella.ts", "bluez"]
const ADDRESS = /DBUS_SYSTEM_BUS_ADDRESS=(\S+)/
/** Long enough for a machine that has much else to do. */
const LIMIT_MS = 60_000

export class BluezDevice {
  readonly #process: ChildProcessWithoutNullStreams
  readonly #lines: string[] = []
  #wanted: { pattern: RegExp; found(line: string): void } | undefined
  #read = 0
  #complaints = ""
  busAddress = ""

  static async start(...options: string[]): Promise<BluezDevice> {
    const device = new BluezDevice(spawn(process.execPath, [...COMMAND, ...options]))
    device.busAddress = ADDRESS.exec(await device.says(ADDRESS))?.[1] as string
    return device
  }

  private constructor(started: ChildProcessWithoutNullStreams) {
    this.#process = started
    createInterface({ input: started.stdout }).on("line", (line) => {
      this.#lines.push(line)
      this.#look()
    })
    started.stderr.on("data", (text) => {
      this.#complaints += text
    })
  }

  /** The next line that matches, among those that nobody has waited for yet. @throws Error with all that it said instead */
  async says(pattern: RegExp, limitMs = LIMIT_MS): Promise<string> {
    return new Promise((resolve, reject) => {
      const settled = () => {
        clearTimeout(timer)
        this.#process.off("exit", ended)
        this.#wanted = undefined
      }
      const fail = (why: string) => {
        settled()
        const said = [...this.#lines, this.#complaints].join("\n")
        reject(new Error(`bluez ${why}, and has not said ${pattern}:\n${said}`))
      }
      const timer = setTimeout(() => fail(`went on for ${limitMs} ms`), limitMs)
      const ended = () => fail("ended")
      this.#process.once("exit", ended)
      const found = (line: string) => {
        settled()
        resolve(line)
      }
      this.#wanted = { pattern, found }
      this.#look()
    })
  }

  /** What it has said so far is of no interest. */
  hush(): void {
    this.#read = this.#lines.length
  }

  tell(word: string): void {
    this.#process.stdin.write(`${word}\n`)
  }

  /** @returns its exit code */
  close(): Promise<number> {
    return this.#ended(() => this.tell("quit"))
  }
  /** Its standard input ends. */
  end(): Promise<number> {
    return this.#ended(() => this.#process.stdin.end())
  }
  kill(signal: NodeJS.Signals): Promise<number> {
    return this.#ended(() => this.#process.kill(signal))
  }

  async #ended(end: () => unknown): Promise<number> {
    const { exitCode, signalCode } = this.#process
    if (exitCode === null && signalCode === null) {
      const exit = once(this.#process, "exit")
      end()
      await exit
    }
    return this.#process.exitCode ?? -1
  }

  #look(): void {
    while (this.#wanted && this.#read < this.#lines.length) {
      const line = this.#lines[this.#read++] as string
      if (this.#wanted.pattern.test(line)) this.#wanted.found(line)
    }
  }
}
