/**
 * Calibration: how the sensor is strapped on, found from standing still and small knee bends. Up in the sensor's frame
 * and rest in; the mount out. Up moves forward in a bend and comes back, so its way there is the sagittal plane and its
 * sense, whichever way round the strap sits.
 */
import { BEND_MAX_MS, BEND_MIN_MS, BEND_PEAK_MAX_CDEG, BEND_PEAK_MIN_CDEG } from "./bend"
import { ONE_Q14 } from "./fixed-point"
import type { Orientation } from "./orientation"
import { createMount, setMount } from "./sagittal"

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
/** At rest up has a part of this much at least (half of what it has where all are the same): otherwise there is no gravity to stand in. */
const STAND_MIN_Q14 = Math.round(ONE_Q14 / (2 * Math.sqrt(3)))
/** Ways of bends are compared in so many bits less, so that the squares of their products stay in int32. */
const WAY_SHIFT = 9
const WAY_HALF = 1 << (WAY_SHIFT - 1)

/** How far a unit vector's end is from where it was, after a turn by the angle. */
function chordQ14(cdeg: number): number {
  return Math.round(2 * ONE_Q14 * Math.sin((Math.PI * cdeg) / TURN_CDEG))
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

/** Do two ways point the same way, within 30°? That is: 4·(a·b)² ≥ 3·|a|²·|b|². */
function isSameWay(ax: number, ay: number, az: number, bx: number, by: number, bz: number): boolean {
  const x = (ax + WAY_HALF) >> WAY_SHIFT
  const y = (ay + WAY_HALF) >> WAY_SHIFT
  const z = (az + WAY_HALF) >> WAY_SHIFT
  const otherX = (bx + WAY_HALF) >> WAY_SHIFT
  const otherY = (by + WAY_HALF) >> WAY_SHIFT
  const otherZ = (bz + WAY_HALF) >> WAY_SHIFT
  const along = x * otherX + y * otherY + z * otherZ
  const squares = (x * x + y * y + z * z) * (otherX * otherX + otherY * otherY + otherZ * otherZ)
  return along > 0 && 4 * along * along >= 3 * squares
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

export class Calibration {
  /** Made in this wear. */
  complete = false
  /** Bends seen since the last new standing, and what they were; as many as a calibration takes. */
  bends = 0
  readonly seen: readonly CalibrationBend[]
  readonly mount = createMount()
  private readonly orientation: Orientation
  private readonly minSamples: number
  private readonly maxSamples: number
  // Standing: up at rest, Q14; smoothed over the rest.
  private standing = false
  private sx = 0
  private sy = 0
  private sz = 0
  // What up moved by in the bends so far: their ways on the mean (at most twice that), Q14, summed; the bend under way apart, its samples summed.
  private movedX = 0
  private movedY = 0
  private movedZ = 0
  private bendX = 0
  private bendY = 0
  private bendZ = 0
  private deepest = 0
  private samples = 0

  /** @param periodUs sample period in µs */
  constructor(periodUs: number, orientation: Orientation) {
    this.orientation = orientation
    this.minSamples = Math.round((BEND_MIN_MS * 1000) / periodUs)
    this.maxSamples = Math.round((BEND_MAX_MS * 1000) / periodUs)
    const seen: CalibrationBend[] = []
    for (let i = 0; i < BENDS; i++) seen.push({ age: 0, held: false, upX: 0, upY: 0, upZ: 0 })
    this.seen = seen
  }

  /** A bend is under way. */
  get bending(): boolean {
    return this.samples > 0 && this.samples <= this.maxSamples
  }

  /** Looks at the newest sample. @returns true at the one that completes the bends: then finish(), before the next */
  step(): boolean {
    if (this.complete) return false
    const { resting, upX, upY, upZ } = this.orientation
    if (!this.standing) {
      if (resting) this.stand(upX, upY, upZ)
      return false
    }
    const dx = upX - this.sx
    const dy = upY - this.sy
    const dz = upZ - this.sz
    const tilt = tiltQ14(dx, dy, dz)
    for (let i = 0; i < BENDS; i++) (this.seen[i] as CalibrationBend).age++

    // At rest, but not within a bend that is held.
    if (resting && !this.bending) {
      this.samples = 0
      if (tilt > NEW_POSE_Q14) {
        this.forgetBends()
        this.stand(upX, upY, upZ)
      } else if (this.bends === 0) {
        this.sx += dx >> 5
        this.sy += dy >> 5
        this.sz += dz >> 5
      }
      return false
    }
    if (this.samples === 0) {
      if (tilt < TILT_BEGIN_Q14) return false
      this.bendX = this.bendY = this.bendZ = this.deepest = 0
      ;(this.seen[this.bends] as CalibrationBend).held = false
    }
    return this.stepBend(tilt, dx, dy, dz)
  }

  /** The wearer is in gait: what looked like bends was none. */
  disturb(): void {
    this.samples = 0
    this.forgetBends()
  }

  /** Waits for standing and bends again. */
  restart(): void {
    this.complete = false
    this.standing = false
    this.samples = 0
    this.forgetBends()
  }

  private stand(upX: number, upY: number, upZ: number): void {
    const hasGravity =
      upX > STAND_MIN_Q14 ||
      upX < -STAND_MIN_Q14 ||
      upY > STAND_MIN_Q14 ||
      upY < -STAND_MIN_Q14 ||
      upZ > STAND_MIN_Q14 ||
      upZ < -STAND_MIN_Q14
    if (!hasGravity) return
    this.standing = true
    this.sx = upX
    this.sy = upY
    this.sz = upZ
  }

  /** A sample of a bend. @returns true when the calibration is complete */
  private stepBend(tilt: number, dx: number, dy: number, dz: number): boolean {
    const { resting, upX, upY, upZ } = this.orientation
    this.samples++
    const samples = this.samples
    const bend = this.seen[this.bends] as CalibrationBend
    const isHeldNow = resting && !bend.held
    if (isHeldNow || (tilt > this.deepest && !bend.held)) {
      bend.held = isHeldNow
      bend.age = 0
      bend.upX = upX
      bend.upY = upY
      bend.upZ = upZ
    }
    if (tilt > this.deepest) this.deepest = tilt
    if (samples > this.maxSamples) return false
    this.bendX += dx
    this.bendY += dy
    this.bendZ += dz
    if (tilt > TILT_END_Q14) return false

    const deepest = this.deepest
    if (samples >= this.minSamples && deepest >= TILT_PEAK_MIN_Q14 && deepest <= TILT_PEAK_MAX_Q14)
      this.addBend()
    // A stride, or a seat taken: whoever does that is not calibrating.
    else if (deepest >= TILT_PEAK_MIN_Q14) this.forgetBends()
    this.samples = 0
    return this.bends === BENDS
  }

  /** Sets the mount by the bends, to be taken over at the next sample: from there ages count. @returns whether it is one */
  finish(): boolean {
    for (let i = 0; i < BENDS; i++) (this.seen[i] as CalibrationBend).age++
    this.complete = setMount(
      this.mount,
      this.sx,
      this.sy,
      this.sz,
      this.movedX >> 2,
      this.movedY >> 2,
      this.movedZ >> 2,
    )
    if (!this.complete) this.forgetBends()
    return this.complete
  }

  /**
   * Adds a finished bend: its mean way, so that a slow bend weighs no more than a quick one. One that goes another way than those before (laces
   * were tied) is the first.
   */
  private addBend(): void {
    let shift = 0
    while (this.samples >> shift > 1) shift++
    const x = this.bendX >> shift
    const y = this.bendY >> shift
    const z = this.bendZ >> shift
    if (this.bends > 0 && !isSameWay(x, y, z, this.movedX, this.movedY, this.movedZ)) {
      Object.assign(this.seen[0] as CalibrationBend, this.seen[this.bends])
      this.forgetBends()
    }
    this.movedX += x
    this.movedY += y
    this.movedZ += z
    this.bends++
  }

  private forgetBends(): void {
    this.bends = 0
    this.movedX = this.movedY = this.movedZ = 0
  }
}
