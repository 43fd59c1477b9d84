/**
 * The LSM6DSO's FIFO: 512 words (3 KB) of a tag and six data bytes (datasheet DS12140, section 6.5 and FIFO_DATA_OUT_TAG,
 * 0x78). Words go in at the tail and out at the head; when it is full the oldest goes.
 */
import { WORD_PAIR_BYTES } from "./protocol"

export const FIFO_WORDS = 512
export const WORD_BYTES = 7
/** TAG_SENSOR (FIFO tag table): what a word holds. */
export const TAG_GYRO = 0x01
export const TAG_ACCELEROMETER = 0x02
const FIFO_PAIRS = FIFO_WORDS / 2
const TAG_SENSOR_SHIFT = 3
const TAG_COUNT_SHIFT = 1
const TAG_COUNT_MASK = 3

/** Tag bytes by sensor and time slot: TAG_SENSOR in bits 7:3, TAG_CNT in 2:1, TAG_PARITY makes the ones even. */
export function tagByte(sensor: number, slot: number): number {
  const tag = (sensor << TAG_SENSOR_SHIFT) | ((slot & TAG_COUNT_MASK) << TAG_COUNT_SHIFT)
  let ones = tag
  ones ^= ones >> 4
  ones ^= ones >> 2
  ones ^= ones >> 1
  return tag | (ones & 1)
}

const GYRO_TAGS = [0, 1, 2, 3].map((slot) => tagByte(TAG_GYRO, slot))
const ACCELEROMETER_TAGS = [0, 1, 2, 3].map((slot) => tagByte(TAG_ACCELEROMETER, slot))

export class TaggedFifo {
  level = 0
  /** An old word was overwritten since the last `clear` or read of the latched flag. */
  overrunLatched = false
  overrun = false
  readonly #ring = new Uint8Array(FIFO_WORDS * WORD_BYTES)
  /** Byte offsets. */
  #head = 0
  #tail = 0

  clear(): void {
    this.level = 0
    this.#head = 0
    this.#tail = 0
    this.overrun = false
    this.overrunLatched = false
  }

  /** Appends the word at `offset`, with this tag. */
  push(tag: number, words: Uint8Array, offset: number): void {
    const ring = this.#ring
    const tail = this.#tail
    for (let byte = 1; byte < WORD_BYTES; byte++) ring[tail + byte] = words[offset + byte] as number
    ring[tail] = tag
    this.#tail = tail + WORD_BYTES === ring.length ? 0 : tail + WORD_BYTES
    if (this.level === FIFO_WORDS) {
      this.#head = this.#tail
      this.overrun = true
      this.overrunLatched = true
    } else {
      this.level += 1
    }
  }

  /** Appends `count` pairs of words, gyroscope then accelerometer, of time slots from `slot` on: the same as pushing each word. */
  pushPairs(pairs: Uint8Array, offset: number, count: number, slot: number): void {
    const ring = this.#ring
    const end = ring.length
    // Of more than it holds, the first are overwritten by the last.
    const skipped = Math.max(0, count - FIFO_PAIRS)
    let at = (this.#tail + skipped * WORD_PAIR_BYTES) % end
    const from = offset + skipped * WORD_PAIR_BYTES
    const to = offset + count * WORD_PAIR_BYTES
    const split = Math.min(to, from + end - at)
    ring.set(pairs.subarray(from, split), at)
    if (to > split) ring.set(pairs.subarray(split, to))
    for (let nth = slot + skipped; nth < slot + count; nth++) {
      ring[at] = GYRO_TAGS[nth & TAG_COUNT_MASK] as number
      at += WORD_BYTES
      if (at === end) at = 0
      ring[at] = ACCELEROMETER_TAGS[nth & TAG_COUNT_MASK] as number
      at += WORD_BYTES
      if (at === end) at = 0
    }
    this.#tail = at
    this.level += 2 * count
    if (this.level > FIFO_WORDS) {
      this.level = FIFO_WORDS
      this.#head = at
      this.overrun = true
      this.overrunLatched = true
    }
  }

  /** A byte of the oldest word; 0 when there is none. */
  peek(byte: number): number {
    return this.level > 0 ? (this.#ring[this.#head + byte] as number) : 0
  }

  drop(): void {
    this.#advance(1)
  }

  /** Moves whole words out to the start of `into`, as many as there are and as fit. Gives the bytes moved. */
  take(into: Uint8Array): number {
    const words = Math.min(this.level, Math.floor(into.length / WORD_BYTES))
    const bytes = words * WORD_BYTES
    const straight = Math.min(bytes, this.#ring.length - this.#head)
    into.set(this.#ring.subarray(this.#head, this.#head + straight))
    if (bytes > straight) into.set(this.#ring.subarray(0, bytes - straight), straight)
    this.#advance(words)
    return bytes
  }

  #advance(words: number): void {
    const taken = Math.min(words, this.level)
    this.#head = (this.#head + taken * WORD_BYTES) % this.#ring.length
    this.level -= taken
    if (taken > 0) this.overrun = false
  }
}
