/**
 * Keeps the mount right from gait alone: windows of swing-plane.ts in; the mount, how good it is and which leg wears the sensor out.
 *
 * - No knee bends were made: the plane of the swing is the sagittal plane, and the last rest is standing, where it can be.
 * - Bends were made: running straight refines the plane they gave.
 * - The strap slipped: mean up or the axis left where they were in this wearer's running. The mount is turned along with the sensor.
 * - The strap was put on another way round than the stored mount says, or by a mount that was stored or turned the thigh swings like running
 *   and no gait is seen: the swing's own plane takes its place.
 *
 * A window is worked at in parts, so that no sample takes long.
 */
import { constant } from "../constant"
import { GaitMount } from "./gait-mount"
import { LastRest } from "./last-rest"
import { type Leg, LegSense } from "./leg"
import { type Mount, setMount } from "./sagittal"
import { Activity } from "./stride"
import type { SwingPlane } from "./swing-plane"
import { MountAxes, SwingNews, UsualSwing } from "./usual-swing"
import { degSineQ14, Vector } from "./vector"

/** What the mount comes from; more is better. */
export const MountQuality = constant({
  none: 0,
  /** From gait; standing was never seen, its place is the average runner's. */
  gait: 1,
  /** From gait and from standing. */
  standing: 2,
  /** From standing and knee bends. */
  bends: 3,
} as const)
export type MountQuality = (typeof MountQuality)[keyof typeof MountQuality]

/** What work() and rest() did: bits. */
export const UpkeepEvent = constant({ mounted: 1, refined: 2, shifted: 4 } as const)

/** Evidence for the sense of the swing that is enough (swing-plane.ts, Q8), in two windows that agree. */
const SENSE_SURE_Q8 = 70
/** So many windows in a row say the same before anything is done. */
const WINDOWS_SURE = 2
const WINDOWS_CONTRARY = 3
/** So many windows in a row (7 s) swing like running and are no gait by the mount: it is wrong. */
const WINDOWS_UNSEEN = 3
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

/** What work() does next: of every window, of one whose mount is kept, and of one that tells another. */
const Part = constant({
  none: 0,
  level: 1,
  lean: 2,
  judge: 3,
  compare: 4,
  turnNow: 5,
  turnUsual: 6,
  turn: 7,
  setTurned: 8,
  adoptTurned: 9,
  standByRest: 10,
  standByLean: 11,
  setFromGait: 12,
  adoptFromGait: 13,
} as const)
type Part = (typeof Part)[keyof typeof Part]

export class MountUpkeep {
  quality: MountQuality = MountQuality.none
  private readonly mount: Mount
  private readonly plane: SwingPlane
  // The mount's axes, and the window's axis (forward positive) and mean up, all in the sensor's frame.
  private readonly axes = new MountAxes()
  private readonly axis = new Vector()
  private readonly up = new Vector()
  private readonly lastRest = new LastRest()
  private readonly gaitMount: GaitMount
  private readonly legSense = new LegSense()
  private readonly usual = new UsualSwing(this.axes)
  private gait: Activity = Activity.other
  private senseQ8 = 0
  private part: Part = Part.none
  /** Of the window, when its last part is done. */
  private events = 0
  private gaitQuality: MountQuality = MountQuality.none
  private surely = 0
  private contrary = 0
  private trusted = 0
  private isRefined = false
  private isRefining = false
  /** The mount was turned along with the sensor in this wear; and so many windows in a row swung like running that is not seen as gait. */
  private isTurned = false
  private unseen = 0

  constructor(mount: Mount, plane: SwingPlane) {
    this.mount = mount
    this.plane = plane
    this.gaitMount = new GaitMount(mount, this.lastRest)
  }

  get leg(): Leg {
    return this.legSense.leg
  }

  /** A window is not worked through yet. */
  get isWorking(): boolean {
    return this.part !== Part.none
  }

  /** The mount is this wear's and refined, and the swing is as usual: windows tell nothing but a slip. */
  get isSteady(): boolean {
    return this.isRefined && this.trusted === WINDOWS_TRUSTED && this.usual.isUsual
  }

