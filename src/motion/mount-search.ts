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
import type { SwingPlane } from "./swing-plane"

type GaitHere = Readonly<Pick<GaitNow, "inGait" | "gait">>

export class MountSearch {
  /** A tick's sample is kept, or a full window of the swing is not worked through yet: work(). */
  isWorking = false
  readonly #orientation: Orientation
  readonly #gaitNow: GaitHere
  readonly #plane: SwingPlane
  readonly #upkeep: MountUpkeep
  readonly #calibration: Calibration
  readonly #shank: Shank | undefined
  readonly #shankMount: ShankMount | undefined
  /** What all of the window so far was, and of the full one; other when it was not one gait. */
  #windowGait: Activity = Activity.other
  #fullGait: Activity = Activity.other
  // The tick's sample.
  #isKept = false
  #gx = 0
  #gy = 0
  #gz = 0
  #ax = 0
  #ay = 0
  #az = 0

  constructor(
    orientation: Orientation,
    gaitNow: GaitHere,
    plane: SwingPlane,
    upkeep: MountUpkeep,
    calibration: Calibration,
    shank: Shank | undefined,
  ) {
    this.#orientation = orientation
    this.#gaitNow = gaitNow
    this.#plane = plane
    this.#upkeep = upkeep
    this.#calibration = calibration
    this.#shank = shank
    this.#shankMount = shank && new ShankMount(shank.orientation, calibration)
  }

  /** Keeps a sample, once in TICK_US. Then work(), before the next sample. */
  keep(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): void {
    this.#gx = gx
    this.#gy = gy
    this.#gz = gz
    this.#ax = ax
    this.#ay = ay
    this.#az = az
    this.#isKept = true
    this.isWorking = true
  }

  /** While isWorking: takes the kept sample, or does a part of what a full window takes. @returns bits of UpkeepEvent */
  work(): number {
    const upkeep = this.#upkeep
    const plane = this.#plane
    let done = 0
    if (this.#isKept) done = this.#tick()
    else if (!plane.isWorking) done = upkeep.work()
    else if (plane.work()) upkeep.window(this.#fullGait)
    this.isWorking = plane.isWorking || upkeep.isWorking
    return done
  }

  /** Begins anew: samples were lost, or the sensor was moved. */
  interrupt(): void {
    this.#isKept = false
    this.#plane.reset()
  }

  /** @returns bits of UpkeepEvent */
  #tick(): number {
    this.#isKept = false
    const orientation = this.#orientation
    const gaitHere = this.#gaitNow.inGait ? this.#gaitNow.gait : Activity.other
    if (gaitHere !== this.#windowGait) this.#windowGait = Activity.other
    this.lookForShank()
    if (this.#plane.window.tick(orientation, this.#gx, this.#gy, this.#gz, this.#ax, this.#ay, this.#az)) {
      this.#plane.beginWork()
      this.#fullGait = this.#windowGait
      this.#windowGait = gaitHere
    }
    if (!orientation.resting || this.#upkeep.isWorking) return 0
    return this.#upkeep.rest(orientation.upX, orientation.upY, orientation.upZ)
  }

  /** A sample while the thigh's calibration is not complete. */
  stepCalibrating(): void {
    this.#shankMount?.step(this.#orientation.resting)
  }

  /** The thigh's calibration has completed: its bends may tell the second sensor's mount too. */
  calibrated(): void {
    if (this.#shankMount?.find()) this.#shank?.remount(this.#shankMount.mount)
  }

  /** Forgets the second sensor's mount. */
  restart(): void {
    this.#shankMount?.restart()
    this.#shank?.unmount()
  }

  /** The second sensor's mount without bends, or after them: from standing and running. */
  lookForShank(): void {
    const shank = this.#shank
    if (!shank || shank.mounted) return
    const gaitNow = this.#gaitNow
    const { swing } = shank
    if (this.#calibration.complete) this.stepCalibrating()
    shank.isRunning = gaitNow.inGait && gaitNow.gait === Activity.run
    if (!shank.isRunning) swing.reset()
    else if (swing.found && this.#shankMount?.findBySwing(swing.axis)) shank.remount(this.#shankMount.mount)
  }
}
