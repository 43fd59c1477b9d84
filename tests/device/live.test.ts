/** The live measurement over the virtual link, held against the trace of every motion sample. */
import test from "ava"
import type { LiveReading } from "../../phone/link/live-reading"
import { rowOf } from "../../simulator/trace"
import { LiveMeasurement } from "../../src/device/live-measurement"
import { FLEXION_MODEL } from "../../src/motion/flexion-model-data"
import { createMotion } from "../../src/motion/motion"
import { SampleTime } from "../../src/motion/sample-time"
import type { RunRecorder } from "../../src/run/run-recorder"
import { projectRecording, Wear } from "./wear"

const S01 = await projectRecording("S01.csv.gz")
/** Standing, bends, a bout of running and its end. */
const TO_S = 75
/** Standing. */
const STILL_S = [1, 6] as const
const RUN = 2
/** Some of its strides pass it. */
const THRESHOLD_DEG = 44

interface Notified extends LiveReading {
  atMs: number
}

function liveOf({ notifications, phone }: Wear): Notified[] {
  return notifications.flatMap((notification) => {
    const live = phone.liveIn(notification)
    return live ? [{ ...live, atMs: notification.atMs }] : []
  })
}

for (const [mtu, angles] of [
  [23, 4],
  [247, 8],
] as const)
  test(`at an MTU of ${mtu} the knee's angles are those of the trace, ${angles} to a notification`, async (t) => {
    const wear = await Wear.boot(undefined, { trace: true })
    await wear.phone.connect(mtu)
    await wear.phone.subscribeLive(() => {})
    await wear.play(S01, 0, TO_S)
    const live = liveOf(wear)
    // Two of the chip's samples make one of motion; eight of these a notification. Told in quarters of a millisecond.
    const stepMs = Math.round(((2000 / wear.link.rateHz) * 8 * 4) / angles) / 4
    const { timeS, kneeDeg } = wear.traced.finish(0, 0)
    const timesMs = Int32Array.from(timeS, (time) => Math.round(time * 1000))
    let worstMs = 0
    for (const reading of live) {
      t.is(reading.angles.length, angles)
      t.is((reading.angles[1]?.timeMs ?? 0) - (reading.angles[0]?.timeMs ?? 0), stepMs)
      const first = reading.angles[0] as { timeMs: number }
      const row = rowOf(timesMs, Math.round(first.timeMs) - 3)
      reading.angles.forEach(({ timeMs, kneeDeg: told }, index) => {
        const at = row + (index * 8) / angles
        worstMs = Math.max(worstMs, Math.abs((timesMs[at] ?? 0) - timeMs))
        t.is(told, kneeDeg[at] as number)
      })
    }
    t.true(worstMs <= 3, `${worstMs} ms`)
    const atMs = live.map((reading) => reading.atMs)
    t.true(atMs.every((ms, index) => index === 0 || ms - (atMs[index - 1] as number) >= 40))
    // Running, none is left out.
    const running = live.filter(({ isInBout }) => isInBout)
    const lastsMs = (running.at(-1)?.atMs ?? 0) - (running[0]?.atMs ?? 0)
    const perSecond = ((running.length - 1) * 1000) / lastsMs
    t.true(Math.abs(perSecond / (wear.link.rateHz / 16) - 1) < 0.03, `${perSecond} a second`)
  })

test("it tells the run, as the status and the record will", async (t) => {
  const wear = await Wear.boot()
  await wear.phone.connect()
  await wear.phone.set("thresholdDeg", THRESHOLD_DEG)
  await wear.phone.subscribeLive(() => {})
  await wear.play(S01, 0, TO_S)
  const live = liveOf(wear)
  t.false(live[0]?.isCalibrated)
  t.like(live[0], { strides: 0, compressions: 0, lastPeakDeg: 0, isRunOpen: false })
  const last = live.at(-1) as Notified
  t.true(last.isCalibrated && last.isRunOpen)
  t.true(live.some(({ activity, isInBout }) => activity === RUN && isInBout))
  t.true(live.some(({ isStance }) => isStance) && live.some(({ isStance }) => !isStance))
  const asked = await wear.phone.live()
  t.like(asked, { strides: last.strides, compressions: last.compressions, lastPeakDeg: last.lastPeakDeg })
  t.is(asked.angles.length, 1)
  await wear.phone.command("stopRun")
  const [run] = await wear.phone.runs()
  t.is(run?.run.strides, last.strides)
  t.is(run?.run.compressions, last.compressions)
  t.true(last.strides > last.compressions && last.compressions > 5, `${last.compressions}`)
  t.true(Math.abs(last.lastPeakDeg - (run?.run.peakFlexionMedianCdeg ?? 0) / 100) < 10)
})

