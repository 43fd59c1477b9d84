/** Sleep of the whole firmware: when it comes, what ends it, and that nothing that counts is lost by it. */
import test from "ava"
import { StatusFlag } from "../../src/ble/layouts"
import type { Run } from "../../src/ble/run-codec"
import { Wake } from "../../src/power/port"
import { Sleeper } from "./sleeper"
import { projectRecording, Wear } from "./wear"

const S01 = await projectRecording("S01.csv.gz")
/** Bends until 26 s; standing from there; the first bout from 30 s on. */
const BENDS_END_S = 28
const RUN_END_S = 70
/** Nobody moves; what a chip is played last goes on. */
const STILL = [27, 28] as const

function sleeping(options = {}): Sleeper {
  const sleeper = new Sleeper(options)
  sleeper.minutes(11)
  return sleeper
}

test("not moved and not used for ten minutes it sleeps: nothing of it is on air, and its chip watches for motion", (t) => {
  const sleeper = new Sleeper()
  sleeper.advance(9.9 * 60_000)
  t.false(sleeper.isAsleep)
  t.deepEqual(sleeper.virtual.link.handle({ op: "scan" }).advertisement?.intervalMs, 1022.5)
  sleeper.minutes(1)
  t.true(sleeper.isAsleep)
  t.deepEqual(sleeper.virtual.link.handle({ op: "scan" }), { linkError: "not advertising" })
  t.is(sleeper.eventsNamed("asleep")[0]?.detail, "until it is moved")
  sleeper.minutes(600)
  t.is(sleeper.wakes, 0)
})

test("moved it wakes, with its calibration, and counts the run as if it had been awake", async (t) => {
  const awake = new Sleeper()
  awake.play(S01, 0, BENDS_END_S)
  awake.play(S01, BENDS_END_S, RUN_END_S)
  const sleeper = new Sleeper()
  sleeper.play(S01, 0, BENDS_END_S)
  sleeper.minutes(15)
  t.true(sleeper.isAsleep)
  sleeper.play(S01, BENDS_END_S, RUN_END_S)
  t.is(sleeper.wakes, 1)
  t.is(sleeper.eventsNamed("woke")[0]?.detail, "by motion")
  t.is(sleeper.eventsNamed("calibrated").length, 1, "it is known from before")
  for (const device of [awake, sleeper]) device.minutes(3)
  const runs: Run[] = []
  for (const device of [awake, sleeper]) {
    await device.phone.connect()
    const synced = await device.phone.runs()
    t.is(synced.length, 1)
    for (const { run } of synced) runs.push(run)
    t.true(((await device.phone.status()).flags & StatusFlag.calibrated) !== 0)
  }
  const [before, after] = runs as [Run, Run]
  t.true(before.strides - after.strides <= 1 && after.strides > 35, `${before.strides}, ${after.strides}`)
  t.is(after.calibrationVersion, 1)
})

test("a run after a sleep has its time, though no phone came in between", async (t) => {
  const NOON_S = 1_800_000_000
  const sleeper = new Sleeper()
  sleeper.play(S01, 0, BENDS_END_S)
  await sleeper.phone.connect()
  await sleeper.phone.setClock(NOON_S, 8)
  await sleeper.phone.disconnect()
  const toldMs = sleeper.virtual.clock.nowMs
  sleeper.minutes(15)
  t.true(sleeper.isAsleep)
  const wokenMs = sleeper.virtual.clock.nowMs
  sleeper.play(S01, BENDS_END_S, RUN_END_S)
  sleeper.minutes(3)
  await sleeper.phone.connect()
  const [entry] = (await sleeper.phone.runList()).runs
  const sinceS = (entry?.startUnixS ?? 0) - NOON_S
  t.true(sinceS >= (wokenMs - toldMs) / 1000 && sinceS < (wokenMs - toldMs) / 1000 + 10, `${sinceS} s`)
  t.is(entry?.zoneQuarters, 8)
})

test("what it is played while it sleeps takes its own time, at the rate at which it measured", (t) => {
  const sleeper = sleeping()
  const { clock, thigh } = sleeper.virtual
  t.true(thigh.rateHz < 30 && thigh.playRateHz > 99, `${thigh.rateHz}, ${thigh.playRateHz}`)
  const beganMs = clock.nowMs
  sleeper.play(S01, ...STILL)
  t.true(Math.abs(clock.nowMs - beganMs - 1000) < 50, `${clock.nowMs - beganMs} ms`)
})

