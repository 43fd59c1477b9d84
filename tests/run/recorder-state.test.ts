import test from "ava"
import fc from "fast-check"
import { Activity, type Stride } from "../../src/motion/stride"
import type { ResumeOptions, RunRecorder } from "../../src/run/run-recorder"
import { BuzzReason, PainSource, type Run } from "../../src/run/summary"
import { newRecording, type Recording, record, tell } from "./recording-sink"
import { StateArray } from "./state-array"
import { PERIOD_MS, stride, strideTrains, train } from "./strides"

/** With the widest histograms, 20 buzzes and an open bout; with 64 bouts, 63 blocks and 32 pain marks. */
const MOST_STATE_BYTES = 1742
const MOST_LISTS_BYTES = 6136
/** Half an hour into an even run. */
const USUAL_STATE_BYTES = 500
const SAME_CLOCK: ResumeOptions = { shiftMs: 0, lostSamples: 0 }

interface Written {
  state: StateArray
  lists: StateArray
}

function write(recorder: RunRecorder): Written {
  const written = { state: new StateArray(), lists: new StateArray() }
  recorder.writeState(written.state)
  recorder.writeLists(written.lists)
  return written
}

function resume(from: RunRecorder, options: ResumeOptions, boot = { bootId: 1, lastNumber: 1 }): Recording {
  const { state, lists } = write(from)
  const resumed = newRecording({ pauseLimitS: 20 }, boot)
  resumed.recorder.readState(state, lists, options)
  return resumed
}

/** Strides close, and all of them are counted. */
function run({ recorder }: Recording, strides: Stride[]): void {
  for (const one of strides) tell(recorder, one)
  count(recorder)
}

/** Strides that wait are counted. */
function count(recorder: RunRecorder): void {
  for (let part = 0; part < 60; part++) recorder.step()
}

/** All strides that wait are counted; the bout ends, the run stays open. */
function interrupt({ recorder, settings }: Recording, nowMs: number): void {
  const { values } = settings
  settings.values = { ...values, pauseLimitS: 1e6 }
  recorder.tick(nowMs + 10_000)
  settings.values = values
}

/** What a device does with a stride, some of it by chance. */
function live({ recorder }: Recording, one: Stride, shiftMs = 0): void {
  recorder.quality.samples(70, one.peakFlexionCdeg % 3)
  if (one.peakFlexionCdeg % 11 === 0) recorder.quality.gap(one.peakFlexionCdeg % 7)
  if (one.peakFlexionCdeg % 23 === 0) recorder.quality.strapShift()
  tell(recorder, { ...one, contactMs: one.contactMs - shiftMs, toeOffMs: one.toeOffMs - shiftMs })
  if (one.peakFlexionCdeg % 5 === 0) recorder.buzzed(one.toeOffMs - shiftMs, BuzzReason.depth)
}

function shifted(run: Run, shiftMs: number): Run {
  const moved = <Timed extends object>(timed: Timed, name: keyof Timed) => ({
    ...timed,
    [name]: (timed[name] as number) + shiftMs,
  })
  return moved(
    {
      ...run,
      buzzes: run.buzzes.map((buzz) => moved(buzz, "timeMs")),
      bouts: run.bouts.map((bout) => moved(bout, "startMs")),
    },
    "startMs",
  )
}

const moments = fc.integer({ min: 8, max: 200 })
const clocks = fc.record({
  shiftMs: fc.oneof(fc.constant(0), fc.integer({ min: -1e6, max: 1e6 })),
  lostSamples: fc.nat(5000),
})

test("a run that is read goes on as one whose bout was interrupted: equal in every field, in its own clock", (t) => {
  let resumptions = 0
  fc.assert(
    fc.property(strideTrains, moments, clocks, (trains, latest, clock) => {
      const later = (one: Stride) => ({
        ...one,
        contactMs: one.contactMs + 9000,
        toeOffMs: one.toeOffMs + 9000,
      })
      const strides = [...train(0, 12), ...trains.map(later)]
      const first = newRecording({ pauseLimitS: 20 })
      const moment = Math.min(latest, strides.length)
      for (const one of strides.slice(0, moment)) live(first, one)
      count(first.recorder)
      if (first.recorder.live === undefined) return
      resumptions += 1
      const second = resume(first.recorder, clock, { bootId: 2, lastNumber: first.recorder.live.id })
      interrupt(first, strides[moment - 1]?.toeOffMs ?? 0)
      first.recorder.quality.resume(clock.lostSamples)
      const before = first.runs.length
      for (const one of strides.slice(moment)) {
        live(first, one)
        live(second, one, clock.shiftMs)
      }
      first.recorder.close()
      second.recorder.close()
      const [resumedRun, ...laterRuns] = second.runs
      const laterHere = laterRuns.map((run) => ({ ...shifted(run, clock.shiftMs), bootId: 1 }))
      t.deepEqual([resumedRun, ...laterHere], first.runs.slice(before))
      t.true(laterRuns.every(({ bootId }) => bootId === 2))
    }),
    { numRuns: 500 },
  )
  t.true(resumptions > 100, `${resumptions}`)
})

