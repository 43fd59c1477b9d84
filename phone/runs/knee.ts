/** Which knee a device's runs are of. */
import type { KeptDevice } from "../data/kept"

export type DeviceSide = Pick<KeptDevice, "id" | "side">

/** Devices on one side are one knee; one of which no side is known is a knee of its own. @returns a device's knee: a side, or the device's id */
export function kneeOf(devices: readonly DeviceSide[]): (deviceId: string) => string {
  const sides = new Map(devices.map(({ id, side }) => [id, side]))
  return (deviceId) => {
    const side = sides.get(deviceId) ?? "unknown"
    return side === "unknown" ? deviceId : side
  }
}
