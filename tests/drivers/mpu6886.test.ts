import test from "ava"
import { PIN } from "../../hosts/esp32/m5stick_cplus/wiring"
import { VirtualBoard } from "../../hosts/virtual/board"
import { filterDelayMs } from "../../hosts/virtual/lsm6dso-filter"
import type { Mpu6886Model } from "../../hosts/virtual/mpu6886"
import { wordPairs } from "../../hosts/virtual/protocol"
import type { ChipError } from "../../src/drivers/chip-error"
import type { ImuSettings } from "../../src/drivers/driver"
import { Mpu6886, type Mpu6886Wiring } from "../../src/drivers/mpu6886"
import { MPU6886_ADDRESS, RATES } from "../../src/drivers/mpu6886-registers"
import { datingErrors, Listener, playCounting } from "./imu-bench"

type Bench = ReturnType<typeof open>

function wiringOf({ io }: VirtualBoard): Mpu6886Wiring {
  const interrupt = { io: io.Digital, pin: PIN.sensorInterrupt }
  return { sensor: { io: io.SMBus, address: MPU6886_ADDRESS }, interrupt, rate: RATES[100] }
}

function open(freqFine = 0, options: Partial<Mpu6886Wiring> = {}) {
  const board = new VirtualBoard({ kind: "m5stick_cplus", thigh: { freqFine } })
  const listener = new Listener()
  const errors: ChipError[] = []
  const owner = { onError: (error: ChipError) => errors.push(error) }
  const use = { time: board.board.time, consumer: listener, owner }
  const sensor = new Mpu6886({ ...wiringOf(board), ...options }, use)
  return { board, listener, errors, sensor, chip: board.thigh as Mpu6886Model }
}

function running(settings: ImuSettings = {}, freqFine = 0): Bench {
  const bench = open(freqFine)
  bench.sensor.configure(settings)
  return bench
}

function worstMs({ listener }: Bench, trueMs: (n: number) => number, from = 100): number {
  const errorsMs = datingErrors(listener.samples.slice(from), trueMs).map(Math.abs)
  return errorsMs.length ? Math.max(...errorsMs) : Number.NaN
}

test("every sample of the chip arrives once, in order, with its six counts", (t) => {
  const bench = running()
  const { board, listener, sensor } = bench
  t.is(board.thigh.rateHz, 100)
  playCounting(board, 1600)
  t.deepEqual(
    listener.gx,
    Array.from({ length: 1600 }, (_, n) => n),
  )
  t.deepEqual(listener.samples[9]?.counts.slice(1), [-1000, 2000, -2998, 3998, -4997])
  t.deepEqual(listener.announced, Array(100).fill(16))
  t.deepEqual(sensor.counts, { samples: 1600, lost: 0, overruns: 0, badWords: 0 })
})

for (const freqFine of [0, 6, -6])
  test(`samples are dated to 1 ms by a clock that is ${freqFine * 0.15} % off, once it is learnt`, (t) => {
    const bench = running({}, freqFine)
    const trueMs = playCounting(bench.board, 100 * 120)
    t.is(bench.sensor.counts.lost, 0)
    const early = worstMs(bench, trueMs, 0)
    const worst = worstMs(bench, trueMs, 100 * 20)
    t.true(early < 3, `${early} ms in the beginning`)
    t.true(worst < 0.6, `${worst} ms`)
    t.true(Math.abs(bench.sensor.periodUs / (1e6 / bench.board.thigh.rateHz) - 1) < 2e-4)
  })

