/**
 * The last 12 seconds of motion samples, kept while nobody knows how the sensor is strapped on: once gait has told it, what was run meanwhile
 * is measured after all. Six bytes a sample (4 KB with up at each block, at 52 Hz), given back when the mount is known: seven bits an axis, and
 * for each three axes the place of their lowest, so that rest is as still as it was. What an axis loses of a sample goes into the next: over
 * some samples, turns and forces come out as they were.
 */

const KEPT_US = 12_300_000
const BLOCK_SHIFT = 6
const AXES = 6
const UP_AXES = 3
/** Two axes in an int16, and two bits of where their lowest bits are: half of the writes, and they cost most. */
const PAIRS = 3
const AXIS_BITS = 7
const AXIS_MASK = (1 << AXIS_BITS) - 1
const AXIS_SIGN = 1 << (AXIS_BITS - 1)
/** An axis' lowest bit is worth 2^2 to 2^9 counts: three bits. */
const SHIFT_LEAST = 2
const SHIFT_BITS = 3
/** Leading zeros of what fits seven bits and their sign: so many fewer, so much is the shift. */
const FITTING_ZEROS = 32 - (AXIS_BITS - 1)
/** Less fits with the least shift. */
const FINE_COUNTS = 1 << (SHIFT_LEAST + AXIS_BITS - 1)
const { clz32 } = Math
/** End of an axis' range, in counts. */
const MOST = 32767

export class Backlog {
  // What is left of each axis for the next sample.
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
    let vx = x + this.restX
    let vy = y + this.restY
    let vz = z + this.restZ
    if (vx > MOST) vx = MOST
    if (vy > MOST) vy = MOST
    if (vz > MOST) vz = MOST
    let size = (vx ^ (vx >> 31)) | (vy ^ (vy >> 31)) | (vz ^ (vz >> 31))
    const turnShift = size < FINE_COUNTS ? SHIFT_LEAST : FITTING_ZEROS - clz32(size)
    let mask = (1 << turnShift) - 1
    this.restX = vx & mask
    this.restY = vy & mask
    this.restZ = vz & mask
    let vax = ax + this.restAx
    let vay = ay + this.restAy
    let vaz = az + this.restAz
    if (vax > MOST) vax = MOST
    if (vay > MOST) vay = MOST
    if (vaz > MOST) vaz = MOST
    size = (vax ^ (vax >> 31)) | (vay ^ (vay >> 31)) | (vaz ^ (vaz >> 31))
    const forceShift = size < FINE_COUNTS ? SHIFT_LEAST : FITTING_ZEROS - clz32(size)
    mask = (1 << forceShift) - 1
    this.restAx = vax & mask
    this.restAy = vay & mask
    this.restAz = vaz & mask
    const shifts = ((turnShift - SHIFT_LEAST) << SHIFT_BITS) | (forceShift - SHIFT_LEAST)
    raw[at] = ((vx >> turnShift) << 9) | (((vy >> turnShift) & 127) << 2) | (shifts >> 4)
    raw[at + 1] = ((vz >> turnShift) << 9) | (((vax >> forceShift) & 127) << 2) | ((shifts >> 2) & 3)
    raw[at + 2] = ((vay >> forceShift) << 9) | (((vaz >> forceShift) & 127) << 2) | (shifts & 3)
    this.written++
  }

  /** From here on `next` reads, oldest first. @returns how many samples there are */
  rewind(): number {
    // The block that is being overwritten is incomplete.
    const oldest = this.written - this.length
    this.read = oldest <= 0 ? 0 : ((oldest >> BLOCK_SHIFT) + 1) << BLOCK_SHIFT
    return this.written - this.read
  }

  /** Before the first next(), which begins a block: up (Q14) before that sample. @param axis 0 to 2 */
  firstUp(axis: number): number {
    return this.ups[((this.read % this.length) >> BLOCK_SHIFT) * UP_AXES + axis] as number
  }

  /** Samples were lost: what came before is no use. */
  clear(): void {
    this.written = this.read = 0
  }

  /** The next sample into `sample`: x y z ax ay az. */
  next(): Int16Array {
    const { sample, raw } = this
    const at = (this.read % this.length) * PAIRS
    let shifts = 0
    for (let pair = 0; pair < PAIRS; pair++) {
      const both = raw[at + pair] as number
      sample[2 * pair] = both >> (AXIS_BITS + 2)
      sample[2 * pair + 1] = (((both >> 2) & AXIS_MASK) ^ AXIS_SIGN) - AXIS_SIGN
      shifts = (shifts << 2) | (both & 3)
    }
    const turnShift = (shifts >> SHIFT_BITS) + SHIFT_LEAST
    const forceShift = (shifts & ((1 << SHIFT_BITS) - 1)) + SHIFT_LEAST
    for (let axis = 0; axis < AXES; axis++)
      sample[axis] = (sample[axis] as number) << (axis < AXES >> 1 ? turnShift : forceShift)
    this.read++
    return sample
  }
}
