import test from "ava"
import { SampleClock, UNKNOWN_RESIDUE } from "../../src/drivers/sample-clock"

const BATCH = 16
const NOMINAL_US = 9600
const BATCH_MS = (BATCH * NOMINAL_US) / 1000

interface Chip {
  /** Real rate ÷ nominal rate − 1. */
  rateError?: number
  /** From a full batch to its read. */
  latencyMs?: (batch: number) => number
}

/** A chip that fills `batches`, each read by a device with whole milliseconds; how far the newest sample was dated off, ms. */
function dated(batches: number, { rateError = 0, latencyMs = () => 0 }: Chip = {}) {
  const clock = new SampleClock()
  clock.start(NOMINAL_US)
  const errorsMs: number[] = []
  for (let batch = 1; batch <= batches; batch++) {
    const trueMs = 1000.3 + (batch * BATCH_MS) / (1 + rateError)
    const readMs = Math.floor(trueMs + latencyMs(batch))
    clock.beforeBatch(BATCH, readMs, true, UNKNOWN_RESIDUE)
    clock.afterBatch(BATCH, readMs, true)
    errorsMs.push(clock.newestMs - trueMs)
  }
  return { clock, errorsMs }
}

test("whole milliseconds of the device's clock average out within ten batches", (t) => {
  const worstMs = Math.max(...dated(600).errorsMs.slice(10).map(Math.abs))
  t.true(worstMs < 0.1, `${worstMs} ms`)
})

test("one interrupt that another task held up for 3 ms moves time by less than a tenth of one", (t) => {
  const held = 300
  const [calm, disturbed] = [0, 3].map(
    (lateMs) => dated(held, { latencyMs: (batch) => (batch === held ? lateMs : 0) }).clock.newestMs,
  ) as [number, number]
  t.true(disturbed > calm && disturbed - calm < 0.07, `${disturbed - calm} ms`)
})

test("a chip that is a thousandth slower than it says is learnt in half a minute, interrupts jittering by a millisecond", (t) => {
  const latencyMs = (batch: number) => (batch * 0.618034) % 1
  const { errorsMs } = dated(1000, { rateError: -0.001, latencyMs })
  const settled = errorsMs.slice(Math.round(30_000 / BATCH_MS))
  const worstMs = Math.max(...settled.map((errorMs) => Math.abs(errorMs - 0.5)))
  t.true(worstMs < 0.6, `${worstMs} ms`)
})

for (const [realPercent, believedPercent] of [
  [0.45, 0.45],
  [2, 0.5],
] as const) {
  test(`interrupts ${realPercent} % faster than the chip says are believed to be ${believedPercent} %`, (t) => {
    const { periodUs } = dated(3000, { rateError: realPercent / 100 }).clock
    t.true(Math.abs(100 * (1 - periodUs / NOMINAL_US) - believedPercent) < 0.01, `${periodUs} µs`)
  })
}