test("the chip is set to what the datasheet's register tables call for", (t) => {
  const { board } = running({ batch: 20 })
  const register = (address: number) => {
    const into = new Uint8Array(1)
    ;(board.thigh as Mpu6886Model).read(address, into)
    return into[0]
  }
  t.is(register(0x6b), 0b0000_0001, "PWR_MGMT_1: awake, on its best clock")
  t.is(register(0x19), 9, "SMPLRT_DIV: 1 kHz by 10")
  t.is(register(0x1a), 0b0100_0011, "CONFIG: a full FIFO stops, 41 Hz, the watermark not kept off")
  t.is(register(0x1b), 0b0001_1000, "GYRO_CONFIG: ±2000 °/s")
  t.is(register(0x1c), 0b0001_1000, "ACCEL_CONFIG: ±16 g")
  t.is(register(0x1d), 0b0000_0011, "ACCEL_CONFIG_2: 44.8 Hz")
  t.is(register(0x23), 0b0001_1000, "FIFO_EN: both")
  t.is(register(0x37), 0b1110_0000, "INT_PIN_CFG: low, open drain, held")
  t.is(((register(0x60) ?? 0) << 8) | (register(0x61) ?? 0), 280, "FIFO_WM_TH: bytes")
  t.is(register(0x6a), 0b0100_0000, "USER_CTRL: the FIFO is on")
})

for (const batch of [1, 3, 16, 24]) {
  test(`a batch of ${batch} interrupts at each ${batch}th sample`, (t) => {
    const { board, listener } = running({ batch })
    playCounting(board, 4 * batch)
    t.deepEqual(listener.announced, [batch, batch, batch, batch])
  })
}

/** The next interrupt comes `lateMs` late, and then the ones after it in time. */
function playWithLateRead({ board }: Bench, lateMs: number, count: number, first: number): void {
  board.pins.interruptLatencyUs = lateMs * 1000
  playCounting(board, 16, first)
  board.pins.interruptLatencyUs = 0
  playCounting(board, count - 16, first + 16)
}

const isWithoutGap = (counted: number[]): boolean => counted.every((n, at) => n === at)

test("late reads do not bend time", (t) => {
  const bench = running()
  const { board, listener } = bench
  const trueMs = playCounting(board, 1600)
  const latenciesMs = [70, 1, 33, 150, 9, 400, 2, 500, 5]
  for (const [round, lateMs] of latenciesMs.entries())
    playWithLateRead(bench, lateMs, 160, 1600 + round * 160)
  t.true(isWithoutGap(listener.gx))
  t.is(bench.sensor.counts.lost, 0)
  const worst = worstMs(bench, trueMs)
  t.true(worst < 0.7, `${worst} ms`)
})

for (const lateMs of [600, 750, 1000, 2345]) {
  test(`of what came while a full FIFO waited ${lateMs} ms to be read, all that it lost is counted, where it is missing`, (t) => {
    const bench = running()
    const { listener, sensor } = bench
    const trueMs = playCounting(bench.board, 1600)
    playWithLateRead(bench, lateMs, 900, 1600)
    const { gx, samples } = listener
    const gap = gx.findIndex((n, at) => at > 0 && n !== (gx[at - 1] as number) + 1)
    const missing = (gx[gap] as number) - (gx[gap - 1] as number) - 1
    t.true(missing > 0)
    t.is(samples[gap]?.lost, missing)
    t.is(sensor.counts.lost, missing)
    t.is(sensor.counts.overruns, 1)
    t.true(
      listener.samples.every(({ counts }) => counts[1] === -1000 && counts[5] === -4997),
      "whole packets",
    )
    const worst = worstMs(bench, trueMs)
    t.true(worst < 0.9, `${worst} ms`)
  })
}

test("what a full FIFO has lost is missing where it was emptied, wherever the motion jumps", (t) => {
  const { board, listener, sensor } = running()
  playCounting(board, 1600)
  board.pins.interruptLatencyUs = 1_000_000
  playCounting(board, 16, 1600)
  board.pins.interruptLatencyUs = 0
  playCounting(board, 105, 1616)
  playCounting(board, 200, 6000)
  t.is(sensor.counts.overruns, 1)
  const [after, ...others] = listener.samples.filter(({ lost }) => lost > 0)
  t.true((after?.counts[0] ?? 6000) < 1721, `${after?.counts[0]}`)
  t.deepEqual(others, [])
})

