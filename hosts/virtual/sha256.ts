/** SHA-256 (FIPS 180-4), as the boot loader computes it over an image. In numbers alone: the engine inside has no cryptography. */

const BLOCK_BYTES = 64
const WORD_BYTES = 4
const LENGTH_BYTES = 8
const ROUNDS = 64
const SCHEDULED = 16
const STATE_WORDS = 8
const PADDING = 0x80
const BITS_PER_BYTE = 8
const TWO_32 = 2 ** 32
export const SHA256_BYTES = 32

/** The first 32 bits of the fractional parts of the primes' cube roots, and of the first eight's square roots (4.2.2, 5.3.3). */
const ROUND_WORDS = primes(ROUNDS).map((prime) => fractionOf(Math.cbrt(prime)))
const FIRST_STATE = primes(STATE_WORDS).map((prime) => fractionOf(Math.sqrt(prime)))

export function sha256(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((bytes.length + 1 + LENGTH_BYTES) / BLOCK_BYTES) * BLOCK_BYTES)
  padded.set(bytes)
  padded[bytes.length] = PADDING
  const view = new DataView(padded.buffer)
  const bits = bytes.length * BITS_PER_BYTE
  view.setUint32(padded.length - LENGTH_BYTES, Math.floor(bits / TWO_32))
  view.setUint32(padded.length - WORD_BYTES, bits >>> 0)
  const state = Int32Array.from(FIRST_STATE)
  const words = new Int32Array(ROUNDS)
  for (let start = 0; start < padded.length; start += BLOCK_BYTES) step(state, words, view, start)
  const digest = new Uint8Array(SHA256_BYTES)
  const out = new DataView(digest.buffer)
  for (let word = 0; word < STATE_WORDS; word++) out.setInt32(word * WORD_BYTES, state[word] as number)
  return digest
}

/** One block (6.2.2). */
function step(state: Int32Array, words: Int32Array, view: DataView, start: number): void {
  for (let at = 0; at < SCHEDULED; at++) words[at] = view.getInt32(start + at * WORD_BYTES)
  for (let at = SCHEDULED; at < ROUNDS; at++) {
    const w15 = words[at - 15] as number
    const w2 = words[at - 2] as number
    const s0 = turned(w15, 7) ^ turned(w15, 18) ^ (w15 >>> 3)
    const s1 = turned(w2, 17) ^ turned(w2, 19) ^ (w2 >>> 10)
    words[at] = ((words[at - 16] as number) + s0 + (words[at - 7] as number) + s1) | 0
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  for (let at = 0; at < ROUNDS; at++) {
    const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
    const first = (h + s1 + ((e & f) ^ (~e & g)) + (ROUND_WORDS[at] as number) + (words[at] as number)) | 0
    const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  const sums = [a, b, c, d, e, f, g, h]
  for (let word = 0; word < STATE_WORDS; word++)
    state[word] = ((state[word] as number) + (sums[word] as number)) | 0
}

function turned(word: number, by: number): number {
  return (word >>> by) | (word << (BITS_PER_BYTE * WORD_BYTES - by))
}

function fractionOf(root: number): number {
  return ((root - Math.floor(root)) * TWO_32) | 0
}

function primes(count: number): number[] {
  const found: number[] = []
  for (let number = 2; found.length < count; number++)
    if (found.every((prime) => number % prime !== 0)) found.push(number)
  return found
}
