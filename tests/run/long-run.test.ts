import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import test from "ava"
import { Overload } from "../../src/run/overload"
import { defaultSettings } from "../../src/storage/settings"
import { newRecording, record, tell } from "./recording-sink"
import { stride } from "./strides"

const LARGEST_INT32 = 0x7fff_ffff
const STRIDES_PER_MINUTE = 100
const PERIOD_MS = 60_000 / STRIDES_PER_MINUTE
const STRIDES_PER_DAY = 24 * 60 * STRIDES_PER_MINUTE
/** On the ground nearly all the time, knee bent to 180° all the while, threshold 20°; 13 times the mean runner's load. */
const WORST = {
  periodMs: PERIOD_MS,
  contactTimeMs: 599,
  peakFlexionCdeg: 18_000,
  msPastThreshold: 599,
  cdegMsPastThreshold: 599 * (18_000 - 2000),
  milliLoad: 13_999,
  milliLoadPeakWeighted: 13_999,
}

test("a day at 100 strides a minute and the worst values is counted exactly, in int32", (t) => {
  const { recorder, runs } = newRecording()
  const one = stride(0, WORST)
  for (let index = 0; index < STRIDES_PER_DAY; index++) {
    one.contactMs = index * PERIOD_MS
    one.toeOffMs = one.contactMs + WORST.contactTimeMs
    tell(recorder, one)
  }
  recorder.close()
  const [run] = runs
  const times = (value: number) => Number(BigInt(value) * BigInt(STRIDES_PER_DAY))
  t.is(run?.compressions, STRIDES_PER_DAY)
  t.is(run?.msPastThreshold, times(WORST.msPastThreshold))
  t.is(
    run?.cdegSecondsPastThreshold,
    Number((BigInt(WORST.cdegMsPastThreshold) * BigInt(STRIDES_PER_DAY)) / 1000n),
  )
  t.is(run?.milliLoad, times(WORST.milliLoad))
  t.is(run?.cadenceDspm, 2 * STRIDES_PER_MINUTE * 10)
  t.is(run?.blockMinutes, 32)
  t.is(run?.blocks.length, 45)
  const numbers = JSON.stringify(run).match(/-?\d+(\.\d+)?/g) ?? []
  t.true(
    numbers.every((number) => Number.isInteger(Number(number)) && Math.abs(Number(number)) <= LARGEST_INT32),
  )
  t.deepEqual(run?.bouts[0], {
    ...run?.bouts[0],
    strides: STRIDES_PER_DAY,
    milliLoad: times(WORST.milliLoad),
  })
})

test("a sum past an int32 stays at the largest value in place of wrapping", (t) => {
  const strides = Array.from({ length: 8 }, (_, index) => stride(index * 700, { milliLoadPeakWeighted: 1e9 }))
  t.is(record(strides)[0]?.milliLoadPeakWeighted, LARGEST_INT32)
})

test("hours of running leave the heap as it was", (t) => {
  setFlagsFromString("--expose-gc")
  const collect = runInNewContext("gc") as () => void
  const { recorder, runs } = newRecording()
  const overload = new Overload({ values: { ...defaultSettings(), buzzesPerRun: 1_000_000 } })
  const one = stride(0)
  let strides = 0
  const runHours = (hours: number) => {
    for (const end = strides + hours * 6000; strides < end; strides++) {
      one.contactMs = strides * PERIOD_MS
      one.toeOffMs = one.contactMs + 250
      // Every ten minutes a pause of 20 s: bouts close too.
      if (strides % 1000 < 33) continue
      tell(recorder, one)
      const compressions = recorder.live?.totals.compressions ?? 0
      const reason = overload.stride(one, compressions)
      if (reason !== undefined) overload.buzzed(reason, one, compressions)
      recorder.quality.samples(62, 0)
      recorder.tick(one.toeOffMs + 100)
    }
    collect()
    return process.memoryUsage().heapUsed
  }
  runHours(2)
  const early = runHours(1)
  const late = runHours(24)
  recorder.close()
  const [run] = runs
  t.is(runs.length, 1)
  t.true((run?.bouts.length ?? 0) + (run?.boutsDropped ?? 0) > 140)
  // V8's own noise is ±200 KB; the smallest object a stride would be 2 MB.
  t.true(late - early < 500_000, `${late - early} bytes more`)
})
