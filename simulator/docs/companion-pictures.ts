/**
 * The README's pictures of the companion on a phone: a runner's weeks (companion-backup.ts) brought in as the app's own backup, and the device of the page's first
 * scenario in mid-run, over the simulator's air.
 */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core"
import { FIRST_SCENARIO } from "../scenario/library"
import { COMPANION_PATH } from "../serve/messages"
import { companionBackup, NOW_MS, ZONE } from "./companion-backup"
import { takePicture } from "./picture"

const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  timezoneId: ZONE,
  locale: "en-GB",
  reducedMotion: "reduce",
}
const SEED = 7
/** What is drawn comes to rest so long after it was asked for. */
const REST_MS = 1000
/** Until the first buzz of the run, and some. */
const PATIENCE_MS = 60_000

/** @param address of the simulator's server, with a slash at its end */
export async function takeCompanionPictures(browser: Browser, address: string): Promise<void> {
  await takeRuns(browser, address)
  await takeLive(browser, address)
}

async function takeRuns(browser: Browser, address: string): Promise<void> {
  const context = await browser.newContext(PHONE)
  const page = await context.newPage()
  await page.clock.setFixedTime(NOW_MS)
  await page.goto(`${address}${COMPANION_PATH.slice(1)}#/yours`)
  const buffer = Buffer.from(await companionBackup())
  await page
    .getByLabel("Backup file")
    .setInputFiles({ name: "backup.json", mimeType: "application/json", buffer })
  await page.getByText(/\d runs added/).waitFor()

  await goTo(page, "Runs")
  await take(page, "runs")
  await page.locator("a[href^='#/run/']").first().click()
  await take(page, "run", "Over the run")
  await page.getByRole("link", { name: "Report for your physiotherapist" }).click()
  await take(page, "report", "How deep")
  await goTo(page, "Trends")
  await take(page, "trends", "Strides past your threshold")
  await context.close()
}

/** In mid-run, standing still. */
async function takeLive(browser: Browser, address: string): Promise<void> {
  const context = await browser.newContext({ ...PHONE, colorScheme: "dark" })
  const desk = await context.newPage()
  await desk.goto(`${address}?scenario=${FIRST_SCENARIO}&seed=${SEED}&speed=2`)
  await desk.locator("button:enabled", { hasText: /^Play$/ }).click()
  const page = await companionOf(context, desk)
  await page.getByRole("button", { name: "Choose a device" }).click()
  await page.getByRole("region", { name: "Press the button of the device" }).waitFor()
  await desk.getByRole("button", { name: "Press", exact: true }).click()
  await page.getByRole("button", { name: "Look for new runs" }).waitFor({ timeout: PATIENCE_MS })
  await goTo(page, "Live")
  await desk.getByRole("listitem").filter({ hasText: /bzzz/ }).first().waitFor({ timeout: PATIENCE_MS })
  await desk.getByRole("button", { name: "Pause", exact: true }).click()
  await take(page, "live")
  await context.close()
}

/** By the page's own link, which knows whose device it is. */
async function companionOf(context: BrowserContext, desk: Page): Promise<Page> {
  const opened = context.waitForEvent("page")
  await desk.getByRole("link", { name: "Open the companion" }).click()
  const page = await opened
  await page
    .getByRole("navigation", { name: "Screens" })
    .getByRole("link", { name: /^Device/ })
    .click()
  return page
}

async function goTo(page: Page, screen: string): Promise<void> {
  await page
    .getByRole("navigation", { name: "Screens" })
    .getByRole("link", { name: new RegExp(`^${screen}`) })
    .click()
  await page.getByRole("heading", { level: 1, name: screen }).waitFor()
}

/** @param from the heading at the top of the screen; left out: the page's own top */
async function take(page: Page, name: string, from?: string): Promise<void> {
  if (from !== undefined)
    await page.getByRole("heading", { name: from }).evaluate((heading) => {
      ;(heading as unknown as { scrollIntoView(): void }).scrollIntoView()
      ;(globalThis as unknown as { scrollBy(x: number, y: number): void }).scrollBy(0, -24)
    })
  await page.waitForTimeout(REST_MS)
  await takePicture(page, `docs/companion-${name}.png`)
}
