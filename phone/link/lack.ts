/** What a browser lacks for a way to a device, told by what it says of itself. */
import type { Lack } from "./finder"

export interface BrowserTraits {
  /** It has Web Bluetooth; that is so on secure pages alone. */
  readonly hasBluetooth: boolean
  /** Of https or localhost. */
  readonly isSecure: boolean
  readonly userAgent: string
  readonly maxTouchPoints: number
}

export function lackOf({
  hasBluetooth,
  isSecure,
  userAgent,
  maxTouchPoints,
}: BrowserTraits): Lack | undefined {
  if (hasBluetooth) return undefined
  // An iPad calls itself a Macintosh, and those have no touch screen.
  const isIphone = /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)
  if (isIphone) return "bluetoothOnIphone"
  return isSecure ? "bluetooth" : "secureContext"
}
