/** The motor on the chip: what its turning does to the samples. */
import test from "ava"
import { REG } from "../../../hosts/virtual/lsm6dso-registers"
import { batching, int16, PERIOD_US, wordsFetched } from "./lsm6dso-bench"

test("the motor shakes the samples while it turns, by tenths of a g and a few °/s, the same way every time", (t) => {
  const run = () => {
    const { clock, chip, read } = batching(0)
    const amplitude = () => {
      const words = read(REG.FIFO_DATA_OUT_TAG, 100 * 14)
      const peak = (at: number) =>
        Math.max(...Array.from({ length: 100 }, (_, sample) => Math.abs(int16(words, sample * 14 + at))))
      return { gx: peak(1), ax: peak(8) }
    }
    const second = () => clock.runUntil(clock.nowUs + 100 * PERIOD_US)
    second()
    const before = amplitude()
    chip.motorDuty = 1
    second()
    const during = amplitude()
    chip.motorDuty = 0
    clock.runUntil(clock.nowUs + 0.4e6)
    read(REG.FIFO_DATA_OUT_TAG, 60 * 14)
    second()
    return { before, during, after: amplitude() }
  }
  const { before, during, after } = run()
  t.deepEqual(before, { gx: 0, ax: 0 })
  t.deepEqual(after, before)
  const shakenG = during.ax * 0.000488
  const shakenDps = during.gx * 0.07
  t.true(shakenG > 0.1 && shakenG < 0.5, `${shakenG} g`)
  t.true(shakenDps > 1 && shakenDps < 5, `${shakenDps} °/s`)
  t.deepEqual(run(), { before, during, after })
})

test("the shaking goes on in phase when samples are fetched in between", (t) => {
  const gather = (fetchEvery: number) => {
    const bench = batching(0)
    bench.chip.motorDuty = 0.8
    return wordsFetched(bench, 60, fetchEvery)
  }
  t.deepEqual(gather(1), gather(20))
})
