/** Text to UTF-8 (RFC 3629), since the device has no TextEncoder. */

/** As many whole characters as fit into `limitBytes`. Lone surrogates become U+FFFD. */
export function encodeUtf8(text: string, limitBytes = Number.POSITIVE_INFINITY): Uint8Array {
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) as number
    const encoded = encodeCodePoint(code >= 0xd800 && code <= 0xdfff ? 0xfffd : code)
    if (bytes.length + encoded.length > limitBytes) break
    bytes.push(...encoded)
  }
  return Uint8Array.from(bytes)
}

function encodeCodePoint(code: number): number[] {
  if (code < 0x80) return [code]
  if (code < 0x800) return [0xc0 | (code >> 6), continuation(code)]
  if (code < 0x10000) return [0xe0 | (code >> 12), continuation(code >> 6), continuation(code)]
  return [0xf0 | (code >> 18), continuation(code >> 12), continuation(code >> 6), continuation(code)]
}

function continuation(code: number): number {
  return 0x80 | (code & 0x3f)
}
