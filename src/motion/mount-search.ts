/**
 * The search for how the sensors sit, while the wearer moves: a sample every TICK_US in (raw counts), what it found out, worked at in parts. The swing's
 * plane and rest go to the upkeep of the thigh's mount; standing and swing tell the second sensor's.
 */
import type { Calibration } from "./calibration"
import type { GaitNow } from "./gait-now"
import type { MountUpkeep } from "./mount-upkeep"
import type { Orientation } from "./orientation"
import type { Shank } from "./shank"
import { ShankMount } from "./shank-mount"
import { Activity } from "./stride"
import { type SwingPlane, TICK_US } from "./swing-plane"
import { WINDOW_TICKS } from "./swing-window"

/** Where a slip is all that windows still tell, so long goes by without one: a slip is noticed that much later at most. */
const PAUSE_TICKS = WINDOW_TICKS

type GaitHere = Readonly<Pick<GaitNow, "inGait" | "gait">>

export class MountSearch {
  /** In place of the next tick: pause(). */
  isPausing = false
  /** A tick's sample is kept, or a full window of the swing is not worked through yet: work(). */
  isWorking = false
  /** work() is to take a tick's sample: less than a part of a window. */
  isTicking = false
  /** Motion samples. */
  readonly samplesPerTick: number
  private readonly orientation: Orientation
  private readonly gaitNow: GaitHere
  private readonly plane: SwingPlane
  private readonly upkeep: MountUpkeep
  private readonly calibration: Calibration
  private readonly shank: Shank | undefined
  private readonly shankMount: ShankMount | undefined
  /** What all of the window so far was, and of the full one; other when it was not one gait. */
  private windowGait: Activity = Activity.other
  private fullGait: Activity = Activity.other
  /** A full window is not worked through yet. */
  private hasWindow = false
  // The tick's sample.
  private gx = 0
  private gy = 0
  private gz = 0
  private ax = 0
  private ay = 0
  private az = 0

  /** @param periodUs time between two motion samples, µs */
  constructor(
    periodUs: number,
    orientation: Orientation,
    gaitNow: GaitHere,
    plane: SwingPlane,
    upkeep: MountUpkeep,
    calibration: Calibration,
    shank: Shank | undefined,
  ) {
    this.samplesPerTick = Math.round(TICK_US / periodUs)
    this.orientation = orientation
    this.gaitNow = gaitNow
    this.plane = plane
    this.upkeep = upkeep
    this.calibration = calibration
    this.shank = shank
    this.shankMount = shank && new ShankMount(shank.orientation, calibration)
  }

  /** Keeps a sample, once in TICK_US. Then work(), before the next sample. */
  keep(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): void {
    this.gx = gx
    this.gy = gy
    this.gz = gz
    this.ax = ax
    this.ay = ay
    this.az = az
    this.isTicking = true
    this.isWorking = true
  }

  /** While isWorking: takes the kept sample, or does a part of what a full window takes. @returns bits of UpkeepEvent */
  work(): number {
    let done = 0
    if (this.isTicking) done = this.tick()
    else if (this.plane.isWorking) {
      if (this.plane.work()) this.upkeep.window(this.fullGait)
    } else if (this.upkeep.isWorking) done = this.upkeep.work()
    else this.endWindow()
    this.isWorking = this.hasWindow
    return done
  }

  /** @returns motion samples until the next tick */
  pause(): number {
    this.isPausing = false
    return PAUSE_TICKS * this.samplesPerTick
  }

  /** Begins anew: samples were lost, or the sensor was moved. */
  interrupt(): void {
    this.isTicking = false
    this.hasWindow = false
    this.isPausing = false
    this.plane.reset()
  }

  /** A window is worked through: pauses where nothing but a slip is left to be found. */
  private endWindow(): void {
    this.hasWindow = false
    if (!this.plane.isGait || !this.upkeep.isSteady || this.shank?.mounted === false) return
    this.plane.forgetWindows()
    this.isPausing = true
  }

  /** @returns bits of UpkeepEvent */
  private tick(): number {
    this.isTicking = false
    const orientation = this.orientation
    const gaitHere = this.gaitNow.inGait ? this.gaitNow.gait : Activity.other
    if (gaitHere !== this.windowGait) this.windowGait = Activity.other
    if (this.shank) this.lookForShank()
    if (this.plane.window.tick(orientation, this.gx, this.gy, this.gz, this.ax, this.ay, this.az)) {
      this.plane.beginWork()
      this.hasWindow = true
      this.fullGait = this.windowGait
      this.windowGait = gaitHere
    }
    if (!orientation.resting || this.upkeep.isWorking) return 0
    return this.upkeep.rest(orientation.upX, orientation.upY, orientation.upZ)
  }

  /** A sample while the thigh's calibration is not complete. */
  stepCalibrating(): void {
    this.shankMount?.step(this.orientation.resting)
  }

  /** The thigh's calibration has completed: its bends may tell the second sensor's mount too. */
  calibrated(): void {
    if (this.shankMount?.find()) this.shank?.remount(this.shankMount.mount)
  }

  /** Forgets the second sensor's mount. */
  restart(): void {
    this.shankMount?.restart()
    this.shank?.unmount()
  }

  /** The second sensor's mount without bends, or after them: from standing and running. */
  lookForShank(): void {
    const shank = this.shank
    if (!shank || shank.mounted) return
    const gaitNow = this.gaitNow
    const { swing } = shank
    if (this.calibration.complete) this.stepCalibrating()
    shank.isRunning = gaitNow.inGait && gaitNow.gait === Activity.run
    if (!shank.isRunning) swing.reset()
    else if (swing.found && this.shankMount?.findBySwing(swing.axis)) shank.remount(this.shankMount.mount)
  }
}
