/** The simulator's page in one window, and in a second one the companion that it opens, at the device that the page simulates. */
import type { ExecutionContext } from "ava"
import type { BrowserContext } from "playwright-core"
import type { Scenario } from "../../simulator/scenario/scenario"
import type { OpenPage } from "../page/open-page"
import { onStage, type Stage } from "../page/stage"
import { OpenApp } from "./open-app"
import { COMMAND, PHONE_SIZE } from "./stage"

/** Declares tests where Chromium is installed. */
export function onAir(what: string, declare: (air: Air) => void): void {
  onStage(what, (stage) => declare(new Air(stage)), COMMAND)
}

export class Air {
  readonly #stage: Stage

  constructor(stage: Stage) {
    this.#stage = stage
  }

  /** The page, which plays at the runner's own speed until the test ends. */
  async play(t: ExecutionContext, scenario: Scenario): Promise<OpenPage> {
    const page = await this.#stage.open("?speed=1")
    t.teardown(() => page.close())
    const buffer = Buffer.from(JSON.stringify(scenario))
    await page.page
      .locator("input[type=file]")
      .setInputFiles({ name: "scenario.json", mimeType: "application/json", buffer })
    await page.button("Pause").waitFor()
    await page.untilValue("Device", "calibrated", /./)
    return page
  }

  /** A page of the companion's origin without the companion. */
  get besideTheApp(): string {
    return `${this.#stage.address}companion/icon.svg`
  }

  /** Ends the simulator. */
  async end(): Promise<void> {
    await this.#stage.stopServer()
  }
}

export function contextOf(page: OpenPage): BrowserContext {
  return page.page.context()
}

/** By the page's link. */
export async function openCompanion(page: OpenPage): Promise<OpenApp> {
  const opened = contextOf(page).waitForEvent("page")
  await page.page.getByRole("link", { name: "Open the companion" }).click()
  const window = await opened
  await window.setViewportSize(PHONE_SIZE)
  return OpenApp.in(window)
}

/** The companion, let in by the button and with all runs fetched. */
export async function connectCompanion(page: OpenPage): Promise<OpenApp> {
  const app = await openCompanion(page)
  await app.goTo("Device")
  await page.button("Press").click()
  await app.button("Choose a device").click()
  await app.button("Look for new runs").waitFor()
  return app
}
