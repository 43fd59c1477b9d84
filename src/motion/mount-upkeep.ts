/**
 * Keeps the mount right from gait alone: windows of swing-plane.ts in; the mount, how good it is and which leg wears the sensor out.
 *
 * - No knee bends were made: the plane of the swing is the sagittal plane, and the last rest is standing, where it can be.
 * - Bends were made: running straight refines the plane they gave.
 * - The strap slipped: mean up or the axis left where they were in this wearer's running. The mount is turned along with the sensor.
 * - The strap was put on another way round than the stored mount says: the swing's own plane takes its place.
 */
import { ONE_Q14 } from "./fixed-point"
import { type Mount, setMount } from "./sagittal"
import { Activity } from "./stride"
import type { SwingPlane } from "./swing-plane"
import { createUsualSwing, SwingNews } from "./usual-swing"
import { cross, dot, normalize, put, type Vector } from "./vector"

/** What the mount comes from; more is better. */
export const MountQuality = {
  none: 0,
  /** From gait; standing was never seen, its place is the average runner's. */
  gait: 1,
  /** From gait and from standing. */
  standing: 2,
  /** From standing and knee bends. */
  bends: 3,
} as const
export type MountQuality = (typeof MountQuality)[keyof typeof MountQuality]

export const Leg = { unknown: 0, left: 1, right: 2 } as const
export type Leg = (typeof Leg)[keyof typeof Leg]

/** What window() and rest() did: bits. */
export const UpkeepEvent = { mounted: 1, refined: 2, shifted: 4 } as const

/** Evidence for the sense of the swing that is enough (swing-plane.ts, Q8), in two windows that agree. */
const SENSE_SURE_Q8 = 70
/** The thigh leans forward in gait: 13.5° against standing speak as loud as the usual shape of the swing, but no louder than 1.4 times. */
const LEAN_EVIDENCE_SHIFT = 5
const LEAN_EVIDENCE_MAX_Q8 = 120
/** So many windows in a row say the same before anything is done. */
const WINDOWS_SURE = 2
const WINDOWS_CONTRARY = 3
/** Mean inclination in gait against standing: running 13.5 ± 3.7° (the 18 runners), walking less; standing is believed between. */
const RUN_LEAN_Q14 = sineQ14(13.5)
const WALK_LEAN_Q14 = sineQ14(8)
const RUN_UPRIGHT_Q14 = cosineQ14(13.5)
const WALK_UPRIGHT_Q14 = cosineQ14(8)
const LEAN_MIN_Q14 = sineQ14(-6)
const LEAN_MAX_Q14 = sineQ14(30)
const SIDEWAYS_MAX_Q14 = sineQ14(14)
/** Running swings the thigh faster than this (root mean square), walking slower: 115 °/s in 16 counts. */
const RUN_RATE = Math.round(115 / 1.12)
/** Straight on: turning by less than 20 °/s, in 16 counts. */
const STRAIGHT_YAW = Math.round(20 / 1.12)
/** Rest is looked at every so many ticks (0.2 s: more than the 16 samples that a movement takes to end it), and believed when the next look finds it as well. */
const REST_TICKS = 3
/** After gait, up needs so many looks (3 s) to be exact: the filter's time constant. */
const SETTLED_LOOKS = 16
/** Standing that comes after gait may be so far from what gait took for it. */
const STANDING_OFF_Q14 = sineQ14(12)
/** So many windows of running or walking that agree (15 s): the mount is this wear's, and nothing else takes its place. */
const WINDOWS_TRUSTED = 6
/** An axis that is 25° off is another way to wear the strap: its part forward over its part sideways, Q4. */
const OTHER_AXIS_Q4 = Math.round(16 * Math.tan((25 * Math.PI) / 180))
/** Bends know the plane to ± 3°, running to ± 5° (the 18 runners): running gets the smaller say, 1/4. */
const BENDS_REFINE_SHIFT = 2
/** The swing's axis leans up by 10 ± 5° on the right leg (17 of the 18 runners, one has -1°), so down on the left one. */
const LEG_SURE_Q14 = sineQ14(4)
/** Windows of gait that tell it, 2^n: until then (40 s) up may still settle. */
const LEG_SHIFT = 4

function sineQ14(deg: number): number {
  return Math.round(ONE_Q14 * Math.sin((deg * Math.PI) / 180))
}
function cosineQ14(deg: number): number {
  return Math.round(ONE_Q14 * Math.cos((deg * Math.PI) / 180))
}

