/** What the companion's tests stand on: the built app, served, and Debian's Chromium; one of each for a test file. */
import test, { type ExecutionContext } from "ava"
import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core"
import { launchChromium } from "../../simulator/docs/chromium"
import { withPackages } from "../clients/installed"
import { ServedApp } from "./served-app"

export const COMMAND = "npm run companion-tests"
const START_LIMIT_MS = 120_000

export const PHONE_SIZE = { width: 360, height: 740 }
export const DESK_SIZE = { width: 1280, height: 800 }

export class Stage {
  #app: ServedApp | undefined
  #browser: Browser | undefined

  async start(): Promise<void> {
    this.#app = await ServedApp.start()
  }

  get app(): ServedApp {
    if (!this.#app) throw new Error("the stage has not started")
    return this.#app
  }

  /** A phone with nothing on it, until the test ends. */
  async phone(t: ExecutionContext, options: BrowserContextOptions = {}): Promise<BrowserContext> {
    this.#browser ??= await launchChromium()
    const context = await this.#browser.newContext({ viewport: PHONE_SIZE, ...options })
    t.teardown(() => context.close())
    return context
  }

  async close(): Promise<void> {
    await this.#browser?.close()
    await this.#app?.close()
  }
}

/** Declares tests of the companion where the packages are installed. */
export function onStage(
  what: string,
  declare: (stage: Stage) => void,
  needs: Parameters<typeof withPackages>[0] = ["chromium"],
): void {
  withPackages(
    needs,
    what,
    () => {
      const stage = new Stage()
      test.before(async (t) => {
        t.timeout(START_LIMIT_MS)
        await stage.start()
      })
      test.after.always(() => stage.close())
      declare(stage)
    },
    COMMAND,
  )
}
