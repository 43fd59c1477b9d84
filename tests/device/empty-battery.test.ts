/** A device whose battery runs empty in a run: the run is closed and kept, it goes off, and what it does when it is switched on again. */
import test from "ava"
import fc from "fast-check"
import { VirtualBoard } from "../../hosts/virtual/board"
import type { BoardKind } from "../../hosts/virtual/protocol"
import type { EngineName } from "../../simulator/engine/engine"
import { Problem, StatusFlag } from "../../src/ble/layouts"
import { startDevice } from "../../src/main"
import { projectRecording, toldBy, Wear } from "./wear"

const KINDS = ["xiao_esp32c3", "m5stick_cplus"] as const
const EMPTY_MV = 3350
/** Five short. */
const ERROR_PULSES = 5
const recording = projectRecording("S01.csv.gz")

/** Plays until it is off or the time has come. */
async function playUntilOff(wear: Wear, fromS: number, toS: number): Promise<void> {
  for (let atS = fromS; atS < toS && !isOff(wear); atS++) {
    try {
      await wear.play(await recording, atS, atS + 1)
    } catch (error) {
      // Its power went within that second.
      if (!wear.link.powerCut) throw error
    }
  }
}

function isOff({ link }: Wear): boolean {
  return link.powerCut || link.isAsleep
}

/** As a wearer would: the power key, or the button. */
async function switchOn({ link }: Wear): Promise<void> {
  if (link.powerCut) {
    await link.reboot("power")
    return
  }
  await link.pressButton(true)
  await link.advance(300)
  await link.pressButton(false)
}

async function untilOff({ link }: Wear, limitS: number): Promise<number> {
  for (let second = 1; second <= limitS; second++) {
    await link.advance(1000)
    if (link.powerCut || link.isAsleep) return second
  }
  return Number.POSITIVE_INFINITY
}

async function goesEmptyInARun(wear: Wear): Promise<void> {
  await wear.play(await recording, 0, 50)
  await wear.link.changeBattery({ mv: EMPTY_MV })
  await playUntilOff(wear, 50, 150)
}

const cases: [BoardKind, EngineName | undefined][] = [
  ["xiao_esp32c3", undefined],
  ["m5stick_cplus", undefined],
  ["xiao_esp32c3", "xs"],
  ["m5stick_cplus", "node"],
]
for (const [kind, engine] of cases)
  test(`${kind}${engine ? ` on ${engine}` : ""}: an empty battery ends the run, and is told by one buzz; the run is there when it is charged`, async (t) => {
    const wear = await Wear.boot(engine, { kind, batteryMv: 3900 })
    await goesEmptyInARun(wear)
    t.true(isOff(wear))
    t.is(wear.link.powerCut, kind === "m5stick_cplus", "by its power chip, where there is one")
    const names = wear.events.map(({ name }) => name)
    const order = ["runStarted", "runEnded", "batteryEmpty"]
    t.deepEqual(
      names.filter((name) => order.includes(name)),
      order,
    )
    t.deepEqual(wear.eventsNamed("fault"), [])
    const emptyMs = wear.eventsNamed("batteryEmpty")[0]?.atMs ?? Number.NaN
    t.is(wear.motor.filter(({ atMs, duty }) => atMs >= emptyMs && duty > 0).length, ERROR_PULSES)

    wear.motor.length = 0
    await switchOn(wear)
    t.true((await untilOff(wear, 10)) <= 6, "off again")
    t.is(wear.pulses, ERROR_PULSES)
    t.is(wear.eventsNamed("runStarted").length, 1)

    await wear.link.changeBattery({ mv: 3380, supply: true })
    await switchOn(wear)
    await wear.link.advance(120_000)
    t.false(isOff(wear))
    await wear.phone.connect()
    const status = await wear.phone.status()
    t.is(status.problems, Problem.batteryEmpty)
    t.truthy(status.flags & StatusFlag.charging)
    t.truthy(status.flags & StatusFlag.batteryLow)
    const runs = await wear.phone.runs()
    t.is(runs.length, 1)
    const strides = Number(/(\d+) strides/.exec(wear.eventsNamed("runEnded")[0]?.detail ?? "")?.[1])
    t.is(runs[0]?.run.strides, strides)
    t.true(strides > 30, `${strides}`)

    await wear.link.changeBattery({ supply: false })
    await wear.link.reboot("reset")
    await wear.link.advance(1000)
    await wear.phone.connect()
    const { problems, flags } = await wear.phone.status()
    t.is(problems, 0, "told in that boot alone")
    t.is(flags & StatusFlag.charging, 0)
    await wear.engine.close()
  })

