/**
 * `npm run screenshots`: the README's pictures of the page, docs/page-*.png, taken in Debian's Chromium of the first scenario, standing still at the same moment of
 * the same run.
 */
import { readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { Browser, BrowserContextOptions, Page } from "playwright-core"
import { bundleFirmware } from "../firmware-bundle"
import { FIRST_SCENARIO } from "../scenario/library"
import { PageServer } from "../serve/server"
import { launchChromium } from "./chromium"

interface Picture {
  look: BrowserContextOptions
  /** The region at the top of the screen; left out: the page's own top. */
  from?: string
}

/** As large as the README shows them, and half as much again for sharp screens. */
const PICTURES: Readonly<Record<string, Picture>> = {
  desktop: {
    look: { viewport: { width: 1280, height: 1080 }, colorScheme: "light", deviceScaleFactor: 0.7 },
  },
  phone: {
    look: { viewport: { width: 360, height: 740 }, colorScheme: "dark", deviceScaleFactor: 1.5 },
    from: "Leg",
  },
}
const SEED = 7
/** From here on it goes slowly, to stand still soon after the first buzz. */
const SLOWLY_FROM = /run started/
const UNTIL = /bzzz/
/** What is drawn comes to rest so long after time stands still. */
const REST_MS = 1500
const MOST_BYTES = 150 * 1024
const PROJECT = new URL("../../", import.meta.url)

const { version } = JSON.parse(readFileSync(new URL("package.json", PROJECT), "utf8")) as { version: string }
const server = await PageServer.start({ engine: "xs", firmware: await bundleFirmware(), version, port: 0 })
try {
  const browser = await launchChromium()
  try {
    for (const [name, picture] of Object.entries(PICTURES)) await take(browser, name, picture)
  } finally {
    await browser.close()
  }
} finally {
  await server.close()
}

async function take(browser: Browser, name: string, { look, from }: Picture): Promise<void> {
  // Nothing that moves by itself: the same moment gives the same picture.
  const context = await browser.newContext({ ...look, reducedMotion: "reduce" })
  const page = await context.newPage()
  await page.goto(`${server.address}?scenario=${FIRST_SCENARIO}&seed=${SEED}&speed=10`)
  await page.locator("button:enabled", { hasText: /^Play$/ }).click()
  await page.getByRole("listitem").filter({ hasText: SLOWLY_FROM }).first().waitFor()
  await page.getByRole("radio", { name: "2×" }).check({ force: true })
  await page.getByRole("listitem").filter({ hasText: UNTIL }).first().waitFor({ timeout: 60_000 })
  await page.getByRole("button", { name: "Pause", exact: true }).click()
  await page.waitForTimeout(REST_MS)
  if (from !== undefined)
    await page
      .getByRole("region", { name: from })
      .evaluate((region) => (region as unknown as { scrollIntoView(): void }).scrollIntoView())
  await write(page, name)
  await context.close()
}

async function write(page: Page, name: string): Promise<void> {
  const path = `docs/page-${name}.png`
  const bytes = await page.screenshot()
  if (bytes.length > MOST_BYTES)
    throw new Error(
      `${path} would be ${bytes.length} bytes: more than ${MOST_BYTES} a README should not load`,
    )
  writeFileSync(fileURLToPath(new URL(path, PROJECT)), bytes)
  process.stdout.write(`${path} ${bytes.length} bytes\n`)
}
