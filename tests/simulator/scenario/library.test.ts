/** What a scenario of the library says is to be seen in it is seen: each played through the firmware, with a phone beside it. */
import test from "ava"
import { play } from "./played"

test.serial(
  "first-run: calibrated, three bouts in one run, and a buzz within the first minute or so",
  async (t) => {
    const { runs, when, truth } = await play("first-run")
    t.is(when("calibrated").length, 1)
    t.deepEqual(
      runs.map(({ bouts }) => bouts.length),
      [3],
    )
    t.is(truth.bouts.length, 3)
    t.true((when("buzz")[0] ?? 99) < 70, `${when("buzz")}`)
  },
)

test.serial("lost-link: the run goes on without the phone, which comes back by itself", async (t) => {
  const { runs, when, at, truth } = await play("lost-link")
  const back = when("phoneConnected").at(-1) ?? 0
  t.true(back > at(0) + 44 && back < at(0) + 60, `${back}`)
  t.is(runs.length, 1)
  t.true(Math.abs((runs[0]?.loadCycles ?? 0) - (truth.bouts[0]?.strides ?? 0)) <= 2)
})

test.serial(
  "battery-low: the run is closed, the device goes off, and comes back on USB at the press of the button",
  async (t) => {
    const { runs, when, at } = await play("battery-low")
    const [offS = 0] = when("batteryEmpty")
    t.true(offS > at(0) && offS < at(0) + 90, `${offS}`)
    t.is(when("runEnded").length, 1)
    t.true((when("ready").at(-1) ?? 0) > at(2) - 1)
    t.is(runs.length, 1)
  },
)

test.serial("reboot: a power cut parts the run in two, a crash does not", async (t) => {
  const { runs, when } = await play("reboot")
  t.is(runs.length, 2)
  t.is(when("runResumed").length, 1)
  t.is(when("calibrated").length, 1)
})

test.serial("sensor-lost: told at once, measuring again after it, one run with a gap", async (t) => {
  const { runs, when, at } = await play("sensor-lost")
  t.true(Math.abs((when("fault")[0] ?? 0) - at(0)) < 2)
  t.true((when("sensor").at(-1) ?? 0) > at(1))
  t.deepEqual(
    runs.map(({ dataQuality }) => dataQuality.gaps),
    [1],
  )
})

test.serial("strap-slips: both slips are told", async (t) => {
  const { when, at } = await play("strap-slips")
  const told = when("strapShifted")
  t.is(told.length, 2)
  for (const n of [0, 1]) t.true((told[n] ?? 0) > at(n) && (told[n] ?? 0) < at(n) + 30, `${told}`)
})

test.serial("limp: the stiff knee is measured with two sensors", async (t) => {
  const { runs, truth } = await play("limp")
  const measured = runs[0]?.peakFlexionMedianDeg ?? 0
  t.true(Math.abs(measured - (truth.bouts[0]?.peakMedianDeg ?? 0)) < 4, `${measured}`)
  t.true(measured < 38, `${measured}`)
})

test.serial("intervals: one run of five bouts", async (t) => {
  const { runs } = await play("intervals")
  t.deepEqual(
    runs.map(({ bouts }) => bouts.length),
    [5],
  )
})

test.serial("hills: downhill the knee bends deeper, uphill and level alike", async (t) => {
  const { truth, runs } = await play("hills")
  const [level = 0, up = 0, , down = 0] = truth.bouts.map(({ peakMedianDeg }) => peakMedianDeg)
  t.true(down > level + 4 && Math.abs(up - level) < 3, `${level} ${up} ${down}`)
  t.is(runs.length, 1)
})

test.serial("day: link, power, strap, pain, a reset and USB, in two runs and half an hour", async (t) => {
  const { runs, when, lengthS } = await play("day")
  t.true(lengthS > 20 * 60 && lengthS < 30 * 60, `${lengthS}`)
  t.is(runs.length, 2)
  for (const what of ["strapShifted", "painMarked", "supply", "buzz", "woke"])
    t.true(when(what).length > 0, what)
  t.true(when("phoneConnected").length >= 4)
})