test("it measures within a second of the movement", (t) => {
  const sleeper = sleeping()
  const { clock } = sleeper.virtual
  let wokenMs = 0
  sleeper.virtual.clock.at(clock.nowUs, () => {
    wokenMs = clock.nowMs
  })
  sleeper.play(S01, 30, 33)
  const [woke] = sleeper.eventsNamed("woke")
  const measuring = sleeper.eventsNamed("sensor").at(-1)
  t.true((measuring?.startMs ?? 0) + (measuring?.atMs ?? 0) - wokenMs < 1000)
  t.is(woke?.startMs, measuring?.startMs)
})

test("bends right after waking calibrate, when the bend that woke it is not counted on", (t) => {
  const sleeper = sleeping()
  t.is(sleeper.eventsNamed("calibrated").length, 0)
  sleeper.play(S01, 0, BENDS_END_S)
  t.is(sleeper.wakes, 1)
  t.regex(sleeper.eventsNamed("calibrated")[0]?.detail ?? "", /knee bends/)
})

test("a bump wakes it for two minutes, a walk for ten", (t) => {
  const sleeper = sleeping()
  sleeper.play(S01, 30, 32)
  sleeper.play(S01, ...STILL)
  t.is(sleeper.wakes, 1)
  sleeper.advance(110_000)
  t.false(sleeper.isAsleep)
  sleeper.advance(20_000)
  t.true(sleeper.isAsleep)
  sleeper.play(S01, 30, 50)
  sleeper.play(S01, ...STILL)
  t.is(sleeper.wakes, 2)
  // The run that this was ends by itself before.
  sleeper.advance(9 * 60_000)
  t.false(sleeper.isAsleep)
  sleeper.minutes(5)
  t.true(sleeper.isAsleep)
})

test("whoever moves keeps it awake, also without a run", async (t) => {
  const sleeper = new Sleeper()
  await sleeper.phone.connect()
  await sleeper.phone.set("sleepAfterMin", 1)
  await sleeper.phone.disconnect()
  for (let times = 0; times < 4; times++) sleeper.play(S01, 8, 24)
  t.false(sleeper.isAsleep)
  t.is(sleeper.eventsNamed("runStarted").length, 0)
})

test("what waits to be stored is stored before it sleeps", async (t) => {
  const sleeper = new Sleeper()
  const { faults } = sleeper.virtual.thigh
  // The second is stored an hour after the first otherwise.
  for (let times = 0; times < 2; times++) {
    sleeper.minutes(5)
    faults.absent = true
    sleeper.advance(2000)
    faults.absent = false
  }
  sleeper.minutes(12)
  t.true(sleeper.isAsleep)
  sleeper.play(S01, 30, 33)
  await sleeper.phone.connect()
  t.is((await sleeper.phone.faultCounts()).sensor, 2)
})

test("an open run keeps it awake until its pause ends it", async (t) => {
  const sleeper = new Sleeper()
  await sleeper.phone.connect()
  await sleeper.phone.set("sleepAfterMin", 1)
  await sleeper.phone.set("pauseLimitS", 600)
  await sleeper.phone.disconnect()
  sleeper.play(S01, 0, 60)
  sleeper.play(S01, ...STILL)
  sleeper.minutes(9)
  t.false(sleeper.isAsleep)
  sleeper.minutes(3)
  t.true(sleeper.isAsleep)
  t.deepEqual(
    sleeper.events.slice(-2).map(({ name }) => name),
    ["runEnded", "asleep"],
  )
})

test("a phone that is connected keeps it awake, and so does a charger", async (t) => {
  const connected = new Sleeper()
  await connected.phone.connect()
  connected.minutes(60)
  t.false(connected.isAsleep)
  await connected.phone.disconnect()
  connected.minutes(11)
  t.true(connected.isAsleep)

  const charging = new Sleeper({}, (board) => ({
    ...board,
    battery: { open: () => Object.assign(board.battery.open(), { isCharging: () => true }) },
  }))
  charging.minutes(60)
  t.false(charging.isAsleep)
})

test("0 is never, and one minute is one", async (t) => {
  for (const [minutes, isAsleep] of [
    [0, false],
    [1, true],
  ] as const) {
    const sleeper = new Sleeper()
    await sleeper.phone.connect()
    await sleeper.phone.set("sleepAfterMin", minutes)
    await sleeper.phone.disconnect()
    sleeper.minutes(minutes === 0 ? 300 : 1.1)
    t.is(sleeper.isAsleep, isAsleep)
  }
})

