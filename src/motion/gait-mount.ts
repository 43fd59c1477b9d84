/**
 * The mount from gait alone: mean up, the swing's axis (forward positive) and the last rest in, Q14 in the sensor's frame; the mount out. The
 * swing's plane is the sagittal one. Standing is the last rest if it can be, else where the average runner's is.
 */
import type { LastRest } from "./last-rest"
import { type Mount, setMount } from "./sagittal"
import { degCosineQ14, degSineQ14, Vector } from "./vector"

/** Mean inclination in gait against standing: running 13.5 ± 3.7° (the 18 runners), walking less; standing is believed between. */
const RUN_LEAN_Q14 = degSineQ14(13.5)
const WALK_LEAN_Q14 = degSineQ14(8)
const RUN_UPRIGHT_Q14 = degCosineQ14(13.5)
const WALK_UPRIGHT_Q14 = degCosineQ14(8)
const LEAN_MIN_Q14 = degSineQ14(-6)
const LEAN_MAX_Q14 = degSineQ14(30)
const SIDEWAYS_MAX_Q14 = degSineQ14(14)
/** The thigh leans forward in gait: 13.5° against standing speak as loud as the usual shape of the swing, but no louder than 1.4 times. */
const LEAN_EVIDENCE_SHIFT = 5
const LEAN_EVIDENCE_MAX_Q8 = 120

export class GaitMount {
  private readonly mount: Mount
  private readonly rest: Readonly<LastRest>
  private readonly forward = new Vector()
  private readonly side = new Vector()
  private readonly standing = new Vector()

  constructor(mount: Mount, rest: Readonly<LastRest>) {
    this.mount = mount
    this.rest = rest
  }

  /** What the lean against the last rest says of the axis's sense, Q8; 0 when that was no standing. */
  leanEvidenceQ8(up: Readonly<Vector>, axis: Readonly<Vector>): number {
    if (!this.buildRestFrame(axis)) return 0
    const lean = up.dot(this.forward)
    const sideways = up.dot(this.side)
    if (lean > LEAN_MAX_Q14 || lean < -LEAN_MAX_Q14) return 0
    if (sideways > SIDEWAYS_MAX_Q14 || sideways < -SIDEWAYS_MAX_Q14) return 0
    const evidence = lean >> LEAN_EVIDENCE_SHIFT
    if (evidence > LEAN_EVIDENCE_MAX_Q8) return LEAN_EVIDENCE_MAX_Q8
    return evidence < -LEAN_EVIDENCE_MAX_Q8 ? -LEAN_EVIDENCE_MAX_Q8 : evidence
  }

  /** Looks whether the last rest was standing; set() then takes it. */
  standByRest(up: Readonly<Vector>, axis: Readonly<Vector>): boolean {
    if (!this.buildRestFrame(axis)) return false
    const lean = up.dot(this.forward)
    const sideways = up.dot(this.side)
    this.standing.copy(this.rest.up)
    return (
      lean > LEAN_MIN_Q14 &&
      lean < LEAN_MAX_Q14 &&
      sideways < SIDEWAYS_MAX_Q14 &&
      sideways > -SIDEWAYS_MAX_Q14
    )
  }

  /** The average runner's standing; set() then takes it. @returns false when up and axis are no two directions */
  standByLean(up: Readonly<Vector>, axis: Readonly<Vector>, isRun: boolean): boolean {
    const forward = this.forward
    forward.cross(up, axis)
    if (!forward.normalize()) return false
    const lean = isRun ? RUN_LEAN_Q14 : WALK_LEAN_Q14
    const upright = isRun ? RUN_UPRIGHT_Q14 : WALK_UPRIGHT_Q14
    this.standing.set(
      (up.x * upright - forward.x * lean) >> 14,
      (up.y * upright - forward.y * lean) >> 14,
      (up.z * upright - forward.z * lean) >> 14,
    )
    return true
  }

  /** Sets the mount with the standing found last. @returns false when it can be none */
  set(): boolean {
    const forward = this.forward
    const standing = this.standing
    return setMount(this.mount, standing.x, standing.y, standing.z, forward.x, forward.y, forward.z)
  }

  /** Forward and side of who stands as at the last rest. @returns false when the axis points up there */
  private buildRestFrame(axis: Readonly<Vector>): boolean {
    const { up, hasRested } = this.rest
    if (!hasRested) return false
    this.forward.cross(up, axis)
    if (!this.forward.normalize()) return false
    this.side.cross(this.forward, up)
    return true
  }
}
