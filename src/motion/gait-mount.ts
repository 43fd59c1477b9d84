/**
 * The mount from gait alone: mean up, the swing's axis (forward positive) and the last rest in, Q14 in the sensor's frame; the mount out. The
 * swing's plane is the sagittal one. Standing is the last rest if it can be, else where the average runner's is.
 */
import type { LastRest } from "./last-rest"
import { type Mount, setMount } from "./sagittal"
import { cross, degCosineQ14, degSineQ14, dot, normalize, type Vector } from "./vector"

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

export interface GaitMount {
  /** What the lean against the last rest says of the axis's sense, Q8; 0 when that was no standing. */
  leanEvidenceQ8(up: Vector, axis: Vector): number
  /** Sets the mount with the last rest for standing. @returns false when it can be none */
  setByRest(up: Vector, axis: Vector): boolean
  /** Sets the mount with the average runner's standing. @returns false when up and axis are no two directions */
  setByLean(up: Vector, axis: Vector, isRun: boolean): boolean
}

export function createGaitMount(mount: Mount, rest: LastRest): GaitMount {
  const forward: Vector = [0, 0, 0]
  const side: Vector = [0, 0, 0]
  const standing: Vector = [0, 0, 0]

  function set(upright: Vector): boolean {
    return setMount(mount, upright[0], upright[1], upright[2], forward[0], forward[1], forward[2])
  }

  /** Forward and side of who stands as at the last rest. @returns false when the axis points up there */
  function buildRestFrame(axis: Vector): boolean {
    if (!rest.hasRested) return false
    cross(forward, rest.up, axis)
    if (!normalize(forward)) return false
    cross(side, forward, rest.up)
    return true
  }

  return {
    leanEvidenceQ8(up, axis) {
      if (!buildRestFrame(axis)) return 0
      const lean = dot(up, forward)
      const sideways = dot(up, side)
      if (lean > LEAN_MAX_Q14 || lean < -LEAN_MAX_Q14) return 0
      if (sideways > SIDEWAYS_MAX_Q14 || sideways < -SIDEWAYS_MAX_Q14) return 0
      const evidence = lean >> LEAN_EVIDENCE_SHIFT
      if (evidence > LEAN_EVIDENCE_MAX_Q8) return LEAN_EVIDENCE_MAX_Q8
      return evidence < -LEAN_EVIDENCE_MAX_Q8 ? -LEAN_EVIDENCE_MAX_Q8 : evidence
    },

    setByRest(up, axis) {
      if (!buildRestFrame(axis)) return false
      const lean = dot(up, forward)
      const sideways = dot(up, side)
      return (
        lean > LEAN_MIN_Q14 &&
        lean < LEAN_MAX_Q14 &&
        sideways < SIDEWAYS_MAX_Q14 &&
        sideways > -SIDEWAYS_MAX_Q14 &&
        set(rest.up)
      )
    },

    setByLean(up, axis, isRun) {
      cross(forward, up, axis)
      if (!normalize(forward)) return false
      const lean = isRun ? RUN_LEAN_Q14 : WALK_LEAN_Q14
      const upright = isRun ? RUN_UPRIGHT_Q14 : WALK_UPRIGHT_Q14
      for (let i = 0; i < 3; i++) standing[i as 0] = (up[i as 0] * upright - forward[i as 0] * lean) >> 14
      return set(standing)
    },
  }
}
