/** Two windows of one phone show the same; and where the phone keeps nothing, or has no room left, the app says so and loses nothing. */
import test from "ava"
import type { BrowserContext } from "playwright-core"
import type { KeptDevice } from "../../phone/data/kept"
import { launchWithProfile } from "../../simulator/docs/chromium"
import { recorded } from "../phone/data/recorded"
import { DAY_S, DEVICE, kept, SUNDAY_S } from "../phone/runs/made-runs"
import { OpenApp } from "./open-app"
import { backupText, keepDevice, type Seed, seed } from "./seeds"
import { onStage } from "./stage"

const LEFT: KeptDevice = {
  id: DEVICE,
  name: "Lefty",
  side: "left",
  firmware: "0.1.0",
  board: "virtual",
  seenMs: 0,
}
const MINE: Seed = {
  runs: [1, 2].map((id) => kept({ id }, { unixS: SUNDAY_S + 7 * id * DAY_S })),
  devices: [LEFT, { ...LEFT, id: "11223344", name: "Righty", side: "right" }],
}
const MORE: Seed = { runs: [3, 4, 5].map((id) => kept({ id }, { unixS: SUNDAY_S - id * DAY_S })) }
/** Of the last run. */
const END_MS = (SUNDAY_S + 14 * DAY_S + 2400) * 1000
/** More than there is room for. */
const LARGE: Seed = {
  runs: Array.from({ length: 100 }, (_, at) => recorded({ runId: at + 1, blocks: 4000 })),
}
const QUOTA_BYTES = 1_000_000
const QUESTION = /^How much did your left knee hurt/
const NO_ROOM = /There is no room left for Patella on this phone\./

/** How browsers refuse to keep anything. */
const REFUSALS = {
  "throws as it is opened": `IDBFactory.prototype.open = () => { throw new DOMException("", "SecurityError") }`,
  "fails as it is opened": `IDBFactory.prototype.open = () => {
    const request = new EventTarget()
    request.error = new DOMException("", "InvalidStateError")
    setTimeout(() => request.dispatchEvent(new Event("error")))
    return Object.setPrototypeOf(request, IDBOpenDBRequest.prototype)
  }`,
  "is not there": `Object.defineProperty(globalThis, "indexedDB", { value: undefined })`,
} as const

/** From when the test says so, as a full phone answers. */
const CAN_BE_FULL = `for (const name of ["put", "add"]) {
  const write = IDBObjectStore.prototype[name]
  IDBObjectStore.prototype[name] = function (...parameters) {
    if (globalThis.isFull) throw new DOMException("", "QuotaExceededError")
    return write.apply(this, parameters)
  }
}`

