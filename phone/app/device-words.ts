/** A device and its side, as the wearer calls them. */
import type { KeptDevice } from "../data/kept"

/** "Patella, left knee"; undefined for a device that this phone does not know. */
export function deviceWords(devices: readonly KeptDevice[], deviceId: string): string | undefined {
  const device = devices.find(({ id }) => id === deviceId)
  if (!device) return undefined
  return device.side === "unknown" ? device.name : `${device.name}, ${device.side} knee`
}
