import test from "ava"
import { VirtualBoard } from "../../../hosts/virtual/board"
import { VirtualClock } from "../../../hosts/virtual/clock"
import { DRV, Drv2605lModel } from "../../../hosts/virtual/drv2605l"
import type { Reply } from "../../../hosts/virtual/protocol"

function chipOf(actuator: "lra" | "erm" = "erm") {
  const clock = new VirtualClock()
  const log: [atMs: number, share: number][] = []
  const chip = new Drv2605lModel({
    clock,
    actuator,
    onMotor: (share) => log.push([clock.nowMs, Number(share.toFixed(2))]),
  })
  const read = (register: number) => {
    const into = new Uint8Array(1)
    chip.read(register, into)
    return into[0] as number
  }
  const advance = (ms: number) => clock.runUntil(clock.nowUs + ms * 1000)
  advance(1)
  return { clock, chip, log, read, advance }
}

test("after power the registers hold what the datasheet says", (t) => {
  const { chip, read } = chipOf()
  const into = new Uint8Array(0x23)
  chip.read(0, into)
  t.is(
    Buffer.from(into).toString("hex"),
    "e0400001010000000000000000000000000519ff19ff3e8c0c6c3693f5a02080330000",
  )
  t.is(read(DRV.STATUS) >> 5, 7)
})

test("it answers 250 µs after power", (t) => {
  const clock = new VirtualClock()
  const chip = new Drv2605lModel({ clock, actuator: "lra", onMotor: () => undefined })
  t.false(chip.acknowledges())
  clock.runUntil(250)
  t.true(chip.acknowledges())
})

test("GO plays the sequence with its waits, and clears itself", (t) => {
  const { chip, log, read, advance } = chipOf()
  chip.write(DRV.MODE, 0)
  for (const [at, entry] of [15, 0x80 | 20, 16, 0, 15].entries())
    chip.write(DRV.WAVEFORM_SEQUENCER_1 + at, entry)
  chip.write(DRV.GO, 1)
  advance(1949)
  t.is(read(DRV.GO), 1)
  advance(1)
  t.is(read(DRV.GO), 0)
  t.deepEqual(log, [
    [1, 1],
    [751, 0],
    [951, 1],
    [1951, 0],
  ])
})

test("a sequence of eight ends after the eighth", (t) => {
  const { chip, log, read, advance } = chipOf()
  chip.write(DRV.MODE, 0)
  for (let at = 0; at < 8; at++) chip.write(DRV.WAVEFORM_SEQUENCER_1 + at, 15)
  chip.write(DRV.GO, 1)
  advance(8 * 750)
  t.is(read(DRV.GO), 0)
  t.deepEqual(log.at(-1), [6001, 0])
})

test("an effect is cancelled by GO, by standby and by another mode; the one for programmatic stopping goes on until then", (t) => {
  for (const [register, value] of [
    [DRV.GO, 0],
    [DRV.MODE, 0x40],
    [DRV.MODE, 5],
    [DRV.MODE, 0x80],
  ] as const) {
    const { chip, log, advance } = chipOf()
    chip.write(DRV.MODE, 0)
    chip.write(DRV.WAVEFORM_SEQUENCER_1, 118)
    chip.write(DRV.GO, 1)
    advance(60_000)
    t.is(log.at(-1)?.[1], 1)
    chip.write(register, value)
    t.is(log.at(-1)?.[1], 0, `${register} = ${value}`)
  }
})

test("standing by it plays nothing", (t) => {
  const { chip, log, read } = chipOf()
  t.true(chip.isStandingBy)
  chip.write(DRV.WAVEFORM_SEQUENCER_1, 118)
  chip.write(DRV.GO, 1)
  t.is(read(DRV.GO), 0)
  chip.write(DRV.MODE, 0x45)
  chip.write(DRV.RTP_INPUT, 127)
  t.deepEqual(log, [])
})

test("played in real time the motor follows the input, which is signed", (t) => {
  const { chip, log } = chipOf()
  chip.write(DRV.MODE, 5)
  for (const input of [127, 64, 0, 0xff, 0x80]) chip.write(DRV.RTP_INPUT, input)
  t.deepEqual(
    log.map(([, share]) => share),
    [1, 0.5, 0],
  )
})

test("a reset brings the first values back and takes a while", (t) => {
  const { chip, read, advance } = chipOf()
  chip.write(DRV.MODE, 0)
  chip.write(DRV.RATED_VOLTAGE, 99)
  chip.write(DRV.MODE, 0x80)
  t.is(read(DRV.MODE) & 0x80, 0x80)
  advance(1)
  t.is(read(DRV.MODE), 0x40)
  t.is(read(DRV.RATED_VOLTAGE), 0x3e)
})

test("what the model does not have, and what would feel wrong, it refuses", (t) => {
  const goWith = (actuator: "lra" | "erm", writes: [number, number][]) => () => {
    const { chip } = chipOf(actuator)
    for (const [register, value] of [[DRV.MODE, 0], ...writes, [DRV.GO, 1]] as [number, number][])
      chip.write(register, value)
  }
  t.throws(
    goWith("erm", []),
    { message: /register 0x04 = 0x01/ },
    "strong click: how long that is nobody says",
  )
  t.throws(goWith("lra", [[4, 118]]), { message: /0x1a/ }, "a resonant actuator driven as a motor")
  t.throws(
    goWith("erm", [
      [4, 118],
      [0x1a, 0xb6],
    ]),
    { message: /0x1a/ },
    "a motor driven as a resonant one",
  )
  t.throws(
    goWith("lra", [
      [4, 118],
      [0x1a, 0xb6],
    ]),
    { message: /0x03/ },
    "effects made for a motor",
  )
  t.throws(
    goWith("erm", [
      [4, 118],
      [0x1d, 0],
    ]),
    { message: /0x1d/ },
    "closed loop without calibration",
  )
  t.throws(goWith("erm", [[1, 3]]), { message: /0x01/ }, "PWM input")
})

test("read-only registers and addresses beyond the last stay as they are", (t) => {
  const { chip, read } = chipOf()
  chip.write(DRV.STATUS, 0)
  chip.write(0x30, 1)
  t.is(read(DRV.STATUS), 0xe0)
  t.is(read(0x30), 0)
})

test("a board with a DRV2605L shakes its sensor as the motor turns, and keeps its faults over a reset", (t) => {
  const board = new VirtualBoard({ motor: "lra" })
  const motor = board.board.motor.open()
  motor.start(80, 100)
  board.advance(100)
  motor.stop()
  const reply: Reply = { nowMs: 0 }
  board.moveInto(reply)
  t.deepEqual(
    reply.motor?.map(({ duty }) => Number(duty.toFixed(2))),
    [0.8, 0],
  )
  const haptic = board.equipment.haptic
  if (haptic) haptic.faults.absent = true
  const next = board.reboot("reset")
  t.throws(() => next.board.motor.open(), { message: /DRV2605L at 0x5A: STATUS/ })
})

test("a board with a plain motor has nothing at the chip's address", (t) => {
  const board = new VirtualBoard()
  t.is(board.equipment.haptic, undefined)
  t.throws(() => new board.io.SMBus({ address: 0x5a }).readUint8(0), { message: /no acknowledge/ })
})