for (const gapMs of [180, 333, 900]) {
  test(`a chip that takes no samples for ${gapMs} ms has lost them`, (t) => {
    const bench = running()
    const { board, listener, sensor } = bench
    playCounting(board, 960)
    board.thigh.silence(gapMs)
    board.advance(gapMs)
    const trueMs = playCounting(board, 160, 1500)
    t.is(listener.samples.length, 1120)
    t.true(Math.abs(sensor.counts.lost - gapMs / 10) <= 1, `${sensor.counts.lost}`)
    t.is(listener.samples[960]?.lost, sensor.counts.lost)
    t.true(worstMs(bench, trueMs, 960) < 0.9)
  })
}

for (const bytes of [1, 5, 13, 15]) {
  test(`a FIFO that is ${bytes} byte(s) short is emptied, and no sample is made of halves of two`, (t) => {
    const bench = running()
    const { board, chip, listener, sensor } = bench
    const trueMs = playCounting(board, 965)
    chip.loseBytes(bytes)
    playCounting(board, 800, 965)
    t.is(sensor.counts.badWords, 1)
    t.true(listener.samples.every(({ counts }) => counts[1] === -1000 && counts[5] === -4997))
    const { gx, samples } = listener
    const gap = gx.findIndex((n, at) => at > 0 && n !== (gx[at - 1] as number) + 1)
    t.is(samples[gap]?.lost, (gx[gap] as number) - (gx[gap - 1] as number) - 1)
    const worst = worstMs(bench, trueMs)
    t.true(worst < 0.9, `${worst} ms`)
  })
}

test("a transfer that breaks off while the FIFO is read loses that batch, and nothing that is none is handed on", (t) => {
  const virtual = new VirtualBoard({ kind: "m5stick_cplus" })
  const { SMBus } = virtual.io
  let breaksIn = Number.POSITIVE_INFINITY
  const io = class extends SMBus {
    override readBuffer(register: number, buffer: Uint8Array): void {
      if (register === 0x74) breaksIn -= 1
      super.readBuffer(register, breaksIn === 0 ? buffer.subarray(0, 51) : buffer)
      if (breaksIn !== 0) return
      breaksIn = Number.POSITIVE_INFINITY
      throw new Error("I2C: no acknowledge")
    }
  }
  const consumer = new Listener()
  const owner = { onError: (error: Error) => t.fail(error.message) }
  const use = { time: virtual.board.time, consumer, owner }
  const sensor = new Mpu6886({ ...wiringOf(virtual), sensor: { io, address: MPU6886_ADDRESS } }, use)
  sensor.configure()
  playCounting(virtual, 960)
  breaksIn = 1
  playCounting(virtual, 320, 960)
  t.is(sensor.counts.badWords, 1)
  t.true(sensor.counts.lost >= 16 && sensor.counts.lost <= 17, `${sensor.counts.lost}`)
  t.true(consumer.samples.every(({ counts }) => counts[1] === -1000 && counts[5] === -4997))
})

test("a rate at the end of the chip's range arrives as one at the end of the consumer's", (t) => {
  const { board, listener } = running({ batch: 1 })
  const samples = new Int16Array([30_000, -30_000, 28_570, 0, 0, 2048])
  board.play(wordPairs(new Uint8Array(samples.buffer)))
  t.deepEqual(listener.samples.at(-1)?.counts.slice(0, 3), [32_767, -32_768, 28_570])
})

test("an interrupt line that something else holds low costs a few reads, not the processor", (t) => {
  const virtual = new VirtualBoard({ kind: "m5stick_cplus" })
  const io = class extends virtual.pins.Digital {
    override read(): number {
      return 0
    }
  }
  const consumer = new Listener()
  const use = { time: virtual.board.time, consumer, owner: { onError: () => {} } }
  new Mpu6886({ ...wiringOf(virtual), interrupt: { io, pin: PIN.sensorInterrupt } }, use).configure()
  const trueMs = playCounting(virtual, 16)
  t.is(consumer.samples.length, 16)
  const busyMs = virtual.clock.nowMs - trueMs(15)
  t.true(busyMs < 8, `${busyMs} ms`)
})

