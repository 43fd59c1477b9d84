import test from "ava"
import { timerOf, VirtualClock } from "../../hosts/virtual/clock"
import { Drv2605lModel } from "../../hosts/virtual/drv2605l"
import { VirtualI2cBus } from "../../hosts/virtual/smbus"
import type { ChipError } from "../../src/drivers/chip-error"
import { Drv2605l } from "../../src/drivers/drv2605l"
import { DRV2605L_ADDRESS, ERM, LRA } from "../../src/drivers/drv2605l-registers"
import { Haptics } from "../../src/haptics/haptics"
import { CALIBRATION_DONE, FORGOTTEN, OVERLOAD } from "../../src/haptics/patterns"

function bench(kind: "lra" | "erm" = "lra") {
  const clock = new VirtualClock()
  const bus = new VirtualI2cBus(clock)
  const log: [atMs: number, share: number][] = []
  const onMotor = (share: number) => log.push([Math.round(clock.nowMs), Number(share.toFixed(2))])
  const chip = new Drv2605lModel({ clock, actuator: kind, onMotor })
  bus.attach(DRV2605L_ADDRESS, chip)
  const advance = (ms: number) => clock.runUntil(clock.nowUs + ms * 1000)
  const open = () => new Drv2605l({ io: bus.SMBus, address: DRV2605L_ADDRESS }, kind === "lra" ? LRA : ERM)
  const register = (address: number) => {
    const into = new Uint8Array(1)
    chip.read(address, into)
    return into[0]
  }
  advance(1)
  return { clock, bus, chip, log, advance, open, register }
}

function played(kind: "lra" | "erm", percent: number, ms: number, stoppedAfterMs = ms) {
  const { open, log, advance } = bench(kind)
  const motor = open()
  log.length = 0
  motor.start(percent, ms)
  advance(stoppedAfterMs)
  motor.stop()
  return log.map(([atMs, share], index) => (index === 0 ? share : [atMs - (log[0]?.[0] ?? 0), share]))
}

for (const kind of ["lra", "erm"] as const) {
  test(`${kind}: a pulse is as long and as strong as it was asked to be`, (t) => {
    t.deepEqual(played(kind, 100, 400), [1, [400, 0]])
    t.deepEqual(played(kind, 80, 120), [0.8, [120, 0]])
    t.deepEqual(played(kind, 1, 120), [0.01, [120, 0]])
  })

  test(`${kind}: a second at full strength ends by itself, where the processor has stopped too`, (t) => {
    t.deepEqual(played(kind, 100, 1000, 5000), [1, [1000, 0]])
  })
}

test("the chip is set to what the datasheet's equations call for", (t) => {
  const lra = bench("lra")
  lra.open()
  t.is(lra.register(0x1a), 0xb6, "FEEDBACK_CONTROL: resonant, as after a reset otherwise")
  t.is(lra.register(0x03), 6, "LIBRARY_SELECTION: the one for resonant actuators")
  const ratedV = (hz: number) => ((lra.register(0x16) ?? 0) * 20.58e-3) / Math.sqrt(1 - 1500e-6 * hz)
  t.true(Math.abs(ratedV(235) - 2) < 0.02, "equation 5: 2 V RMS at the highest resonance")
  t.true(ratedV(175) < 2 && ratedV(175) > 1.85, "and no more at the lowest")
  t.true(Math.abs((lra.register(0x17) ?? 0) * 21.22e-3 - 2 * Math.SQRT2) < 0.02, "equation 9: its peak")
  const erm = bench("erm")
  erm.open()
  t.is(erm.register(0x1a), 0x36, "FEEDBACK_CONTROL: a motor")
  t.is(erm.register(0x1d), 0xa0, "CONTROL3: open loop, as after a reset")
  t.is(erm.register(0x03), 2, "LIBRARY_SELECTION: B")
  t.true(Math.abs((erm.register(0x17) ?? 0) * 21.59e-3 - 3) < 0.02, "equation 6: 3 V")
})

test("what another firmware set goes with the reset", (t) => {
  const { chip, open, log, advance } = bench()
  chip.write(0x01, 0)
  chip.write(0x1a, 0xb6)
  chip.write(0x03, 6)
  chip.write(0x04, 15)
  chip.write(0x05, 118)
  chip.write(0x0c, 1)
  const motor = open()
  t.is(log.at(-1)?.[1], 0)
  motor.start(100, 1000)
  advance(3000)
  t.is(log.at(-1)?.[1], 0, "no second effect behind the first")
})

