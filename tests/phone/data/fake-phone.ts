/** A phone for the data to be kept on: IndexedDB in memory, and what goes wrong with it. */
import "fake-indexeddb/auto"
import type { ExecutionContext } from "ava"
import { IDBFactory } from "fake-indexeddb"
import { type CompanionData, DataError } from "../../../phone/data/companion-data"
import { Connection } from "../../../phone/data/connection"
import { PREFERENCES_KEY } from "../../../phone/data/database"
import { putRun } from "../../../phone/data/digests"
import type { KeptCoachEntry, KeptDevice, KeptRun, PainScore, Preferences } from "../../../phone/data/kept"
import { openData } from "../../../phone/data/open-data"

export interface Content {
  runs: KeptRun[]
  devices: KeptDevice[]
  scores: PainScore[]
  coach?: KeptCoachEntry[]
  preferences?: Preferences
}

/** What was kept before is gone; windows that were open see the old phone. */
export function freshPhone(): void {
  globalThis.indexedDB = new IDBFactory()
}

/** A window of the app. */
export async function windowOf(t: ExecutionContext): Promise<CompanionData> {
  const data = await openData()
  t.teardown(() => data.close())
  return data
}

export async function withWindow<Result>(work: (data: CompanionData) => Promise<Result>): Promise<Result> {
  const data = await openData()
  try {
    return await work(data)
  } finally {
    data.close()
  }
}

/** Puts it there as it is, without a backup. */
export async function fill({ runs, devices, scores, coach = [], preferences }: Content): Promise<void> {
  const connection = new Connection(() => {})
  await connection.write("", async (transaction) => {
    for (const run of runs) await putRun(transaction, run)
    for (const device of devices) await transaction.objectStore("devices").put(device)
    for (const score of scores) await transaction.objectStore("scores").put(score)
    for (const entry of coach) await transaction.objectStore("coach").put(entry)
    if (preferences) await transaction.objectStore("preferences").put(preferences, PREFERENCES_KEY)
  })
  connection.close()
}

/** All that can be asked for. */
export async function contentOf(data: CompanionData) {
  const digests = await data.digests()
  return {
    digests,
    runs: await Promise.all(digests.map(({ key }) => data.run(key))),
    devices: await data.devices(),
    scores: await data.scores(),
    coach: await data.coachEntries(),
    preferences: await data.preferences(),
  }
}

/** How a transaction ends when something is put: as the browser lets it fail at once, at its commit, or without a word. */
export const BREAKS = {
  "no room at once": () => {
    throw new DOMException("", "QuotaExceededError")
  },
  "no room at the end": (transaction: IDBTransaction) =>
    (transaction as unknown as { _abort(name: string): void })._abort("QuotaExceededError"),
  "broken off": (transaction: IDBTransaction) => transaction.abort(),
}

/** Breaks the put that is the `at`-th from 0 on. @returns how many there were */
export async function withBreak(
  at: number,
  breakOff: (transaction: IDBTransaction) => void,
  work: () => Promise<unknown>,
): Promise<number> {
  const { put } = IDBObjectStore.prototype
  let puts = 0
  IDBObjectStore.prototype.put = function (...parameters) {
    const request = put.apply(this, parameters)
    if (puts++ === at) breakOff(this.transaction)
    return request
  }
  try {
    await work()
  } finally {
    IDBObjectStore.prototype.put = put
  }
  return puts
}

/** @returns the error, which has to be one in words */
export async function refusal(
  t: ExecutionContext,
  work: Promise<unknown>,
  why: DataError["why"],
): Promise<string> {
  const error = await t.throwsAsync(work, { instanceOf: DataError })
  t.is(error?.why, why)
  return error?.message ?? ""
}
