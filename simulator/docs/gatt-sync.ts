/** How a phone gets its runs, told for docs/gatt.md with an example that the firmware's own record access answers. */
import { toHex } from "../../hosts/virtual/protocol"
import { encode } from "../../src/ble/fields"
import { IDLE_MS, RecordAccess } from "../../src/ble/record-access"
import { FETCH_REQUEST, MORE_REQUEST, RecordKind, SELECT_REQUEST } from "../../src/ble/record-layouts"
import { encodeRunRecord } from "../../src/ble/run-codec"
import { crc32 } from "../../src/storage/crc32"
import { HeldBytes } from "../../src/storage/record-bytes"
import { EXAMPLE_FIRMWARE, EXAMPLE_RUN } from "./example-run"
import { markdownTable } from "./markdown-table"

/** The smallest MTU of Bluetooth LE, less opcode and handle. */
const EXAMPLE_MTU = 23
const CHUNK_BYTES = EXAMPLE_MTU - 3
const WINDOW = 8
const TRANSFER = 1
const MS_PER_S = 1000
/** Printed before the last. */
const SHOWN_CHUNKS = 4
const BYTES_A_LINE = 16

export function syncSection(): string[] {
  const record = encodeRunRecord(EXAMPLE_RUN, EXAMPLE_FIRMWARE)
  const { chunks, response } = transferOf(record)
  const shown = [...chunks.slice(0, SHOWN_CHUNKS), undefined, ...chunks.slice(-1)]
  return [
    "## How to sync",
    "By notifications:",
    "1. Subscribe to *Record access* and *Records*. Fetch the run list: kind 1, run 0, offset 0, a number for the transfer, a window.\n" +
      "2. The first chunk says how long the record is. After as many chunks as the window allows, write *more*; with the last byte comes the response.\n" +
      "3. For every run that you do not have, do the same with kind 2 and its number; check the CRC, store the record, then *acknowledge* it.\n" +
      "4. A sequence number that does not follow, no chunk for some seconds, a lost link: fetch again, with another transfer number, from the offset that you " +
      "have. If the head then has another length or CRC, begin at 0.",
    `A transfer whose phone is silent for ${IDLE_MS / MS_PER_S} s ends. Runs are deleted only on request, and only those that a phone, whichever, has acknowledged; ` +
      "acknowledged ones also make room for new ones. A run that is being recorded is in no list until it is closed.",
    "By reads alone, where notifications do not come:",
    `1. Write *select*: kind, run and offset. Read *Records*: the record head, then bytes of the record.\n` +
      "2. Select the offset where these bytes ended, until all are there. A head of kind 0 says that nothing is selected, or that the list has changed: " +
      "select it from 0 again. Reading twice gives the same part twice.\n" +
      "3. Acknowledge as above, and read *Record access* for the response.",
    `An example, run ${EXAMPLE_RUN.id} of ${record.length} bytes at the smallest MTU (${EXAMPLE_MTU}), with windows of ${WINDOW}, in ${chunks.length} chunks. ` +
      `Written to *Record access*: \`${spaced(fetchRequest())}\`, and after each full window \`${spaced(moreRequest())}\`. Notified by *Records*:`,
    markdownTable(
      ["sequence", "chunk"],
      shown.map((chunk) => (chunk ? [String(sequenceOf(chunk)), `\`${spaced(chunk)}\``] : ["…", "…"])),
    ),
    `Notified by *Record access* at the end: \`${spaced(response)}\`. By reads the same begins with the selection \`${spaced(selection())}\`.`,
    "The whole record:",
    `\`\`\`\n${lines(record)}\n\`\`\``,
    "which is:",
    `\`\`\`json\n${exampleJson()}\n\`\`\``,
  ]
}

function spaced(bytes: Uint8Array): string {
  return (toHex(bytes).match(/../g) ?? []).join(" ")
}

/** What the firmware makes of it. */
function transferOf(record: Uint8Array): { chunks: Uint8Array[]; response: Uint8Array } {
  const chunks: Uint8Array[] = []
  let response = new Uint8Array(0)
  const runs = {
    length: 1,
    newestId: EXAMPLE_RUN.id,
    lost: 0,
    generation: 0,
    at: () => undefined,
    open: () => new HeldBytes(record, crc32(record)),
    acknowledge: () => true,
    dropWithin: () => 0,
  }
  const sink = {
    respond: (value: Uint8Array) => {
      response = value.slice()
    },
    chunk: (value: Uint8Array) => void chunks.push(value.slice()),
    failed: (error: unknown) => {
      throw error
    },
  }
  const access = new RecordAccess({ runs, bends: () => ({ bends: [], bendsDropped: 0 }) }, sink, {
    cursor: 0,
  })
  access.request(fetchRequest(), CHUNK_BYTES)
  while (response.length === 0) access.request(moreRequest(), CHUNK_BYTES)
  return { chunks, response }
}

function fetchRequest(): Uint8Array {
  return encode(FETCH_REQUEST, {
    kind: RecordKind.run,
    runId: EXAMPLE_RUN.id,
    offset: 0,
    transfer: TRANSFER,
    window: WINDOW,
  })
}

function moreRequest(): Uint8Array {
  return encode(MORE_REQUEST, { transfer: TRANSFER, window: WINDOW })
}

function selection(): Uint8Array {
  return encode(SELECT_REQUEST, { kind: RecordKind.run, runId: EXAMPLE_RUN.id, offset: 0 })
}

function sequenceOf(chunk: Uint8Array): number {
  return new DataView(chunk.buffer).getUint16(1, true)
}

/** One line a field. */
function exampleJson(): string {
  const fields = Object.entries({ firmware: EXAMPLE_FIRMWARE, ...EXAMPLE_RUN })
  return `{\n${fields.map(([name, value]) => `  "${name}": ${JSON.stringify(value)}`).join(",\n")}\n}`
}

function lines(bytes: Uint8Array): string {
  const rows: string[] = []
  for (let at = 0; at < bytes.length; at += BYTES_A_LINE) {
    rows.push(`${String(at).padStart(4)}  ${spaced(bytes.subarray(at, at + BYTES_A_LINE))}`)
  }
  return rows.join("\n")
}
