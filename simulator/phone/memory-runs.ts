/** Where a virtual phone keeps runs: in memory. Refuses to be given a run twice. */
import type { RunStore } from "../../phone/link/run-store"

export class MemoryRuns implements RunStore {
  readonly records = new Map<string, Uint8Array>()

  async has(key: string): Promise<boolean> {
    return this.records.has(key)
  }
  async get(key: string): Promise<Uint8Array | undefined> {
    return this.records.get(key)
  }
  async add(key: string, record: Uint8Array): Promise<void> {
    if (this.records.has(key)) throw new Error(`phone: ${key} a second time`)
    this.records.set(key, record.slice())
  }
}
