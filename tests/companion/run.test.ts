/** The screen of a run, its report on paper, and the trends of two knees: what they say is what the records say. */
import test from "ava"
import type { KeptDevice } from "../../phone/data/kept"
import { BuzzReason, type Run } from "../../src/ble/run-codec"
import { DAY_S, DEVICE, kept, MADE_RUN, SUNDAY_S, view } from "../phone/runs/made-runs"
import { OpenApp } from "./open-app"
import { type Seed, seed } from "./seeds"
import { onStage, type Stage } from "./stage"

const LEFT: KeptDevice = {
  id: DEVICE,
  name: "Lefty",
  side: "left",
  firmware: "0.1.0",
  board: "virtual",
  seenMs: 0,
}
const RIGHT: KeptDevice = { ...LEFT, id: "11223344", name: "Righty", side: "right" }
const WEEKS = 12
const DAYS_PER_WEEK = 7
/** ISO 216, in points of 1/72 inch, as a PDF counts them. */
const A4_POINTS = [595, 842]

/** With all that a record can say. */
const FULL: Partial<Run> = {
  id: 90,
  peakFlexionMedianCdeg: 4230,
  blocks: MADE_RUN.blocks.map((block, minute) => ({
    ...block,
    milliLoad: 80_000 + 500 * minute,
    peakFlexionMedianCdeg: 4000 + 15 * minute,
  })),
  buzzes: [
    { timeMs: 11 * 60_000, reason: BuzzReason.compressions },
    { timeMs: 21 * 60_000, reason: BuzzReason.degreeSeconds },
    { timeMs: 31 * 60_000, reason: BuzzReason.depth },
  ],
  pains: [12, 33].map((minute) => ({
    timeMs: 60_000 * (minute + 1),
    kneeCdeg: 2310,
    peakFlexionCdeg: 4380,
    milliLoad: 900_000,
    compressions: 900,
    activity: 2,
    source: 1,
  })),
  bouts: [0, 21].map((minute) => ({ ...MADE_RUN, startMs: 60_000 * (minute + 1), durationMs: 1_140_000 })),
  dataQuality: { ...MADE_RUN.dataQuality, validPermyriad: 9_700, gaps: 4, clipped: 2, strapShift: true },
}
const FULL_VIEW = view(FULL)

/** Runs of the same pace, a day apart, before the last one. */
function before(changes: Partial<Run>, around: Parameters<typeof kept>[1] = {}) {
  return [1, 2, 3].map((id) => kept({ ...changes, id }, { unixS: SUNDAY_S - id * DAY_S, ...around }))
}

async function opened(stage: Stage, t: Parameters<Stage["phone"]>[0], content: Seed): Promise<OpenApp> {
  const context = await stage.phone(t)
  await seed(context, stage.app.besideTheApp, content)
  const app = await OpenApp.open(context, stage.app.address)
  await app.runs.first().waitFor()
  return app
}

