import test from "ava"
import fc from "fast-check"
import { timeOf, timerOf, VirtualClock } from "../../../hosts/virtual/clock"

test("events fire in order of time, and at one instant in the order in which they were asked for", (t) => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 60 }), fc.nat(20), (timesUs, cancelEvery) => {
      const clock = new VirtualClock()
      const fired: { atUs: number; order: number; nowUs: number }[] = []
      const events = timesUs.map((atUs, order) =>
        clock.at(atUs, () => fired.push({ atUs, order, nowUs: clock.nowUs })),
      )
      const isCancelled = (order: number) => cancelEvery > 0 && order % cancelEvery === 0
      for (const [order, event] of events.entries()) if (isCancelled(order)) clock.cancel(event)
      clock.runUntil(20)
      const expected = timesUs
        .map((atUs, order) => ({ atUs, order, nowUs: atUs }))
        .filter(({ order }) => !isCancelled(order))
        .sort((a, b) => a.atUs - b.atUs || a.order - b.order)
      t.deepEqual(fired, expected)
      t.is(clock.nowUs, 20)
    }),
  )
})

test("an event may ask for another at the same instant, which fires in the same run", (t) => {
  const clock = new VirtualClock()
  const fired: string[] = []
  clock.at(5, () => {
    fired.push("first")
    clock.at(5, () => fired.push("second"))
  })
  clock.runUntil(5)
  t.deepEqual(fired, ["first", "second"])
})

test("what came due while the processor was busy fires late, and in order", (t) => {
  const clock = new VirtualClock()
  const fired: number[] = []
  clock.at(10, () => clock.elapse(100))
  for (const atUs of [30, 20]) clock.at(atUs, () => fired.push(atUs, clock.nowUs))
  clock.runUntil(50)
  t.deepEqual(fired, [20, 110, 30, 110])
  t.is(clock.nowUs, 110)
})

test("a clock that is stopped stands for good: no time passes, nothing fires, what is due at that instant neither", (t) => {
  const clock = new VirtualClock()
  const fired: string[] = []
  clock.at(5, () => {
    fired.push("last")
    clock.stop()
    clock.elapse(3)
  })
  clock.at(5, () => fired.push("never"))
  for (const untilUs of [10, 20]) {
    clock.runUntil(untilUs)
    t.is(clock.nowUs, 5)
  }
  t.deepEqual(fired, ["last"])
})

test("a timer is set, repeats on its grid, and is cleared, also from its own callback", (t) => {
  const clock = new VirtualClock()
  const timer = timerOf(clock)
  const time = timeOf(clock)
  const calls: string[] = []
  timer.set(() => calls.push(`once ${time.ticks}`), 25)
  timer.clear(timer.set(() => calls.push("never"), 5))
  const repeating = timer.repeat(() => {
    calls.push(`repeat ${time.ticks}`)
    if (time.ticks >= 30) timer.clear(repeating)
  }, 10)
  timer.clear(undefined)
  clock.runUntil(60_000)
  t.deepEqual(calls, ["repeat 10", "repeat 20", "once 25", "repeat 30"])
})

test("time counts whole milliseconds", (t) => {
  const clock = new VirtualClock()
  clock.runUntil(1999.9)
  t.is(timeOf(clock).ticks, 1)
})

test("a timer that repeats can wait, and go on from when it is scheduled again, also from its own callback", (t) => {
  const clock = new VirtualClock()
  const timer = timerOf(clock)
  const at: number[] = []
  const id = timer.repeat(() => {
    at.push(clock.nowMs)
    if (at.length === 2) timer.schedule(id)
    if (at.length === 3) timer.schedule(id, 5, 20)
  }, 10)
  clock.runUntil(100_000)
  t.deepEqual(at, [10, 20])
  timer.schedule(id, 7, 10)
  clock.runUntil(140_000)
  t.deepEqual(at, [10, 20, 107, 112, 132])
  t.throws(() => timer.schedule(id, 5, 0), { instanceOf: RangeError })
  t.throws(
    () =>
      timer.schedule(
        timer.set(() => {}, 5),
        5,
        5,
      ),
    { instanceOf: TypeError },
  )
})
