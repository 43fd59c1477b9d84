/**
 * The newest run in plain words, for a scanner app that shows text and knows nothing of Patella. At most 512 bytes.
 */

import { entryWords } from "../coach/entry-words"
import { constant } from "../constant"
import { encodeUtf8 } from "../utf8"
import type { COACH_LOG } from "./coach-layouts"
import type { Values } from "./fields"
import { VALUE_LIMIT_BYTES } from "./profile"
import { BuzzReason, type ClosedRun, DEPTH_BANDS_DEG } from "./run-codec"

const REASON_WORDS: Readonly<Record<number, string>> = constant({
  [BuzzReason.compressions]: "count",
  [BuzzReason.degreeSeconds]: "time bent",
  [BuzzReason.depth]: "depth",
})

const PERMYRIAD_PER_PERCENT = 100

/** A run record, its lists whole or one by one. */
interface ClosedRecord {
  readonly run: ClosedRun
  readonly firmware: string
}

/** A readiness test as the coach's log has it. */
export type LoggedTest = Values<typeof COACH_LOG>["entries"][number]

/** A test tells of the day that it was made on. */
const TEST_COUNTS_FOR_MS = 43_200_000

/**
 * @param lost runs that made room before any phone had them
 * @param test the newest readiness test
 */
export function summaryText(
  newest: ClosedRecord | undefined,
  lost: number,
  test?: LoggedTest | undefined,
): Uint8Array {
  const text = newest ? runText(newest, lost) : "No run yet."
  const before = test && testLine(test, newest?.run)
  return encodeUtf8(before === undefined ? text : `${before}\n${text}`, VALUE_LIMIT_BYTES)
}

/** Before the run or since; undefined where it is of another day, or nobody knows. */
function testLine(test: LoggedTest, run: ClosedRun | undefined): string | undefined {
  if (run && run.bootId !== test.bootId) return undefined
  const leadMs = run ? (run.startMs - test.endMs) | 0 : 0
  if (leadMs > TEST_COUNTS_FOR_MS) return undefined
  return `${leadMs > 0 ? "Knee before the run" : "Knee"}: ${entryWords(test)}`
}

function runText({ run, firmware }: ClosedRecord, lost: number): string {
  const bands = DEPTH_BANDS_DEG.map((deg, band) => `${deg}° ${run.compressionsByDepth[band] ?? 0}`)
  const buzzes = run.buzzes.map(
    ({ timeMs, reason }) => `${clock(timeMs - run.startMs)} ${REASON_WORDS[reason]}`,
  )
  const bouts = run.bouts.length + run.boutsDropped
  const quality = run.dataQuality
  const lines = [
    `Run ${run.id}: ${clock(run.durationMs)} min, ${bouts} ${bouts === 1 ? "bout" : "bouts"}`,
    ...painLines(run),
    // Before all that a full text might cut off.
    `Bends are ${run.measuredStrides === run.strides ? "measured" : "estimates"}, on average ${degrees(run.peakErrorCdeg)} off on other knees`,
    `${run.strides} strides, ${Math.round(run.cadenceDspm / 10)} steps/min`,
    `Loaded past ${degrees(run.thresholdCdeg)}: ${run.compressions} of ${run.loadCycles} times, ${seconds(run.msPastThreshold)}`,
    `Past ${bands.join(", ")}`,
    `Deepest bend: half over ${degrees(run.peakFlexionMedianCdeg)}, 1 in 20 over ${degrees(run.peakFlexionP95Cdeg)}`,
    `Foot on ground: ${run.contactTimeMedianMs} ms`,
    `Load: ${Math.round(run.milliLoad / 1000)} (1 = one easy stride)`,
    `Buzzes: ${buzzes.length === 0 ? "none" : shortened(buzzes)}`,
    `Data: ${Math.floor(quality.validPermyriad / PERMYRIAD_PER_PERCENT)} % good, ${quality.gaps} gaps`,
    ...(quality.strapShift ? ["The strap slipped: fasten it higher."] : []),
    ...(quality.resumed ? ["The device was reset in the run and went on."] : []),
    ...(quality.cutShort ? ["Power was lost in this run: it may have gone on."] : []),
    ...(quality.gapUnknown ? ["Power was lost in a run before, for how long is not known."] : []),
    ...(lost > 0 ? [`Older runs lost, no phone had them: ${lost}.`] : []),
    `Patella ${firmware}, model ${run.modelVersion}`,
  ]
  return lines.join("\n")
}

const PAINS_SHOWN = 3

/** Times since the run's start; the rest of a longer list is in the run record. */
function painLines({ pains, painsDropped, startMs }: ClosedRun): string[] {
  const count = pains.length + painsDropped
  if (count === 0) return []
  const times: string[] = []
  for (let index = 0; index < Math.min(pains.length, PAINS_SHOWN); index++)
    times.push(clock((pains.at(index)?.timeMs ?? startMs) - startMs))
  const more = count > PAINS_SHOWN ? ` and ${count - PAINS_SHOWN} more` : ""
  return [`Pain marked ${count === 1 ? "once" : `${count} times`}: ${times.join(", ")}${more}`]
}

/** A default run buzzes six times at most; the rest of a longer list is in the run record. */
const BUZZES_SHOWN = 6

function shortened(buzzes: readonly string[]): string {
  const more = buzzes.length - BUZZES_SHOWN
  return buzzes.slice(0, BUZZES_SHOWN).join(", ") + (more > 0 ? ` and ${more} more` : "")
}

function clock(ms: number): string {
  const wholeSeconds = Math.floor(ms / 1000)
  return `${Math.floor(wholeSeconds / 60)}:${String(wholeSeconds % 60).padStart(2, "0")}`
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`
}

function degrees(cdeg: number): string {
  return `${Math.round(cdeg / 100)}°`
}
