/** The record of a run, held against its entry: type, version, number and length are those of the entry, and the CRC is of all of it. */
import { crc32 } from "node:zlib"
import { DATA_AT, type Entry } from "./directory"
import type { Findings, FlashImage } from "./image"
import { RECORD_HEAD_BYTES, RecordType, recordAt, recordBytes } from "./records"

const VERSION = 1
const CRC_AT = 8

/** @returns the payload, also where only the header is damaged; undefined when it is not as it was written */
export function checkRecord(
  image: FlashImage,
  { run, recordAt: at, length, at: slotAt, end: slotEnd, segment }: Entry,
  { damages, notes }: Findings,
): Uint8Array | undefined {
  if (at < segment.start + DATA_AT || at + recordBytes(length) > segment.end) {
    const what = `run ${run}: by its entry the record would lie outside of its segment`
    damages.push({ byte: slotAt, bytes: slotEnd - slotAt, what })
    return undefined
  }
  const payloadAt = at + RECORD_HEAD_BYTES
  const end = payloadAt + length
  if (end > image.size) {
    damages.push({ byte: image.size, bytes: 0, what: `run ${run}: the image ends before its record does` })
    return undefined
  }
  const payload = image.slice(payloadAt, end)
  const isProved = expectedCrc(image, run, payloadAt, length) === image.u32(at + CRC_AT)
  const record = recordAt(image, at, segment.end)
  if (record && record.version !== VERSION) {
    const what = `run ${run}: a record of version ${record.version}, which this reader does not know`
    notes.push({ byte: at, bytes: end - at, what })
    return undefined
  }
  if (!record) {
    const what = isProved ? "is damaged; its payload is whole" : "is damaged, so its payload cannot be proved"
    damages.push({ byte: at, bytes: RECORD_HEAD_BYTES, what: `run ${run}: the header of its record ${what}` })
  } else if (record.type !== RecordType.run || record.sequence !== run || record.length !== length) {
    const what = `type ${record.type}, number ${record.sequence}, ${record.length} bytes; by its entry ${RecordType.run}, ${run}, ${length}`
    damages.push({ byte: at, bytes: RECORD_HEAD_BYTES, what: `run ${run}: its record is of ${what}` })
  } else if (!isProved)
    damages.push({ byte: payloadAt, bytes: length, what: `run ${run}: CRC of the payload does not match` })
  return isProved ? payload : undefined
}

/** The CRC that the record would have: of the payload and of its header as it ought to be. */
function expectedCrc(image: FlashImage, run: number, payloadAt: number, length: number): number {
  const head = new DataView(new ArrayBuffer(CRC_AT))
  head.setUint8(0, RecordType.run)
  head.setUint8(1, VERSION)
  head.setUint16(2, length, true)
  head.setUint32(4, run, true)
  return crc32(new Uint8Array(head.buffer), image.crc(payloadAt, payloadAt + length))
}
