/** The whole firmware on the virtual board: what a wearer and the phone notice when things go right and wrong. */
import test from "ava"
import { VirtualBoard } from "../../hosts/virtual/board"
import { wordPairs } from "../../hosts/virtual/protocol"
import { StatusFlag } from "../../src/ble/layouts"
import type { Board } from "../../src/board"
import type { BatteryGauge } from "../../src/drivers/driver"
import { startDevice } from "../../src/main"
import { projectRecording, slices, toldBy, Wear } from "./wear"

const RUN_AT_S = 29.4
const DEMO = { overloadCompressions: 20, overloadCompressionsAgain: 10, buzzIntervalS: 10 }

test("a session ends with the summary that the phone reads", async (t) => {
  const wear = await Wear.boot()
  await wear.play(await projectRecording("S01.csv.gz"), 0, 181)
  await wear.closeRun()
  await wear.phone.connect()
  const { runs, bends, summaryText } = await wear.phone.sync()
  t.is(runs.length, 1)
  t.is(runs[0]?.run.bouts.length, 3)
  t.is(bends.length, 5)
  t.regex(summaryText, /162 strides/)
  t.deepEqual(
    wear.events.map(({ name }) => name),
    ["ready", "sensor", "calibrated", "bend", "bend", "runStarted", "runEnded", "phoneConnected"],
  )
  t.is(wear.pulses, 2, "calibration done: two short pulses")
})

/** Peaks that lie within the shake's tenth of a degree from a line may fall on its other side. */
const SHAKEN_COUNTS = 3

for (const name of ["S01.csv.gz", "S10.csv.gz"])
  test(`${name}: a buzz shakes the sensor, and strides, bouts and bends stay what they are`, async (t) => {
    const recording = await projectRecording(name)
    const [calm, shaken] = await Promise.all(
      [0, 6].map(async (buzzesPerRun) => {
        const wear = await Wear.boot()
        await wear.phone.connect()
        for (const [setting, value] of Object.entries({ ...DEMO, buzzesPerRun }))
          await wear.phone.set(setting, value)
        await wear.phone.disconnect()
        await wear.play(recording, 0, 181)
        await wear.closeRun()
        await wear.phone.connect()
        const { runs, bends } = await wear.phone.sync()
        return { run: runs[0]?.run, bends, buzzes: wear.eventsNamed("buzz").length }
      }),
    )
    t.is(calm?.buzzes, 0)
    t.true((shaken?.buzzes ?? 0) >= 3)
    t.is(shaken?.run?.buzzes.length, shaken?.buzzes)
    t.is(shaken?.run?.strides, calm?.run?.strides)
    t.is(shaken?.run?.loadCycles, calm?.run?.loadCycles)
    t.deepEqual(
      shaken?.run?.bouts.map((bout) => bout.strides),
      calm?.run?.bouts.map((bout) => bout.strides),
    )
    t.deepEqual(shaken?.bends, calm?.bends)
    calm?.run?.compressionsByDepth.forEach((count, band) => {
      const off = Math.abs((shaken?.run?.compressionsByDepth[band] ?? 0) - count)
      t.true(off <= SHAKEN_COUNTS, `${off} of ${count}`)
    })
  })

test("an absent sensor is said in the status, buzzed once, and asked for again", async (t) => {
  const wear = await Wear.boot(undefined, { thigh: { present: false } })
  await wear.link.advance(20_000)
  await wear.phone.connect()
  const status = await wear.phone.status()
  t.is(status.flags & StatusFlag.sensorOk, 0)
  t.true(status.faults > 0)
  const faults = wear.eventsNamed("fault")
  t.regex(faults[0]?.detail ?? "", /(LSM6DSO|MPU6886).*WHO_AM_I/)
  t.is(faults.length, 1, "told once, however often it is tried")
  t.is(wear.pulses, 5, "one error pattern")
})

test("a sensor that falls silent in a run costs a gap, not the run", async (t) => {
  const recording = await projectRecording("S01.csv.gz")
  const wear = await Wear.boot()
  await wear.play(recording, 0, 50)
  await wear.link.silence(4000)
  await wear.play(recording, 54, 90)
  await wear.closeRun()
  await wear.phone.connect()
  const [record] = (await wear.phone.sync()).runs
  t.is(record?.run.bouts.length, 2)
  t.is(record?.run.dataQuality.gaps, 1)
  t.true((record?.run.dataQuality.validPermyriad ?? 10_000) < 9400)
  t.true((record?.run.dataQuality.validPermyriad ?? 0) > 9000)
})

