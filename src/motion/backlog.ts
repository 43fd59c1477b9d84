/**
 * The last 12 seconds of motion samples, kept while nobody knows how the sensor is strapped on: once gait has told it, what was run meanwhile
 * is measured after all. Six int8 a sample (4 KB with up at each block, at 52 Hz), given back when the mount is known. What an axis loses
 * of a sample goes into the next: over some samples, turns and forces come out as they were.
 */

const KEPT_US = 12_300_000
const BLOCK_SHIFT = 6
const AXES = 6
const UP_AXES = 3
/** Two axes in an int16, one as its high byte: half of the writes, and they cost most. */
const PAIRS = 3
const HIGH = -256
/** End of an axis' range, in counts. */
const MOST = 32767

export class Backlog {
  // What is left of each axis for the next sample, 0 to 255.
  private restX = 0
  private restY = 0
  private restZ = 0
  private restAx = 0
  private restAy = 0
  private restAz = 0
  private written = 0
  private read = 0
  private readonly length: number
  private readonly raw: Int16Array
  private readonly ups: Int16Array
  private readonly sample = new Int16Array(AXES)
  /** Up (Q14) before the first sample that `next` gives. */
  readonly firstUp = new Int16Array(UP_AXES)

  /** @param periodUs time between two samples, µs */
  constructor(periodUs: number) {
    const blocks = Math.ceil(KEPT_US / (periodUs * (1 << BLOCK_SHIFT)))
    this.length = blocks << BLOCK_SHIFT
    this.raw = new Int16Array(this.length * PAIRS)
    this.ups = new Int16Array(blocks * UP_AXES)
  }

  /** The next put() begins a block: putUp() comes first. */
  get beginsBlock(): boolean {
    return (this.written & ((1 << BLOCK_SHIFT) - 1)) === 0
  }

  /** Up (Q14) before the next sample. */
  putUp(upX: number, upY: number, upZ: number): void {
    const { ups } = this
    const at = ((this.written % this.length) >> BLOCK_SHIFT) * UP_AXES
    ups[at] = upX
    ups[at + 1] = upY
    ups[at + 2] = upZ
  }

  put(x: number, y: number, z: number, ax: number, ay: number, az: number): void {
    const slot = this.written % this.length
    const { raw } = this
    const at = slot * PAIRS
    // Not in a loop: of arrays and their elements it would cost twice as much.
    let high = x + this.restX
    let low = y + this.restY
    this.restX = high & 255
    this.restY = low & 255
    raw[at] = ((high > MOST ? MOST : high) & HIGH) | (((low > MOST ? MOST : low) >> 8) & 255)
    high = z + this.restZ
    low = ax + this.restAx
    this.restZ = high & 255
    this.restAx = low & 255
    raw[at + 1] = ((high > MOST ? MOST : high) & HIGH) | (((low > MOST ? MOST : low) >> 8) & 255)
    high = ay + this.restAy
    low = az + this.restAz
    this.restAy = high & 255
    this.restAz = low & 255
    raw[at + 2] = ((high > MOST ? MOST : high) & HIGH) | (((low > MOST ? MOST : low) >> 8) & 255)
    this.written++
  }

  /** From here on `next` reads, oldest first. @returns how many samples there are */
  rewind(): number {
    // The block that is being overwritten is incomplete.
    const oldest = this.written - this.length
    this.read = oldest <= 0 ? 0 : ((oldest >> BLOCK_SHIFT) + 1) << BLOCK_SHIFT
    const block = ((this.read % this.length) >> BLOCK_SHIFT) * UP_AXES
    for (let axis = 0; axis < UP_AXES; axis++) this.firstUp[axis] = this.ups[block + axis] as number
    return this.written - this.read
  }

  /** Samples were lost: what came before is no use. */
  clear(): void {
    this.written = this.read = 0
  }

  /** The next sample into `sample`: x y z ax ay az. */
  next(): Int16Array {
    const { sample, raw } = this
    const at = (this.read % this.length) * PAIRS
    for (let pair = 0; pair < PAIRS; pair++) {
      const both = raw[at + pair] as number
      sample[2 * pair] = both & HIGH
      sample[2 * pair + 1] = (((both & 255) ^ 128) - 128) << 8
    }
    this.read++
    return sample
  }
}
