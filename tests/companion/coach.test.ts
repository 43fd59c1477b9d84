/** What the coach kept, in the companion: readiness before a run and on its report, first steps after sitting, and no plan without a device. */
import test from "ava"
import type { KeptCoachEntry, KeptDevice } from "../../phone/data/kept"
import { CoachEntryKind } from "../../src/coach/coach-entry"
import { CoachAnswer, Readiness } from "../../src/coach/routine"
import { tested } from "../phone/data/recorded"
import { DAY_S, DEVICE, kept, SUMMER_QUARTERS, SUNDAY_S } from "../phone/runs/made-runs"
import { lookByDayAndNight } from "./look"
import { OpenApp } from "./open-app"
import { seed } from "./seeds"
import { onStage } from "./stage"

const LEFT: KeptDevice = {
  id: DEVICE,
  name: "Lefty",
  side: "left",
  firmware: "0.1.0",
  board: "virtual",
  seenMs: 0,
}

/** By as much before the run. */
function at(endMs: number, beforeS: number, changes: Partial<KeptCoachEntry["entry"]>): KeptCoachEntry {
  const made = tested(endMs, { deviceId: DEVICE })
  const entry = { ...made.entry, ...changes }
  const end = { unixS: SUNDAY_S - beforeS, zoneQuarters: SUMMER_QUARTERS }
  return { ...made, key: `${DEVICE}-${entry.bootId}-${endMs}-${entry.kind}`, entry, end }
}
const COACH = [
  at(1000, 1800, { readiness: Readiness.warmUp, answer: CoachAnswer.pain }),
  at(2000, 600, {}),
  at(3000, DAY_S, { kind: CoachEntryKind.sitting, routine: 0, durationS: 2700, answer: CoachAnswer.pain }),
]

onStage("The coach in the companion", (stage) => {
  test.serial("readiness stands before the run's numbers, and sittings in Yours", async (t) => {
    const context = await stage.phone(t)
    const runs = [kept()]
    await seed(context, stage.app.besideTheApp, { runs, devices: [LEFT], coach: COACH })
    const app = await OpenApp.open(context, stage.app.address)
    await app.runs.filter({ hasText: "Before it: Ready" }).waitFor()
    await lookByDayAndNight(t, app, "the list")
    await app.openRun()
    t.deepEqual(await app.region("Before this run").getByRole("listitem").allTextContents(), [
      "06:35 Warm up and try again8 bends, half of them to about 34° or more, it hurt",
      "06:55 Ready8 bends, half of them to about 34° or more, no pain",
    ])
    await app.region("Next run").getByText("Connect the device of this knee").waitFor()
    await lookByDayAndNight(t, app, "a run")
    await app.page.getByRole("link", { name: "Report for your physiotherapist" }).click()
    await app.untilWords(/Readiness before the run: 06:35 Warm up and try again .*; 06:55 Ready/)
    await lookByDayAndNight(t, app, "a report")
    await app.page.getByRole("link", { name: "Back to the run" }).click()
    await app.goTo("Yours")
    t.deepEqual(await app.region("After sitting").locator("tbody tr").allTextContents(), [
      "Sat, 2 May 2026, 07:0545 minpain marked",
    ])
    await app.untilWords("1 run of 1 device, 3 coach entries")
    await lookByDayAndNight(t, app, "Yours")
    t.deepEqual(app.complaints, [])
  })

  test.serial("without a device a routine is read, and begun by the button", async (t) => {
    const app = await OpenApp.open(await stage.phone(t), stage.app.address)
    await app.page.goto(`${stage.app.address}#/player`)
    await app.untilWords("A routine goes on without this phone")
    await lookByDayAndNight(t, app, "the player")
    await app.goTo("Routines")
    await app.page.getByRole("link", { name: "Quick strokes on the inner thigh" }).click()
    await app.button("I have read this").click()
    await app.untilWords("Press the button 1 time more, until it ticks 2 times.")
    await app.page.reload()
    const begin = app.region("Begin")
    await begin.getByRole("link", { name: "Connect your device" }).waitFor()
    t.is(await app.button("I have read this").count(), 0)
    t.is(await begin.getByRole("listitem").count(), 3)
    for (const reasons of ["Do not massage when …", "Do not run or exercise when …"])
      await app.page.getByText(reasons).click()
    await app.untilWords("The knee locks or gives way.")
    await lookByDayAndNight(t, app, "a routine, all open")
    await app.page.goto(`${stage.app.address}#/routine/nothing`)
    await app.untilWords("There is no routine of this name.")
    await lookByDayAndNight(t, app, "no routine")
    t.deepEqual(app.complaints, [])
  })
})
