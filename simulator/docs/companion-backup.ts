/**
 * What is on the phone in the companion's pictures, as the app's own backup: eight weeks of a runner whose knee hurts at first, who takes shorter and quicker steps from
 * week to week. The virtual device plays and records the runs; when and how they are run, and how much they hurt, is chosen here, as a runner chooses it.
 */
import { headText, runText, TAIL_TEXT } from "../../phone/data/backup-file"
import { type KeptRun, type PainScore, PREFERENCES } from "../../phone/data/kept"
import { type PlannedRun, playRuns } from "./weeks-of-runs"

export const ZONE = "Europe/Berlin"
/** In summer. */
const ZONE_HOURS = 2
const FIRST_MONDAY_MS = Date.UTC(2026, 3, 20)
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const DAYS_PER_WEEK = 7
const MORNING_HOUR = 7

interface Week {
  /** Of its longest run. */
  minutes: number
  cadenceSpm: number
  /** Right after each run. */
  pain: readonly [number, number, number]
  /** So many minutes into its longest run pain is marked. */
  painMin?: number
}

const WEEKS: readonly Week[] = [
  { minutes: 27, cadenceSpm: 158, pain: [2, 3, 4], painMin: 19 },
  { minutes: 27, cadenceSpm: 159, pain: [2, 2, 3], painMin: 21 },
  { minutes: 28, cadenceSpm: 161, pain: [2, 2, 3], painMin: 23 },
  { minutes: 24, cadenceSpm: 163, pain: [1, 1, 2] },
  { minutes: 29, cadenceSpm: 165, pain: [1, 1, 2] },
  { minutes: 31, cadenceSpm: 167, pain: [1, 0, 1] },
  { minutes: 33, cadenceSpm: 169, pain: [0, 1, 1] },
  { minutes: 35, cadenceSpm: 170, pain: [0, 0, 2], painMin: 31 },
]
/** Of each week, 0 is Monday; hours by the runner's clocks. The longest run comes last. */
const RUNS = [
  { day: 1, atHour: 18.6, ofLongest: 0.7, speedMs: 2.8, quickerSpm: 0 },
  { day: 3, atHour: 7.1, ofLongest: 0.6, speedMs: 3.1, quickerSpm: 3 },
  { day: 5, atHour: 9.4, ofLongest: 1, speedMs: 2.7, quickerSpm: -1 },
] as const
/** When it is looked at: on the day of the last run. */
export const NOW_MS = localMs(WEEKS.length - 1, 5, 15)

/** @throws Error like `playRuns` */
export async function companionBackup(): Promise<string> {
  const { device, runs } = await playRuns(WEEKS.flatMap(plannedRuns))
  const pains = WEEKS.flatMap(({ pain }) => pain)
  const scores = runs.flatMap((run, at) => scoresOf(run, pains[at] ?? 0))
  const head = headText({
    devices: [device],
    scores: scores.filter(({ givenMs }) => givenMs <= NOW_MS),
    coach: [],
    preferences: PREFERENCES,
  })
  return head + runs.map((run, at) => runText(run, at === 0)).join("") + TAIL_TEXT
}

function plannedRuns({ minutes, cadenceSpm, painMin }: Week, week: number): PlannedRun[] {
  return RUNS.map(({ day, atHour, ofLongest, speedMs, quickerSpm }) => ({
    atMs: localMs(week, day, atHour),
    zoneMinutes: (ZONE_HOURS * HOUR_MS) / MINUTE_MS,
    minutes: minutes * ofLongest,
    speedMs,
    cadenceSpm: cadenceSpm + quickerSpm,
    ...(painMin !== undefined && ofLongest === 1 && { painMin }),
  }))
}

/** It eases by one in an hour, and by two until the next morning. */
function scoresOf({ key, receivedMs }: KeptRun, pain: number): PainScore[] {
  const morningMs = Math.ceil(receivedMs / DAY_MS) * DAY_MS + (MORNING_HOUR - ZONE_HOURS) * HOUR_MS
  return [
    { runKey: key, time: "after", score: pain, givenMs: receivedMs + MINUTE_MS },
    { runKey: key, time: "hour", score: Math.max(0, pain - 1), givenMs: receivedMs + HOUR_MS },
    { runKey: key, time: "morning", score: Math.max(0, pain - 2), givenMs: morningMs },
  ]
}

/** Unix time. */
function localMs(week: number, day: number, hour: number): number {
  return FIRST_MONDAY_MS + (week * DAYS_PER_WEEK + day) * DAY_MS + Math.round((hour - ZONE_HOURS) * HOUR_MS)
}
