/**
 * The firmware's GATT server: the profile's characteristics answered from a device model. No handler throws into the
 * Bluetooth stack: an exception becomes ATT error 0x0E and a fault in the status. A refused write changes nothing.
 */
import type { Rows } from "../run/summary"
import { NAME_LIMIT_BYTES, nameRefused } from "../storage/device-name"
import { SETTINGS, type Settings, settingRefused } from "../storage/settings"
import { encodeUtf8 } from "../utf8"
import { Access, Admission } from "./access"
import { Advertising } from "./advertising"
import { type Answers, GATT_SERVICES } from "./characteristic"
import { type DeviceModel, PhoneEvent } from "./device-model"
import { decode, encode, fieldRefused, type Layout, rowBytes, type Values } from "./fields"
import {
  BATTERY_LEVEL,
  CLOCK,
  CLOCK_WRITE,
  COMMAND,
  CommandCode,
  FAULT_COUNTS,
  RECORD_SELECTOR,
  RecordKind,
  SETTING_WRITE,
  SETTINGS_VALUE,
  STATUS,
  StatusFlag,
} from "./layouts"
import type { GattConnection, GattServer, GattServerConstructor } from "./port"
import { AttError, BATTERY, type CharacteristicKey, MANUFACTURER, PATELLA } from "./profile"
import { RecordSelection } from "./record-selection"
import { decodeRunHead, encodeBends, runSummaryBytes } from "./run-codec"
import { RUN_LIST, RunFlag } from "./run-layouts"
import { summaryText } from "./summary-text"

/** How a characteristic is answered: the value or an ATT error code, 0 or an ATT error code. */
interface Handler {
  read?(service: PatellaService, connection: GattConnection): Uint8Array | number
  write?(service: PatellaService, value: Uint8Array, connection: GattConnection): number
}

export class PatellaService implements Answers {
  readonly services = GATT_SERVICES
  readonly #device: DeviceModel
  readonly #selections = new Map<number, RecordSelection>()
  readonly #access: Access
  #server: GattServer | undefined
  #advertising: Advertising | undefined
  #connections = 0
  #faults = 0
  #lastFault = ""

  constructor(device: DeviceModel) {
    this.#device = device
    this.#access = new Access(device.bonds)
  }

  /** Faults of this service since boot; the status counts them too. */
  get faults(): number {
    return this.#faults
  }
  /** What the last fault said; empty before the first. */
  get lastFault(): string {
    return this.#lastFault
  }

