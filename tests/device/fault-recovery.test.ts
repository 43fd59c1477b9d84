/** What is felt of a fault and how often, what it leaves behind, and what becomes of it when the processor starts anew. */
import test from "ava"
import { PIN } from "../../hosts/esp32/xiao_esp32c3/wiring"
import { VirtualBoard } from "../../hosts/virtual/board"
import { setFault } from "../../hosts/virtual/faults"
import { startDevice } from "../../src/main"
import { errorBuzzes, KINDS, namesOf, RECORDING } from "./fault-wear"
import { toldBy, Wear } from "./wear"

const MIN_MS = 60_000

async function problemsOf({ phone }: Wear) {
  await phone.connect()
  const { problems } = await phone.status()
  await phone.disconnect()
  return namesOf(problems)
}

async function press({ link }: Wear, ms = 120): Promise<void> {
  await link.pressButton(true)
  await link.advance(ms)
  await link.pressButton(false)
  await link.advance(1000)
}

/** On for `onMs`, off for `offMs`, so many times. */
async function comesAndGoes({ link }: Wear, times: number, onMs: number, offMs: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    await link.setFault("thighAbsent", true)
    await link.advance(onMs)
    await link.setFault("thighAbsent", false)
    await link.advance(offMs)
  }
}

test("a sensor that comes and goes is felt once, and once more after it was well for two minutes", async (t) => {
  const wear = await Wear.boot()
  await wear.link.advance(10_000)
  await comesAndGoes(wear, 20, 5000, 20_000)
  t.is(errorBuzzes(wear), 1)
  await wear.link.advance(2 * MIN_MS)
  await comesAndGoes(wear, 2, 5000, 20_000)
  t.is(errorBuzzes(wear), 2)
})

test("a sensor that is gone for good is felt once in an hour; another problem meanwhile is felt too", async (t) => {
  const wear = await Wear.boot(undefined, { faults: ["thighAbsent"] })
  // Every start is felt anew.
  await wear.phone.connect()
  await wear.phone.set("sleepAfterMin", 0)
  await wear.phone.disconnect()
  await wear.link.advance(60 * MIN_MS)
  t.is(errorBuzzes(wear), 1)
  await wear.link.setFault("buttonStuck")
  await wear.link.advance(2 * MIN_MS)
  t.is(errorBuzzes(wear), 2)
  t.deepEqual(await problemsOf(wear), ["thighSensor", "button"])
})

test("what comes together is one buzz", async (t) => {
  const wear = await Wear.boot(undefined, { shank: {} })
  await wear.play(RECORDING, 0, 10)
  await wear.link.setFault("busShorted")
  await wear.link.advance(10_000)
  t.deepEqual(await problemsOf(wear), ["thighSensor", "shankSensor", "bus"])
  t.is(errorBuzzes(wear), 1)
})

test("a part that needs four seconds to start is not felt", async (t) => {
  const wear = await Wear.boot(undefined, { faults: ["thighAbsent"] })
  await wear.link.advance(3000)
  await wear.link.setFault("thighAbsent", false)
  await wear.link.advance(20_000)
  t.is(errorBuzzes(wear), 0)
  t.deepEqual(await problemsOf(wear), [])
})

test("an error buzz waits for a stronger one", async (t) => {
  const wear = await Wear.boot()
  await wear.link.advance(10_000)
  await wear.phone.connect()
  await wear.phone.command("findMe")
  await wear.link.setFault("thighAbsent")
  await wear.link.advance(9000)
  t.is(errorBuzzes(wear), 0)
  await wear.link.advance(9000)
  t.is(errorBuzzes(wear), 1)
})

