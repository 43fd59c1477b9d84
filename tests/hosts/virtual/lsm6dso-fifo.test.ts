import test from "ava"
import fc from "fast-check"
import {
  FIFO_WORDS,
  TAG_ACCELEROMETER,
  TAG_GYRO,
  TaggedFifo,
  tagByte,
  WORD_BYTES,
} from "../../../hosts/virtual/lsm6dso-fifo"
import { FIFO_MODE, REG, STATUS2 } from "../../../hosts/virtual/lsm6dso-registers"
import { batching, counting, int16, PERIOD_US, wordsFetched } from "./lsm6dso-bench"

test("INT1 rises at the very sample that reaches the watermark, and falls when the FIFO is read below it", (t) => {
  const { clock, int1, read, words } = batching(32)
  const startUs = clock.nowUs
  clock.runUntil(startUs + 15.999 * PERIOD_US)
  t.deepEqual(int1, [])
  t.is(words(), 30)
  clock.runUntil(startUs + 16 * PERIOD_US)
  t.deepEqual(int1, [{ level: 1, atUs: startUs + 16 * PERIOD_US }])
  t.is(words(), 32)
  t.is((read(REG.FIFO_STATUS2)[0] as number) & STATUS2.wtm, STATUS2.wtm)
  read(REG.FIFO_DATA_OUT_TAG, 7)
  t.is(int1.at(-1)?.level, 0)
  t.is((read(REG.FIFO_STATUS2)[0] as number) & STATUS2.wtm, 0)
  // 31 words are left: the next sample reaches the watermark again.
  clock.runUntil(startUs + 17 * PERIOD_US)
  t.deepEqual(int1.at(-1), { level: 1, atUs: startUs + 17 * PERIOD_US })
})

test("a word is a tag (sensor, slot, even parity) and three little-endian values", (t) => {
  const { clock, chip, read } = batching(0)
  const { lastUs } = chip.play(counting(6, 500))
  clock.runUntil(lastUs)
  const bytes = read(REG.FIFO_DATA_OUT_TAG, 12 * 7)
  for (let sample = 0; sample < 6; sample++) {
    const gyro = bytes.slice(sample * 14, sample * 14 + 7)
    const accelerometer = bytes.slice(sample * 14 + 7, sample * 14 + 14)
    t.is((gyro[0] as number) >> 3, 0x01)
    t.is((accelerometer[0] as number) >> 3, 0x02)
    t.is(((gyro[0] as number) >> 1) & 3, (sample + 1) % 4)
    t.is(((accelerometer[0] as number) >> 1) & 3, (sample + 1) % 4)
    for (const [tag] of [gyro, accelerometer]) {
      t.is([...(tag as number).toString(2)].filter((bit) => bit === "1").length % 2, 0)
    }
    t.deepEqual(
      [1, 3, 5].map((at) => int16(gyro, at)),
      [500 + sample, 1000, 2000],
    )
    t.deepEqual(
      [1, 3, 5].map((at) => int16(accelerometer, at)),
      [3000, 4000, 5000],
    )
  }
})

test("a burst wraps from 0x7E to 0x78, wherever it starts, and reads zeros past the last word", (t) => {
  const { clock, chip, read, words } = batching(0)
  clock.runUntil(chip.play(counting(2, 7)).lastUs)
  t.deepEqual(read(REG.FIFO_DATA_OUT_TAG), [tagByte(1, 1)])
  t.is(words(), 4)
  // The tag was not the whole word: the rest of it, then the next.
  const rest = read(REG.FIFO_DATA_OUT_TAG + 1, 6 + 7)
  t.is(int16(rest, 0), 7)
  t.is(rest[6], tagByte(2, 1))
  t.is(words(), 2)
  const end = read(REG.FIFO_DATA_OUT_TAG, 3 * 7)
  t.is(end[7], tagByte(2, 2))
  t.deepEqual(end.slice(14), [0, 0, 0, 0, 0, 0, 0])
  t.is(words(), 0)
})