  /** Brings the server up and makes it visible; with nobody on the list, a phone may pair. */
  open(Server: GattServerConstructor): void {
    const nowMs = this.#device.nowMs()
    if (this.#device.bonds.isEmpty) this.#access.openWindow(nowMs)
    this.#server = new Server(this)
    this.#advertising = new Advertising(this.#server)
    this.#advertising.begin(nowMs)
  }

  /** Once a second. */
  tick(): void {
    try {
      const nowMs = this.#device.nowMs()
      if (this.#access.tick(nowMs)) this.statusChanged()
      this.#advertising?.tick(nowMs)
    } catch (error) {
      this.failed(error)
    }
  }

  /** For a minute new phones may pair. */
  openPairing(): void {
    try {
      const nowMs = this.#device.nowMs()
      this.#access.openWindow(nowMs)
      if (this.#connections === 0) this.#advertising?.begin(nowMs)
      this.statusChanged()
    } catch (error) {
      this.failed(error)
    }
  }

  /** No phone is on the list any more, and for a minute new ones may pair. @throws what the storage throws; then nothing has changed */
  forgetPhones(): void {
    this.#access.forget(this.#server)
    this.openPairing()
  }

  isTrusted(connection: GattConnection): boolean {
    return this.#access.isTrusted(connection)
  }

  /** To be called when something in the status changed. */
  statusChanged(): void {
    // Nobody listens: nothing is encoded, nothing becomes garbage.
    if (this.#connections === 0) return
    try {
      this.#server?.notify(PATELLA.characteristics.status.uuid, this.status())
    } catch (error) {
      this.failed(error)
    }
  }

  batteryChanged(): void {
    if (this.#connections === 0) return
    try {
      this.#server?.notify(BATTERY.characteristics.battery.uuid, this.batteryLevel())
    } catch (error) {
      this.failed(error)
    }
  }

  onConnect(connection: GattConnection): void {
    this.#connections += 1
    this.#advertising?.ended()
    this.#access.connected(connection, this.#device.nowMs())
    this.#device.phone?.(PhoneEvent.connected)
  }

  onDisconnect(connection: GattConnection): void {
    this.#connections = Math.max(0, this.#connections - 1)
    this.#selections.delete(connection.id)
    try {
      this.#access.disconnected()
    } catch (error) {
      this.failed(error)
    }
    try {
      this.#advertising?.begin(this.#device.nowMs())
    } catch (error) {
      this.failed(error)
    }
  }

  onEncrypted(connection: GattConnection): void {
    try {
      const server = this.#server
      if (!server) return
      const admission = this.#access.encrypted(connection, server, this.#device.nowMs())
      if (admission === Admission.added) this.#device.phone?.(PhoneEvent.paired)
      if (admission === Admission.refused) this.#device.phone?.(PhoneEvent.refused)
    } catch (error) {
      this.failed(error)
    }
  }

  answerRead(key: CharacteristicKey, connection: GattConnection): Uint8Array | number {
    try {
      return PatellaService.#HANDLERS[key].read?.(this, connection) ?? AttError.unlikely.code
    } catch (error) {
      return this.failed(error)
    }
  }

  answerWrite(key: CharacteristicKey, value: Uint8Array, connection: GattConnection): number {
    try {
      return PatellaService.#HANDLERS[key].write?.(this, value, connection) ?? AttError.unlikely.code
    } catch (error) {
      return this.failed(error)
    }
  }

  close(): void {
    const server = this.#server
    // First: the phone is disconnected by closing, which must not make the server advertise again.
    this.#server = undefined
    this.#advertising = undefined
    server?.close()
    this.#selections.clear()
  }

  /** Of the class, not of its instance: they stay in flash. */
  static readonly #HANDLERS: Readonly<Record<CharacteristicKey, Handler>> = {
    manufacturer: { read: () => encodeUtf8(MANUFACTURER) },
    model: { read: (service) => encodeUtf8(service.#device.boardName) },
    firmware: { read: (service) => encodeUtf8(service.#device.firmware) },
    battery: { read: (service) => service.batteryLevel() },
    status: { read: (service) => service.status() },
    runSummary: { read: (service) => runSummaryBytes(service.newestRecord() ?? new Uint8Array(0)) },
    summaryText: { read: (service) => service.summaryText() },
    recordSelector: { write: (service, value, connection) => service.select(value, connection) },
    recordData: { read: (service, connection) => service.selection(connection).part(connection.mtu) },
    settings: { read: (service) => service.settings(), write: (service, value) => service.set(value) },
    command: { write: (service, value) => service.command(value) },
    deviceName: {
      read: (service) => encodeUtf8(service.#device.settings.name),
      write: (service, value) => service.name(value),
    },
    clock: {
      read: (service) => encode(CLOCK, service.#device.clock()),
      write: (service, value) => service.setClock(value),
    },
    faultCounts: { read: (service) => encode(FAULT_COUNTS, service.#device.faultCounts()) },
  }

  /** Counts what was thrown, and gives the ATT error that answers for it. */
  private failed(error: unknown): number {
    this.#faults += 1
    this.#lastFault = error instanceof Error ? error.message : "something other than an Error was thrown"
    return AttError.unlikely.code
  }

  private status(): Uint8Array {
    const status = this.#device.status()
    const { runs } = this.#device
    return encode(STATUS, {
      ...status,
      flags: status.flags | (this.#access.isWindowOpen ? StatusFlag.pairingOpen : 0),
      faults: status.faults + this.#faults,
      newestRunId: runs.newestId,
      runCount: runs.length,
    })
  }

  private batteryLevel(): Uint8Array {
    return encode(BATTERY_LEVEL, { percent: this.#device.status().batteryPercent })
  }

  private newestRecord(): Uint8Array | undefined {
    const { runs } = this.#device
    const newest = runs.record(runs.newestId)
    if (newest) return newest
    const last = runs.at(runs.length - 1)
    return last && runs.record(last.id)
  }

  private summaryText(): Uint8Array {
    const record = this.newestRecord()
    return summaryText(record && decodeRunHead(record), this.#device.runs.lost)
  }

  private selection(connection: GattConnection): RecordSelection {
    const selection = this.#selections.get(connection.id) ?? new RecordSelection()
    this.#selections.set(connection.id, selection)
    return selection
  }

  private select(value: Uint8Array, connection: GattConnection): number {
    const wanted = parseWrite(RECORD_SELECTOR, value)
    if (typeof wanted === "number") return wanted
    const { kind, runId, offset } = wanted
    const selection = this.selection(connection)
    // From its beginning a record is taken anew: the list and the bends grow.
    if (offset > 0 && selection.holds(kind, runId))
      return selection.seek(offset) ? 0 : AttError.offsetPastEnd.code
    if (kind !== RecordKind.run && runId !== 0) return AttError.valueNotAllowed.code
    const record = this.record(kind, runId)
    if (!record) return AttError.noSuchRecord.code
    if (offset > record.length) return AttError.offsetPastEnd.code
    selection.select(kind, runId, record)
    selection.seek(offset)
    return 0
  }

  private record(kind: number, runId: number): Uint8Array | undefined {
    const { runs } = this.#device
    if (kind === RecordKind.run) return runs.record(runId)
    if (kind === RecordKind.bends) return encodeBends(this.#device.bends())
    return encode(RUN_LIST, { lostRuns: runs.lost, runs: new RunRows(runs) })
  }

  private settings(): Uint8Array {
    return encode(SETTINGS_VALUE, { settings: new SettingRows(this.#device.settings.values) })
  }

  private set(value: Uint8Array): number {
    const wanted = parseWrite(SETTING_WRITE, value)
    if (typeof wanted === "number") return wanted
    const setting = SETTINGS.find(({ id }) => id === wanted.id)
    if (!setting || settingRefused(setting.name, wanted.value) !== undefined)
      return AttError.valueNotAllowed.code
    this.#device.settings.set(setting.name, wanted.value)
    return 0
  }

  private name(value: Uint8Array): number {
    if (value.length === 0 || value.length > NAME_LIMIT_BYTES) return AttError.invalidLength.code
    if (nameRefused(value) !== undefined) return AttError.valueNotAllowed.code
    this.#device.settings.setName(value)
    return 0
  }

  private setClock(value: Uint8Array): number {
    const wanted = parseWrite(CLOCK_WRITE, value)
    if (typeof wanted === "number") return wanted
    this.#device.setClock(wanted.unixS, wanted.zoneQuarters)
    return 0
  }

  private command(value: Uint8Array): number {
    const wanted = parseWrite(COMMAND, value)
    if (typeof wanted === "number") return wanted
    const { code, runId } = wanted
    if (code === CommandCode.acknowledge)
      return this.#device.runs.acknowledge(runId) ? 0 : AttError.noSuchRecord.code
    if (runId !== 0) return AttError.valueNotAllowed.code
    return this.#device.command(code as CommandCode) ? 0 : AttError.notPossibleNow.code
  }
}

type RunListRow = Values<typeof RUN_LIST>["runs"][number]

/** One row at a time, as of the settings below: there may be a thousand. */
class RunRows implements Rows<RunListRow> {
  readonly #runs: DeviceModel["runs"]

  constructor(runs: DeviceModel["runs"]) {
    this.#runs = runs
  }

  get length(): number {
    return this.#runs.length
  }

  at(index: number): RunListRow | undefined {
    const row = this.#runs.at(index)
    return (
      row && {
        runId: row.id,
        recordBytes: row.recordBytes,
        flags: row.isAcknowledged ? RunFlag.acknowledged : 0,
        startUnixS: row.unixS,
        zoneQuarters: row.zoneQuarters,
      }
    )
  }
}

/** One row at a time: together they would be nearly the most memory that a phone ever asks for. */
class SettingRows implements Rows<Values<typeof SETTING_WRITE>> {
  readonly length = SETTINGS.length
  readonly #values: Readonly<Settings>

  constructor(values: Readonly<Settings>) {
    this.#values = values
  }

  at(index: number): Values<typeof SETTING_WRITE> | undefined {
    const setting = SETTINGS[index]
    return setting && { id: setting.id, value: this.#values[setting.name] }
  }
}

/** The numbers of a written value, or the ATT error code that refuses it. */
function parseWrite<L extends Layout>(layout: L, value: Uint8Array): Values<L> | number {
  if (value.length !== rowBytes(layout.head)) return AttError.invalidLength.code
  const values = decode(layout, value)
  return fieldRefused(layout, values) ? AttError.valueNotAllowed.code : values
}
