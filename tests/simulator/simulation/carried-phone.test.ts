/** The phone that the wearer carries: what it shows came over Bluetooth, stays while there is no link, and is whole in the end. */
import test from "ava"
import type { PhoneView } from "../../../simulator/simulation/phone-view"
import { Simulation } from "../../../simulator/simulation/simulation"
import { motionOf, played, S01, SETTINGS } from "./playing"

/** Views at these times. */
async function views(
  timesS: readonly number[],
  options: Partial<Parameters<typeof Simulation.start>[0]> = {},
): Promise<PhoneView[]> {
  const simulation = await Simulation.start({
    motion: motionOf(S01),
    engine: "node",
    settings: SETTINGS,
    phone: "carried",
    ...options,
  })
  try {
    const seen: PhoneView[] = []
    for (const timeS of timesS) {
      await simulation.advance(timeS - simulation.timeS)
      seen.push(simulation.phoneView as PhoneView)
    }
    return seen
  } finally {
    await simulation.close()
  }
}

test("it counts along, and has the run when that is closed", async (t) => {
  const [standing, running, later, after] = (await views([10, 60, 75, 230])) as [
    PhoneView,
    PhoneView,
    PhoneView,
    PhoneView,
  ]
  t.is(standing.link, "connected")
  t.false(standing.calibrated)
  t.false(standing.isRunOpen)
  t.true(running.calibrated)
  t.true(running.isRunOpen)
  t.is(running.activity, "run")
  t.true(running.strides > 30 && running.strides < later.strides)
  t.is(running.thresholdDeg, 30)
  t.deepEqual(running.runs, [])
  t.false(after.isRunOpen)
  t.deepEqual(
    after.runs.map(({ id, strides, startS }) => ({ id, strides, startS })),
    [{ id: 1, strides: 162, startS: 29.396 }],
  )
  t.regex(after.summaryText, /162 strides/)
})

test("out of reach it knows what it knew; near again it is up to date", async (t) => {
  const [before, away, alsoAway, back] = (await views([59.9, 61, 78, 82], {
    actions: [{ atS: 60, do: "loseLink", forS: 20 }],
  })) as [PhoneView, PhoneView, PhoneView, PhoneView]
  t.is(before.link, "connected")
  t.is(away.link, "out of reach")
  t.is(alsoAway.strides, away.strides)
  t.is(alsoAway.asOfS, away.asOfS)
  t.is(back.link, "connected")
  t.true(back.strides > before.strides + 20)
})

test("a setting that is changed while it is away is written when it is near again", async (t) => {
  const [away, back] = (await views([70, 82], {
    actions: [
      { atS: 60, do: "loseLink", forS: 20 },
      { atS: 65, do: "set", setting: "thresholdDeg", value: 41 },
    ],
  })) as [PhoneView, PhoneView]
  t.is(away.thresholdDeg, 30)
  t.is(back.thresholdDeg, 41)
})

test("a device that was filled with runs of years keeps the new one, and the phone has them all", async (t) => {
  const { json, simulation } = await played({
    phone: "carried",
    actions: [{ atS: 5, do: "fillFlash" }],
  })
  const phoneRuns = simulation.phoneView?.runs ?? []
  t.true(phoneRuns.length > 100, `${phoneRuns.length}`)
  t.is(json.runs.at(-1)?.strides, 162)
  t.is(phoneRuns.at(-1)?.strides, 162)
})

test("the flash is not filled under an open run", async (t) => {
  await t.throwsAsync(played({ actions: [{ atS: 60, do: "fillFlash" }] }), {
    message: /between two runs only: wait until the open one is closed/,
  })
})
