/**
 * Closed runs as encoded records (src/ble/run-codec.ts), newest last. This one keeps them in memory and drops the oldest
 * when a limit is passed; a log in flash will stand behind the same interface.
 */

export interface RunEntry {
  readonly id: number
  readonly recordBytes: number
}

export interface RunStore {
  /** Oldest first. */
  list(): readonly RunEntry[]
  record(id: number): Uint8Array | undefined
  /** Keeps `record` from now on; it must not change any more. */
  add(id: number, record: Uint8Array): void
}

/** At most this many runs, and of these as many of the newest as fit into so many bytes. The newest always stays. */
const RUN_LIMIT = 16
const BYTE_LIMIT = 16_384

export class MemoryRunStore implements RunStore {
  readonly #runLimit: number
  readonly #byteLimit: number
  #runs: { id: number; record: Uint8Array }[] = []
  #bytes = 0

  constructor(runLimit = RUN_LIMIT, byteLimit = BYTE_LIMIT) {
    this.#runLimit = runLimit
    this.#byteLimit = byteLimit
  }

  list(): readonly RunEntry[] {
    return this.#runs.map(({ id, record }) => ({ id, recordBytes: record.length }))
  }

  record(id: number): Uint8Array | undefined {
    return this.#runs.find((run) => run.id === id)?.record
  }

  /** @throws RangeError when there is a run with this id. */
  add(id: number, record: Uint8Array): void {
    if (this.record(id)) throw new RangeError(`run store: there is a run ${id} already`)
    this.#runs.push({ id, record })
    this.#bytes += record.length
    while (this.#runs.length > 1 && (this.#runs.length > this.#runLimit || this.#bytes > this.#byteLimit)) {
      this.#bytes -= this.#runs.shift()?.record.length ?? 0
    }
  }
}