test("the calibration outlives a reboot, and settings too", async (t) => {
  const recording = await projectRecording("S01.csv.gz")
  const first = await Wear.boot()
  await first.play(recording, 0, 28)
  await first.phone.connect()
  await first.phone.set("thresholdDeg", 40)
  const before = await first.phone.status()
  // The same storage in a board that is powered anew.
  const again = await Wear.boot(undefined, { keyValue: await first.link.storage() })
  await again.play(recording, RUN_AT_S, 90)
  await again.closeRun()
  await again.phone.connect()
  const status = await again.phone.status()
  const [record] = (await again.phone.sync()).runs
  t.is(before.calibrationVersion, 1)
  t.is(status.calibrationVersion, 1)
  t.is(record?.run.calibrationVersion, 1)
  t.is(record?.run.thresholdCdeg, 4000)
  t.true((record?.run.strides ?? 0) >= 74)
})

test("the phone's commands: find me and test buzz are felt, close ends the run, calibrate waits for bends anew", async (t) => {
  const recording = await projectRecording("S01.csv.gz")
  const wear = await Wear.boot()
  await wear.play(recording, 0, 60)
  await wear.phone.connect()
  const before = wear.pulses
  await wear.phone.command("testBuzz")
  await wear.link.advance(3000)
  t.is(wear.pulses - before, 3)
  await wear.phone.command("findMe")
  await wear.link.advance(12_000)
  t.is(wear.pulses - before, 12)
  t.true(((await wear.phone.status()).flags & StatusFlag.runOpen) !== 0)
  await wear.phone.command("stopRun")
  t.is((await wear.phone.status()).flags & StatusFlag.runOpen, 0)
  t.is((await wear.phone.runs()).length, 1)
  await wear.phone.command("calibrate")
  t.is((await wear.phone.status()).flags & StatusFlag.calibrated, 0)
  await wear.play(recording, 0, 28)
  const status = await wear.phone.status()
  t.true((status.flags & StatusFlag.calibrated) !== 0)
  t.is(status.calibrationVersion, 2)
})

test("a device that is closed ends its run and is silent from then on", async (t) => {
  const virtual = new VirtualBoard()
  const device = startDevice(virtual.board)
  const told = () => (toldBy(virtual).events ?? []).map(({ name }) => name)
  const recording = await projectRecording("S01.csv.gz")
  for (const slice of slices(recording, 0, 60, virtual.thigh.rateHz)) virtual.play(wordPairs(slice))
  told()
  device.close()
  t.deepEqual(told(), ["runEnded"])
  for (const slice of slices(recording, 60, 90, virtual.thigh.rateHz)) virtual.play(wordPairs(slice))
  t.deepEqual(told(), [])
})

test("a sensor whose interrupt line is broken is read by polling, in time", async (t) => {
  const virtual = new VirtualBoard()
  virtual.thigh.faults.interruptOpen = true
  const { runs } = await sessionOn(virtual)
  t.is(runs, 1)
})

test("storage that cannot be written costs what was to be stored, not the run", async (t) => {
  const virtual = new VirtualBoard()
  const broken = {
    open: () => ({
      read: () => undefined,
      write: () => {
        throw new Error("NVS is full")
      },
      delete: () => {},
      close: () => {},
    }),
  }
  const { runs, faults } = await sessionOn(virtual, { keyValue: broken })
  t.is(runs, 1)
  t.deepEqual(faults, [
    "boot count: cannot be stored: NVS is full; device id: cannot be stored: NVS is full",
    "calibration: cannot be stored, it is lost with the power: NVS is full",
    "fault counts: cannot be stored, tried again in an hour: NVS is full",
  ])
})

test("a battery that cannot be measured is told once and stops nothing", async (t) => {
  const virtual = new VirtualBoard()
  const gauge: BatteryGauge = {
    readMv() {
      throw new Error("ADC is busy")
    },
    isCharging: () => false,
    close() {},
  }
  const { runs, faults } = await sessionOn(virtual, { battery: { open: () => gauge } })
  t.is(runs, 1)
  t.deepEqual(faults, ["battery: cannot be measured: ADC is busy"])
})

/** Plays S01 on a board, parts of it replaced; how many runs ended, and what faults were told. */
async function sessionOn(virtual: VirtualBoard, parts: Partial<Board> = {}) {
  const recording = await projectRecording("S01.csv.gz")
  const device = startDevice({ ...virtual.board, ...parts })
  virtual.advance(200)
  for (const slice of slices(recording, 0, 181, virtual.thigh.rateHz)) virtual.play(wordPairs(slice))
  virtual.advance(140_000)
  const told = toldBy(virtual).events ?? []
  device.close()
  return {
    runs: told.filter(({ name }) => name === "runEnded").length,
    faults: told.filter(({ name }) => name === "fault").map(({ detail }) => detail),
  }
}

