/**
 * How the image of a firmware begins: ESP-IDF's image header (24 bytes), the first segment's header (8), then the app's description, whose text of
 * a version says that it is Patella. Source: ESP-IDF, "App Image Format"; esp_app_format.h and esp_app_desc.h.
 */

import { UpdateRefusal } from "../ble/update-layouts"
import { constant } from "../constant"

export const IMAGE_MAGIC = 0xe9
export const CHIP_AT = 12
export const DESCRIPTION_AT = 32
export const DESCRIPTION_MAGIC = 0xabcd5432
export const VERSION_AT = 48
/** Ends with a 0, if it is shorter. */
export const VERSION_BYTES = 32
/** CONFIG_APP_PROJECT_VER begins with it: the SDK gives every project's image the same name. */
export const VERSION_PREFIX = "patella-"

/** By esp_chip_id_t. */
export const Chip = constant({ esp32: 0, esp32c3: 5 } as const)

const BYTE_BITS = 8
const BYTE_MASK = 0xff
const MAGIC_BYTES = 4
const CHIP_BYTES = 2

/**
 * Why `bytes` from `from` on, which are those of the image from `offset` on, cannot be an image for `chip` with the version `text`
 * (VERSION_PREFIX and major.minor.patch). What is past the beginning is not looked at.
 */
export function headRefused(
  bytes: Uint8Array,
  from: number,
  offset: number,
  chip: number,
  text: string,
): UpdateRefusal {
  const end = Math.min(bytes.length, from + VERSION_AT + text.length + 1 - offset)
  for (let at = from; at < end; at++) {
    const refusal = byteRefused(bytes[at] as number, offset + at - from, chip, text)
    if (refusal !== UpdateRefusal.none) return refusal
  }
  return UpdateRefusal.none
}

function byteRefused(byte: number, place: number, chip: number, text: string): UpdateRefusal {
  if (place === 0) return byte === IMAGE_MAGIC ? UpdateRefusal.none : UpdateRefusal.notAnImage
  if (place >= CHIP_AT && place < CHIP_AT + CHIP_BYTES)
    return byte === byteOf(chip, place - CHIP_AT) ? UpdateRefusal.none : UpdateRefusal.otherChip
  if (place >= DESCRIPTION_AT && place < DESCRIPTION_AT + MAGIC_BYTES)
    return byte === byteOf(DESCRIPTION_MAGIC, place - DESCRIPTION_AT)
      ? UpdateRefusal.none
      : UpdateRefusal.notPatella
  if (place < VERSION_AT) return UpdateRefusal.none
  const letter = place - VERSION_AT
  const wanted = letter < text.length ? text.charCodeAt(letter) : 0
  if (byte === wanted) return UpdateRefusal.none
  return letter < VERSION_PREFIX.length ? UpdateRefusal.notPatella : UpdateRefusal.otherVersion
}

function byteOf(number: number, index: number): number {
  return (number >>> (BYTE_BITS * index)) & BYTE_MASK
}
