/** The digests beside the runs: where each stands, and how they are made anew. */
import { DIGEST_VERSION, digestOf } from "../runs/run-digest"
import type { Database, DigestRow } from "./database"
import type { KeptRun } from "./kept"
import { reading, type Writing, writing } from "./transaction"

const MS_PER_S = 1000

export function digestRow(kept: KeptRun): DigestRow {
  const { start, receivedMs } = kept
  return { placedMs: start.unixS === 0 ? receivedMs : start.unixS * MS_PER_S, digest: digestOf(kept) }
}

/** With its digest. */
export async function putRun(transaction: Writing, kept: KeptRun, row = digestRow(kept)): Promise<void> {
  await transaction.objectStore("runs").put(kept)
  await transaction.objectStore("digests").put(row)
}

/** Makes those that are missing, or of another version, from the runs. @throws DataError */
export async function renewDigests(database: Database): Promise<void> {
  const stale = await reading(database, async (transaction) => {
    const [runs, digests] = await Promise.all([
      transaction.objectStore("runs").getAllKeys(),
      transaction.objectStore("digests").index("version").getAllKeys(DIGEST_VERSION),
    ])
    const current = new Set(digests)
    return runs.filter((key) => !current.has(key))
  })
  if (stale.length === 0) return
  await writing(database, "Your runs are all there.", async (transaction) => {
    for (const key of stale) {
      const kept = await transaction.objectStore("runs").get(key)
      if (kept) await transaction.objectStore("digests").put(digestRow(kept))
    }
  })
}
