/**
 * Factory reset: puts back to their defaults the settings, the name, the calibration with what was taught, the list of phones, and the fault counts;
 * the runs stay. The motor says so.
 */
import type { PatellaService } from "../ble/service"
import { ERROR, FORGOTTEN } from "../haptics/patterns"
import { DeviceEvent, type DeviceLog } from "./device-log"
import type { DeviceParts } from "./device-parts"

/** Each value by itself: one that cannot be stored keeps none of the others from it, and the buzz says that something is left. */
export function factoryReset(parts: DeviceParts, service: PatellaService): void {
  const { recorder, wear, thigh, haptics, settings, coachLog, log } = parts
  // What the open run was measured with ends here.
  thigh.catchUp()
  recorder.close()
  let isWhole = wear.forget()
  isWhole = put(log, "settings", settings) && isWhole
  isWhole = put(log, "fault counts", log.counts) && isWhole
  isWhole = put(log, "coach log", coachLog) && isWhole
  isWhole = put(log, "bonds", { reset: () => service.forgetPhones() }) && isWhole
  haptics.play(isWhole ? FORGOTTEN : ERROR)
  log.tell(DeviceEvent.factoryReset, isWhole ? "all but the runs" : "not all could be stored")
  log.changed()
}

function put(log: DeviceLog, what: string, value: { reset(): void }): boolean {
  try {
    value.reset()
    return true
  } catch (error) {
    log.fault("storage", `factory reset: ${what} could not be stored`, error)
    return false
  }
}
