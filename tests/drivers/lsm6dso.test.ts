import test from "ava"
import { PIN } from "../../hosts/esp32/xiao_esp32c3/wiring"
import { VirtualBoard } from "../../hosts/virtual/board"
import { Lsm6dsoModel } from "../../hosts/virtual/lsm6dso"
import { cutoffsHz, filterDelayMs, outputRateHz } from "../../hosts/virtual/lsm6dso-filter"
import { wordPairs } from "../../hosts/virtual/protocol"
import type { ChipError } from "../../src/drivers/chip-error"
import type { ImuSettings } from "../../src/drivers/driver"
import { Lsm6dso, type Lsm6dsoWiring } from "../../src/drivers/lsm6dso"
import { LSM6DSO_ADDRESS, RATES } from "../../src/drivers/lsm6dso-registers"
import { datingErrors, Listener, lsm6dsoOf, playCounting } from "./imu-bench"

type Bench = ReturnType<typeof open>

function wiringOf({ io }: VirtualBoard): Lsm6dsoWiring {
  const interrupt = { io: io.Digital, pin: PIN.sensorInterrupt }
  return { sensor: { io: io.SMBus, address: LSM6DSO_ADDRESS }, interrupt, rate: RATES[104] }
}

function open(freqFine = 0, options: Partial<Lsm6dsoWiring> = {}) {
  const board = new VirtualBoard({ thigh: { freqFine } })
  const listener = new Listener()
  const errors: ChipError[] = []
  const owner = { onError: (error: ChipError) => errors.push(error) }
  const use = { time: board.board.time, consumer: listener, owner }
  const sensor = new Lsm6dso({ ...wiringOf(board), ...options }, use)
  return { board, listener, errors, sensor }
}

function running(settings: ImuSettings = {}, freqFine = 0): Bench {
  const bench = open(freqFine)
  bench.sensor.configure(settings)
  return bench
}

/** Largest deviation from the true times after the first second, ms; nothing heard has none that is small enough. */
function worstMs({ listener }: Bench, trueMs: (n: number) => number, from = 104): number {
  const errorsMs = datingErrors(listener.samples.slice(from), trueMs).map(Math.abs)
  return errorsMs.length ? Math.max(...errorsMs) : Number.NaN
}

test("every sample of the chip arrives once, in order, with its six counts", (t) => {
  const { board, listener, sensor } = running()
  t.true(Math.abs(board.thigh.rateHz - RATES[104].hz) < 1e-9)
  playCounting(board, 1600)
  t.deepEqual(
    listener.gx,
    Array.from({ length: 1600 }, (_, n) => n),
  )
  t.deepEqual(listener.samples[9]?.counts.slice(1), [-1000, 2000, -3000, 4000, -5000])
  t.deepEqual(listener.announced, Array(100).fill(16))
  t.deepEqual(sensor.counts, { samples: 1600, lost: 0, overruns: 0, badWords: 0 })
})

test("the chip is set to what the datasheet's register tables call for", (t) => {
  const { board } = running({ batch: 20 })
  const register = (address: number) => {
    const into = new Uint8Array(1)
    lsm6dsoOf(board).read(address, into)
    return into[0]
  }
  t.is(register(0x10), 0b0100_0100, "CTRL1_XL: 104 Hz, ±16 g")
  t.is(register(0x11), 0b0100_1100, "CTRL2_G: 104 Hz, ±2000 °/s")
  t.is(register(0x12), 0b0100_0100, "CTRL3_C: block data update, addresses go up")
  t.is(register(0x07), 40, "FIFO_CTRL1: watermark, words")
  t.is(register(0x08), 0, "FIFO_CTRL2: no more of it, no compression")
  t.is(register(0x09), 0b0100_0100, "FIFO_CTRL3: both batched at 104 Hz")
  t.is(register(0x0a), 0b0000_0110, "FIFO_CTRL4: continuous")
  t.is(register(0x0d), 0b0000_1000, "INT1_CTRL: FIFO threshold")
})

for (const batch of [1, 3, 16, 64]) {
  test(`a batch of ${batch} interrupts at each ${batch}th sample`, (t) => {
    const { board, listener } = running({ batch })
    playCounting(board, 4 * batch)
    t.deepEqual(listener.announced, [batch, batch, batch, batch])
  })
}