test("while nobody moves it tells once a second", async (t) => {
  const wear = await Wear.boot()
  await wear.phone.connect()
  await wear.phone.subscribeLive(() => {})
  await wear.play(S01, ...STILL_S)
  const live = liveOf(wear)
  t.true(live.length >= 4 && live.length <= 6, `${live.length} in ${STILL_S[1] - STILL_S[0]} s`)
})

test("who unsubscribes or goes is told no more", async (t) => {
  const wear = await Wear.boot()
  await wear.phone.connect()
  const unsubscribe = await wear.phone.subscribeLive(() => {})
  await wear.play(S01, 20, 25)
  t.true(liveOf(wear).length > 0)
  await unsubscribe()
  wear.notifications.length = 0
  await wear.play(S01, 25, 30)
  await wear.phone.subscribeLive(() => {})
  await wear.phone.disconnect()
  await wear.play(S01, 30, 35)
  t.deepEqual(liveOf(wear), [])
})

/** A measurement by itself: what it is told, and when. */
function measurement(isTransferring = false) {
  const told: { atMs: number; firstMs: number }[] = []
  const time = { ticks: 0 }
  const motion = createMotion({ periodUs: 20_000, model: FLEXION_MODEL, delayMs: 0, thresholdCdeg: 3000 })
  const newest = { activity: RUN, stance: 0, calibrated: true, stride: motion.stride }
  const parts = { motion: newest as unknown as typeof motion, recorder: {} as RunRecorder, time }
  const liveMeasured = (value: Uint8Array) =>
    void told.push({ atMs: time.ticks, firstMs: new DataView(value.buffer).getUint32(0, true) })
  const live = new LiveMeasurement(parts, { isTransferring, liveMeasured }, 20)
  const sampleTime = new SampleTime(20_000)
  let sample = 0
  sampleTime.beginBatch(0, 0, 20_000)
  return {
    told,
    newest,
    /** So many samples, `everyMs` handed on; of a leg that swings by so much. */
    feed(samples: number, everyMs: number, swingCdeg = 5000) {
      for (let left = samples; left > 0; left--) {
        time.ticks += everyMs
        live.knee(sample, (sample % 2) * swingCdeg, sampleTime)
        sample++
      }
    },
    lose(ms: number) {
      sampleTime.beginBatch(sample, sample * 20 + ms, 20_000)
    },
  }
}

test("samples that waited and come at once do not make more than 25 a second", (t) => {
  const { told, feed } = measurement()
  feed(800, 1)
  t.true(told.length >= 800 / 48 && told.length <= 800 / 40, `${told.length}`)
})

test("beside a transfer it tells twice a second", (t) => {
  const { told, feed } = measurement(true)
  feed(500, 20)
  const gaps = told.slice(1).map(({ atMs }, index) => atMs - (told[index]?.atMs ?? 0))
  t.true(Math.min(...gaps) >= 500 && Math.max(...gaps) <= 640, `${gaps}`)
})

test("angles between which samples were lost are not told as if none were", (t) => {
  const { told, feed, lose } = measurement()
  feed(8, 20)
  t.is(told.length, 1)
  feed(4, 20)
  lose(200)
  feed(4, 20)
  t.is(told.length, 1)
  feed(8, 20)
  t.is(told.length, 2)
  t.is(told[1]?.firstMs, 16 * 20 + 200 + 20)
})

test("a bend by more than a degree, or another activity, is told at once", (t) => {
  const { told, feed, newest } = measurement()
  feed(8, 20, 0)
  t.is(told.length, 1)
  feed(16, 20, 100)
  t.is(told.length, 1)
  newest.activity = 0
  feed(8, 20, 0)
  t.is(told.length, 2)
  feed(8, 20, 101)
  t.is(told.length, 3)
})
