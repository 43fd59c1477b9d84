/** What of the virtual board starts anew and what goes on: over restarts of the processor, sleep and waking, seen by a small firmware. */
import test from "ava"
import { BUS_HZ, PIN } from "../../../hosts/esp32/xiao_esp32c3/wiring"
import { VirtualBoard } from "../../../hosts/virtual/board"
import { CommandHandler } from "../../../hosts/virtual/command-handler"
import { SAMPLE_BYTES, wordPairs } from "../../../hosts/virtual/protocol"
import { BoardLink } from "../../../simulator/board-link"
import type { Board } from "../../../src/board"
import { LSM6DSO_ADDRESS } from "../../../src/drivers/lsm6dso-registers"
import type { IoClasses } from "../../../src/io"
import { Wake } from "../../../src/power/port"
import { toldBy } from "../../device/wear"

const CTRL1_XL = 0x10
/** 104 Hz, ±16 g. */
const MEASURING = 0x44
const OUTX_L_A = 0x28
const RESTARTS = ["reset", "brownOut", "crash"] as const
const WAKE_OF = { reset: Wake.reset, brownOut: Wake.brownOut, crash: Wake.crash, power: Wake.power } as const

/** Tells when and why it started and every second it sees; sleeps after `awakeS`. */
class Dozer {
  readonly board: Board
  readonly sensor
  readonly tell: (name: string, detail?: string) => void
  seconds = 0

  constructor(board: Board, io: IoClasses, awakeS = Number.POSITIVE_INFINITY, byMotion = true) {
    const { monitor, time, timer, power } = board
    this.board = board
    this.tell = (name, detail = "") => monitor?.event(name, time.ticks, detail)
    this.sensor = new io.SMBus({ address: LSM6DSO_ADDRESS, hz: BUS_HZ })
    new io.Digital({
      pin: PIN.sensorInterrupt,
      mode: io.Digital.Input,
      edge: io.Digital.Rising,
      onReadable: () => this.tell("edge"),
    })
    new io.PWM({ pin: PIN.motor }).write(1023)
    new board.gatt({ services: [] }).startAdvertising({ name: "Dozer" })
    this.tell("start", String(power?.wake))
    timer.repeat(() => {
      this.seconds++
      this.tell("second")
      if (this.seconds < awakeS) return
      power?.sleep(byMotion)
      this.tell("slept")
    }, 1000)
  }

  close(): void {
    this.tell("close")
  }
}

function names(virtual: VirtualBoard): string[] {
  return (toldBy(virtual).events ?? []).map(({ name, atMs, detail }) => `${name} ${atMs} ${detail}`.trim())
}

for (const kind of RESTARTS)
  test(`${kind}: the processor starts anew, by a time of its own; the chips keep registers, power and motion`, (t) => {
    const virtual = new VirtualBoard()
    let dozer: Dozer | undefined
    const start = (board: Board, io: IoClasses) => (dozer = new Dozer(board, io))
    virtual.start(start)
    dozer?.sensor.writeUint8(CTRL1_XL, MEASURING)
    // A ramp along x, a sample each period: where the chip is in it tells how long it went on.
    const ramp = new Int16Array((1040 * SAMPLE_BYTES) / 2)
    for (let sample = 0; sample < 1040; sample++) ramp[6 * sample + 3] = sample
    virtual.thigh.play(wordPairs(new Uint8Array(ramp.buffer)))
    virtual.advance(1500)
    names(virtual)
    t.is(virtual.reboot(kind, 2000), virtual)
    virtual.start(start)
    t.deepEqual(names(virtual), [`start 100 ${WAKE_OF[kind]}`])
    t.is(virtual.board.retained?.ms, 100 + 1500 + 2000 + 100)
    t.is(dozer?.sensor.readUint8(CTRL1_XL), MEASURING)
    const axis = new Uint8Array(2)
    dozer?.sensor.readBuffer(OUTX_L_A, axis)
    const sample = new DataView(axis.buffer).getInt16(0, true)
    t.true(Math.abs(sample - 3.6 * 104.17) <= 2, `sample ${sample}`)
    virtual.advance(1500)
    t.deepEqual(names(virtual), ["second 1100"], "the timers of the firmware before are gone")
  })

test("power: chips begin anew too", (t) => {
  const virtual = new VirtualBoard()
  let dozer: Dozer | undefined
  const start = (board: Board, io: IoClasses) => (dozer = new Dozer(board, io))
  virtual.start(start)
  dozer?.sensor.writeUint8(CTRL1_XL, MEASURING)
  const next = virtual.reboot("power")
  t.not(next, virtual)
  next.start(start)
  t.is(dozer?.sensor.readUint8(CTRL1_XL), 0)
  t.is(next.board.power?.wake, Wake.power)
  t.is(next.board.retained?.ms, 100)
})