for (const kind of KINDS)
  test(`${kind}: off it stays off, however it is moved`, async (t) => {
    const wear = await Wear.boot(undefined, { kind, batteryMv: 3900 })
    await goesEmptyInARun(wear)
    if (wear.link.isAsleep) await wear.play(await recording, 60, 70)
    t.true(isOff(wear))
    t.is(wear.link.wakes, 0)
    t.is(wear.eventsNamed("ready").length, 1)
  })

test("where only sleep is left, the sensor draws what little it can", (t) => {
  const virtual = new VirtualBoard({ kind: "xiao_esp32c3", batteryMv: 3300 })
  virtual.start(startDevice)
  virtual.advance(60_000)
  t.true(virtual.isAsleep)
  t.true(virtual.thigh.rateHz < 30, `sensor at ${virtual.thigh.rateHz} Hz`)
})

test("a battery whose chip does not answer is told, keeps the display dark, and ends nothing", async (t) => {
  const virtual = new VirtualBoard({ kind: "m5stick_cplus", batteryMv: 3300 })
  const { pmic } = virtual.equipment
  if (!pmic) throw new Error("an M5StickC Plus has one")
  pmic.faults.absent = true
  virtual.start(startDevice)
  virtual.advance(180_000)
  t.true(virtual.power.isOn)
  const { events = [] } = toldBy(virtual)
  const faults = events.filter(({ name }) => name === "fault")
  t.deepEqual(
    faults.map(({ detail }) => detail.split(": ")[1]),
    ["cannot be measured", "off, tried again when it is to show something"],
  )
  pmic.faults.absent = false
  virtual.advance(120_000)
  t.false(virtual.power.isOn, "measured again, it is empty")
})

interface Cell {
  mv: number
  supply: boolean
  seconds: number
}

async function live(kind: BoardKind, cells: readonly Cell[]): Promise<void> {
  const wear = await Wear.boot(undefined, { kind, batteryMv: 3900 })
  let atS = 50
  let beforeMv = 3900
  await wear.play(await recording, 0, atS)
  for (const { mv, supply, seconds } of cells) {
    await wear.link.changeBattery({ mv, supply })
    await playUntilOff(wear, atS, atS + seconds)
    atS += seconds
    // Once the wearer is told nothing but a supply keeps it on.
    if (isOff(wear)) {
      if (supply || Math.min(mv, beforeMv) >= 3400) throw new Error(`off at ${mv} mV, on a supply: ${supply}`)
      break
    }
    beforeMv = mv
  }
  if (isOff(wear)) {
    const last = wear.events.filter(({ name }) => name !== "supply").at(-1)?.name
    if (last !== "batteryEmpty" && last !== "runEnded") throw new Error(`the last it told: ${last}`)
  }
  await wear.link.changeBattery({ mv: 3700, supply: true })
  if (isOff(wear)) await switchOn(wear)
  await wear.closeRun()
  const ended = wear.eventsNamed("runEnded").flatMap(({ detail }) => /(\d+) strides/.exec(detail)?.[1] ?? [])
  await wear.phone.connect()
  const runs = (await wear.phone.runs()).map(({ run }) => run.strides)
  if (ended.length === 0 || runs.join() !== ended.map(Number).join()) throw new Error(`${runs} of ${ended}`)
  if ((await wear.phone.status()).flags & StatusFlag.runOpen) throw new Error("a run is open")
}

test("whatever the battery does: never off on a supply, and each run is closed and there", async (t) => {
  const mv = fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 3050, max: 3420 }) },
    fc.integer({ min: 3421, max: 4200 }),
  )
  const cell = fc.record({
    mv,
    supply: fc.oneof({ weight: 2, arbitrary: fc.constant(false) }, fc.constant(true)),
    seconds: fc.integer({ min: 2, max: 26 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...KINDS), fc.array(cell, { minLength: 1, maxLength: 5 }), live),
    { numRuns: 12, includeErrorInReport: true },
  )
  t.pass()
})
