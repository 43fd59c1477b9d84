/** A record by notifications: windows of numbered chunks. Whatever is amiss with them, it goes on with the bytes that it has. */
import { decode, rowBytes } from "../../src/ble/fields"
import {
  AccessRequest,
  AccessResult,
  CHUNK,
  FETCH_REQUEST,
  MORE_REQUEST,
  RECORD_HEAD,
} from "../../src/ble/record-layouts"
import type { PartRecord } from "./part-record"
import type { AccessResponse, RecordAccess } from "./record-access"

/** Fewer than the device has buffers for: the status and live values are notified, too. */
const WINDOW = 8
/** Longer than a link that is up needs to send a packet again and again. */
const CHUNK_LIMIT_MS = 3000
/** Without a byte more, until it is given up. */
const TRIES = 3
const CHUNK_HEAD_BYTES = rowBytes(CHUNK.head)
const RECORD_HEAD_BYTES = rowBytes(RECORD_HEAD.head)
const SEQUENCES = 0x10000

/** `gone`: there is no such record. `unheard`: notifications do not come as they were sent. `failed`: the device cannot send it. */
export type FetchEnd = "whole" | "gone" | "unheard" | "failed" | "aborted"

/** Asked again and again whether the user has had enough. */
export type IsAborted = () => boolean

/** @throws what the transport throws, and when the link is lost; `part` then has what came */
export async function fetchRecord(
  access: RecordAccess,
  part: PartRecord,
  isAborted: IsAborted = () => false,
): Promise<FetchEnd> {
  let tries = 0
  for (;;) {
    const before = part.length
    const end = await fetchOnce(access, part, isAborted)
    if (end === "aborted") return leave(access, end)
    if (end === "whole" && !part.isSound) part.reset()
    else if (end === "whole" || end === "gone") return end
    if (part.length > before) tries = 0
    else if (++tries === TRIES) return end === "failed" ? end : leave(access, "unheard")
  }
}

/** Otherwise the device would tell, some time later, that it waited in vain. */
async function leave(access: RecordAccess, end: FetchEnd): Promise<FetchEnd> {
  await access.abort()
  return end
}

/** One transfer, up to the first thing that is amiss. */
async function fetchOnce(access: RecordAccess, part: PartRecord, isAborted: IsAborted): Promise<FetchEnd> {
  const { kind, runId } = part
  const transfer = access.nextTransfer()
  await access.request(FETCH_REQUEST, { kind, runId, offset: part.length, transfer, window: WINDOW }, true)
  let sequence = 0
  for (;;) {
    const note = await access.next(CHUNK_LIMIT_MS)
    if (isAborted()) return "aborted"
    if (!note) return "unheard"
    if ("response" in note) {
      const end = endOf(note.response, transfer, part)
      if (end) return end
      continue
    }
    const { chunk } = note
    if (chunk.length < CHUNK_HEAD_BYTES || chunk[0] !== transfer) continue
    const head = decode(CHUNK, chunk.subarray(0, CHUNK_HEAD_BYTES))
    const ahead = (head.sequence - sequence + SEQUENCES) % SEQUENCES
    // One that has come before.
    if (ahead > SEQUENCES / 2) continue
    if (ahead > 0) return "unheard"
    const bytes = chunk.subarray(CHUNK_HEAD_BYTES)
    if (!(sequence === 0 ? isBegun(part, bytes) : part.add(bytes))) return "unheard"
    sequence++
    if (part.isWhole) return "whole"
    if (sequence % WINDOW === 0) await access.request(MORE_REQUEST, { transfer, window: WINDOW }, false)
  }
}

function isBegun(part: PartRecord, head: Uint8Array): boolean {
  return head.length === RECORD_HEAD_BYTES && part.begin(decode(RECORD_HEAD, head))
}

/** What a response says of the transfer; undefined: nothing. */
function endOf(
  { request, result, transfer }: AccessResponse,
  ours: number,
  part: PartRecord,
): FetchEnd | undefined {
  if (transfer !== ours || (request !== AccessRequest.fetch && request !== AccessRequest.more))
    return undefined
  if (result === AccessResult.noRecords) return "gone"
  if (result === AccessResult.offsetPastEnd) part.reset()
  // Success, though not all has come: chunks were lost.
  return result === AccessResult.success ? "unheard" : "failed"
}
