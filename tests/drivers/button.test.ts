import test from "ava"
import fc from "fast-check"
import { VirtualBoard } from "../../hosts/virtual/board"
import type { Board } from "../../src/board"
import { Button, type Gesture } from "../../src/drivers/button"

const NAMES = ["short", "double", "long", "heldSinceOn", "letGoSinceOn"]

/** A button of the virtual board, and what it told at which time since it was made. @param lateMs by how much a look is late */
function bench(buttonPressed = false, lateMs = () => 0) {
  const virtual = new VirtualBoard({ buttonPressed })
  const running = new Set<() => void>()
  const callbacks = new Map<unknown, () => void>()
  const { timer, button: wiring } = virtual.board
  const board: Board = {
    ...virtual.board,
    timer: {
      ...timer,
      repeat(callback, intervalMs) {
        running.add(callback)
        const late = () => {
          if (running.has(callback)) callback()
        }
        const id = timer.repeat(
          () => void virtual.clock.at(virtual.clock.nowUs + lateMs() * 1000, late),
          intervalMs,
        )
        callbacks.set(id, callback)
        return id
      },
      clear(id) {
        const callback = callbacks.get(id)
        if (callback) running.delete(callback)
        timer.clear(id)
      },
    },
  }
  const told: [name: string | undefined, atMs: number][] = []
  const startMs = virtual.board.time.ticks
  class TellingButton extends Button {
    protected onGesture(gesture: Gesture): void {
      told.push([NAMES[gesture], virtual.board.time.ticks - startMs])
    }
  }
  if (!wiring) throw new Error("no button")
  const button = new TellingButton(board, wiring)
  /** Pressed and let go in turn, for so long each. */
  const press = (timesMs: readonly number[], bounces = 0) => {
    timesMs.forEach((ms, index) => {
      virtual.pressButton(index % 2 === 0, bounces)
      virtual.advance(ms)
    })
  }
  return { virtual, button, told, press, timers: () => running.size, names: () => told.map(([name]) => name) }
}

for (const { what, timesMs, names } of [
  { what: "a short press", timesMs: [120, 1000], names: ["short"] },
  { what: "a press of two seconds", timesMs: [2000, 1000], names: ["short"] },
  { what: "two presses", timesMs: [120, 200, 120, 1000], names: ["double"] },
  { what: "a second press just in time", timesMs: [120, 390, 120, 1000], names: ["double"] },
  { what: "a second press too late", timesMs: [120, 480, 120, 1000], names: ["short", "short"] },
  { what: "three presses", timesMs: [120, 150, 120, 150, 120, 1000], names: ["double", "short"] },
  { what: "four presses", timesMs: [120, 150, 120, 150, 120, 150, 120, 1000], names: ["double", "double"] },
  { what: "a long press", timesMs: [3100, 1000], names: ["long"] },
  { what: "a short press and a long", timesMs: [120, 200, 4000, 1000], names: ["double"] },
  { what: "a long press and a short", timesMs: [3500, 200, 120, 1000], names: ["long", "short"] },
  { what: "a press that sticks", timesMs: [600_000], names: ["long"] },
  { what: "one that sticks and comes free", timesMs: [60_000, 300, 120, 1000], names: ["long", "short"] },
  { what: "one that sticks and is shaken", timesMs: [9000, 3, 900, 3, 9000, 3, 9000, 500], names: ["long"] },
  { what: "a glitch", timesMs: [3, 1000], names: [] },
])
  test(`${what} is ${names.join(" and ") || "nothing"}, however the contact bounces`, (t) => {
    for (const bounces of [0, 1, 2, 7, 20]) {
      const { press, names: told } = bench()
      press(timesMs, timesMs.includes(3) ? 0 : bounces)
      t.deepEqual(told(), names, `${bounces} bounces`)
    }
  })

test("a short press is told when no second can follow, a double one as it begins, a long one while it is held", (t) => {
  const near = ([, atMs]: [unknown, number] = [undefined, 0], ms: number) =>
    t.true(atMs >= ms && atMs <= ms + 60, `${atMs}, not ${ms}`)
  const short = bench()
  short.press([100, 1000])
  near(short.told[0], 500)
  const double = bench()
  double.press([100, 200, 500])
  near(double.told[0], 300)
  const long = bench()
  long.press([4000])
  near(long.told[0], 3000)
})

