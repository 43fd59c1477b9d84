/** What the firmware sees to beside measuring: its battery, its sensor's health, lost samples, a calibration's age. */
import test from "ava"
import { VirtualBoard } from "../../hosts/virtual/board"
import type { BoardOptions } from "../../hosts/virtual/protocol"
import { KNOWN_PHONE, knowing } from "../../simulator/phone/known-phone"
import { Phone } from "../../simulator/phone/phone"
import { StatusFlag } from "../../src/ble/layouts"
import { startDevice } from "../../src/main"
import { projectRecording, toldBy, Wear } from "./wear"

const SAMPLE_MS = (64 / 6667) * 1000

async function powered(options: BoardOptions = {}) {
  const virtual = new VirtualBoard(knowing(options))
  startDevice(virtual.board)
  const phone = new Phone(async (request) => virtual.link.handle(request), KNOWN_PHONE)
  await phone.connect()
  return { virtual, phone }
}

test("a battery that falls is told within a minute, and called low under a tenth", async (t) => {
  const { virtual, phone } = await powered({ batteryMv: 3680 })
  const told = async () => {
    const { batteryPercent, flags } = await phone.status()
    return [batteryPercent, (flags & StatusFlag.batteryLow) !== 0]
  }
  t.deepEqual(await told(), [10, false])
  virtual.batteryMv = 3640
  virtual.advance(58_000)
  t.deepEqual(await told(), [10, false], "it is not measured all the time")
  virtual.advance(3000)
  t.deepEqual(await told(), [9, true])
})

test("a calibration's age is told in minutes", async (t) => {
  const wear = await Wear.boot()
  await wear.play(await projectRecording("S01.csv.gz"), 0, 25)
  await wear.phone.connect()
  for (const age of [0, 10, 20]) {
    t.is((await wear.phone.status()).calibrationAgeMin, age)
    await wear.link.advance(10 * 60_000)
  }
})

test("a sensor that fails again is buzzed for again only when it was well for a minute", async (t) => {
  const { virtual } = await powered()
  const pulsesOfFailure = () => {
    virtual.thigh.silence(3000)
    virtual.advance(6000)
    return toldBy(virtual).motor?.filter(({ duty }) => duty > 0).length ?? 0
  }
  virtual.advance(5000)
  t.is(pulsesOfFailure(), 5)
  virtual.advance(45_000)
  t.is(pulsesOfFailure(), 0)
  virtual.advance(65_000)
  t.is(pulsesOfFailure(), 5)
})

const GAPS = 8

test("a batch lost in running costs no stride, six in a row those that they are in", async (t) => {
  const recording = await projectRecording("S01.csv.gz")
  const strides = async (lost: number) => {
    const wear = await Wear.boot()
    await wear.play(recording, 0, 40)
    const silentMs = lost * SAMPLE_MS
    for (let atS = 40; atS < 40 + GAPS * 5; atS += 5) {
      await wear.play(recording, atS, atS + 5 - silentMs / 1000)
      await wear.link.silence(silentMs)
    }
    await wear.closeRun()
    await wear.phone.connect()
    return (await wear.phone.runs())[0]?.run.strides ?? 0
  }
  const whole = await strides(0)
  for (const lost of [4, 5, 16]) t.is(await strides(lost), whole, `${lost}`)
  const cost = whole - (await strides(96))
  t.true(cost > 0 && cost <= 4 * GAPS, `${cost} strides`)
})
