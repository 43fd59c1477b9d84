import test from "ava"
import { VirtualClock } from "../../../hosts/virtual/clock"
import { Lsm6dsoModel } from "../../../hosts/virtual/lsm6dso"
import { FIFO_WORDS, tagByte } from "../../../hosts/virtual/lsm6dso-fifo"
import { RegisterFile } from "../../../hosts/virtual/lsm6dso-register-file"
import { FIFO_MODE, REG, STATUS2 } from "../../../hosts/virtual/lsm6dso-registers"

const BOOT_US = 10_000
const PERIOD_US = 1e6 / (6667 / 64)
const ODR_104 = 4 << 4
const XL_16G = 0x04
const G_2000 = 0x0c

interface Chip {
  clock: VirtualClock
  chip: Lsm6dsoModel
  int1: { level: number; atUs: number }[]
  read(register: number, bytes?: number): number[]
  write(register: number, value: number): void
  words(): number
}

function powerUp(options: { freqFine?: number } = {}): Chip {
  const clock = new VirtualClock()
  const int1: Chip["int1"] = []
  const chip = new Lsm6dsoModel({
    clock,
    ...options,
    onInt1: (level) => int1.push({ level, atUs: clock.nowUs }),
  })
  clock.runUntil(BOOT_US)
  const read = (register: number, bytes = 1): number[] => {
    const into = new Uint8Array(bytes)
    chip.read(register, into)
    return [...into]
  }
  return {
    clock,
    chip,
    int1,
    read,
    write: (register, value) => chip.write(register, value),
    words: () => {
      const [low, high] = read(REG.FIFO_STATUS1, 2) as [number, number]
      return low | ((high & 3) << 8)
    },
  }
}

/** Both sensors at 104 Hz in the FIFO. */
function batching(watermark: number, options: { freqFine?: number } = {}): Chip {
  const bench = powerUp(options)
  const { write } = bench
  write(REG.FIFO_CTRL1, watermark & 0xff)
  write(REG.FIFO_CTRL2, watermark >> 8)
  write(REG.FIFO_CTRL3, 0x44)
  write(REG.INT1_CTRL, 0x08)
  write(REG.FIFO_CTRL4, FIFO_MODE.continuous)
  write(REG.CTRL1_XL, ODR_104 | XL_16G)
  write(REG.CTRL2_G, ODR_104 | G_2000)
  return bench
}

/** Samples whose gx counts up from `first`; the other axes are told apart by their thousands. */
function counting(count: number, first = 0): Uint8Array {
  const samples = new Int16Array(count * 6)
  for (let n = 0; n < count; n++) samples.set([first + n, 1000, 2000, 3000, 4000, 5000], n * 6)
  return new Uint8Array(samples.buffer)
}

const int16 = (bytes: number[], at: number) =>
  (((bytes[at] as number) | ((bytes[at + 1] as number) << 8)) << 16) >> 16

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

