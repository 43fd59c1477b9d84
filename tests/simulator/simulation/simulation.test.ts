/** One core for page, command line and tests: the same report however time is cut into pieces, whether a phone is carried, and who does what is done. */
import test from "ava"
import type { BoardEvent } from "../../../hosts/virtual/protocol"
import { runSession } from "../../../simulator/session"
import type { TimedAction } from "../../../simulator/simulation/action"
import { type Played, type PlayOptions, played, S01, SETTINGS } from "./playing"

const [run] = (await runSession({ recording: S01, engine: "node", settings: SETTINGS })).json.runs
if (!run) throw new Error("S01 gave no run")

test("a carried phone, a trace and small steps change nothing of the report", async (t) => {
  const { json } = await runSession({ recording: S01, engine: "node", settings: SETTINGS })
  t.deepEqual((await played({ phone: "carried", trace: true }, 0.05)).json, json)
  t.deepEqual((await played({ phone: "carried" }, 0.37)).json, json)
})

test("XS gives the same report, step by step, with what is done by hand", async (t) => {
  const actions: TimedAction[] = [{ atS: 60, do: "restart", kind: "reset" }]
  const xs = await played({ engine: "xs", phone: "carried", trace: true }, 0.1, actions)
  const node = await played({ actions })
  t.deepEqual({ ...xs.json, engine: "" }, { ...node.json, engine: "" })
})

interface Row {
  actions: TimedAction[]
  /** What the wearer and the phone find in the end. */
  runs: (strides: number[]) => boolean
  events?: string[]
  options?: PlayOptions
}

const ROWS: Record<string, Row> = {
  "a lost link": {
    actions: [{ atS: 60, do: "loseLink", forS: 20 }],
    runs: ([strides]) => strides === run.strides,
  },
  "power that is cut": {
    actions: [{ atS: 60, do: "cutPower", forS: 3 }],
    runs: ([before, after]) => inFirstBout(before) && (after ?? 0) > 100,
    events: ["ready", "ready"],
  },
  "a reset": {
    actions: [{ atS: 60, do: "restart", kind: "reset" }],
    runs: ([strides, ...others]) => inAll(strides) && others.length === 0,
    events: ["ready", "ready", "runResumed"],
  },
  "a sensor that is unplugged for 20 s": {
    actions: [
      { atS: 60, do: "fault", fault: "thighAbsent" },
      { atS: 80, do: "fault", fault: "thighAbsent", on: false },
    ],
    runs: ([before, after]) => inFirstBout(before) && (after ?? 0) > 80,
    events: ["fault"],
  },
  "a sensor that is silent for 10 s": {
    actions: [{ atS: 60, do: "fault", fault: "thighSilent", forS: 10 }],
    runs: ([strides, ...others]) => inAll(strides) && others.length === 0,
    events: ["fault"],
  },
  "a cell that runs empty": {
    actions: [{ atS: 60, do: "battery", mv: 3300 }],
    runs: ([strides, ...others]) => (strides ?? 0) > 50 && others.length === 0,
    events: ["batteryEmpty", "runEnded"],
  },
  "the same on an M5StickC Plus, and a charger in time": {
    options: { board: "m5stick_cplus" },
    actions: [
      { atS: 60, do: "battery", mv: 3300 },
      { atS: 120, do: "battery", mv: 3600, supply: true },
    ],
    runs: ([before, after]) => (before ?? 0) > 50 && (after ?? 0) > 20,
    events: ["batteryEmpty", "runEnded", "ready"],
  },
  "pain that is marked": {
    actions: [{ atS: 60, do: "press", button: "double" }],
    runs: ([strides]) => strides === run.strides,
    events: ["painMarked"],
  },
}

/** The first bout is over at 90 s. */
function inFirstBout(strides = 0): boolean {
  return strides >= 25 && strides <= 42
}
/** All but what lies around the disturbance. */
function inAll(strides = 0): boolean {
  return strides <= (run?.strides ?? 0) && strides >= 0.85 * (run?.strides ?? 0)
}

for (const [what, { actions, runs, events = [], options = {} }] of Object.entries(ROWS))
  test(`${what} ends as it should, by scenario and by hand, the phone carried and at home`, async (t) => {
    const heard: BoardEvent[] = []
    const event = (_: number, news: BoardEvent) => heard.push(news)
    const scripted = await played({ ...options, actions, phone: "carried", listener: { event } })
    t.true(runs(scripted.json.runs.map(({ strides }) => strides)), JSON.stringify(scripted.json.runs))
    for (const name of new Set(events)) {
      const wanted = events.filter((other) => other === name).length
      t.true(heard.filter((news) => news.name === name).length >= wanted, `${name}: ${wanted} times`)
    }
    const byHand = await played({ ...options, phone: "carried", trace: true }, 0.1, actions)
    t.deepEqual(byHand.json, scripted.json)
    t.deepEqual(byHand.simulation.done, actions)
    // A phone that connects while the device starts may move its first samples by a tick.
    const atHome = await played({ ...options, actions })
    const counts = ({ json }: Played) =>
      json.runs.map(({ id, strides, compressions }) => [id, strides, compressions])
    t.deepEqual(counts(atHome), counts(scripted))
  })

test("a press by hand is a short, a double or a long one", async (t) => {
  const pains = async (button: "short" | "double" | "long") =>
    (await played({ actions: [{ atS: 60, do: "press", button }] })).json.runs[0]?.pains.length
  t.is(await pains("short"), 0)
  t.is(await pains("double"), 1)
})

test("a device without power is told nothing, and says so", async (t) => {
  const { simulation } = await played(
    {
      actions: [
        { atS: 30, do: "cutPower", forS: 5 },
        { atS: 31, do: "press", button: "double" },
        { atS: 31, do: "cutPower", forS: 100 },
        { atS: 32, do: "restart", kind: "reset" },
      ],
    },
    0.5,
  )
  t.is(simulation.device.power, "on")
})

test("what the device tells of a boot after lost power is told at its time", async (t) => {
  const ready: number[] = []
  const event = (timeS: number, { name }: BoardEvent) => name === "ready" && ready.push(timeS)
  await played({ actions: [{ atS: 60, do: "cutPower", forS: 3 }], listener: { event } })
  t.is(ready.length, 2)
  t.true((ready[1] ?? 0) > 63 && (ready[1] ?? 0) < 64, `${ready[1]} s`)
})

test("a device whose cell is empty all along is charged to be read", async (t) => {
  const still = {
    ...S01,
    timeS: S01.timeS.subarray(0, 1000),
    sampledS: S01.sampledS.subarray(0, 1000),
    gaps: [],
  }
  const { json } = await played({ recording: still, batteryMv: 3000 })
  t.deepEqual(json.runs, [])
  t.true(json.firmware.length > 0)
})
