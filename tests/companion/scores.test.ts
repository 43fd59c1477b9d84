/** Pain scores as a wearer gives them, by keyboard: each when it is due, kept, corrected, and read by the rule. The phone's clock is moved. */
import test from "ava"
import type { BrowserContext } from "playwright-core"
import { DAY_S, kept, SUNDAY_S } from "../phone/runs/made-runs"
import { OpenApp } from "./open-app"
import { type Seed, seed } from "./seeds"
import { onStage } from "./stage"

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** 07:05 to 07:45 by the clocks of the run. */
const END_MS = SUNDAY_S * 1000 + 40 * MINUTE_MS
/** 05:00 by those. */
const MORNING_MS = Date.UTC(2026, 4, 4, 3)

const RUN = kept({ id: 9 })
const USUAL = kept({ id: 8 }, { unixS: SUNDAY_S - DAY_S })
/** On the morning of the run 2 was usual. */
const BEFORE: Seed = {
  runs: [USUAL, RUN],
  scores: [{ runKey: USUAL.key, time: "morning", score: 2, givenMs: SUNDAY_S * 1000 - HOUR_MS }],
}
const ASKED = {
  after: "How much did your knee hurt at most during your run of Sun, 3 May 2026, 07:05?",
  hour: "How is your knee now, an hour after your run of Sun, 3 May 2026, 07:05?",
  morning: "How is your knee this morning, after your run of Sun, 3 May 2026, 07:05?",
} as const

onStage("Pain scores", (stage) => {
  test.serial("are asked for when they are due, given by keyboard, kept, and corrected later", async (t) => {
    const context = await stage.phone(t)
    await seed(context, stage.app.besideTheApp, BEFORE)
    const app = await openedAt(context, END_MS + 5 * MINUTE_MS)
    await app.region(ASKED.after).waitFor()
    await give(app, 2)
    await app.untilWords("2 of 10 is kept.")
    t.is(await app.page.evaluate("document.activeElement.tagName"), "H1")
    t.is(await app.main.getByRole("region", { name: /your knee/ }).count(), 0)

    await comeBackAt(app, END_MS + HOUR_MS - MINUTE_MS)
    t.is(await app.main.getByRole("region", { name: /your knee/ }).count(), 0)
    await comeBackAt(app, END_MS + HOUR_MS)
    await app.region(ASKED.hour).waitFor()
    await give(app, 4)
    await app.untilWords("4 of 10 is kept.")

    await comeBackAt(app, MORNING_MS)
    await app.region(ASKED.morning).waitFor()
    await give(app, 1)
    await app.untilWords("1 of 10 is kept.")

    await app.page.reload()
    await app.openRun("07:05")
    const panel = app.region("Pain around this run")
    t.deepEqual(await panel.locator("[aria-pressed=true]").allTextContents(), ["2", "4", "1"])
    await panel.getByText("An hour after 4 of 10, usual is 2: not back to usual.").waitFor()
    await panel.getByText("This run was more than the rule allows.").waitFor()

    // It was 2: said the next morning, it still tells of the hour.
    await panel.getByText("Correct it").nth(1).focus()
    await app.page.keyboard.press("Enter")
    await press(app, "An hour after, pain from 0 to 10", 2)
    await panel.getByText("An hour after 2 of 10, usual is 2: back to usual.").waitFor()
    await panel.getByText("This run kept to the rule.").waitFor()
    t.is(await app.page.evaluate("document.activeElement.textContent"), "2", "the focus stays")
    await app.page.reload()
    await panel.getByText("This run kept to the rule.").waitFor()
    t.deepEqual(app.complaints, [])
  })

  test.serial("are not asked for before their time on the run's own screen either", async (t) => {
    const context = await stage.phone(t)
    await seed(context, stage.app.besideTheApp, BEFORE)
    const app = await openedAt(context, END_MS)
    await app.openRun("07:05")
    const panel = app.region("Pain around this run")
    const section = (name: string) => panel.getByRole("region", { name, exact: true })
    t.is(await panel.getByRole("button").count(), 11, "one score is asked for")
    await section("An hour after").getByText("From 08:45 on Sun, 3 May 2026.").waitFor()
    await section("The next morning").getByText("From 05:00 on Mon, 4 May 2026.").waitFor()
    await press(app, "During the run, pain from 0 to 10", 3)
    await section("During the run").getByText("During the run 3 of 10: above 2.").waitFor()
    t.is(await app.page.evaluate("document.activeElement.textContent"), "3", "the focus stays")

    await comeBackAt(app, END_MS + HOUR_MS)
    await section("An hour after").getByRole("button", { name: "0", exact: true }).waitFor()
    await comeBackAt(app, END_MS + 5 * HOUR_MS)
    t.is(await section("The next morning").getByText("Give a score").count(), 0)
    await comeBackAt(app, MORNING_MS)
    await section("The next morning").getByRole("button", { name: "0", exact: true }).waitFor()
    t.deepEqual(app.complaints, [])
  })

  test.serial("of a run that was turned down are not asked for, and can be given", async (t) => {
    const context = await stage.phone(t)
    await seed(context, stage.app.besideTheApp, BEFORE)
    const app = await openedAt(context, END_MS)
    await app.button("Do not ask about this run").click()
    await app.untilWords("You are not asked about this run again.")
    await app.openRun("07:05")
    const panel = app.region("Pain around this run")
    await panel.getByText("Give a score").waitFor()
    t.is(await panel.getByRole("button").count(), 0)
    await panel.getByText("Give a score").click()
    await press(app, "During the run, pain from 0 to 10", 0)
    await panel.getByText("During the run 0 of 10: not above 2.").waitFor()
    t.deepEqual(app.complaints, [])
  })

  /** On a phone whose clock says so. */
  async function openedAt(context: BrowserContext, nowMs: number): Promise<OpenApp> {
    await context.clock.setFixedTime(nowMs)
    const app = await OpenApp.open(context, stage.app.address)
    await app.runs.first().waitFor()
    return app
  }
})

/** As when the phone was in a pocket meanwhile. */
async function comeBackAt({ page }: OpenApp, nowMs: number): Promise<void> {
  await page.clock.setFixedTime(nowMs)
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")))
}

/** The one score that is asked for. */
function give(app: OpenApp, score: number): Promise<void> {
  return press(app, "Pain from 0 to 10", score)
}

/** From the first button of the group by the tabulator key. */
async function press({ page }: OpenApp, group: string, score: number): Promise<void> {
  const buttons = page.getByRole("group", { name: group, exact: true }).getByRole("button")
  await buttons.first().focus()
  for (let at = 0; at < score; at++) await page.keyboard.press("Tab")
  await page.keyboard.press("Enter")
}
