/** A device behind the Bluetooth service without a body: real stores, a real virtual link, a status to be set by the test. */
import { keyCheckOf, StackBonds } from "../../hosts/virtual/bonds"
import { GattLink } from "../../hosts/virtual/gatt"
import { type GattReply, type GattRequest, type StackBond, toHex } from "../../hosts/virtual/protocol"
import { EXAMPLE_FIRMWARE, EXAMPLE_RUN } from "../../simulator/docs/example-run"
import type { DeviceModel, DeviceStatus, PhoneEvent, RunRow } from "../../src/ble/device-model"
import { SensorState, StatusFlag } from "../../src/ble/layouts"
import { type BendList, encodeRunRecord, type Run } from "../../src/ble/run-codec"
import { PatellaService } from "../../src/ble/service"
import type { Rows } from "../../src/run/summary"
import { BondList } from "../../src/storage/bond-list"
import { BootRecord, unixSAt } from "../../src/storage/boot-record"
import { FaultCounts } from "../../src/storage/fault-counts"
import { SettingsStore } from "../../src/storage/settings"
import { KNOWN_PHONE } from "../known-phone"
import { MemoryStorage } from "../storage/virtual-storage"

export const STATUS: DeviceStatus = {
  flags: StatusFlag.calibrated | StatusFlag.sensorOk,
  sensorState: SensorState.measuring,
  activity: 2,
  batteryPercent: 87,
  faults: 0,
  uptimeMs: 123_456,
  modelVersion: 3,
  calibrationVersion: 1,
  calibrationAgeMin: 2,
}

/** Runs that are simply held. */
export class HeldRuns implements Rows<RunRow> {
  readonly #runs: { id: number; record: Uint8Array; isAcknowledged: boolean }[] = []
  lost = 0

  add(id: number, record: Uint8Array): void {
    this.#runs.push({ id, record, isAcknowledged: false })
  }
  get length(): number {
    return this.#runs.length
  }
  get newestId(): number {
    return this.#runs.at(-1)?.id ?? 0
  }
  at(index: number): RunRow | undefined {
    const run = this.#runs[index]
    if (!run) return undefined
    const { id, record, isAcknowledged } = run
    return { id, recordBytes: record.length, isAcknowledged, unixS: 0, zoneQuarters: 0 }
  }
  record(id: number): Uint8Array | undefined {
    return this.#runs.find((run) => run.id === id)?.record
  }
  acknowledge(id: number): boolean {
    const run = this.#runs.find((known) => known.id === id)
    if (run) run.isAcknowledged = true
    return run !== undefined
  }
}

export class Device implements DeviceModel {
  readonly boardName = "virtual"
  readonly firmware = EXAMPLE_FIRMWARE
  readonly runs = new HeldRuns()
  readonly storage = new MemoryStorage()
  readonly settings = new SettingsStore(this.storage)
  readonly bonds = new BondList(this.storage)
  readonly boot = new BootRecord({ storage: this.storage, chipId: "a device" })
  readonly counts = new FaultCounts(this.storage, 0)
  readonly commands: number[] = []
  readonly time = { nowMs: 0 }
  readonly link: GattLink
  readonly service: PatellaService
  state: DeviceStatus = { ...STATUS }
  bendList: BendList = { bends: [], bendsDropped: 0 }
  ready = true
  broken: string | undefined

  /** @param phones that it has paired with */
  constructor(runs: readonly Run[] = [], phones: readonly StackBond[] = [KNOWN_PHONE]) {
    this.link = new GattLink(this.time, new StackBonds(phones))
    for (const run of runs) this.runs.add(run.id, encodeRunRecord(run, this.firmware))
    for (const { identity, key } of phones) this.bonds.add(identity, keyCheckOf(key))
    this.service = new PatellaService(this)
    this.service.open(this.link.Server)
  }

  status(): DeviceStatus {
    this.#fail()
    return this.state
  }
  bends(): BendList {
    this.#fail()
    return this.bendList
  }
  clock() {
    this.#fail()
    const { anchor, bootId } = this.boot
    const uptimeMs = this.time.nowMs
    const unixS = anchor ? unixSAt(anchor, uptimeMs) : 0
    return { bootId, uptimeMs, unixS, zoneQuarters: anchor?.zoneQuarters ?? 0 }
  }
  setClock(unixS: number, zoneQuarters: number): void {
    this.#fail()
    this.boot.setClock(unixS, zoneQuarters, this.time.nowMs)
  }
  faultCounts() {
    this.#fail()
    return this.counts.totals
  }
  command(code: number): boolean {
    this.#fail()
    if (this.ready) this.commands.push(code)
    return this.ready
  }

  /** From now on everything asked of the device throws `message`. */
  break(message: string): void {
    this.broken = message
  }
  #fail(): void {
    if (this.broken !== undefined) throw new Error(this.broken)
  }

  /** One request of a connected central. */
  request(op: GattRequest["op"], characteristic: { uuid: string }, value: readonly number[] = []): GattReply {
    const request = { op, connection: this.connection, characteristic: characteristic.uuid }
    return this.link.handle({ ...request, value: toHex(Uint8Array.from(value)) })
  }
  connection = 0
  readonly phoneEvents: PhoneEvent[] = []
  nowMs(): number {
    return this.time.nowMs
  }
  phone(event: PhoneEvent): void {
    this.phoneEvents.push(event)
  }
  /** A phone without an encrypted link. */
  connectStranger(mtu?: number): GattReply {
    const reply = this.link.handle({ op: "connect", ...(mtu === undefined ? {} : { mtu }) })
    this.connection = reply.connection ?? 0
    return reply
  }
  /** The phone that the device knows. */
  connect(mtu?: number): GattReply {
    const reply = this.connectStranger(mtu)
    this.link.handle({ op: "encrypt", connection: this.connection, ...KNOWN_PHONE })
    return reply
  }
}

export { EXAMPLE_FIRMWARE, EXAMPLE_RUN }
