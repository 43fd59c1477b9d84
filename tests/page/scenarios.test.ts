/** Scenarios played through the page by somebody who chooses, types and presses: what it shows at the end is what the command line and tests get of the same. */
import test from "ava"
import type { ReplayJson } from "../../simulator/phone/replay-json"
import { readScenario } from "../../simulator/scenario/library"
import { scenarioSimulation } from "../../simulator/scenario/scenario-simulation"
import type { TruthTotals } from "../../simulator/serve/messages"
import { runMotion } from "../../simulator/session"
import { truthJson } from "../../simulator/statistics/run-figures"
import { DEPTH_BANDS_DEG } from "../../src/run/summary"
import { read } from "./open-page"
import { onStage } from "./stage"

/** Without the page. */
async function session(name: string, seed: number) {
  const { options, truth } = scenarioSimulation(readScenario(name), { seed })
  const { json, events } = await runMotion({ ...options, engine: "xs" })
  const { strides, compressionsByDepth, peakFlexionMedianDeg } = truthJson(truth())
  return { json, events, truth: { strides, compressionsByDepth, peakFlexionMedianDeg } as TruthTotals }
}

const sum = ({ runs }: ReplayJson, value: (run: ReplayJson["runs"][number]) => number) =>
  runs.reduce((total, run) => total + value(run), 0)

/** What stands beside what: device and truth. */
function figures(json: ReplayJson, truth: TruthTotals): string[][] {
  const strides = sum(json, (run) => run.strides)
  const depth = sum(json, (run) => run.peakFlexionMedianDeg * run.strides) / strides
  return [
    ["strides", String(strides), String(truth.strides)],
    ...DEPTH_BANDS_DEG.map((deg) => [
      `compressions past ${deg}°`,
      String(sum(json, (run) => run.compressionsByDepth[deg] ?? 0)),
      String(truth.compressionsByDepth[deg]),
    ]),
    ["deepest bend, median", `${depth.toFixed(1)}°`, `${truth.peakFlexionMedianDeg.toFixed(1)}°`],
  ]
}

const PLAYED = [
  { name: "first-run", seed: 7 },
  { name: "lost-link", seed: 3 },
  { name: "reboot", seed: 12 },
  // Says itself that it is worn with two sensors.
  { name: "limp", seed: 1 },
] as const

onStage("Scenarios on the page", (stage) => {
  for (const { name, seed } of PLAYED) {
    test.serial(`${name} gives on the page what it gives without it`, async (t) => {
      t.timeout(180_000)
      const expected = session(name, seed)
      const page = await stage.open()
      t.teardown(() => page.close())
      const { title } = readScenario(name).scenario
      await page.chooseScenario(title)
      await page.typeSeed(seed)
      await page.chooseSpeed("most")
      await page.button("Play").click()
      const report = await page.untilDone()
      const { json, truth, events } = await expected

      t.true(json.runs.length > 0)
      t.deepEqual(report, { json, truth })

      const [, ...rows] = await page.table("What came of it")
      t.deepEqual(
        rows.map((row) => row.slice(0, 3)),
        figures(json, truth),
      )

      const last = json.runs.at(-1) as ReplayJson["runs"][number]
      t.is(await page.valueOf("This run", "strides"), String(last.strides))
      t.is(await page.valueOf("This run", "compressions"), String(last.compressions))
      const buzzes = events.filter((event) => event.name === "buzz").length
      t.is(await page.valueOf("This run", "buzzes"), String(buzzes))
      t.deepEqual(
        (await page.table("This run")).map(([deg, , times]) => [deg, times]),
        DEPTH_BANDS_DEG.map((deg) => [`past ${deg}°`, String(last.compressionsByDepth[deg] ?? 0)]),
      )

      const card = page.page.getByRole("article", { name: `Run ${last.id}` })
      t.true((await read(card)).includes(`strides ${last.strides} past 30° ${last.compressions}`))
      t.is(
        await page
          .region("Flash")
          .getByText(/^Run \d+: block/)
          .count(),
        json.runs.length,
      )
      const told = await page.news()
      for (const { id, strides, compressions } of json.runs) {
        const end = new RegExp(`run ${id}: ${strides} strides, ${compressions} compressions`)
        t.true(
          told.some((news) => end.test(news)),
          `${end} in ${told.join("; ")}`,
        )
      }
      t.deepEqual(page.complaints, [])
      t.deepEqual([...page.hosts], [new URL(stage.address).host])
    })
  }
})
