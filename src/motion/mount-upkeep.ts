/**
 * Keeps the mount right from gait alone: windows of swing-plane.ts in; the mount, how good it is and which leg wears the sensor out.
 *
 * - No knee bends were made: the plane of the swing is the sagittal plane, and the last rest is standing, where it can be.
 * - Bends were made: running straight refines the plane they gave.
 * - The strap slipped: mean up or the axis left where they were in this wearer's running. The mount is turned along with the sensor.
 * - The strap was put on another way round than the stored mount says: the swing's own plane takes its place.
 */
import { createGaitMount } from "./gait-mount"
import { createLastRest } from "./last-rest"
import { createLegSense, type Leg } from "./leg"
import { type Mount, setMount } from "./sagittal"
import { Activity } from "./stride"
import type { SwingPlane } from "./swing-plane"
import { createUsualSwing, SwingNews } from "./usual-swing"
import { cross, degSineQ14, dot, normalize, put, type Vector } from "./vector"

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

/** What window() and rest() did: bits. */
export const UpkeepEvent = { mounted: 1, refined: 2, shifted: 4 } as const

/** Evidence for the sense of the swing that is enough (swing-plane.ts, Q8), in two windows that agree. */
const SENSE_SURE_Q8 = 70
/** So many windows in a row say the same before anything is done. */
const WINDOWS_SURE = 2
const WINDOWS_CONTRARY = 3
/** Running swings the thigh faster than this (root mean square), walking slower: 115 °/s in 16 counts. */
const RUN_RATE = Math.round(115 / 1.12)
/** Straight on: turning by less than 20 °/s, in 16 counts. */
const STRAIGHT_YAW = Math.round(20 / 1.12)
/** Standing that comes after gait may be so far from what gait took for it. */
const STANDING_OFF_Q14 = degSineQ14(12)
/** So many windows of running or walking that agree (15 s): the mount is this wear's, and nothing else takes its place. */
const WINDOWS_TRUSTED = 6
/** An axis that is 25° off is another way to wear the strap: its part forward over its part sideways, Q4. */
const OTHER_AXIS_Q4 = Math.round(16 * Math.tan((25 * Math.PI) / 180))
/** Bends know the plane to ± 3°, running to ± 5° (the 18 runners): running gets the smaller say, 1/4. */
const BENDS_REFINE_SHIFT = 2

export interface MountUpkeep {
  quality: MountQuality
  readonly leg: Leg
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
  const lastRest = createLastRest()
  const gaitMount = createGaitMount(mount, lastRest)
  const legSense = createLegSense()

  let surely = 0
  let contrary = 0
  let trusted = 0
  let isRefined = false
  const usual = createUsualSwing({ forward, up: mountUp, side })

  function readMount(): void {
    put(mountUp, mount.upX, mount.upY, mount.upZ)
    put(forward, mount.forwardX, mount.forwardY, mount.forwardZ)
    cross(side, forward, mountUp)
  }

  function accept(quality: MountQuality): void {
    upkeep.quality = quality
    isRefined = false
    surely = contrary = trusted = 0
    readMount()
    usual.forget()
    legSense.forget()
  }

  function mountFromGait(): boolean {
    if (gaitMount.setByRest(up, axis)) accept(MountQuality.standing)
    else if (gaitMount.setByLean(up, axis, plane.rate > RUN_RATE)) accept(MountQuality.gait)
    else return false
    return true
  }

  /** The axis points to the other side than the mount says, or well off it. */
  function isContrary(): boolean {
    const ahead = dot(axis, forward)
    const sideways = dot(axis, side)
    return sideways <= 0 || (ahead < 0 ? 0 - ahead : ahead) << 4 > sideways * OTHER_AXIS_Q4
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
    get leg() {
      return legSense.leg
    },

    window(gait) {
      if (!plane.isGait) {
        surely = contrary = 0
        return 0
      }
      lastRest.gaitSeen()
      put(axis, plane.axisX, plane.axisY, plane.axisZ)
      put(up, plane.upX, plane.upY, plane.upZ)
      if (!normalize(up)) return 0
      const senseQ8 = plane.senseQ8 + gaitMount.leanEvidenceQ8(up, axis)
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
      legSense.window(up, axis)
      const isStraight = plane.yaw < STRAIGHT_YAW && plane.yaw > -STRAIGHT_YAW
      return gait === Activity.run && isStraight ? compare() : 0
    },

    rest(upX, upY, upZ) {
      if (!lastRest.tick(upX, upY, upZ) || upkeep.quality !== MountQuality.gait) return 0
      const restUp = lastRest.up
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
      legSense.leg = leg
    },
  }
  return upkeep
}
