/** The database on the phone: its stores, its versions, and how it is opened and deleted. */
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb"
import type { RunDigest } from "../runs/run-digest"
import { DataError } from "./companion-data"
import type { KeptCoachEntry, KeptDevice, KeptRun, PainScore, Preferences, ScoreTime } from "./kept"
import { openFailure } from "./trouble"

export const DATABASE_NAME = "patella"
/** 1: runs, devices, scores, preferences. 2: digests besides. 3: entries of the coach besides. */
const DATABASE_VERSION = 3
/** Under which the one row of preferences stands. */
export const PREFERENCES_KEY = "all"
/** Another window that is in the middle of something has finished it by then. */
const BLOCKED_MS = 3000

/** A digest, and where it stands among the others. */
export interface DigestRow {
  /** Unix time of the run's start, ms; while that is unknown, the time at which this phone got it. */
  placedMs: number
  digest: RunDigest
}

export interface Schema extends DBSchema {
  runs: { key: string; value: KeptRun }
  devices: { key: string; value: KeptDevice }
  scores: { key: [runKey: string, time: ScoreTime]; value: PainScore }
  preferences: { key: string; value: Preferences }
  digests: { key: string; value: DigestRow; indexes: { start: number; version: number } }
  coach: { key: string; value: KeptCoachEntry }
}
export type Database = IDBPDatabase<Schema>

export interface DatabaseEvents {
  /** Another window waits for this connection to end: for a newer version, or to delete all. */
  wanted(isNewer: boolean): void
  /** The browser ended the connection, as when the wearer clears its data. */
  ended(): void
}

/** @throws DataError when the browser keeps nothing, another window holds an older version, or a newer app was here */
export function openDatabase({ wanted, ended }: DatabaseEvents): Promise<Database> {
  return unlessBlocked(
    async (blocked) =>
      openDB<Schema>(DATABASE_NAME, DATABASE_VERSION, {
        upgrade,
        blocked,
        blocking: (_, version) => wanted(version !== null),
        terminated: ended,
      }),
    (late) => late.close(),
    "An older version of Patella is open in another window. Close that window, then open Patella here again.",
  )
}

/** @throws DataError when another window does not let go; all is deleted once that is closed */
export function deleteDatabase(): Promise<void> {
  return unlessBlocked(
    async (blocked) => deleteDB(DATABASE_NAME, { blocked }),
    () => {},
    "Patella is open in another window that does not answer. Close that window: then everything is deleted.",
  )
}

function upgrade(database: Database, from: number): void {
  if (from < 1) {
    database.createObjectStore("runs", { keyPath: "key" })
    database.createObjectStore("devices", { keyPath: "id" })
    database.createObjectStore("scores", { keyPath: ["runKey", "time"] })
    database.createObjectStore("preferences")
  }
  if (from < 2) {
    // Filled as digests of another version are renewed, once the database is open.
    const digests = database.createObjectStore("digests", { keyPath: "digest.key" })
    digests.createIndex("start", "placedMs")
    digests.createIndex("version", "digest.version")
  }
  if (from < 3) database.createObjectStore("coach", { keyPath: "key" })
}

/** @param late gets what a request gives that was given up */
function unlessBlocked<Result>(
  request: (blocked: () => void) => Promise<Result>,
  late: (result: Result) => void,
  words: string,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isGivenUp = false
    const giveUp = () => {
      isGivenUp = true
      reject(new DataError("blocked", words))
    }
    request(() => {
      timer = setTimeout(giveUp, BLOCKED_MS)
    })
      .then(
        (result) => (isGivenUp ? late(result) : resolve(result)),
        (error) => reject(openFailure(error)),
      )
      .finally(() => clearTimeout(timer))
  })
}
