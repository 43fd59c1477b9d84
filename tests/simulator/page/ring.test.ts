/** The rows that the page draws from: a ring of the newest, read between its rows. */
import test from "ava"
import fc from "fast-check"
import { fillWindow } from "../../../simulator/page/drawing/curve-window"
import { Ring } from "../../../simulator/page/drawing/ring"

function ringOf(rows: readonly (readonly number[])[], capacity = 8): Ring {
  const ring = new Ring(capacity, 2)
  for (const row of rows) ring.push(row)
  return ring
}

test("between two rows a value lies on the line, and what is either so or so is as in the row before", (t) => {
  const ring = ringOf([
    [1, 10, 0],
    [1.2, 20, 1],
  ])
  t.is(ring.at(1, 0), 10)
  t.true(Math.abs(ring.at(1.05, 0) - 12.5) < 1e-9)
  t.is(ring.stepAt(1.19, 1), 0)
  t.is(ring.stepAt(1.2, 1), 1)
})

test("nothing is known before the first row, after the last, and in a gap", (t) => {
  const ring = ringOf([
    [1, 10, 1],
    [2, 20, 1],
  ])
  for (const timeS of [0.9, 1.5, 2.1]) {
    t.is(ring.at(timeS, 0), Number.NaN, `${timeS} s`)
    t.is(ring.stepAt(timeS, 1), Number.NaN, `${timeS} s`)
  }
  t.is(new Ring(4, 1).at(0, 0), Number.NaN)
})

test("a row that is no later than the newest is left out", (t) => {
  const ring = ringOf([
    [1, 10, 0],
    [1, 11, 0],
    [0.5, 12, 0],
  ])
  t.is(ring.length, 1)
  t.is(ring.at(1, 0), 10)
})

test("however many rows came, the newest are there as they were, and the older ones are not", (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 12 }), (rows, capacity) => {
      const ring = ringOf(
        Array.from({ length: rows }, (_, row) => [row / 10, row * row, row]),
        capacity,
      )
      const oldest = Math.max(0, rows - capacity)
      for (let row = 0; row < rows; row++)
        t.is(
          ring.at(row / 10, 0),
          row < oldest ? Number.NaN : row * row,
          `row ${row} of ${rows} in ${capacity}`,
        )
      t.is(ring.length, Math.min(rows, capacity))
      t.is(ring.newestS, (rows - 1) / 10)
    }),
  )
})

test("after clearing, nothing is left and time may begin anew", (t) => {
  const ring = ringOf([[5, 1, 1]])
  ring.clear()
  t.is(ring.newestS, Number.NaN)
  ring.push([0, 7, 0])
  t.is(ring.at(0, 0), 7)
})

test("a window ends at its step's last multiple, has a value where both rings have one and null elsewhere", (t) => {
  const truths = new Ring(64, 3)
  const estimates = new Ring(64, 3)
  for (let row = 0; row <= 20; row++) truths.push([row / 10, row, 0, 1])
  for (let row = 10; row <= 20; row++) estimates.push([row / 10 + 0.04, row + 3, 0, row >= 15 ? 1 : 0])
  const window = { timeS: [], truthDeg: [], estimateDeg: [] as (number | null)[], loaded: [] }
  fillWindow(window, truths, estimates, 2.07, 2, 5)
  t.deepEqual(window.timeS, [0, 0.5, 1, 1.5, 2])
  t.deepEqual(window.truthDeg, [0, 5, 10, 15, 20])
  t.deepEqual(
    window.estimateDeg.map((deg) => (deg === null ? deg : Math.round(deg * 10) / 10)),
    [null, null, null, 17.6, 22.6],
  )
  // Either loaded or not, never in between: at 1.5 s the row of 1.44 s is the newest.
  t.deepEqual(window.loaded, [null, null, null, 0, 1])
})

test("a step further on, a curve's points are those of before, one further left: it does not shimmer", (t) => {
  const ring = new Ring(512, 3)
  for (let row = 0; row <= 300; row++) ring.push([row / 50, 40 * Math.sin(row), 0, 0])
  const at = (endS: number) => {
    const window = { timeS: [], truthDeg: [] as (number | null)[], estimateDeg: [], loaded: [] }
    fillWindow(window, ring, ring, endS, 2, 101)
    return window.truthDeg
  }
  t.deepEqual(at(4.021).slice(0, -1), at(4.001).slice(1))
})
