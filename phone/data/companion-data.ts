/** All that the companion keeps, behind one door. It stays on this phone. */
import type { RunStore } from "../link/run-store"
import type { RunDigest } from "../runs/run-digest"
import type { KeptCoachEntry, KeptDevice, KeptRun, PainScore, Preferences } from "./kept"

/** Why something could not be kept; the message is plain words with a way out. */
export class DataError extends Error {
  override readonly name = "DataError"
  readonly why: "full" | "private" | "blocked" | "newer" | "damaged"

  constructor(why: DataError["why"], message: string, options?: ErrorOptions) {
    super(message, options)
    this.why = why
  }
}

export interface ImportResult {
  runsAdded: number
  /** They were here already. */
  runsKnown: number
  /** New here, or newer than the one that was here. */
  scoresAdded: number
}

export interface CompanionData {
  /** Newest first. */
  digests(): Promise<RunDigest[]>
  run(key: string): Promise<KeptRun | undefined>
  devices(): Promise<KeptDevice[]>
  keepDevice(device: KeptDevice): Promise<void>
  scores(): Promise<PainScore[]>
  keepScore(score: PainScore): Promise<void>
  preferences(): Promise<Preferences>
  keepPreferences(preferences: Preferences): Promise<void>
  /** In no order. */
  coachEntries(): Promise<KeptCoachEntry[]>
  /** Each once; one that was undated is dated when its time is known. */
  keepCoachEntries(entries: readonly KeptCoachEntry[]): Promise<void>
  /** For a sync with this device. */
  runStore(deviceId: string): RunStore
  /** Everything, as the text of a file that `restore` takes. */
  backup(progress?: (share: number) => void): Promise<Blob>
  /** Adds what is not here yet; all of it or, when it breaks off, nothing. @throws DataError naming what is wrong with the file */
  restore(file: Blob, progress?: (share: number) => void): Promise<ImportResult>
  deleteAll(): Promise<void>
  /** Bytes in use and that there may be, as far as the browser tells; and whether it promised to keep them. */
  room(): Promise<{ usedBytes?: number; quotaBytes?: number; isPersisted: boolean }>
  /**
   * Called after whatever changed, also in another window; and when a newer version of the app in another window took everything over: whatever is asked for
   * is then refused with DataError "blocked". @returns what ends it
   */
  onChange(listener: () => void): () => void
  close(): void
}
