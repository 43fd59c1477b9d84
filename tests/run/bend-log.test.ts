import test from "ava"
import { BendLog } from "../../src/run/bend-log"

test("the last 32 bends are kept, oldest first", (t) => {
  const log = new BendLog()
  t.deepEqual(log.list(), { bends: [], bendsDropped: 0 })
  for (let bend = 1; bend <= 40; bend++) log.add(bend * 1000, 4000 + bend)
  const { bends: kept, bendsDropped } = log.list()
  t.is(bendsDropped, 8)
  t.is(kept.length, 32)
  t.deepEqual(kept[0], { timeMs: 9000, peakCdeg: 4009 })
  t.deepEqual(kept.at(-1), { timeMs: 40_000, peakCdeg: 4040 })
})