for (const freqFine of [0, 13, -13]) {
  test(`samples are dated to 0.5 ms with a clock of whole milliseconds and a rate ${freqFine} steps off`, (t) => {
    const bench = running({}, freqFine)
    const trueMs = playCounting(bench.board, 104 * 60)
    const worst = worstMs(bench, trueMs)
    t.true(worst < 0.5, `${worst} ms`)
    const settled = worstMs(bench, trueMs, 104 * 10)
    t.true(settled < 0.35, `${settled} ms once settled`)
  })
}

test("a rate that FREQ_FINE does not know (temperature) is learnt", (t) => {
  const bench = open()
  const { board, sensor } = bench
  const warm = new Lsm6dsoModel({
    clock: board.clock,
    rateErrorPpm: 1500,
    onInt1: (level) => board.pins.drive(PIN.sensorInterrupt, level),
  })
  board.bus.attach(LSM6DSO_ADDRESS, warm)
  sensor.configure()
  const firstMs = warm.nextSampleMs
  const numbered = new Int16Array(6 * 104 * 60).map((_, at) => Math.floor(at / 6))
  board.clock.runUntil(warm.play(wordPairs(new Uint8Array(numbered.buffer))).lastUs)
  const trueMs = (n: number) => firstMs + (n * 1000) / warm.rateHz
  t.true(Math.abs(sensor.periodUs - 1e6 / warm.rateHz) < 1, `${sensor.periodUs} µs`)
  const worst = worstMs(bench, trueMs, 104 * 20)
  t.true(worst < 0.7, `${worst} ms`)
})

/** The next interrupt comes `lateMs` late, and then the ones after it in time. */
function playWithLateRead({ board }: Bench, lateMs: number, count: number, first: number): void {
  board.pins.interruptLatencyUs = lateMs * 1000
  playCounting(board, 16, first)
  board.pins.interruptLatencyUs = 0
  playCounting(board, count - 16, first + 16)
}

function isWithoutGap(numbers: number[]): boolean {
  return numbers.every((n, at) => n === at)
}

test("late reads do not bend time", (t) => {
  const bench = running()
  const { board, listener } = bench
  const trueMs = playCounting(board, 1600)
  const latenciesMs = [70, 1, 33, 150, 9, 400, 2, 1000, 1200, 5]
  for (const [round, lateMs] of latenciesMs.entries())
    playWithLateRead(bench, lateMs, 160, 1600 + round * 160)
  t.true(listener.samples.length > 1600 + latenciesMs.length * 160 - 16)
  t.true(isWithoutGap(listener.gx))
  t.true(listener.samples.every(({ lost }) => lost === 0))
  const worst = worstMs(bench, trueMs)
  t.true(worst < 0.6, `${worst} ms`)
})

test("batches that filled before a late read are fetched in one go, and the interrupts go on", (t) => {
  const bench = running()
  const { listener, sensor } = bench
  playCounting(bench.board, 160)
  playWithLateRead(bench, 2000, 400, 160)
  t.true(listener.samples.length > 560 - 16)
  t.true(isWithoutGap(listener.gx))
  t.is(sensor.counts.overruns, 0)
})

test("a batch that fills while another is being read is fetched too, for it brings no edge of its own", (t) => {
  const bench = running({ batch: 1 })
  const { listener } = bench
  playCounting(bench.board, 50)
  playWithLateRead(bench, 1000, 400, 50)
  t.is(listener.samples.length, 450)
  t.true(isWithoutGap(listener.gx))
})

for (const lateMs of [2450, 2600, 2603, 2606, 2609, 3000, 4321]) {
  test(`samples that were overwritten in ${lateMs} ms are counted exactly, and time goes on right`, (t) => {
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
    const worst = worstMs(bench, trueMs)
    t.true(worst < 0.7, `${worst} ms`)
  })
}

for (const gapMs of [180, 333, 900]) {
  test(`a chip that takes no samples for ${gapMs} ms has lost them`, (t) => {
    const bench = running()
    const { board, listener, sensor } = bench
    playCounting(board, 160)
    board.thigh.silence(gapMs)
    board.advance(gapMs)
    const trueMs = playCounting(board, 160, 160)
    t.is(listener.samples.length, 320)
    const lost = gapMs / (1000 / board.thigh.rateHz)
    t.true(Math.abs(sensor.counts.lost - lost) <= 1, `${sensor.counts.lost} of ${lost}`)
    t.is(listener.samples[160]?.lost, sensor.counts.lost)
    t.true(worstMs(bench, trueMs, 160) < 0.7)
  })
}

