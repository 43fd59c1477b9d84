/** Text to UTF-8 (RFC 3629) and back, since the device has no TextEncoder and no TextDecoder. */
import { constant } from "./constant"

const REPLACEMENT = 0xfffd
/** Of one of UTF-16's numbers; what needs two of them takes four bytes, so that it is never more. */
const MOST_BYTES = 3
/** What marks the first byte, by how many there are, and the others, which have six bits of the character each. */
const LEADS: readonly number[] = constant([0, 0, 0xc0, 0xe0, 0xf0])
/** The smallest character that takes so many bytes. */
const SMALLEST: readonly number[] = constant([0, 0, 0x80, 0x800, 0x10000])
const LARGEST = 0x10ffff
const CONTINUATION = 0x80
const CONTINUATION_BITS = 6
const CONTINUATION_MASK = 0x3f

/** As many whole characters as fit into `limitBytes`. Lone surrogates become U+FFFD. */
export function encodeUtf8(text: string, limitBytes = Number.POSITIVE_INFINITY): Uint8Array {
  const bytes = new Uint8Array(Math.min(limitBytes, text.length * MOST_BYTES))
  let end = 0
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) as number
    const next = put(bytes, end, code >= 0xd800 && code <= 0xdfff ? REPLACEMENT : code)
    if (next > bytes.length) break
    end = next
    at += code < 0x10000 ? 1 : 2
  }
  return bytes.slice(0, end)
}

/** Writes a character's bytes, and gives where they end: past the array's end they do not fit, and nothing is written. */
function put(bytes: Uint8Array, at: number, code: number): number {
  const length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  const end = at + length
  if (end > bytes.length) return end
  let rest = code
  for (let byte = end - 1; byte > at; byte--) {
    bytes[byte] = CONTINUATION | (rest & CONTINUATION_MASK)
    rest >>= CONTINUATION_BITS
  }
  bytes[at] = (LEADS[length] as number) | rest
  return end
}

/** The text; undefined when the bytes are no UTF-8: cut, overlong, a surrogate, or past U+10FFFF. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  let text = ""
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] as number
    const length = lead < 0x80 ? 1 : lead < 0xc0 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf8 ? 4 : 0
    if (length === 0 || at + length > bytes.length) return undefined
    let code = length === 1 ? lead : lead & (0xff >> (length + 1))
    for (let byte = at + 1; byte < at + length; byte++) {
      if ((bytes[byte] as number) >> CONTINUATION_BITS !== CONTINUATION >> CONTINUATION_BITS) return undefined
      code = (code << CONTINUATION_BITS) | ((bytes[byte] as number) & CONTINUATION_MASK)
    }
    if (code < (SMALLEST[length] as number) || code > LARGEST || (code >= 0xd800 && code <= 0xdfff))
      return undefined
    text += String.fromCodePoint(code)
    at += length
  }
  return text
}
