/**
 * Writes docs/gatt.md from the profile, the layouts, the settings and the codec: `npm run docs`. The document says what the
 * code does because the code works by the same tables; a test checks that the file is current.
 */
import { toHex } from "../../hosts/virtual/protocol"
import { encode, type Field, fieldRange, type Layout, rowBytes } from "../../src/ble/fields"
import { PROTOCOL_VERSION, RECORD_SELECTOR, RecordKind } from "../../src/ble/layouts"
import {
  AttError,
  type CharacteristicProfile,
  PATELLA,
  SERVICES,
  type ServiceProfile,
  VALUE_LIMIT_BYTES,
} from "../../src/ble/profile"
import { RecordSelection } from "../../src/ble/record-selection"
import { encodeRunRecord, RUN_SUMMARY_BYTES } from "../../src/ble/run-codec"
import { BENDS, RUN_LIST, RUN_RECORD, RUN_SUMMARY } from "../../src/ble/run-layouts"
import { DEFAULT_NAME } from "../../src/storage/device-name"
import { SETTINGS } from "../../src/storage/settings"
import { EXAMPLE_FIRMWARE, EXAMPLE_RUN } from "./example-run"
import { markdownTable } from "./markdown-table"

export const GATT_DOCUMENT_PATH = "docs/gatt.md"

/** The smallest MTU of Bluetooth LE. */
const EXAMPLE_MTU = 23

export function gattDocument(): string {
  return [
    "<!-- Written by `npm run docs` from src/ble: change it there. -->",
    "# Patella over Bluetooth LE",
    `Version ${PROTOCOL_VERSION} of the profile. Each device advertises as "${DEFAULT_NAME}", whatever the wearer calls it, with the service ` +
      `\`${PATELLA.uuid}\`, to one phone at a time. Everything can be had by reads and writes; notifications only save ` +
      "asking again. Numbers are little-endian, without padding; a number too large for its field is sent as the largest. " +
      "Times are ms since the device's boot: *Clock* places them. " +
      `A value has at most ${VALUE_LIMIT_BYTES} bytes; one longer than the MTU − 1 takes a long read, which most phones do by themselves.`,
    "A phone without an app: any scanner app can read *Run summary (text)*.",
    ...SERVICES.flatMap(serviceSection),
    ...recordSections(),
    ...settingsSection(),
    ...errorSection(),
    ...exampleSection(),
    "",
  ].join("\n\n")
}

function serviceSection(service: ServiceProfile): string[] {
  const characteristics = Object.values(service.characteristics)
  return [
    `## ${service.name} \`${shown(service.uuid)}\``,
    markdownTable(
      ["characteristic", "UUID", "properties", "value"],
      characteristics.map((characteristic) => [
        characteristic.name,
        `\`${shown(characteristic.uuid)}\``,
        properties(characteristic).join(", "),
        characteristic.description,
      ]),
    ),
    ...(service.uuid === PATELLA.uuid ? ["Each of them has its name as user description (0x2901)."] : []),
    ...characteristics.flatMap(({ name, read, write }) => [
      ...(read && "head" in read ? layoutSection(`### ${name}: read`, read) : []),
      ...(write && "head" in write ? layoutSection(`### ${name}: write`, write) : []),
    ]),
  ]
}

function recordSections(): string[] {
  return [
    "## Records",
    `What the record selector can choose: ${codes(RecordKind)}. A record with another version than the one told here is ` +
      `refused by our reader. The first ${RUN_SUMMARY_BYTES} bytes of a run record are the run summary.`,
    ...layoutSection("### Run list", RUN_LIST),
    ...layoutSection("### Run record", RUN_RECORD, RUN_SUMMARY),
    ...layoutSection("### Bends", BENDS),
  ]
}

/** `begun` is a layout that has a table already and whose fields this one begins with. */
function layoutSection(heading: string, layout: Layout, begun?: Layout): string[] {
  const toldFields = begun?.head ?? []
  return [
    heading,
    ...(begun ? [`The fields of the ${begun.title}, then:`] : []),
    fieldTable(layout.head.slice(toldFields.length), "", rowBytes(toldFields)),
    ...Object.entries(layout.lists ?? {}).flatMap(([name, fields]) => [
      `Each of the *${name}*, ${rowBytes(fields)} bytes:`,
      fieldTable(fields, "+"),
    ]),
  ]
}

function fieldTable(fields: readonly Field[], sign: string, start = 0): string {
  let offset = start
  const rows = fields.map((field) => {
    const row = [sign + offset, field.name, typeOf(field), unitOf(field), rangeOf(field), meaningOf(field)]
    offset += rowBytes([field])
    return row
  })
  return markdownTable(["offset", "field", "type", "unit", "range", "meaning"], rows)
}

