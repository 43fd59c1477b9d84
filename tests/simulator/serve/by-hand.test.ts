/** What a page asks for while something is played: every action by hand, what cannot be done, and others who play beside it. */
import test from "ava"
import { parseScenario } from "../../../simulator/scenario/parse-scenario"
import type { Scenario } from "../../../simulator/scenario/scenario"
import type { Played, Request } from "../../../simulator/serve/messages"
import type { Action } from "../../../simulator/simulation/action"
import { PageClient, serve, type Told } from "./page-client"

const SCENARIO: Scenario = {
  title: "Something to do things to",
  description: "Standing, bends, a run.",
  device: { settings: { pauseLimitS: 10 } },
  steps: [
    { do: "stand", forS: 4 },
    { do: "bend", times: 3, alike: true },
    { do: "run", forS: 20, speedMs: 3 },
    { do: "stand", forS: 20 },
  ],
}
const PLAY: Played = { from: "scenarioFile", fileName: "mine.json", text: JSON.stringify(SCENARIO), seed: 2 }
const START: Request = { ask: "start", play: PLAY }

const server = await serve("node")
test.after.always(() => server.close())

/** For an engine to end. */
const PATIENCE_MS = 30_000

type FrameTold = Told<"frame">
/** What is done by hand, and what the page then sees. */
const DEEDS: [Action, (frame: FrameTold) => boolean][] = [
  [{ do: "set", setting: "thresholdDeg", value: 45 }, ({ phone }) => phone.thresholdDeg === 45],
  [{ do: "loseLink", forS: 3 }, ({ phone }) => phone.link === "out of reach"],
  [{ do: "battery", mv: 3700, supply: true }, ({ device }) => device.supply && device.batteryMv === 3700],
  [{ do: "slipStrap", angleDeg: 10, around: "thigh" }, () => true],
  [{ do: "fault", fault: "motorAbsent" }, ({ device }) => device.faults.includes("motorAbsent")],
  [{ do: "fault", fault: "motorAbsent", on: false }, ({ device }) => device.faults.length === 0],
  [{ do: "press", button: "double" }, () => true],
  [{ do: "restart", kind: "reset" }, ({ news }) => news.some(({ name }) => name === "ready")],
  [{ do: "cutPower", forS: 1 }, ({ device }) => device.power === "off"],
  [{ do: "fillFlash" }, ({ device }) => device.power === "off"],
]

test.serial(
  "everything can be done by hand, is seen, and is done again by the scenario that is exported",
  async (t) => {
    const page = await PageClient.open(server)
    page.ask({ ask: "speed", speed: 5 })
    page.ask(START)
    await page.hear("started")
    await page.hear("frame", ({ timeS, phone }) => timeS > 1 && phone.link === "connected")
    for (const [action, isSeen] of DEEDS) {
      await page.hear("frame", ({ device, phone }) => device.power === "on" && phone.link === "connected")
      // On a machine that is busy a second may pass between two frames.
      page.ask({ ask: "pause" })
      page.ask({ ask: "act", action })
      const seen = await page.hear("frame", (frame) => frame.done.length > 0)
      t.true(seen.isPaused)
      t.like(seen.done[0], action)
      // Those told before it say how things were.
      page.frames()
      page.ask({ ask: "resume" })
      if (!isSeen(seen)) await page.hear("frame", isSeen)
    }
    await page.hear("flash", ({ flash }) => flash.usedShare > 0.8)
    page.ask({ ask: "speed", speed: "most" })
    const { report } = await page.hear("done")

    page.ask({ ask: "export" })
    const { scenario } = await page.hear("exported")
    t.is(scenario?.fileName, "mine-2.json")
    const text = await page.fetch(scenario?.path ?? "")
    const { events = [] } = parseScenario(text, "mine-2.json")
    t.deepEqual(
      events.map(({ atS: _, ...action }) => action),
      DEEDS.map(([action]) => action),
    )
    page.ask({ ask: "start", play: { from: "scenarioFile", fileName: "mine-2.json", text, seed: 2 } })
    t.is((await page.hear("started")).playing.events.length, DEEDS.length)
    const again = await page.hear("done")
    t.deepEqual({ ...again.report.json, recording: "" }, { ...report.json, recording: "" })
    await page.close()
  },
)

const ask = (request: unknown) => JSON.stringify(request)
const NOT_UNDERSTOOD: [what: string, message: string, words: RegExp][] = [
  ["no JSON", "{", /no JSON/],
  ["a list", "[]", /not understood/],
  ["an unknown request", ask({ ask: "dance" }), /not understood: .*ask/],
  ["a request with too much", ask({ ask: "pause", for: 3 }), /not understood: .*additional/],
  ["a speed of nothing", ask({ ask: "speed", speed: 0 }), /not understood: .*speed/],
  ["a seed that is none", ask({ ask: "start", play: { from: "scenario", name: "run", seed: 0.5 } }), /seed/],
  ["nothing to play", ask({ ask: "start", play: { from: "memory" } }), /not understood: .*from/],
  ["a pause of nothing", ask({ ask: "pause" }), /nothing is played: start something first/],
  ["an act without a device", ask({ ask: "act", action: { do: "fillFlash" } }), /nothing is played/],
  [
    "an unknown scenario",
    ask({ ask: "start", play: { from: "scenario", name: "first-rum", seed: 1 } }),
    /first-run/,
  ],
  [
    "a scenario's file that is broken",
    ask({ ask: "start", play: { from: "scenarioFile", fileName: "day.json", text: "{\n  steps", seed: 1 } }),
    /day\.json: line 2, column 3/,
  ],
  [
    "two sensors on a board for one",
    ask({
      ask: "start",
      play: { from: "scenario", name: "run", seed: 1, sensors: 2, board: "m5stick_cplus" },
    }),
    /no wires for a second sensor/,
  ],
]

