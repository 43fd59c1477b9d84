/** The files of the run whose screen is shown, saved by its buttons and read by other programs' own readers: they say what the screen says. */
import type { ExecutionContext } from "ava"
import { parse } from "csv-parse/sync"
import { durationWords, minutesAndSeconds } from "../../phone/app/duration-words"
import { decodedFit } from "../phone/export/decoded-fit"
import type { OpenApp } from "./open-app"

/** Of FIT's time, in Unix time. */
const FIT_EPOCH_S = Date.UTC(1989, 11, 31) / 1000
const MS_PER_S = 1000

/** @param startS Unix time, where the test knows it */
export async function checkRunFiles(t: ExecutionContext, app: OpenApp, startS?: number): Promise<void> {
  const shown = await app.figures()
  const title = (await app.heading.textContent()) ?? ""
  const begun = (await app.main.locator("p").first().textContent()) ?? ""
  t.true(Object.keys(shown).length >= 9)

  const fit = await app.saved("Save FIT")
  t.regex(fit.name, /^patella-.*-run-\d+\.fit$/)
  const { sessions, laps, activities, knee } = decodedFit(fit.bytes)
  t.is(sessions.length, 1)
  const { startTime, totalElapsedTime, sport } = sessions[0] ?? {}
  t.is(sport, "running")
  t.is(shown.Duration, durationWords(Number(totalElapsedTime)))
  const unixS = Number(startTime) + FIT_EPOCH_S
  if (startS !== undefined) t.is(unixS, startS)
  const { timestamp, localTimestamp } = activities[0] ?? {}
  if (localTimestamp !== undefined) {
    const local = new Date((unixS + Number(localTimestamp) - Number(timestamp)) * MS_PER_S)
    t.regex(title, new RegExp(` ${local.getUTCDate()} .* ${local.getUTCFullYear()}$`))
    t.true(begun.startsWith(local.toISOString().slice(11, 16)), `${begun}, ${local.toISOString()}`)
  }
  t.true(laps.length > 0)
  const ofKnee = knee(sessions[0] ?? {})

  const csv = await app.saved("Save CSV")
  t.regex(csv.name, /\.csv$/)
  const [run, ...others] = rowsOf(csv.bytes)
  if (!run) return t.fail("the table has no row")
  t.is(others.length, 0)
  const past = `Past ${run.threshold_deg}°`
  t.like(shown, {
    Duration: durationWords(Number(run.duration_s)),
    Loadings: whole(run.load_cycles),
    [past]: whole(run.compressions),
    [`Time past ${run.threshold_deg}°`]: minutesAndSeconds(Number(run.past_threshold_s)),
    Load: whole(run.load_relative),
  })
  t.is(shown[past], whole(String(ofKnee["Knee compressions"])))
  t.is(shown.Load, whole(String(ofKnee["Knee load"])))
  t.is(first(shown.Cadence), Number(run.cadence_steps_per_min))
  t.is(first(shown["Foot on the ground"]), Number(run.contact_time_median_ms))
  t.is(first(shown["Depth, median"]), Math.round(Number(run.peak_flexion_median_deg)))
  t.is(first(shown["Depth, P95"]), Math.round(Number(run.peak_flexion_p95_deg)))
  t.is(Date.parse(run.start_local ?? ""), unixS * MS_PER_S)

  const byMinute = await app.saved("Save CSV by minute")
  const minutes = rowsOf(byMinute.bytes)
  const sum = (column: string) => minutes.reduce((total, row) => total + Number(row[column]), 0)
  t.is(await app.main.locator("rect.plot-load").count(), minutes.length)
  t.is(sum("block_length_s"), Number(run.duration_s))
  t.is(sum("strides"), Number(run.strides))
}

/** By its columns' names, as a spreadsheet reads it. */
export function rowsOf(bytes: Buffer): Record<string, string>[] {
  return parse(bytes, { bom: true, columns: true })
}

function whole(value: string | undefined): string {
  return Math.round(Number(value)).toLocaleString("en-GB")
}

/** The number that a figure begins with. */
function first(figure: string | undefined): number {
  return Number.parseFloat(figure ?? "")
}
