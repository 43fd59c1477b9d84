/** A record of which some has come: what is kept over a gap or a lost link, so that it goes on where it was. */
import type { Values } from "../../src/ble/fields"
import { type RECORD_HEAD, RecordKind } from "../../src/ble/record-layouts"
import { crc32 } from "../../src/storage/crc32"

export type RecordHead = Values<typeof RECORD_HEAD>

export class PartRecord {
  readonly kind: RecordKind
  readonly runId: number
  /** How many bytes have come. */
  length = 0
  #bytes: Uint8Array | undefined
  #crc = 0

  constructor(kind: RecordKind, runId: number) {
    this.kind = kind
    this.runId = runId
  }

  get isWhole(): boolean {
    return this.#bytes !== undefined && this.length === this.#bytes.length
  }
  /** Only of one that is whole. */
  get bytes(): Uint8Array {
    if (!this.#bytes || !this.isWhole) throw new Error(`record ${this.kind}/${this.runId} is not whole`)
    return this.#bytes
  }
  get crc(): number {
    return this.#crc
  }
  /** Do the bytes have the CRC that the device gave? Only runs have one. */
  get isSound(): boolean {
    return this.kind !== RecordKind.run || crc32(this.bytes) === this.#crc
  }

  /** What follows `head` goes on from here. @returns false when it does not */
  begin(head: RecordHead): boolean {
    if (head.kind !== this.kind || head.runId !== this.runId) return false
    if (head.totalBytes !== this.#bytes?.length || head.crc !== this.#crc) {
      this.#bytes = new Uint8Array(head.totalBytes)
      this.#crc = head.crc
      this.length = 0
    }
    return head.offset === this.length
  }

  /** @returns false when they are more than the record has */
  add(bytes: Uint8Array): boolean {
    if (!this.#bytes || this.length + bytes.length > this.#bytes.length) return false
    this.#bytes.set(bytes, this.length)
    this.length += bytes.length
    return true
  }

  /** Nothing of it is to be trusted. */
  reset(): void {
    this.#bytes = undefined
    this.length = 0
  }
}
