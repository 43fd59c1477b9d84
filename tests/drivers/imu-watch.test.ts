import test from "ava"
import { PIN as STICK_PIN } from "../../hosts/esp32/m5stick_cplus/wiring"
import { PIN as XIAO_PIN } from "../../hosts/esp32/xiao_esp32c3/wiring"
import { VirtualBoard } from "../../hosts/virtual/board"
import { USUAL_KIND } from "../../hosts/virtual/boards/kinds"
import type { BoardKind } from "../../hosts/virtual/protocol"
import { ImuState, ImuWatch } from "../../src/drivers/imu-watch"
import { datingErrors, Listener, playCounting } from "./imu-bench"

/** The wire of the interrupt, and its level without one. */
const PINS = {
  xiao_esp32c3: { pin: XIAO_PIN.sensorInterrupt, rest: 0 },
  m5stick_cplus: { pin: STICK_PIN.sensorInterrupt, rest: 1 },
} as const

function watch(options: { absent?: boolean; whoAmI?: number; kind?: BoardKind; freqFine?: number } = {}) {
  const { absent, kind = USUAL_KIND, freqFine = 0 } = options
  const virtual = new VirtualBoard({ kind, thigh: { present: !absent, freqFine } })
  if (options.whoAmI !== undefined) virtual.thigh.faults.whoAmI = options.whoAmI
  const { board } = virtual
  const listener = new Listener()
  const states: { state: ImuState; detail: string; atMs: number }[] = []
  const imu = new ImuWatch({
    part: board.thigh,
    timer: board.timer,
    time: board.time,
    consumer: listener,
    owner: { onState: (state, detail) => states.push({ state, detail, atMs: board.time.ticks }) },
  })
  return { virtual, listener, states, imu }
}

test("a chip that works is started at once, and well from its first batch on", (t) => {
  const { virtual, imu, states } = watch()
  t.is(imu.state, ImuState.starting)
  t.true(virtual.thigh.rateHz > 0)
  playCounting(virtual, 1000)
  t.is(imu.state, ImuState.ok)
  t.is(states.length, 1)
  t.like(imu.counts, { samples: 992, lost: 0, overruns: 0, badWords: 0, retries: 0, missedInterrupts: 0 })
})

test("an absent chip is tried again after 0.5, 1, 2, 4, 8, 16, 30, 30 s, and found when it is there", (t) => {
  const { virtual, imu, states } = watch({ absent: true })
  t.is(imu.state, ImuState.absent)
  t.regex(imu.detail, /^(LSM6DSO at 0x6A|MPU6886 at 0x68): WHO_AM_I \(0x..\) cannot be reached/)
  const retriesMs: number[] = []
  let seen = 0
  const startMs = virtual.board.time.ticks
  for (let ms = 0; ms < 100_000; ms += 100) {
    virtual.advance(100)
    if (imu.counts.retries > seen) retriesMs.push(virtual.board.time.ticks - startMs)
    seen = imu.counts.retries
  }
  const expectedMs = [500, 1500, 3500, 7500, 15_500, 31_500, 61_500, 91_500]
  t.is(retriesMs.length, expectedMs.length)
  for (const [at, ms] of expectedMs.entries()) t.true(Math.abs((retriesMs[at] as number) - ms) <= 100)
  virtual.thigh.faults.absent = false
  virtual.advance(30_000)
  t.is(imu.state, ImuState.ok)
  t.deepEqual(
    states.map(({ state }) => state),
    [ImuState.absent, ImuState.ok],
  )
})

test("another chip at the address is shown as such", (t) => {
  const { imu } = watch({ whoAmI: 0x69 })
  t.is(imu.state, ImuState.wrongChip)
  t.regex(imu.detail, /read 0x69, expected 0x(6C|19)/)
})

test("a chip that comes loose is absent, and its samples are missed when it is back", (t) => {
  const { virtual, imu, listener, states } = watch()
  playCounting(virtual, 160)
  virtual.thigh.faults.absent = true
  virtual.advance(700)
  t.is(imu.state, ImuState.absent)
  virtual.thigh.faults.absent = false
  virtual.advance(2000)
  t.is(imu.state, ImuState.ok)
  t.deepEqual(
    states.map(({ state }) => state),
    [ImuState.ok, ImuState.absent, ImuState.ok],
  )
  t.true(imu.counts.lost > 40)
  const back = listener.samples.findIndex(({ lost }) => lost > 0)
  const [before, after] = [listener.samples[back - 1], listener.samples[back]]
  const gapMs = (after?.timeMs ?? 0) - (before?.timeMs ?? 0)
  t.true(Math.abs(gapMs - ((after?.lost ?? 0) + 1) * (imu.periodUs / 1000)) < imu.periodUs / 2000)
})