function typeOf({ type, repeat }: Field): string {
  return repeat === undefined ? type : `${type} × ${repeat}`
}

function unitOf({ unit = "", scale }: Field): string {
  return scale === undefined ? unit : `${scale} ${unit}`
}

function rangeOf(field: Field): string {
  if (field.constant !== undefined) return String(field.constant)
  if (field.codes || field.bits) return ""
  const { min, max } = fieldRange(field)
  return `${min} to ${max}`
}

function meaningOf({ description, codes: named, bits }: Field): string {
  if (named) return `${codes(named)}. ${description}`
  return bits ? `Bits ${codes(bits)}. ${description}` : description
}

function codes(named: Readonly<Record<string, number>>): string {
  return Object.entries(named)
    .map(([name, code]) => `${code} ${name}`)
    .join(", ")
}

function settingsSection(): string[] {
  const rows = SETTINGS.map((setting) => [
    String(setting.id),
    `\`${setting.name}\``,
    setting.unit,
    `${setting.min} to ${setting.max}`,
    String(setting.default),
    setting.description,
  ])
  return ["## Table of settings", markdownTable(["id", "name", "unit", "range", "default", "meaning"], rows)]
}

function errorSection(): string[] {
  const rows = Object.values(AttError).map(({ code, description }) => [`0x${hexByte(code)}`, description])
  return [
    "## Errors",
    markdownTable(["ATT error", "meaning"], rows),
    "A page in a browser sees no ATT error code, only that the write failed; what the record data's head says then tells " +
      "which selection holds.",
  ]
}

function exampleSection(): string[] {
  const record = encodeRunRecord(EXAMPLE_RUN, EXAMPLE_FIRMWARE)
  const selection = new RecordSelection()
  selection.select(RecordKind.run, EXAMPLE_RUN.id, record)
  const steps: string[][] = []
  let offset = 0
  while (offset < record.length) {
    selection.seek(offset)
    const part = selection.part(EXAMPLE_MTU)
    const select = encode(RECORD_SELECTOR, { kind: RecordKind.run, runId: EXAMPLE_RUN.id, offset })
    steps.push([String(offset), `\`${spaced(select)}\``, `\`${spaced(part)}\``])
    offset += part.length - rowBytes(PATELLA.characteristics.recordData.read.head)
  }
  const shownSteps = [...steps.slice(0, EXAMPLE_STEPS), ["…", "…", "…"], ...steps.slice(-1)]
  return [
    "## How to read a run by reads alone",
    "1. Select the run list: write kind 1, run 0, offset 0 to the record selector.\n" +
      "2. Read the record data. Its head says how long the record is (*totalBytes*) and where the bytes after it belong (*offset*).\n" +
      "3. Go on with the offset where these bytes ended, until all are there. The length of a part follows from the MTU alone; " +
      "reading twice gives the same part twice.\n" +
      "4. For every run in the list do the same with kind 2 and its id; with kind 3 for the bends.",
    "A record is held from its selection at offset 0 on: parts read later fit the earlier ones, even while the list grows. " +
      "After a lost link, select the offset where you stopped.",
    `An example, run 1 of ${record.length} bytes at the smallest MTU (${EXAMPLE_MTU}), in ${steps.length} parts:`,
    markdownTable(["offset", "write to the record selector", "read from the record data"], shownSteps),
    "The whole record:",
    `\`\`\`\n${lines(record)}\n\`\`\``,
    "which is:",
    `\`\`\`json\n${exampleJson()}\n\`\`\``,
  ]
}

/** One line a field. */
function exampleJson(): string {
  const fields = Object.entries({ firmware: EXAMPLE_FIRMWARE, ...EXAMPLE_RUN })
  return `{\n${fields.map(([name, value]) => `  "${name}": ${JSON.stringify(value)}`).join(",\n")}\n}`
}

/** Parts printed before the last. */
const EXAMPLE_STEPS = 3
const BYTES_A_LINE = 16

function lines(bytes: Uint8Array): string {
  const rows: string[] = []
  for (let at = 0; at < bytes.length; at += BYTES_A_LINE) {
    rows.push(`${String(at).padStart(4)}  ${spaced(bytes.subarray(at, at + BYTES_A_LINE))}`)
  }
  return rows.join("\n")
}

function properties({ read, write, notify }: CharacteristicProfile): string[] {
  return [...(read ? ["read"] : []), ...(write ? ["write"] : []), ...(notify ? ["notify"] : [])]
}

/** 16-bit UUIDs as the Bluetooth SIG prints them. */
function shown(uuid: string): string {
  return uuid.includes("-") ? uuid : `0x${uuid.toUpperCase()}`
}

function spaced(bytes: Uint8Array): string {
  return (toHex(bytes).match(/../g) ?? []).join(" ")
}

function hexByte(value: number): string {
  return value.toString(16).padStart(2, "0")
}
