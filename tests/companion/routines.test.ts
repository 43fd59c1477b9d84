/** Routines on a connected device: the words about safety before the first, the readiness test from its begin to its result, one by taps alone, and pain. */
import test, { type ExecutionContext } from "ava"
import type { JSHandle } from "playwright-core"
import type { Scenario } from "../../simulator/scenario/scenario"
import { lookByDayAndNight } from "./look"
import { connectCompanion, onAir } from "./on-air"
import { type OpenApp, SCREENS } from "./open-app"
import { PHONE_SIZE } from "./stage"

const READINESS = "Is the knee ready?"
const NARROWEST = { width: 320, height: 640 }
const BREATH = "Tighten and let go, with the breath"
const SPOTS = "Tender spots in the thigh"

/** The test gives up when a minute has no bend. */
const BENDS_SOON_S = 135
/** Stands as long as it takes to connect, and later until the test's own bends are asked for. */
const BENDS: Scenario = {
  title: "Bends for a test",
  description: "Standing, bends to calibrate, standing, bends of a readiness test, standing.",
  steps: [
    { do: "stand", forS: 60 },
    { do: "bend", times: 3, alike: true },
    { do: "stand", forS: 90 },
    { do: "bend", times: 3, alike: true },
    { do: "stand", forS: 600 },
  ],
}

onAir("Routines in the companion", (air) => {
  test.serial(
    "the readiness test is begun, answered and told, and its result is kept with the day",
    async (t) => {
      t.timeout(170_000)
      const page = await air.play(t, BENDS)
      const app = await connectCompanion(page)
      await app.goTo("Routines")
      await lookByDayAndNight(t, app, "routines")
      await fitsNarrowest(t, app)
      await readSafety(t, app)
      await lookByDayAndNight(t, app, "a routine")
      await app.page.getByRole("link", { name: "Calibrate first" }).waitFor()
      await page.chooseSpeed("10×")
      await app.button("Begin on the device").waitFor()
      await page.chooseSpeed("1×")
      await app.button("Begin on the device").click()
      await app.region("Stand by a wall").waitFor()
      await app.untilWords("Step 1 of 4")
      await page.untilSaid(/write Coach.*start/)
      await lookByDayAndNight(t, app, "getting ready")
      await page.chooseSpeed("10×")
      await page.untilTime(BENDS_SOON_S)
      await page.chooseSpeed("1×")
      await app.button("Next").click()

      const bends = app.region("Three small bends")
      await bends.getByText("0 of 3 bends").waitFor()
      await lookByDayAndNight(t, app, "a test")
      await page.chooseSpeed("5×")
      await bends.getByText("1 of 3 bends").waitFor()
      await bends.getByText(/Last bend [2-5]\d°, asked for 30°/).waitFor()
      await app.region("Did it hurt?").waitFor()
      await page.chooseSpeed("1×")
      t.is(await app.button("Next").count(), 0)
      await lookByDayAndNight(t, app, "the question")
      await app.button("No pain").click()
      await app.region("Three squats, heels down").getByText("only if you want to").waitFor()
      await app.button("Next").click()
      await app.region("Ready").getByText("no promise").waitFor()
      await lookByDayAndNight(t, app, "a result")
      await app.page.getByRole("link", { name: "To the routines" }).click()
      await app
        .region("Before a run")
        .getByText(/Today at \d\d:\d\d: Ready/)
        .waitFor()
      await app.untilWords(/3 bends, half of them to about \d\d° or more, no pain/)

      await hurts(app)
      await app.region("Warm up and try again").getByText("Stop if it hurts.").waitFor()
      await hurts(app)
      await app.region("Not today").getByRole("heading", { name: "Get help the same day" }).waitFor()
      await lookByDayAndNight(t, app, "not today")
      await app.goTo("Routines")
      await app
        .region("Before a run")
        .getByText(/Today at \d\d:\d\d: Not today/)
        .waitFor()
      await app.region("Before a run").getByText("When to see somebody").click()
      await lookByDayAndNight(t, app, "not today, among the routines")
      t.deepEqual(app.complaints, [])
    },
  )

  test.serial("a routine goes to its end by Next alone, and on without the phone's screen", async (t) => {
    const page = await air.play(t, BENDS)
    const app = await connectCompanion(page)
    await app.goTo("Routines")
    await readSafety(t, app)
    await app.goTo("Routines")
    await begin(app, BREATH)
    await app.button("Next").click()
    const breaths = app.region("Six breaths")
    await breaths.getByText("In, and tighten").first().waitFor()
    await lookByDayAndNight(t, app, "a breath")
    t.is(await circle(app), "none")
    await app.page.emulateMedia({ reducedMotion: "no-preference" })
    t.regex(await circle(app), /^matrix/)
    await breaths.getByText("Out, and let go").first().waitFor()
    await app.goTo("Runs")
    await app.goTo("Routines")
    await app.region("Going on now").getByText(BREATH).waitFor()
    await lookByDayAndNight(t, app, "one going on")
    await app.page.getByRole("link", { name: "Show it" }).click()
    await breaths.getByText(/[1-5] of 6 breaths/).waitFor()
    const heard = await listen(app)
    await app.page.getByRole("checkbox", { name: "Count aloud on this phone" }).check()
    await app.page.waitForFunction((said) => said.length > 2, heard)
    t.deepEqual([...new Set(await heard.jsonValue())].sort(), [
      "Counting aloud",
      "In, and tighten",
      "Out, and let go",
    ])
    await app.button("Next").click()
    await app.region("Done").waitFor()

    await app.goTo("Routines")
    await begin(app, SPOTS)
    for (const step of ["Find the spots", "Press and wait", "Bend and straighten"]) {
      await app.region(step).waitFor()
      await lookByDayAndNight(t, app, step)
      t.true(await app.page.getByRole("checkbox", { name: "Count aloud on this phone" }).isChecked())
      await app.button("Next").click()
    }
    await app.region("Done").waitFor()
    await app.goTo("Routines")
    await begin(app, SPOTS)
    await page.button("Press").click()
    await app.region("Press and wait").waitFor()
    await app.button("Stop").click()
    await app.region("Done").waitFor()
    t.deepEqual(app.complaints, [])
  })
})

