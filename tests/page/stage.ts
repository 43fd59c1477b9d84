/** What the page's tests stand on: the real server, its engine XS, on a port that is free, and Debian's Chromium; one of each for a test file. */
import test from "ava"
import type { Browser } from "playwright-core"
import { launchChromium } from "../../simulator/docs/chromium"
import { bundleFirmware } from "../../simulator/firmware-bundle"
import { PageServer } from "../../simulator/serve/server"
import { withPackages } from "../clients/installed"
import { type Look, OpenPage } from "./open-page"

/** Of the Trace Event Format: times in µs, `tdur` by the thread's own clock. */
export interface TraceEvent {
  name: string
  pid: number
  tid: number
  dur?: number
  tdur?: number
  args?: { name?: string }
}

export class Stage {
  #server: PageServer | undefined
  #browser: Browser | undefined
  #port = 0

  get address(): string {
    return `http://127.0.0.1:${this.#port}/`
  }

  async start(): Promise<void> {
    const [browser] = await Promise.all([launchChromium(), this.startServer()])
    this.#browser = browser
  }

  /** Again: on the port that it had. */
  async startServer(): Promise<void> {
    const firmware = await bundleFirmware()
    this.#server = await PageServer.start({ engine: "xs", firmware, version: "0.1.0", port: this.#port })
    this.#port = this.#server.port
  }

  async stopServer(): Promise<void> {
    await this.#server?.close()
  }

  /** A browser of its own, as a person who comes new. @param search of the address */
  async open(search = "", look: Look = {}): Promise<OpenPage> {
    if (!this.#browser) throw new Error("the stage has not started")
    return OpenPage.open(this.#browser, `${this.address}${search}`, look)
  }

  /** What the browser's processes do meanwhile, by Chromium's own trace. */
  async traced(work: () => Promise<void>, categories: string[]): Promise<TraceEvent[]> {
    await this.#browser?.startTracing(undefined, { categories })
    await work()
    const json = await this.#browser?.stopTracing()
    return JSON.parse(String(json)).traceEvents
  }

  async close(): Promise<void> {
    await this.#browser?.close()
    await this.stopServer()
  }
}

/** Declares tests of the page where Chromium is installed. @param command that runs them */
export function onStage(what: string, declare: (stage: Stage) => void, command = "npm run page-tests"): void {
  withPackages(
    ["chromium"],
    what,
    () => {
      const stage = new Stage()
      test.before(async (t) => {
        t.timeout(120_000)
        await stage.start()
      })
      test.after.always(() => stage.close())
      declare(stage)
    },
    command,
  )
}
