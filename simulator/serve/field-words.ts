/** Binary values in words, by the tables that they are encoded by (src/ble/fields.ts): "battery percent 84 %, problems motor". */
import { decode, type Field, type Layout, rowBytes } from "../../src/ble/fields"

/** Units and scales that stand at the end of a field's name; the number carries them in words. */
const UNIT_ENDING = /(Ms|S|Min|Cdeg|Percent|Permyriad|Dspm|Bytes)$/
const CAMEL_STEP = /(?<=[a-z0-9])(?=[A-Z])/
/** Longer lists are counted. */
const LISTED_MOST = 6
const DIGITS_MOST = 2

/** "pauseLimitS" → "pause limit s". */
export function nameWords(name: string): string {
  return name.split(CAMEL_STEP).join(" ").toLowerCase()
}

/** The names of the bits that are set. */
export function bitNames(value: number, bits: Readonly<Record<string, number>>): string[] {
  return Object.entries(bits).flatMap(([name, bit]) => ((value & bit) !== 0 ? [nameWords(name)] : []))
}

/** What a number stands for; undefined when nothing is known of it. */
export function codeWords(value: number, codes: Readonly<Record<string, number>>): string | undefined {
  const name = Object.entries(codes).find(([, known]) => known === value)?.[0]
  return name === undefined ? undefined : nameWords(name)
}

/** Rounded to what is read at a glance: "32°", "1.5 s". */
export function quantityWords(value: number, unit = ""): string {
  const number = Number(value.toFixed(DIGITS_MOST)).toString()
  return unit === "" || unit === "°" ? number + unit : `${number} ${unit}`
}

/** All of a value, or that it cannot be read and why. */
export function layoutWords(layout: Layout, bytes: Uint8Array): string {
  try {
    const values = decode(layout, bytes) as Record<string, unknown>
    return layout.head.flatMap((field) => fieldWords(field, values, layout)).join(", ")
  } catch (error) {
    return (error as Error).message
  }
}

/** Of a value that may have more behind its head. */
export function headWords(layout: Layout, bytes: Uint8Array): string {
  return layoutWords({ title: layout.title, head: layout.head }, bytes.subarray(0, rowBytes(layout.head)))
}

function fieldWords(field: Field, values: Record<string, unknown>, layout: Layout): string[] {
  if (field.constant !== undefined) return []
  if (field.lengthOf !== undefined) return listWords(field.lengthOf, values, layout)
  const name = nameWords(field.name.replace(UNIT_ENDING, ""))
  const value = values[field.name]
  if (typeof value !== "number")
    return [`${name} ${(value as number[]).map((item) => numberWords(item, field)).join(" ")}`]
  if (field.bits) {
    const names = bitNames(value, field.bits)
    return names.length > 0 ? [`${name}: ${names.join(" + ")}`] : []
  }
  return [`${name} ${numberWords(value, field)}`]
}

function listWords(list: string, values: Record<string, unknown>, layout: Layout): string[] {
  const rows = values[list] as Record<string, unknown>[]
  const fields = layout.lists?.[list] ?? []
  if (rows.length === 0 || rows.length > LISTED_MOST || fields.length > 2)
    return [`${rows.length} ${nameWords(list)}`]
  const words = rows.map((row) => fields.flatMap((field) => fieldWords(field, row, layout)).join(" "))
  return [`${nameWords(list)}: ${words.join("; ")}`]
}

function numberWords(value: number, { codes = {}, scale = 1, unit }: Field): string {
  return codeWords(value, codes) ?? quantityWords(value * scale, unit)
}
