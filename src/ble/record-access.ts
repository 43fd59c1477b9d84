/**
 * Record access as a state machine: a phone's requests in, a response to each and chunks of records out (record-layouts.ts). One for each connection,
 * made at its first request; it has one transfer and one selection at a time.
 */
import { HeldBytes } from "../storage/record-bytes"
import type { DeviceModel } from "./device-model"
import { encode } from "./fields"
import { AttError, VALUE_LIMIT_BYTES } from "./profile"
import {
  ABORT_REQUEST,
  ACCESS_RESPONSE,
  ACKNOWLEDGE_REQUEST,
  AccessRequest,
  AccessResult,
  FETCH_REQUEST,
  MORE_REQUEST,
  RecordKind,
  SELECT_REQUEST,
  SELECTION_REQUEST,
} from "./record-layouts"
import { RECORD_HEAD_BYTES, RecordTransfer, WantedRecord } from "./record-transfer"
import { encodeBends } from "./run-codec"
import { RunListBytes } from "./run-list-bytes"
import { countWithin, rangeOf } from "./run-selection"
import { parseWrite } from "./written-values"

/** A transfer ends when its phone says nothing for so long. */
export const IDLE_MS = 20_000

/** How far a phone that is known has come; kept with what it is known by. */
export interface SyncCursor {
  /** The newest run that it acknowledged; 0: none. */
  cursor: number
}

/** What record access says to the phone. Values are good until the call returns. */
export interface RecordSink {
  respond(response: Uint8Array): void
  chunk(chunk: Uint8Array): void
  /** What a record, or the device, threw. */
  failed(error: unknown): void
}

export class RecordAccess {
  /** The last one; none before the first. */
  response = encode(ACCESS_RESPONSE, { request: 0, result: AccessResult.none, transfer: 0, number: 0 })
  private readonly device: Pick<DeviceModel, "runs" | "bends">
  private readonly sink: RecordSink
  private readonly phone: SyncCursor
  private transfer: RecordTransfer | undefined
  private selected: WantedRecord | undefined
  private selectedOffset = 0

  constructor(device: Pick<DeviceModel, "runs" | "bends">, sink: RecordSink, phone: SyncCursor) {
    this.device = device
    this.sink = sink
    this.phone = phone
  }

  get isTransferring(): boolean {
    return this.transfer !== undefined
  }

  /**
   * @param chunkBytes that a notification carries
   * @returns 0, or the ATT error code that refuses a value which is no request; then nothing has changed
   */
  request(value: Uint8Array, chunkBytes: number): number {
    const code = value[0]
    if (code === undefined) return AttError.invalidLength.code
    try {
      return this.handle(code as AccessRequest, value, chunkBytes)
    } catch (error) {
      this.sink.failed(error)
      if (this.transfer && (code === AccessRequest.fetch || code === AccessRequest.more))
        this.endTransfer(AccessResult.notCompleted)
      else this.respond(code, AccessResult.notCompleted, code === AccessRequest.fetch ? value[8] : 0)
      return 0
    }
  }

  /** The selected record's head, and as many of its bytes as a value holds; of kind none when nothing is selected that is there. */
  part(): Uint8Array {
    const record = this.selected
    const offset = this.selectedOffset
    const room = VALUE_LIMIT_BYTES - RECORD_HEAD_BYTES
    if (record) {
      const part = new Uint8Array(RECORD_HEAD_BYTES + Math.min(room, record.bytes.length - offset))
      record.writeHead(part, 0, offset)
      try {
        if (record.bytes.copy(offset, part.subarray(RECORD_HEAD_BYTES))) return part
      } catch (error) {
        this.sink.failed(error)
      }
      this.selected = undefined
    }
    return new Uint8Array(RECORD_HEAD_BYTES)
  }

  /** To be called about once a second. */
  tick(nowMs: number): void {
    const transfer = this.transfer
    if (!transfer) return
    if (transfer.isHeard) {
      transfer.isHeard = false
      transfer.heardMs = nowMs
    } else if (((nowMs - transfer.heardMs) | 0) >= IDLE_MS) this.endTransfer(AccessResult.notCompleted)
  }

  private handle(code: AccessRequest, value: Uint8Array, chunkBytes: number): number {
    switch (code) {
      case AccessRequest.fetch:
        return this.fetch(value, chunkBytes)
      case AccessRequest.more:
        return this.more(value)
      case AccessRequest.abort:
        return this.abort(value)
      case AccessRequest.acknowledge:
        return this.acknowledge(value)
      case AccessRequest.select:
        return this.select(value)
      case AccessRequest.count:
      case AccessRequest.delete:
        return this.countOrDelete(code, value)
      default:
        return this.respond(code, AccessResult.notSupported)
    }
  }

