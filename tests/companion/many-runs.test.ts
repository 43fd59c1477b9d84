/** What years leave behind: thousands of runs open at once, also those that an older version kept; and a window that may keep nothing says so. */
import test from "ava"
import { OpenApp } from "./open-app"
import { seedVersionOne } from "./seeds"
import { onStage } from "./stage"

/** Ten years. */
const DAYS = 3650
const OPEN_MS = 1000
/** Whatever else the machine does makes a load longer, and none shorter. */
const LOADS = 3

/** Notes when the first run stands on the screen, ms from the beginning of the navigation. */
const NOTE_FIRST_RUN = `new MutationObserver((_, observer) => {
  if (!document.querySelector("a[href^='#/run/']")) return
  observer.disconnect()
  requestAnimationFrame(() => performance.mark("runs shown"))
}).observe(document, { childList: true, subtree: true })`
const SHOWN_MS = 'performance.getEntriesByName("runs shown")[0].startTime'

onStage("The companion with the runs of years", (stage) => {
  test.serial(`${DAYS} runs that version 1 kept are shown, and then open in under a second`, async (t) => {
    t.timeout(120_000)
    const context = await stage.phone(t)
    await seedVersionOne(context, stage.app.besideTheApp, DAYS)
    await context.addInitScript(NOTE_FIRST_RUN)
    const app = await OpenApp.open(context, stage.app.address)
    const shownMs = async () => {
      await app.runs.first().waitFor()
      await app.page.waitForFunction('performance.getEntriesByName("runs shown").length > 0')
      return (await app.page.evaluate(SHOWN_MS)) as number
    }
    const upgradeMs = await shownMs()
    t.regex(await app.page.evaluate("document.documentElement.dataset.scheme"), /dark/, "as was chosen then")

    const timesMs: number[] = []
    for (let load = 0; load < LOADS; load++) {
      await app.page.reload()
      timesMs.push(await shownMs())
    }
    t.log(
      `${DAYS} runs: upgraded and shown in ${upgradeMs.toFixed(0)} ms, then shown in ${timesMs.map((ms) => ms.toFixed(0)).join(", ")} ms`,
    )
    t.true(Math.min(...timesMs) < OPEN_MS, `${timesMs} ms`)

    const years = app.page.getByRole("navigation", { name: "Years" }).getByRole("link")
    let runs = 0
    for (const year of await years.all()) {
      await year.click()
      await app.page.locator("a[aria-current=page]", { hasText: (await year.textContent()) ?? "" }).waitFor()
      runs += await app.runs.count()
    }
    t.is(runs, DAYS)
    t.deepEqual(app.complaints, [])
  })

  test.serial("a window that may keep nothing says so, and how else it opens", async (t) => {
    const context = await stage.phone(t)
    // To such a page a browser gives no storage, as when the settings forbid it.
    await context.route("**/*", async (route) => {
      const response = await route.fetch()
      const headers = {
        ...response.headers(),
        "access-control-allow-origin": "*",
        "content-security-policy": "sandbox allow-scripts",
      }
      await route.fulfill({ response, headers })
    })
    const app = await OpenApp.open(context, stage.app.address)
    t.is(await app.heading.textContent(), "Patella could not be opened")
    t.regex((await app.page.getByRole("alert").textContent()) ?? "", /Open Patella in an ordinary window/)
  })
})
