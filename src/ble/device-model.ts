/**
 * What the Bluetooth service asks of the device behind it; src/main.ts supplies it. Any of these may throw: the service
 * answers for it.
 */
import type { BendList } from "../run/summary"
import type { SettingName, Settings } from "../storage/settings"
import type { Values } from "./fields"
import type { CLOCK, CommandCode, FAULT_COUNTS, STATUS } from "./layouts"

/** The part of the status that the device knows; this service adds the runs and its own faults. */
export type DeviceStatus = Omit<Values<typeof STATUS>, "newestRunId" | "runCount">

/** The firmware behind the service. */
export interface DeviceModel {
  readonly boardName: string
  /** major.minor.patch */
  readonly firmware: string
  status(): DeviceStatus
  readonly runs: {
    /** Oldest first. */
    list(): readonly { readonly id: number; readonly recordBytes: number }[]
    /** As encodeRunRecord made it. */
    record(id: number): Uint8Array | undefined
  }
  bends(): BendList
  readonly settings: {
    readonly values: Readonly<Settings>
    set(name: SettingName, value: number): void
    /** What it is called. */
    readonly name: string
    /** @param name UTF-8. @throws RangeError for what nameRefused refuses. */
    setName(name: Uint8Array): void
  }
  clock(): Values<typeof CLOCK>
  /** It is `unixS` now. @throws RangeError for what is no time. */
  setClock(unixS: number, zoneQuarters: number): void
  faultCounts(): Readonly<Values<typeof FAULT_COUNTS>>
  /** False when it cannot be done now. */
  command(code: CommandCode): boolean
  phoneConnected?(): void
}