for (const words of [1, 2, 3, 5]) {
  test(`when ${words} word(s) go missing, samples stay whole and keep their times`, (t) => {
    const bench = running()
    const { board, listener, sensor } = bench
    const trueMs = playCounting(board, 1605)
    lsm6dsoOf(board).loseWords(words)
    playCounting(board, 800, 1605)
    const missing = Math.ceil(words / 2)
    t.is(sensor.counts.lost, missing)
    t.true(listener.samples.every(({ counts }) => counts[1] === -1000 && counts[5] === -5000))
    t.is(listener.samples.find(({ counts }) => counts[0] === 1605 + missing)?.lost, missing)
    t.false(listener.gx.includes(1605))
    const worst = worstMs(bench, trueMs)
    t.true(worst < 0.9, `${worst} ms`)
  })
}

test("words with a damaged tag are counted and left out", (t) => {
  const { board, listener, sensor } = running()
  playCounting(board, 160)
  lsm6dsoOf(board).damageTags(0x01)
  playCounting(board, 3, 160)
  lsm6dsoOf(board).damageTags(0)
  playCounting(board, 157, 163)
  t.is(sensor.counts.badWords, 6)
  t.is(sensor.counts.lost, 3)
  t.deepEqual(listener.gx.slice(159, 162), [159, 163, 164])
})

test("an interrupt line that is stuck high costs a few reads, not the processor", (t) => {
  const virtual = new VirtualBoard()
  const { time } = virtual.board
  const io = class extends virtual.pins.Digital {
    override read(): number {
      return 1
    }
  }
  const consumer = new Listener()
  const interrupt = { io, pin: PIN.sensorInterrupt }
  const use = { time, consumer, owner: { onError: () => {} } }
  new Lsm6dso({ ...wiringOf(virtual), interrupt }, use).configure()
  const trueMs = playCounting(virtual, 16)
  t.is(consumer.samples.length, 16)
  const busyMs = virtual.clock.nowMs - trueMs(15)
  t.true(busyMs < 7, `${busyMs} ms`)
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
  const board = new VirtualBoard()
  const use = { time: board.board.time, consumer: new Listener(), owner: { onError: () => {} } }
  const make = () => new Lsm6dso(wiringOf(board), use)
  board.thigh.faults.absent = true
  t.like(t.throws(make), {
    kind: "bus",
    address: 0x6a,
    register: "WHO_AM_I",
    message:
      "LSM6DSO at 0x6A: WHO_AM_I (0x0F) cannot be reached (I2C 0x6A: writeRead failed: no acknowledge): " +
      "check wiring, power and address",
  })
  board.thigh.faults.absent = false
  board.thigh.faults.whoAmI = 0
  t.like(t.throws(make), {
    kind: "identity",
    message: "LSM6DSO at 0x6A: WHO_AM_I (0x0F) read 0x00, expected 0x6C: check wiring and address",
  })
  board.thigh.faults.whoAmI = 0x6c
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
    { kind: "reset", message: "LSM6DSO at 0x6A: CTRL3_C (0x12) SW_RESET does not end: check the supply" },
  )
  // The datasheet's 50 µs, a hundred times over.
  const waitedMs = board.clock.nowMs - startMs
  t.true(waitedMs > 1 && waitedMs < 5, `${waitedMs} ms`)
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
    [["bus", "FIFO_STATUS1"]],
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
  t.throws(() => sensor.read(), { message: "LSM6DSO at 0x6A: closed" })
})

for (const rate of [52, 104, 208] as const)
  test(`at ${rate} Hz the rate and the delay that the driver states are those of the chip model`, (t) => {
    const { code, hz, gyroDelayUs } = RATES[rate]
    t.is(Math.round(filterDelayMs(cutoffsHz(code).gyro) * 1000), gyroDelayUs as number)
    t.true(Math.abs(hz - outputRateHz(code)) < 1e-9)
  })
