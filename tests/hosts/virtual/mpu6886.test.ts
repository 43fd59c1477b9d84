import test from "ava"
import { VirtualClock } from "../../../hosts/virtual/clock"
import { Mpu6886Model } from "../../../hosts/virtual/mpu6886"
import { REG } from "../../../hosts/virtual/mpu6886-registers"
import { wordPairs } from "../../../hosts/virtual/protocol"

const BOOT_US = 11_000
const PERIOD_US = 10_000
/** The stream's 0.070 °/s in the chip's 2000 °/s ÷ 32768. */
const RATE_GAIN = 1.14688

function powerUp() {
  const clock = new VirtualClock()
  const pin: { level: number; atUs: number }[] = []
  const chip = new Mpu6886Model({ clock, onInt: (level) => pin.push({ level, atUs: clock.nowUs }) })
  clock.runUntil(BOOT_US)
  const read = (register: number, bytes = 1): number[] => {
    const into = new Uint8Array(bytes)
    chip.read(register, into)
    return [...into]
  }
  const byte = (register: number): number => read(register)[0] as number
  const level = (): number => {
    const [high, low] = read(REG.FIFO_COUNTH, 2) as [number, number]
    return (high << 8) | low
  }
  return { clock, chip, pin, read, byte, level, write: (at: number, value: number) => chip.write(at, value) }
}

/** 100 Hz, ±2000 °/s, ±16 g, filters on, both in the FIFO; the watermark in bytes. */
function batching(watermark: number, config = 0x43, pinConfig = 0xe0) {
  const bench = powerUp()
  const { write } = bench
  write(REG.PWR_MGMT_1, 0x01)
  write(REG.CONFIG, config)
  write(REG.SMPLRT_DIV, 9)
  write(REG.GYRO_CONFIG, 0x18)
  write(REG.ACCEL_CONFIG, 0x18)
  write(REG.ACCEL_CONFIG_2, 0x03)
  write(REG.INT_PIN_CFG, pinConfig)
  write(REG.FIFO_WM_TH1, watermark >> 8)
  write(REG.FIFO_WM_TH2, watermark & 0xff)
  write(REG.INT_ENABLE, 0x10)
  write(REG.FIFO_EN, 0x18)
  write(REG.USER_CTRL, 0x44)
  bench.pin.length = 0
  return bench
}

/** gx counts up by 10. */
function counting(count: number): Uint8Array {
  const samples = new Int16Array(count * 6)
  for (let n = 0; n < count; n++) samples.set([10 * n, 1000, -1000, 2048, -2048, 4096], n * 6)
  return wordPairs(new Uint8Array(samples.buffer))
}

/** What the chip makes of the gx of the sample `n`. */
const counted = (n: number): number => Math.round(10 * n * RATE_GAIN)

const int16 = (bytes: readonly number[], at: number): number =>
  (((bytes[at] as number) << 24) >> 16) | (bytes[at + 1] as number)

function wait({ clock }: ReturnType<typeof powerUp>, samples: number): void {
  clock.runUntil(clock.nowUs + samples * PERIOD_US)
}

test("it answers 11 ms after power, says what it is, and sleeps", (t) => {
  const clock = new VirtualClock()
  const chip = new Mpu6886Model({ clock, onInt: () => {} })
  clock.runUntil(BOOT_US - 1)
  t.false(chip.acknowledges())
  clock.runUntil(BOOT_US)
  t.true(chip.acknowledges())
  const bench = powerUp()
  t.is(bench.byte(REG.WHO_AM_I), 0x19)
  t.is(bench.byte(REG.PWR_MGMT_1), 0x41)
  t.is(bench.byte(REG.CONFIG), 0x80)
  t.is(bench.chip.rateHz, 0)
})

test("a reset takes its time, hears nothing meanwhile, and leaves what power leaves", (t) => {
  const bench = batching(224)
  wait(bench, 5)
  bench.write(REG.PWR_MGMT_1, 0x80)
  t.is(bench.byte(REG.PWR_MGMT_1) & 0x80, 0x80)
  bench.write(REG.SMPLRT_DIV, 3)
  bench.clock.runUntil(bench.clock.nowUs + BOOT_US)
  t.is(bench.byte(REG.PWR_MGMT_1), 0x41)
  t.is(bench.byte(REG.SMPLRT_DIV), 0)
  t.is(bench.level(), 0)
  t.is(bench.chip.rateHz, 0)
})

test("a packet is accelerometer, temperature and gyroscope, high bytes first, at the internal rate divided", (t) => {
  const bench = batching(0)
  t.is(bench.chip.rateHz, 100)
  bench.chip.play(counting(10))
  wait(bench, 10)
  t.is(bench.level(), 140)
  const packet = bench.read(REG.FIFO_R_W, 28).slice(14)
  const at = (place: number) => int16(packet, place)
  t.deepEqual([at(0), at(2), at(4)], [2047, -2047, 4094], "0.488 mg in 16 g ÷ 32768")
  t.is(at(6), 0, "25 °C")
  t.deepEqual([at(8), at(10), at(12)], [counted(1), 1147, -1147])
  t.is(bench.level(), 112, "a burst stays at the FIFO")
  t.deepEqual(bench.read(REG.ACCEL_XOUT_H, 6), packet.slice(0, 6))
})

