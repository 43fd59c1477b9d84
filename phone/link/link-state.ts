/** What is told of a phone's link to a device, and what the link needs of the phone around it. */
import type { CoachFacts } from "./coach-store"
import type { SelfTestResult, Status } from "./device-client"
import type { Failure } from "./failure"
import type { LiveReading } from "./live-reading"
import type { RunStore } from "./run-store"
import type { SyncProgress } from "./run-sync"

/**
 * Pairing: the device does not know this phone yet; it is tried again and again until the wearer has pressed its button. Syncing, ready: connected, all
 * requests may be made. Lost: it was connected. With `retry` it is looked for again; without, the wearer decides.
 */
export type LinkPhase = "idle" | "choosing" | "connecting" | "pairing" | "syncing" | "ready" | "lost"

/** A device as the phone keeps it (phone/data/kept.ts). */
export interface DeviceFacts {
  /** Hex, as the device's identity tells it. */
  id: string
  /** As the wearer calls it. */
  name: string
  side: "left" | "right" | "unknown"
  /** "major.minor.patch" */
  firmware: string
  board: string
  /** Unix time of the last connection, ms. */
  seenMs: number
}

export interface LinkDevice extends Readonly<DeviceFacts> {
  readonly batteryPercent: number
  readonly isCharging: boolean
}

export interface LinkSync extends Readonly<SyncProgress> {
  /** Keys of the runs that this sync has brought, in the order in which they came. */
  readonly added: readonly string[]
  /** Numbers of runs that the device could not give. */
  readonly failed: readonly number[]
}

export interface Retry {
  /** From 1 on. */
  readonly count: number
  readonly limit: number
  /** Before this one. */
  readonly waitMs: number
}

/** Never changed: each change makes another. */
export interface LinkState {
  readonly phase: LinkPhase
  /** What went wrong last; while it is tried again, too. */
  readonly failure?: Failure | undefined
  /** A link that was lost in mid-sync is being found again. */
  readonly retry?: Retry | undefined
  /** This and what follows stays as last told when the link is lost. */
  readonly device?: LinkDevice
  readonly status?: Status
  readonly settings?: Readonly<Record<string, number>>
  /** The latest, while it is followed. */
  readonly live?: LiveReading | undefined
  /** Of the one that this phone asked for. */
  readonly selfTest?: SelfTestResult
  readonly sync?: LinkSync
}

/** Requests may be made. */
export function isConnected({ phase }: Pick<LinkState, "phase">): boolean {
  return phase === "ready" || phase === "syncing"
}

/** Where devices and their runs are kept. */
export interface DeviceKeeper {
  devices(): Promise<DeviceFacts[]>
  keepDevice(device: DeviceFacts): Promise<void>
  runStore(deviceId: string): RunStore
  /** Each once; one that was undated is dated when its time is known. */
  keepCoachEntries(entries: readonly CoachFacts[]): Promise<void>
}

export interface Clock {
  /** Unix time, ms. */
  nowMs(): number
  /** How far the wearer's clocks are ahead of UTC at that unix time, ms. */
  zoneMinutes(atMs: number): number
}
