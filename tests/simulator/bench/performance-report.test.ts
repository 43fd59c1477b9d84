/** docs/performance-report.json is of one measurement with the baseline, and says what docs/performance.md claims. */
import test from "ava"
import { baselineOf, readBaseline } from "../../../simulator/bench/baseline"
import { readPerformanceReport } from "../../../simulator/bench/performance-report"

/** In the first hour the mount is refined, and each window looked at until then: it is dearer by half a hundredth. */
const FLAT_SHARE = 0.01

test("the documents' figures are the baseline's, and the last step is what is measured now", async (t) => {
  const { result, steps } = await readPerformanceReport()
  t.deepEqual(baselineOf(result), await readBaseline())
  t.deepEqual(steps.at(-1)?.instructionsPerSample, result.rv32.instructionsPerSample)
})

test("cost and memory are flat over the hours", async (t) => {
  const { stretches } = (await readPerformanceReport()).hours
  const [first, ...others] = stretches
  t.is(first?.minute, 60)
  t.true(others.length > 0)
  for (const { fifoBatch, memory } of others) {
    t.true(Math.abs(fifoBatch.mean / (first?.fifoBatch.mean ?? 0) - 1) < FLAT_SHARE)
    t.is(memory.totalBytes, stretches[0]?.memory.totalBytes ?? 0)
    t.is(memory.reservedBytes, stretches[0]?.memory.reservedBytes ?? 0)
  }
})
