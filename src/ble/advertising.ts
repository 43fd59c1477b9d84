/**
 * Advertising: often for a minute after a boot, a connection or a press of the button, when somebody is likely to look for the device, then
 * seldom, to save power. What it says is the same from every device: nothing in it tells whose it is.
 */
import { constant } from "../constant"
import { DEFAULT_NAME } from "../storage/device-name"
import type { Advertisement, GattServer } from "./port"
import { PATELLA } from "./profile"

/** Of the intervals that iPhones look for (Apple, Technical Q&A QA1931). */
export const FAST_INTERVAL_MS = 152.5
export const SLOW_INTERVAL_MS = 1022.5
export const FAST_FOR_MS = 60_000

const FAST: Advertisement = constant({
  name: DEFAULT_NAME,
  services: [PATELLA.uuid],
  intervalMs: FAST_INTERVAL_MS,
})
const SLOW: Advertisement = constant({ ...FAST, intervalMs: SLOW_INTERVAL_MS })

export class Advertising {
  private readonly server: GattServer
  private startMs = 0
  private isFast = false

  constructor(server: GattServer) {
    this.server = server
  }

  /** From the start, often. */
  begin(nowMs: number): void {
    this.startMs = nowMs
    this.isFast = true
    this.server.startAdvertising(FAST)
  }

  /** A phone is connected: the stack has stopped by itself. */
  ended(): void {
    this.isFast = false
  }

  /** Once a second. */
  tick(nowMs: number): void {
    if (!this.isFast || ((nowMs - this.startMs) | 0) < FAST_FOR_MS) return
    this.isFast = false
    this.server.stopAdvertising()
    this.server.startAdvertising(SLOW)
  }
}
