/** The firmware with a display: when it is on, and what it says then. */
import test from "ava"
import { VirtualBoard } from "../../hosts/virtual/board"
import { type BoardOptions, type Reply, wordPairs } from "../../hosts/virtual/protocol"
import { KNOWN_PHONE, knowing } from "../../simulator/phone/known-phone"
import { Phone } from "../../simulator/phone/phone"
import { Problem } from "../../src/ble/layouts"
import type { Board } from "../../src/board"
import { startDevice } from "../../src/main"
import { Wake } from "../../src/power/port"
import { isLit, isOn, readBattery, readRow } from "../display/reading"
import { displayBench } from "../drivers/display-bench"
import { projectRecording, slices } from "./wear"

/** Up to 140 ms to wake, and the drawing. */
const WAKE_MS = 250
const ON_MS = 5000

function worn(options: BoardOptions = {}, parts: Partial<Board> = {}) {
  const virtual = new VirtualBoard(knowing(options))
  const bench = displayBench(virtual.clock)
  bench.display.close()
  const opened: number[] = []
  const display = {
    open: () => {
      opened.push(virtual.clock.nowMs)
      return bench.open()
    },
  }
  const device = startDevice({ ...virtual.board, display, ...parts })
  const events: string[] = []
  const told = () => {
    const reply: Reply = { nowMs: 0 }
    virtual.moveInto(reply)
    events.push(...(reply.events ?? []).map(({ name }) => name))
    return events
  }
  const phone = new Phone(
    async (request) => virtual.processor.run(() => virtual.link.handle(request)) ?? {},
    KNOWN_PHONE,
  )
  const press = (ms = 120) => {
    virtual.pressButton(true)
    virtual.advance(ms)
    virtual.pressButton(false)
  }
  return { virtual, bench, device, opened, told, phone, press, picture: bench.picture }
}
const isShown = ({ bench }: ReturnType<typeof worn>) => isOn(bench.picture())

test("switched on, it shows for five seconds that the device is there, and is dark then", (t) => {
  const wear = worn()
  t.false(isShown(wear))
  wear.virtual.advance(WAKE_MS)
  t.true(isShown(wear))
  t.is(readRow(wear.picture(), 0, "angle"), " --", "not calibrated")
  wear.virtual.advance(ON_MS - WAKE_MS - 100)
  t.true(isShown(wear))
  wear.virtual.advance(400)
  t.false(isShown(wear))
  t.true(wear.bench.model.isAsleep)
  wear.virtual.advance(60_000)
  t.false(isShown(wear))
})

test("woken from sleep by motion it stays dark, and nothing is opened; woken by the button it shows", (t) => {
  const power = (wake: Wake) => ({ power: { wake, allowLightSleep() {}, sleep() {} } })
  const moved = worn({}, power(Wake.motion))
  moved.virtual.advance(10_000)
  t.deepEqual(moved.opened, [])
  const pressed = worn({}, power(Wake.button))
  pressed.virtual.advance(WAKE_MS)
  t.true(isShown(pressed))
})

test("a press shows it before it is let go, and does what it does in the dark", (t) => {
  const wear = worn()
  wear.virtual.advance(10_000)
  t.false(isShown(wear))
  wear.virtual.pressButton(true)
  wear.virtual.advance(WAKE_MS)
  t.true(isShown(wear))
  t.false(isLit(wear.picture(), 3, 10), "no phone may pair yet")
  wear.virtual.pressButton(false)
  wear.virtual.advance(800)
  t.true(isLit(wear.picture(), 3, 10))
  t.true(isLit(wear.picture(), 52, 200), "the large sign")
  wear.virtual.advance(ON_MS)
  t.false(isShown(wear))
  t.is(wear.opened.length, 1, "its objects stay")
})

