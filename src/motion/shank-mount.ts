/**
 * How the second sensor sits on the shank, found in the same standing and bends as the thigh's mount (calibration.ts says when
 * these are). With the foot on the ground the knee goes forward in a bend: the top of the shank with it, while the thigh's top
 * goes back. So up moves the other way in the shank's frame, which is its sagittal plane and sense. Without bends, in the same
 * standing and the swing of running (shank-swing.ts).
 */
import type { Orientation } from "./orientation"
import { createMount, type Mount, setMount } from "./sagittal"
import type { Vector } from "./vector"

/** Up further from standing than this (Q14, 6° of tilt) at rest is another standing. */
const NEW_POSE_Q14 = 1715
/** Standing is smoothed over the rest, 1/32 a sample. */
const STANDING_SHIFT = 5
/** The shank leans forward by a few degrees only: what up moves by is scaled up so that rounding costs no direction. */
const MOVED_SHIFT = 2

/** What calibration.ts shows of itself. */
export interface CalibrationMoments {
  /** A bend is under way. */
  readonly bending: boolean
  /** Bends so far since the last new standing. */
  readonly bends: number
  /** They have told the thigh's mount. */
  readonly complete: boolean
}

export interface ShankMount {
  /** Looks at the newest sample; after the calibration did. @param resting the thigh is at rest */
  step(resting: boolean): void
  readonly mount: Readonly<Mount>
  /** Fills the mount. @returns false when the shank hardly leaned */
  find(): boolean
  /** Fills the mount from the axis about which the ankle goes forward, Q14. @returns false when nobody stood still before */
  findBySwing(axis: Readonly<Vector>): boolean
  restart(): void
}

export function createShankMount(
  shank: Pick<Orientation, "upX" | "upY" | "upZ">,
  calibration: CalibrationMoments,
): ShankMount {
  const mount = createMount()
  let standing = false
  let sx = 0
  let sy = 0
  let sz = 0
  let movedX = 0
  let movedY = 0
  let movedZ = 0
  let bends = 0
  // The bend under way.
  let samples = 0
  let bendX = 0
  let bendY = 0
  let bendZ = 0

  function stand(): void {
    standing = true
    sx = shank.upX
    sy = shank.upY
    sz = shank.upZ
  }

  /** The mean way of the bend under way, so that a slow bend weighs no more than a quick one. */
  function addBend(): void {
    let shift = 0
    while (samples >> shift > 1) shift++
    movedX += (bendX << MOVED_SHIFT) >> shift
    movedY += (bendY << MOVED_SHIFT) >> shift
    movedZ += (bendZ << MOVED_SHIFT) >> shift
  }

  return {
    step(resting) {
      if (calibration.bends < bends) movedX = movedY = movedZ = 0
      if (calibration.bending) {
        if (!standing) return
        samples++
        bendX += shank.upX - sx
        bendY += shank.upY - sy
        bendZ += shank.upZ - sz
      } else if (samples > 0) {
        if (calibration.bends > bends) addBend()
        samples = bendX = bendY = bendZ = 0
      } else if (resting && (calibration.bends === 0 || calibration.complete)) {
        const dx = shank.upX - sx
        const dy = shank.upY - sy
        const dz = shank.upZ - sz
        const far = (value: number) => value > NEW_POSE_Q14 || value < 0 - NEW_POSE_Q14
        if (!standing || far(dx) || far(dy) || far(dz)) stand()
        else {
          sx += dx >> STANDING_SHIFT
          sy += dy >> STANDING_SHIFT
          sz += dz >> STANDING_SHIFT
        }
      }
      bends = calibration.bends
    },

    mount,

    find() {
      return standing && setMount(mount, sx, sy, sz, 0 - movedX, 0 - movedY, 0 - movedZ)
    },

    findBySwing(axis) {
      const x = (sy * axis.z - sz * axis.y) >> 14
      const y = (sz * axis.x - sx * axis.z) >> 14
      const z = (sx * axis.y - sy * axis.x) >> 14
      return standing && setMount(mount, sx, sy, sz, x, y, z)
    },

    restart() {
      standing = false
      bends = 0
      samples = bendX = bendY = bendZ = 0
      movedX = movedY = movedZ = 0
    },
  }
}