test("of strides that wait, those that are counted are in the state, the half counted one whole", (t) => {
  const strides = train(0, 12)
  for (let steps = 0; steps <= 24; steps++) {
    const first = newRecording()
    for (const one of strides) first.recorder.stride(one)
    for (let step = 0; step < steps; step++) first.recorder.step()
    t.is(first.recorder.isCounting, steps < 24)
    const second = resume(first.recorder, SAME_CLOCK)
    const counted = Math.max(1, Math.ceil(steps / 2))
    t.is(first.recorder.live?.totals.strides, counted)
    second.recorder.close()
    const [run] = second.runs
    t.is(run?.strides, counted)
    t.is(run?.bouts[0]?.strides, counted)
    t.is(run?.blocks[0]?.strides, counted)
    if (counted >= 8) t.deepEqual(run, record(strides.slice(0, counted))[0])
    first.recorder.close()
    t.is(first.runs[0]?.strides, 12)
  }
})

test("a run that is read and has no stride more closes as it was written, without the gap", (t) => {
  const first = newRecording()
  for (const one of train(5000, 20)) live(first, one)
  count(first.recorder)
  const second = resume(first.recorder, { shiftMs: 1e6, lostSamples: 900 })
  t.is(second.recorder.live?.startMs, 5000 - 1e6)
  second.recorder.close()
  first.recorder.close()
  t.deepEqual(second.runs, first.runs)
  t.false(second.runs[0]?.dataQuality.resumed)
})

test("a run resumed twice keeps both gaps, its start and the boot in which it began", (t) => {
  const first = newRecording()
  for (const one of train(500_000, 20)) live(first, one)
  count(first.recorder)
  const second = resume(first.recorder, { shiftMs: 514_000, lostSamples: 104 }, { bootId: 2, lastNumber: 1 })
  for (const one of train(2000, 20)) live(second, one)
  count(second.recorder)
  const third = resume(second.recorder, { shiftMs: 530_000, lostSamples: 208 }, { bootId: 3, lastNumber: 1 })
  for (const one of train(1500, 20)) live(third, one)
  third.recorder.close()
  const [run] = third.runs
  t.like(run, { id: 1, bootId: 1, startMs: 500_000, strides: 60 })
  t.deepEqual(
    run?.bouts.map(({ startMs }) => startMs),
    [500_000, 516_000, 531_500],
  )
  t.like(run?.dataQuality, { resumed: true, gaps: 2 })
})

test("a run that is read ends when its pause limit has passed, counted from its last stride", (t) => {
  const first = newRecording()
  const strides = train(100_000, 20)
  run(first, strides)
  const endMs = (strides.at(-1) as Stride).toeOffMs - 90_000
  const { recorder, runs } = resume(first.recorder, { shiftMs: 90_000, lostSamples: 0 })
  recorder.tick(endMs + 22_999)
  t.is(runs.length, 0)
  recorder.tick(endMs + 23_000)
  t.is(runs.length, 1)
})

test("strides that overlap what is counted are refused after reading too", (t) => {
  const first = newRecording()
  run(first, train(0, 20))
  const { recorder, runs } = resume(first.recorder, SAME_CLOCK)
  for (const one of train(7000, 10)) tell(recorder, one)
  recorder.close()
  t.is(runs[0]?.bouts.length, 1)
})

test("'gap unknown' holds for the next run alone, also when that is read", (t) => {
  const first = newRecording()
  first.recorder.gapUnknown = true
  run(first, train(0, 20))
  const second = resume(first.recorder, SAME_CLOCK)
  for (const recording of [first, second]) {
    recording.recorder.close()
    run(recording, train(200_000, 20))
    recording.recorder.close()
    const told = recording.runs.map(({ dataQuality }) => dataQuality.gapUnknown)
    t.deepEqual(told, [true, false])
  }
})

