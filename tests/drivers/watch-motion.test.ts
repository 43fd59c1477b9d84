import test from "ava"
import { PIN as STICK_PIN } from "../../hosts/esp32/m5stick_cplus/wiring"
import { PIN as XIAO_PIN } from "../../hosts/esp32/xiao_esp32c3/wiring"
import { VirtualBoard } from "../../hosts/virtual/board"
import { type BoardKind, wordPairs } from "../../hosts/virtual/protocol"
import { chipSamples } from "../../simulator/motion-source"
import type { ChipError } from "../../src/drivers/chip-error"
import { projectRecording } from "../device/wear"
import { Listener, playCounting } from "./imu-bench"

interface Watching {
  kind: BoardKind
  pin: number
  /** Its level when nothing was noticed. */
  rest: number
  /** Samples a second while it watches. */
  hz: number
}

const BOARDS: readonly Watching[] = [
  { kind: "xiao_esp32c3", pin: XIAO_PIN.sensorInterrupt, rest: 0, hz: 6667 / 256 },
  { kind: "m5stick_cplus", pin: STICK_PIN.sensorInterrupt, rest: 1, hz: 20 },
]
const COUNTS_PER_G = 1 / 0.000488

function watching({ kind, pin }: Watching) {
  const virtual = new VirtualBoard({ kind })
  const { board, thigh: chip, pins } = virtual
  const listener = new Listener()
  const errors: ChipError[] = []
  const owner = { onError: (error: ChipError) => errors.push(error) }
  const sensor = board.thigh.open({ time: board.time, consumer: listener, owner })
  sensor.configure()
  virtual.advance(1600)
  const measuringUa = chip.currentUa
  sensor.watchMotion()
  return { virtual, chip, listener, sensor, errors, measuringUa, level: () => pins.level(pin) }
}

/** Forces in g, x y z each, at the rate at which the chip watches, from its next sample on: what it is played is at that at which it measures. */
function push({ virtual, chip }: ReturnType<typeof watching>, forces: readonly (readonly number[])[]): void {
  const { playRateHz, rateHz } = chip
  const count = Math.round((forces.length * playRateHz) / rateHz)
  const played = Array.from(
    { length: count },
    (_, at) => forces[Math.round((at * rateHz) / playRateHz)] ?? (forces.at(-1) as readonly number[]),
  )
  const samples = new Int16Array(played.flatMap((force) => [0, 0, 0, ...force.map((g) => g * COUNTS_PER_G)]))
  virtual.clock.runUntil(chip.play(wordPairs(new Uint8Array(samples.buffer))).lastUs + 1)
}

for (const board of BOARDS) {
  const { kind, rest, hz } = board

  test(`${kind}: lying still it says nothing, hands on no samples, and draws a tenth at most of what measuring takes`, (t) => {
    const bench = watching(board)
    const heard = bench.listener.samples.length
    t.true(bench.chip.currentUa < bench.measuringUa / 10, `${bench.chip.currentUa} µA`)
    t.true(Math.abs(bench.chip.rateHz - hz) < 0.01, `${bench.chip.rateHz} Hz`)
    t.is(bench.level(), rest)
    bench.virtual.advance(600_000)
    t.is(bench.level(), rest)
    t.is(bench.sensor.read(), 0)
    t.is(bench.listener.samples.length, heard)
    t.deepEqual(bench.errors, [])
  })

  test(`${kind}: a table that is walked past does not wake it`, (t) => {
    const bench = watching(board)
    push(
      bench,
      Array.from({ length: 400 }, (_, n) => [
        0.04 * (n % 2),
        0.03 * ((n >> 1) % 2),
        1 + 0.04 * ((n >> 2) % 2),
      ]),
    )
    t.is(bench.level(), rest)
  })

  for (const axis of [0, 1, 2])
    test(`${kind}: a push along axis ${axis} is noticed and stands until the chip is configured`, (t) => {
      const bench = watching(board)
      const pushed = [0, 0, 1]
      pushed[axis] = (pushed[axis] as number) + 0.25
      push(bench, [[0, 0, 1], [0, 0, 1], pushed, [0, 0, 1], [0, 0, 1]])
      t.is(bench.level(), 1 - rest)
      bench.virtual.advance(60_000)
      t.is(bench.level(), 1 - rest, "latched")
      bench.sensor.configure()
      t.is(bench.level(), rest)
      const heard = bench.listener.samples.length
      playCounting(bench.virtual, 160)
      t.is(bench.listener.samples.length - heard, 160, "it measures again")
    })

  test(`${kind}: a chip that is not there is told of`, (t) => {
    const bench = watching(board)
    bench.chip.faults.absent = true
    t.like(
      t.throws(() => bench.sensor.watchMotion()),
      { kind: "bus" },
    )
  })

  test(`${kind}: the first steps of a recorded wearer wake it`, async (t) => {
    const recording = await projectRecording("S01.csv.gz")
    const bench = watching(board)
    const { cutoffsHz, playRateHz } = bench.chip
    const from = recording.timeS.findIndex((time) => time >= 60)
    const [samples] = chipSamples(recording, from, from + 400, playRateHz, 100, 0, cutoffsHz)
    bench.chip.play(wordPairs(samples as Uint8Array))
    let ms = 0
    while (bench.level() === rest && ms < 10_000) {
      bench.virtual.advance(50)
      ms += 50
    }
    t.true(ms < 2000, `${ms} ms`)
  })
}
