/** The page in a real browser over the real server: axe finds nothing, nothing is asked for elsewhere, and nobody has to scroll sideways. */
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import test, { type ExecutionContext } from "ava"
import type { AxeResults } from "axe-core"
import type { Browser, Page } from "playwright-core"
import { launchChromium } from "../../simulator/docs/chromium"
import { bundleFirmware } from "../../simulator/firmware-bundle"
import { PageServer } from "../../simulator/serve/server"
import { withPackages } from "../clients/installed"

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")
const SIZES = { "a desk's": { width: 1280, height: 800 }, "a phone's": { width: 360, height: 740 } } as const
const DAY = {
  title: "Three bends",
  description: "Stands, bends as one calibrates, stands.",
  steps: [
    { do: "stand", forS: 6 },
    { do: "bend", times: 3, alike: true },
    { do: "stand", forS: 3 },
  ],
}
const LONG_MS = 60_000

let server: PageServer
let browser: Browser

withPackages(["chromium"], "the page in a browser", () => {
  test.before(async () => {
    server = await PageServer.start({
      engine: "node",
      port: 0,
      version: "test",
      firmware: await bundleFirmware(),
    })
    browser = await launchChromium()
  })
  test.after.always(async () => {
    await browser?.close()
    await server?.close()
  })

  for (const colorScheme of ["light", "dark"] as const) {
    for (const [whose, viewport] of Object.entries(SIZES)) {
      test.serial(`${colorScheme}, on ${whose} screen: idle, refused, running and done`, async (t) => {
        t.timeout(4 * LONG_MS)
        const context = await browser.newContext({ colorScheme, viewport })
        t.teardown(() => context.close())
        await visit(t, await context.newPage())
      })
    }
  }
})

async function visit(t: ExecutionContext, page: Page): Promise<void> {
  const wrong: string[] = []
  page.on("pageerror", (error) => wrong.push(error.message))
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") wrong.push(message.text())
  })
  page.on("request", (request) => {
    if (new URL(request.url()).host !== new URL(server.address).host) wrong.push(`asked ${request.url()}`)
  })
  page.setDefaultTimeout(LONG_MS)
  await page.goto(`${server.address}?speed=most`)
  const play = page.locator("button.primary:enabled", { hasText: /^(Play|Play again)$/ })
  await play.waitFor()
  await look(t, page, "idle")

  await drop(page, "bad.csv", "time_s,ax_g\n0,none\n")
  await page.getByText("It could not be played").waitFor()
  await look(t, page, "refused")

  await drop(page, "three-bends.json", JSON.stringify(DAY))
  await page.locator("#report").waitFor({ state: "attached" })
  await look(t, page, "done")
  const report = JSON.parse((await page.locator("#report").textContent()) ?? "")
  t.true(report.json.calibrated)
  t.regex(
    (await page.locator(".command code").textContent()) ?? "",
    /^npm run --silent simulate -- three-bends\.json --seed \d+/,
  )

  await page.locator(".speeds label").first().click()
  await play.click()
  await page.locator("button.primary", { hasText: "Pause" }).waitFor()
  await page.locator(".times", { hasText: /^\s*0:0[1-9]/ }).waitFor()
  await look(t, page, "running")
  await page.keyboard.press("Space")
  await page.locator("button.primary", { hasText: "Go on" }).waitFor()
  t.deepEqual(wrong, [])
}

async function drop(page: Page, name: string, text: string): Promise<void> {
  await page
    .locator("input[type=file]")
    .setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) })
}

/** By axe, and whether all of it fits the screen's width. */
async function look(t: ExecutionContext, page: Page, state: string): Promise<void> {
  await page.evaluate(AXE)
  const { violations } = (await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] })",
  )) as AxeResults
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
  )
  t.deepEqual(found, [], `axe, ${state}`)
  t.true(
    (await page.evaluate("document.documentElement.scrollWidth - innerWidth")) === 0,
    `as wide as its screen, ${state}`,
  )
}