test("a buzz that the motor cannot give is neither felt nor kept", async (t) => {
  const recording = await projectRecording("S01.csv.gz")
  const wear = await Wear.boot()
  await wear.phone.connect()
  for (const [setting, value] of Object.entries(DEMO)) await wear.phone.set(setting, value)
  await wear.play(recording, 0, 44)
  // Ten seconds of find me are stronger than an overload that becomes due meanwhile.
  await wear.phone.command("findMe")
  await wear.play(recording, 44, 50)
  t.is(wear.eventsNamed("buzz").length, 0)
  await wear.play(recording, 50, 60)
  t.is(wear.eventsNamed("buzz").length, 1)
})

test("bends are listed once when a new wear confirms the stored calibration", async (t) => {
  const recording = await projectRecording("S01.csv.gz")
  const first = await Wear.boot()
  await first.play(recording, 0, 28)
  const again = await Wear.boot(undefined, { keyValue: await first.link.storage() })
  await again.play(recording, 0, 28)
  await again.phone.connect()
  const { bends } = await again.phone.bends()
  t.is(bends.length, 5)
  t.deepEqual(
    bends.map(({ timeMs }) => timeMs),
    bends.map(({ timeMs }) => timeMs).sort((a, b) => a - b),
  )
})

test("a calibration that was forgotten stays forgotten over a reboot, and its run is closed with it", async (t) => {
  const recording = await projectRecording("S01.csv.gz")
  const first = await Wear.boot()
  await first.play(recording, 0, 60)
  await first.phone.connect()
  await first.phone.command("calibrate")
  t.is((await first.phone.runs())[0]?.run.calibrationVersion, 1)
  const again = await Wear.boot(undefined, { keyValue: await first.link.storage() })
  await again.play(recording, 0, 28)
  await again.phone.connect()
  t.is((await again.phone.status()).calibrationVersion, 2)
  t.is(again.eventsNamed("calibrated").length, 1)
})

test("a few samples lost every two seconds cost hardly a stride", async (t) => {
  const recording = await projectRecording("S01.csv.gz")
  const wear = await Wear.boot()
  await wear.play(recording, 0, 40)
  for (let fromS = 40; fromS < 90; fromS += 2) {
    await wear.link.silence(25)
    await wear.play(recording, fromS + 0.025, fromS + 2)
  }
  await wear.closeRun()
  await wear.phone.connect()
  const run = (await wear.phone.runs())[0]?.run
  t.is(run?.bouts.length, 1)
  t.true((run?.dataQuality.gaps ?? 0) >= 20, `${run?.dataQuality.gaps} gaps`)
  t.true(Math.abs((run?.strides ?? 0) - 76) <= 2, `${run?.strides} strides`)
})

test("a sensor that comes and goes is buzzed for once", async (t) => {
  const recording = await projectRecording("S01.csv.gz")
  const wear = await Wear.boot()
  await wear.play(recording, 0, 35)
  const before = wear.pulses
  for (let fromS = 35; fromS < 80; fromS += 9) {
    await wear.link.silence(3000)
    await wear.play(recording, fromS + 3, fromS + 9)
  }
  t.true(wear.eventsNamed("fault").length >= 3)
  t.is(wear.pulses - before, 5)
})

test("a mount that running refines is stored when the bout is over, not in it", async (t) => {
  const recording = await projectRecording("S01.csv.gz")
  const wear = await Wear.boot()
  const stored = async () => (await wear.link.storage()).patella?.calibration
  await wear.play(recording, 0, 31)
  const fromBends = await stored()
  t.truthy(fromBends)
  await wear.play(recording, 31, 65)
  t.is(await stored(), fromBends, "in the bout")
  await wear.play(recording, 65, 94.4)
  t.not(await stored(), fromBends, "after it")
})

test("a refined mount that is forgotten before it was stored is not stored after it", async (t) => {
  const recording = await projectRecording("S01.csv.gz")
  const wear = await Wear.boot()
  const stored = async () => (await wear.link.storage()).patella?.calibration
  await wear.play(recording, 0, 65)
  await wear.phone.connect()
  await wear.phone.command("calibrate")
  const forgotten = await stored()
  await wear.link.advance(5000)
  t.is(await stored(), forgotten)
})
