/** Key-value storage that keeps what was written, counts writes and open domains, and fails when told to. */
import type { KeyValueDomain, KeyValueStorage } from "../../src/io"

export class MemoryStorage implements KeyValueStorage {
  readonly values = new Map<string, ArrayBuffer>()
  full = false
  unreadable = false
  writes = 0
  openDomains = 0

  open({ path }: { path: string }): KeyValueDomain {
    this.openDomains += 1
    return {
      // Copies, as a flash would give them.
      read: (key) => {
        if (this.unreadable) throw new Error("key-value: cannot read")
        return this.values.get(`${path}/${key}`)?.slice(0)
      },
      write: (key, value) => {
        if (this.full) throw new Error("key-value: no space left")
        this.writes += 1
        this.values.set(`${path}/${key}`, value.slice(0))
      },
      delete: (key) => void this.values.delete(`${path}/${key}`),
      close: () => {
        this.openDomains -= 1
      },
    }
  }
}

/** `stored` with one byte changed. */
export function damaged(stored: ArrayBuffer, at: number): ArrayBuffer {
  const bytes = new Uint8Array(stored.slice(0))
  bytes[at] = (bytes[at] as number) ^ 0x10
  return bytes.buffer
}
