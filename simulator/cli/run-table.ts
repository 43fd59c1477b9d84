/** A run as a runner reads it: what was done, how deep the knee went while it carried load, and the bouts in a table. */

import { BUZZ_WORDS, BuzzReason } from "../../src/run/summary"
import { ACTIVITY_WORDS } from "../activity-words"
import type { BoutJson, ReplayJson, RunJson } from "../phone/replay-json"
import { plainTable } from "./plain-table"
import { clock, count, type Paint, percent } from "./wording"

type Reason = RunJson["buzzes"][number]["reason"]

/** Why the device buzzed, in the words that its own events have. */
const REASON_WORDS: Record<Reason, string> = {
  compressions: BUZZ_WORDS[BuzzReason.compressions],
  "degree-seconds": BUZZ_WORDS[BuzzReason.degreeSeconds],
  depth: BUZZ_WORDS[BuzzReason.depth],
}
const LABEL_WIDTH = 16

export function runTables(report: ReplayJson, paint: Paint): string {
  if (report.runs.length === 0) return noRun(report)
  return report.runs.map((run) => runTable(run, paint)).join("\n\n")
}

function noRun({ calibrated, bends }: ReplayJson): string {
  const seen = bends.length > 0 ? `; ${count(bends.length, "knee bend was", "knee bends were")} seen` : ""
  return calibrated
    ? `No run in this recording${seen}.`
    : `No run: the device was not calibrated. It needs a moment of standing still and a few small knee bends${seen}.`
}

function runTable(run: RunJson, paint: Paint): string {
  const runningS = run.bouts.reduce((sum, bout) => sum + bout.durationS, 0)
  const ends = `${clock(run.startS)} to ${clock(run.startS + run.durationS)}`
  const row = (label: string, text: string) => `  ${paint("dim", label.padEnd(LABEL_WIDTH))}${text}`
  const share = run.loadCycles > 0 ? run.compressions / run.loadCycles : 0
  const { validShare, gaps, clipped, strapShift } = run.dataQuality
  const quality = [
    `${percent(validShare)} of the samples`,
    count(gaps, "gap", "gaps"),
    `${count(clipped, "sample", "samples")} beyond the sensor's range`,
    ...(strapShift ? [paint("yellow", "the strap slipped")] : []),
  ]
  return [
    `${paint("bold", `Run ${run.id}`)}  ${ends}, ${clock(run.durationS)} with its pauses`,
    "",
    row("running", `${clock(runningS)} in ${count(run.bouts.length, "bout", "bouts")}`),
    row("strides", `${run.strides.toLocaleString("en-US")}, at ${run.cadenceSpm.toFixed(0)} steps a minute`),
    row("foot on ground", `${run.contactTimeMedianMs} ms a stride`),
    row(
      "compressions",
      `${run.compressions.toLocaleString("en-US")} past ${run.thresholdDeg}°: ${percent(share)} of this knee's loadings`,
    ),
    row(
      "how deep",
      `half of them past ${run.peakFlexionMedianDeg.toFixed(0)}°, one in twenty past ${run.peakFlexionP95Deg.toFixed(0)}°`,
    ),
    row(
      "time past",
      `${clock(run.secondsPastThreshold)} loaded past ${run.thresholdDeg}°, ${run.degreeSecondsPastThreshold.toFixed(0)} degree-seconds`,
    ),
    row("load", `${run.load.toFixed(0)} (1 is one stride of an average runner at 2.5 m/s)`),
    ...buzzRows(run, row, paint),
    ...painRows(run, row, paint),
    row("data", quality.join(", ")),
    "",
    boutTable(run, paint),
  ].join("\n")
}

function buzzRows(run: RunJson, row: (label: string, text: string) => string, paint: Paint): string[] {
  if (run.buzzes.length === 0) return [row("buzzes", "none")]
  return run.buzzes.map((buzz, index) =>
    row(index === 0 ? "buzzes" : "", `${paint("yellow", clock(buzz.timeS))}  ${REASON_WORDS[buzz.reason]}`),
  )
}

/** None of it while nothing hurt. */
function painRows(run: RunJson, row: (label: string, text: string) => string, paint: Paint): string[] {
  const dropped = run.painsDropped > 0 ? [row("", `and ${run.painsDropped} more times`)] : []
  const rows = run.pains.map(({ timeS, activity, kneeDeg, peakFlexionDeg, load, source }, index) => {
    const knee =
      peakFlexionDeg > 0
        ? `the last stride bent ${peakFlexionDeg.toFixed(0)}°`
        : `knee at ${kneeDeg.toFixed(0)}°`
    const by = source === "phone" ? ", by phone" : ""
    return row(
      index === 0 ? "pain" : "",
      `${paint("yellow", clock(timeS))}  ${ACTIVITY_WORDS[activity] ?? activity}, ${knee}, after a load of ${load.toFixed(0)}${by}`,
    )
  })
  return [...rows, ...dropped]
}

function boutTable(run: RunJson, paint: Paint): string {
  const depths = Object.keys(run.compressionsByDepth)
  const head = [
    "bout",
    "start",
    "length",
    "strides",
    "steps/min",
    "on ground",
    "deepest",
    ...depths.map((depth) => `>${depth}°`),
  ]
  const line = (name: string, counted: BoutJson, lengthS: number) => [
    name,
    clock(counted.startS),
    clock(lengthS),
    counted.strides,
    counted.cadenceSpm.toFixed(0),
    `${counted.contactTimeMedianMs} ms`,
    `${counted.peakFlexionMedianDeg.toFixed(1)}°`,
    ...depths.map((depth) => counted.compressionsByDepth[depth] ?? 0),
  ]
  const rows = [
    ...run.bouts.map((bout, index) => line(String(index + 1), bout, bout.durationS)),
    line("all", run, run.durationS),
  ]
  const table = plainTable(
    head.map((text) => paint("dim", text)),
    head.map(() => "right"),
    rows,
  )
  const legend =
    "deepest: median of the strides' deepest loaded bend; >30°: strides bent past 30° while loaded"
  return `${table}\n\n  ${paint("dim", legend)}`
}
