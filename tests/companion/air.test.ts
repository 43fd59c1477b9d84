/** The companion that the simulator's page opens: let in by the page's button, it has the runs that the device keeps; without a device it says why. */
import test from "ava"
import type { Scenario } from "../../simulator/scenario/scenario"
import type { OpenPage } from "../page/open-page"
import { lookByDayAndNight } from "./look"
import { connectCompanion, onAir, openCompanion } from "./on-air"

/** Slow at first, for who has to press and choose meanwhile; the run is closed some seconds after the motion. */
const RUN: Scenario = {
  title: "A short run",
  description: "Standing for long, bends, a run.",
  device: { settings: { pauseLimitS: 10 } },
  steps: [
    { do: "stand", forS: 60 },
    { do: "bend", times: 3, alike: true },
    { do: "stand", forS: 3 },
    { do: "run", forS: 25, speedMs: 3 },
    { do: "stand", forS: 5 },
  ],
}
const STANDING: Scenario = { title: "Standing", description: "No run.", steps: [{ do: "stand", forS: 60 }] }

const NO_DEVICE = "The simulator has no device for this app now."

onAir("The companion on the simulator's air", (air) => {
  test.serial(
    "refused until the button is pressed, it then fetches the run that the device keeps",
    async (t) => {
      const page = await air.play(t, RUN)
      const app = await openCompanion(page)
      await app.goTo("Device")
      await app.button("Choose a device").click()
      await app.region("Press the button of the device").waitFor()
      await page.untilNews(/phone refused/)
      t.is(await app.button("Look for new runs").count(), 0)
      await lookByDayAndNight(t, app, "pairing")

      await page.button("Press").click()
      await app.untilWords("You have all runs of this device.")
      await app.button("Look for new runs").waitFor()
      await page.page.getByText("the companion is connected", { exact: true }).waitFor()
      await lookByDayAndNight(t, app, "connected")

      await page.chooseSpeed("10×")
      await page.untilNews(/run ended/)
      const [, compressions] = /run 1: \d+ strides, (\d+) compressions/.exec((await page.news()).join()) ?? []
      await app.button("Look for new runs").click()
      await app.untilWords("1 new run fetched.")
      await lookByDayAndNight(t, app, "a run has come")
      await app.goTo("Runs")
      t.is(await app.runs.count(), 1)
      await app.runs.click()
      await app.heading.filter({ hasText: /^Run, / }).waitFor()
      t.is(await app.figure("Past 30°").textContent(), compressions ?? "")
      t.deepEqual(app.complaints, [])
    },
  )

  test.serial("when the motion is over it says what to press, and that is the way to a device", async (t) => {
    const page = await air.play(t, STANDING)
    const app = await connectCompanion(page)
    await app.button("Disconnect").click()
    await page.chooseSpeed("most")
    await page.untilDone()

    await app.button("Choose a device").click()
    await app.untilWords(NO_DEVICE)
    await app.untilWords(/Press Play on the simulator's page, then try again/)
    await lookByDayAndNight(t, app, "no device")
    await page.chooseSpeed("1×")
    await playAgain(page)
    await app.button("Choose a device").click()
    await app.region("Press the button of the device").waitFor()
    await page.button("Press").click()
    await app.button("Look for new runs").waitFor()
    t.is(await app.main.getByText(NO_DEVICE).count(), 0)
    t.deepEqual(app.complaints, [])
  })

  test.serial("a page that is closed is a connection that is lost, and then no device", async (t) => {
    const page = await air.play(t, STANDING)
    const app = await connectCompanion(page)
    await page.page.close()
    await app.untilWords("The connection was lost.")
    await app.button("Connect again").click()
    await app.untilWords(NO_DEVICE)
    t.deepEqual(app.complaints, [])
  })

  test.serial("so is a simulator that has ended", async (t) => {
    const page = await air.play(t, STANDING)
    const app = await connectCompanion(page)
    await air.end()
    await app.untilWords("The connection was lost.")
    await app.button("Connect again").click()
    await app.untilWords(NO_DEVICE)
    await app.untilWords(/if the simulator has ended, start it again/)
    t.deepEqual(
      app.complaints.filter((words) => !/WebSocket|ERR_CONNECTION/.test(words)),
      [],
    )
  })
})

async function playAgain(page: OpenPage): Promise<void> {
  await page.button("Play again").click()
  await page.button("Pause").waitFor()
}
