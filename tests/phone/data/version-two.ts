/** A database as version 2 of its schema left it. Knows nothing but IndexedDB, so that it stands still when the app goes on. */
import type { DigestRow } from "../../../phone/data/database"
import type { KeptRun } from "../../../phone/data/kept"

export function makeVersionTwo(runs: readonly KeptRun[], digests: readonly DigestRow[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("patella", 2)
    request.onupgradeneeded = () => {
      const database = request.result
      database.createObjectStore("runs", { keyPath: "key" })
      database.createObjectStore("devices", { keyPath: "id" })
      database.createObjectStore("scores", { keyPath: ["runKey", "time"] })
      database.createObjectStore("preferences")
      const store = database.createObjectStore("digests", { keyPath: "digest.key" })
      store.createIndex("start", "placedMs")
      store.createIndex("version", "digest.version")
    }
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
      const database = request.result
      const transaction = database.transaction(["runs", "digests"], "readwrite")
      for (const run of runs) transaction.objectStore("runs").put(run)
      for (const row of digests) transaction.objectStore("digests").put(row)
      transaction.onabort = () => reject(transaction.error)
      transaction.oncomplete = () => {
        database.close()
        resolve()
      }
    }
  })
}