  /** A window is full: work(), until that is done. @param gait what all of it was; other when it was not one */
  window(gait: Activity): void {
    const { isGait, axis, up } = this.plane
    this.part = Part.none
    if (!isGait) {
      this.surely = 0
      this.contrary = 0
      this.unseen = 0
      return
    }
    this.lastRest.gaitSeen()
    this.gait = gait
    this.axis.copy(axis)
    this.up.copy(up)
    this.part = Part.level
  }

  /** A part of what a window takes. @returns bits of UpkeepEvent */
  work(): number {
    const part = this.part
    this.part = Part.none
    if (part === Part.adoptTurned) return this.adoptTurned()
    if (part === Part.adoptFromGait) {
      this.accept(this.gaitQuality)
      return this.events
    }
    if (part >= Part.standByRest) this.part = this.mountFromGait(part)
    else if (part >= Part.turnNow) this.part = this.turn(part)
    else if (part !== Part.none) this.part = this.look(part)
    return 0
  }

  /** A tick at which the sensor rests, up is there (Q14). @returns bits of UpkeepEvent */
  rest(upX: number, upY: number, upZ: number): number {
    if (!this.lastRest.tick(upX, upY, upZ) || this.quality !== MountQuality.gait) return 0
    const { up } = this.lastRest
    const { forward, side } = this.axes
    const lean = up.dot(forward)
    const sideways = up.dot(side)
    const isStanding =
      lean < STANDING_OFF_Q14 &&
      lean > -STANDING_OFF_Q14 &&
      sideways < STANDING_OFF_Q14 &&
      sideways > -STANDING_OFF_Q14
    if (!isStanding) return 0
    if (!setMount(this.mount, up.x, up.y, up.z, forward.x, forward.y, forward.z)) return 0
    this.accept(MountQuality.standing)
    return UpkeepEvent.refined
  }

  /** The mount was set from elsewhere. @param isOwn by this wear: gait may refine it, but not replace it */
  set(quality: MountQuality, leg: Leg, isOwn: boolean): void {
    this.part = Part.none
    this.isRefining = false
    this.accept(quality)
    if (isOwn) this.trusted = WINDOWS_TRUSTED
    this.legSense.leg = leg
  }

  /** At the window. @returns what is to be done */
  private look(part: Part): Part {
    if (part === Part.level) return this.up.normalize() ? Part.lean : Part.none
    if (part === Part.lean) {
      this.senseQ8 = this.plane.senseQ8 + this.gaitMount.leanEvidenceQ8(this.up, this.axis)
      return Part.judge
    }
    return part === Part.judge ? this.judge() : this.compare()
  }

  /** Which way the axis points, and whether the mount's does. @returns what is to be done */
  private judge(): Part {
    const axis = this.axis
    const senseQ8 = this.senseQ8
    const isSure = senseQ8 >= SENSE_SURE_Q8 || senseQ8 <= -SENSE_SURE_Q8
    const isBackward = isSure ? senseQ8 < 0 : axis.dot(this.axes.side) < 0
    if (isBackward) axis.flip()
    if (this.quality === MountQuality.none) {
      this.surely = isSure ? this.surely + 1 : 0
      this.events = UpkeepEvent.mounted
      return this.surely >= WINDOWS_SURE ? Part.standByRest : Part.none
    }
    const isDoubtful = this.isTurned || this.trusted < WINDOWS_TRUSTED
    if (this.isContrary()) {
      this.contrary = isSure && isDoubtful ? this.contrary + 1 : 0
      this.events = UpkeepEvent.mounted | UpkeepEvent.shifted
      return this.contrary >= WINDOWS_CONTRARY ? Part.standByRest : Part.none
    }
    this.contrary = 0
    const { yaw, rate } = this.plane
    if (this.gait === Activity.other) {
      if (!isDoubtful || !isSure || rate <= RUN_RATE) return Part.none
      this.unseen++
      this.events = UpkeepEvent.mounted | UpkeepEvent.shifted
      return this.unseen >= WINDOWS_UNSEEN ? Part.standByRest : Part.none
    }
    this.unseen = 0
    const isStraight = yaw < STRAIGHT_YAW && yaw > -STRAIGHT_YAW
    if (this.trusted < WINDOWS_TRUSTED) this.trusted++
    this.legSense.window(this.up, axis)
    return this.gait === Activity.run && isStraight ? Part.compare : Part.none
  }

