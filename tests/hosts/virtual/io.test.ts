import test from "ava"
import { analogOf } from "../../../hosts/virtual/analog"
import { VirtualClock } from "../../../hosts/virtual/clock"
import { VirtualPins } from "../../../hosts/virtual/digital"
import { pwmOf } from "../../../hosts/virtual/pwm"
import { type I2cChip, VirtualI2cBus } from "../../../hosts/virtual/smbus"

const ADDRESS = 0x1d
/** 256 bytes of memory. */
function memoryChip(): I2cChip & { bytes: Uint8Array } {
  const bytes = new Uint8Array(256)
  return {
    bytes,
    acknowledges: () => true,
    read: (register, into) => into.set(bytes.subarray(register, register + into.length)),
    write: (register, value) => {
      bytes[register] = value
    },
  }
}

test("SMBus carries bytes and buffers, and takes nine clock pulses a byte", (t) => {
  const clock = new VirtualClock()
  const bus = new VirtualI2cBus(clock)
  bus.attach(ADDRESS, memoryChip())
  const io = new bus.SMBus({ address: ADDRESS, hz: 100_000 })
  io.writeUint8(7, 0x1ab)
  t.is(clock.nowUs, 270)
  t.is(io.readUint8(7), 0xab)
  t.is(clock.nowUs, 270 + 360)
  const buffer = new Uint8Array(3)
  io.readBuffer(6, buffer)
  t.deepEqual([...buffer], [0, 0xab, 0])
})

test("a wiring that says no speed is read at 400 kHz", (t) => {
  const clock = new VirtualClock()
  const bus = new VirtualI2cBus(clock)
  bus.attach(ADDRESS, memoryChip())
  new bus.SMBus({ address: ADDRESS }).readUint8(7)
  t.is(clock.nowUs, 90)
})

test("what does not acknowledge throws, naming the address", (t) => {
  const bus = new VirtualI2cBus(new VirtualClock())
  const io = new bus.SMBus({ address: ADDRESS })
  t.throws(() => io.readUint8(0), { message: "I2C 0x1D: writeRead failed: no acknowledge" })
  t.throws(() => io.writeUint8(0, 0), { message: "I2C 0x1D: write failed: no acknowledge" })
})

test("a bus that is held low fails after the time that a transfer may take", (t) => {
  const clock = new VirtualClock()
  const bus = new VirtualI2cBus(clock)
  bus.attach(ADDRESS, memoryChip())
  const io = new bus.SMBus({ address: ADDRESS, timeout: 25 })
  bus.lines.short(true)
  t.throws(() => io.readUint8(0), { message: "I2C 0x1D: writeRead failed: bus stuck low" })
  t.is(clock.nowUs, 25_000)
})

test("an address opens once at a time", (t) => {
  const bus = new VirtualI2cBus(new VirtualClock())
  const io = new bus.SMBus({ address: ADDRESS })
  t.throws(() => new bus.SMBus({ address: ADDRESS }), { message: "I2C 0x1D: duplicate address" })
  io.close()
  io.close()
  t.notThrows(() => new bus.SMBus({ address: ADDRESS }))
  t.throws(() => io.readUint8(0), { message: "I2C 0x1D: closed" })
})

test("an edge calls back after the running code; more edges before that are the same callback", (t) => {
  const clock = new VirtualClock()
  const pins = new VirtualPins(clock)
  const calls: number[] = []
  const { Digital } = pins
  const pin = new Digital({
    pin: 3,
    mode: Digital.Input,
    edge: Digital.Rising,
    onReadable: () => calls.push(clock.nowUs),
  })
  clock.at(10, () => {
    pins.drive(3, 1)
    t.is(pin.read(), 1)
    t.deepEqual(calls, [])
  })
  clock.at(20, () => pins.drive(3, 0))
  clock.at(30, () => {
    pins.drive(3, 1)
    pins.drive(3, 0)
    pins.drive(3, 1)
  })
  clock.runUntil(40)
  t.deepEqual(calls, [10, 30])
  pins.interruptLatencyUs = 7
  pins.drive(3, 0)
  pins.drive(3, 1)
  clock.runUntil(50)
  t.deepEqual(calls, [10, 30, 47])
  pins.drive(3, 0)
  pins.drive(3, 1)
  pin.close()
  clock.runUntil(100)
  t.is(calls.length, 3)
  t.throws(() => pin.read(), { message: "Digital: pin 3 is closed" })
})

test("a pin is opened once at a time", (t) => {
  const { Digital } = new VirtualPins(new VirtualClock())
  const pin = new Digital({ pin: 3, mode: Digital.Input })
  t.throws(() => new Digital({ pin: 3, mode: Digital.Input }), { message: "Digital: pin 3 is in use" })
  pin.close()
  t.notThrows(() => new Digital({ pin: 3, mode: Digital.Input }))
})

test("an open-drain output pulls low or lets go, and is seen by what is wired to it; an output is not read, an input not written", (t) => {
  const pins = new VirtualPins(new VirtualClock())
  const { Digital } = pins
  const seen: number[] = []
  pins.drive(3, 1)
  pins.watch(3, (level) => seen.push(level))
  const output = new Digital({ pin: 3, mode: Digital.OutputOpenDrain, initialValue: 1 })
  output.write(0)
  output.write(0)
  pins.drive(3, 0)
  output.write(1)
  t.is(pins.level(3), 0, "the other side still pulls")
  pins.drive(3, 1)
  output.write(0)
  t.throws(() => output.read(), { message: "Digital: pin 3: can't read output" })
  output.close()
  t.deepEqual(seen, [0, 1, 0, 1])
  t.throws(() => new Digital({ pin: 3, mode: Digital.InputPullUp }).write(1), {
    message: "Digital: pin 3: can't write input",
  })
})

test("PWM tells changes of duty as a share, checks its range and stops at close", (t) => {
  const shares: number[] = []
  const Pwm = pwmOf((_pin, share) => shares.push(share))
  const pwm = new Pwm({ pin: 4 })
  const full = 2 ** pwm.resolution - 1
  pwm.write(full)
  pwm.write(full)
  t.throws(() => pwm.write(full + 1), { instanceOf: RangeError })
  t.throws(() => pwm.write(-1), { instanceOf: RangeError })
  t.throws(() => new Pwm({ pin: 4 }), { message: "PWM: pin 4 is in use" })
  pwm.close()
  t.deepEqual(shares, [1, 0])
  t.throws(() => pwm.write(1), { message: "PWM: pin 4 is closed" })
})

test("Analog reads a share of full scale in 12 bits and stays inside", (t) => {
  let share = 0.5
  const VirtualAnalog = analogOf(() => share)
  const analog = new VirtualAnalog({ pin: 2 })
  t.is(analog.resolution, 12)
  t.is(analog.read(), 2048)
  share = 1.7
  t.is(analog.read(), 4095)
  share = -1
  t.is(analog.read(), 0)
  analog.close()
  t.throws(() => analog.read(), { message: "Analog: pin 2 is closed" })
})
