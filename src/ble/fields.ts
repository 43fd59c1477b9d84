/**
 * Binary values as tables: a layout names the fields of a value in order, and these functions encode, decode and check
 * by it, so that docs/gatt.md (written from the same tables) and the code cannot disagree. Little-endian, no padding.
 */
import { constant } from "../constant"
import type { Rows } from "../run/summary"

interface NumberType {
  readonly bytes: number
  readonly min: number
  readonly max: number
  readonly write: (view: DataView, offset: number, value: number) => void
  readonly read: (view: DataView, offset: number) => number
}
const TYPES = constant({
  i8: {
    bytes: 1,
    min: -0x80,
    max: 0x7f,
    write: (view, offset, value) => view.setInt8(offset, value),
    read: (view, offset) => view.getInt8(offset),
  },
  u8: {
    bytes: 1,
    min: 0,
    max: 0xff,
    write: (view, offset, value) => view.setUint8(offset, value),
    read: (view, offset) => view.getUint8(offset),
  },
  u16: {
    bytes: 2,
    min: 0,
    max: 0xffff,
    write: (view, offset, value) => view.setUint16(offset, value, true),
    read: (view, offset) => view.getUint16(offset, true),
  },
  u32: {
    bytes: 4,
    min: 0,
    max: 0xffffffff,
    write: (view, offset, value) => view.setUint32(offset, value, true),
    read: (view, offset) => view.getUint32(offset, true),
  },
  i16: {
    bytes: 2,
    min: -0x8000,
    max: 0x7fff,
    write: (view, offset, value) => view.setInt16(offset, value, true),
    read: (view, offset) => view.getInt16(offset, true),
  },
  i32: {
    bytes: 4,
    min: -0x80000000,
    max: 0x7fffffff,
    write: (view, offset, value) => view.setInt32(offset, value, true),
    read: (view, offset) => view.getInt32(offset, true),
  },
} as const satisfies Record<string, NumberType>)
export type FieldType = keyof typeof TYPES

export interface Field {
  readonly name: string
  readonly type: FieldType
  readonly description: string
  /** Of number × `scale`. */
  readonly unit?: string
  readonly scale?: number
  /** Within the type's. Encoding saturates to the range. */
  readonly min?: number
  readonly max?: number
  /** How many of the type stand here: an array. */
  readonly repeat?: number
  /** The only numbers allowed, by name. */
  readonly codes?: Readonly<Record<string, number>>
  /** Bits that may be set, by name. */
  readonly bits?: Readonly<Record<string, number>>
  /** Always this number; a decoder refuses any other. */
  readonly constant?: number
  /** Holds the length of this list, which follows the head. */
  readonly lengthOf?: string
}

export interface Layout {
  /** What errors call the value. */
  readonly title: string
  readonly head: readonly Field[]
  /** Rows after the head, list after list; each list's length is in the head. */
  readonly lists?: Readonly<Record<string, readonly Field[]>>
}

type Row<Fields extends readonly Field[]> = {
  [F in Fields[number] as F extends { constant: number } | { lengthOf: string }
    ? never
    : F["name"]]: F extends {
    repeat: number
  }
    ? readonly number[]
    : number
}
/** The numbers of a value: its head's by field name, and an array of rows for each list. */
export type Values<L extends Layout> = Row<L["head"]> &
  (L extends { lists: infer Lists extends Readonly<Record<string, readonly Field[]>> }
    ? { [name in keyof Lists]: readonly Row<Lists[name]>[] }
    : unknown)

/** What is encoded: a value whose lists may give their rows one by one. */
export type Encodable<L extends Layout> = Row<L["head"]> &
  (L extends { lists: infer Lists extends Readonly<Record<string, readonly Field[]>> }
    ? { [name in keyof Lists]: Rows<Row<Lists[name]>> }
    : unknown)

const NO_LENGTHS: Readonly<Record<string, number>> = constant({})
type Numbers = Readonly<Record<string, number | readonly number[] | undefined>>

/** Bytes that a row of `fields` takes. */
export function rowBytes(fields: readonly Field[]): number {
  let bytes = 0
  for (const field of fields) bytes += TYPES[field.type].bytes * (field.repeat ?? 1)
  return bytes
}

/** Smallest and largest number that `field` may hold. */
export function fieldRange(field: Field): { min: number; max: number } {
  const { min, max } = TYPES[field.type]
  return { min: field.min ?? min, max: field.max ?? max }
}

/** Never throws: numbers are rounded and saturated to the field's range, NaN becomes its nearest to 0, long lists are cut. */
export function encode<L extends Layout>(layout: L, values: Encodable<L>): Uint8Array {
  const given = values as Readonly<Record<string, unknown>>
  const lengths: Record<string, number> = {}
  let size = rowBytes(layout.head)
  for (const field of layout.head) {
    if (field.lengthOf === undefined) continue
    const fields = layout.lists?.[field.lengthOf] ?? []
    const length = Math.min((given[field.lengthOf] as Rows<Numbers>).length, fieldRange(field).max)
    lengths[field.lengthOf] = length
    size += rowBytes(fields) * length
  }
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  let offset = writeRow(view, 0, layout.head, given as Numbers, lengths)
  for (const { lengthOf } of layout.head) {
    if (lengthOf === undefined) continue
    const rows = given[lengthOf] as Rows<Numbers>
    const fields = layout.lists?.[lengthOf] ?? []
    for (let index = 0; index < (lengths[lengthOf] as number); index++)
      offset = writeRow(view, offset, fields, rows.at(index) as Numbers, lengths)
  }
  return bytes
}

