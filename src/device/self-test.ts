/**
 * Self-test: what the device can tell of its parts without being moved. What is not there, or cannot be told now (gravity, while it moves), is left
 * out. The motor plays, so that whoever asked can feel it.
 */
import type { DeviceModel } from "../ble/device-model"
import { Problem, SelfTestPart } from "../ble/layouts"
import type { Board } from "../board"
import { ImuState } from "../drivers/imu-watch"
import { SELF_TEST } from "../haptics/patterns"
import { canKeep } from "../storage/kept-value"
import type { DeviceParts } from "./device-parts"

const ONE_MILLI_G = 1000
/** The LSM6DSO is off by 20 mg typically when it is new (data sheet, LA_TyOff), and by some more once it is soldered. */
const GRAVITY_OFF_MILLI_G = 100

/** Its values are those of the characteristic. */
export class SelfTest implements ReturnType<DeviceModel["selfTest"]> {
  tested = 0
  failed = 0
  readonly atMs: number

  constructor(parts: DeviceParts) {
    const { board, motion, thigh, battery, haptics, button, runs, time, log } = parts
    const { restMilliG } = motion
    this.atMs = time.ticks
    this.tell(SelfTestPart.thighSensor, thigh.state === ImuState.ok)
    // The board may have wires for one that nobody wears.
    if (thigh.shank?.wasSeen) this.tell(SelfTestPart.shankSensor, thigh.shank.isMeasuring)
    if (thigh.state === ImuState.ok && restMilliG > 0)
      this.tell(SelfTestPart.gravity, Math.abs(restMilliG - ONE_MILLI_G) <= GRAVITY_OFF_MILLI_G)
    this.tell(SelfTestPart.flash, runs.isWorking)
    const isStoring = isKeeping(board)
    log.problem(Problem.keyValue, !isStoring)
    this.tell(SelfTestPart.keyValue, isStoring)
    this.tell(SelfTestPart.battery, battery.isPlausible())
    if (button) this.tell(SelfTestPart.button, !button.isPressed)
    this.tell(SelfTestPart.calibration, motion.calibrated)
    // What plays now and is stronger works as well.
    this.tell(SelfTestPart.motor, haptics.play(SELF_TEST) || haptics.playing !== undefined)
  }

  private tell(part: number, isWell: boolean): void {
    this.tested |= part
    if (!isWell) this.failed |= part
  }
}

function isKeeping({ keyValue }: Board): boolean {
  try {
    return canKeep(keyValue)
  } catch {
    return false
  }
}
