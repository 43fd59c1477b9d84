/** With the device connected: it is calibrated step by step, what the knee does is shown as it does it, and what is set is set on the device. */
import test, { type ExecutionContext } from "ava"
import type { Locator } from "playwright-core"
import type { Scenario } from "../../simulator/scenario/scenario"
import type { OpenPage } from "../page/open-page"
import { lookByDayAndNight } from "./look"
import { connectCompanion, contextOf, onAir } from "./on-air"
import type { OpenApp } from "./open-app"
import { seedDevice } from "./seeds"

/** Stands as long as it takes to connect, and runs as long as one looks. */
const RUN: Scenario = {
  title: "Bends and a run",
  description: "Standing for long, bends, a run.",
  steps: [
    { do: "stand", forS: 40 },
    { do: "bend", times: 3, alike: true },
    { do: "stand", forS: 5 },
    { do: "run", forS: 240, speedMs: 3 },
    { do: "stand", forS: 5 },
  ],
}
const STANDING: Scenario = { title: "Standing", description: "No run.", steps: [{ do: "stand", forS: 60 }] }

/** Marks on so many days suggest a threshold. */
const DAYS = 5
/** Four fifths of the seeded runs' 74, rounded down. */
const AFTER_PAIN_WORDS =
  "The device would buzz after 50 compressions, and again every 10. Now it does after 2,500 compressions, and again every 500."
/** Just below the depth of the seeded marks. */
const SUGGESTED_DEG = 43

onAir("The companion with a device", (air) => {
  test.serial("the device answers the steps of a calibration, and the run is shown as it goes", async (t) => {
    const page = await air.play(t, RUN)
    const app = await connectCompanion(page)
    await calibrate(t, app, page)
    await app.page.getByRole("link", { name: "To the run" }).click()
    await followRun(t, app, page)
    t.deepEqual(app.complaints, [])
  })

  test.serial("what is set is on the device; what it cannot be is refused in words; it buzzes", async (t) => {
    const page = await air.play(t, STANDING)
    const app = await connectCompanion(page)
    const charge = await page.valueOf("Device", "cell")
    const [, percent] = /says (\d+) %/.exec(charge) ?? []
    await app.region("Patella").getByText(`${percent} %`, { exact: true }).waitFor()
    await openSettings(app)
    await lookByDayAndNight(t, app, "settings")

    const threshold = setting(app, "Your threshold")
    t.is(await threshold.value.inputValue(), "30")
    await threshold.value.fill("90")
    await threshold.form.getByText("It takes whole numbers from 20 to 60.").waitFor()
    t.true(await threshold.set.isDisabled())
    await lookByDayAndNight(t, app, "a setting is refused")
    await threshold.value.fill("35")
    await threshold.set.click()
    await threshold.form.getByText("Set to 35°. A change holds from the next run on.").waitFor()
    await page.untilSaid(/write Settings.*thresholdDeg 35/)
    const limit = setting(app, "Buzz after so many compressions")
    await limit.value.fill("1500")
    await limit.set.click()
    await limit.form.getByText("Set to 1500 compressions. A change holds at once.").waitFor()

    await untilItBuzzes(page, () => app.button("Test buzz").click())
    await app.untilWords("It buzzes now, as when it has been enough.")
    await page.untilValue("Device", "motor", /still/)
    await untilItBuzzes(page, () => app.button("Find it").click())
    await app.untilWords("It buzzes now.")
    await page.untilSaid(/write Command.*find me/)
    await app.region("Check").getByText(`${percent} %`, { exact: true }).waitFor()
    await app.button("Self-test").click()
    await app.page.getByRole("list", { name: "Self-test" }).getByText("✓ runs can be stored").waitFor()
    await lookByDayAndNight(t, app, "a self-test")

    await app.page.reload()
    await app.goTo("Device")
    await app.button("Connect Patella").click()
    await app.button("Look for new runs").waitFor()
    await openSettings(app)
    t.is(await threshold.value.inputValue(), "35")
    t.is(await limit.value.inputValue(), "1500")
    t.deepEqual(app.complaints, [])
  })

  test.serial("a threshold from pain marks is set by a tap alone, and can be undone", async (t) => {
    const page = await air.play(t, STANDING)
    const app = await connectCompanion(page)
    await seedDevice(contextOf(page), air.besideTheApp, DAYS)
    await openSettings(app)
    const suggestion = app.region("From your pain marks")
    await suggestion.getByText(`A threshold of ${SUGGESTED_DEG}° would count the bends`).waitFor()
    await lookByDayAndNight(t, app, "a suggestion")
    const { value } = setting(app, "Your threshold")
    t.is(await value.inputValue(), "30")
    t.is(await page.said(/write Settings/).count(), 0)

    await app.button(`Set ${SUGGESTED_DEG}°`).click()
    await app.button("Undo: 30°").waitFor()
    t.is(await value.inputValue(), String(SUGGESTED_DEG))
    await page.untilSaid(new RegExp(`write Settings.*thresholdDeg ${SUGGESTED_DEG}`))
    await app.button("Undo: 30°").click()
    await app.button(`Set ${SUGGESTED_DEG}°`).waitFor()
    t.is(await value.inputValue(), "30")
    t.deepEqual(app.complaints, [])
  })

  test.serial("a limit for the next run is set by a tap alone, and can be undone", async (t) => {
    const page = await air.play(t, STANDING)
    const app = await connectCompanion(page)
    await seedDevice(contextOf(page), air.besideTheApp, DAYS)
    await app.goTo("Runs")
    await app.openRun()
    const next = app.region("Next run")
    await next.getByText("Your last run hurt").waitFor()
    await next.getByText(AFTER_PAIN_WORDS).waitFor()
    await lookByDayAndNight(t, app, "a run with a plan")
    t.is(await page.said(/write Settings/).count(), 0)

    await app.button("Set 50 compressions").click()
    await app.button("Undo: 2,500").waitFor()
    await page.untilSaid(/write Settings.*overloadCompressions 50/)
    await page.untilSaid(/write Settings.*overloadCompressionsAgain 10/)
    await next.getByText("Your limit is low enough: 50.").waitFor()
    await openSettings(app)
    const { value } = setting(app, "Buzz after so many compressions")
    t.is(await value.inputValue(), "50")
    await value.fill("2500")
    await value.press("Enter")
    await app.region("Next run").getByRole("button", { name: "Set 50 compressions" }).click()
    await app.button("Undo: 2,500").first().click()
    await app.button("Set 50 compressions").waitFor()
    t.is(await value.inputValue(), "2500")
    t.deepEqual(app.complaints, [])
  })
})