export interface MountUpkeep {
  quality: MountQuality
  leg: Leg
  /** A window is full. @param gait what all of it was; other when it was not one @returns bits of UpkeepEvent */
  window(gait: Activity): number
  /** A tick at which the sensor rests, up is there (Q14). @returns bits of UpkeepEvent */
  rest(upX: number, upY: number, upZ: number): number
  /** The mount was set from elsewhere. @param isOwn by this wear: gait may refine it, but not replace it */
  set(quality: MountQuality, leg: Leg, isOwn: boolean): void
}

export function createMountUpkeep(mount: Mount, plane: SwingPlane): MountUpkeep {
  // The mount's axes, and the window's axis (forward positive) and mean up, all in the sensor's frame.
  const mountUp: Vector = [0, 0, 0]
  const forward: Vector = [0, 0, 0]
  const side: Vector = [0, 0, 0]
  const axis: Vector = [0, 0, 0]
  const up: Vector = [0, 0, 0]
  const spare: Vector = [0, 0, 0]
  /** The last rest, and whether there was one; the newer pose may already be the beginning of a movement. */
  const restUp: Vector = [0, 0, 0]
  const newerUp: Vector = [0, 0, 0]
  let hasRested = false
  let restTicks = 0
  let restLooks = 0

  let surely = 0
  let contrary = 0
  let trusted = 0
  let isRefined = false
  const usual = createUsualSwing({ forward, up: mountUp, side })
  let legSum = 0
  let legWindows = 0

  function readMount(): void {
    put(mountUp, mount.upX, mount.upY, mount.upZ)
    put(forward, mount.forwardX, mount.forwardY, mount.forwardZ)
    cross(side, forward, mountUp)
  }

  function accept(quality: MountQuality): void {
    upkeep.quality = quality
    isRefined = false
    surely = contrary = trusted = legSum = legWindows = 0
    readMount()
    usual.forget()
  }

  /** The swing's plane is the sagittal one; standing is the last rest if it can be, else where the average runner's is. */
  function mountFromGait(): boolean {
    if (hasRested) {
      cross(forward, restUp, axis)
      if (normalize(forward)) {
        cross(side, forward, restUp)
        const lean = dot(up, forward)
        const sideways = dot(up, side)
        if (
          lean > LEAN_MIN_Q14 &&
          lean < LEAN_MAX_Q14 &&
          sideways < SIDEWAYS_MAX_Q14 &&
          sideways > -SIDEWAYS_MAX_Q14 &&
          setMount(mount, restUp[0], restUp[1], restUp[2], forward[0], forward[1], forward[2])
        ) {
          accept(MountQuality.standing)
          return true
        }
      }
    }
    cross(forward, up, axis)
    if (!normalize(forward)) return false
    const isRun = plane.rate > RUN_RATE
    const lean = isRun ? RUN_LEAN_Q14 : WALK_LEAN_Q14
    const upright = isRun ? RUN_UPRIGHT_Q14 : WALK_UPRIGHT_Q14
    for (let i = 0; i < 3; i++) spare[i as 0] = (up[i as 0] * upright - forward[i as 0] * lean) >> 14
    if (!setMount(mount, spare[0], spare[1], spare[2], forward[0], forward[1], forward[2])) return false
    accept(MountQuality.gait)
    return true
  }

  /** What the lean against the last rest says of the axis's sense; 0 when that was no standing. */
  function leanEvidenceQ8(): number {
    if (!hasRested) return 0
    cross(spare, restUp, axis)
    if (!normalize(spare)) return 0
    const lean = dot(up, spare)
    cross(side, spare, restUp)
    const sideways = dot(up, side)
    readMount()
    if (lean > LEAN_MAX_Q14 || lean < -LEAN_MAX_Q14) return 0
    if (sideways > SIDEWAYS_MAX_Q14 || sideways < -SIDEWAYS_MAX_Q14) return 0
    const evidence = lean >> LEAN_EVIDENCE_SHIFT
    if (evidence > LEAN_EVIDENCE_MAX_Q8) return LEAN_EVIDENCE_MAX_Q8
    return evidence < -LEAN_EVIDENCE_MAX_Q8 ? -LEAN_EVIDENCE_MAX_Q8 : evidence
  }

  /** The axis points to the other side than the mount says, or well off it. */
  function isContrary(): boolean {
    const ahead = dot(axis, forward)
    const sideways = dot(axis, side)
    return sideways <= 0 || (ahead < 0 ? 0 - ahead : ahead) << 4 > sideways * OTHER_AXIS_Q4
  }

  function findLeg(): void {
    if (legWindows < 1 << LEG_SHIFT) legWindows++
    else legSum -= legSum >> LEG_SHIFT
    legSum += dot(axis, up)
    if (legWindows < 1 << LEG_SHIFT) return
    const leaning = legSum >> LEG_SHIFT
    if (leaning > LEG_SURE_Q14) upkeep.leg = Leg.right
    else if (leaning < -LEG_SURE_Q14) upkeep.leg = Leg.left
  }

  /** A window of running straight on. @returns bits of UpkeepEvent */
  function compare(): number {
    const news = usual.see(up, axis)
    if (news === SwingNews.known) return refine()
    if (news === SwingNews.none || !setAxes()) return 0
    return news === SwingNews.shifted ? UpkeepEvent.shifted : UpkeepEvent.refined
  }

  /** Turns the mount about up towards the plane in which this wearer usually swings, once. */
  function refine(): number {
    if (isRefined) return 0
    isRefined = true
    const turn = usual.axis[0] >> (upkeep.quality === MountQuality.bends ? BENDS_REFINE_SHIFT : 0)
    const rest = usual.axis[2]
    for (let i = 0; i < 3; i++) forward[i as 0] = (forward[i as 0] * rest - side[i as 0] * turn) >> 14
    if (!setAxes()) return 0
    usual.forget()
    return UpkeepEvent.refined
  }

  /** The mount from its axes. */
  function setAxes(): boolean {
    const isSet = setMount(mount, mountUp[0], mountUp[1], mountUp[2], forward[0], forward[1], forward[2])
    readMount()
    return isSet
  }

  const upkeep: MountUpkeep = {
    quality: MountQuality.none,
    leg: Leg.unknown,

    window(gait) {
      if (!plane.isGait) {
        surely = contrary = 0
        return 0
      }
      restLooks = 0
      put(axis, plane.axisX, plane.axisY, plane.axisZ)
      put(up, plane.upX, plane.upY, plane.upZ)
      if (!normalize(up)) return 0
      const senseQ8 = plane.senseQ8 + leanEvidenceQ8()
      const isSure = senseQ8 >= SENSE_SURE_Q8 || senseQ8 <= -SENSE_SURE_Q8
      const isBackward = isSure ? senseQ8 < 0 : dot(axis, side) < 0
      if (isBackward) put(axis, 0 - axis[0], 0 - axis[1], 0 - axis[2])
      if (upkeep.quality === MountQuality.none) {
        surely = isSure ? surely + 1 : 0
        return surely >= WINDOWS_SURE && mountFromGait() ? UpkeepEvent.mounted : 0
      }
      if (isContrary()) {
        contrary = isSure && trusted < WINDOWS_TRUSTED ? contrary + 1 : 0
        if (contrary < WINDOWS_CONTRARY || !mountFromGait()) return 0
        return UpkeepEvent.mounted | UpkeepEvent.shifted
      }
      contrary = 0
      if (gait === Activity.other) return 0
      if (trusted < WINDOWS_TRUSTED) trusted++
      findLeg()
      const isStraight = plane.yaw < STRAIGHT_YAW && plane.yaw > -STRAIGHT_YAW
      return gait === Activity.run && isStraight ? compare() : 0
    },

    rest(upX, upY, upZ) {
      restTicks++
      if (restTicks < REST_TICKS) return 0
      restTicks = 0
      put(restUp, newerUp[0], newerUp[1], newerUp[2])
      put(newerUp, upX, upY, upZ)
      hasRested = normalize(restUp)
      if (restLooks < SETTLED_LOOKS) restLooks++
      if (!hasRested || restLooks < SETTLED_LOOKS || upkeep.quality !== MountQuality.gait) return 0
      const lean = dot(restUp, forward)
      const sideways = dot(restUp, side)
      const isStanding =
        lean < STANDING_OFF_Q14 &&
        lean > -STANDING_OFF_Q14 &&
        sideways < STANDING_OFF_Q14 &&
        sideways > -STANDING_OFF_Q14
      if (!isStanding) return 0
      if (!setMount(mount, restUp[0], restUp[1], restUp[2], forward[0], forward[1], forward[2])) return 0
      accept(MountQuality.standing)
      return UpkeepEvent.refined
    },

    set(quality, leg, isOwn) {
      accept(quality)
      if (isOwn) trusted = WINDOWS_TRUSTED
      upkeep.leg = leg
    },
  }
  return upkeep
}