test("blocks that are being joined or closed are whole when written, and the run goes on over the next joining", (t) => {
  const one = (index: number) => stride(index * 750, { periodMs: 750, peakFlexionCdeg: 3000 + (index % 997) })
  const perMinute = 80
  for (const minutes of [1, 64, 128])
    for (let parts = 1; parts <= 24; parts++) {
      const first = newRecording({ pauseLimitS: 20 })
      const moment = minutes * perMinute
      for (let index = 0; index < moment; index++) tell(first.recorder, one(index))
      count(first.recorder)
      first.recorder.stride(one(moment))
      for (let part = 0; part < parts; part++) first.recorder.step()
      const second = resume(first.recorder, SAME_CLOCK)
      interrupt(first, one(moment).toeOffMs)
      first.recorder.quality.resume(0)
      for (let index = moment + 1; index < moment + 66 * perMinute; index++)
        for (const { recorder } of [first, second]) tell(recorder, one(index))
      first.recorder.close()
      second.recorder.close()
      t.deepEqual(second.runs, first.runs, `${minutes} min, ${parts} parts`)
    }
})

test("a day's run, its bins full, comes back whole, its lists never twice of one version", (t) => {
  const first = newRecording({ pauseLimitS: 20 })
  const versions: number[] = []
  for (let index = 0; index < 140_000; index++) {
    tell(first.recorder, stride(index * 600))
    if (versions.at(-1) !== first.recorder.listsVersion) versions.push(first.recorder.listsVersion)
  }
  t.is(new Set(versions).size, versions.length)
  count(first.recorder)
  const second = resume(first.recorder, SAME_CLOCK)
  first.recorder.close()
  second.recorder.close()
  t.deepEqual(second.runs, first.runs)
})

/** Strides that reach every bin of the histograms, with a buzz after each. */
function widest({ recorder }: Recording): Written {
  for (let index = 0; index < 600; index++) {
    const one = stride(index * 800, { contactTimeMs: index + 1, peakFlexionCdeg: (index % 200) * 50 + 25 })
    tell(recorder, one)
    recorder.buzzed(one.toeOffMs, BuzzReason.depth)
  }
  // As many again in one minute: the block's histogram is as wide.
  for (let index = 0; index < 200; index++) {
    tell(recorder, stride(600_000 + index * 250, { contactTimeMs: 200, peakFlexionCdeg: index * 50 + 25 }))
  }
  count(recorder)
  return write(recorder)
}

test("state and lists have room for the widest histograms and full lists, and not a byte more", (t) => {
  const wide = newRecording({ pauseLimitS: 3000 })
  t.is(widest(wide).state.bytes.length, MOST_STATE_BYTES)
  const full = newRecording({ pauseLimitS: 3000 })
  for (let bout = 0; bout < 70; bout++) run(full, train(bout * 55_000, 10))
  for (let mark = 0; mark < 32; mark++)
    full.recorder.markPain({
      ...{ timeMs: 3_900_000, kneeCdeg: 0, peakFlexionCdeg: 0, milliLoad: 0, compressions: 0 },
      ...{ activity: Activity.still, source: PainSource.phone },
    })
  t.is(write(full.recorder).lists.bytes.length, MOST_LISTS_BYTES)
  const second = resume(full.recorder, SAME_CLOCK)
  full.recorder.close()
  second.recorder.close()
  t.deepEqual(second.runs, full.runs)
  t.is(second.runs[0]?.boutsDropped, 6)
})

test("half an hour of even running takes little room", (t) => {
  const recording = newRecording()
  for (let index = 0; index < 30 * 85; index++) {
    const peakFlexionCdeg = 4300 + 12 * ((index * 7) % 50) - 300
    tell(
      recording.recorder,
      stride(index * PERIOD_MS, { peakFlexionCdeg, contactTimeMs: 240 + (index % 40) }),
    )
  }
  count(recording.recorder)
  const { length } = write(recording.recorder).state.bytes
  t.true(length <= USUAL_STATE_BYTES, `${length} bytes`)
})