test("the register map is the datasheet's: what takes a write, and what is not 0 after reset", (t) => {
  const file = new RegisterFile()
  const resets = [...file.bytes.entries()].filter(([, value]) => value !== 0)
  t.deepEqual(resets, [
    [0x02, 0x3f],
    [0x12, 0x04],
    [0x18, 0xe0],
  ])
  const written = [...file.bytes.keys()].filter((address) =>
    file.write(address, file.bytes[address] as number),
  )
  const range = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index)
  t.deepEqual(written, [...range(0x01, 0x02), ...range(0x07, 0x0e), ...range(0x10, 0x19)])
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

test("INT1 rises at the very sample that reaches the watermark, and falls when the FIFO is read below it", (t) => {
  const { clock, int1, read, words } = batching(32)
  const startUs = clock.nowUs
  clock.runUntil(startUs + 15.999 * PERIOD_US)
  t.deepEqual(int1, [])
  t.is(words(), 30)
  clock.runUntil(startUs + 16 * PERIOD_US)
  t.deepEqual(int1, [{ level: 1, atUs: startUs + 16 * PERIOD_US }])
  t.is(words(), 32)
  t.is((read(REG.FIFO_STATUS2)[0] as number) & STATUS2.wtm, STATUS2.wtm)
  read(REG.FIFO_DATA_OUT_TAG, 7)
  t.is(int1.at(-1)?.level, 0)
  t.is((read(REG.FIFO_STATUS2)[0] as number) & STATUS2.wtm, 0)
  // 31 words are left: the next sample reaches the watermark again.
  clock.runUntil(startUs + 17 * PERIOD_US)
  t.deepEqual(int1.at(-1), { level: 1, atUs: startUs + 17 * PERIOD_US })
})

test("a word is a tag (sensor, slot, even parity) and three little-endian values", (t) => {
  const { clock, chip, read } = batching(0)
  const { lastUs } = chip.play(counting(6, 500))
  clock.runUntil(lastUs)
  const bytes = read(REG.FIFO_DATA_OUT_TAG, 12 * 7)
  for (let sample = 0; sample < 6; sample++) {
    const gyro = bytes.slice(sample * 14, sample * 14 + 7)
    const accelerometer = bytes.slice(sample * 14 + 7, sample * 14 + 14)
    t.is((gyro[0] as number) >> 3, 0x01)
    t.is((accelerometer[0] as number) >> 3, 0x02)
    t.is(((gyro[0] as number) >> 1) & 3, (sample + 1) % 4)
    t.is(((accelerometer[0] as number) >> 1) & 3, (sample + 1) % 4)
    for (const [tag] of [gyro, accelerometer]) {
      t.is([...(tag as number).toString(2)].filter((bit) => bit === "1").length % 2, 0)
    }
    t.deepEqual(
      [1, 3, 5].map((at) => int16(gyro, at)),
      [500 + sample, 1000, 2000],
    )
    t.deepEqual(
      [1, 3, 5].map((at) => int16(accelerometer, at)),
      [3000, 4000, 5000],
    )
  }
})

test("a burst wraps from 0x7E to 0x78, wherever it starts, and reads zeros past the last word", (t) => {
  const { clock, chip, read, words } = batching(0)
  clock.runUntil(chip.play(counting(2, 7)).lastUs)
  t.deepEqual(read(REG.FIFO_DATA_OUT_TAG), [tagByte(1, 1)])
  t.is(words(), 4)
  // The tag was not the whole word: the rest of it, then the next.
  const rest = read(REG.FIFO_DATA_OUT_TAG + 1, 6 + 7)
  t.is(int16(rest, 0), 7)
  t.is(rest[6], tagByte(2, 1))
  t.is(words(), 2)
  const end = read(REG.FIFO_DATA_OUT_TAG, 3 * 7)
  t.is(end[7], tagByte(2, 2))
  t.deepEqual(end.slice(14), [0, 0, 0, 0, 0, 0, 0])
  t.is(words(), 0)
})

test("a full FIFO loses its oldest words and says so until it is read", (t) => {
  const { clock, chip, read, words } = batching(32)
  const { firstUs, lastUs } = chip.play(counting(300))
  clock.runUntil(firstUs + 254.5 * PERIOD_US)
  t.is(words(), 510)
  t.is((read(REG.FIFO_STATUS2)[0] as number) & (STATUS2.full | STATUS2.overrun), STATUS2.full)
  clock.runUntil(firstUs + 255.5 * PERIOD_US)
  t.is((read(REG.FIFO_STATUS2)[0] as number) & (STATUS2.overrun | STATUS2.overrunLatched), 0)
  clock.runUntil(lastUs)
  t.is(words(), FIFO_WORDS)
  const first = read(REG.FIFO_DATA_OUT_TAG, 14)
  t.is(int16(first, 1), 300 - FIFO_WORDS / 2)
  clock.runUntil(clock.nowUs + 3 * PERIOD_US)
  const latched = STATUS2.overrun | STATUS2.overrunLatched
  t.is((read(REG.FIFO_STATUS2)[0] as number) & latched, latched)
  t.is((read(REG.FIFO_STATUS2)[0] as number) & latched, STATUS2.overrun)
  read(REG.FIFO_DATA_OUT_TAG, 14)
  t.is((read(REG.FIFO_STATUS2)[0] as number) & latched, 0)
})

test("FIFO mode stops when full; bypass empties it", (t) => {
  const { clock, chip, read, write, words } = batching(0)
  write(REG.FIFO_CTRL4, FIFO_MODE.fifo)
  clock.runUntil(chip.play(counting(300)).lastUs)
  t.is(words(), FIFO_WORDS)
  t.is(int16(read(REG.FIFO_DATA_OUT_TAG, 7), 1), 0)
  write(REG.FIFO_CTRL4, FIFO_MODE.bypass)
  t.is(words(), 0)
})

test("the batching rate can be a part of the output data rate", (t) => {
  const { clock, chip, write, words, int1 } = batching(0)
  write(REG.FIFO_CTRL3, 0x24)
  write(REG.FIFO_CTRL1, 10)
  const { firstUs, lastUs } = chip.play(counting(16))
  clock.runUntil(lastUs)
  t.is(words(), 16 + 4)
  t.is(int1.find(({ level }) => level === 1)?.atUs, firstUs + 7 * PERIOD_US)
})

test("ranges scale and clip", (t) => {
  const { clock, chip, read, write } = batching(0)
  write(REG.CTRL1_XL, ODR_104)
  write(REG.CTRL2_G, ODR_104 | 0x02)
  const samples = new Uint8Array(new Int16Array([100, -4000, 4000, 2048, -2048, 5000]).buffer)
  clock.runUntil(chip.play(samples).lastUs)
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
    const { firstUs, lastUs } = chip.play(new Uint8Array(new Int16Array(values).buffer))
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

test("the motor shakes the samples while it turns, by tenths of a g and a few °/s, the same way every time", (t) => {
  const run = () => {
    const { clock, chip, read } = batching(0)
    const amplitude = () => {
      const words = read(REG.FIFO_DATA_OUT_TAG, 100 * 14)
      const peak = (at: number) =>
        Math.max(...Array.from({ length: 100 }, (_, sample) => Math.abs(int16(words, sample * 14 + at))))
      return { gx: peak(1), ax: peak(8) }
    }
    const second = () => clock.runUntil(clock.nowUs + 100 * PERIOD_US)
    second()
    const before = amplitude()
    chip.motorDuty = 1
    second()
    const during = amplitude()
    chip.motorDuty = 0
    clock.runUntil(clock.nowUs + 0.4e6)
    read(REG.FIFO_DATA_OUT_TAG, 60 * 14)
    second()
    return { before, during, after: amplitude() }
  }
  const { before, during, after } = run()
  t.deepEqual(before, { gx: 0, ax: 0 })
  t.deepEqual(after, before)
  const shakenG = during.ax * 0.000488
  const shakenDps = during.gx * 0.07
  t.true(shakenG > 0.1 && shakenG < 0.5, `${shakenG} g`)
  t.true(shakenDps > 1 && shakenDps < 5, `${shakenDps} °/s`)
  t.deepEqual(run(), { before, during, after })
})

test("the shaking goes on in phase when samples are fetched in between", (t) => {
  const gather = (fetchEvery: number) => {
    const { clock, chip, read } = batching(0)
    chip.motorDuty = 0.8
    const bytes: number[] = []
    for (let sample = 0; sample < 60; sample += fetchEvery) {
      clock.runUntil(clock.nowUs + fetchEvery * PERIOD_US)
      bytes.push(...read(REG.FIFO_DATA_OUT_TAG, fetchEvery * 14))
    }
    return bytes
  }
  t.deepEqual(gather(1), gather(20))
})

test("fetching often or seldom gives the same words, also past the end of the stream", (t) => {
  const gather = (fetchEvery: number) => {
    const { clock, chip, read } = batching(0)
    chip.play(counting(100))
    const bytes: number[] = []
    for (let sample = 0; sample < 120; sample += fetchEvery) {
      clock.runUntil(clock.nowUs + fetchEvery * PERIOD_US)
      bytes.push(...read(REG.FIFO_DATA_OUT_TAG, fetchEvery * 14))
    }
    return bytes
  }
  const often = gather(1)
  t.deepEqual(gather(20), often)
  t.deepEqual(gather(120), often)
  t.is(int16(often, 119 * 14 + 1), 99)
})
