/** The companion in a window, as a person uses it: what is on it is found by its role and its words. */
import { readFile } from "node:fs/promises"
import type { BrowserContext, Locator, Page } from "playwright-core"

/** For whatever the app waits for on a machine that is busy. */
const PATIENCE_MS = 30_000

export const SCREENS = ["Runs", "Live", "Routines", "Trends", "Device", "Yours"] as const
export type ScreenName = (typeof SCREENS)[number]

export class OpenApp {
  readonly page: Page
  /** What the browser complained of; what the content security policy forbids is among it. */
  readonly complaints: string[] = []
  /** Hosts that something was asked of. */
  readonly hosts = new Set<string>()

  /** Waits until the first screen is shown. */
  static async open(context: BrowserContext, address: string): Promise<OpenApp> {
    const opened = new OpenApp(await context.newPage())
    await opened.page.goto(address)
    await opened.heading.waitFor()
    return opened
  }

  /** In a window that is open already. */
  static async in(page: Page): Promise<OpenApp> {
    const opened = new OpenApp(page)
    await opened.heading.waitFor()
    return opened
  }

  private constructor(page: Page) {
    this.page = page
    page.setDefaultTimeout(PATIENCE_MS)
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.complaints.push(message.text())
    })
    page.on("pageerror", (error) => this.complaints.push(String(error)))
    page.on("request", (request) => {
      const { protocol, host } = new URL(request.url())
      if (/^(http|ws)/.test(protocol)) this.hosts.add(host)
    })
  }

  get heading(): Locator {
    return this.page.getByRole("heading", { level: 1 })
  }
  get main(): Locator {
    return this.page.getByRole("main")
  }
  /** Runs in the list. */
  get runs(): Locator {
    return this.main.locator("li a[href^='#/run/']")
  }
  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true })
  }
  region(name: string): Locator {
    return this.page.getByRole("region", { name, exact: true })
  }

  /** The number that stands below a name. */
  figure(name: string): Locator {
    return this.main
      .getByRole("term")
      .filter({ hasText: new RegExp(`^${name}$`) })
      .locator("xpath=following-sibling::*[1]")
  }

  /** By the navigation. */
  async goTo(screen: ScreenName): Promise<void> {
    await this.page
      .getByRole("navigation", { name: "Screens" })
      .getByRole("link", { name: new RegExp(`^${screen}\\b`) })
      .click()
    await this.heading.filter({ hasText: screen }).waitFor()
  }

  /** The first run of the list whose line has these words, opened. */
  async openRun(words: string | RegExp = ""): Promise<void> {
    await this.runs.filter({ hasText: words }).first().click()
    await this.heading.filter({ hasText: /^Run, / }).waitFor()
  }

  /** A run's figures, by their names. */
  async figures(): Promise<Record<string, string>> {
    const figures = this.main.locator("dl.figures > div")
    const names = await figures.locator("dt").allTextContents()
    const values = await figures.locator("dd.figure").allTextContents()
    return Object.fromEntries(names.map((name, at) => [name, values[at] ?? ""]))
  }

  /** The file that a button saves. */
  async saved(button: string): Promise<{ name: string; bytes: Buffer }> {
    const [download] = await Promise.all([this.page.waitForEvent("download"), this.button(button).click()])
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
  }

  async untilWords(words: string | RegExp): Promise<void> {
    await this.main.getByText(words).first().waitFor()
  }

  /** Answers the browser's list of devices, which no page can see, with the first that is found. */
  async answerChooser(): Promise<void> {
    const devTools = await this.page.context().newCDPSession(this.page)
    await devTools.send("DeviceAccess.enable")
    devTools.on("DeviceAccess.deviceRequestPrompted", ({ id, devices }) => {
      const [first] = devices
      // It is told again with each device that is found, and takes the first answer.
      if (first) devTools.send("DeviceAccess.selectPrompt", { id, deviceId: first.id }).catch(() => {})
    })
  }

  close(): Promise<void> {
    return this.page.close()
  }
}
