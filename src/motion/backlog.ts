/**
 * The last 12 seconds of motion samples, kept while nobody knows how the sensor is strapped on: once gait has told it, what was run meanwhile
 * is measured after all. Six int16 a sample (8 KB with up at each block, at 52 Hz), given back when the mount is known.
 */

const KEPT_US = 12_300_000
const BLOCK_SHIFT = 6
const AXES = 6
const UP_AXES = 3

export class Backlog {
  /** Up (Q14) before the first sample that `next` gives. */
  readonly firstUp = new Int16Array(UP_AXES)
  readonly #length: number
  readonly #raw: Int16Array
  readonly #ups: Int16Array
  readonly #sample = new Int16Array(AXES)
  #written = 0
  #read = 0

  /** @param periodUs time between two samples, µs */
  constructor(periodUs: number) {
    const blocks = Math.ceil(KEPT_US / (periodUs * (1 << BLOCK_SHIFT)))
    this.#length = blocks << BLOCK_SHIFT
    this.#raw = new Int16Array(this.#length * AXES)
    this.#ups = new Int16Array(blocks * UP_AXES)
  }

  put(
    gx: number,
    gy: number,
    gz: number,
    ax: number,
    ay: number,
    az: number,
    upX: number,
    upY: number,
    upZ: number,
  ): void {
    const slot = this.#written % this.#length
    const raw = this.#raw
    const at = slot * AXES
    raw[at] = gx
    raw[at + 1] = gy
    raw[at + 2] = gz
    raw[at + 3] = ax
    raw[at + 4] = ay
    raw[at + 5] = az
    if ((slot & ((1 << BLOCK_SHIFT) - 1)) === 0) {
      const ups = this.#ups
      const block = (slot >> BLOCK_SHIFT) * UP_AXES
      ups[block] = upX
      ups[block + 1] = upY
      ups[block + 2] = upZ
    }
    this.#written++
  }

  /** From here on `next` reads, oldest first. @returns how many samples there are */
  rewind(): number {
    // The block that is being overwritten is incomplete.
    const oldest = this.#written - this.#length
    this.#read = oldest <= 0 ? 0 : ((oldest >> BLOCK_SHIFT) + 1) << BLOCK_SHIFT
    const block = ((this.#read % this.#length) >> BLOCK_SHIFT) * UP_AXES
    for (let axis = 0; axis < UP_AXES; axis++) this.firstUp[axis] = this.#ups[block + axis] as number
    return this.#written - this.#read
  }

  /** Samples were lost: what came before is no use. */
  clear(): void {
    this.#written = this.#read = 0
  }

  /** The next sample into `sample`: gx gy gz ax ay az. */
  next(): Int16Array {
    const sample = this.#sample
    const at = (this.#read % this.#length) * AXES
    for (let axis = 0; axis < AXES; axis++) sample[axis] = this.#raw[at + axis] as number
    this.#read++
    return sample
  }
}
