/**
 * What the device tells the outside: events to whoever watches it, faults counted for the status, and that the status has changed. Each
 * part of the device has this one to tell.
 */

import { Problem } from "../ble/layouts"
import type { Board, Monitor } from "../board"
import { constant } from "../constant"
import type { TimeService } from "../io"
import type { FaultCounts, FaultKind } from "../storage/fault-counts"
import { Problems } from "./problems"

/** What `Monitor.event` is told of. */
export const DeviceEvent = constant({
  ready: "ready",
  woke: "woke",
  asleep: "asleep",
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
  sitting: "sitting",
  runEnded: "runEnded",
  routineStarted: "routineStarted",
  routineEnded: "routineEnded",
  phoneConnected: "phoneConnected",
  phonePaired: "phonePaired",
  phoneRefused: "phoneRefused",
  forgotten: "forgotten",
  factoryReset: "factoryReset",
  supply: "supply",
  batteryEmpty: "batteryEmpty",
  update: "update",
  fault: "fault",
} as const)
export type DeviceEvent = (typeof DeviceEvent)[keyof typeof DeviceEvent]

export class DeviceLog extends Problems {
  /** Since boot. */
  faults = 0
  /** Who shows the status to the phone. */
  status: { statusChanged(): void } | undefined
  /** Who is told; the console stands in front of it while it prints the log. */
  monitor: Monitor | undefined
  /** In the device's whole life. */
  readonly counts: FaultCounts
  private readonly time: TimeService

  constructor({ monitor, time }: Board, counts: FaultCounts) {
    super()
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
      if (this.counts.keep(this.time.ticks)) this.problem(Problem.keyValue, false)
    } catch (error) {
      this.problem(Problem.keyValue, true)
      this.fault("storage", "fault counts: cannot be stored, tried again in an hour", error)
    }
  }

  override changed(): void {
    this.status?.statusChanged()
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
