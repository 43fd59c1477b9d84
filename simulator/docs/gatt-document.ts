/**
 * Writes docs/gatt.md from the profile, the layouts, the settings and the codec: `npm run docs`. The document says what the
 * code does because the code works by the same tables; a test checks that the file is current.
 */
import { type Field, fieldRange, type Layout, rowBytes } from "../../src/ble/fields"
import { PROTOCOL_VERSION } from "../../src/ble/layouts"
import {
  AttError,
  type CharacteristicProfile,
  PATELLA,
  SERVICES,
  type ServiceProfile,
  VALUE_LIMIT_BYTES,
} from "../../src/ble/profile"
import { ACCESS_REQUESTS, ACCESS_RESPONSE, CHUNK, RECORD_HEAD } from "../../src/ble/record-layouts"
import { RUN_SUMMARY_BYTES } from "../../src/ble/run-codec"
import { BENDS, RUN_LIST, RUN_RECORD, RUN_SUMMARY } from "../../src/ble/run-layouts"
import { UPDATE_REQUESTS } from "../../src/ble/update-layouts"
import { DEFAULT_NAME } from "../../src/storage/device-name"
import { SETTINGS } from "../../src/storage/settings"
import { syncSection } from "./gatt-sync"
import { markdownTable } from "./markdown-table"

export const GATT_DOCUMENT_PATH = "docs/gatt.md"

export function gattDocument(): string {
  return [
    "<!-- Written by `npm run docs` from src/ble: change it there. -->",
    "# Patella over Bluetooth LE",
    `Version ${PROTOCOL_VERSION} of the profile. Each device advertises as "${DEFAULT_NAME}", whatever the wearer calls it, with the service ` +
      `\`${PATELLA.uuid}\`, to one phone at a time. Everything can be had by reads and writes; notifications only save ` +
      "asking again. Numbers are little-endian, without padding; a number too large for its field is sent as the largest. " +
      "Times are ms since the device's boot: *Identity* places them. " +
      `A value has at most ${VALUE_LIMIT_BYTES} bytes; one longer than the MTU − 1 takes a long read, which most phones do by themselves.`,
    "A phone without an app: any scanner app can read *Run summary (text)*.",
    ...SERVICES.flatMap(serviceSection),
    ...accessSections(),
    ...updateSections(),
    ...recordSections(),
    ...settingsSection(),
    ...errorSection(),
    ...syncSection(),
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
    ...characteristics.flatMap(({ name, read, write }) =>
      read === write
        ? valueSection(`### ${name}: read and write`, read)
        : [...valueSection(`### ${name}: read`, read), ...valueSection(`### ${name}: write`, write)],
    ),
  ]
}

function accessSections(): string[] {
  return [
    "## Record access",
    "What is longer than a value is a record. A request is written to *Record access*, and a response to it is notified there and can be read " +
      "afterwards; of a fetch it comes when the transfer ends. Op codes below 0x80, operators and results are those of the Bluetooth SIG's Record " +
      "Access Control Point. A value that is no request (its length, kind, operator or window) gets an ATT error and changes nothing.",
    ...ACCESS_REQUESTS.flatMap((layout) => layoutSection(`### Request: ${layout.title}`, layout)),
    ...layoutSection("### Response", ACCESS_RESPONSE),
    ...layoutSection("### Chunk", CHUNK),
    "The first chunk of a transfer, of sequence 0, goes on with the record head alone; those after it with the record's bytes.",
    ...layoutSection("### Record head", RECORD_HEAD),
  ]
}

function updateSections(): string[] {
  return [
    "## Update",
    "How an update goes, and what it takes: [update.md](update.md). A request that is none gets an ATT error; one that is, but cannot be followed " +
      "now (data that are not the next, a finish before the end), gets 0x80. Why there is no update, the state tells.",
    ...UPDATE_REQUESTS.flatMap((layout) => layoutSection(`### Update request: ${layout.title}`, layout)),
  ]
}

function valueSection(heading: string, value: CharacteristicProfile["read" | "write"]): string[] {
  return value && "head" in value ? layoutSection(heading, value) : []
}

function recordSections(): string[] {
  return [
    "## Records",
    `A record with another version than the one told here is ` +
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
    "A page in a browser sees no ATT error code, only that the write failed, and on some boards not even that: what became of a request to record " +
      "access is in its response.",
  ]
}

function properties({ read, write, notify }: CharacteristicProfile): string[] {
  return [...(read ? ["read"] : []), ...(write ? ["write"] : []), ...(notify ? ["notify"] : [])]
}

/** 16-bit UUIDs as the Bluetooth SIG prints them. */
function shown(uuid: string): string {
  return uuid.includes("-") ? uuid : `0x${uuid.toUpperCase()}`
}

function hexByte(value: number): string {
  return value.toString(16).padStart(2, "0")
}
