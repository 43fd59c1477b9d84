/**
 * From words of the FIFO to samples: finds the two words of each time slot by their tags, notices slots that have lost one
 * or both, and hands samples on as counts. Allocates nothing after it was made.
 */
import type { SampleConsumer } from "./driver"
import {
  FIRST_ACCELEROMETER_KIND,
  NO_TAG,
  SLOT_MASK,
  TAG_KINDS,
  TO_ACCELEROMETER_KIND,
  WORD_BYTES,
} from "./lsm6dso-registers"

/** Gyroscope and accelerometer. */
export const WORDS_PER_SAMPLE = 2
/** Words to a read when less than a batch is left. */
const PART_WORDS = 8
const NO_SLOT = -1
/** int16 from one word's values to those of the second word after it. Shifted, not divided: XS divides in floating point. */
const PAIR_INT16 = (WORDS_PER_SAMPLE * WORD_BYTES) >> 1
/** Of a batch the second word is the first to have its values at an even byte, behind its tag. */
const FIRST_ALIGNED = (WORD_BYTES + 1) >> 1
const US_PER_MS = 1000

export class FifoDecoder {
  /** Since `start`. */
  samples = 0
  /** Sample times that passed, missing ones in between included. */
  slots = 0
  /** Missing ones in between. */
  missing = 0
  /** Words whose tag is none of ours. */
  badWords = 0
  private readonly consumer: SampleConsumer
  /** Views of one buffer: a batch, a part of one, a word. */
  private readonly whole: Uint8Array
  private readonly part: Uint8Array
  private readonly word: Uint8Array
  private readonly data: DataView
  /**
   * All of the buffer, and its int16. Half of the words have their values at odd bytes, where an Int16Array does not reach: behind the batch
   * and NO_TAG there is room for a copy of it, at an odd byte. A read of a typed array costs XS half as much as one of a DataView.
   */
  private readonly bytes: Uint8Array
  private readonly int16: Int16Array
  private readonly copyAt: number
  private readonly batchWords: number
  /** Half of a sample whose other word has not come yet. */
  private gyroSlot = NO_SLOT
  private accelerometerSlot = NO_SLOT
  private lastSlot = NO_SLOT
  private gx = 0
  private gy = 0
  private gz = 0
  private ax = 0
  private ay = 0
  private az = 0

  constructor(consumer: SampleConsumer, batch: number) {
    this.consumer = consumer
    this.batchWords = batch * WORDS_PER_SAMPLE
    // Odd: the words of a batch are even in number.
    this.copyAt = Math.max(this.batchWords, PART_WORDS) * WORD_BYTES + 1
    const { buffer } = new Uint8Array(2 * this.copyAt)
    this.whole = new Uint8Array(buffer, 0, this.batchWords * WORD_BYTES)
    this.part = new Uint8Array(buffer, 0, PART_WORDS * WORD_BYTES)
    this.word = new Uint8Array(buffer, 0, WORD_BYTES)
    this.data = new DataView(buffer)
    this.bytes = new Uint8Array(buffer)
    this.int16 = new Int16Array(buffer)
  }

  /** Begins the count of a read. */
  start(): void {
    this.samples = 0
    this.slots = 0
    this.missing = 0
    this.badWords = 0
  }

  /** Where to read the next of `words` waiting words to: as many as it holds, then decode them. */
  bufferFor(words: number): Uint8Array {
    return words >= this.batchWords ? this.whole : words >= PART_WORDS ? this.part : this.word
  }

  /** The words before the next ones are gone. */
  forgetHalves(): void {
    this.gyroSlot = NO_SLOT
    this.accelerometerSlot = NO_SLOT
  }

  /** Missing samples before the first in the buffer, modulo 4, by the chip's slot counter; −1 when it cannot be told. */
  residue(): number {
    const kind = TAG_KINDS[this.data.getUint8(0)] as number
    if (kind === 0 || this.lastSlot === NO_SLOT) return -1
    const slot = (kind - 1) & SLOT_MASK
    const hasGyroFirst = kind < FIRST_ACCELEROMETER_KIND
    // A sample whose first word was overwritten is missing too.
    return (slot - this.lastSlot - (hasGyroFirst ? 1 : 0)) & SLOT_MASK
  }

  /** Sample times in the buffer that have lost one word or both. */
  missingInside(bytes: number): number {
    let last = this.lastSlot
    let passed = 0
    for (let at = 0; at < bytes; at += WORD_BYTES) {
      const kind = TAG_KINDS[this.data.getUint8(at)] as number
      const slot = (kind - 1) & SLOT_MASK
      if (kind > 0 && last !== NO_SLOT) passed += (slot - last) & SLOT_MASK
      if (kind > 0) last = slot
    }
    return Math.max(0, passed - Math.ceil(bytes / (WORDS_PER_SAMPLE * WORD_BYTES)))
  }

