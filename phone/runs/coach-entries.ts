/** What the coach kept, as it is shown: readiness tests before a run, and the first steps after long sittings. Observations in words; no verdict on a knee. */
import { CoachEntryKind } from "../../src/coach/coach-entry"
import { CoachAnswer, Readiness } from "../../src/coach/routine"
import type { KeptCoachEntry, KeptDevice } from "../data/kept"
import { type DeviceSide, kneeOf } from "./knee"
import { dateWords, hasTime, localDay, placedMs, type RunTime, timeWords } from "./local-time"
import { count } from "./number-words"
import { inDeg } from "./record-units"

const S_PER_MINUTE = 60
/** More than a local day has, also when one travels from the first zone to the last. */
const LONGEST_DAY_S = 3 * 86_400

const VERDICT_WORDS: Readonly<Record<number, string>> = {
  [Readiness.ready]: "Ready",
  [Readiness.warmUp]: "Warm up and try again",
  [Readiness.notToday]: "Not today",
}
const ANSWER_WORDS: Readonly<Record<number, string>> = {
  [CoachAnswer.noPain]: "no pain",
  [CoachAnswer.pain]: "it hurt",
}

export interface ReadinessTest {
  key: string
  /** "07:05" by the wearer's clocks. */
  time: string | undefined
  /** "Ready" */
  verdict: string
  /** "8 bends, half of them to about 34° or more, no pain" */
  details: string
  isReady: boolean
}

/** Of the same knee, which ended on the run's local day before it began; oldest first. Without a known time nothing is before anything. */
export function readinessBefore(
  run: RunTime & { deviceId: string },
  entries: readonly KeptCoachEntry[],
  devices: readonly DeviceSide[],
): ReadinessTest[] {
  if (!hasTime(run)) return []
  const { unixS } = run.start
  const shortlyBefore = entries.filter(({ end }) => end.unixS <= unixS && end.unixS > unixS - LONGEST_DAY_S)
  return testsOfDay(localDay(run), run.deviceId, shortlyBefore, devices).map(shownTest)
}

/** The day's newest test of the device's knee hurt, or said not today. @param day local, since 1970-01-01 */
export function isTestPainful(
  day: number,
  deviceId: string,
  entries: readonly KeptCoachEntry[],
  devices: readonly DeviceSide[],
): boolean {
  const newest = testsOfDay(day, deviceId, entries, devices).at(-1)
  return newest?.entry.answer === CoachAnswer.pain || newest?.entry.readiness === Readiness.notToday
}

export interface KneeReadiness extends ReadinessTest {
  side: KeptDevice["side"]
  isNotToday: boolean
}

/** Each knee's newest test that ended on that day. @param day local, since 1970-01-01 */
export function newestReadiness(
  day: number,
  entries: readonly KeptCoachEntry[],
  devices: readonly DeviceSide[],
): KneeReadiness[] {
  const knee = kneeOf(devices)
  const newest = new Map(testsOn(day, entries).map((kept) => [knee(kept.deviceId), kept]))
  return [...newest.values()].map((kept) => ({
    ...shownTest(kept),
    side: devices.find(({ id }) => id === kept.deviceId)?.side ?? "unknown",
    isNotToday: kept.entry.readiness === Readiness.notToday,
  }))
}

export interface SittingNote {
  key: string
  /** "Sun, 3 May 2026, 10:20", or when the phone got it. */
  when: string
  /** "45 min" */
  sat: string
  /** "pain marked" */
  pain: string
}

/** Newest first. */
export function sittingNotes(entries: readonly KeptCoachEntry[]): SittingNote[] {
  return oldestFirst(entries.filter(({ entry }) => entry.kind === CoachEntryKind.sitting))
    .reverse()
    .map((kept) => ({
      key: kept.key,
      when: [dateWords(endOf(kept)), timeWords(endOf(kept))].filter(Boolean).join(", "),
      sat: `${Math.round(kept.entry.durationS / S_PER_MINUTE)} min`,
      pain: kept.entry.answer === CoachAnswer.pain ? "pain marked" : "no pain marked",
    }))
}

function testsOfDay(
  day: number,
  deviceId: string,
  entries: readonly KeptCoachEntry[],
  devices: readonly DeviceSide[],
): KeptCoachEntry[] {
  const knee = kneeOf(devices)
  return testsOn(day, entries).filter((kept) => knee(kept.deviceId) === knee(deviceId))
}

function testsOn(day: number, entries: readonly KeptCoachEntry[]): KeptCoachEntry[] {
  return oldestFirst(
    entries.filter(
      (kept) =>
        kept.entry.kind === CoachEntryKind.readiness && hasTime(endOf(kept)) && localDay(endOf(kept)) === day,
    ),
  )
}

/** @param entries are sorted in place */
function oldestFirst(entries: KeptCoachEntry[]): KeptCoachEntry[] {
  return entries.sort((a, b) => placedMs(endOf(a)) - placedMs(endOf(b)))
}

function endOf({ end, receivedMs }: KeptCoachEntry): RunTime {
  return { start: end, receivedMs }
}

function shownTest(kept: KeptCoachEntry): ReadinessTest {
  const { repeats, depthCdeg, answer, readiness } = kept.entry
  const bends =
    repeats === 0
      ? "no bend counted"
      : `${count(repeats, "bend")}, half of them to about ${Math.round(inDeg(depthCdeg))}° or more`
  return {
    key: kept.key,
    time: timeWords(endOf(kept)),
    verdict: VERDICT_WORDS[readiness] ?? "No result",
    details: `${bends}, ${ANSWER_WORDS[answer] ?? "not said whether it hurt"}`,
    isReady: readiness === Readiness.ready,
  }
}
