/** Pain marked by a double press while running, seen from outside: what the phone reads, what the wearer feels, and what a power cut leaves. */
import test from "ava"
import { runTables } from "../../simulator/cli/run-table"
import { replayJson } from "../../simulator/phone/replay-json"
import { Activity } from "../../src/motion/stride"
import { MAX_PAINS } from "../../src/run/pain-list"
import { PainSource } from "../../src/run/summary"
import { projectRecording, Wear } from "./wear"

const S01 = await projectRecording("S01.csv.gz")
const RUNNING_S = 70
/** Of the gestures that follow one another. */
const APART_MS = 2000

async function running(engine?: "xs"): Promise<Wear> {
  const wear = await Wear.boot(engine)
  await wear.play(S01, 0, RUNNING_S)
  return wear
}

async function press({ link }: Wear, times: number): Promise<void> {
  for (let press = 0; press < times; press++) {
    await link.pressButton(true, 4)
    await link.advance(120)
    await link.pressButton(false, 4)
    await link.advance(160)
  }
}

/** The same while the recording goes on. */
async function doublePress(wear: Wear, fromS: number): Promise<void> {
  for (const [index, pressed] of [true, false, true, false].entries()) {
    await wear.link.pressButton(pressed, 4)
    await wear.play(S01, fromS + index * 0.15, fromS + (index + 1) * 0.15)
  }
}

for (const engine of [undefined, "xs"] as const)
  test(`a double press while running marks pain with time, knee, load and activity, and the motor says so${engine ? " (XS)" : ""}`, async (t) => {
    const wear = await running(engine)
    const before = wear.pulses
    const pressedMs = wear.link.nowMs
    await doublePress(wear, RUNNING_S)
    await wear.play(S01, RUNNING_S + 0.6, 86)
    t.is(wear.pulses - before, 2)
    const [on, off, again, end] = wear.motor.slice(-4).map(({ atMs }) => atMs)
    t.is((off ?? 0) - (on ?? 0), 400, "a long pulse")
    t.is((end ?? 0) - (again ?? 0), 120, "and a short")
    t.is(wear.eventsNamed("painMarked").length, 1)
    await wear.closeRun()
    await wear.phone.connect()
    const sync = await wear.phone.sync()
    const [{ run } = { run: undefined }] = sync.runs
    const [pain, ...others] = run?.pains ?? []
    t.deepEqual(others, [])
    t.like(pain, { activity: Activity.run, source: PainSource.button })
    t.true(Math.abs((pain?.timeMs ?? 0) - pressedMs - 300) < 60, `${pain?.timeMs} after ${pressedMs}`)
    const peakDeg = (pain?.peakFlexionCdeg ?? 0) / 100
    t.true(peakDeg > 30 && peakDeg < 60, `${peakDeg}`)
    const share = (pain?.milliLoad ?? 0) / (run?.milliLoad ?? 1)
    t.true(share > 0.6 && share < 0.85, `${share} of the load`)
    t.true((pain?.compressions ?? 0) > 30 && (pain?.compressions ?? 0) < (run?.compressions ?? 0))
    t.regex(sync.summaryText, /^Pain marked once: 0:4\d$/m)
    const startMs = wear.link.nowMs
    const json = replayJson({ recording: S01, engine: "", startMs, sync })
    t.like(json.runs[0]?.pains[0], { activity: "run", source: "button", peakFlexionDeg: peakDeg })
    t.regex(
      runTables(json, (_style, text) => text),
      /^ {2}pain +\S+ {2}running, the last stride bent \d\d°, after a load of \d\d$/m,
    )
    await wear.engine.close()
  })

test("marks are kept over a power cut two seconds later, and over a reset", async (t) => {
  for (const kind of ["power", "reset"] as const) {
    const wear = await running()
    await doublePress(wear, RUNNING_S)
    await wear.play(S01, RUNNING_S + 0.6, RUNNING_S + 2)
    await wear.link.reboot(kind, 2000)
    await wear.closeRun()
    await wear.phone.connect()
    const [first] = await wear.phone.runs()
    t.is(first?.run.dataQuality.cutShort, kind === "power")
    t.is(first?.run.pains.length, 1)
    t.true((first?.run.pains[0]?.timeMs ?? 0) > 70_000)
  }
})

test("standing still in a run's pause, a mark has the knee's angle and no stride's", async (t) => {
  const wear = await Wear.boot()
  await wear.play(S01, 0, 110)
  await wear.link.advance(10_000)
  await press(wear, 2)
  await wear.closeRun()
  await wear.phone.connect()
  const [first] = await wear.phone.runs()
  t.is(first?.run.pains[0]?.peakFlexionCdeg, 0)
  t.not(first?.run.pains[0]?.activity, Activity.run)
})

test("outside of a run a double press marks nothing: a routine is chosen, which one short pulse says", async (t) => {
  const wear = await Wear.boot()
  await wear.play(S01, 0, 28)
  const before = wear.motor.length
  await press(wear, 2)
  await wear.link.advance(APART_MS)
  const [on, off, ...others] = wear.motor.slice(before)
  t.is(Math.round((off?.atMs ?? 0) - (on?.atMs ?? 0)), 150)
  t.deepEqual(others, [])
  t.is(wear.eventsNamed("painMarked").length, 0)
})

test("marks past the thirty-second are felt, and counted", async (t) => {
  const wear = await running()
  for (let mark = 0; mark < MAX_PAINS + 2; mark++) {
    await press(wear, 2)
    await wear.link.advance(APART_MS)
  }
  t.is(wear.eventsNamed("painMarked").length, MAX_PAINS + 2)
  await wear.closeRun()
  await wear.phone.connect()
  const [first] = await wear.phone.runs()
  t.is(first?.run.pains.length, MAX_PAINS)
  t.is(first?.run.painsDropped, 2)
})
