import test from "ava"
import { displayBench } from "./display-bench"

const RED = 0xf800
const GREEN = 0x07e0
const BLUE = 0x001f
const BLACK = 0
const WHITE = 0xffff

test("it wakes in steps, each as late as the chip needs it, and shows nothing before it is lit", (t) => {
  const { display, model, wake, seen } = displayBench()
  t.deepEqual(wake(), [5, 120, 5])
  display.fill(0, 0, 135, 240, WHITE)
  t.deepEqual(seen(0, 0), [0, 0, 0])
  t.false(model.isAsleep)
  display.light()
  t.deepEqual(seen(0, 0), [255, 255, 255])
})

test("a step that is not waited for is one too early for the chip", (t) => {
  for (const [step, ms] of [
    [1, 0],
    [2, 119],
    [3, 4],
  ] as const) {
    const { display, advance } = displayBench()
    const early = () => {
      for (let at = 0; at < 4; at++) {
        const wanted = display.wake()
        advance(at === step - 1 ? ms : wanted)
      }
      display.fill(0, 0, 1, 1, WHITE)
    }
    t.throws(early, { message: /too (early|short)/ }, `step ${step}`)
  }
})

test("colours are what they are called: the panel's order and its inversion are set", (t) => {
  const { display, lit, seen } = displayBench()
  lit()
  for (const [colour, rgb] of [
    [RED, [255, 0, 0]],
    [GREEN, [0, 255, 0]],
    [BLUE, [0, 0, 255]],
    [0x8410, [132, 130, 132]],
  ] as const) {
    display.fill(10, 20, 4, 4, colour)
    t.deepEqual(seen(10, 20), [...rgb])
  }
})

test("a rectangle is filled to its edges and not beyond, wherever it is and however large", (t) => {
  const { display, lit, picture } = displayBench()
  lit()
  for (const [x, y, width, height] of [
    [0, 0, 135, 240],
    [134, 239, 1, 1],
    [0, 0, 1, 1],
    [17, 30, 100, 3],
    [60, 100, 11, 130],
    [0, 120, 135, 1],
  ] as const) {
    display.fill(0, 0, 135, 240, BLUE)
    display.fill(x, y, width, height, WHITE)
    const { rgb } = picture()
    let wrong = 0
    for (let row = 0; row < 240; row++)
      for (let column = 0; column < 135; column++) {
        const isInside = column >= x && column < x + width && row >= y && row < y + height
        if ((rgb[3 * (135 * row + column)] === 255) !== isInside) wrong++
      }
    t.is(wrong, 0, `${width} × ${height} at ${x}, ${y}`)
  }
})

test("turned off it is dark and asleep, and shows what it had when it is woken again", (t) => {
  const { display, model, lit, seen, wake, advance } = displayBench()
  lit()
  display.fill(0, 0, 135, 240, RED)
  advance(5000)
  const restMs = display.turnOff()
  t.deepEqual(seen(5, 5), [0, 0, 0])
  t.true(model.isAsleep)
  t.false(model.isSelected)
  advance(restMs)
  t.deepEqual(wake(), [5])
  display.light()
  t.deepEqual(seen(5, 5), [255, 0, 0])
})

test("woken again before it has rested, the chip would not hear it", (t) => {
  const { display, lit, advance } = displayBench()
  lit()
  advance(5000)
  advance(display.turnOff() - 1)
  t.throws(() => display.wake(), { message: /too early/ })
})

test("closed it has no supply, its pins are free, and it can be opened anew", (t) => {
  const { display, lit, seen, open, power } = displayBench()
  lit()
  display.fill(0, 0, 135, 240, WHITE)
  t.throws(open, { message: /in use/ })
  t.is(power.users, 1, "what was opened for the second is closed again")
  display.close()
  t.deepEqual(seen(0, 0), [0, 0, 0])
  t.deepEqual(power, { isOn: false, isLit: false, users: 0 })
  t.notThrows(open)
})

test("what its power switch throws comes out, and closing frees the pins all the same", (t) => {
  const { display, power, open, fail } = displayBench()
  fail("no acknowledge")
  t.throws(() => display.wake(), { message: "no acknowledge" })
  t.throws(() => display.close(), { message: "no acknowledge" })
  t.is(power.users, 0)
  fail(undefined)
  t.notThrows(open)
})

test("the whole screen takes 25 ms of the bus, a digit's segment less than one", (t) => {
  const { display, lit, clock } = displayBench()
  lit()
  const timeOf = (fill: () => void) => {
    const fromUs = clock.nowUs
    fill()
    return clock.nowUs - fromUs
  }
  t.true(timeOf(() => display.fill(0, 0, 135, 240, BLACK)) < 25_000)
  t.true(timeOf(() => display.fill(0, 0, 8, 36, WHITE)) < 1000)
})
