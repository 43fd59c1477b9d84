/** A device's sync that may take several links: what it tells counts on where a link was lost, until it begins anew. */
import type { GattTransport } from "./gatt-transport"
import type { LinkSync } from "./link-state"
import type { Wait } from "./notification-inbox"
import type { RunStore } from "./run-store"
import { RunSync } from "./run-sync"

const NOTHING: LinkSync = { runsDone: 0, runsTotal: 0, bytesDone: 0, bytesTotal: 0, added: [], failed: [] }

export interface ResumedSyncOptions {
  /** Hex. */
  deviceId: string
  store: RunStore
  wait: Wait
}

export class ResumedSync {
  readonly #sync: RunSync
  #listener: (sync: LinkSync) => void = () => {}
  #told = NOTHING
  /** Of the runs that were added. */
  #addedBytes = 0
  /** What was there when this link came. */
  #before = { runs: 0, bytes: 0 }
  #isAborted = false

  constructor({ deviceId, store, wait }: ResumedSyncOptions) {
    this.#sync = new RunSync({
      deviceId,
      wait,
      store: this.#watched(store),
      progress: ({ runsDone, runsTotal, bytesDone, bytesTotal }) =>
        this.#tell({
          runsDone: this.#before.runs + runsDone,
          runsTotal: this.#before.runs + runsTotal,
          bytesDone: this.#before.bytes + bytesDone,
          bytesTotal: this.#before.bytes + bytesTotal,
        }),
    })
  }

  /** How many runs it has brought. */
  get added(): number {
    return this.#told.added.length
  }
  get isAborted(): boolean {
    return this.#isAborted
  }

  /** A sync of its own, which counts from 0 and tells this listener. */
  begin(listener: (sync: LinkSync) => void): void {
    this.#listener = listener
    this.#isAborted = false
    this.#told = NOTHING
    this.#addedBytes = 0
    this.#tell({})
  }

  /** Ends it; what came of a record is kept for the next. */
  abort(): void {
    this.#isAborted = true
    this.#sync.abort()
  }

  /** @throws as RunSync does; when the link was lost, call it again with the next connection */
  async run(transport: GattTransport): Promise<void> {
    if (this.#isAborted) return
    this.#before = { runs: this.added, bytes: this.#addedBytes }
    this.#tell({ runsDone: this.added, bytesDone: this.#addedBytes })
    const { failed } = await this.#sync.run(transport)
    this.#tell({ failed })
  }

  #watched(store: RunStore): RunStore {
    return {
      has: (key) => store.has(key),
      get: (key) => store.get(key),
      add: async (key, record, start) => {
        await store.add(key, record, start)
        this.#addedBytes += record.length
        this.#tell({ added: [...this.#told.added, key] })
      },
      dated: async (key, start) => store.dated?.(key, start),
    }
  }

  #tell(news: Partial<LinkSync>): void {
    this.#told = { ...this.#told, ...news }
    this.#listener(this.#told)
  }
}
