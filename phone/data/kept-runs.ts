/** The runs of one device, for a sync with it. */
import type { RunStart, RunStore } from "../link/run-store"
import type { Connection } from "./connection"
import { putRun } from "./digests"
import { contradiction, isSameRecord } from "./merge"

const OUTCOME = "The run was not stored. The device keeps it until it is."

export class KeptRuns implements RunStore {
  readonly #connection: Connection
  readonly #deviceId: string
  readonly #changed: () => void

  constructor(connection: Connection, deviceId: string, changed: () => void) {
    this.#connection = connection
    this.#deviceId = deviceId
    this.#changed = changed
  }

  async has(key: string): Promise<boolean> {
    return (await this.#connection.read((transaction) => transaction.objectStore("runs").count(key))) > 0
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    const kept = await this.#connection.read((transaction) => transaction.objectStore("runs").get(key))
    return kept?.record
  }

  /** The same one a second time changes nothing. @throws DataError, also when another record has this key */
  async add(key: string, record: Uint8Array, start: RunStart): Promise<void> {
    const isNew = await this.#connection.write(OUTCOME, async (transaction) => {
      const known = await transaction.objectStore("runs").get(key)
      if (known) {
        if (!isSameRecord(known.record, record)) throw contradiction(key)
        return false
      }
      // A copy: what is kept of a part of a buffer is the whole buffer.
      const kept = { key, deviceId: this.#deviceId, record: record.slice(), start, receivedMs: Date.now() }
      await putRun(transaction, kept)
      return true
    })
    if (isNew) this.#changed()
  }

  /** A time that is known is never taken back. @throws DataError */
  async dated(key: string, start: RunStart): Promise<void> {
    if (start.unixS === 0) return
    const isNew = await this.#connection.write("Nothing was changed.", async (transaction) => {
      const kept = await transaction.objectStore("runs").get(key)
      if (!kept || isSameStart(kept.start, start)) return false
      await putRun(transaction, { ...kept, start })
      return true
    })
    if (isNew) this.#changed()
  }
}

function isSameStart(one: RunStart, other: RunStart): boolean {
  return one.unixS === other.unixS && one.zoneQuarters === other.zoneQuarters
}
