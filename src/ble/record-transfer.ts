/** One record on its way to the phone: its head, then its bytes, in numbered chunks, as many at a time as the phone has room for. */
import type { RecordBytes } from "../storage/record-bytes"
import { encodeRow, rowBytes } from "./fields"
import { CHUNK, RECORD_HEAD, type RecordKind } from "./record-layouts"

const CHUNK_HEAD_BYTES = rowBytes(CHUNK.head)
export const RECORD_HEAD_BYTES = rowBytes(RECORD_HEAD.head)

/** What is asked for, and what was found of it. */
export class WantedRecord {
  readonly kind: RecordKind
  readonly runId: number
  readonly bytes: RecordBytes

  constructor(kind: RecordKind, runId: number, bytes: RecordBytes) {
    this.kind = kind
    this.runId = runId
    this.bytes = bytes
  }

  /** Writes the head of what goes from `offset` on. */
  writeHead(into: Uint8Array, start: number, offset: number): void {
    const { kind, runId, bytes } = this
    const view = new DataView(into.buffer, into.byteOffset)
    encodeRow(view, start, RECORD_HEAD.head, {
      kind,
      runId,
      totalBytes: bytes.length,
      offset,
      crc: bytes.crc,
    })
  }
}

export class RecordTransfer {
  /** As the phone calls it. */
  readonly id: number
  readonly record: WantedRecord
  /** Of the next byte. */
  offset: number
  /** The phone has been heard since the last tick. */
  isHeard = true
  heardMs = 0
  private readonly chunk: Uint8Array
  private sequence = 0

  /** @param chunkBytes that a notification carries */
  constructor(id: number, record: WantedRecord, offset: number, chunkBytes: number) {
    this.id = id
    this.record = record
    this.offset = offset
    this.chunk = new Uint8Array(chunkBytes)
  }

  /** The next chunk, good until the next is asked for. @returns undefined when the record is not what it was */
  next(): Uint8Array | undefined {
    const { bytes } = this.record
    const chunk = this.chunk
    encodeRow(new DataView(chunk.buffer), 0, CHUNK.head, { transfer: this.id, sequence: this.sequence })
    if (this.sequence++ === 0) {
      this.record.writeHead(chunk, CHUNK_HEAD_BYTES, this.offset)
      return chunk.subarray(0, CHUNK_HEAD_BYTES + RECORD_HEAD_BYTES)
    }
    const end = CHUNK_HEAD_BYTES + Math.min(chunk.length - CHUNK_HEAD_BYTES, bytes.length - this.offset)
    const body = chunk.subarray(CHUNK_HEAD_BYTES, end)
    if (!bytes.copy(this.offset, body)) return undefined
    this.offset += body.length
    return chunk.subarray(0, end)
  }

  get isAtEnd(): boolean {
    return this.sequence > 0 && this.offset === this.record.bytes.length
  }
}
