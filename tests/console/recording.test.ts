/** Recordings made at the console: the same run when they are replayed, and gaps where samples were lost. */
import test from "ava"
import type { ConsoleOptions } from "../../hosts/virtual/protocol"
import { shownLines } from "../../simulator/console/terminal"
import { parseRecording } from "../../simulator/recording/read-recording"
import type { Recording } from "../../simulator/recording/recording"
import { runSession } from "../../simulator/session"
import { projectRecording, Wear } from "../device/wear"

const READY_MS = 1000
const SUMMARY = /# (\d+) samples in ([\d.]+) s; lost: (\d+) by the sensor, (\d+) by the terminal/

async function ready(console: ConsoleOptions = {}): Promise<Wear> {
  const wear = await Wear.boot(undefined, { console })
  await wear.link.advance(READY_MS)
  return wear
}

/** All that the terminal has shown, as its user would save it. */
function saved({ terminal }: Wear): Recording {
  return parseRecording("terminal.csv", new TextEncoder().encode(terminal.text))
}

function summary({ terminal }: Wear): { samples: number; seconds: number; lost: number; untaken: number } {
  const [, samples, seconds, lost, untaken] = SUMMARY.exec(terminal.text) ?? []
  return { samples: Number(samples), seconds: Number(seconds), lost: Number(lost), untaken: Number(untaken) }
}

for (const engine of ["node", "xs"] as const)
  test(`what a terminal shows of a run is a recording: replayed, it is that run (${engine})`, async (t) => {
    const worn = await projectRecording("S01.csv.gz")
    const wear = await Wear.boot(engine)
    t.teardown(() => wear.engine.close())
    await wear.link.advance(READY_MS)
    await wear.terminal.type("log events\rrecord\r")
    await wear.play(worn, 0, 182)
    await wear.terminal.type("\r")
    await wear.link.advance(1000)
    const { samples, lost, untaken } = summary(wear)
    const recording = saved(wear)
    t.deepEqual([lost, untaken, recording.gaps, recording.timeS.length], [0, 0, [], samples])
    t.true(wear.terminal.text.includes(" s runStarted run 1"), "the log goes on in between")
    const [told, replayed] = await Promise.all(
      [worn, recording].map((recording) => runSession({ recording, engine: "node" })),
    )
    const runs = (told?.json.runs ?? []).map((run, index) => [run, replayed?.json.runs[index]] as const)
    t.is(runs.length, 1)
    for (const [run, again] of runs) {
      t.is(again?.bouts.length, run.bouts.length)
      for (const [index, bout] of run.bouts.entries()) {
        const other = again?.bouts[index]
        t.true(
          Math.abs((other?.strides ?? 0) - bout.strides) <= 1,
          `${bout.strides} strides, then ${other?.strides}`,
        )
        t.true(Math.abs((other?.compressions ?? 0) - bout.compressions) <= 1)
        t.true(Math.abs((other?.peakFlexionMedianDeg ?? 0) - bout.peakFlexionMedianDeg) < 1)
      }
    }
  })

test("samples are those that the chip took, count for count", async (t) => {
  const wear = await ready()
  const worn = await projectRecording("S01.csv.gz")
  await wear.terminal.type("record 5\r")
  await wear.play(worn, 30, 37)
  await wear.terminal.untilReady()
  const { thigh, rateHz } = saved(wear)
  t.true(Math.abs(rateHz - wear.link.rateHz) < 0.5)
  const { axG, gzDps } = thigh
  for (const value of axG) t.true(Math.abs(value / 0.000488 - Math.round(value / 0.000488)) < 1e-6)
  for (const value of gzDps) t.true(Math.abs(value / 0.07 - Math.round(value / 0.07)) < 1e-6)
  t.true(Math.max(...axG) > 1, "it is motion")
})

for (const kind of ["xiao_esp32c3", "m5stick_cplus"] as const)
  test(`it ends after its seconds, and the sensor is as it was before (${kind})`, async (t) => {
    const wear = await Wear.boot(undefined, { kind })
    await wear.link.advance(READY_MS)
    await wear.terminal.ask("record 2")
    t.like(summary(wear), { seconds: 2, lost: 0, untaken: 0 })
    t.is(saved(wear).timeS.length, summary(wear).samples)
    const rows = shownLines(wear.terminal.text).filter((line) => /^\d/.test(line)).length
    await wear.link.advance(5000)
    t.is(shownLines(wear.terminal.text).filter((line) => /^\d/.test(line)).length, rows)
    t.regex(await wear.terminal.ask("status"), /, 0 lost, 0 overruns/)
  })

test("what the sensor lost is a gap in time, and is counted", async (t) => {
  const wear = await ready()
  await wear.terminal.type("record\r")
  await wear.link.advance(2000)
  await wear.link.silence(500)
  await wear.link.advance(2000)
  await wear.terminal.type("q")
  await wear.link.advance(500)
  const { gaps } = saved(wear)
  const { lost, untaken } = summary(wear)
  const missing = gaps.reduce((sum, gap) => sum + gap.lostSamples, 0)
  t.true(Math.abs(missing - 52) <= 1, `${missing}`)
  t.deepEqual([lost, untaken], [missing, 0])
})

test("what a host that is too slow does not take is left out in whole rows, and is counted", async (t) => {
  const wear = await ready({ bytesPerS: 2000 })
  await wear.terminal.ask("record 20")
  const { gaps, timeS } = saved(wear)
  const { samples, lost, untaken } = summary(wear)
  t.is(timeS.length, samples)
  t.is(lost, 0)
  t.true(untaken > 500, `${untaken}`)
  t.is(
    gaps.reduce((sum, gap) => sum + gap.lostSamples, samples),
    samples + untaken,
  )
})

test("a host that stops listening ends it; the device goes on measuring", async (t) => {
  const wear = await ready()
  await wear.terminal.type("record\r")
  await wear.link.advance(2000)
  await wear.link.listenToConsole(false)
  await wear.link.advance(20_000)
  await wear.link.listenToConsole(true)
  await wear.link.advance(2000)
  const rows = wear.terminal.text.length
  await wear.link.advance(5000)
  t.is(wear.terminal.text.length, rows)
  t.regex(await wear.terminal.ask("status"), /measuring; [23]\d\d\d samples, 0 lost/)
})

test("without a sensor there is a header, no row, and an end", async (t) => {
  const wear = await Wear.boot(undefined, { thigh: { present: false } })
  await wear.link.advance(READY_MS)
  t.is(
    await wear.terminal.ask("record 2"),
    "time_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps\r\n# 0 samples in 0.0 s; lost: 0 by the sensor, 0 by the terminal",
  )
})
