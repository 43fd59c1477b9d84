/**
 * The bytes of a FIT file: messages with their values in, a file out. Knows the format, not what is in it.
 * Source: Garmin, "Flexible and Interoperable Data Transfer Protocol" (public): 14 bytes of header, definitions and data by local message
 * numbers, little-endian values, and a CRC of 16 bits (polynomial 0x8005, reflected) behind header and file.
 */

/** Base types: their code, and the bytes of one value. */
export const FIT_TYPES = {
  enum: { code: 0x00, bytes: 1 },
  uint8: { code: 0x02, bytes: 1 },
  string: { code: 0x07, bytes: 1 },
  byte: { code: 0x0d, bytes: 1 },
  uint16: { code: 0x84, bytes: 2 },
  uint32: { code: 0x86, bytes: 4 },
  float32: { code: 0x88, bytes: 4 },
} as const
type FitType = keyof typeof FIT_TYPES

export interface FitField {
  readonly number: number
  readonly type: FitType
  /** What one unit of the value is stored as. */
  readonly scale?: number
  /** Of text and bytes: how many there is room for; text ends with a 0. */
  readonly length?: number
}

type Fields = Readonly<Record<string, FitField>>

export interface FitMessage {
  readonly number: number
  readonly fields: Fields
  /** Fields of our own, which field descriptions tell about. */
  readonly developerFields?: Fields
}

type NamesOf<T> = T extends Fields ? keyof T : never
type FitValue = number | string | readonly number[]
/** In the fields' units; what is not known is left out. Text is ASCII. */
export type FitValues<M extends FitMessage> = {
  readonly [name in NamesOf<M["fields"]> | NamesOf<M["developerFields"]>]?: FitValue | undefined
}

/** The only application whose fields are in a file of ours. */
export const DEVELOPER_INDEX = 0

const HEADER_BYTES = 14
/** Version 2.0 of the protocol, the first with fields of developers. */
const PROTOCOL_VERSION = 0x20
/** 21.217, in thousandths: the profile that the messages' numbers are from. */
const PROFILE_VERSION = 21_217
const SIGNATURE = ".FIT"
const DEFINITION = 0x40
const HAS_DEVELOPER_FIELDS = 0x20
const LITTLE_ENDIAN = 0
const BYTE_BITS = 8
const BYTE_MASK = 0xff
const CRC_POLYNOMIAL = 0xa001

export class FitEncoder {
  private readonly data: number[] = []
  /** For each message that was written: its local number, and the fields that it is defined with now. */
  private readonly definitions = new Map<FitMessage, { local: number; names: string }>()

  /**
   * Fields that are not known are not in the file, in place of a value that stands for it: decoders take that of a float for a number.
   * @throws RangeError for text that has no room
   */
  write<M extends FitMessage>(message: M, values: FitValues<M>): void {
    const fields = knownFields(message.fields, values)
    const developerFields = knownFields(message.developerFields ?? {}, values)
    const all = [...fields, ...developerFields]
    const names = all.map(({ name }) => name).join()
    const defined = this.definitions.get(message)
    const local = defined?.local ?? this.definitions.size
    if (defined?.names !== names) {
      this.define(local, message.number, fields, developerFields)
      this.definitions.set(message, { local, names })
    }
    this.data.push(local)
    for (const field of all) this.data.push(...bytesOf(field))
  }

  /** The whole file. */
  finish(): Uint8Array {
    const header = [
      HEADER_BYTES,
      PROTOCOL_VERSION,
      ...littleEndian(PROFILE_VERSION, 2),
      ...littleEndian(this.data.length, 4),
      ...ascii(SIGNATURE),
    ]
    const file = [...header, ...littleEndian(crc16(header), 2)].concat(this.data)
    return Uint8Array.from(file.concat(littleEndian(crc16(file), 2)))
  }

  private define(local: number, number: number, fields: Known[], developerFields: Known[]): void {
    const flag = developerFields.length > 0 ? HAS_DEVELOPER_FIELDS : 0
    this.data.push(DEFINITION | flag | local, 0, LITTLE_ENDIAN, ...littleEndian(number, 2), fields.length)
    for (const { field } of fields) this.data.push(field.number, sizeOf(field), FIT_TYPES[field.type].code)
    if (flag === 0) return
    this.data.push(developerFields.length)
    for (const { field } of developerFields) this.data.push(field.number, sizeOf(field), DEVELOPER_INDEX)
  }
}

interface Known {
  name: string
  field: FitField
  value: FitValue
}

function knownFields(fields: Fields, values: Readonly<Record<string, FitValue | undefined>>): Known[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const value = values[name]
    return value === undefined ? [] : [{ name, field, value }]
  })
}

function sizeOf({ type, length = 1 }: FitField): number {
  return FIT_TYPES[type].bytes * length
}

function bytesOf({ name, field, value }: Known): number[] {
  if (typeof value === "number") return numberBytes(field, value)
  const size = sizeOf(field)
  const bytes = typeof value === "string" ? ascii(value) : value
  if (bytes.length + (field.type === "string" ? 1 : 0) > size)
    throw new RangeError(`FIT field ${name}: "${value}" has no room in ${size} bytes`)
  return [...bytes, ...new Array<number>(size - bytes.length).fill(0)]
}

/** Rounded; a number too large for its field is stored as the largest, as in the device's records. */
function numberBytes({ type, scale = 1 }: FitField, value: number): number[] {
  const { bytes } = FIT_TYPES[type]
  if (type === "float32") return float32(value)
  // All bits set stand for a value that is not known.
  const largest = 2 ** (BYTE_BITS * bytes) - 2
  return littleEndian(Math.max(0, Math.min(largest, Math.round(value * scale))), bytes)
}

function float32(value: number): number[] {
  const bytes = new DataView(new ArrayBuffer(4))
  bytes.setFloat32(0, value)
  return littleEndian(bytes.getUint32(0), 4)
}

function littleEndian(value: number, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, index) => (value / 2 ** (BYTE_BITS * index)) & BYTE_MASK)
}

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0) & BYTE_MASK)
}

function crc16(bytes: readonly number[]): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < BYTE_BITS; bit++) crc = crc & 1 ? (crc >>> 1) ^ CRC_POLYNOMIAL : crc >>> 1
  }
  return crc
}
