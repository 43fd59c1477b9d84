/** Transactions over all stores: all of the work is kept, or nothing. */
import type { IDBPTransaction, StoreNames } from "idb"
import type { Database, Schema } from "./database"
import { failureOf } from "./trouble"

const STORES: StoreNames<Schema>[] = ["runs", "devices", "scores", "preferences", "digests", "coach"]

export type Reading = IDBPTransaction<Schema, typeof STORES, "readonly">
export type Writing = IDBPTransaction<Schema, typeof STORES, "readwrite">

/** @param work may wait for the transaction's own requests alone. @throws DataError, and what the work throws */
export function reading<Result>(
  database: Database,
  work: (transaction: Reading) => Promise<Result>,
): Promise<Result> {
  const transaction = database.transaction(STORES, "readonly")
  return finished(transaction, () => work(transaction), "Nothing was changed.")
}

/**
 * When this returns, what was written outlasts the app and a power cut.
 * @param outcome what became of it when it fails, as a sentence for the wearer
 * @throws DataError, and what the work throws; then nothing was written
 */
export function writing<Result>(
  database: Database,
  outcome: string,
  work: (transaction: Writing) => Promise<Result>,
): Promise<Result> {
  const transaction = database.transaction(STORES, "readwrite", { durability: "strict" })
  return finished(transaction, () => work(transaction), outcome)
}

async function finished<Result>(
  transaction: Reading | Writing,
  work: () => Promise<Result>,
  outcome: string,
): Promise<Result> {
  const undone = async () => {
    try {
      return await work()
    } catch (error) {
      abort(transaction)
      throw error
    }
  }
  const [result, done] = await Promise.allSettled([undone(), transaction.done])
  // A commit that fails leaves its reason in the transaction, and AbortError in the requests.
  if (result.status === "rejected") throw failureOf(transaction.error ?? result.reason, outcome)
  if (done.status === "rejected") throw failureOf(done.reason, outcome)
  return result.value
}

function abort(transaction: Reading | Writing): void {
  try {
    transaction.abort()
  } catch {
    // The failure has ended it already.
  }
}
