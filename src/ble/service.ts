/**
 * The firmware's GATT server: the profile's characteristics answered from a device model. No handler throws into the
 * Bluetooth stack: an exception becomes ATT error 0x0E and a fault in the status. A refused write changes nothing.
 */
import { constant } from "../constant"
import { encodeUtf8 } from "../utf8"
import { Access, Admission } from "./access"
import { Advertising } from "./advertising"
import { type Answers, GATT_SERVICES } from "./characteristic"
import {
  readCurrentTime,
  readIdentity,
  readLocalTime,
  writeCurrentTime,
  writeLocalTime,
} from "./clock-answers"
import { COACH, COACH_LOG } from "./coach-layouts"
import { type DeviceModel, type LiveListener, PhoneEvent } from "./device-model"
import { encode } from "./fields"
import { BATTERY_LEVEL, FAULT_COUNTS, SELF_TEST, STATUS, StatusFlag } from "./layouts"
import { LIVE } from "./live-layout"
import { newestSummary, newestText } from "./newest-run"
import type { GattConnection, GattServer, GattServerConstructor } from "./port"
import { AttError, BATTERY, type CharacteristicKey, MANUFACTURER, PATELLA } from "./profile"
import { RecordAccess, type RecordSink } from "./record-access"
import { readUpdate, writeUpdate } from "./update-answers"
import { settingsValue, writeCoach, writeCommand, writeName, writeSetting } from "./written-values"

/** Opcode and handle of a notification (core specification 5.4, volume 3, part F, 3.4.7.1). */
const NOTIFICATION_HEADER_BYTES = 3

/** How a characteristic is answered: the value or an ATT error code, 0 or an ATT error code. */
interface Handler {
  read?(service: PatellaService, connection: GattConnection): Uint8Array | number
  write?(service: PatellaService, value: Uint8Array, connection: GattConnection): number
}

export class PatellaService implements Answers, RecordSink, LiveListener {
  readonly services = GATT_SERVICES
  private readonly device: DeviceModel
  private readonly access: Access
  private server: GattServer | undefined
  private advertising: Advertising | undefined
  private connections = 0
  /** Of the phone that is connected. */
  private recordAccess: RecordAccess | undefined
  /** Faults of this service since boot; the status counts them too. */
  faults = 0
  /** What the last fault said; empty before the first. */
  lastFault = ""

  constructor(device: DeviceModel) {
    this.device = device
    this.access = new Access(device.bonds)
  }

  /** Brings the server up and makes it visible; with nobody on the list, a phone may pair. */
  open(Server: GattServerConstructor): void {
    const nowMs = this.device.nowMs()
    if (this.device.bonds.isEmpty) this.access.openWindow(nowMs)
    this.server = new Server(this)
    this.advertising = new Advertising(this.server)
    this.advertising.begin(nowMs)
  }

  /** The stack does what it is asked. */
  get isUp(): boolean {
    return this.server?.isUp !== false && this.server !== undefined
  }

  /** Once a second. */
  tick(): void {
    try {
      const nowMs = this.device.nowMs()
      if (this.access.tick(nowMs)) this.statusChanged()
      this.advertising?.tick(nowMs)
      this.recordAccess?.tick(nowMs)
    } catch (error) {
      this.failed(error)
    }
  }

  /** For a minute new phones may pair. */
  openPairing(): void {
    try {
      const nowMs = this.device.nowMs()
      this.access.openWindow(nowMs)
      if (this.connections === 0) this.advertising?.begin(nowMs)
      this.statusChanged()
    } catch (error) {
      this.failed(error)
    }
  }

  /** No phone is on the list any more, and for a minute new ones may pair. @throws what the storage throws; then nothing has changed */
  forgetPhones(): void {
    this.access.forget(this.server)
    this.openPairing()
  }

  get isPairingOpen(): boolean {
    return this.access.isWindowOpen
  }

  /** A phone that may use the device is connected. */
  get hasPhone(): boolean {
    return this.access.hasPhone
  }

  isTrusted(connection: GattConnection): boolean {
    return this.access.isTrusted(connection)
  }

  /** To be called when something in the status changed. */
  statusChanged(): void {
    // Nobody listens: nothing is encoded, nothing becomes garbage.
    if (this.connections === 0) return
    try {
      this.server?.notify(PATELLA.characteristics.status.uuid, this.status())
    } catch (error) {
      this.failed(error)
    }
  }

  batteryChanged(): void {
    if (this.connections === 0) return
    try {
      this.server?.notify(BATTERY.characteristics.battery.uuid, this.batteryLevel())
    } catch (error) {
      this.failed(error)
    }
  }

  respond(response: Uint8Array): void {
    this.server?.notify(PATELLA.characteristics.recordAccess.uuid, response)
  }

  chunk(chunk: Uint8Array): void {
    this.server?.notify(PATELLA.characteristics.records.uuid, chunk)
  }

  /** A phone is connected, or one may pair. */
  get isInUse(): boolean {
    return this.connections > 0 || this.access.isWindowOpen
  }

  get isTransferring(): boolean {
    return this.recordAccess?.isTransferring === true
  }

  liveMeasured(value: Uint8Array): void {
    try {
      this.server?.notify(PATELLA.characteristics.live.uuid, value)
    } catch (error) {
      this.failed(error)
    }
  }

