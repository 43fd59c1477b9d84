/** Trends of ten years of daily runs: drawn within a second, by week and by month, and told in numbers. */
import test from "ava"
import { OpenApp } from "./open-app"
import { seedVersionOne } from "./seeds"
import { onStage } from "./stage"

const DAYS = 3650
const OPEN_MS = 1000

onStage("Trends in Chromium", (stage) => {
  test.serial(`the trends of ${DAYS} runs are drawn within a second`, async (t) => {
    t.timeout(120_000)
    const context = await stage.phone(t)
    await seedVersionOne(context, stage.app.besideTheApp, DAYS)
    const app = await OpenApp.open(context, stage.app.address)
    await app.runs.first().waitFor()
    const openMs = await app.page.evaluate(async () => {
      const beganMs = performance.now()
      location.hash = "#/trends"
      while (
        document.querySelector(".trend-plot:not(:has(canvas))") ||
        !document.querySelector(".trend-plot")
      )
        await new Promise((drawn) => requestAnimationFrame(drawn))
      return performance.now() - beganMs
    })
    t.log(`${openMs.toFixed(0)} ms`)
    t.true(openMs < OPEN_MS, `${openMs} ms`)
    for (const [period, rows, figures] of [
      ["Weeks", 26, 7],
      ["Months", 121, 8],
    ] as const) {
      await app.page.getByLabel(period).check()
      if (period === "Weeks") await app.page.getByText("All numbers as a table").click()
      const table = app.region("Trends in numbers")
      await table.getByRole("columnheader", { name: period.slice(0, -1), exact: true }).waitFor()
      t.is(await table.getByRole("row").count(), rows + 1, period)
      // The one pain score is years old: only the months go back to it.
      t.is(await app.main.locator(".trend-plot").count(), figures, period)
    }
    const widePx = await app.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    t.is(widePx, 0)
    t.deepEqual(app.complaints, [])
  })
})
