/**
 * The last 12 seconds of raw samples, kept while nobody knows how the sensor is strapped on: once gait has told it, what was run meanwhile
 * is measured after all. Six int16 a sample (18 KB with up at each block), given back when the mount is known.
 */

const BLOCK_SHIFT = 7
const BLOCKS = 10
const SAMPLES = BLOCKS << BLOCK_SHIFT
const AXES = 6
const UP_AXES = 3

export interface Backlog {
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
  ): void
  /** From here on `next` reads, oldest first. @returns how many samples there are */
  rewind(): number
  /** Up (Q14) before the first sample that `next` gives. */
  readonly firstUp: Int16Array
  /** Samples were lost: what came before is no use. */
  clear(): void
  /** The next sample into `sample`: gx gy gz ax ay az. */
  next(): Int16Array
}

export function createBacklog(): Backlog {
  const raw = new Int16Array(SAMPLES * AXES)
  const ups = new Int16Array(BLOCKS * UP_AXES)
  let written = 0
  let read = 0
  const sample = new Int16Array(AXES)
  const firstUp = new Int16Array(UP_AXES)

  return {
    firstUp,

    put(gx, gy, gz, ax, ay, az, upX, upY, upZ) {
      const slot = written % SAMPLES
      const at = slot * AXES
      raw[at] = gx
      raw[at + 1] = gy
      raw[at + 2] = gz
      raw[at + 3] = ax
      raw[at + 4] = ay
      raw[at + 5] = az
      if ((slot & ((1 << BLOCK_SHIFT) - 1)) === 0) {
        const block = (slot >> BLOCK_SHIFT) * UP_AXES
        ups[block] = upX
        ups[block + 1] = upY
        ups[block + 2] = upZ
      }
      written++
    },

    rewind() {
      // The block that is being overwritten is incomplete.
      const oldest = written - SAMPLES
      read = oldest <= 0 ? 0 : ((oldest >> BLOCK_SHIFT) + 1) << BLOCK_SHIFT
      const block = ((read % SAMPLES) >> BLOCK_SHIFT) * UP_AXES
      for (let axis = 0; axis < UP_AXES; axis++) firstUp[axis] = ups[block + axis] as number
      return written - read
    },

    clear() {
      written = read = 0
    },

    next() {
      const at = (read % SAMPLES) * AXES
      for (let axis = 0; axis < AXES; axis++) sample[axis] = raw[at + axis] as number
      read++
      return sample
    },
  }
}
