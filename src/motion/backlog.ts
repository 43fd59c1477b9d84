/**
 * The last 12 seconds of motion samples, kept while nobody knows how the sensor is strapped on: once gait has told it, what was run meanwhile
 * is measured after all. Six int16 a sample (8 KB with up at each block, at 52 Hz), given back when the mount is known.
 */

const KEPT_US = 12_300_000
const BLOCK_SHIFT = 6
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

/** @param periodUs time between two samples, µs */
export function createBacklog(periodUs: number): Backlog {
  const blocks = Math.ceil(KEPT_US / (periodUs * (1 << BLOCK_SHIFT)))
  const length = blocks << BLOCK_SHIFT
  const raw = new Int16Array(length * AXES)
  const ups = new Int16Array(blocks * UP_AXES)
  let written = 0
  let read = 0
  const sample = new Int16Array(AXES)
  const firstUp = new Int16Array(UP_AXES)

  return {
    firstUp,

    put(gx, gy, gz, ax, ay, az, upX, upY, upZ) {
      const slot = written % length
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
      const oldest = written - length
      read = oldest <= 0 ? 0 : ((oldest >> BLOCK_SHIFT) + 1) << BLOCK_SHIFT
      const block = ((read % length) >> BLOCK_SHIFT) * UP_AXES
      for (let axis = 0; axis < UP_AXES; axis++) firstUp[axis] = ups[block + axis] as number
      return written - read
    },

    clear() {
      written = read = 0
    },

    next() {
      const at = (read % length) * AXES
      for (let axis = 0; axis < AXES; axis++) sample[axis] = raw[at + axis] as number
      read++
      return sample
    },
  }
}
