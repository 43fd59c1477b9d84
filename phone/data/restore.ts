/** Adds what a backup has to what is kept here; of two about the same thing the newer one stays. */
import { type Backup, readBackup } from "./backup-file"
import type { ImportResult } from "./companion-data"
import type { Connection } from "./connection"
import { type DigestRow, PREFERENCES_KEY } from "./database"
import { digestRow, putRun } from "./digests"
import type { KeptDevice, KeptRun, PainScore } from "./kept"
import { keepCoachEntries } from "./kept-coach"
import { mergedRun, newerDevice, newerScore } from "./merge"
import type { Writing } from "./transaction"

const OUTCOME = "Nothing of the backup was added."
/** Between two moments in which the app may draw. */
const RUNS_AT_ONCE = 100
/** Of the whole, what checking takes before anything is written. */
const CHECK_SHARE = 0.5

type Progress = (share: number) => void

/** All or nothing. Preferences are taken over where none were chosen. @throws DataError */
export async function restoreInto(
  connection: Connection,
  file: Blob,
  progress: Progress = () => {},
): Promise<ImportResult> {
  const backup = await readBackup(file)
  const runs = await checkedRuns(backup, progress)
  const result = await connection.write(OUTCOME, async (transaction) => {
    const runsAdded = await mergeRuns(transaction, runs, progress)
    const scoresAdded = await mergeScores(transaction, backup.scores)
    await mergeDevices(transaction, backup.devices)
    await keepCoachEntries(transaction, backup.coach)
    const preferences = transaction.objectStore("preferences")
    if (backup.preferences && (await preferences.count(PREFERENCES_KEY)) === 0) {
      await preferences.put(backup.preferences, PREFERENCES_KEY)
    }
    return { runsAdded, runsKnown: runs.length - runsAdded, scoresAdded }
  })
  progress(1)
  return result
}

/** Each once, with the digest that goes with it: while a transaction is open there is time for its requests alone. */
async function checkedRuns({ runs }: Backup, progress: Progress): Promise<[KeptRun, DigestRow][]> {
  const byKey = new Map<string, [KeptRun, DigestRow]>()
  for (const [at, read] of runs.entries()) {
    if (at % RUNS_AT_ONCE === 0) {
      progress((CHECK_SHARE * at) / runs.length)
      await new Promise((resolve) => setTimeout(resolve))
    }
    const run = read()
    const [known] = byKey.get(run.key) ?? []
    const merged = known ? mergedRun(known, run) : run
    byKey.set(run.key, [merged, digestRow(merged)])
  }
  return [...byKey.values()]
}

/** @returns how many were not here */
async function mergeRuns(
  transaction: Writing,
  runs: [KeptRun, DigestRow][],
  progress: Progress,
): Promise<number> {
  const store = transaction.objectStore("runs")
  const known = new Set(await store.getAllKeys())
  for (const [at, [run, row]] of runs.entries()) {
    const here = known.has(run.key) ? await store.get(run.key) : undefined
    await (here ? putRun(transaction, mergedRun(here, run)) : putRun(transaction, run, row))
    if (at % RUNS_AT_ONCE === 0) progress(CHECK_SHARE + ((1 - CHECK_SHARE) * at) / runs.length)
  }
  return runs.filter(([{ key }]) => !known.has(key)).length
}

/** @returns how many were not here, or newer than the one here */
async function mergeScores(transaction: Writing, scores: PainScore[]): Promise<number> {
  const store = transaction.objectStore("scores")
  const keyOf = ({ runKey, time }: PainScore) => `${runKey} ${time}`
  const here = new Map((await store.getAll()).map((score) => [keyOf(score), score]))
  const changed = new Map<string, PainScore>()
  for (const score of scores) {
    const key = keyOf(score)
    const known = changed.get(key) ?? here.get(key)
    if (!known || newerScore(known, score) !== known) changed.set(key, score)
  }
  for (const score of changed.values()) await store.put(score)
  return changed.size
}

async function mergeDevices(transaction: Writing, devices: KeptDevice[]): Promise<void> {
  const store = transaction.objectStore("devices")
  for (const device of devices) {
    const here = await store.get(device.id)
    await store.put(here ? newerDevice(here, device) : device)
  }
}
