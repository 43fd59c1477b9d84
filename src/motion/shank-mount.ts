/**
 * How the second sensor sits on the shank, found in the same standing and bends as the thigh's mount (calibration.ts says when
 * these are). With the foot on the ground the knee goes forward in a bend: the top of the shank with it, while the thigh's top
 * goes back. So up moves the other way in the shank's frame, which is its sagittal plane and sense. Without bends, in the same
 * standing and the swing of running (shank-swing.ts).
 */
import type { Orientation } from "./orientation"
import { createMount, setMount } from "./sagittal"
import { Vector } from "./vector"

/** Up further from standing than this (Q14, 6° of tilt) at rest is another standing. */
const NEW_POSE_Q14 = 1715
/** Standing is smoothed over the rest, 1/32 a sample. */
const STANDING_SHIFT = 5
/** The shank leans forward by a few degrees only: what up moves by is scaled up so that rounding costs no direction. */
const MOVED_SHIFT = 2

type ShankUp = Readonly<Pick<Orientation, "upX" | "upY" | "upZ">>

/** What calibration.ts shows of itself. */
export interface CalibrationMoments {
  /** A bend is under way. */
  readonly bending: boolean
  /** Bends so far since the last new standing. */
  readonly bends: number
  /** They have told the thigh's mount. */
  readonly complete: boolean
}

export class ShankMount {
  /** As found last. */
  readonly mount = createMount()
  private readonly shank: ShankUp
  private readonly calibration: CalibrationMoments
  private isStanding = false
  private readonly standing = new Vector()
  /** Sum over the bends. */
  private readonly moved = new Vector()
  private bends = 0
  // The bend under way.
  private samples = 0
  private readonly bend = new Vector()

  constructor(shank: ShankUp, calibration: CalibrationMoments) {
    this.shank = shank
    this.calibration = calibration
  }

  /** Looks at the newest sample; after the calibration did. @param resting the thigh is at rest */
  step(resting: boolean): void {
    const { bends, bending, complete } = this.calibration
    const { upX, upY, upZ } = this.shank
    const { x, y, z } = this.standing
    if (bends < this.bends) this.moved.set(0, 0, 0)
    if (bending) {
      if (!this.isStanding) return
      this.samples++
      this.bend.add(upX - x, upY - y, upZ - z)
    } else if (this.samples > 0) {
      if (bends > this.bends) this.addBend()
      this.forgetBend()
    } else if (resting && (bends === 0 || complete)) {
      const dx = upX - x
      const dy = upY - y
      const dz = upZ - z
      if (!this.isStanding || isFar(dx) || isFar(dy) || isFar(dz)) {
        this.isStanding = true
        this.standing.set(upX, upY, upZ)
      } else this.standing.add(dx >> STANDING_SHIFT, dy >> STANDING_SHIFT, dz >> STANDING_SHIFT)
    }
    this.bends = bends
  }

  /** Fills the mount. @returns false when the shank hardly leaned */
  find(): boolean {
    const { x, y, z } = this.moved
    return this.set(0 - x, 0 - y, 0 - z)
  }

  /** Fills the mount from the axis about which the ankle goes forward, Q14. @returns false when nobody stood still before */
  findBySwing(axis: Readonly<Vector>): boolean {
    const { x, y, z } = this.standing
    return this.set(
      (y * axis.z - z * axis.y) >> 14,
      (z * axis.x - x * axis.z) >> 14,
      (x * axis.y - y * axis.x) >> 14,
    )
  }

  restart(): void {
    this.isStanding = false
    this.bends = 0
    this.moved.set(0, 0, 0)
    this.forgetBend()
  }

  private set(forwardX: number, forwardY: number, forwardZ: number): boolean {
    const { x, y, z } = this.standing
    return this.isStanding && setMount(this.mount, x, y, z, forwardX, forwardY, forwardZ)
  }

  /** The mean way of the bend under way, so that a slow bend weighs no more than a quick one. */
  private addBend(): void {
    let shift = 0
    while (this.samples >> shift > 1) shift++
    const { x, y, z } = this.bend
    this.moved.add((x << MOVED_SHIFT) >> shift, (y << MOVED_SHIFT) >> shift, (z << MOVED_SHIFT) >> shift)
  }

  private forgetBend(): void {
    this.samples = 0
    this.bend.set(0, 0, 0)
  }
}

function isFar(value: number): boolean {
  return value > NEW_POSE_Q14 || value < 0 - NEW_POSE_Q14
}