test("at every stride of a long run the state stays within its room, and the lists' version tells when they are others", (t) => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 40, maxLength: 80 }), (numbers) => {
      const recording = newRecording({ pauseLimitS: 100_000 })
      const { recorder } = recording
      let contactMs = 0
      let lists: string | undefined
      let version = -1
      const seen = new Set<number>()
      for (let index = 0; index < 2000; index++) {
        const number = (numbers[index % numbers.length] as number) ^ (index * 7919)
        contactMs += 650 + (index % 23 === 0 ? number % 200_000 : number % 50)
        tell(
          recorder,
          stride(contactMs, { contactTimeMs: 1 + (number % 600), peakFlexionCdeg: number % 10_000 }),
        )
        recorder.buzzed(contactMs, BuzzReason.depth)
        if (recorder.live === undefined) continue
        const written = write(recorder)
        t.true(written.state.bytes.length <= MOST_STATE_BYTES)
        const rows = written.lists.bytes.slice(5).join()
        if (lists !== undefined) t.is(rows !== lists, recorder.listsVersion !== version)
        lists = rows
        if (version !== recorder.listsVersion) t.false(seen.has(recorder.listsVersion))
        version = recorder.listsVersion
        seen.add(version)
      }
      t.truthy(lists)
    }),
    { numRuns: 5 },
  )
})

test("writing leaves the heap alone", (t) => {
  const recording = newRecording({ pauseLimitS: 3000 })
  widest(recording)
  const into = new Int32Array(1)
  const add = (value: number) => into.fill(value)
  const out = { u8: add, u16: add, u32: add, i32: add }
  const heapAfter = (times: number) => {
    for (let time = 0; time < times; time++) {
      recording.recorder.writeState(out)
      recording.recorder.writeLists(out)
    }
    return process.memoryUsage().heapUsed
  }
  heapAfter(5000)
  // The engine's own doings come now and then: what is usual counts.
  const grown = Array.from({ length: 9 }, () => {
    const before = process.memoryUsage().heapUsed
    return heapAfter(10_000) - before
  }).sort((one, other) => one - other)[4] as number
  // The smallest object a time would be 160 KB.
  t.true(grown < 100_000, `${grown} bytes`)
})

test("a truncated state or list is refused, the recorder stays closed and records on", (t) => {
  const first = newRecording()
  for (const one of [...train(0, 20), ...train(70_000, 20)]) live(first, one)
  const { state, lists } = write(first.recorder)
  const { recorder, runs } = newRecording()
  const refused = (wrong: Partial<Written>) => {
    const read = () =>
      recorder.readState(wrong.state ?? state.cut(4000), wrong.lists ?? lists.cut(4000), SAME_CLOCK)
    t.throws(read, { instanceOf: RangeError })
    t.is(recorder.live, undefined)
  }
  for (let length = 0; length < state.bytes.length; length++) refused({ state: state.cut(length) })
  for (let length = 0; length < lists.bytes.length; length++) refused({ lists: lists.cut(length) })
  for (const one of train(0, 20)) tell(recorder, one)
  recorder.close()
  t.deepEqual(runs, record(train(0, 20)))
})

test("lists of another moment, another version and numbers that no run has are refused", (t) => {
  const first = newRecording()
  run(first, train(0, 20))
  const early = write(first.recorder)
  run(first, train(70_000, 20))
  const { state, lists } = write(first.recorder)
  const { recorder } = newRecording()
  const read = (from: StateArray, beside: StateArray) => () => recorder.readState(from, beside, SAME_CLOCK)
  t.throws(read(state, early.lists), {
    instanceOf: RangeError,
    message: /^run lists: version \d+, the run's/,
  })
  for (const which of [state, lists])
    for (let at = 0; at < which.bytes.length; at++) {
      const [wrong, right] = [which.cut(4000), (which === state ? lists : state).cut(4000)]
      wrong.bytes[at] = 0xff
      try {
        if (which === state) read(wrong, right)()
        else read(right, wrong)()
        recorder.close()
      } catch (error) {
        t.true(error instanceof RangeError, String(error))
        t.is(recorder.live, undefined)
      }
    }
  state.bytes[0] = 3
  t.throws(read(state.cut(4000), lists.cut(4000)), {
    message: "run state: version 3; this reader knows 2",
  })
})

test("without a run, before its first stride and into an open run nothing is written or read", (t) => {
  const recording = newRecording()
  const { recorder } = recording
  t.throws(() => recorder.writeState(new StateArray()), { message: "run recorder: no run to write" })
  run(recording, train(0, 20))
  const { state, lists } = write(recorder)
  t.throws(() => recorder.readState(state, lists, SAME_CLOCK), { message: "run recorder: run 1 is open" })
  t.is(recorder.live?.totals.strides, 20)
})
