/** A second sensor below the knee, in XS: the knee is measured, whatever the chips' clocks and mounts, and while it answers. */
import test from "ava"
import type { BoardOptions } from "../../hosts/virtual/protocol"
import { readSessionTruth } from "../../simulator/evaluate/folder"
import type { ImuChannels, Recording } from "../../simulator/recording/recording"
import { runSession } from "../../simulator/session"
import { SensorState, StatusFlag } from "../../src/ble/layouts"
import { projectRecording, Wear } from "./wear"

const S01 = await projectRecording("S01.csv.gz")
const TRUTH = await readSessionTruth(
  new URL("../../simulator/recordings/S01.csv.gz", import.meta.url).pathname,
)
const PEAKS_DEG = TRUTH?.bouts.map(({ peakMedianDeg }) => peakMedianDeg) ?? []
const SESSION_S = 181
const SHANK = StatusFlag.shankMeasuring | StatusFlag.shankLost
/** The second bout is the worst: a bias learnt while the wearer came to rest. */
const PEAK_LIMIT_DEG = 3.5

/** Rows of running: root mean square of the live knee less the true one, °. */
async function kneeError(recording: Recording, engine: "xs" | "node" = "node") {
  const { json, trace } = await runSession({ recording, engine, sensors: 2, trace: true })
  const { truth } = recording
  if (!trace || !truth) throw new Error("no trace or no truth")
  let squares = 0
  let rows = 0
  trace.timeS.forEach((timeS, row) => {
    const at = Math.round(timeS * recording.rateHz)
    if (truth.activity[at] !== "run") return
    squares += ((trace.kneeDeg[row] as number) - (truth.kneeDeg[at] as number)) ** 2
    rows++
  })
  return { json, rmseDeg: Math.sqrt(squares / rows) }
}

test("in XS the knee is measured in every stride of a session, to 2° as an angle and 3.5° in each bout's median peak", async (t) => {
  const { json, rmseDeg } = await kneeError(S01, "xs")
  const [run] = json.runs
  t.is(json.sensors, 2)
  t.true(rmseDeg < 2, `${rmseDeg}°`)
  t.is(run?.measuredStrides, run?.strides)
  t.is(run?.strides, 162)
  t.true((run?.peakErrorDeg ?? 9) <= 2, "the band of measuring, not of estimating")
  run?.bouts.forEach(({ peakFlexionMedianDeg }, bout) => {
    const off = peakFlexionMedianDeg - (PEAKS_DEG[bout] as number)
    t.true(Math.abs(off) < PEAK_LIMIT_DEG, `bout ${bout}: ${off}°`)
  })
})

test("with one sensor worn nothing is measured, and the error band is that of the estimate", async (t) => {
  const { json } = await runSession({ recording: S01, engine: "node" })
  t.is(json.sensors, 1)
  t.is(json.runs[0]?.measuredStrides, 0)
  t.true((json.runs[0]?.peakErrorDeg ?? 0) > 3)
})

/** The shank's sensor turned about its own long axis, y. */
function turned({ axG, ayG, azG, gxDps, gyDps, gzDps }: ImuChannels, quarters: number): ImuChannels {
  const cosine = [1, 0, -1, 0][quarters] as number
  const sine = [0, 1, 0, -1][quarters] as number
  const along = (x: Float64Array, z: Float64Array) =>
    x.map((value, row) => cosine * value + sine * (z[row] as number))
  const across = (x: Float64Array, z: Float64Array) =>
    z.map((value, row) => cosine * value - sine * (x[row] as number))
  return {
    axG: along(axG, azG),
    ayG,
    azG: across(axG, azG),
    gxDps: along(gxDps, gzDps),
    gyDps,
    gzDps: across(gxDps, gzDps),
  }
}

for (const quarters of [1, 2, 3])
  test(`a shank sensor strapped on ${quarters * 90}° further round measures the same`, async (t) => {
    const shank = turned(S01.shank as ImuChannels, quarters)
    const { rmseDeg } = await kneeError({ ...S01, shank })
    const { rmseDeg: asItWas } = await kneeError(S01)
    t.true(Math.abs(rmseDeg - asItWas) < 0.1, `${rmseDeg}°, not ${asItWas}°`)
  })

for (const freqFine of [-60, 0, 60])
  test(`chips whose rates differ by ${(0.15 * freqFine).toFixed(0)} % measure alike`, async (t) => {
    const wear = await Wear.boot(undefined, { shank: { freqFine } })
    await wear.play(S01, 0, SESSION_S)
    await wear.closeRun()
    await wear.phone.connect()
    const [record] = (await wear.phone.sync()).runs
    t.is(record?.run.measuredStrides, record?.run.strides)
    record?.run.bouts.forEach(({ peakFlexionMedianCdeg }, bout) => {
      const off = peakFlexionMedianCdeg / 100 - (PEAKS_DEG[bout] as number)
      t.true(Math.abs(off) < PEAK_LIMIT_DEG, `bout ${bout}: ${off}°`)
    })
  })

