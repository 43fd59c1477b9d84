/** Opens what the companion keeps: IndexedDB behind the door of companion-data.ts. */
import type { RunStore } from "../link/run-store"
import type { RunDigest } from "../runs/run-digest"
import { backupOf } from "./backup"
import { Changes } from "./changes"
import type { CompanionData, ImportResult } from "./companion-data"
import { Connection } from "./connection"
import { DATABASE_NAME, PREFERENCES_KEY } from "./database"
import {
  type KeptCoachEntry,
  type KeptDevice,
  type KeptRun,
  type PainScore,
  PREFERENCES,
  type Preferences,
} from "./kept"
import { keepCoachEntries } from "./kept-coach"
import { KeptRuns } from "./kept-runs"
import { restoreInto } from "./restore"
import { askToPersist, roomHere } from "./room"
import type { Writing } from "./transaction"

/** @throws DataError */
export async function openData(): Promise<CompanionData> {
  const data = new KeptData()
  try {
    await data.open()
    return data
  } catch (error) {
    data.close()
    throw error
  }
}

class KeptData implements CompanionData {
  readonly #changes = new Changes(DATABASE_NAME)
  readonly #connection = new Connection(() => this.#changes.tellHere())
  #isPersistenceAsked = false

  async open(): Promise<void> {
    await this.#connection.open()
  }

  async digests(): Promise<RunDigest[]> {
    const rows = await this.#connection.read((transaction) =>
      transaction.objectStore("digests").index("start").getAll(),
    )
    return rows.map(({ digest }) => digest).reverse()
  }

  run(key: string): Promise<KeptRun | undefined> {
    return this.#connection.read((transaction) => transaction.objectStore("runs").get(key))
  }

  devices(): Promise<KeptDevice[]> {
    return this.#connection.read((transaction) => transaction.objectStore("devices").getAll())
  }

  keepDevice(device: KeptDevice): Promise<void> {
    return this.#keep("The device's name and side were not stored.", (transaction) =>
      transaction.objectStore("devices").put(device),
    )
  }

  scores(): Promise<PainScore[]> {
    return this.#connection.read((transaction) => transaction.objectStore("scores").getAll())
  }

  keepScore(score: PainScore): Promise<void> {
    return this.#keep("Your score was not stored.", (transaction) =>
      transaction.objectStore("scores").put(score),
    )
  }

  async preferences(): Promise<Preferences> {
    const kept = await this.#connection.read((transaction) =>
      transaction.objectStore("preferences").get(PREFERENCES_KEY),
    )
    return { ...PREFERENCES, ...kept }
  }

  keepPreferences(preferences: Preferences): Promise<void> {
    return this.#keep("Your choice was not stored.", (transaction) =>
      transaction.objectStore("preferences").put(preferences, PREFERENCES_KEY),
    )
  }

  coachEntries(): Promise<KeptCoachEntry[]> {
    return this.#connection.read((transaction) => transaction.objectStore("coach").getAll())
  }

  async keepCoachEntries(entries: readonly KeptCoachEntry[]): Promise<void> {
    const isNew = await this.#connection.write(
      "What the device kept of tests and routines was not stored. The device has the last of it.",
      (transaction) => keepCoachEntries(transaction, entries),
    )
    if (isNew) this.#changes.tell()
  }

  runStore(deviceId: string): RunStore {
    return new KeptRuns(this.#connection, deviceId, () => this.#runsChanged())
  }

  backup(progress?: (share: number) => void): Promise<Blob> {
    return this.#connection.read((transaction) => backupOf(transaction, progress))
  }

  async restore(file: Blob, progress?: (share: number) => void): Promise<ImportResult> {
    const result = await restoreInto(this.#connection, file, progress)
    this.#runsChanged()
    return result
  }

  async deleteAll(): Promise<void> {
    await this.#connection.delete()
    this.#changes.tell()
  }

  room(): ReturnType<CompanionData["room"]> {
    return roomHere()
  }

  onChange(listener: () => void): () => void {
    return this.#changes.listen(listener)
  }

  close(): void {
    this.#connection.close()
    this.#changes.close()
  }

  async #keep(outcome: string, work: (transaction: Writing) => Promise<unknown>): Promise<void> {
    await this.#connection.write(outcome, work)
    this.#changes.tell()
  }

  #runsChanged(): void {
    this.#changes.tell()
    if (this.#isPersistenceAsked) return
    this.#isPersistenceAsked = true
    void askToPersist()
  }
}