test("a chip that falls silent for over a second is started anew, with pauses, and is well again at its next batch", (t) => {
  const { virtual, imu, states, listener } = watch()
  playCounting(virtual, 170)
  virtual.thigh.silence(6000)
  virtual.advance(6000)
  t.is(imu.state, ImuState.silent)
  t.is(listener.samples.length, 170, "what the FIFO still held was fetched")
  t.true(imu.counts.retries >= 2)
  const [, silent] = states
  t.is(silent?.state, ImuState.silent)
  t.true(Math.abs((silent?.atMs ?? 0) - (1700 + 100) - 1000) < 400, `${silent?.atMs} ms`)
  const back = virtual.clock.nowMs
  playCounting(virtual, 160, 170)
  t.is(imu.state, ImuState.ok)
  t.is(imu.detail, "")
  t.true((states.at(-1)?.atMs ?? 0) - back < 200, "it was listened to during the pause")
  t.true(Math.abs(imu.counts.lost - (6000 * virtual.thigh.rateHz) / 1000) < 3, `${imu.counts.lost}`)
})

const MEAN_OFF_MS = 1

for (const kind of ["xiao_esp32c3", "m5stick_cplus"] as const)
  test(`${kind}: what a silent chip still held came before the gap, which is one`, (t) => {
    const { virtual, imu, listener } = watch({ kind })
    playCounting(virtual, 1000)
    virtual.thigh.silence(2000)
    virtual.advance(2000)
    playCounting(virtual, 500, 2000)
    t.deepEqual(
      listener.samples.filter(({ lost }) => lost > 0).map(({ counts, lost }) => [counts[0], lost]),
      [[2000, imu.counts.lost]],
    )
    t.true(Math.abs(imu.counts.lost * imu.periodUs - 2e6) < 2 * imu.periodUs, `${imu.counts.lost}`)
  })

for (const kind of ["xiao_esp32c3", "m5stick_cplus"] as const) {
  test(`${kind}: missed interrupts cost nothing: the FIFO is read as often as batches fill, and its samples are dated`, (t) => {
    const { virtual, imu, listener, states } = watch({ kind })
    playCounting(virtual, 160)
    virtual.thigh.faults.interruptOpen = true
    const trueMs = playCounting(virtual, 6040, 160)
    t.true(listener.samples.length > 6180)
    t.true(listener.gx.every((n, at) => n === at))
    const batches = 6040 / 16
    t.true(Math.abs(imu.counts.missedInterrupts - batches) < 0.1 * batches, `${imu.counts.missedInterrupts}`)
    t.is(imu.counts.lost, 0)
    const errorsMs = datingErrors(listener.samples.slice(3000), trueMs)
    const worst = Math.max(...errorsMs.map(Math.abs))
    t.true(worst < MEAN_OFF_MS, `${worst} ms`)
    t.deepEqual(
      states.map(({ state }) => state),
      [ImuState.ok],
    )
  })

  test(`${kind}: without its interrupt's wire, and with a clock that is off, a chip measures all the same`, (t) => {
    const { virtual, imu, listener, states } = watch({ kind, freqFine: 5 })
    virtual.thigh.faults.interruptOpen = true
    const trueMs = playCounting(virtual, 9000)
    t.is(imu.state, ImuState.ok)
    t.is(states.length, 1)
    t.is(imu.counts.lost, 0)
    const errorsMs = datingErrors(listener.samples.slice(6000), trueMs)
    const worst = Math.max(...errorsMs.map(Math.abs))
    t.true(worst < 2, `${worst} ms`)
    t.true(Math.abs(imu.periodUs * virtual.thigh.rateHz - 1e6) < 500, `${imu.periodUs} µs`)
  })

  test(`${kind}: samples that are missing are missed too while it is read by the clock, and an interrupt that comes back is heard`, (t) => {
    const { virtual, imu, listener } = watch({ kind })
    virtual.thigh.faults.interruptOpen = true
    playCounting(virtual, 960)
    virtual.thigh.silence(700)
    virtual.advance(700)
    playCounting(virtual, 960, 2000)
    t.true(Math.abs(imu.counts.lost * imu.periodUs - 700_000) < 2 * imu.periodUs, `${imu.counts.lost}`)
    t.is(imu.state, ImuState.ok)
    virtual.thigh.faults.interruptOpen = false
    // What the pin was not told is told with its next change.
    virtual.pins.drive(PINS[kind].pin, PINS[kind].rest)
    const before = imu.counts.missedInterrupts
    playCounting(virtual, 960, 4000)
    t.true(imu.counts.missedInterrupts - before < 4, `${imu.counts.missedInterrupts - before}`)
    t.true(listener.samples.length > 2860)
  })
}

test("a bus that hangs is an absent chip", (t) => {
  const { virtual, imu } = watch()
  playCounting(virtual, 32)
  virtual.bus.lines.short(true)
  virtual.advance(500)
  t.is(imu.state, ImuState.absent)
  virtual.bus.lines.short(false)
  virtual.advance(3000)
  t.is(imu.state, ImuState.ok)
})

test("after close it does nothing more", (t) => {
  const { virtual, imu, listener, states } = watch()
  playCounting(virtual, 32)
  imu.close()
  virtual.advance(60_000)
  t.is(listener.samples.length, 32)
  t.is(states.length, 1)
})