for (const kind of KINDS) {
  test(`${kind}: a motor that does not turn is told, and no more once it does`, async (t) => {
    const wear = await Wear.boot(undefined, { kind })
    await wear.link.advance(1000)
    await wear.link.setFault("motorAbsent")
    await wear.phone.connect()
    await t.throwsAsync(wear.phone.command("testBuzz"), { message: /cannot be carried out now/ })
    await wear.phone.disconnect()
    await wear.link.advance(2000)
    t.deepEqual(await problemsOf(wear), ["motor"])
    t.is(wear.pulses, 0)
    await wear.link.setFault("motorAbsent", false)
    await wear.phone.connect()
    await wear.phone.command("testBuzz")
    await wear.phone.disconnect()
    await wear.link.advance(2000)
    t.deepEqual(await problemsOf(wear), [])
    t.is(wear.pulses, 3)
  })

  test(`${kind}: a button that is stuck does nothing until it is let go, and erases nothing however often it is switched on`, async (t) => {
    const wear = await Wear.boot(undefined, { kind })
    await wear.link.advance(1000)
    await wear.phone.connect()
    await wear.phone.set("thresholdDeg", 41)
    await wear.phone.disconnect()
    await wear.link.setFault("buttonStuck")
    for (let start = 0; start < 3; start++) {
      await wear.link.reboot("power")
      await wear.link.advance(2 * MIN_MS)
      t.deepEqual(await problemsOf(wear), ["button"])
    }
    t.is(wear.eventsNamed("factoryReset").length, 0)
    await wear.link.setFault("buttonStuck", false)
    await wear.link.advance(2000)
    t.deepEqual(await problemsOf(wear), [])
    await wear.phone.connect()
    t.is((await wear.phone.settings()).thresholdDeg, 41)
    await wear.phone.disconnect()
    const before = wear.motor.length
    await press(wear, 3200)
    t.deepEqual(wear.pulsesMs(before).slice(0, 2), [400, 120], "it asks again, as ever")
  })

  for (const [reboot, problem] of [
    ["brownOut", "brownOut"],
    ["crash", "crash"],
  ] as const)
    test(`${kind}: after a ${reboot} in a run the run goes on, and the status says what it was until the next start`, async (t) => {
      const wear = await Wear.boot(undefined, { kind })
      await wear.play(RECORDING, 0, 60)
      await wear.link.reboot(reboot)
      await wear.play(RECORDING, 60, 90)
      t.is(wear.eventsNamed("runResumed").length, 1)
      t.deepEqual(await problemsOf(wear), [problem])
      t.is(errorBuzzes(wear), 0)
      await wear.closeRun()
      await wear.phone.connect()
      const { runs } = await wear.phone.sync()
      await wear.phone.disconnect()
      t.is(runs.length, 1)
      t.true((runs[0]?.run.strides ?? 0) >= 70, `${runs[0]?.run.strides} strides`)
      await wear.link.reboot("reset")
      await wear.link.advance(1000)
      t.deepEqual(await problemsOf(wear), [])
    })

  test(`${kind}: a processor that starts anew while a chip sends finds the bus held, and clocks it free`, async (t) => {
    const wear = await Wear.boot(undefined, { kind })
    await wear.play(RECORDING, 0, 60)
    await wear.link.setFault("busHeld")
    await wear.link.reboot("crash")
    await wear.play(RECORDING, 60, 90)
    t.regex(wear.eventsNamed("fault").at(-1)?.detail ?? "", /clocked free/)
    t.deepEqual(await problemsOf(wear), ["crash"])
    await wear.closeRun()
    await wear.phone.connect()
    t.is((await wear.phone.runs()).length, 1)
  })
}

test("a run that was in flash is there again when the partition is", async (t) => {
  const wear = await Wear.boot()
  await wear.play(RECORDING, 0, 90)
  await wear.closeRun()
  await wear.link.setFault("flashMissing")
  await wear.link.reboot("power")
  await wear.link.advance(10_000)
  t.deepEqual(await problemsOf(wear), ["flash"])
  t.is(errorBuzzes(wear), 1)
  await wear.link.setFault("flashMissing", false)
  await wear.link.reboot("power")
  await wear.link.advance(10_000)
  t.deepEqual(await problemsOf(wear), [])
  await wear.phone.connect()
  t.is((await wear.phone.runs()).length, 1)
})

test("a shank that answers shows that the bus is free: the thigh's absence leaves it alone", async (t) => {
  const virtual = new VirtualBoard({ shank: {} })
  startDevice(virtual.board)
  virtual.advance(5000)
  let clocks = 0
  virtual.pins.watch(PIN.clock, () => clocks++)
  setFault(virtual, "thighAbsent")
  virtual.advance(20_000)
  t.is(clocks, 0)
  setFault(virtual, "shankAbsent")
  virtual.advance(60_000)
  setFault(virtual, "busShorted")
  virtual.advance(60_000)
  t.true(clocks >= 18, `${clocks} edges`)
  const told = toldBy(virtual).events ?? []
  t.false(told.some(({ detail }) => /cannot be had/.test(detail)))
})

test("a motor that is not there is told before it is needed", async (t) => {
  const wear = await Wear.boot(undefined, { faults: ["motorAbsent"] })
  await wear.link.advance(1200)
  t.deepEqual(await problemsOf(wear), ["motor"])
})

test("a calibration that cannot be stored is felt and told at once, and no more once it can be", async (t) => {
  const wear = await Wear.boot()
  await wear.play(RECORDING, 0, 10)
  await wear.link.setFault("keyValueFull")
  await wear.play(RECORDING, 10, 25)
  t.is(wear.eventsNamed("calibrated").length, 1)
  t.deepEqual(await problemsOf(wear), ["keyValue"])
  t.is(errorBuzzes(wear), 1)
  await wear.link.setFault("keyValueFull", false)
  await wear.phone.connect()
  await wear.phone.command("calibrate")
  await wear.phone.disconnect()
  t.deepEqual(await problemsOf(wear), [])
})
