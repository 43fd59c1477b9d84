/**
 * Record access: how a phone gets at records longer than a value. Requests, responses and chunks are modelled on the Bluetooth SIG's Record
 * Access Control Point (GATT Specification Supplement, "Record Access Control Point"): its op codes, operators and response values, and some of
 * our own from 0x80 on.
 */
import { constant } from "../constant"
import type { Layout } from "./fields"
import { runId } from "./units"

/** `list`: the run list, runs from `runId` on. */
export const RecordKind = constant({ list: 1, run: 2, bends: 3 } as const)
export type RecordKind = (typeof RecordKind)[keyof typeof RecordKind]

export const AccessRequest = constant({
  delete: 0x02,
  abort: 0x03,
  count: 0x04,
  fetch: 0x80,
  more: 0x81,
  acknowledge: 0x82,
  select: 0x83,
} as const)
export type AccessRequest = (typeof AccessRequest)[keyof typeof AccessRequest]

/** Which runs, by their numbers. */
export const Operator = constant({ all: 1, upTo: 2, from: 3, within: 4, first: 5, last: 6 } as const)
export type Operator = (typeof Operator)[keyof typeof Operator]

export const AccessResult = constant({
  none: 0,
  success: 1,
  notSupported: 2,
  invalidOperand: 5,
  noRecords: 6,
  nothingToAbort: 7,
  notCompleted: 8,
  notAcknowledged: 0x80,
  crcDiffers: 0x81,
  offsetPastEnd: 0x82,
} as const)
export type AccessResult = (typeof AccessResult)[keyof typeof AccessResult]

/** Notifications that the SDK's stack has buffers for. It does not say when they run out, so the phone asks for as many as it has had. */
export const WINDOW_MAX = 12

const request = constant({ name: "request", type: "u8" } as const)
const transfer = constant({
  name: "transfer",
  type: "u8",
  description: "Chosen by the phone: tells the chunks of one fetch from those of the one before",
} as const)
const window = constant({
  name: "window",
  type: "u8",
  min: 1,
  max: WINDOW_MAX,
  description: "Chunks that the device sends before it waits for more; the first counts, too",
} as const)
const kind = constant({ name: "kind", type: "u8", codes: RecordKind, description: "Which record" } as const)
const offset = constant({
  name: "offset",
  type: "u32",
  unit: "bytes",
  description: "Where in the record the bytes that follow begin",
} as const)
const totalBytes = constant({
  name: "totalBytes",
  type: "u32",
  unit: "bytes",
  description: "Length of the whole record",
} as const)
const crc = constant({
  name: "crc",
  type: "u32",
  description:
    "Of a run: CRC-32 (IEEE 802.3) of the whole record. Of the list a number that is another when runs came or went; of bends 0",
} as const)
const recordRunId = constant({
  ...runId,
  description: "Of kind run: its number; list: runs from this number on; bends: 0",
} as const)

/** Delete and count. */
export const SELECTION_REQUEST = constant({
  title: "delete, count",
  head: [
    {
      ...request,
      codes: { delete: AccessRequest.delete, count: AccessRequest.count },
      description: "Delete runs that a phone has whole, or count",
    },
    {
      name: "operator",
      type: "u8",
      codes: Operator,
      description: "upTo: up to the last; from: from the first on; within: both; first, last: of all",
    },
    { name: "firstRun", type: "u16", description: "Of from and within; 0 for the others" },
    { name: "lastRun", type: "u16", description: "Of upTo and within; 0 for the others" },
  ],
} as const satisfies Layout)

export const ABORT_REQUEST = constant({
  title: "abort",
  head: [{ ...request, constant: AccessRequest.abort, description: "Ends the transfer" }],
} as const satisfies Layout)

export const FETCH_REQUEST = constant({
  title: "fetch",
  head: [
    {
      ...request,
      constant: AccessRequest.fetch,
      description: "Sends a record in chunks; a transfer that is open ends without a word",
    },
    kind,
    recordRunId,
    offset,
    transfer,
    window,
  ],
} as const satisfies Layout)

export const MORE_REQUEST = constant({
  title: "more",
  head: [
    { ...request, constant: AccessRequest.more, description: "Goes on with the transfer" },
    transfer,
    window,
  ],
} as const satisfies Layout)

export const ACKNOWLEDGE_REQUEST = constant({
  title: "acknowledge",
  head: [
    {
      ...request,
      constant: AccessRequest.acknowledge,
      description: "The phone has this run whole, and it may make room for others",
    },
    { ...runId, description: "Which run" },
    { name: "crc", type: "u32", description: "CRC-32 of the record as the phone has it" },
  ],
} as const satisfies Layout)

export const SELECT_REQUEST = constant({
  title: "select",
  head: [
    { ...request, constant: AccessRequest.select, description: "Says what reads of the records give" },
    kind,
    recordRunId,
    offset,
  ],
} as const satisfies Layout)

export const ACCESS_RESPONSE = constant({
  title: "response",
  head: [
    {
      ...request,
      description:
        "The op code that is answered, known or not; of a transfer that ends: fetch (128); 0 before the first request",
    },
    { name: "result", type: "u8", codes: AccessResult, description: "none before the first request" },
    { name: "transfer", type: "u8", description: "Of fetch, more and abort; 0 for the others" },
    {
      name: "number",
      type: "u32",
      description:
        "Count, delete: runs; fetch, select: the record's bytes, of a fetch that ended early those sent; acknowledge: the run",
    },
  ],
} as const satisfies Layout)

/** What can be written to record access. */
export const ACCESS_REQUESTS = constant([
  FETCH_REQUEST,
  MORE_REQUEST,
  ABORT_REQUEST,
  ACKNOWLEDGE_REQUEST,
  SELECT_REQUEST,
  SELECTION_REQUEST,
] as const satisfies readonly Layout[])

/** Chunk 0 of a transfer holds RECORD_HEAD, those after it the record's bytes. */
export const CHUNK = constant({
  title: "chunk",
  head: [
    transfer,
    { name: "sequence", type: "u16", description: "Counts up from 0, which holds the record's head alone" },
  ],
} as const satisfies Layout)

/** What a chunk 0, or a read of the selected record, begins with. */
export const RECORD_HEAD = constant({
  title: "record head",
  head: [{ ...kind, codes: { none: 0, ...RecordKind } }, recordRunId, totalBytes, offset, crc],
} as const satisfies Layout)
