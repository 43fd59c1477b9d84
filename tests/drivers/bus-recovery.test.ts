/** A bus that is held, freed by clocks: pins and chips after the specification, by the virtual board's lines. */
import test from "ava"
import { BusLines } from "../../hosts/virtual/bus-lines"
import { VirtualClock } from "../../hosts/virtual/clock"
import { VirtualPins } from "../../hosts/virtual/digital"
import { BusState, freeBus } from "../../src/drivers/bus-recovery"

const PIN = { data: 6, clock: 7 }

function bench() {
  const pins = new VirtualPins(new VirtualClock())
  const lines = new BusLines()
  lines.wire(pins, PIN)
  return { pins, lines, bus: { io: pins.Digital, ...PIN } }
}

/** Falling edges of the clock while `work` runs, and whether a stop was seen: the data line rose while the clock was high. */
function seen({ pins, lines }: ReturnType<typeof bench>, work: () => void) {
  const edges = { clocks: 0, stops: 0 }
  const { drive, output } = pins
  const look = (change: () => void) => {
    const before = [pins.level(PIN.data), pins.level(PIN.clock)]
    change()
    const after = [pins.level(PIN.data), pins.level(PIN.clock)]
    if (before[1] === 1 && after[1] === 0) edges.clocks++
    if (before[0] === 0 && after[0] === 1 && before[1] === 1 && after[1] === 1) edges.stops++
  }
  pins.drive = (pin, level) => look(() => drive.call(pins, pin, level))
  pins.output = (pin, level) => look(() => output.call(pins, pin, level))
  work()
  pins.drive = drive
  pins.output = output
  return { ...edges, isHeld: lines.isHeld }
}

for (let bits = 1; bits <= 8; bits++)
  test(`a chip that has ${bits} bits still to send lets go after so many clocks, and is told to stop`, (t) => {
    const it = bench()
    it.lines.hold(bits)
    t.is(it.pins.level(PIN.data), 0)
    const { clocks, stops, isHeld } = seen(it, () => t.is(freeBus(it.bus), BusState.freed))
    // The last of them takes the data line down for the stop.
    t.is(clocks, bits + 1)
    t.is(stops, 1)
    t.false(isHeld)
    t.is(it.pins.level(PIN.data), 1)
    t.is(it.pins.level(PIN.clock), 1)
  })

test("a bus that nothing holds is not clocked", (t) => {
  const it = bench()
  const { clocks } = seen(it, () => t.is(freeBus(it.bus), BusState.free))
  t.is(clocks, 0)
})

test("a short stays: nine clocks, no more, and the pins are free for the next try", (t) => {
  const it = bench()
  it.lines.short(true)
  t.is(seen(it, () => t.is(freeBus(it.bus), BusState.held)).clocks, 9)
  it.lines.short(false)
  t.is(freeBus(it.bus), BusState.free)
  t.notThrows(() => it.lines.claim(true))
})

test("a bus that is open is left alone", (t) => {
  const it = bench()
  it.lines.claim(true)
  t.throws(() => freeBus(it.bus), { message: /pin 7 is in use/ })
  it.lines.claim(false)
  it.pins.claim(PIN.data, undefined)
  t.throws(() => freeBus(it.bus), { message: /pin 6 is in use/ })
  it.pins.release(PIN.data)
  t.is(freeBus(it.bus), BusState.free, "the clock's pin was let go")
})

test("a chip whose byte is acknowledged goes on: clocks with the data line low free nothing", (t) => {
  const { lines, pins } = bench()
  lines.hold(8)
  const { Digital } = pins
  const mode = Digital.OutputOpenDrain
  const sda = new Digital({ pin: PIN.data, mode, initialValue: 0 })
  const scl = new Digital({ pin: PIN.clock, mode, initialValue: 1 })
  for (let clock = 0; clock < 40; clock++) {
    scl.write(0)
    scl.write(1)
  }
  sda.close()
  t.true(lines.isHeld || pins.level(PIN.data) === 0)
})
