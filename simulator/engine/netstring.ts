/**
 * Netstrings, `<length in decimal>:<bytes>,` (D. J. Bernstein, cr.yp.to/proto/netstrings.txt): bytes in, framed bytes out,
 * and back. The decoder takes a stream in pieces cut anywhere; its errors name the offset in the stream.
 */

/** The XS worker reads a length with `%9lu`: nine digits. */
export const MAX_NETSTRING_BYTES = 999_999_999
const MAX_LENGTH_DIGITS = String(MAX_NETSTRING_BYTES).length

const ZERO = 0x30
const NINE = 0x39
const COLON = 0x3a
const COMMA = 0x2c

/** One netstring whose payload is `parts` in a row. @throws RangeError past MAX_NETSTRING_BYTES. */
export function encodeNetstring(...parts: Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  if (length > MAX_NETSTRING_BYTES) {
    throw new RangeError(`netstring of ${length} bytes: the worker reads at most ${MAX_NETSTRING_BYTES}`)
  }
  const head = Buffer.from(`${length}:`, "latin1")
  const encoded = new Uint8Array(head.length + length + 1)
  encoded.set(head)
  let offset = head.length
  for (const part of parts) {
    encoded.set(part, offset)
    offset += part.length
  }
  encoded[offset] = COMMA
  return encoded
}

export class NetstringDecoder {
  readonly #maxBytes: number
  /** Bytes of the stream taken so far. */
  #offset = 0
  #digits = ""
  /** The payload being filled, once its length is known. */
  #payload: Uint8Array | undefined
  #filled = 0

  constructor(maxBytes = MAX_NETSTRING_BYTES) {
    this.#maxBytes = maxBytes
  }

  /** The payloads that `chunk` completes. After an error the stream is lost: throw the decoder away. */
  push(chunk: Uint8Array): Uint8Array[] {
    const complete: Uint8Array[] = []
    let at = 0
    while (at < chunk.length) {
      const payload = this.#payload
      if (!payload) {
        this.#readLength(chunk[at] as number)
        at += 1
        this.#offset += 1
      } else if (this.#filled < payload.length) {
        const piece = chunk.subarray(at, at + payload.length - this.#filled)
        payload.set(piece, this.#filled)
        this.#filled += piece.length
        this.#offset += piece.length
        at += piece.length
      } else {
        if (chunk[at] !== COMMA) {
          throw this.#error(`"," expected after ${payload.length} bytes, found ${show(chunk[at] as number)}`)
        }
        at += 1
        this.#offset += 1
        this.#payload = undefined
        complete.push(payload)
      }
    }
    return complete
  }

  /** Call at the end of the stream. @throws when it ends inside a netstring. */
  finish(): void {
    if (this.#payload) {
      throw this.#error(`the stream ends after ${this.#filled} of ${this.#payload.length} bytes`)
    }
    if (this.#digits) throw this.#error("the stream ends inside a length")
  }

  #readLength(byte: number): void {
    if (byte === COLON && this.#digits) {
      const length = Number(this.#digits)
      if (length > this.#maxBytes)
        throw this.#error(`${length} bytes announced, the limit is ${this.#maxBytes}`)
      this.#payload = new Uint8Array(length)
      this.#filled = 0
      this.#digits = ""
      return
    }
    if (byte < ZERO || byte > NINE) {
      throw this.#error(`${this.#digits ? 'digit or ":"' : "digit"} expected, found ${show(byte)}`)
    }
    if (this.#digits === "0") throw this.#error("length with a leading zero")
    if (this.#digits.length === MAX_LENGTH_DIGITS) {
      throw this.#error(`length of more than ${MAX_LENGTH_DIGITS} digits`)
    }
    this.#digits += String.fromCharCode(byte)
  }

  #error(what: string): Error {
    return new Error(`netstring at offset ${this.#offset}: ${what}`)
  }
}

function show(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0")}`
}
