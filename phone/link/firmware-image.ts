/** The image of a firmware as a phone has it: what it says of itself, and whether it can be Patella's. */
import { crc32 } from "../../src/storage/crc32"
import {
  CHIP_AT,
  Chip,
  DESCRIPTION_AT,
  DESCRIPTION_MAGIC,
  IMAGE_MAGIC,
  VERSION_AT,
  VERSION_BYTES,
  VERSION_PREFIX,
} from "../../src/update/image-head"

const VERSION = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/
const LARGEST = 0xff

export class FirmwareImage {
  readonly bytes: Uint8Array
  readonly crc: number
  /** esp_chip_id_t, by its name; undefined for one that no board of Patella's has. */
  readonly chip: string | undefined
  readonly major: number
  readonly minor: number
  readonly patch: number

  /** @throws Error for what is no image of Patella's, naming what it is instead */
  constructor(bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (bytes.length < VERSION_AT + VERSION_BYTES || bytes[0] !== IMAGE_MAGIC)
      throw new Error("firmware image: not one that ESP-IDF makes: give the .bin file of the application")
    if (view.getUint32(DESCRIPTION_AT, true) !== DESCRIPTION_MAGIC)
      throw new Error("firmware image: no description at offset 32: is it a boot loader, or a whole flash?")
    const text = textAt(bytes, VERSION_AT, VERSION_BYTES)
    const numbers = text.startsWith(VERSION_PREFIX) ? VERSION.exec(text.slice(VERSION_PREFIX.length)) : null
    const [major = 0, minor = 0, patch = 0] = numbers?.slice(1).map(Number) ?? []
    if (!numbers || Math.max(major, minor, patch) > LARGEST)
      throw new Error(
        `firmware image: its version "${text}" is not "${VERSION_PREFIX}" and major.minor.patch`,
      )
    const chip = view.getUint16(CHIP_AT, true)
    this.bytes = bytes
    this.crc = crc32(bytes)
    this.chip = Object.entries(Chip).find(([, id]) => id === chip)?.[0]
    this.major = major
    this.minor = minor
    this.patch = patch
  }

  get version(): string {
    return `${this.major}.${this.minor}.${this.patch}`
  }
}

function textAt(bytes: Uint8Array, at: number, limitBytes: number): string {
  let text = ""
  for (let letter = at; letter < at + limitBytes && bytes[letter]; letter++)
    text += String.fromCharCode(bytes[letter] as number)
  return text
}