onStage("What the companion keeps", (stage) => {
  test.serial("a change in one window is seen in the other", async (t) => {
    const context = await seeded(await stage.phone(t))
    await context.clock.setFixedTime(END_MS)
    const one = await OpenApp.open(context, stage.app.address)
    const other = await OpenApp.open(context, stage.app.address)
    await other.runs.nth(1).waitFor()

    await other.main.getByRole("region", { name: QUESTION }).waitFor()
    await one.button("1").click()
    await other.main.getByRole("region", { name: QUESTION }).waitFor({ state: "detached" })

    await keepDevice(context, stage.app.besideTheApp, { ...LEFT, name: "Sinister" })
    for (const app of [one, other]) {
      await app.runs.first().filter({ hasText: "Sinister, left knee" }).waitFor()
      t.is(await app.runs.filter({ hasText: "Lefty" }).count(), 0)
    }

    await one.goTo("Yours")
    await restore(one, MORE)
    await one.untilWords("3 runs added.")
    await other.runs.nth(4).waitFor()
    t.is(await other.runs.count(), 5)

    await one.page.getByLabel("Dark").check()
    await other.page.locator("html[data-scheme=dark]").waitFor()

    await other.openRun()
    await one.button("Delete everything…").click()
    await one.page.getByRole("textbox", { name: /To delete, type/ }).fill("delete")
    await one.button("Delete for good").click()
    await one.untilWords("Everything on this phone is deleted.")
    await other.untilWords("This run is not on this phone.")
    await other.goTo("Runs")
    await other.region("How Patella works").waitFor()

    await restore(one, MINE)
    await other.runs.nth(1).waitFor()
    t.deepEqual([...one.complaints, ...other.complaints], [])
  })

  for (const [how, script] of Object.entries(REFUSALS)) {
    test.serial(`where the browser's store ${how}, it says why and what to do`, async (t) => {
      const context = await stage.phone(t)
      await context.addInitScript(script)
      const app = await OpenApp.open(context, stage.app.address)
      t.is(await app.heading.textContent(), "Patella could not be opened")
      const told = (await app.page.getByRole("alert").textContent()) ?? ""
      t.regex(told, /This browser window keeps nothing: it is private/)
      t.regex(told, /Open Patella in an ordinary window/)
      await app.button("Try again").waitFor()
    })
  }

  test.serial("on a full phone every way of keeping something says so, and nothing is lost", async (t) => {
    const context = await seeded(await stage.phone(t))
    await context.clock.setFixedTime(END_MS)
    await context.addInitScript(CAN_BE_FULL)
    const app = await OpenApp.open(context, stage.app.address)
    await app.runs.first().waitFor()
    const all = await app.runs.allTextContents()
    await app.page.evaluate("globalThis.isFull = true")

    const question = app.main.getByRole("region", { name: QUESTION })
    await app.button("1").click()
    t.regex((await question.getByRole("alert").textContent()) ?? "", NO_ROOM)
    t.regex((await question.getByRole("alert").textContent()) ?? "", /Your score was not stored/)

    await app.goTo("Yours")
    await restore(app, MORE)
    const backup = app.region("Backup").getByRole("alert")
    t.regex((await backup.textContent()) ?? "", NO_ROOM)
    t.regex((await backup.textContent()) ?? "", /Nothing of the backup was added/)
    await app.page.getByLabel("Dark").click()
    const choice = app.region("Your choices").getByRole("alert")
    t.regex((await choice.textContent()) ?? "", /Your choice was not stored/)
    t.true(await app.page.getByLabel("As the phone has it").isChecked())

    await app.page.evaluate("globalThis.isFull = false")
    await app.goTo("Runs")
    t.deepEqual(await app.runs.allTextContents(), all)
    await app.button("1").click()
    await app.untilWords("1 of 10 is kept.")
    await app.goTo("Yours")
    await restore(app, MORE)
    await app.untilWords("3 runs added.")
    t.deepEqual(app.complaints, [])
  })

  test.serial("so it does when the browser itself has no room", async (t) => {
    // A limit can be set in windows that are not private ones, and before anything is kept.
    const context = await launchWithProfile()
    t.teardown(() => context.close())
    const devTools = await context.newCDPSession(await context.newPage())
    const { origin } = new URL(stage.app.address)
    await devTools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: QUOTA_BYTES })
    await seeded(context)
    const app = await OpenApp.open(context, stage.app.address)
    await app.runs.first().waitFor()
    const all = await app.runs.allTextContents()
    await app.goTo("Yours")
    await restore(app, LARGE)
    t.regex((await app.region("Backup").getByRole("alert").textContent()) ?? "", NO_ROOM)
    await app.page.reload()
    await app.goTo("Runs")
    await app.runs.first().waitFor()
    t.deepEqual(await app.runs.allTextContents(), all)
  })

  async function seeded(context: BrowserContext): Promise<BrowserContext> {
    await seed(context, stage.app.besideTheApp, MINE)
    return context
  }
})

async function restore({ page }: OpenApp, content: Seed): Promise<void> {
  const buffer = Buffer.from(backupText(content))
  await page
    .getByLabel("Backup file")
    .setInputFiles({ name: "patella-backup.json", mimeType: "application/json", buffer })
}
