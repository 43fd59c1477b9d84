import test from "ava"
import { SampleTime } from "../../src/motion/sample-time"

test("a sample's time goes on from its batch, forward and back, by the clock that the batch told", (t) => {
  const time = new SampleTime(10_000)
  time.beginBatch(101, 5000.4, 9500)
  t.is(time.msAt(101), 5000)
  t.is(time.msAt(111), 5095)
  t.is(time.msAt(91), 4905)
  t.is(time.msOf(100), 950)
})

test("also between two samples, in sixteenths", (t) => {
  const time = new SampleTime(10_000)
  time.beginBatch(101, 5000, 9600)
  t.is(time.msAtQ4(101 * 16 + 10), 5006)
  t.is(time.msAtQ4(100 * 16 + 8), 4995)
  t.is(time.msOfQ4(2 * 16 + 8), 24)
})

test("before the first batch samples take the nominal time", (t) => {
  t.is(new SampleTime(10_000).msOf(50), 500)
})