/** The wearer bends once all steps were read. */
async function calibrate(t: ExecutionContext, app: OpenApp, page: OpenPage): Promise<void> {
  await page.pause()
  await app.page.getByRole("link", { name: "Calibrate" }).click()
  await app.region("1 of 3: Strap it on").waitFor()
  await app.untilWords("The device does not know yet how it sits.")
  await lookByDayAndNight(t, app, "strap")
  await app.button("It sits").click()
  await app.region("2 of 3: Stand still").waitFor()
  await lookByDayAndNight(t, app, "stand still")
  await app.button("I stood still").click()
  await app.region("3 of 3: Three small knee bends").waitFor()
  await app.untilWords("The device waits for your three bends.")
  await lookByDayAndNight(t, app, "bends")
  t.is(await app.region("Done: it knows how it sits").count(), 0)
  await page.button("Go on").click()
  await page.chooseSpeed("10×")
  await app.region("Done: it knows how it sits").waitFor()
  await page.chooseSpeed("1×")
  await untilGauge(app, /bent by/)
  await lookByDayAndNight(t, app, "calibrated")
}

/** On the screen "Live", from the run's begin. */
async function followRun(t: ExecutionContext, app: OpenApp, page: OpenPage): Promise<void> {
  await page.chooseSpeed("5×")
  await app.region("Knee, running").waitFor()
  for (const words of [/bent by \d°/, /bent by [3-9]\d°/]) await untilGauge(app, words)
  const first = await drawn(app)
  await app.page.waitForFunction(
    (line) => document.querySelector(".trace-line")?.getAttribute("d") !== line,
    first,
  )
  await app.page.getByRole("img", { name: /last ten seconds: from -?\d° to [5-9]\d°/ }).waitFor()
  const [strides, compressions] = [app.figure("strides"), app.figure("compressions")]
  const before = Number(await strides.textContent())
  await strides.filter({ hasNotText: new RegExp(`^${before}$`) }).waitFor()
  t.true(Number(await strides.textContent()) > before)
  await compressions.filter({ hasText: /^[1-9]\d*$/ }).waitFor()
  await app
    .figure("steps a minute")
    .filter({ hasText: /^1[4-9]\d$/ })
    .waitFor()
  await page.chooseSpeed("1×")
  await lookByDayAndNight(t, app, "live")
  await app.button("It hurts").click()
  await app.untilWords(/Marked in your run\. Stop if it hurts/)
  await page.untilNews(/pain marked/)
  await app.button("End the run").click()
  await app.untilWords("The run has ended.")
  await page.untilNews(/run ended/)
}

/** What a screen reader gets of it; a stride is over soon, so every frame is looked at. */
async function untilGauge(app: OpenApp, words: RegExp): Promise<void> {
  await app.page.waitForFunction(
    (source) =>
      new RegExp(source).test(document.querySelector(".gauge [role=img]")?.getAttribute("aria-label") ?? ""),
    words.source,
  )
}

function drawn(app: OpenApp): Promise<string | null> {
  return app.page.locator(".trace-line").getAttribute("d")
}

/** Hears it on the simulator's page, where a buzz is over soon: it listens before it asks. */
async function untilItBuzzes(page: OpenPage, ask: () => Promise<void>): Promise<void> {
  const heard = await page.value("Device", "motor").evaluateHandle((motor) => {
    const told = { buzzes: false }
    new MutationObserver(() => {
      told.buzzes ||= motor.textContent === "buzzes"
    }).observe(motor, { characterData: true, childList: true, subtree: true })
    return told
  })
  await ask()
  await page.page.waitForFunction((told) => told.buzzes, heard)
}

async function openSettings(app: OpenApp): Promise<void> {
  await app.goTo("Device")
  await app.page.getByRole("link", { name: "Settings and check" }).click()
  await app.region("Threshold").waitFor()
}

function setting(app: OpenApp, title: string): { form: Locator; value: Locator; set: Locator } {
  const value = app.page.getByRole("textbox", { name: title, exact: true })
  const form = app.main.locator("form").filter({ has: value })
  return { form, value, set: form.getByRole("button", { name: "Set", exact: true }) }
}