  /**
   * Where in the buffer samples are missing, as the number of samples before that place: where the slot counter jumps, or else where the
   * rate jumps most, the end of the read before included. Samples that the chip never took leave no other trace.
   */
  placeOfLoss(bytes: number): number {
    const data = this.data
    let { slot, gx, gy, gz } = { slot: this.lastSlot, gx: this.gx, gy: this.gy, gz: this.gz }
    let samples = 0
    let place = 0
    let largest = -1
    for (let at = 0; at < bytes; at += WORD_BYTES) {
      const kind = TAG_KINDS[data.getUint8(at)] as number
      if (kind === 0 || kind >= FIRST_ACCELEROMETER_KIND) continue
      if (slot !== NO_SLOT && ((kind - 1 - slot - 1) & SLOT_MASK) > 0) return samples
      slot = kind - 1
      const x = data.getInt16(at + 1, true)
      const y = data.getInt16(at + 3, true)
      const z = data.getInt16(at + 5, true)
      const jump = Math.abs(x - gx) + Math.abs(y - gy) + Math.abs(z - gz)
      if (jump > largest) {
        largest = jump
        place = samples
      }
      gx = x
      gy = y
      gz = z
      samples += 1
    }
    return place
  }

  /**
   * Hands on the samples of `bytes` of the buffer. Samples are dated from `zeroMs`, the time of the last one before this read with the
   * `lost` ones counted in, which are missing after the first `place` of these. `isTold`: `lost` holds what the slot counter shows there.
   */
  decode(
    bytes: number,
    zeroMs: number,
    periodUs: number,
    lost: number,
    place: number,
    isTold: boolean,
  ): void {
    const tags = this.bytes
    const int16 = this.int16
    const copyAt = this.copyAt
    const consumer = this.consumer
    let gyroSlot = this.gyroSlot
    let accelerometerSlot = this.accelerometerSlot
    let lastSlot = this.lastSlot
    let gx = this.gx
    let gy = this.gy
    let gz = this.gz
    let ax = this.ax
    let ay = this.ay
    let az = this.az
    let samples = 0
    let slots = this.slots
    // Nothing that was read before follows the last word.
    tags[bytes] = NO_TAG
    tags.copyWithin(copyAt, 0, bytes)
    // Where the next word has its values, and the one after it.
    let values = (copyAt + 1) >> 1
    let nextValues = FIRST_ALIGNED
    for (let at = 0; at < bytes; at += WORD_BYTES) {
      const kind = TAG_KINDS[tags[at] as number] as number
      if (
        TAG_KINDS[tags[at + WORD_BYTES] as number] === kind + TO_ACCELEROMETER_KIND &&
        accelerometerSlot === NO_SLOT
      ) {
        // As nearly always: the two words of a time slot, one after the other.
        gyroSlot = kind - 1
        gx = int16[values] as number
        gy = int16[values + 1] as number
        gz = int16[values + 2] as number
        ax = int16[nextValues] as number
        ay = int16[nextValues + 1] as number
        az = int16[nextValues + 2] as number
        values += PAIR_INT16
        nextValues += PAIR_INT16
        at += WORD_BYTES
      } else {
        const here = values
        values = nextValues
        nextValues = here + PAIR_INT16
        if (kind >= FIRST_ACCELEROMETER_KIND) {
          accelerometerSlot = kind - FIRST_ACCELEROMETER_KIND
          ax = int16[here] as number
          ay = int16[here + 1] as number
          az = int16[here + 2] as number
        } else if (kind > 0) {
          gyroSlot = kind - 1
          gx = int16[here] as number
          gy = int16[here + 1] as number
          gz = int16[here + 2] as number
        } else {
          this.badWords += 1
          continue
        }
        if (gyroSlot !== accelerometerSlot) continue
        accelerometerSlot = NO_SLOT
      }
      // Both words of a time slot: a sample. Slots without a whole one are missing.
      slots += 1
      if (((gyroSlot - lastSlot) & SLOT_MASK) !== 1 || samples === place || samples === 0) {
        const isPlace = samples === place
        const missing =
          lastSlot === NO_SLOT || (isPlace && isTold) ? 0 : (gyroSlot - lastSlot - 1) & SLOT_MASK
        slots += missing
        const lostHere = (isPlace ? lost : 0) + missing
        if (samples === 0 || lostHere > 0) {
          const left = Math.ceil((bytes - at) / (WORDS_PER_SAMPLE * WORD_BYTES))
          const sinceZero = samples < place ? slots - lost : slots
          consumer.beginBatch(zeroMs + (sinceZero * periodUs) / US_PER_MS, periodUs, left, lostHere)
          this.missing += missing
        }
      }
      const events = consumer.step(gx, gy, gz, ax, ay, az)
      if (events !== 0) consumer.happened?.(events)
      samples += 1
      lastSlot = gyroSlot
      gyroSlot = NO_SLOT
    }
    this.samples += samples
    this.slots = slots
    this.gyroSlot = gyroSlot
    this.accelerometerSlot = accelerometerSlot
    this.lastSlot = lastSlot
    this.gx = gx
    this.gy = gy
    this.gz = gz
    this.ax = ax
    this.ay = ay
    this.az = az
  }
}
