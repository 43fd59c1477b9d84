/**
 * The last 12 seconds of motion samples, kept while nobody knows how the sensor is strapped on: once gait has told it, what was run meanwhile
 * is measured after all. Six int8 a sample (4 KB with up at each block, at 52 Hz), given back when the mount is known. What an axis loses
 * of a sample goes into the next: over some samples, turns and forces come out as they were.
 */

const KEPT_US = 12_300_000
const BLOCK_SHIFT = 6
const AXES = 6
const UP_AXES = 3
/** Ends of the range, in counts and as they are kept. */
const COUNTS_MAX = 32767
const KEPT_MAX = 127

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
  /** Counts >> 8. */
  private readonly raw: Int8Array
  private readonly ups: Int16Array
  private readonly sample = new Int16Array(AXES)
  /** Up (Q14) before the first sample that `next` gives. */
  readonly firstUp = new Int16Array(UP_AXES)

  /** @param periodUs time between two samples, µs */
  constructor(periodUs: number) {
    const blocks = Math.ceil(KEPT_US / (periodUs * (1 << BLOCK_SHIFT)))
    this.length = blocks << BLOCK_SHIFT
    this.raw = new Int8Array(this.length * AXES)
    this.ups = new Int16Array(blocks * UP_AXES)
  }

  put(
    x: number,
    y: number,
    z: number,
    ax: number,
    ay: number,
    az: number,
    upX: number,
    upY: number,
    upZ: number,
  ): void {
    const slot = this.written % this.length
    if ((slot & ((1 << BLOCK_SHIFT) - 1)) === 0) this.putUp(slot >> BLOCK_SHIFT, upX, upY, upZ)
    const { raw } = this
    const at = slot * AXES
    // Not in a loop: of arrays and their elements it would cost twice as much.
    let sum = x + this.restX
    raw[at] = sum > COUNTS_MAX ? KEPT_MAX : sum >> 8
    this.restX = sum & 255
    sum = y + this.restY
    raw[at + 1] = sum > COUNTS_MAX ? KEPT_MAX : sum >> 8
    this.restY = sum & 255
    sum = z + this.restZ
    raw[at + 2] = sum > COUNTS_MAX ? KEPT_MAX : sum >> 8
    this.restZ = sum & 255
    sum = ax + this.restAx
    raw[at + 3] = sum > COUNTS_MAX ? KEPT_MAX : sum >> 8
    this.restAx = sum & 255
    sum = ay + this.restAy
    raw[at + 4] = sum > COUNTS_MAX ? KEPT_MAX : sum >> 8
    this.restAy = sum & 255
    sum = az + this.restAz
    raw[at + 5] = sum > COUNTS_MAX ? KEPT_MAX : sum >> 8
    this.restAz = sum & 255
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
    const at = (this.read % this.length) * AXES
    for (let axis = 0; axis < AXES; axis++) sample[axis] = (raw[at + axis] as number) << 8
    this.read++
    return sample
  }

  private putUp(block: number, upX: number, upY: number, upZ: number): void {
    const { ups } = this
    const at = block * UP_AXES
    ups[at] = upX
    ups[at + 1] = upY
    ups[at + 2] = upZ
  }
}
