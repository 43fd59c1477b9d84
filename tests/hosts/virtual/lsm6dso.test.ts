/** The chip as its bus master meets it: power-up, registers, rates and the samples in its output registers. */
import test from "ava"
import { VirtualClock } from "../../../hosts/virtual/clock"
import { Lsm6dsoModel } from "../../../hosts/virtual/lsm6dso"
import { FIFO_MODE, REG } from "../../../hosts/virtual/lsm6dso-registers"
import { wordPairs } from "../../../hosts/virtual/protocol"
import { BOOT_US, batching, counting, int16, ODR_104, PERIOD_US, powerUp } from "./lsm6dso-bench"

test("it does not acknowledge before it has booted", (t) => {
  const clock = new VirtualClock()
  const chip = new Lsm6dsoModel({ clock, onInt1: () => {} })
  t.false(chip.acknowledges())
  clock.runUntil(BOOT_US)
  t.true(chip.acknowledges())
  chip.faults.absent = true
  t.false(chip.acknowledges())
})

test("it is an LSM6DSO with the datasheet's values after reset", (t) => {
  const { read } = powerUp()
  t.deepEqual(read(REG.WHO_AM_I), [0x6c])
  t.deepEqual(read(REG.PIN_CTRL), [0x3f])
  t.deepEqual(read(REG.CTRL3_C), [0x04])
  t.deepEqual(read(REG.CTRL9_XL), [0xe0])
  t.deepEqual(read(REG.CTRL1_XL, 2), [0, 0])
})

test("sample, status and timestamp stand at the datasheet's addresses", (t) => {
  const { clock, chip, read, write } = batching(0)
  write(0x19, 0x20)
  const { lastUs } = chip.play(counting(1, 500))
  clock.runUntil(lastUs)
  t.deepEqual(read(0x1e), [0x03])
  const out = read(0x22, 12)
  t.deepEqual(
    [0, 2, 4, 6, 8, 10].map((at) => int16(out, at)),
    [500, 1000, 2000, 3000, 4000, 5000],
  )
  const [low = 0, high = 0] = read(0x40, 4)
  t.is(low + 256 * high, Math.floor((clock.nowUs - BOOT_US) / 25))
  write(0x42, 0xaa)
  t.deepEqual(read(0x40, 4), [0, 0, 0, 0])
})

test("writes to reserved and read-only registers and bits are ignored", (t) => {
  const { read, write } = powerUp()
  write(REG.WHO_AM_I, 0)
  write(0x00, 0xff)
  write(REG.CTRL10_C, 0xff)
  t.deepEqual(read(REG.WHO_AM_I), [0x6c])
  t.deepEqual(read(0x00), [0])
  t.deepEqual(read(REG.CTRL10_C), [0x20])
})

test("a setting that the model does not have is refused aloud", (t) => {
  const { write } = powerUp()
  t.throws(() => write(REG.CTRL8_XL, 0x04), { message: /register 0x17 = 0x04 .* not modelled/ })
})

test("SW_RESET restores the defaults and clears itself after 50 µs", (t) => {
  const { clock, read, write, chip } = batching(32)
  write(REG.CTRL3_C, 0x05)
  t.deepEqual(read(REG.CTRL3_C), [0x05])
  t.is(chip.rateHz, 0)
  clock.runUntil(clock.nowUs + 50)
  t.deepEqual(read(REG.CTRL3_C), [0x04])
  t.deepEqual(read(REG.FIFO_CTRL1, 4), [0, 0, 0, 0])
})

test("motion that is played to a chip that is off goes by at 104 Hz", (t) => {
  const { firstUs, lastUs } = powerUp().chip.play(counting(105))
  t.true(Math.abs(lastUs - firstUs - 104 * PERIOD_US) < 1)
})

test("without an output data rate there are no samples", (t) => {
  const { clock, words, write, int1 } = powerUp()
  write(REG.FIFO_CTRL3, 0x44)
  write(REG.FIFO_CTRL4, FIFO_MODE.continuous)
  clock.runUntil(5e6)
  t.is(words(), 0)
  t.deepEqual(int1, [])
})

for (const freqFine of [0, 10, -14]) {
  test(`INTERNAL_FREQ_FINE ${freqFine} is the real rate and can be read`, (t) => {
    const { clock, chip, read, words } = batching(0, { freqFine })
    const rateHz = (6667 / 64) * (1 + 0.0015 * freqFine)
    t.true(Math.abs(chip.rateHz - rateHz) < 1e-9)
    t.deepEqual(read(REG.INTERNAL_FREQ_FINE), [freqFine & 0xff])
    clock.runUntil(clock.nowUs + 2e6)
    t.is(words(), 2 * Math.floor(2 * rateHz))
  })
}