test("one pulse follows another without a stop between: a stronger pattern pre-empts", (t) => {
  const { open, log, advance } = bench()
  const motor = open()
  motor.start(80, 120)
  advance(50)
  motor.start(100, 400)
  advance(50)
  motor.start(60, 120)
  t.deepEqual(
    log.map(([, share]) => share),
    [0.8, 0, 1, 0, 0.6],
  )
})

test("an effect that has begun is cancelled before the next: it would end in its place", (t) => {
  const { open, log, advance } = bench()
  const motor = open()
  motor.start(100, 1000)
  advance(900)
  motor.start(100, 400)
  advance(399)
  t.is(log.at(-1)?.[1], 1)
})

test("an absent chip, another chip and a reset that hangs are told apart, and leave the bus free", (t) => {
  const { chip, open } = bench()
  const kindOf = () => t.throws<ChipError>(open)?.kind
  chip.faults.absent = true
  t.is(kindOf(), "bus")
  chip.faults.absent = false
  chip.faults.deviceId = 3
  const error = t.throws<ChipError>(open)
  t.is(error.message, "DRV2605L at 0x5A: STATUS (0x00) device 3, expected 7: check wiring and address")
  t.is(error.kind, "identity")
  chip.faults.deviceId = 7
  chip.faults.resetHangs = true
  t.is(kindOf(), "reset")
  chip.faults.resetHangs = false
  t.notThrows(open)
})

test("a shorted motor is told when the pulse is over", (t) => {
  const { chip, open, log } = bench()
  const motor = open()
  chip.faults.shorted = true
  motor.start(100, 400)
  t.is(t.throws<ChipError>(() => motor.stop()).kind, "output")
  t.notThrows(() => motor.stop(), "told once: reading STATUS clears it")
  t.deepEqual(log, [])
})

test("it rests until it plays, and again when nothing is asked of it any more; closed, its address is free", (t) => {
  const { chip, open, advance } = bench()
  const motor = open()
  t.true(chip.isStandingBy)
  motor.start(50, 100)
  t.false(chip.isStandingBy)
  advance(100)
  motor.stop()
  t.false(chip.isStandingBy, "it brakes")
  motor.rest()
  t.true(chip.isStandingBy)
  motor.start(100, 100)
  motor.close()
  t.true(chip.isStandingBy)
  t.notThrows(open)
})

test("patterns are felt as on a plain motor, and the chip stands by between them", (t) => {
  const { clock, chip, open, log, advance } = bench()
  const faults: string[] = []
  const haptics = new Haptics({
    board: { motor: { open }, timer: timerOf(clock) },
    settings: { values: { buzzStrengthPercent: 100 } },
    log: { fault: (_kind, what) => faults.push(what) },
  })
  // Each write takes its time on the bus.
  const tens = (ms: number) => 10 * Math.round(ms / 10)
  const segments = (from: number) =>
    log.slice(from).map(([atMs, share], _index, all) => [tens(atMs - (all[0]?.[0] ?? 0)), share])
  haptics.play(OVERLOAD)
  advance(1700)
  t.deepEqual(segments(0), [
    [0, 1],
    [400, 0],
    [600, 1],
    [1000, 0],
    [1200, 1],
    [1600, 0],
  ])
  t.false(chip.isStandingBy)
  advance(200)
  t.true(chip.isStandingBy)
  haptics.play(CALIBRATION_DONE)
  advance(1000)
  t.deepEqual(segments(6), [
    [0, 0.8],
    [120, 0],
    [320, 0.8],
    [440, 0],
  ])
  t.true(chip.isStandingBy)
  haptics.play(FORGOTTEN)
  advance(2300)
  haptics.play(OVERLOAD)
  advance(300)
  t.false(chip.isStandingBy, "the rest that was to come does not come into the next pattern")
  t.is(log.at(-1)?.[1], 1)
  haptics.close()
  t.true(chip.isStandingBy)
  t.deepEqual(faults, [])
})

test("a chip that dies while it is put to rest is reported, and opened anew at the next buzz", (t) => {
  const { clock, chip, open, advance } = bench()
  const faults: string[] = []
  const haptics = new Haptics({
    board: { motor: { open }, timer: timerOf(clock) },
    settings: { values: { buzzStrengthPercent: 100 } },
    log: { fault: (_kind, what) => faults.push(what) },
  })
  haptics.play(OVERLOAD)
  advance(1650)
  chip.faults.absent = true
  advance(1000)
  t.regex(faults[0] ?? "", /DRV2605L at 0x5A: MODE/)
  chip.faults.absent = false
  t.true(haptics.play(OVERLOAD))
})
