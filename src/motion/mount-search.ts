/**
 * The search for how the sensors sit, while the wearer moves: a sample every TICK_US in (raw counts), what it found out. The swing's
 * plane and rest go to the upkeep of the thigh's mount; standing and swing tell the second sensor's.
 */
import type { Calibration } from "./calibration"
import type { GaitNow } from "./gait-now"
import type { MountUpkeep } from "./mount-upkeep"
import type { Orientation } from "./orientation"
import type { Shank } from "./shank"
import { createShankMount } from "./shank-mount"
import { Activity } from "./stride"
import type { SwingPlane } from "./swing-plane"

export interface MountSearch {
  /** @returns bits of UpkeepEvent */
  tick(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): number
  /** A sample while the thigh's calibration is not complete. */
  stepCalibrating(): void
  /** The thigh's calibration has completed: its bends may tell the second sensor's mount too. */
  calibrated(): void
  /** Forgets the second sensor's mount. */
  restart(): void
}

export interface MountSearchParts {
  orientation: Orientation
  calibration: Calibration
  plane: SwingPlane
  upkeep: MountUpkeep
  gaitNow: Pick<GaitNow, "inGait" | "gait">
  shank: Shank | undefined
}

export function createMountSearch(parts: MountSearchParts): MountSearch {
  const { orientation, calibration, plane, upkeep, gaitNow, shank } = parts
  const shankMount = shank && createShankMount(shank.orientation, calibration)
  /** What all of the window so far was; other when it was not one gait. */
  let windowGait: Activity = Activity.other

  /** The second sensor's mount without bends, or after them: from standing and running. */
  function lookForShank(): void {
    if (!shank || !shankMount) return
    const { swing } = shank
    if (calibration.complete) shankMount.step(orientation.resting)
    shank.isRunning = gaitNow.inGait && gaitNow.gait === Activity.run
    if (!shank.isRunning) swing.reset()
    else if (swing.found && shankMount.findBySwing(swing.axisX, swing.axisY, swing.axisZ))
      shank.remount(shankMount.mount)
  }

  return {
    tick(gx, gy, gz, ax, ay, az) {
      const { upX, upY, upZ } = orientation
      const gaitHere = gaitNow.inGait ? gaitNow.gait : Activity.other
      if (gaitHere !== windowGait) windowGait = Activity.other
      if (shank && !shank.mounted) lookForShank()
      let done = orientation.resting ? upkeep.rest(upX, upY, upZ) : 0
      const x = gx - (orientation.biasX >> 4)
      const y = gy - (orientation.biasY >> 4)
      const z = gz - (orientation.biasZ >> 4)
      if (plane.tick(x, y, z, ax, ay, az, upX, upY, upZ)) {
        done |= upkeep.window(windowGait)
        windowGait = gaitHere
      }
      return done
    },

    stepCalibrating() {
      shankMount?.step(orientation.resting)
    },

    calibrated() {
      if (shankMount?.find()) shank?.remount(shankMount.mount)
    },

    restart() {
      shankMount?.restart()
      shank?.unmount()
    },
  }
}