/** @throws RangeError naming the value, the offset and what was wrong there. */
export function decode<L extends Layout>(layout: L, bytes: Uint8Array): Values<L> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const lengths: Record<string, number> = {}
  const values: Record<string, unknown> = {}
  let offset = readRow(layout.title, view, 0, layout.head, values, lengths)
  for (const field of layout.head) {
    if (field.lengthOf === undefined) continue
    const fields = layout.lists?.[field.lengthOf] ?? []
    const rows: Record<string, unknown>[] = []
    for (let index = 0; index < (lengths[field.lengthOf] ?? 0); index++) {
      const row: Record<string, unknown> = {}
      offset = readRow(`${layout.title}, ${field.lengthOf}[${index}]`, view, offset, fields, row, lengths)
      rows.push(row)
    }
    values[field.lengthOf] = rows
  }
  if (offset !== bytes.length) {
    throw new RangeError(`${layout.title}: ends at offset ${offset}, but ${bytes.length} bytes came`)
  }
  return values as Values<L>
}

/** The rows of a list in an encoded value, decoded one by one when they are asked for. */
class EncodedRows implements Rows<Record<string, unknown>> {
  readonly length: number
  private readonly title: string
  private readonly view: DataView
  private readonly start: number
  private readonly fields: readonly Field[]

  constructor(title: string, view: DataView, start: number, fields: readonly Field[], length: number) {
    this.length = length
    this.title = title
    this.view = view
    this.start = start
    this.fields = fields
  }

  /** @throws RangeError like `decode`. */
  at(index: number): Record<string, unknown> | undefined {
    if (index >= this.length) return undefined
    const row: Record<string, unknown> = {}
    const start = this.start + index * rowBytes(this.fields)
    readRow(`${this.title}[${index}]`, this.view, start, this.fields, row, {})
    return row
  }
}

/** Like `decode`, without making all the rows of its lists. @throws RangeError likewise, for a row when it is asked for. */
export function decodeHead<L extends Layout>(layout: L, bytes: Uint8Array): Encodable<L> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const lengths: Record<string, number> = {}
  const values: Record<string, unknown> = {}
  let offset = readRow(layout.title, view, 0, layout.head, values, lengths)
  for (const { lengthOf } of layout.head) {
    if (lengthOf === undefined) continue
    const fields = layout.lists?.[lengthOf] ?? []
    const length = lengths[lengthOf] ?? 0
    values[lengthOf] = new EncodedRows(`${layout.title}, ${lengthOf}`, view, offset, fields, length)
    offset += rowBytes(fields) * length
  }
  return values as Encodable<L>
}

/** The first field of the head whose number is out of range or has no meaning; undefined when all are fine. */
export function fieldRefused<L extends Layout>(layout: L, values: Values<L>): Field | undefined {
  return layout.head.find((field) => {
    const value = (values as Numbers)[field.name]
    if (typeof value !== "number") return false
    const { min, max } = fieldRange(field)
    if (field.codes && !Object.values(field.codes).includes(value)) return true
    return value < min || value > max
  })
}

/** A head (with its lists' `lengths`) or one row of a list, as encode() writes it. @returns where the next begins */
export function encodeRow<Fields extends readonly Field[]>(
  view: DataView,
  start: number,
  fields: Fields,
  values: Row<Fields>,
  lengths: Readonly<Record<string, number>> = NO_LENGTHS,
): number {
  return writeRow(view, start, fields, values as Numbers, lengths)
}

function writeRow(
  view: DataView,
  start: number,
  fields: readonly Field[],
  values: Numbers,
  lengths: Readonly<Record<string, number>>,
): number {
  let offset = start
  for (const field of fields) {
    const given =
      field.constant ?? (field.lengthOf === undefined ? values[field.name] : lengths[field.lengthOf])
    for (let index = 0; index < (field.repeat ?? 1); index++) {
      const value = typeof given === "object" ? given[index] : given
      TYPES[field.type].write(view, offset, saturate(field, value))
      offset += TYPES[field.type].bytes
    }
  }
  return offset
}

function readRow(
  title: string,
  view: DataView,
  start: number,
  fields: readonly Field[],
  values: Record<string, unknown>,
  lengths: Record<string, number>,
): number {
  let offset = start
  for (const field of fields) {
    const { bytes } = TYPES[field.type]
    const numbers: number[] = []
    for (let index = 0; index < (field.repeat ?? 1); index++) {
      const left = view.byteLength - offset
      if (left < bytes) {
        throw new RangeError(
          `${title}: truncated at offset ${offset}: ${field.name} takes ${bytes} bytes, ${left} left; read it again`,
        )
      }
      numbers.push(TYPES[field.type].read(view, offset))
      offset += bytes
    }
    const first = numbers[0] as number
    if (field.constant !== undefined) {
      if (first !== field.constant) {
        const known = `this reader knows ${field.constant}`
        throw new RangeError(
          `${title}: ${field.name} ${first} at offset ${offset - bytes}; ${known}: update it`,
        )
      }
    } else if (field.lengthOf !== undefined) lengths[field.lengthOf] = first
    else values[field.name] = field.repeat === undefined ? first : numbers
  }
  return offset
}

function saturate(field: Field, value: number | undefined): number {
  const { min, max } = fieldRange(field)
  // NaN and a number that is missing stand as 0, or the limit nearest to it.
  const rounded = Math.round(value ?? 0) || 0
  return Math.max(min, Math.min(max, rounded))
}
