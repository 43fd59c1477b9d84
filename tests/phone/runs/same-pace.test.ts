/**
 * What two runs are taken for one pace by, on the runners that the detectable change was measured on: the flexion model's training tables hold each
 * runner's strides at 2.5, 3.5 and 4.5 m/s, one pace after the other.
 */
import test from "ava"
import { SAME_PACE_CONTACT_MS, SAME_PACE_SPM } from "../../../phone/runs/change"
import { median } from "../../../phone/runs/median"
import { readTraining, type TrainingStride } from "../../../simulator/fit/training-table"

/** Fewer are not three bouts: one runner's table lacks most of one. */
const LEAST_STRIDES = 150
const LEAST_BOUT = 30
const DMS_PER_MS = 10

interface Pace {
  cadenceSpm: number
  contactMs: number
}

function contactMs({ contactDms, toeOffDms }: TrainingStride): number {
  return (contactDms - toeOffDms) / DMS_PER_MS
}

function paceOf(strides: readonly TrainingStride[]): Pace {
  return {
    cadenceSpm: 120_000 / median(strides.map(({ features }) => features[0] ?? 0)),
    contactMs: median(strides.map(contactMs)),
  }
}

/** Where contact and stride time change most: the two borders that leave the least spread within. */
function bouts(strides: readonly TrainingStride[]): TrainingStride[][] {
  const features = [strides.map(contactMs), strides.map(({ features: [periodMs = 0] }) => periodMs)]
  const spreads = features.map(spreadOf)
  let least = Number.POSITIVE_INFINITY
  let borders = [0, 0]
  for (let first = LEAST_BOUT; first <= strides.length - 2 * LEAST_BOUT; first++)
    for (let second = first + LEAST_BOUT; second <= strides.length - LEAST_BOUT; second++) {
      const within = spreads.reduce(
        (sum, spread) => sum + spread(0, first) + spread(first, second) + spread(second, strides.length),
        0,
      )
      if (within >= least) continue
      least = within
      borders = [first, second]
    }
  const [first = 0, second = 0] = borders
  return [strides.slice(0, first), strides.slice(first, second), strides.slice(second)]
}

/** @returns the sum of squares about the mean of a part, against the variance of all */
function spreadOf(values: readonly number[]): (from: number, to: number) => number {
  const sums = [0]
  const squares = [0]
  for (const [index, value] of values.entries()) {
    sums.push((sums[index] ?? 0) + value)
    squares.push((squares[index] ?? 0) + value ** 2)
  }
  const within = (from: number, to: number) =>
    (squares[to] ?? 0) - (squares[from] ?? 0) - ((sums[to] ?? 0) - (sums[from] ?? 0)) ** 2 / (to - from)
  const all = within(0, values.length)
  return (from, to) => within(from, to) / all
}

const paces = (await readTraining())
  .filter(({ strides }) => strides.length >= LEAST_STRIDES)
  .map(({ strides }) => bouts(strides))

function differences(pairs: readonly (readonly [Pace, Pace])[]) {
  return {
    cadenceSpm: pairs.map(([a, b]) => Math.abs(a.cadenceSpm - b.cadenceSpm)),
    contactMs: pairs.map(([a, b]) => Math.abs(a.contactMs - b.contactMs)),
  }
}

test("the halves of a bout have one pace", (t) => {
  t.is(paces.length, 17)
  const halves = paces.flat().map((bout) => {
    const middle = bout.length >> 1
    return [paceOf(bout.slice(0, middle)), paceOf(bout.slice(middle))] as const
  })
  const { cadenceSpm, contactMs } = differences(halves)
  t.log(`up to ${Math.max(...cadenceSpm).toFixed(1)} steps/min and ${Math.max(...contactMs)} ms`)
  t.true(Math.max(...cadenceSpm) < SAME_PACE_SPM)
  t.true(Math.max(...contactMs) < SAME_PACE_CONTACT_MS)
})

test("a pace that is 1 m/s faster is another one, by contact time; by cadence alone not in all runners", (t) => {
  const steps = paces.flatMap(([slow = [], middle = [], fast = []]) => [
    [paceOf(slow), paceOf(middle)] as const,
    [paceOf(middle), paceOf(fast)] as const,
  ])
  const { cadenceSpm, contactMs } = differences(steps)
  t.log(`at least ${Math.min(...cadenceSpm).toFixed(1)} steps/min and ${Math.min(...contactMs)} ms`)
  t.true(Math.min(...contactMs) >= SAME_PACE_CONTACT_MS)
  t.true(Math.min(...cadenceSpm) < SAME_PACE_SPM)
})
