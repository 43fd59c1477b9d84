/** A database as version 1 of its schema left it. Knows nothing but IndexedDB, so that it stands still when the app goes on. */
import type { KeptRun } from "../../../phone/data/kept"

export function makeVersionOne(runs: readonly KeptRun[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("patella", 1)
    request.onupgradeneeded = () => {
      const database = request.result
      database.createObjectStore("runs", { keyPath: "key" })
      database.createObjectStore("devices", { keyPath: "id" })
      database.createObjectStore("scores", { keyPath: ["runKey", "time"] })
      database.createObjectStore("preferences")
    }
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
      const database = request.result
      const transaction = database.transaction(["runs", "devices", "scores", "preferences"], "readwrite")
      for (const run of runs) transaction.objectStore("runs").put(run)
      transaction.objectStore("devices").put({
        id: "0011223344556677",
        name: "Left knee",
        side: "left",
        firmware: "0.1.0",
        board: "xiao_esp32c3",
        seenMs: 1_790_000_000_000,
      })
      transaction
        .objectStore("scores")
        .put({ runKey: "0011223344556677-7-1", time: "hour", score: 2, givenMs: 5 })
      transaction.objectStore("preferences").put({ scheme: "dark", asksForScores: false }, "all")
      transaction.onabort = () => reject(transaction.error)
      transaction.oncomplete = () => {
        database.close()
        resolve()
      }
    }
  })
}
