/** The whole firmware on the virtual board: what a wearer and the phone notice when things go right and wrong. */
import test from "ava"
import { VirtualBoard } from "../../hosts/virtual/board"
import type { Reply } from "../../hosts/virtual/protocol"
import { StatusFlag } from "../../src/ble/layouts"
import { startDevice } from "../../src/main"
import { projectRecording, slices, Wear } from "./wear"

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
  t.is(wear.motor.filter(({ duty }) => duty > 0).length, 2, "calibration done: two short pulses")
})

test("a buzz shakes the sensor and changes no count", async (t) => {
  const recording = await projectRecording("S01.csv.gz")
  const counted = await Promise.all(
    [0, 6].map(async (buzzesPerRun) => {
      const wear = await Wear.boot()
      await wear.phone.connect()
      for (const [name, value] of Object.entries({ ...DEMO, buzzesPerRun })) await wear.phone.set(name, value)
      await wear.phone.disconnect()
      await wear.play(recording, 0, 181)
      await wear.closeRun()
      await wear.phone.connect()
      const run = (await wear.phone.sync()).runs[0]?.run
      return { run, buzzes: wear.eventsNamed("buzz").length }
    }),
  )
  const [calm, shaken] = counted
  t.is(calm?.buzzes, 0)
  t.true((shaken?.buzzes ?? 0) >= 3)
  t.is(shaken?.run?.buzzes.length, shaken?.buzzes)
  t.is(shaken?.run?.strides, calm?.run?.strides)
  t.deepEqual(shaken?.run?.compressionsByDepth, calm?.run?.compressionsByDepth)
  t.is(shaken?.run?.bouts.length, calm?.run?.bouts.length)
})

test("an absent sensor is said in the status, buzzed once, and asked for again", async (t) => {
  const wear = await Wear.boot(undefined, { thigh: { present: false } })
  await wear.link.advance(20_000)
  await wear.phone.connect()
  const status = await wear.phone.status()
  t.is(status.flags & StatusFlag.sensorOk, 0)
  t.true(status.faults > 0)
  const faults = wear.eventsNamed("fault")
  t.regex(faults[0]?.detail ?? "", /LSM6DSO.*WHO_AM_I/)
  t.is(faults.length, 1, "told once, however often it is tried")
  t.is(wear.motor.filter(({ duty }) => duty > 0).length, 5, "one error pattern")
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
  const pulses = () => wear.motor.filter(({ duty }) => duty > 0).length
  const before = pulses()
  await wear.phone.command("testBuzz")
  await wear.link.advance(3000)
  t.is(pulses() - before, 3)
  await wear.phone.command("findMe")
  await wear.link.advance(12_000)
  t.is(pulses() - before, 12)
  t.true(((await wear.phone.status()).flags & StatusFlag.runOpen) !== 0)
  await wear.phone.command("closeRun")
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
  const told = () => {
    const reply: Reply = { nowMs: 0 }
    virtual.moveInto(reply)
    return (reply.events ?? []).map(({ name }) => name)
  }
  const recording = await projectRecording("S01.csv.gz")
  for (const slice of slices(recording, 0, 60, virtual.thigh.rateHz)) virtual.play(slice)
  told()
  device.close()
  t.deepEqual(told(), ["runEnded"])
  for (const slice of slices(recording, 60, 90, virtual.thigh.rateHz)) virtual.play(slice)
  t.deepEqual(told(), [])
})
