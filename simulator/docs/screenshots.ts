/**
 * `npm run screenshots`: the README's pictures, taken in Debian's Chromium: of the page, docs/page-*.png, in the first scenario, standing still at the same moment of
 * the same run; and of the companion, docs/companion-*.png.
 */
import { readFileSync } from "node:fs"
import type { Browser, BrowserContextOptions } from "playwright-core"
import { bundleFirmware } from "../firmware-bundle"
import { FIRST_SCENARIO } from "../scenario/library"
import { PageServer } from "../serve/server"
import { launchChromium } from "./chromium"
import { takeCompanionPictures } from "./companion-pictures"
import { takePicture } from "./picture"

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
const PROJECT = new URL("../../", import.meta.url)

const { version } = JSON.parse(readFileSync(new URL("package.json", PROJECT), "utf8")) as { version: string }
const server = await PageServer.start({ engine: "xs", firmware: await bundleFirmware(), version, port: 0 })
try {
  const browser = await launchChromium()
  try {
    for (const [name, picture] of Object.entries(PICTURES)) await take(browser, name, picture)
    await takeCompanionPictures(browser, server.address)
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
  await takePicture(page, `docs/page-${name}.png`)
  await context.close()
}
