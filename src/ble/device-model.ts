/**
 * What the Bluetooth service asks of the device behind it; src/main.ts supplies it. Any of these may throw: the service
 * answers for it.
 */
import { constant } from "../constant"
import type { BendList, Rows } from "../run/summary"
import type { BondList } from "../storage/bond-list"
import type { RecordBytes } from "../storage/record-bytes"
import type { SettingName, Settings } from "../storage/settings"
import type { COACH, COACH_LOG, COACH_REQUEST } from "./coach-layouts"
import type { Encodable, Values } from "./fields"
import type { CommandCode, FAULT_COUNTS, IDENTITY, SELF_TEST, STATUS } from "./layouts"
import type { Live } from "./live-layout"
import type { UPDATE_BEGIN, UPDATE_STATUS } from "./update-layouts"

/** `refused`: it paired, or came with keys, that nobody had asked for; it is dropped. */
export const PhoneEvent = constant({ connected: 0, paired: 1, refused: 2 } as const)
export type PhoneEvent = (typeof PhoneEvent)[keyof typeof PhoneEvent]

/** The part of the status that the device knows; this service adds the runs and its own faults. */
export type DeviceStatus = Omit<Values<typeof STATUS>, "newestRunId" | "runCount">

/** The part of the update's value that the device knows; the rest is the connection's. */
export type DeviceUpdateStatus = Omit<Values<typeof UPDATE_STATUS>, "dataBytes">

export interface RunRow {
  readonly id: number
  /** Boot in which it began; 0: it cannot be read. */
  readonly bootId: number
  readonly recordBytes: number
  readonly isAcknowledged: boolean
  /** When it began, s since 1970; 0: unknown. */
  readonly unixS: number
  readonly zoneQuarters: number
}

/** Closed runs: a row for each that can be read, oldest first. */
export interface DeviceRuns extends Rows<RunRow> {
  /** Of the newest run that was ever closed; 0: none. */
  readonly newestId: number
  /** Runs that made room for others before any phone had them. */
  readonly lost: number
  /** Another number whenever a run came, went or was moved. */
  readonly generation: number
  /** The record, as encodeRunRecord made it. @throws Error when it cannot be read whole */
  open(id: number): RecordBytes | undefined
  /** A phone has it whole. @returns false when there is no such run, or it cannot be written down */
  acknowledge(id: number): boolean
  /** Drops those of the runs from `first` to `last` that a phone has whole. @returns how many */
  dropWithin(first: number, last: number): number
}

/** Who is told of the live measurement. */
export interface LiveListener {
  /** Records are on their way to the phone, which are to have the link. */
  readonly isTransferring: boolean
  /** @param value of live-layout.ts; good for this call */
  liveMeasured(value: Uint8Array): void
}

/** The firmware behind the service. */
export interface DeviceModel {
  readonly boardName: string
  /** major.minor.patch */
  readonly firmware: string
  status(): DeviceStatus
  readonly runs: DeviceRuns
  bends(): BendList
  live(): Live
  /** Tells `listener`, in values of at most `limitBytes`, until it is called again; undefined: nobody. */
  watchLive(listener: LiveListener | undefined, limitBytes: number): void
  readonly settings: {
    readonly values: Readonly<Settings>
    set(name: SettingName, value: number): void
    /** What it is called. */
    readonly name: string
    /** @param name UTF-8. @throws RangeError for what nameRefused refuses. */
    setName(name: Uint8Array): void
  }
  identity(): Values<typeof IDENTITY>
  /** How far the wearer's clocks are ahead of UTC, as told last, in this boot or before; undefined: never. */
  readonly zoneQuarters: number | undefined
  /** It is `unixS` now. @throws RangeError for what is no time. */
  setClock(unixS: number, zoneQuarters: number): void
  /** For the time that is known in this boot, or will be told. @throws RangeError for what is no zone. */
  setZone(zoneQuarters: number): void
  faultCounts(): Readonly<Values<typeof FAULT_COUNTS>>
  /** What the last one told. */
  selfTest(): Readonly<Values<typeof SELF_TEST>>
  /** False when it cannot be done now. */
  command(code: CommandCode): boolean
  updateStatus(): DeviceUpdateStatus
  /** Asks the wearer. False when an update is past return. */
  beginUpdate(offer: Values<typeof UPDATE_BEGIN>): boolean
  /** The bytes of `value` from `from` on are the image's from `offset` on. False when they are not what comes next. */
  receiveUpdate(value: Uint8Array, from: number, offset: number): boolean
  /** False when not all has been received. */
  finishUpdate(): boolean
  /** False when there is nothing that could be given up. */
  abortUpdate(): boolean
  /** What it does for the wearer before and after the run. */
  coach(): Values<typeof COACH>
  coachLog(): Encodable<typeof COACH_LOG>
  /** False when it cannot be done now, or there is no such routine. */
  askCoach(request: Values<typeof COACH_REQUEST>): boolean
  /** Phones that may use the device. */
  readonly bonds: BondList
  /** Since boot; may wrap (src/io.ts). */
  nowMs(): number
  /** Told what phones come and what becomes of them. */
  phone?(event: PhoneEvent): void
}
