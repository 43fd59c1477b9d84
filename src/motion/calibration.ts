/**
 * Calibration: how the sensor is strapped on, found from standing still and small knee bends. Up in the sensor's frame
 * and rest in; the mount out. Up moves forward in a bend and comes back, so its way there is the sagittal plane and its
 * sense, whichever way round the strap sits.
 */
import { BEND_MAX_MS, BEND_MIN_MS, BEND_PEAK_MAX_CDEG, BEND_PEAK_MIN_CDEG } from "./bend"
import { ONE_Q14 } from "./fixed-point"
import type { Orientation } from "./orientation"
import { createMount, type Mount, setMount } from "./sagittal"

const TURN_CDEG = 36_000
/** Bends that make a calibration. */
const BENDS = 3
/** A bend is under way past this tilt from standing, and over below the other. */
const TILT_BEGIN_Q14 = chordQ14(1400)
const TILT_END_Q14 = chordQ14(700)
const TILT_PEAK_MIN_Q14 = chordQ14(BEND_PEAK_MIN_CDEG)
const TILT_PEAK_MAX_Q14 = chordQ14(BEND_PEAK_MAX_CDEG)
/** Up at rest that differs by more than this from standing is a new standing. */
const NEW_POSE_Q14 = chordQ14(600)

/** How far a unit vector's end is from where it was, after a turn by the angle. */
function chordQ14(cdeg: number): number {
  return Math.round(2 * ONE_Q14 * Math.sin((Math.PI * cdeg) / TURN_CDEG))
}

export interface Calibration {
  readonly mount: Mount
  /** Made in this wear. */
  complete: boolean
  /** Bends seen since the last new standing, and what they were; as many as a calibration takes. */
  bends: number
  readonly seen: readonly CalibrationBend[]
  /** A bend is under way. */
  readonly bending: boolean
  /** Looks at the newest sample. @returns true at the one that completes the calibration */
  step(): boolean
  /** The wearer is in gait: what looked like bends was none. */
  disturb(): void
  /** Waits for standing and bends again. */
  restart(): void
}

/** A bend that calibrated: up at its deepest point, or while it was held (Q14), and how many samples ago that was. */
export interface CalibrationBend {
  age: number
  /** Held still for the time that makes a rest (1.5 s). */
  held: boolean
  upX: number
  upY: number
  upZ: number
}

/** @param periodUs sample period in µs */
export function createCalibration(periodUs: number, orientation: Orientation): Calibration {
  const minSamples = Math.round((BEND_MIN_MS * 1000) / periodUs)
  const maxSamples = Math.round((BEND_MAX_MS * 1000) / periodUs)
  const mount = createMount()

  // Standing: up at rest, Q14; smoothed over the rest.
  let standing = false
  let sx = 0
  let sy = 0
  let sz = 0
  // What up moved by in the bends so far: a sixteenth of the sum over the samples, Q14; the bend under way apart.
  let movedX = 0
  let movedY = 0
  let movedZ = 0
  let bendX = 0
  let bendY = 0
  let bendZ = 0
  let deepest = 0
  let samples = 0
  const seen: CalibrationBend[] = []
  for (let i = 0; i < BENDS; i++) seen.push({ age: 0, held: false, upX: 0, upY: 0, upZ: 0 })

  function forgetBends(): void {
    calibration.bends = 0
    movedX = movedY = movedZ = 0
  }

  /** Length of up's way from standing: the chord of the tilt. */
  function tiltQ14(dx: number, dy: number, dz: number): number {
    const x = dx < 0 ? -dx : dx
    const y = dy < 0 ? -dy : dy
    const z = dz < 0 ? -dz : dz
    // Length of a vector from its sorted parts, 3 % short to 13 % long: max + 3/8 of the rest.
    const most = x > y ? (x > z ? x : z) : y > z ? y : z
    return most + (((x + y + z - most) * 3) >> 3)
  }

  /** Adds a finished bend: its mean way, so that a slow bend weighs no more than a quick one. */
  function addBend(): void {
    let shift = 0
    while (samples >> shift > 1) shift++
    movedX += bendX >> shift
    movedY += bendY >> shift
    movedZ += bendZ >> shift
    calibration.bends++
  }

  const calibration: Calibration = {
    mount,
    complete: false,
    bends: 0,
    seen,
    get bending() {
      return samples > 0 && samples <= maxSamples
    },

    step() {
      if (calibration.complete) return false
      const upX = orientation.upX
      const upY = orientation.upY
      const upZ = orientation.upZ
      if (!standing) {
        if (!orientation.resting) return false
        standing = true
        sx = upX
        sy = upY
        sz = upZ
        return false
      }
      const dx = upX - sx
      const dy = upY - sy
      const dz = upZ - sz
      const tilt = tiltQ14(dx, dy, dz)
      for (let i = 0; i < BENDS; i++) (seen[i] as CalibrationBend).age++

      // At rest, but not within a bend that is held.
      if (orientation.resting && (samples === 0 || samples > maxSamples)) {
        samples = 0
        if (tilt > NEW_POSE_Q14) {
          forgetBends()
          sx = upX
          sy = upY
          sz = upZ
        } else if (calibration.bends === 0) {
          sx += dx >> 5
          sy += dy >> 5
          sz += dz >> 5
        }
        return false
      }

      if (samples === 0) {
        if (tilt < TILT_BEGIN_Q14) return false
        bendX = bendY = bendZ = deepest = 0
        ;(seen[calibration.bends] as CalibrationBend).held = false
      }
      samples++
      const bend = seen[calibration.bends] as CalibrationBend
      const isHeldNow = orientation.resting && !bend.held
      if (isHeldNow || (tilt > deepest && !bend.held)) {
        bend.held = isHeldNow
        bend.age = 0
        bend.upX = upX
        bend.upY = upY
        bend.upZ = upZ
      }
      if (tilt > deepest) deepest = tilt
      if (samples > maxSamples) return false
      bendX += dx
      bendY += dy
      bendZ += dz
      if (tilt > TILT_END_Q14) return false

      if (samples >= minSamples && deepest >= TILT_PEAK_MIN_Q14 && deepest <= TILT_PEAK_MAX_Q14) addBend()
      // A stride, or a seat taken: whoever does that is not calibrating.
      else if (deepest >= TILT_PEAK_MIN_Q14) forgetBends()
      samples = 0
      if (calibration.bends < BENDS) return false
      calibration.complete = setMount(mount, sx, sy, sz, movedX >> 2, movedY >> 2, movedZ >> 2)
      if (!calibration.complete) forgetBends()
      return calibration.complete
    },

    disturb() {
      samples = 0
      forgetBends()
    },

    restart() {
      calibration.complete = false
      standing = false
      samples = 0
      forgetBends()
    },
  }
  return calibration
}
