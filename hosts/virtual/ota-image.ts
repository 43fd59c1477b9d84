/**
 * Images of a firmware as the boot loader sees them: header, segments, checksum and SHA-256 (ESP-IDF, "App Image Format"; esp_image_format.c). What
 * the model's images hold in place of code is the name of how they behave.
 */
import {
  CHIP_AT,
  DESCRIPTION_AT,
  DESCRIPTION_MAGIC,
  IMAGE_MAGIC,
  VERSION_AT,
  VERSION_BYTES,
  VERSION_PREFIX,
} from "../../src/update/image-head"
import { SHA256_BYTES, sha256 } from "./sha256"

const HEADER_BYTES = 24
const SEGMENTS_AT = 1
const HASH_APPENDED_AT = 23
const SEGMENT_HEADER_BYTES = 8
const LENGTH_AT = 4
/** ESP_IMAGE_MAX_SEGMENTS. */
const MOST_SEGMENTS = 16
const CHECKSUM_START = 0xef
const CHECKSUM_ALIGN = 16
const WORD_BYTES = 4
const DESCRIPTION_BYTES = 256
const NAME_AT = VERSION_AT + VERSION_BYTES
/** CMakeLists.txt of the SDK's (8.2.3) xsProj-esp32: of every Moddable project. */
const SDK_PROJECT = "xs_esp32"
/** In a segment of its own. */
const BEHAVIOUR_AT = DESCRIPTION_AT + DESCRIPTION_BYTES + SEGMENT_HEADER_BYTES
const BEHAVIOUR_BYTES = 16
const LEAST_BYTES = BEHAVIOUR_AT + BEHAVIOUR_BYTES + CHECKSUM_ALIGN + SHA256_BYTES

/**
 * `well`; `crash`: the processor starts anew before the first line has run; `hang`: nothing runs, until somebody starts it anew; `deaf`: runs, and cannot
 * talk to the thigh's sensor.
 */
export const Behaviour = { well: "well", crash: "crash", hang: "hang", deaf: "deaf" } as const
export type Behaviour = (typeof Behaviour)[keyof typeof Behaviour]

export interface ImageOptions {
  /** major.minor.patch */
  version: string
  chip: number
  /** Of the whole image: rounded up to what the format allows. */
  bytes?: number
  behaviour?: Behaviour
  /** In place of VERSION_PREFIX. */
  prefix?: string
}

/** What the boot loader, or the firmware, reads in a slot. */
export interface ImageInfo {
  readonly version: string
  readonly behaviour: Behaviour
}

/** An image as ESP-IDF's tools make one, of the segments that the description and the code are in. */
export function imageOf({
  version,
  chip,
  bytes = 0,
  behaviour = "well",
  prefix = VERSION_PREFIX,
}: ImageOptions): Uint8Array {
  const tail = CHECKSUM_ALIGN + SHA256_BYTES
  const codeBytes = Math.ceil((Math.max(bytes, LEAST_BYTES) - tail - BEHAVIOUR_AT) / WORD_BYTES) * WORD_BYTES
  const bodyBytes = BEHAVIOUR_AT + codeBytes
  const checkedBytes = (Math.floor(bodyBytes / CHECKSUM_ALIGN) + 1) * CHECKSUM_ALIGN
  const image = new Uint8Array(checkedBytes + SHA256_BYTES)
  const view = new DataView(image.buffer)
  image[0] = IMAGE_MAGIC
  image[SEGMENTS_AT] = 2
  view.setUint16(CHIP_AT, chip, true)
  image[HASH_APPENDED_AT] = 1
  view.setUint32(HEADER_BYTES + LENGTH_AT, DESCRIPTION_BYTES, true)
  view.setUint32(DESCRIPTION_AT, DESCRIPTION_MAGIC, true)
  writeText(image, VERSION_AT, `${prefix}${version}`)
  writeText(image, NAME_AT, SDK_PROJECT)
  view.setUint32(BEHAVIOUR_AT - LENGTH_AT, codeBytes, true)
  writeText(image, BEHAVIOUR_AT, behaviour)
  for (let at = BEHAVIOUR_AT + BEHAVIOUR_BYTES; at < bodyBytes; at++)
    image[at] = (at * (1 + (at >> 8))) & 0xff
  image[checkedBytes - 1] = checksumOf(image, 2)
  image.set(sha256(image.subarray(0, checkedBytes)), checkedBytes)
  return image
}

/**
 * What esp_image_verify() says no to in the image that `slot` begins with.
 * @returns undefined when it is whole and for this chip
 */
export function imageRefused(slot: Uint8Array, chip: number): string | undefined {
  const view = new DataView(slot.buffer, slot.byteOffset, slot.byteLength)
  const segments = view.getUint8(SEGMENTS_AT)
  if (view.getUint8(0) !== IMAGE_MAGIC) return "no image"
  if (view.getUint16(CHIP_AT, true) !== chip) return "an image for another chip"
  if (segments === 0 || segments > MOST_SEGMENTS) return `${segments} segments`
  let end = HEADER_BYTES
  for (let segment = 0; segment < segments; segment++) {
    const length =
      end + SEGMENT_HEADER_BYTES > slot.length ? slot.length : view.getUint32(end + LENGTH_AT, true)
    if (length % WORD_BYTES !== 0 || end + SEGMENT_HEADER_BYTES + length > slot.length)
      return `segment ${segment} of ${length} bytes`
    end += SEGMENT_HEADER_BYTES + length
  }
  const checkedBytes = (Math.floor(end / CHECKSUM_ALIGN) + 1) * CHECKSUM_ALIGN
  if (checkedBytes > slot.length || slot[checkedBytes - 1] !== checksumOf(slot, segments))
    return "wrong checksum"
  if (view.getUint8(HASH_APPENDED_AT) === 0) return undefined
  const digest = sha256(slot.subarray(0, checkedBytes))
  const isSame = digest.every((byte, at) => byte === slot[checkedBytes + at])
  return isSame ? undefined : "wrong SHA-256"
}

/** Of an image that is whole. */
export function infoOf(slot: Uint8Array): ImageInfo {
  const version = readText(slot, VERSION_AT, VERSION_BYTES)
  return {
    version: version.startsWith(VERSION_PREFIX) ? version.slice(VERSION_PREFIX.length) : version,
    behaviour: readText(slot, BEHAVIOUR_AT, BEHAVIOUR_BYTES) as Behaviour,
  }
}

/** Exclusive or over the segments' data, not their headers. */
function checksumOf(image: Uint8Array, segments: number): number {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength)
  let sum = CHECKSUM_START
  let start = HEADER_BYTES + SEGMENT_HEADER_BYTES
  for (let segment = 0; segment < segments; segment++) {
    const end = start + view.getUint32(start - LENGTH_AT, true)
    for (let at = start; at < end; at++) sum ^= image[at] as number
    start = end + SEGMENT_HEADER_BYTES
  }
  return sum
}

function writeText(image: Uint8Array, at: number, text: string): void {
  for (let letter = 0; letter < text.length; letter++) image[at + letter] = text.charCodeAt(letter)
}

function readText(image: Uint8Array, at: number, limitBytes: number): string {
  let text = ""
  for (let letter = at; letter < at + limitBytes && image[letter]; letter++)
    text += String.fromCharCode(image[letter] as number)
  return text
}