  /** The axis points to the other side than the mount says, or well off it. */
  private isContrary(): boolean {
    const ahead = this.axis.dot(this.axes.forward)
    const sideways = this.axis.dot(this.axes.side)
    return sideways <= 0 || (ahead < 0 ? 0 - ahead : ahead) << 4 > sideways * OTHER_AXIS_Q4
  }

  /** A window of running straight on. @returns what is to be done */
  private compare(): Part {
    const news = this.usual.see(this.up, this.axis)
    if (news === SwingNews.none) return Part.none
    if (news !== SwingNews.known) {
      this.events = news === SwingNews.shifted ? UpkeepEvent.shifted : UpkeepEvent.refined
      return Part.turnNow
    }
    if (this.isRefined) return Part.none
    this.refine()
    this.isRefining = true
    this.events = UpkeepEvent.refined
    return Part.setTurned
  }

  /** Turns the axes about up towards the plane in which this wearer usually swings, once. */
  private refine(): void {
    this.isRefined = true
    const { forward, side } = this.axes
    const { axis } = this.usual
    const turn = axis.x >> (this.quality === MountQuality.bends ? BENDS_REFINE_SHIFT : 0)
    forward.set(
      (forward.x * axis.z - side.x * turn) >> 14,
      (forward.y * axis.z - side.y * turn) >> 14,
      (forward.z * axis.z - side.z * turn) >> 14,
    )
  }

  /** Turns the axes along with the sensor, and the mount with them. @returns what is to be done */
  private turn(part: Part): Part {
    const usual = this.usual
    if (part === Part.turnNow) return usual.buildNow() ? Part.turnUsual : Part.none
    if (part === Part.turnUsual) return usual.buildUsual() ? Part.turn : Part.none
    if (part === Part.turn) {
      usual.turnAxes()
      return Part.setTurned
    }
    const { up, forward } = this.axes
    if (setMount(this.mount, up.x, up.y, up.z, forward.x, forward.y, forward.z)) return Part.adoptTurned
    this.isRefining = false
    this.readMount()
    return Part.none
  }

  /** @returns bits of UpkeepEvent */
  private adoptTurned(): number {
    this.readMount()
    if (this.events & UpkeepEvent.shifted) this.isTurned = true
    // What was usual was so against the axes as they were.
    if (this.isRefining) this.usual.forget()
    this.isRefining = false
    return this.events
  }

  /** Finds standing, and sets the mount by it. @returns what is to be done */
  private mountFromGait(part: Part): Part {
    const gaitMount = this.gaitMount
    if (part === Part.setFromGait) {
      if (gaitMount.set()) return Part.adoptFromGait
      return this.gaitQuality === MountQuality.standing ? Part.standByLean : Part.none
    }
    const isByRest = part === Part.standByRest
    this.gaitQuality = isByRest ? MountQuality.standing : MountQuality.gait
    const isFound = isByRest
      ? gaitMount.standByRest(this.up, this.axis)
      : gaitMount.standByLean(this.up, this.axis, this.plane.rate > RUN_RATE)
    if (isFound) return Part.setFromGait
    return isByRest ? Part.standByLean : Part.none
  }

  private readMount(): void {
    const { upX, upY, upZ, forwardX, forwardY, forwardZ } = this.mount
    const { up, forward, side } = this.axes
    up.set(upX, upY, upZ)
    forward.set(forwardX, forwardY, forwardZ)
    side.cross(forward, up)
  }

  private accept(quality: MountQuality): void {
    this.quality = quality
    this.isRefined = false
    this.isTurned = false
    this.unseen = 0
    this.surely = 0
    this.contrary = 0
    this.trusted = 0
    this.readMount()
    this.usual.forget()
    this.legSense.forget()
  }
}