test("a press while it is on keeps it on for five seconds more; one while it goes to sleep wakes it after that", (t) => {
  const wear = worn()
  wear.virtual.advance(4000)
  wear.press()
  wear.virtual.advance(4500)
  t.true(isShown(wear))
  wear.virtual.advance(450)
  let ms = 0
  while (isShown(wear) && ms++ < 1000) wear.virtual.advance(1)
  t.true(ms < 1000)
  wear.virtual.pressButton(true)
  wear.virtual.advance(WAKE_MS)
  t.true(isShown(wear))
  wear.virtual.pressButton(false)
})

test("what happens to the wearer turns it on: calibrated, a run begins, a buzz, the run's end; and the monitor is told as ever", async (t) => {
  const recording = await projectRecording("S01.csv.gz")
  const wear = worn()
  const { virtual } = wear
  const plain = new VirtualBoard(knowing({}))
  startDevice(plain.board)
  const onAt: string[] = []
  let seen = 0
  let wasOn = true
  const look = () => {
    const events = wear.told()
    const now = isShown(wear)
    if (now && !wasOn) onAt.push(events.slice(seen).join(" "))
    if (!now) seen = events.length
    wasOn = now
  }
  for (const slice of slices(recording, 0, 100, virtual.thigh.rateHz)) {
    virtual.play(wordPairs(slice))
    plain.play(wordPairs(slice))
    look()
  }
  for (let s = 0; s < 140; s++) {
    virtual.advance(1000)
    plain.advance(1000)
    look()
  }
  t.deepEqual(onAt, ["calibrated", "runStarted", "runEnded"])
  const reply: Reply = { nowMs: 0 }
  plain.moveInto(reply)
  t.deepEqual(
    wear.told(),
    reply.events?.map(({ name }) => name),
  )
})

test("in a run it shows the run's compressions, its time and the last stride's peak", async (t) => {
  const recording = await projectRecording("S01.csv.gz")
  const wear = worn()
  const { virtual, phone, picture } = wear
  for (const slice of slices(recording, 0, 70, virtual.thigh.rateHz)) virtual.play(wordPairs(slice))
  virtual.pressButton(true)
  virtual.advance(WAKE_MS)
  virtual.pressButton(false)
  t.true(isShown(wear))
  // The last strides are counted, and drawn with the next second.
  virtual.advance(2000)
  await phone.connect()
  const live = await phone.live()
  t.is(Number(readRow(picture(), 1, "plain")), live.compressions)
  t.true(live.compressions > 30)
  const [minutes, seconds] = [
    readRow(picture(), 2, "minutes").slice(0, 2),
    readRow(picture(), 2, "minutes").slice(2),
  ]
  const shownS = 60 * Number(minutes) + Number(seconds)
  t.true(shownS > 25 && shownS < 45, `${shownS} s`)
  const peak = Number(readRow(picture(), 0, "angle"))
  t.true(peak > 25 && peak < 60, `${peak}°`)
  t.true(isLit(picture(), 34, 12), "a run is open")
  virtual.advance(1000)
  const later = readRow(picture(), 2, "minutes")
  t.is(60 * Number(later.slice(0, 2)) + Number(later.slice(2)), shownS + 1)
})

test("while it is on and nothing changes nothing is drawn", (t) => {
  const wear = worn()
  wear.virtual.advance(1000)
  const before = wear.bench.model.pixelsWritten
  wear.virtual.advance(3000)
  t.is(wear.bench.model.pixelsWritten, before)
})

test("it shows the battery, and that a phone is connected", async (t) => {
  const wear = worn({ batteryMv: 3800 })
  wear.virtual.advance(WAKE_MS)
  const percent = Number(readRow(wear.picture(), 1, "angle"))
  t.true(percent > 20 && percent < 80, `${percent} %`)
  t.true(Math.abs(readBattery(wear.picture()) - percent / 100) < 0.05)
  const at = [3, 10] as const
  t.deepEqual(wear.bench.seen(...at), [0, 0, 0])
  await wear.phone.connect()
  wear.virtual.advance(300)
  t.deepEqual(wear.bench.seen(...at), [0, 255, 0])
})

