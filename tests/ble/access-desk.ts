/** Record access with a real store of runs behind it, and a phone before it that writes bytes and gathers what comes. */
import { VirtualFlash } from "../../hosts/virtual/flash"
import { decode, encode, type Layout, rowBytes, type Values } from "../../src/ble/fields"
import { RecordAccess, type SyncCursor } from "../../src/ble/record-access"
import {
  ACCESS_RESPONSE,
  ACKNOWLEDGE_REQUEST,
  AccessRequest,
  CHUNK,
  FETCH_REQUEST,
  MORE_REQUEST,
  Operator,
  RECORD_HEAD,
  RecordKind,
  SELECT_REQUEST,
  SELECTION_REQUEST,
} from "../../src/ble/record-layouts"
import type { BendList } from "../../src/ble/run-codec"
import type { Board } from "../../src/board"
import { RunStorage } from "../../src/device/run-storage"
import type { FlashStorage } from "../../src/io"
import { crc32 } from "../../src/storage/crc32"
import { MemoryStorage } from "../storage/virtual-storage"

/** The fewest blocks that runs are kept in: four segments of the archive. */
export const SMALL_FLASH_BYTES = 40 * 4096
const CHUNK_HEAD_BYTES = rowBytes(CHUNK.head)
export const RECORD_HEAD_BYTES = rowBytes(RECORD_HEAD.head)

/** A run's record: its number and boot where every version has them, then bytes that no other run has. */
export function recordOf(run: number, bytes: number, boot = 7): Uint8Array {
  const record = Uint8Array.from({ length: bytes }, (_, at) => (run * 31 + at * 7 + (at >> 8)) & 0xff)
  const view = new DataView(record.buffer)
  view.setUint16(2, run, true)
  view.setUint32(4, boot, true)
  return record
}

export interface Chunk {
  transfer: number
  sequence: number
  bytes: Uint8Array
}

export class AccessDesk {
  readonly flash: FlashStorage
  readonly runs: RunStorage
  readonly failures: unknown[] = []
  bendList: BendList = { bends: [], bendsDropped: 0 }
  access: RecordAccess
  #responses: Uint8Array[] = []
  #chunks: Uint8Array[] = []

  constructor(
    sizes: readonly number[] = [],
    flash: FlashStorage = new VirtualFlash({ size: SMALL_FLASH_BYTES }),
  ) {
    this.flash = flash
    this.runs = new RunStorage({ flash, keyValue: new MemoryStorage() } as unknown as Board)
    for (const bytes of sizes) this.add(bytes)
    this.access = this.connection()
  }

  /** The next connection, of a phone that has come so far. */
  connection(phone: SyncCursor = { cursor: 0 }): RecordAccess {
    const device = { runs: this.runs, bends: () => this.bendList }
    this.access = new RecordAccess(device, this, phone)
    return this.access
  }

  /** A run closes. */
  add(bytes: number): number {
    const run = this.runs.newestId + 1
    this.runs.add(run, recordOf(run, bytes))
    return run
  }

  respond(response: Uint8Array): void {
    this.#responses.push(response.slice())
  }
  chunk(chunk: Uint8Array): void {
    this.#chunks.push(chunk.slice())
  }
  failed(error: unknown): void {
    this.failures.push(error)
  }

  write(value: readonly number[] | Uint8Array, chunkBytes = 20): number {
    return this.access.request(Uint8Array.from(value), chunkBytes)
  }
  ask<L extends Layout>(layout: L, values: Values<L>, chunkBytes?: number): void {
    const refused = this.write(encode(layout, values as never), chunkBytes)
    if (refused !== 0) throw new Error(`${layout.title}: ATT error ${refused}`)
  }

  fetch(kind: number, runId: number, { offset = 0, transfer = 1, window = 4, chunkBytes = 20 } = {}): void {
    this.ask(FETCH_REQUEST, { kind, runId, offset, transfer, window }, chunkBytes)
  }
  more(transfer = 1, window = 4): void {
    this.ask(MORE_REQUEST, { transfer, window })
  }
  abort(): void {
    this.write([AccessRequest.abort])
  }
  select(kind: number, runId = 0, offset = 0): void {
    this.ask(SELECT_REQUEST, { kind, runId, offset })
  }
  acknowledge(runId: number, crc = crc32(this.runs.record(runId) ?? new Uint8Array(0))): void {
    this.ask(ACKNOWLEDGE_REQUEST, { runId, crc })
  }
  choose(what: "count" | "delete", operator: keyof typeof Operator, firstRun = 0, lastRun = 0): void {
    this.ask(SELECTION_REQUEST, {
      request: AccessRequest[what],
      operator: Operator[operator],
      firstRun,
      lastRun,
    })
  }

  /** What was sent since the last call. */
  responses(): Values<typeof ACCESS_RESPONSE>[] {
    const responses = this.#responses.map((value) => decode(ACCESS_RESPONSE, value))
    this.#responses = []
    return responses
  }
  chunks(): Chunk[] {
    const chunks = this.#chunks.map((value) => ({
      ...decode(CHUNK, value.subarray(0, CHUNK_HEAD_BYTES)),
      bytes: value.subarray(CHUNK_HEAD_BYTES),
    }))
    this.#chunks = []
    return chunks
  }

  /** Fetches all that there is: how a phone does that loses nothing. */
  fetchAll(kind: number, runId: number): Uint8Array {
    this.chunks()
    this.fetch(kind, runId)
    const chunks = this.chunks()
    for (let sent = chunks.length; sent > 0; ) {
      this.more()
      const next = this.chunks()
      chunks.push(...next)
      sent = next.length
    }
    this.responses()
    return Buffer.concat(chunks.slice(1).map(({ bytes }) => bytes))
  }

  part(): { head: Values<typeof RECORD_HEAD>; bytes: Uint8Array } {
    const value = this.access.part()
    return {
      head: decode(RECORD_HEAD, value.subarray(0, RECORD_HEAD_BYTES)),
      bytes: value.subarray(RECORD_HEAD_BYTES),
    }
  }
}

export function headIn({ bytes }: Chunk): Values<typeof RECORD_HEAD> {
  return decode(RECORD_HEAD, bytes)
}

export { RecordKind }
