/** A record by reads alone, for phones whose notifications do not come: select an offset, read what a value holds, go on where it ended. */
import { decode, encode, rowBytes } from "../../src/ble/fields"
import { PATELLA } from "../../src/ble/profile"
import {
  ACCESS_RESPONSE,
  AccessRequest,
  AccessResult,
  RECORD_HEAD,
  RecordKind,
  SELECT_REQUEST,
} from "../../src/ble/record-layouts"
import type { GattTransport } from "./gatt-transport"
import type { PartRecord } from "./part-record"
import type { IsAborted } from "./record-fetch"

const { recordAccess, records } = PATELLA.characteristics
const HEAD_BYTES = rowBytes(RECORD_HEAD.head)
/** Without a byte more, until it is given up. */
const TRIES = 3
/** It begins anew with each run that closes meanwhile. */
const LIST_TRIES = 10

/** @throws what the transport throws; `part` then has what came */
export async function readRecord(
  transport: GattTransport,
  part: PartRecord,
  isAborted: IsAborted = () => false,
): Promise<"whole" | "gone" | "failed" | "aborted"> {
  const isList = part.kind === RecordKind.list
  let tries = 0
  for (;;) {
    if (isAborted()) return "aborted"
    const before = part.length
    const end = await readOnce(transport, part)
    if (part.isWhole) {
      if (part.isSound) return "whole"
      part.reset()
    }
    if (end === "gone") return end
    if (part.length > before) tries = 0
    else if (++tries === (isList ? LIST_TRIES : TRIES)) return "failed"
  }
}

/** One selection and what it gives. */
async function readOnce(transport: GattTransport, part: PartRecord): Promise<"some" | "gone" | "failed"> {
  const { kind, runId, length } = part
  await transport.write(recordAccess.uuid, encode(SELECT_REQUEST, { kind, runId, offset: length }))
  const value = await transport.read(records.uuid)
  if (value.length < HEAD_BYTES) return "failed"
  const head = decode(RECORD_HEAD, value.subarray(0, HEAD_BYTES))
  if (part.begin(head)) return part.add(value.subarray(HEAD_BYTES)) ? "some" : "failed"
  // It has changed: what came of it is of no use.
  if (kind === RecordKind.list && head.kind === 0) part.reset()
  const { request, result } = decode(ACCESS_RESPONSE, await transport.read(recordAccess.uuid))
  if (request === AccessRequest.select && result === AccessResult.noRecords) return "gone"
  if (request === AccessRequest.select && result === AccessResult.offsetPastEnd) part.reset()
  return "failed"
}