test("asleep nothing of the firmware runs, its pins are let go and the phone hears nothing more", (t) => {
  const virtual = new VirtualBoard()
  virtual.start((board, io) => new Dozer(board, io, 2))
  const { connection } = virtual.link.handle({ op: "connect" })
  t.is(connection, 1)
  virtual.advance(1900)
  t.deepEqual(toldBy(virtual).motor?.at(-1)?.duty, 1)
  virtual.advance(60_000)
  t.true(virtual.isAsleep)
  t.deepEqual(names(virtual), ["second 2100"], "sleep() does not return")
  t.is(virtual.link.connection, undefined)
  t.deepEqual(virtual.link.handle({ op: "scan" }), { linkError: "not advertising" })
  virtual.pins.drive(PIN.motor, 1)
  t.true(virtual.isAsleep, "no other pin wakes it")
})

test("the motor stops with the processor that drove it", (t) => {
  const virtual = new VirtualBoard()
  virtual.start((board, io) => new Dozer(board, io, 1))
  virtual.advance(5000)
  t.deepEqual(
    toldBy(virtual).motor?.map(({ duty, atMs }) => [duty, atMs]),
    [
      [1, 100],
      [0, 1100],
    ],
  )
})

for (const [what, wake] of [
  ["motion", Wake.motion],
  ["button", Wake.button],
] as const)
  test(`${what} wakes it, and it starts within the same command; what both starts told comes in order`, (t) => {
    const virtual = new VirtualBoard()
    virtual.start((board, io) => new Dozer(board, io, 2))
    const { clock, pins } = virtual
    clock.at(10_000_000, () =>
      what === "motion" ? pins.drive(PIN.sensorInterrupt, 1) : virtual.pressButton(true),
    )
    clock.at(10_200_000, () =>
      what === "motion" ? pins.drive(PIN.sensorInterrupt, 0) : virtual.pressButton(false),
    )
    virtual.advance(20_000)
    t.deepEqual(names(virtual), [
      "start 100 0",
      "second 1100",
      "second 2100",
      `start 100 ${wake}`,
      "second 1100",
      "second 2100",
    ])
    t.is(virtual.processor.wakes, 1)
    t.true(virtual.isAsleep)
  })

test("a line that stands already wakes it at once, unless it is to sleep through motion", (t) => {
  for (const byMotion of [true, false]) {
    const virtual = new VirtualBoard()
    virtual.start((board, io) => new Dozer(board, io, 1, byMotion))
    virtual.pins.drive(PIN.sensorInterrupt, 1)
    virtual.advance(1150)
    t.is(virtual.processor.wakes, byMotion ? 1 : 0)
    t.is(virtual.isAsleep, !byMotion)
    virtual.pressButton(true)
    virtual.advance(100)
    t.is(virtual.board.power?.wake, byMotion ? Wake.motion : Wake.button)
  }
})

test("an edge that the firmware before waited for is not told to the next", (t) => {
  const virtual = new VirtualBoard()
  virtual.pins.interruptLatencyUs = 500_000
  virtual.start((board, io) => new Dozer(board, io))
  virtual.pins.drive(PIN.sensorInterrupt, 1)
  virtual.reboot("crash")
  virtual.start((board, io) => new Dozer(board, io))
  virtual.advance(900)
  t.deepEqual(names(virtual).slice(-1), ["start 100 3"])
})

test("by the commands: replies tell that it sleeps, how often it woke and when it started", async (t) => {
  const handler = new CommandHandler((board, io) => new Dozer(board, io, 3))
  const events: string[] = []
  const link = new BoardLink(
    { command: async (frame) => handler.handle(frame) },
    { event: ({ name, startMs = 0 }) => void events.push(`${name} ${startMs}`) },
  )
  await link.boot({})
  t.deepEqual([link.isAsleep, link.wakes, link.startMs], [false, 0, 0])
  await link.advance(9900)
  t.deepEqual([link.isAsleep, link.wakes, link.nowMs], [true, 0, 10_000])
  await link.pressButton(true)
  await link.pressButton(false)
  t.deepEqual([link.isAsleep, link.wakes, link.startMs, link.nowMs], [false, 1, 10_000, 0])
  await link.advance(1500)
  t.deepEqual(events.slice(-2), ["start 10000", "second 10000"])
  t.is(link.nowMs, 1500)
  await link.advance(10_000)
  await link.boot({})
  t.false(events.includes("close 10000"), "nobody is there to be closed")
})

test("light sleep is what lies between two things to do while it is allowed, without what the bus takes", (t) => {
  const virtual = new VirtualBoard()
  virtual.start((board, io) => {
    const sensor = new io.SMBus({ address: LSM6DSO_ADDRESS, hz: BUS_HZ })
    board.timer.repeat(() => sensor.readBuffer(0x0f, new Uint8Array(125)), 100)
    board.timer.set(() => board.power?.allowLightSleep(true), 1050)
    board.timer.set(() => board.power?.allowLightSleep(false), 3050)
    return { close() {} }
  })
  virtual.advance(5000)
  const { asleepMs, awakeMs, lightSleepMs, lightWakes } = virtual.processor.use
  // 128 bytes of nine pulses at 400 kHz.
  const busMs = (128 * 9) / 400
  t.true(Math.abs(lightSleepMs - (2000 - 20 * busMs)) < 0.01, `${lightSleepMs}`)
  t.is(lightWakes, 21)
  t.is(asleepMs, 0)
  t.true(Math.abs(awakeMs - 5100 - busMs) < 0.01, `the last transfer ends past it: ${awakeMs}`)
})