test("read() fetches without an interrupt what is there", (t) => {
  const { board, listener, sensor } = running()
  playCounting(board, 10)
  t.is(listener.samples.length, 0)
  t.is(sensor.read(), 10)
  t.is(sensor.read(), 0)
  t.is(listener.samples.length, 10)
})

test("a chip that is absent, or another, is named with register and address, and the IO is closed again", (t) => {
  const board = new VirtualBoard({ kind: "m5stick_cplus" })
  const use = { time: board.board.time, consumer: new Listener(), owner: { onError: () => {} } }
  const make = () => new Mpu6886(wiringOf(board), use)
  board.thigh.faults.absent = true
  t.like(t.throws(make), { kind: "bus", address: 0x68, register: "WHO_AM_I" })
  board.thigh.faults.absent = false
  board.thigh.faults.whoAmI = 0x68
  t.like(t.throws(make), {
    kind: "identity",
    message: "MPU6886 at 0x68: WHO_AM_I (0x75) read 0x68, expected 0x19: check wiring and address",
  })
  board.thigh.faults.whoAmI = 0x19
  const { Digital } = board.pins
  const pin = PIN.sensorInterrupt
  const other = new Digital({ pin, mode: Digital.Input })
  t.throws(make, { message: `Digital: pin ${pin} is in use` })
  other.close()
  t.notThrows(make)
})

test("a reset that does not end is an error, not a hang", (t) => {
  const { board, sensor } = open()
  board.thigh.faults.resetHangs = true
  const startMs = board.clock.nowMs
  t.like(
    t.throws(() => sensor.configure()),
    {
      kind: "reset",
      message: "MPU6886 at 0x68: PWR_MGMT_1 (0x6B) DEVICE_RESET does not end: check the supply",
    },
  )
  const waitedMs = board.clock.nowMs - startMs
  t.true(waitedMs > 99 && waitedMs < 120, `${waitedMs} ms: the datasheet's longest start-up`)
})

test("settings out of range are refused", (t) => {
  const { sensor } = open()
  for (const settings of [{ batch: 0 }, { batch: 65 }, { batch: 1.5 }]) {
    t.like(
      t.throws(() => sensor.configure(settings)),
      { kind: "setting" },
    )
  }
})

test("a chip that vanishes while it is read is told to onError; what the consumer throws is not swallowed", (t) => {
  const bench = running()
  playCounting(bench.board, 32)
  bench.board.thigh.faults.absent = true
  playCounting(bench.board, 32, 32)
  t.deepEqual(
    bench.errors.map(({ kind, register }) => [kind, register]),
    [["bus", "FIFO_WM_INT_STATUS"]],
  )
  const other = running()
  other.listener.step = () => {
    throw new Error("pipeline")
  }
  t.throws(() => playCounting(other.board, 32), { message: "pipeline" })
})

test("after close nothing comes, and the wiring is free", (t) => {
  const { board, listener, sensor } = running()
  playCounting(board, 40)
  sensor.close()
  sensor.close()
  playCounting(board, 40, 40)
  t.is(listener.samples.length, 32)
  t.throws(() => sensor.read(), { message: "MPU6886 at 0x68: closed" })
})

for (const rate of [50, 100, 200] as const)
  test(`at ${rate} Hz the rate and the delay that the driver states are those of the chip model`, (t) => {
    const bench = open(0, { rate: RATES[rate] })
    bench.sensor.configure()
    t.is(bench.chip.rateHz, RATES[rate].hz)
    const delayUs = filterDelayMs(bench.chip.cutoffsHz.gyro) * 1000
    t.true(Math.abs(delayUs - RATES[rate].gyroDelayUs) < 1, `${delayUs} µs`)
  })
