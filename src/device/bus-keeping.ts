/**
 * The bus that the sensors share: when the thigh's does not answer, and the shank's neither, something may hold the bus. Then all that have it
 * open close it, and its lines are clocked free; each opens it again when it needs it next.
 */
import { Problem } from "../ble/layouts"
import type { Board } from "../board"
import { BusState, freeBus } from "../drivers/bus-recovery"
import type { Haptics } from "../haptics/haptics"
import type { BatteryLevel } from "./battery-level"
import type { DeviceLog } from "./device-log"
import type { ShankSensor } from "./shank-sensor"

export interface BusUsers {
  board: Board
  haptics: Haptics
  log: DeviceLog
  /** Made after the thigh's sensor. */
  battery?: BatteryLevel
}

/** @returns whether it was held, and is free now */
export function freeHeldBus(
  { board, haptics, battery, log }: BusUsers,
  shank: ShankSensor | undefined,
): boolean {
  const { bus } = board
  // A buzz is not cut short for it.
  if (!bus || haptics.playing) return false
  // What answers shows that nothing holds it.
  shank?.fetch()
  if (shank?.isMeasuring) return false
  shank?.release()
  haptics.release()
  battery?.close()
  try {
    const state = freeBus(bus)
    log.problem(Problem.bus, state === BusState.held)
    return state === BusState.freed
  } catch (error) {
    // Once, not at each try.
    if (!(log.problems & Problem.thighSensor)) log.fault("sensor", "bus: its lines cannot be had", error)
    return false
  }
}