for (const [bits, scale] of [
  [0x00, 8],
  [0x08, 4],
  [0x10, 2],
  [0x18, 1],
] as const)
  test(`FS_SEL ${bits >> 3} puts out ${scale} times the counts of the widest range, and clips`, (t) => {
    const bench = batching(0)
    bench.write(REG.GYRO_CONFIG, bits)
    bench.write(REG.ACCEL_CONFIG, bits)
    const values = new Int16Array([100, -30_000, 30_000, 100, -32_768, 32_767])
    bench.chip.play(wordPairs(new Uint8Array(values.buffer)))
    wait(bench, 1)
    const output = bench.read(REG.ACCEL_XOUT_H, 14)
    t.is(int16(output, 8), Math.round(100 * RATE_GAIN * scale))
    t.deepEqual([int16(output, 10), int16(output, 12)], [-32_768, 32_767])
    t.is(int16(output, 0), Math.round(100 * 0.999424 * scale))
  })

test("a full FIFO that stops keeps what it holds, whole from its head on, and says that it lost", (t) => {
  const bench = batching(0)
  bench.chip.play(counting(200))
  wait(bench, 100)
  t.is(bench.level(), 1024)
  t.is(bench.byte(REG.INT_STATUS) & 0x10, 0x10)
  const bytes = bench.read(REG.FIFO_R_W, 1022)
  for (let packet = 0; packet < 73; packet++) t.is(int16(bytes, packet * 14 + 8), counted(packet))
})

test("a full FIFO that goes on loses the oldest bytes, and with them where packets begin", (t) => {
  const bench = batching(0, 0x03)
  bench.chip.play(counting(200))
  wait(bench, 100)
  t.is(bench.level(), 1024)
  // 1400 bytes went in: the first 376 are gone, 26 packets and 12 bytes.
  const bytes = bench.read(REG.FIFO_R_W, 1024)
  t.is(int16(bytes, 2 + 8), counted(27))
  t.is(int16(bytes, 1024 - 6), counted(99))
})

test("a FIFO that is reset is empty, and the bit goes back by itself", (t) => {
  const bench = batching(0)
  wait(bench, 7)
  bench.write(REG.USER_CTRL, 0x44)
  t.is(bench.level(), 0)
  t.is(bench.byte(REG.USER_CTRL), 0x40)
})

test("the watermark pulls the pin at the very sample, and reading its status lets it go", (t) => {
  const bench = batching(56)
  const { clock, pin } = bench
  const startUs = clock.nowUs
  wait(bench, 6)
  t.deepEqual(pin, [{ level: 0, atUs: startUs + 4 * PERIOD_US }])
  t.is(bench.byte(REG.FIFO_WM_INT_STATUS), 0x40)
  t.is(pin.at(-1)?.level, 1)
  wait(bench, 1)
  t.is(pin.at(-1)?.level, 0, "above it the next sample tells again")
})

for (const [title, config] of [
  ["whose threshold is 0", 0x43],
  ["that CONFIG's bit 7 keeps off", 0xc3],
] as const)
  test(`a watermark ${title} never tells`, (t) => {
    const bench = batching(config === 0x43 ? 0 : 56, config)
    wait(bench, 60)
    t.deepEqual(bench.pin, [])
  })

test("not latched, the pin pulses for 50 µs; without INT_LEVEL upwards", (t) => {
  const bench = batching(14, 0x43, 0x00)
  const { pin } = bench
  wait(bench, 1)
  bench.clock.runUntil(bench.clock.nowUs + 100)
  const [up, down] = pin as [(typeof pin)[0], (typeof pin)[0]]
  t.deepEqual([up.level, down.level], [1, 0])
  t.true(Math.abs(down.atUs - up.atUs - 50) < 1e-6)
})

test("with INT_RD_CLEAR any read lets the pin go", (t) => {
  const bench = batching(14, 0x43, 0xf0)
  wait(bench, 1)
  t.is(bench.pin.at(-1)?.level, 0)
  bench.byte(REG.WHO_AM_I)
  t.is(bench.pin.at(-1)?.level, 1)
})

test("the cutoffs it tells are those of its filters, by its real clock", (t) => {
  const bench = batching(0)
  t.deepEqual(bench.chip.cutoffsHz, { gyro: 41, accelerometer: 44.8 })
  bench.write(REG.CONFIG, 0x42)
  bench.write(REG.ACCEL_CONFIG_2, 0x05)
  t.deepEqual(bench.chip.cutoffsHz, { gyro: 92, accelerometer: 10.2 })
})

test("settings that it does not have are refused aloud", (t) => {
  const bench = powerUp()
  for (const [register, value] of [
    [REG.CONFIG, 0x08],
    [REG.GYRO_CONFIG, 0x01],
    [REG.ACCEL_CONFIG, 0x80],
    [REG.INT_ENABLE, 0x01],
    [REG.PWR_MGMT_1, 0x10],
  ] as const)
    t.throws(() => bench.write(register, value), {
      message: /MPU6886 model: register 0x.. = 0x.. asks for something/,
    })
  bench.write(REG.WHO_AM_I, 0xff)
  t.is(bench.byte(REG.WHO_AM_I), 0x19)
})
