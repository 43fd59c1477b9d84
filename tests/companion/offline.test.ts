/** Once visited the companion is on the phone: it opens without any network, and takes a newer version when the wearer says so. */
import test from "ava"
import { OpenApp } from "./open-app"
import { seedVersionOne } from "./seeds"
import { onStage } from "./stage"

const RUNS = 3

/** Resolves when the service worker has all files. */
const WORKER_IS_READY = "navigator.serviceWorker.ready.then(() => true)"
const IS_CONTROLLED = "navigator.serviceWorker.controller !== null"

onStage("The companion offline", (stage) => {
  test.serial("after the first visit it opens offline, with its runs and every screen", async (t) => {
    const context = await stage.phone(t)
    await seedVersionOne(context, stage.app.besideTheApp, RUNS)
    const app = await OpenApp.open(context, stage.app.address)
    await app.page.evaluate(WORKER_IS_READY)
    await context.setOffline(true)
    await app.page.reload()
    t.true(await app.page.evaluate(IS_CONTROLLED))
    await app.runs.nth(RUNS - 1).waitFor()
    t.is(await app.runs.count(), RUNS)
    for (const screen of ["Live", "Trends", "Device", "Yours", "Runs"] as const) await app.goTo(screen)
    await app.runs.first().click()
    await app.heading.filter({ hasText: /^Run, / }).waitFor()
    t.deepEqual(app.complaints, [])
  })

  test.serial("a newer version is told of, and taken when the wearer says so", async (t) => {
    const context = await stage.phone(t)
    const app = await OpenApp.open(context, stage.app.address)
    await app.page.evaluate(WORKER_IS_READY)
    const served = await stage.app.publishNext()
    const isServed = () => app.page.evaluate(() => fetch("./index.html").then((answer) => answer.text()))
    // The page that was opened first goes on with what it has.
    await app.page.reload()
    await app.region("Newer version").waitFor()
    t.notRegex(await isServed(), new RegExp(served))
    await Promise.all([app.page.waitForEvent("load"), app.button("Take it").click()])
    await app.heading.waitFor()
    t.regex(await isServed(), new RegExp(served))
    t.is(await app.region("Newer version").count(), 0)
    t.deepEqual(app.complaints, [])
  })
})