test("a shank that falls silent in a run is told at once, costs no stride, and is back a few seconds after it answers", async (t) => {
  const wear = await Wear.boot("xs", { shank: {} })
  await wear.play(S01, 0, 50)
  await wear.link.connectShank(false)
  await wear.play(S01, 50, 70)
  await wear.phone.connect()
  const silent = await wear.phone.status()
  t.is(silent.flags & SHANK, StatusFlag.shankLost)
  t.is(silent.sensorState, SensorState.measuring)
  t.is(silent.faults, 1)
  t.regex(wear.eventsNamed("fault")[0]?.detail ?? "", /LSM6DSO at 0x6B/)
  t.deepEqual(
    wear.eventsNamed("shank").map(({ detail }) => detail),
    ["measuring: two sensors", "silent: going on with one sensor"],
  )
  await wear.link.connectShank(true)
  await wear.play(S01, 70, SESSION_S)
  await wear.closeRun()
  const { status, runs } = await wear.phone.sync()
  await wear.engine.close()
  t.is(status.flags & SHANK, StatusFlag.shankMeasuring)
  const run = runs[0]?.run
  t.is(run?.strides, 162)
  // 20 s of silence, at most 16 s until it is asked again, 2.5 s to settle: less than 53 strides of 0.73 s.
  t.true((run?.measuredStrides ?? 0) < 162 - 26, `${run?.measuredStrides}`)
  t.true((run?.measuredStrides ?? 0) > 162 - 53, `${run?.measuredStrides}`)
  t.true((run?.peakErrorCdeg ?? 0) > 300, "the weaker band holds")
})

test("a shank that was never there delays nothing and is no fault", async (t) => {
  const [without, absent] = await Promise.all(
    [{}, { shank: { present: false } }].map(async (options) => {
      const wear = await Wear.boot(undefined, options)
      await wear.play(S01, 0, SESSION_S)
      await wear.closeRun()
      await wear.phone.connect()
      const { status, runs } = await wear.phone.sync()
      return { status, run: runs[0]?.run, events: wear.events.map(({ name }) => name), pulses: wear.pulses }
    }),
  )
  t.deepEqual(absent?.run?.compressionsByDepth, without?.run?.compressionsByDepth)
  t.deepEqual(absent?.events, without?.events)
  t.is(absent?.pulses, without?.pulses)
  t.is(absent?.status.faults, 0)
  t.is((absent?.status.flags ?? SHANK) & SHANK, 0)
  t.is((without?.status.flags ?? SHANK) & SHANK, 0)
})

test("a bout with two sensors teaches the estimate this knee, over a reboot, until the calibration is forgotten", async (t) => {
  const taught = await Wear.boot(undefined, { shank: {} })
  await taught.play(S01, 0, 89)
  await taught.closeRun()
  await taught.phone.connect()
  t.true(((await taught.phone.status()).flags & StatusFlag.taught) !== 0)
  t.is(taught.eventsNamed("taught").length, 1)
  // Another day, with the thigh's sensor alone.
  const wear = async (keyValue: BoardOptions["keyValue"]) => {
    const alone = await Wear.boot(undefined, keyValue ? { keyValue } : {})
    await alone.play(S01, 0, SESSION_S)
    await alone.closeRun()
    await alone.phone.connect()
    const { status, runs } = await alone.phone.sync()
    return { alone, status, run: runs[0]?.run }
  }
  const [knowing, fresh] = await Promise.all([wear(await taught.link.storage()), wear(undefined)])
  t.true((knowing.status.flags & StatusFlag.taught) !== 0)
  t.is(fresh.status.flags & StatusFlag.taught, 0)
  t.is(knowing.run?.measuredStrides, 0)
  t.true((knowing.run?.peakErrorCdeg ?? 0) < (fresh.run?.peakErrorCdeg ?? 0))
  // What was measured in the first bout, and what is estimated of the same motion.
  const measured = (await taught.phone.sync()).runs[0]?.run.bouts[0]?.peakFlexionMedianCdeg ?? 0
  const off = (run: typeof fresh.run) =>
    Math.abs((run?.bouts[0]?.peakFlexionMedianCdeg ?? 0) - measured) / 100
  t.true(off(knowing.run) < 1, `${off(knowing.run)}°`)
  t.true(off(knowing.run) < off(fresh.run), `${off(knowing.run)}°, untaught ${off(fresh.run)}°`)
  await knowing.alone.phone.command("calibrate")
  t.is((await knowing.alone.phone.status()).flags & StatusFlag.taught, 0)
})

test("without knee bends both straps are found in standing and running, and the knee is measured from then on", async (t) => {
  const wear = await Wear.boot(undefined, { shank: {} })
  // After the bends.
  await wear.play(S01, 25.2, SESSION_S)
  await wear.closeRun()
  await wear.phone.connect()
  const [record] = (await wear.phone.sync()).runs
  const run = record?.run
  t.is(run?.strides, 162)
  // 15 s at most to find and to settle.
  t.true((run?.measuredStrides ?? 0) >= 162 - 20, `${run?.measuredStrides}`)
  run?.bouts.slice(1).forEach(({ peakFlexionMedianCdeg }, bout) => {
    const off = peakFlexionMedianCdeg / 100 - (PEAKS_DEG[bout + 1] as number)
    t.true(Math.abs(off) < PEAK_LIMIT_DEG, `bout ${bout + 1}: ${off}°`)
  })
})