test("ranges scale and clip", (t) => {
  const { clock, chip, read, write } = batching(0)
  write(REG.CTRL1_XL, ODR_104)
  write(REG.CTRL2_G, ODR_104 | 0x02)
  const samples = new Uint8Array(new Int16Array([100, -4000, 4000, 2048, -2048, 5000]).buffer)
  clock.runUntil(chip.play(wordPairs(samples)).lastUs)
  const out = read(REG.OUTX_L_G, 12)
  t.deepEqual(
    [0, 2, 4, 6, 8, 10].map((at) => int16(out, at)),
    [1600, -32768, 32767, 16384, -16384, 32767],
  )
})

test("before any motion it lies still, 1 g along z: 2,048 counts of 0.488 mg", (t) => {
  const { clock, read } = batching(0)
  clock.runUntil(clock.nowUs + PERIOD_US)
  const out = read(REG.OUTX_L_G, 12)
  t.deepEqual(
    [0, 2, 4, 6, 8, 10].map((at) => int16(out, at)),
    [0, 0, 0, 0, 0, 2048],
  )
})

test("after the stream the last pose stays; a new stream starts with the next sample", (t) => {
  const { clock, chip, read } = batching(0)
  const first = chip.play(counting(3, 10))
  clock.runUntil(first.lastUs + 5.5 * PERIOD_US)
  t.is(int16(read(REG.OUTX_L_G, 2), 0), 12)
  const second = chip.play(counting(2, 90))
  t.true(Math.abs(second.firstUs - (first.lastUs + 6 * PERIOD_US)) < 0.01)
  clock.runUntil(second.lastUs)
  const words = read(REG.FIFO_DATA_OUT_TAG, 10 * 14)
  const gx = Array.from({ length: 10 }, (_, sample) => int16(words, sample * 14 + 1))
  t.deepEqual(gx, [10, 11, 12, 12, 12, 12, 12, 12, 90, 91])
})

test("in a silence nothing is sampled, and the grid goes on behind it", (t) => {
  const { clock, chip, words } = batching(0)
  const { lastUs } = chip.play(counting(5))
  clock.runUntil(lastUs)
  chip.silence(100)
  clock.runUntil(lastUs + 100_000)
  t.is(words(), 10)
  const { firstUs } = chip.play(counting(1))
  t.true(firstUs >= lastUs + 100_000)
  const ticks = (firstUs - lastUs) / PERIOD_US
  t.true(Math.abs(ticks - Math.round(ticks)) < 1e-6)
})

test("BDU holds the high byte between the reads of a value's two halves", (t) => {
  for (const [control, expected] of [
    [0x44, 0x01],
    [0x04, 0x02],
  ] as const) {
    const { clock, chip, read, write } = batching(0)
    write(REG.CTRL3_C, control)
    const values = [...Array(6).fill(0x1ff), ...Array(6).fill(0x200)]
    const { firstUs, lastUs } = chip.play(wordPairs(new Uint8Array(new Int16Array(values).buffer)))
    clock.runUntil(firstUs)
    for (let axis = 0; axis < 6; axis++) t.deepEqual(read(REG.OUTX_L_G + 2 * axis), [0xff])
    clock.runUntil(lastUs)
    for (let axis = 0; axis < 6; axis++) t.deepEqual(read(REG.OUTX_L_G + 2 * axis + 1), [expected])
  }
})

test("STATUS_REG tells new data until they are read", (t) => {
  const { clock, read } = batching(0)
  t.deepEqual(read(REG.STATUS_REG), [0])
  clock.runUntil(clock.nowUs + PERIOD_US)
  t.deepEqual(read(REG.STATUS_REG), [3])
  read(REG.OUTX_L_G, 6)
  t.deepEqual(read(REG.STATUS_REG), [1])
  read(REG.OUTX_L_A)
  t.deepEqual(read(REG.STATUS_REG), [0])
})

test("the timestamp counts 25 µs of the chip's own clock", (t) => {
  const { clock, read, write } = batching(0, { freqFine: 10 })
  write(REG.CTRL10_C, 0x20)
  clock.runUntil(clock.nowUs + 2e6 + 5)
  const [b0, b1, b2, b3] = read(REG.TIMESTAMP0, 4) as [number, number, number, number]
  t.is(b0 + b1 * 256 + b2 * 65536 + b3 * 2 ** 24, 81_200)
  write(REG.TIMESTAMP2, 0xaa)
  t.deepEqual(read(REG.TIMESTAMP0, 4), [0, 0, 0, 0])
})
