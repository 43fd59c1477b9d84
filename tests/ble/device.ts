/** A device behind the Bluetooth service without a body: real stores, a real virtual link, a status to be set by the test. */

import { keyCheckOf, StackBonds } from "../../hosts/virtual/bonds"
import { VirtualFlash } from "../../hosts/virtual/flash"
import { GattLink } from "../../hosts/virtual/gatt"
import { type GattReply, type GattRequest, type StackBond, toHex } from "../../hosts/virtual/protocol"
import { EXAMPLE_FIRMWARE, EXAMPLE_RUN } from "../../simulator/docs/example-run"
import { KNOWN_PHONE } from "../../simulator/phone/known-phone"
import type { COACH, COACH_LOG, COACH_REQUEST } from "../../src/ble/coach-layouts"
import type { DeviceModel, DeviceStatus, LiveListener, PhoneEvent } from "../../src/ble/device-model"
import type { Values } from "../../src/ble/fields"
import { SensorState, StatusFlag } from "../../src/ble/layouts"
import { type BendList, encodeRunRecord, type Run } from "../../src/ble/run-codec"
import { PatellaService } from "../../src/ble/service"
import { UpdateState } from "../../src/ble/update-layouts"
import type { Board } from "../../src/board"
import { RunStorage } from "../../src/device/run-storage"
import { BondList } from "../../src/storage/bond-list"
import { BootRecord, unixSAt } from "../../src/storage/boot-record"
import { FaultCounts } from "../../src/storage/fault-counts"
import { SettingsStore } from "../../src/storage/settings"
import { MemoryStorage } from "../storage/virtual-storage"

/** The fewest blocks that runs are kept in. */
const FLASH_BYTES = 40 * 4096

export const STATUS: DeviceStatus = {
  flags: StatusFlag.calibrated | StatusFlag.sensorOk,
  sensorState: SensorState.measuring,
  activity: 2,
  batteryPercent: 87,
  faults: 0,
  uptimeMs: 123_456,
  problems: 0,
  calibrationVersion: 1,
  calibrationAgeMin: 2,
}

/** Nothing since boot. */
const COACH_IDLE: Values<typeof COACH> = {
  phase: 0,
  routine: 0,
  step: 0,
  repeat: 0,
  stepMs: 0,
  depthCdeg: 0,
  answer: 0,
  readiness: 0,
  sittingMin: 0,
}

export class Device implements DeviceModel {
  readonly boardName = "virtual"
  readonly firmware = EXAMPLE_FIRMWARE
  readonly flash = new VirtualFlash({ size: FLASH_BYTES })
  readonly runs: RunStorage
  readonly storage: MemoryStorage
  readonly settings: SettingsStore
  readonly bonds: BondList
  readonly boot: BootRecord
  readonly counts: FaultCounts
  readonly commands: number[] = []
  readonly time = { nowMs: 0 }
  readonly link: GattLink
  readonly service: PatellaService
  state: DeviceStatus = { ...STATUS }
  coachState: Values<typeof COACH> = { ...COACH_IDLE }
  coachEntries: Values<typeof COACH_LOG>["entries"] = []
  readonly coachRequests: Values<typeof COACH_REQUEST>[] = []
  bendList: BendList = { bends: [], bendsDropped: 0 }
  update = {
    state: UpdateState.idle as number,
    reason: 0,
    slotBytes: 1 << 20,
    byteLength: 0,
    crc: 0,
    offset: 0,
  }
  ready = true
  broken: string | undefined
  watched: { listener: LiveListener; limitBytes: number } | undefined

  /**
   * @param phones that it has paired with
   * @param storage of a device that was on before
   */
  constructor(
    runs: readonly Run[] = [],
    phones: readonly StackBond[] = [KNOWN_PHONE],
    storage = new MemoryStorage(),
  ) {
    this.storage = storage
    this.settings = new SettingsStore(storage)
    this.bonds = new BondList(storage)
    this.boot = new BootRecord({ storage, chipId: "a device" })
    this.counts = new FaultCounts(storage, 0)
    this.link = new GattLink(this.time, new StackBonds(phones))
    this.runs = new RunStorage({ flash: this.flash, keyValue: new MemoryStorage() } as unknown as Board)
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
  live() {
    this.#fail()
    return {
      timeMs: this.time.nowMs,
      state: 2,
      step: 0,
      lastPeak: 80,
      strides: 7,
      compressions: 3,
      angles: [{ kneeCdeg: 4200 }],
    }
  }
  updateStatus() {
    this.#fail()
    return this.update
  }
  beginUpdate(offer: { byteLength: number; crc: number }): boolean {
    this.#fail()
    Object.assign(this.update, {
      state: UpdateState.receiving,
      byteLength: offer.byteLength,
      crc: offer.crc,
      offset: 0,
    })
    return this.ready
  }
  /** Counts what comes next. */
  receiveUpdate(value: Uint8Array, from: number, offset: number): boolean {
    this.#fail()
    if (this.update.state !== UpdateState.receiving || offset !== this.update.offset) return false
    this.update.offset += value.length - from
    return true
  }
  finishUpdate(): boolean {
    this.#fail()
    return this.update.state === UpdateState.receiving && this.update.offset === this.update.byteLength
  }
  abortUpdate(): boolean {
    this.#fail()
    const isOn = this.update.state === UpdateState.receiving
    this.update.state = UpdateState.idle
    return isOn
  }
  watchLive(listener: LiveListener | undefined, limitBytes: number): void {
    if (listener) this.#fail()
    this.watched = listener && { listener, limitBytes }
  }
  identity() {
    this.#fail()
    const { anchor, bootId, deviceId } = this.boot
    const uptimeMs = this.time.nowMs
    const isAnchored = anchor?.bootId === bootId
    return {
      deviceId: Array.from(deviceId),
      bootId,
      uptimeMs,
      unixS: isAnchored ? unixSAt(anchor, uptimeMs) : 0,
      zoneQuarters: isAnchored ? anchor.zoneQuarters : 0,
      modelVersion: 3,
    }
  }
  get zoneQuarters(): number | undefined {
    return this.boot.zoneQuarters
  }
  setClock(unixS: number, zoneQuarters: number): void {
    this.#fail()
    this.boot.setClock(unixS, zoneQuarters, this.time.nowMs)
  }
  setZone(zoneQuarters: number): void {
    this.#fail()
    this.boot.setZone(zoneQuarters)
  }
  faultCounts() {
    this.#fail()
    return this.counts.totals
  }
  selfTest() {
    this.#fail()
    return { tested: 0x1ff, failed: 0x21, atMs: 77_000 }
  }
  command(code: number): boolean {
    this.#fail()
    if (this.ready) this.commands.push(code)
    return this.ready
  }
  coach() {
    this.#fail()
    return this.coachState
  }
  coachLog() {
    this.#fail()
    return { entries: this.coachEntries }
  }
  askCoach(request: Values<typeof COACH_REQUEST>): boolean {
    this.#fail()
    if (this.ready) this.coachRequests.push(request)
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
