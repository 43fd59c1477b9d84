import test from "ava"
import { VirtualBoard } from "../../hosts/virtual/board"
import { ImuState, ImuWatch } from "../../src/drivers/imu-watch"
import { Listener, playCounting } from "./imu-bench"

function watch(options: { absent?: boolean; whoAmI?: number } = {}) {
  const virtual = new VirtualBoard({ thigh: { present: !options.absent } })
  if (options.whoAmI !== undefined) virtual.thigh.faults.whoAmI = options.whoAmI
  const { board } = virtual
  const listener = new Listener()
  const states: { state: ImuState; detail: string; atMs: number }[] = []
  const imu = new ImuWatch({
    wiring: board.thigh,
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
  t.regex(imu.detail, /^LSM6DSO at 0x6A: WHO_AM_I \(0x0F\) cannot be reached/)
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
  t.regex(imu.detail, /read 0x69, expected 0x6C/)
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
  t.true(Math.abs(imu.counts.lost - 6000 / 9.6) < 3, `${imu.counts.lost}`)
})

test("missed interrupts cost nothing: an overdue FIFO is fetched, twice a second", (t) => {
  const { virtual, imu, listener, states } = watch()
  playCounting(virtual, 160)
  virtual.thigh.faults.int1Open = true
  playCounting(virtual, 1040, 160)
  t.true(listener.samples.length > 1100)
  t.true(listener.gx.every((n, at) => n === at))
  const seconds = 1040 / virtual.thigh.rateHz
  t.true(Math.abs(imu.counts.missedInterrupts - 2 * seconds) <= 1, `${imu.counts.missedInterrupts} in 10 s`)
  t.is(imu.counts.lost, 0)
  t.deepEqual(
    states.map(({ state }) => state),
    [ImuState.ok],
  )
})

test("a bus that hangs is an absent chip", (t) => {
  const { virtual, imu } = watch()
  playCounting(virtual, 32)
  virtual.bus.stuck = true
  virtual.advance(500)
  t.is(imu.state, ImuState.absent)
  virtual.bus.stuck = false
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