  onConnect(connection: GattConnection): void {
    this.connections += 1
    this.advertising?.ended()
    this.access.connected(connection, this.device.nowMs())
    this.device.phone?.(PhoneEvent.connected)
  }

  onDisconnect(): void {
    this.connections = Math.max(0, this.connections - 1)
    this.recordAccess = undefined
    this.watchLive(undefined, 0)
    try {
      this.access.disconnected()
    } catch (error) {
      this.failed(error)
    }
    try {
      this.advertising?.begin(this.device.nowMs())
    } catch (error) {
      this.failed(error)
    }
  }

  onEncrypted(connection: GattConnection): void {
    try {
      const server = this.server
      if (!server) return
      const admission = this.access.encrypted(connection, server, this.device.nowMs())
      if (admission === Admission.added) this.device.phone?.(PhoneEvent.paired)
      if (admission === Admission.refused) this.device.phone?.(PhoneEvent.refused)
    } catch (error) {
      this.failed(error)
    }
  }

  answerRead(key: CharacteristicKey, connection: GattConnection): Uint8Array | number {
    try {
      return PatellaService.HANDLERS[key].read?.(this, connection) ?? AttError.unlikely.code
    } catch (error) {
      return this.failed(error)
    }
  }

  answerWrite(key: CharacteristicKey, value: Uint8Array, connection: GattConnection): number {
    try {
      return PatellaService.HANDLERS[key].write?.(this, value, connection) ?? AttError.unlikely.code
    } catch (error) {
      return this.failed(error)
    }
  }

  answerSubscribe(key: CharacteristicKey, connection: GattConnection, isOn: boolean): void {
    if (key === "live") this.watchLive(isOn ? this : undefined, connection.mtu - NOTIFICATION_HEADER_BYTES)
  }

  close(): void {
    const server = this.server
    // First: the phone is disconnected by closing, which must not make the server advertise again.
    this.server = undefined
    this.advertising = undefined
    server?.close()
    this.recordAccess = undefined
  }

  /** Of the class, not of its instance: they stay in flash. */
  private static readonly HANDLERS: Readonly<Record<CharacteristicKey, Handler>> = constant({
    manufacturer: { read: () => encodeUtf8(MANUFACTURER) },
    model: { read: (service) => encodeUtf8(service.device.boardName) },
    firmware: { read: (service) => encodeUtf8(service.device.firmware) },
    battery: { read: (service) => service.batteryLevel() },
    status: { read: (service) => service.status() },
    runSummary: { read: (service) => newestSummary(service.device.runs) },
    summaryText: { read: (service) => newestText(service.device) },
    recordAccess: {
      read: (service) => service.records().response,
      write: (service, value, { mtu }) => service.records().request(value, mtu - NOTIFICATION_HEADER_BYTES),
    },
    records: { read: (service) => service.records().part() },
    settings: {
      read: (service) => settingsValue(service.device.settings.values),
      write: (service, value) => writeSetting(service.device, value),
    },
    command: { write: (service, value) => writeCommand(service.device, value) },
    deviceName: {
      read: (service) => encodeUtf8(service.device.settings.name),
      write: (service, value) => writeName(service.device, value),
    },
    identity: { read: (service) => readIdentity(service.device) },
    currentTime: {
      read: (service) => readCurrentTime(service.device),
      write: (service, value) => writeCurrentTime(service.device, value),
    },
    localTime: {
      read: (service) => readLocalTime(service.device),
      write: (service, value) => writeLocalTime(service.device, value),
    },
    live: { read: (service) => encode(LIVE, service.device.live()) },
    faultCounts: { read: (service) => encode(FAULT_COUNTS, service.device.faultCounts()) },
    selfTest: { read: (service) => encode(SELF_TEST, service.device.selfTest()) },
    update: {
      read: (service, { mtu }) => readUpdate(service.device, mtu),
      write: (service, value) => writeUpdate(service.device, value),
    },
    coach: {
      read: (service) => encode(COACH, service.device.coach()),
      write: (service, value) => writeCoach(service.device, value),
    },
    coachLog: { read: (service) => encode(COACH_LOG, service.device.coachLog()) },
  })

  private watchLive(listener: LiveListener | undefined, limitBytes: number): void {
    try {
      this.device.watchLive(listener, limitBytes)
    } catch (error) {
      this.failed(error)
    }
  }

  /** Counts what was thrown, and gives the ATT error that answers for it. */
  failed(error: unknown): number {
    this.faults += 1
    this.lastFault = error instanceof Error ? error.message : "something other than an Error was thrown"
    return AttError.unlikely.code
  }

  private status(): Uint8Array {
    const status = this.device.status()
    const { runs } = this.device
    return encode(STATUS, {
      ...status,
      flags: status.flags | (this.access.isWindowOpen ? StatusFlag.pairingOpen : 0),
      faults: status.faults + this.faults,
      newestRunId: runs.newestId,
      runCount: runs.length,
    })
  }

  private batteryLevel(): Uint8Array {
    return encode(BATTERY_LEVEL, { percent: this.device.status().batteryPercent })
  }

  /** Made at the first request of a connection: who only looks at the status pays nothing for it. */
  private records(): RecordAccess {
    this.recordAccess ??= new RecordAccess(this.device, this, this.access)
    return this.recordAccess
  }
}