test("a display that cannot be switched on is a problem in the status, until it can be; the device goes on", async (t) => {
  const wear = worn()
  wear.bench.fail("no acknowledge")
  wear.virtual.advance(1000)
  t.false(isShown(wear))
  await wear.phone.connect()
  t.is((await wear.phone.status()).problems & Problem.display, Problem.display)
  t.true(wear.told().includes("fault"))
  wear.bench.fail(undefined)
  wear.press()
  wear.virtual.advance(WAKE_MS)
  t.true(isShown(wear))
  t.is((await wear.phone.status()).problems & Problem.display, 0)
  t.is(readRow(wear.picture(), 0, "angle"), " --", "all is drawn anew: it had forgotten")
})

test("one that fails while it is on is switched off, and tried again when it is to show something", (t) => {
  const wear = worn()
  wear.virtual.advance(WAKE_MS)
  wear.bench.fail("no acknowledge")
  wear.virtual.advance(6000)
  t.is(wear.told().filter((name) => name === "fault").length, 2, "switching it off, and closing it")
  wear.bench.fail(undefined)
  wear.bench.model.setSupply(false)
  wear.press()
  wear.virtual.advance(WAKE_MS)
  t.is(readRow(wear.picture(), 0, "angle"), " --", "all is drawn anew")
  t.deepEqual(wear.bench.seen(134, 150), [0, 0, 0])
  t.is(wear.opened.length, 2)
})

test("a device that is closed leaves its display without supply, whatever it was doing", (t) => {
  for (const ms of [0, 3, 50, 1000, 5200, 20_000]) {
    const wear = worn()
    wear.virtual.advance(ms)
    wear.device.close()
    wear.virtual.advance(1000)
    t.deepEqual(wear.bench.power, { isOn: false, isLit: false, users: 0 }, `${ms} ms`)
  }
})

test("without a display a board does as ever", (t) => {
  const virtual = new VirtualBoard(knowing({}))
  const device = startDevice(virtual.board)
  virtual.pressButton(true)
  virtual.advance(200)
  virtual.pressButton(false)
  t.notThrows(() => device.close())
})

/** An M5StickC Plus, whose power chip switches its display. */
function stick() {
  const virtual = new VirtualBoard({ ...knowing({}), kind: "m5stick_cplus" })
  virtual.start(startDevice)
  const screen = virtual.equipment.screen
  if (!screen) throw new Error("an M5StickC Plus has a display")
  return { virtual, screen }
}

test("an M5StickC Plus shows what it has: its power chip supplies and lights the display, and lights it no longer than it shows", (t) => {
  const { virtual, screen } = stick()
  const pmic = virtual.equipment.pmic
  t.false(isOn(screen.picture()))
  virtual.advance(300)
  t.is(readRow(screen.picture(), 0, "angle"), " --")
  t.true(pmic?.isOutputOn("ldo2"))
  virtual.advance(ON_MS)
  t.false(isOn(screen.picture()))
  t.false(pmic?.isOutputOn("ldo2"))
  t.true(screen.isAsleep)
  virtual.close()
  virtual.advance(100)
  t.false(pmic?.isOutputOn("ldo3"))
})

test("a processor that starts anew while the display is on finds it unknown, and shows all again", (t) => {
  for (const ms of [2, 60, 1000, 5100]) {
    const { virtual, screen } = stick()
    virtual.advance(ms)
    virtual.reboot("reset")
    virtual.start(startDevice)
    t.false(isOn(screen.picture()), "dark from the battery's first reading on")
    virtual.pressButton(true)
    virtual.advance(400)
    t.is(readRow(screen.picture(), 0, "angle"), " --", `after ${ms} ms`)
    t.is(readRow(screen.picture(), 1, "plain").trim().length > 0, true)
  }
})