/** The names of all screens, side by side. */
async function fitsNarrowest(t: ExecutionContext, { page }: OpenApp): Promise<void> {
  await page.setViewportSize(NARROWEST)
  const names = await page.locator(".navigation a").all()
  const widths = await Promise.all(
    names.map((name) => name.evaluate((one) => one.scrollWidth - one.clientWidth)),
  )
  t.deepEqual(widths, Array(SCREENS.length).fill(0))
  await page.setViewportSize(PHONE_SIZE)
}

/** Before the first routine ever. */
async function readSafety(t: ExecutionContext, app: OpenApp): Promise<void> {
  await app.page.getByRole("link", { name: READINESS }).click()
  await app.heading.filter({ hasText: "Before you begin" }).waitFor()
  t.is(await app.region("Begin").count(), 0)
  await lookByDayAndNight(t, app, "before you begin")
  await app.button("I have read this").click()
  await app.region("Begin").waitFor()
  t.is(await app.heading.textContent(), READINESS)
}

/** How the breath's circle is drawn now. */
function circle({ page }: OpenApp): Promise<string> {
  return page.locator(".breath-air").evaluate((one) => getComputedStyle(one).transform)
}

/** What the browser is told to say, from now on. */
function listen({ page }: OpenApp): Promise<JSHandle<string[]>> {
  return page.evaluateHandle(() => {
    const said: string[] = []
    SpeechSynthesis.prototype.speak = ({ text }) => void said.push(text)
    return said
  })
}

/** From the routines. */
async function begin(app: OpenApp, routine: string): Promise<void> {
  await app.page.getByRole("link", { name: routine }).click()
  await app.button("Begin on the device").click()
  await app.button("Next").waitFor()
}

/** A readiness test that is ended by pain. */
async function hurts(app: OpenApp): Promise<void> {
  await app.goTo("Routines")
  await begin(app, READINESS)
  await app.button("It hurts").click()
}