test("where the sensor cannot be told to watch, the button alone wakes it; without one it stays awake", (t) => {
  const sleeper = new Sleeper()
  sleeper.cannotWatch = true
  sleeper.minutes(11)
  t.is(sleeper.eventsNamed("asleep")[0]?.detail, "until the button is pressed")
  sleeper.play(S01, 30, 33)
  t.is(sleeper.wakes, 0)
  sleeper.virtual.pressButton(true)
  sleeper.advance(200)
  t.is(sleeper.wakes, 1)

  const without = new Sleeper({}, ({ button: _, ...board }) => board)
  without.cannotWatch = true
  without.minutes(60)
  t.false(without.isAsleep)
  t.is(without.eventsNamed("asleep").length, 0)
})

test("a question waits for its answer", async (t) => {
  const sleeper = new Sleeper()
  await sleeper.phone.connect()
  await sleeper.phone.set("sleepAfterMin", 1)
  await sleeper.phone.disconnect()
  sleeper.advance(50_000)
  sleeper.virtual.pressButton(true)
  sleeper.advance(3100)
  sleeper.virtual.pressButton(false)
  // Asked, it lapses after half a minute; from there on a minute counts.
  sleeper.advance(80_000)
  t.false(sleeper.isAsleep)
  sleeper.advance(15_000)
  t.true(sleeper.isAsleep)
})

test("the button wakes it, and however long it is held is no factory reset", (t) => {
  const sleeper = sleeping()
  const { virtual } = sleeper
  virtual.pressButton(true)
  sleeper.advance(8000)
  virtual.pressButton(false)
  sleeper.advance(1000)
  t.is(virtual.board.power?.wake, Wake.button)
  t.is(sleeper.eventsNamed("woke")[0]?.detail, "by the button")
  t.is(sleeper.eventsNamed("factoryReset").length, 0)
  sleeper.minutes(9)
  t.false(sleeper.isAsleep)
  sleeper.minutes(3)
  t.true(sleeper.isAsleep)
})

test("between batches the processor may sleep lightly, but not while the motor turns", (t) => {
  const sleeper = new Sleeper()
  const { processor } = sleeper.virtual
  sleeper.advance(2000)
  t.true(processor.mayLightSleep)
  const before = { ...processor.use }
  sleeper.advance(60_000)
  const { lightSleepMs, lightWakes } = processor.use
  const share = (lightSleepMs - before.lightSleepMs) / 60_000
  t.true(share > 0.9 && share < 0.97, `${share}`)
  const wakesPerS = (lightWakes - before.lightWakes) / 60
  t.true(wakesPerS > 10 && wakesPerS < 14, `${wakesPerS}`)
  sleeper.virtual.pressButton(true)
  sleeper.advance(3100)
  sleeper.virtual.pressButton(false)
  t.false(processor.mayLightSleep, "it asks")
  sleeper.advance(5000)
  t.true(processor.mayLightSleep)
})

for (const engine of [undefined, "xs"] as const)
  test(`by the commands of the simulator it sleeps, wakes by its button and goes on counting boots${engine ? " (XS)" : ""}`, async (t) => {
    const wear = await Wear.boot(engine)
    await wear.play(S01, 0, BENDS_END_S)
    await wear.link.advance(11 * 60_000)
    t.true(wear.link.isAsleep)
    await wear.link.pressButton(true)
    await wear.link.advance(300)
    await wear.link.pressButton(false)
    t.deepEqual([wear.link.isAsleep, wear.link.wakes], [false, 1])
    await wear.link.advance(2000)
    await wear.phone.connect()
    const { bootId, uptimeMs } = await wear.phone.identity()
    t.is(bootId, 2)
    t.true(uptimeMs < 3000)
    t.true(((await wear.phone.status()).flags & StatusFlag.calibrated) !== 0)
    await wear.engine.close()
  })

test("while a maker is at the console it stays awake, and sleeps some time after the last key", (t) => {
  const sleeper = new Sleeper()
  sleeper.minutes(9)
  sleeper.virtual.console.send(new TextEncoder().encode("version\r"))
  sleeper.minutes(3)
  t.false(sleeper.isAsleep)
  sleeper.minutes(13)
  t.true(sleeper.isAsleep)
})