onStage("A run in the companion", (stage) => {
  test.serial("the screen has the figures of the record, each with its error band", async (t) => {
    const app = await opened(stage, t, { runs: [kept(FULL)], devices: [LEFT] })
    await app.openRun()
    t.is(await app.heading.textContent(), "Run, Sun, 3 May 2026")
    await app.untilWords("07:05, Lefty, left knee")
    const { peak, meanError, loadCycles, compressions, load } = FULL_VIEW
    const errorDeg = Math.ceil(peak.errorDeg)
    t.deepEqual(await app.figures(), {
      Duration: "40 min",
      Loadings: loadCycles.toLocaleString("en-GB"),
      Cadence: `160.0 ± ${(Math.ceil((meanError?.cadenceSpm ?? 0) * 10) / 10).toFixed(1)}`,
      "Foot on the ground": `270 ± ${Math.ceil(meanError?.contactTimeMs ?? 0)} ms`,
      "Depth, median": `42° ± ${errorDeg}°`,
      "Depth, P95": `46° ± ${errorDeg}°`,
      "Past 30°": compressions.toLocaleString("en-GB"),
      "Time past 30°": "6 min 40 s",
      Load: load.toLocaleString("en-GB"),
    })
    t.true(errorDeg > 0)
    t.deepEqual(app.complaints, [])
  })

  test.serial(
    "the histogram, the minutes, buzzes, pain marks and doubts are those of the record",
    async (t) => {
      const app = await opened(stage, t, { runs: [kept(FULL)], devices: [LEFT] })
      await app.openRun()
      const { depths, blocks, buzzes, pains, quality, durationS, peak, bouts } = FULL_VIEW

      const depthRows = app.region("How deep").locator("tbody tr")
      t.deepEqual(
        (await depthRows.allTextContents()).map((row) => row.replace(/ \(.*$/, "")),
        depths.map(({ words, loadCycles }) => `${words}${loadCycles.toLocaleString("en-GB")}`),
      )
      await app.untilWords(`each off by ${peak.errorDeg.toFixed(1)}° on average`)

      const overTime = app.region("Over the run")
      t.is(await overTime.locator("rect.plot-load").count(), blocks.length)
      t.is(await overTime.locator(".plot-depth circle").count(), blocks.length)
      await overTime.getByText("The numbers as a table").click()
      t.deepEqual(
        (await overTime.locator("tbody tr").allTextContents()).map((row) => row.replace(/ ± .*$/, "")),
        blocks.map(
          ({ load, compressions, peakMedianDeg = 0 }, minute) =>
            `${minute}:00${Math.round(load)}${compressions}${Math.round(peakMedianDeg)}°`,
        ),
      )

      for (const [letter, marks, name, kind] of [
        ["B", buzzes, "Buzzes", "buzz"],
        ["P", pains, "Pain marks", "pain"],
      ] as const) {
        const drawn = overTime.locator(`.plot-${kind} text`)
        t.deepEqual(
          await drawn.allTextContents(),
          marks.map((_, at) => `${letter}${at + 1}`),
        )
        const places = await drawn.evaluateAll((all) => all.map((one) => one.getAttribute("x")))
        t.deepEqual(
          places,
          marks.map(({ atS }) => `${((100 * atS) / durationS).toFixed(2)}%`),
        )
        const told = await app.region(name).locator("li strong").allTextContents()
        t.deepEqual(
          told,
          marks.map(({ atS }, at) => `${letter}${at + 1}, ${atS / 60}:00`),
        )
      }
      const boutTable = app.region("Bouts").locator("table")
      t.is(await boutTable.locator("tbody tr").count(), bouts.length)
      const [table, card] = [await boutTable.boundingBox(), await app.region("Bouts").boundingBox()]
      t.true(rightOf(table) < rightOf(card), "the table stays within its card")

      const words = quality.map(({ words: said, isDoubt }) => `${isDoubt ? "Doubtful: " : ""}${said}`)
      t.deepEqual(await app.region("How good the data is").locator("li").allTextContents(), words)
      const doubts = words.filter((said) => said.startsWith("Doubtful"))
      t.true(doubts.length >= 2)
      t.deepEqual(await app.main.locator(".notice li").allTextContents(), doubts)
      t.regex(words.at(-1) ?? "", /Depths are off by 3\.7° on average/)
      t.deepEqual(app.complaints, [])
    },
  )

  test.serial(
    "below the smallest change that can be told it says no change, above it by how much",
    async (t) => {
      const runs = [
        ...before({}),
        kept({ id: 8, peakFlexionMedianCdeg: 4070 }, { unixS: SUNDAY_S - 3600 }),
        kept({ id: 9, peakFlexionMedianCdeg: 4130 }),
      ]
      const app = await opened(stage, t, { runs, devices: [LEFT] })
      for (const [which, change] of [
        ["06:05", "no change"],
        ["07:05", "+1.3°"],
      ] as const) {
        await app.goTo("Runs")
        await app.openRun(which)
        const cells = app
          .region("Beside earlier runs")
          .getByRole("row", { name: /^Median depth/ })
          .locator("td")
        t.deepEqual(await cells.allTextContents(), [change, "0.8°"], which)
      }
      const load = app
        .region("Beside earlier runs")
        .getByRole("row", { name: /^Load a stride/ })
        .locator("td")
      t.is(await load.first().textContent(), "no change")
      t.deepEqual(app.complaints, [])
    },
  )

  test.serial("a run that other firmware counted is marked, and not compared", async (t) => {
    const runs = [...before({}), kept({ id: 9 }, { firmware: "0.2.0" })]
    const app = await opened(stage, t, { runs, devices: [LEFT] })
    const marks = app.main.locator(".version-change")
    t.is(await marks.count(), 1)
    t.regex((await marks.textContent()) ?? "", /counted by firmware 0\.2, model 2/)
    await app.openRun("07:05")
    await app.region("How good the data is").getByText("Firmware 0.2.0, flexion model 2.").waitFor()
    const compared = app.region("Beside earlier runs")
    t.regex(
      (await compared.textContent()) ?? "",
      /There are 0 earlier runs that this one can be compared with/,
    )
    t.is(await compared.getByRole("row").count(), 0)
    t.deepEqual(app.complaints, [])
  })

  test.serial("reports of a run and of weeks fit one page of A4, with all that they say", async (t) => {
    const app = await opened(stage, t, weeksOfTwoKnees())
    await app.openRun()
    await app.page.getByRole("link", { name: "Report for your physiotherapist" }).click()
    await app.untilWords("The 12 weeks up to this run")
    t.is((await app.figures()).Load, FULL_VIEW.load.toLocaleString("en-GB"))
    t.is(await app.main.locator(".week-table tbody tr:has(th)").count(), WEEKS)
    t.deepEqual(await pagesOf(app), [A4_POINTS])
    await app.page.getByRole("link", { name: "The last weeks instead" }).click()
    for (const knee of ["Left knee", "Right knee"])
      await app.main.getByRole("heading", { level: 2, name: knee }).waitFor()
    t.is(await app.main.locator(".week-table tbody tr:has(th)").count(), 2 * WEEKS)
    t.deepEqual(await pagesOf(app), [A4_POINTS])
    t.deepEqual(app.complaints, [])
  })

  test.serial("trends of two knees stand apart, and lead to the report of the weeks", async (t) => {
    const content = weeksOfTwoKnees()
    const app = await opened(stage, t, content)
    await app.goTo("Trends")
    const key = app.region("Key").locator(".knees li")
    t.deepEqual(await key.allTextContents(), ["Left knee", "Right knee"])
    for (const knee of ["Left knee", "Right knee"])
      await app.main.getByRole("heading", { level: 2, name: new RegExp(`^${knee}, `) }).waitFor()
    await app.main.locator(".trend-plot canvas").first().waitFor()
    await app.page.getByText("All numbers as a table").click()
    const table = app.region("Trends in numbers").locator("tbody tr")
    await table.first().waitFor()
    const rows = await table.allTextContents()
    for (const knee of ["Left knee", "Right knee"])
      t.is(rows.filter((row) => row.includes(knee)).length, WEEKS, knee)
    await app.page.getByRole("link", { name: "Report for your physiotherapist" }).click()
    await app.heading.filter({ hasText: `${WEEKS} weeks up to` }).waitFor()
    t.deepEqual(app.complaints, [])
  })
})

function rightOf(box: { x: number; width: number } | null): number {
  return box ? box.x + box.width : Number.NaN
}

/** A run a week of each knee, the last of the left one with all that a record can say. */
function weeksOfTwoKnees(): Seed {
  const weeks = Array.from({ length: WEEKS }, (_, week) => week)
  const startS = (week: number) => SUNDAY_S - week * DAYS_PER_WEEK * DAY_S
  const left = weeks.map((week) =>
    kept(week === 0 ? FULL : { id: 90 - week, peakFlexionMedianCdeg: 4000 + 20 * week }, {
      unixS: startS(week),
    }),
  )
  const right = weeks.map((week) =>
    kept({ id: 90 - week, peakFlexionMedianCdeg: 3800 }, { unixS: startS(week) - DAY_S, deviceId: RIGHT.id }),
  )
  const scores = left.slice(0, 3).flatMap((run) =>
    (["after", "hour", "morning"] as const).map((time) => ({
      runKey: run.key,
      time,
      score: 3,
      givenMs: run.receivedMs,
    })),
  )
  return { runs: [...left, ...right], devices: [LEFT, RIGHT], scores }
}

/** Width and height of each page that a printer gets, points. */
async function pagesOf({ page }: OpenApp): Promise<number[][]> {
  const text = (await page.pdf({ preferCSSPageSize: true })).toString("latin1")
  const boxes = [...text.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)]
  return boxes.map(([, width, height]) => [Math.round(Number(width)), Math.round(Number(height))])
}