for (const [what, message, words] of NOT_UNDERSTOOD) {
  test.serial(`refused with words: ${what}`, async (t) => {
    const page = await PageClient.open(server)
    page.send(message)
    const error = await t.throwsAsync(page.hear("started"))
    t.regex(error?.message ?? "", words)
    t.regex(error?.message ?? "", /"isOver":true/)
    await page.close()
  })
}

const HEADER = "time_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps"
const ROWS = Array.from({ length: 100 }, (_, row) => `${row / 100},0,0,1,0,0,0`)
const FILES: [what: string, file: string, sensors: 1 | 2, words: RegExp][] = [
  ["a recording that is broken", `${HEADER}\n0,0,0,1\n`, 1, /mine\.csv, line 2, column gx_dps/],
  [
    "a recording without a second sensor",
    `${HEADER}\n${ROWS.join("\n")}\n`,
    2,
    /mine\.csv has no second sensor/,
  ],
]
for (const [what, file, sensors, words] of FILES) {
  test.serial(`refused with words: ${what}`, async (t) => {
    const page = await PageClient.open(server)
    page.ask({ ask: "start", play: { from: "recording", fileName: "mine.csv", sensors } })
    page.send(Buffer.from(file))
    t.regex((await t.throwsAsync(page.hear("started")))?.message ?? "", words)
    await page.close()
  })
}

test.serial("a file that nobody asked to play is refused", async (t) => {
  const page = await PageClient.open(server)
  page.send(Buffer.from(HEADER))
  t.regex((await t.throwsAsync(page.hear("started")))?.message ?? "", /a file that nobody asked to play/)
  await page.close()
})

test.serial(
  "an action that is none is refused, and the device goes on; the strap of a recording slips too",
  async (t) => {
    const page = await PageClient.open(server)
    page.ask({ ask: "start", play: { from: "recording", fileName: "still.csv" } })
    page.send(
      Buffer.from(
        `${HEADER}\n${Array.from({ length: 3000 }, (_, row) => `${row / 100},0,0,1,0,0,0`).join("\n")}\n`,
      ),
    )
    t.false((await page.hear("started")).playing.hasTruth)
    const refusals: [action: object, words: RegExp][] = [
      [{ do: "fault", fault: "earthquake" }, /there is no "earthquake"/],
      [{ do: "set", setting: "thresholdDeg", value: 90 }, /thresholdDeg is 90; it takes/],
      [{ do: "loseLink" }, /forS is missing/],
      [{ do: "press", button: "short", atS: 3, in: "walk" }, /no step is named "walk"/],
    ]
    for (const [action, words] of refusals) {
      page.ask({ ask: "act", action: action as Action })
      const { what, isOver } = await page.hear("refused")
      t.regex(what, words)
      t.falsy(isOver)
    }
    const { timeS } = await page.hear("frame")
    page.ask({ ask: "act", action: { do: "slipStrap", angleDeg: 10, around: "thigh" } })
    const { done } = await page.hear("frame", (frame) => frame.done.length > 0)
    t.like(done[0], { do: "slipStrap", angleDeg: 10 })
    await page.hear("frame", (frame) => frame.timeS > timeS + 1)
    await page.close()
  },
)

test.serial("a pause holds the time, and resuming goes on from there", async (t) => {
  const page = await PageClient.open(server)
  page.ask({ ...START, paused: true })
  const { timeS, isPaused } = await page.hear("frame")
  t.true(isPaused)
  t.is(timeS, 0)
  page.ask({ ask: "act", action: { do: "battery", supply: true } })
  const acted = await page.hear("frame", ({ done }) => done.length > 0)
  t.true(acted.device.supply)
  t.is(acted.timeS, 0)
  page.ask({ ask: "resume" })
  t.false((await page.hear("frame", (frame) => frame.timeS > 0.2)).isPaused)
  await page.close()
})

test.serial("what is over takes nothing more, until it is started again", async (t) => {
  const page = await PageClient.open(server)
  page.ask({ ask: "speed", speed: "most" })
  page.ask(START)
  await page.hear("done")
  page.ask({ ask: "act", action: { do: "fillFlash" } })
  const { what, isOver } = await page.hear("refused")
  t.regex(what, /the motion is over: start again/)
  t.true(isOver)
  page.ask({ ...START, paused: true })
  await page.hear("started")
  await page.close()
})

test.serial("four play beside each other, each its own; a fifth waits until one has gone", async (t) => {
  const pages = await Promise.all(Array.from({ length: 5 }, () => PageClient.open(server)))
  const [first, ...others] = pages as [PageClient, ...PageClient[]]
  for (const page of pages.slice(0, 4)) {
    page.ask({ ...START, paused: true })
    await page.hear("started")
  }
  first.ask({ ask: "act", action: { do: "battery", mv: 3600 } })
  t.is((await first.hear("frame", ({ done }) => done.length > 0)).device.batteryMv, 3600)
  t.true(others[0]?.frames().every(({ device }) => device.batteryMv === 3950))
  const fifth = pages[4] as PageClient
  fifth.ask(START)
  t.regex((await fifth.hear("refused")).what, /close another page/)
  await first.close()
  const playing = async (): Promise<boolean> => {
    fifth.ask({ ...START, paused: true })
    return fifth.hear("started").then(
      () => true,
      () => {
        fifth.told.length = 0
        return false
      },
    )
  }
  const untilMs = Date.now() + PATIENCE_MS
  while (!(await playing())) if (Date.now() > untilMs) t.fail("the first one's place never became free")
  await Promise.all(pages.slice(1).map((page) => page.close()))
})