test("a full FIFO loses its oldest words and says so until it is read", (t) => {
  const { clock, chip, read, words } = batching(32)
  const { firstUs, lastUs } = chip.play(counting(300))
  clock.runUntil(firstUs + 254.5 * PERIOD_US)
  t.is(words(), 510)
  t.is((read(REG.FIFO_STATUS2)[0] as number) & (STATUS2.full | STATUS2.overrun), STATUS2.full)
  clock.runUntil(firstUs + 255.5 * PERIOD_US)
  t.is((read(REG.FIFO_STATUS2)[0] as number) & (STATUS2.overrun | STATUS2.overrunLatched), 0)
  clock.runUntil(lastUs)
  t.is(words(), FIFO_WORDS)
  const first = read(REG.FIFO_DATA_OUT_TAG, 14)
  t.is(int16(first, 1), 300 - FIFO_WORDS / 2)
  clock.runUntil(clock.nowUs + 3 * PERIOD_US)
  const latched = STATUS2.overrun | STATUS2.overrunLatched
  t.is((read(REG.FIFO_STATUS2)[0] as number) & latched, latched)
  t.is((read(REG.FIFO_STATUS2)[0] as number) & latched, STATUS2.overrun)
  read(REG.FIFO_DATA_OUT_TAG, 14)
  t.is((read(REG.FIFO_STATUS2)[0] as number) & latched, 0)
})

test("FIFO mode stops when full; bypass empties it", (t) => {
  const { clock, chip, read, write, words } = batching(0)
  write(REG.FIFO_CTRL4, FIFO_MODE.fifo)
  clock.runUntil(chip.play(counting(300)).lastUs)
  t.is(words(), FIFO_WORDS)
  t.is(int16(read(REG.FIFO_DATA_OUT_TAG, 7), 1), 0)
  write(REG.FIFO_CTRL4, FIFO_MODE.bypass)
  t.is(words(), 0)
})

test("the batching rate can be a part of the output data rate", (t) => {
  const { clock, chip, write, words, int1 } = batching(0)
  write(REG.FIFO_CTRL3, 0x24)
  write(REG.FIFO_CTRL1, 10)
  const { firstUs, lastUs } = chip.play(counting(16))
  clock.runUntil(lastUs)
  t.is(words(), 16 + 4)
  t.is(int1.find(({ level }) => level === 1)?.atUs, firstUs + 7 * PERIOD_US)
})

test("fetching often or seldom gives the same words, also past the end of the stream", (t) => {
  const gather = (fetchEvery: number) => {
    const bench = batching(0)
    bench.chip.play(counting(100))
    return wordsFetched(bench, 120, fetchEvery)
  }
  const often = gather(1)
  t.deepEqual(gather(20), often)
  t.deepEqual(gather(120), often)
  t.is(int16(often, 119 * 14 + 1), 99)
})

test("pairs pushed at once are the same as their words pushed one by one, however full it is", (t) => {
  const step = fc.oneof(
    fc.record({ push: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 600 })) }),
    fc.record({ take: fc.integer({ min: 1, max: 600 }) }),
    fc.constant({ single: true as const }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const atOnce = new TaggedFifo()
      const byWord = new TaggedFifo()
      let slot = 0
      for (const { push = 0, take = 0, single } of steps as {
        push?: number
        take?: number
        single?: true
      }[]) {
        const pairs = counting(push, slot)
        atOnce.pushPairs(pairs, 0, push, slot + 1)
        for (let nth = 0; nth < push; nth++) {
          byWord.push(tagByte(TAG_GYRO, slot + 1 + nth), pairs, nth * 2 * WORD_BYTES)
          byWord.push(tagByte(TAG_ACCELEROMETER, slot + 1 + nth), pairs, (nth * 2 + 1) * WORD_BYTES)
        }
        slot += push
        const taken = [atOnce, byWord].map((fifo) => {
          if (single) fifo.push(tagByte(TAG_GYRO, slot), counting(1, 7), 0)
          const into = new Uint8Array(take * WORD_BYTES)
          return [fifo.take(into), [...into], fifo.level, fifo.overrun, fifo.overrunLatched]
        })
        t.deepEqual(taken[0], taken[1])
      }
    }),
  )
})
