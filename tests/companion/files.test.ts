/** What leaves the phone as files, and comes back: a run for other programs, all runs as tables, and the backup. */
import test from "ava"
import type { KeptDevice } from "../../phone/data/kept"
import { DAY_S, DEVICE, kept, SUNDAY_S } from "../phone/runs/made-runs"
import { OpenApp } from "./open-app"
import { checkRunFiles, rowsOf } from "./run-files"
import { backupText, type Seed, seed } from "./seeds"
import { onStage } from "./stage"

const LEFT: KeptDevice = {
  id: DEVICE,
  name: "Lefty",
  side: "left",
  firmware: "0.1.0",
  board: "virtual",
  seenMs: SUNDAY_S * 1000,
}
const RIGHT: KeptDevice = { ...LEFT, id: "11223344", name: "Righty", side: "right" }
const LAST_START_S = SUNDAY_S + 2 * DAY_S

/** Three runs on three days. */
const MINE: Seed = {
  runs: [
    kept({ id: 1 }),
    kept({ id: 2, durationMs: 1_830_000 }, { unixS: SUNDAY_S + DAY_S }),
    kept({ id: 3, compressions: 2507 }, { unixS: LAST_START_S }),
  ],
  devices: [LEFT],
  scores: [{ runKey: kept({ id: 1 }).key, time: "after", score: 4, givenMs: (SUNDAY_S + 3600) * 1000 }],
  preferences: { scheme: "dark", asksForScores: false },
}
const THEIRS: Seed = {
  runs: [4, 5].map((id) => kept({ id }, { deviceId: RIGHT.id, unixS: SUNDAY_S - id * DAY_S })),
  devices: [RIGHT],
}

onStage("The companion's files", (stage) => {
  test.serial("a run's FIT and CSV say what its screen says", async (t) => {
    const context = await stage.phone(t)
    await seed(context, stage.app.besideTheApp, MINE)
    const app = await OpenApp.open(context, stage.app.address)
    await app.openRun()
    await checkRunFiles(t, app, LAST_START_S)
    t.deepEqual(app.complaints, [])
  })

  test.serial("the tables have a row for each run, with units, and one for each minute", async (t) => {
    const context = await stage.phone(t)
    await seed(context, stage.app.besideTheApp, MINE)
    const app = await OpenApp.open(context, stage.app.address)
    await app.goTo("Yours")
    const runs = rowsOf((await app.saved("Table of runs")).bytes)
    t.deepEqual(
      runs.map(({ run_key, duration_s, pain_after_of_10, device_name, side }) => [
        run_key,
        duration_s,
        pain_after_of_10,
        `${device_name} ${side}`,
      ]),
      MINE.runs.map(({ key }, at) => [key, at === 1 ? "1830" : "2400", at === 0 ? "4" : "", "Lefty left"]),
    )
    const minutes = rowsOf((await app.saved("Table of minutes")).bytes)
    t.deepEqual(
      [...new Set(minutes.map(({ run_key }) => run_key))],
      runs.map(({ run_key }) => run_key),
    )
    t.is(minutes.length, 120)
    await app.goTo("Runs")
    const lines = (await app.runs.allTextContents()).reverse()
    for (const [at, { compressions, threshold_deg }] of runs.entries())
      t.true(lines[at]?.includes(`${Number(compressions).toLocaleString("en-GB")} past ${threshold_deg}°`))
    t.deepEqual(app.complaints, [])
  })

  test.serial(
    "everything is deleted after being asked twice, and the backup brings it back, once",
    async (t) => {
      const context = await stage.phone(t)
      await seed(context, stage.app.besideTheApp, MINE)
      const app = await OpenApp.open(context, stage.app.address)
      const all = await listOf(app)
      t.is(all.length, 3)

      await app.goTo("Yours")
      const saved = await app.saved("Save a backup")
      t.regex(saved.name, /^patella-backup-\d{4}-\d\d-\d\d\.json$/)
      await app.button("Delete everything…").click()
      await app.untilWords("This cannot be undone.")
      await app.untilWords("3 runs of 1 device, 1 pain score: all of it goes.")
      const first = await app.saved("Save a backup first")
      t.deepEqual(first.bytes, saved.bytes)
      const word = app.page.getByRole("textbox", { name: /To delete, type/ })
      await word.fill("delet")
      t.true(await app.button("Delete for good").isDisabled())
      await app.button("Keep everything").click()
      t.deepEqual(await listOf(app), all)

      await app.goTo("Yours")
      await app.button("Delete everything…").click()
      await word.fill("delete")
      await app.button("Delete for good").click()
      await app.untilWords("Everything on this phone is deleted.")
      await app.untilWords("On it: 0 runs")
      await app.page.reload()
      await app.heading.waitFor()
      await app.goTo("Runs")
      await app.region("How Patella works").waitFor()

      await app.page.getByRole("link", { name: "Bring a backup in" }).click()
      await restore(app, saved.bytes)
      await app.untilWords("3 runs added. 1 pain score added.")
      t.true(await app.page.getByRole("radio", { name: "Dark" }).isChecked())
      t.deepEqual(await listOf(app), all)
      await app.goTo("Yours")
      await restore(app, saved.bytes)
      await app.untilWords("All 3 runs of it were here already.")
      t.deepEqual(await listOf(app), all)
      t.deepEqual(app.complaints, [])
    },
  )

  test.serial("a file that is broken or half is refused in words, and nothing is lost", async (t) => {
    const context = await stage.phone(t)
    await seed(context, stage.app.besideTheApp, MINE)
    const app = await OpenApp.open(context, stage.app.address)
    const all = await listOf(app)
    const theirs = backupText(THEIRS)
    for (const [broken, words] of [
      ["run,distance\n1,2\n", /is damaged: the file cannot be read, is not whole, or is no backup/],
      [theirs.slice(0, theirs.length / 2), /is damaged: the file cannot be read, is not whole/],
      [theirs.replace(/"crc":\d+/, '"crc":1'), /is damaged: "record" of run 1 of 2 does not fit its CRC/],
      [theirs.replace('"version":1', '"version":2'), /A newer version of Patella made this backup/],
    ] as const) {
      await app.goTo("Yours")
      await restore(app, Buffer.from(broken))
      const told = (await app.region("Backup").getByRole("alert").textContent()) ?? ""
      t.regex(told, words)
      t.regex(told, /Nothing was added/)
      t.deepEqual(await listOf(app), all)
    }
    t.deepEqual(app.complaints, [])
  })

  test.serial("another phone's backup is put together with what is here", async (t) => {
    const context = await stage.phone(t)
    await seed(context, stage.app.besideTheApp, MINE)
    const app = await OpenApp.open(context, stage.app.address)
    await app.goTo("Yours")
    await restore(app, Buffer.from(backupText(THEIRS)))
    await app.untilWords("2 runs added.")
    const lines = await listOf(app)
    t.deepEqual(
      [
        lines.filter((line) => /Lefty, left knee/.test(line)).length,
        lines.filter((line) => /Righty, right knee/.test(line)).length,
      ],
      [3, 2],
    )
    t.is(lines.length, 5)
    t.deepEqual(app.complaints, [])
  })
})

/** The runs as the list tells them. */
async function listOf(app: OpenApp): Promise<string[]> {
  await app.goTo("Runs")
  await app.runs.first().waitFor()
  return app.runs.allTextContents()
}

async function restore(app: OpenApp, bytes: Buffer): Promise<void> {
  const file = { name: "patella-backup.json", mimeType: "application/json", buffer: bytes }
  await app.page.getByLabel("Backup file").setInputFiles(file)
}