for (const { heldMs, names } of [
  { heldMs: 5100, names: ["heldSinceOn", "letGoSinceOn"] },
  { heldMs: 14_900, names: ["heldSinceOn", "letGoSinceOn"] },
  { heldMs: 15_200, names: ["heldSinceOn"] },
  { heldMs: 600_000, names: ["heldSinceOn"] },
])
  test(`held for ${heldMs} ms since switching on it is ${names.join(" and ")}, and nothing else`, (t) => {
    const held = bench(true)
    held.virtual.advance(4950)
    t.deepEqual(held.names(), [])
    held.virtual.advance(heldMs - 4950)
    t.deepEqual(held.names(), ["heldSinceOn"])
    held.virtual.pressButton(false, 5)
    held.virtual.advance(2000)
    t.deepEqual(held.names(), names)
    t.is(held.timers(), 0)
    held.press([120, 1000])
    t.deepEqual(held.names(), [...names, "short"])
  })

for (const heldMs of [10, 100, 3500, 4800])
  test(`let go ${heldMs} ms after switching on it is nothing`, (t) => {
    const { virtual, press, names } = bench(true)
    virtual.advance(heldMs)
    virtual.pressButton(false, 4)
    virtual.advance(2000)
    t.deepEqual(names(), [])
    press([120, 1000])
    t.deepEqual(names(), ["short"])
  })

test("while nobody presses nothing runs, nor while it sticks", (t) => {
  const { virtual, press, timers } = bench()
  virtual.advance(1000)
  t.is(timers(), 0)
  virtual.pressButton(true, 3)
  virtual.advance(1000)
  t.is(timers(), 1)
  virtual.advance(2200)
  t.is(timers(), 0)
  press([10_000], 3)
  t.is(timers(), 0)
  virtual.pressButton(false, 3)
  virtual.advance(1000)
  t.is(timers(), 0)
})

test("a button that is closed tells nothing more, and its pin is free", (t) => {
  const { virtual, button, names } = bench()
  virtual.pressButton(true)
  virtual.advance(100)
  button.close()
  virtual.advance(10_000)
  t.deepEqual(names(), [])
  t.notThrows(() => new virtual.pins.Digital({ pin: virtual.board.button?.pin ?? 0, mode: 0 }))
})

test("contacts that bounce for 20 ms are one press, at whatever moment, also where looks come late", (t) => {
  const edges = fc.uniqueArray(fc.integer({ min: 1, max: 19 }), { minLength: 1, maxLength: 8 })
  const lates = fc.infiniteStream(fc.nat(24))
  fc.assert(
    fc.property(
      fc.integer({ min: 100, max: 160 }),
      edges,
      edges,
      lates,
      (heldMs, pressing, letting, late) => {
        const { virtual, names } = bench(false, () => late.next().value as number)
        const pin = virtual.board.button?.pin ?? 0
        const { clock, pins } = virtual
        for (const [index, edgesMs] of [pressing, letting].entries()) {
          const fromUs = clock.nowUs + (10 + index * heldMs) * 1000
          const inOrder = [0, ...edgesMs.sort((a, b) => a - b)]
          for (const [edge, ms] of inOrder.entries()) {
            const level = edge % 2 === 0 ? index : 1 - index
            clock.at(fromUs + ms * 1000, () => pins.drive(pin, level))
          }
          clock.at(fromUs + 20_000, () => pins.drive(pin, index))
        }
        virtual.advance(2000)
        t.deepEqual(names(), ["short"])
      },
    ),
    { numRuns: 3000 },
  )
})

test("interrupts that come late change no gesture", (t) => {
  const presses = fc.array(
    fc.tuple(fc.integer({ min: 90, max: 2500 }), fc.integer({ min: 600, max: 3000 })),
    {
      maxLength: 5,
    },
  )
  fc.assert(
    fc.property(presses, fc.nat(20), fc.nat(15_000), (all, bounces, latencyUs) => {
      const { virtual, press, names } = bench()
      virtual.pins.interruptLatencyUs = latencyUs
      press(all.flat(), bounces)
      t.deepEqual(
        names(),
        all.map(() => "short"),
      )
    }),
    { numRuns: 60 },
  )
})