  private fetch(value: Uint8Array, chunkBytes: number): number {
    const wanted = parseWrite(FETCH_REQUEST, value)
    if (typeof wanted === "number") return wanted
    const { transfer, offset, window } = wanted
    this.transfer = undefined
    const record = this.find(wanted)
    if (typeof record === "number") return this.respond(AccessRequest.fetch, record, transfer)
    if (offset > record.bytes.length)
      return this.respond(AccessRequest.fetch, AccessResult.offsetPastEnd, transfer, record.bytes.length)
    this.transfer = new RecordTransfer(transfer, record, offset, chunkBytes)
    this.send(this.transfer, window)
    return 0
  }

  private more(value: Uint8Array): number {
    const wanted = parseWrite(MORE_REQUEST, value)
    if (typeof wanted === "number") return wanted
    const transfer = this.transfer
    if (transfer?.id !== wanted.transfer)
      return this.respond(AccessRequest.more, AccessResult.invalidOperand, wanted.transfer)
    this.send(transfer, wanted.window)
    return 0
  }

  private send(transfer: RecordTransfer, window: number): void {
    transfer.isHeard = true
    for (let left = window; left > 0; left--) {
      const chunk = transfer.next()
      if (chunk) this.sink.chunk(chunk)
      if (chunk && !transfer.isAtEnd) continue
      this.endTransfer(chunk ? AccessResult.success : AccessResult.notCompleted)
      return
    }
  }

  private abort(value: Uint8Array): number {
    const wanted = parseWrite(ABORT_REQUEST, value)
    if (typeof wanted === "number") return wanted
    const transfer = this.transfer
    if (!transfer) return this.respond(AccessRequest.abort, AccessResult.nothingToAbort)
    this.transfer = undefined
    return this.respond(AccessRequest.abort, AccessResult.success, transfer.id)
  }

  private acknowledge(value: Uint8Array): number {
    const wanted = parseWrite(ACKNOWLEDGE_REQUEST, value)
    if (typeof wanted === "number") return wanted
    const { runId, crc } = wanted
    const { runs } = this.device
    const record = runs.open(runId)
    let result: AccessResult = AccessResult.success
    if (!record) result = AccessResult.noRecords
    else if (record.crc !== crc) result = AccessResult.crcDiffers
    else if (!runs.acknowledge(runId)) result = AccessResult.notCompleted
    else if (runId > this.phone.cursor) this.phone.cursor = runId
    return this.respond(AccessRequest.acknowledge, result, 0, runId)
  }

  private select(value: Uint8Array): number {
    const wanted = parseWrite(SELECT_REQUEST, value)
    if (typeof wanted === "number") return wanted
    const { kind, runId, offset } = wanted
    const held = this.selected
    // From its beginning a record is taken anew: the list and the bends grow.
    const isHeld = offset > 0 && held?.kind === kind && held.runId === runId
    const record = isHeld ? held : this.find(wanted)
    if (typeof record === "number") return this.respond(AccessRequest.select, record)
    const { length } = record.bytes
    if (offset > length) return this.respond(AccessRequest.select, AccessResult.offsetPastEnd, 0, length)
    this.selected = record
    this.selectedOffset = offset
    return this.respond(AccessRequest.select, AccessResult.success, 0, length)
  }

  private countOrDelete(code: AccessRequest, value: Uint8Array): number {
    const wanted = parseWrite(SELECTION_REQUEST, value)
    if (typeof wanted === "number") return wanted
    const { runs } = this.device
    const range = rangeOf(runs, wanted)
    if (!range) return this.respond(code, AccessResult.invalidOperand)
    const count = countWithin(runs, range)
    if (code === AccessRequest.count) return this.respond(code, AccessResult.success, 0, count)
    if (count === 0) return this.respond(code, AccessResult.noRecords)
    const deleted = runs.dropWithin(range.first, range.last)
    return this.respond(code, deleted > 0 ? AccessResult.success : AccessResult.notAcknowledged, 0, deleted)
  }

  /** A record, or why there is none. */
  private find({ kind, runId }: { kind: number; runId: number }): WantedRecord | AccessResult {
    const { runs } = this.device
    if (kind === RecordKind.list)
      return new WantedRecord(kind, runId, new RunListBytes(runs, runId, this.phone.cursor))
    if (kind === RecordKind.run) {
      const bytes = runs.open(runId)
      return bytes ? new WantedRecord(kind, runId, bytes) : AccessResult.noRecords
    }
    if (runId !== 0) return AccessResult.invalidOperand
    return new WantedRecord(RecordKind.bends, 0, new HeldBytes(encodeBends(this.device.bends()), 0))
  }

  private endTransfer(result: AccessResult): void {
    const transfer = this.transfer
    this.transfer = undefined
    if (transfer) this.respond(AccessRequest.fetch, result, transfer.id, transfer.offset)
  }

  private respond(request: number, result: AccessResult, transfer = 0, number = 0): number {
    this.response = encode(ACCESS_RESPONSE, { request, result, transfer, number })
    this.sink.respond(this.response)
    return 0
  }
}
