/**
 * The way to values longer than a read: a phone selects a record and an offset, then reads the bytes from there on. One
 * selection a connection; the record's bytes are held from its selection on, so that parts read later still fit.
 */
import { decode, encode, rowBytes } from "./fields"
import { RECORD_DATA, RecordKind } from "./layouts"
import { VALUE_LIMIT_BYTES } from "./profile"

/** Opcode of a read response. */
const READ_HEADER_BYTES = 1
const HEAD_BYTES = rowBytes(RECORD_DATA.head)

export interface RecordPart {
  kind: number
  runId: number
  totalBytes: number
  offset: number
  bytes: Uint8Array
}

export class RecordSelection {
  #kind: number = RecordKind.none
  #runId = 0
  #offset = 0
  #record: Uint8Array = new Uint8Array(0)

  /** Whether this very record is the selected one, so that only the offset changes. */
  holds(kind: number, runId: number): boolean {
    return kind === this.#kind && runId === this.#runId
  }

  select(kind: number, runId: number, record: Uint8Array): void {
    this.#kind = kind
    this.#runId = runId
    this.#record = record
    this.#offset = 0
  }

  /** False, and nothing changed, when `offset` is past the end. */
  seek(offset: number): boolean {
    if (offset > this.#record.length) return false
    this.#offset = offset
    return true
  }

  /** Record data from the offset on, for one read at this MTU. */
  part(mtu: number): Uint8Array {
    const head = encode(RECORD_DATA, {
      kind: this.#kind,
      runId: this.#runId,
      totalBytes: this.#record.length,
      offset: this.#offset,
    })
    const room = Math.min(mtu - READ_HEADER_BYTES, VALUE_LIMIT_BYTES) - HEAD_BYTES
    const bytes = this.#record.subarray(this.#offset, this.#offset + room)
    const part = new Uint8Array(HEAD_BYTES + bytes.length)
    part.set(head)
    part.set(bytes, HEAD_BYTES)
    return part
  }
}

/** What `part` made. @throws RangeError when it is shorter than its head or longer than the record it names. */
export function decodeRecordPart(value: Uint8Array): RecordPart {
  const head = decode(RECORD_DATA, value.subarray(0, HEAD_BYTES))
  const bytes = value.subarray(HEAD_BYTES)
  const end = head.offset + bytes.length
  if (end > head.totalBytes) {
    throw new RangeError(
      `record data: bytes up to offset ${end} of a record of ${head.totalBytes}; select it again`,
    )
  }
  return { ...head, bytes }
}
