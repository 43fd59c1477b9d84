/**
 * What the device tells the outside: events to whoever watches it, faults counted for the status, and that the status has changed. Each
 * part of the device has this one to tell.
 */
import type { Board, Monitor, TimeService } from "../board"
import type { FaultCounts, FaultKind } from "../storage/fault-counts"

/** What `Monitor.event` is told of. */
export const DeviceEvent = {
  ready: "ready",
  sensor: "sensor",
  shank: "shank",
  calibrated: "calibrated",
  strapShifted: "strapShifted",
  taught: "taught",
  bend: "bend",
  runStarted: "runStarted",
  runResumed: "runResumed",
  buzz: "buzz",
  painMarked: "painMarked",
  runEnded: "runEnded",
  phoneConnected: "phoneConnected",
  phonePaired: "phonePaired",
  phoneRefused: "phoneRefused",
  forgotten: "forgotten",
  factoryReset: "factoryReset",
  fault: "fault",
} as const
export type DeviceEvent = (typeof DeviceEvent)[keyof typeof DeviceEvent]

export class DeviceLog {
  /** Since boot. */
  faults = 0
  /** Who shows the status to the phone. */
  status: { statusChanged(): void } | undefined
  /** In the device's whole life. */
  readonly counts: FaultCounts
  private readonly monitor: Monitor | undefined
  private readonly time: TimeService

  constructor({ monitor, time }: Board, counts: FaultCounts) {
    this.counts = counts
    this.monitor = monitor
    this.time = time
  }

  tell(name: DeviceEvent, detail: string): void {
    this.monitor?.event(name, this.time.ticks, detail)
  }

  /** `error`: what was thrown; its own words are added. */
  fault(kind: FaultKind, what: string, error?: unknown): void {
    this.faults++
    this.counts.add(kind)
    this.tell(DeviceEvent.fault, error === undefined ? what : `${what}: ${wordsOf(error)}`)
    this.changed()
  }

  /** Stores the counts, if there is something new in them. */
  keepCounts(): void {
    try {
      this.counts.keep(this.time.ticks)
    } catch (error) {
      this.fault("storage", "fault counts: cannot be stored, tried again in an hour", error)
    }
  }

  /** Something in the status is new. */
  changed(): void {
    this.status?.statusChanged()
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
