/**
 * A phone that has met Patella before: speaks to a device by GATT requests alone and knows it only by its profile and
 * codecs. What it returns is decoded; what it cannot do is an Error that names the characteristic.
 */
import { fromHex, type GattReply, type GattRequest } from "../../hosts/virtual/protocol"
import { PartRecord } from "../../phone/link/part-record"
import { readRecord } from "../../phone/link/record-reads"
import { CURRENT_TIME, currentTimeOf, LOCAL_TIME, localTimeOf } from "../../src/ble/current-time"
import { decode, encode, type Layout, type Values } from "../../src/ble/fields"
import {
  BATTERY_LEVEL,
  COMMAND,
  CommandCode,
  FAULT_COUNTS,
  IDENTITY,
  SELF_TEST,
  SETTING_WRITE,
  SETTINGS_VALUE,
  STATUS,
} from "../../src/ble/layouts"
import type { CharacteristicKey } from "../../src/ble/profile"
import { ACCESS_RESPONSE, ACKNOWLEDGE_REQUEST, AccessResult, RecordKind } from "../../src/ble/record-layouts"
import {
  type BendList,
  decodeBends,
  decodeRunRecord,
  decodeRunSummary,
  type RunRecord,
  type RunSummary,
} from "../../src/ble/run-codec"
import { RUN_LIST } from "../../src/ble/run-layouts"
import { crc32 } from "../../src/storage/crc32"
import { SETTINGS, settingRefused } from "../../src/storage/settings"
import { type LiveReading, liveReading } from "./live-reading"
import { type PhoneBond, PROFILES, RequestTransport } from "./request-transport"

export type Status = Values<typeof STATUS>

export interface DeviceInformation {
  manufacturer: string
  model: string
  firmware: string
}

/** All that a phone can know of the device. */
export interface Sync extends BendList {
  device: DeviceInformation
  status: Status
  identity: Values<typeof IDENTITY>
  runs: RunRecord[]
  summaryText: string
}

const DEFAULT_MTU = 247
const DEFAULT_IDENTITY = "c0ffee000001"

export class Phone {
  readonly transport: RequestTransport

  /** @param bond its identity, and the key that it has from an earlier pairing; a later pairing's is kept there */
  constructor(
    send: (request: GattRequest) => Promise<GattReply>,
    bond: PhoneBond = { identity: DEFAULT_IDENTITY },
  ) {
    this.transport = new RequestTransport(send, bond)
  }

  /**
   * Connects, encrypted (it pairs when it has no keys that the device takes), and checks that the device has the whole profile; gives the MTU agreed on.
   * @throws Error when the device drops it: then its button has to be pressed
   */
  async connect(mtu = DEFAULT_MTU): Promise<number> {
    const agreed = await this.transport.connect(mtu)
    const found = await this.transport.discover()
    for (const { name, uuid } of Object.values(PROFILES)) {
      if (!found.includes(uuid))
        throw new Error(`phone: the device has no characteristic "${name}" (${uuid})`)
    }
    return agreed
  }

  async disconnect(): Promise<void> {
    await this.transport.disconnect()
  }

  async deviceInformation(): Promise<DeviceInformation> {
    return {
      manufacturer: await this.#text("manufacturer"),
      model: await this.#text("model"),
      firmware: await this.#text("firmware"),
    }
  }

  async batteryPercent(): Promise<number> {
    return decode(BATTERY_LEVEL, await this.#read("battery")).percent
  }

  async status(): Promise<Status> {
    return decode(STATUS, await this.#read("status"))
  }

  async subscribeStatus(): Promise<void> {
    await this.transport.subscribe(PROFILES.status.uuid, () => {})
  }

  /** The status in a notification; undefined when it is another characteristic's. */
  statusIn(notification: { characteristic: string; value: string }): Status | undefined {
    if (notification.characteristic !== PROFILES.status.uuid) return undefined
    return decode(STATUS, fromHex(notification.value))
  }

  async live(): Promise<LiveReading> {
    return liveReading(await this.#read("live"))
  }

  /** @returns what ends it */
  subscribeLive(listener: (live: LiveReading) => void = () => {}): Promise<() => Promise<void>> {
    return this.transport.subscribe(PROFILES.live.uuid, (value) => listener(liveReading(value)))
  }

  /** The live measurement in a notification; undefined when it is another characteristic's. */
  liveIn(notification: { characteristic: string; value: string }): LiveReading | undefined {
    if (notification.characteristic !== PROFILES.live.uuid) return undefined
    return liveReading(fromHex(notification.value))
  }

  summaryText(): Promise<string> {
    return this.#text("summaryText")
  }

  async newestRun(): Promise<RunSummary | undefined> {
    const value = await this.#read("runSummary")
    return value.length === 0 ? undefined : decodeRunSummary(value)
  }

  async runs(): Promise<RunRecord[]> {
    const { runs } = await this.runList()
    const records: RunRecord[] = []
    for (const { runId } of runs) records.push(decodeRunRecord(await this.runRecord(runId)))
    return records
  }

  async runList(): Promise<Values<typeof RUN_LIST>> {
    return decode(RUN_LIST, await this.#record(RecordKind.list))
  }

  /** Byte for byte as the device has it. */
  runRecord(runId: number): Promise<Uint8Array> {
    return this.#record(RecordKind.run, runId)
  }

  /** Fetches the run, and tells the device that it is here whole. */
  async acknowledge(runId: number): Promise<void> {
    const crc = crc32(await this.runRecord(runId))
    await this.#write("recordAccess", ACKNOWLEDGE_REQUEST, { runId, crc })
    const { result } = decode(ACCESS_RESPONSE, await this.#read("recordAccess"))
    if (result !== AccessResult.success)
      throw new Error(`phone: run ${runId} was not acknowledged, but answered with ${result}`)
  }

  async bends(): Promise<BendList> {
    return decodeBends(await this.#record(RecordKind.bends))
  }

  /** By name; settings that this phone does not know are left out. */
  async settings(): Promise<Record<string, number>> {
    const { settings } = decode(SETTINGS_VALUE, await this.#read("settings"))
    const known = settings.map(({ id, value }) => [
      SETTINGS.find((setting) => setting.id === id)?.name,
      value,
    ])
    return Object.fromEntries(known.filter(([name]) => name !== undefined))
  }

  /** @throws Error naming the setting and its range, or what the device answered. */
  async set(name: string, value: number): Promise<void> {
    const refused = settingRefused(name, value)
    if (refused !== undefined) throw new RangeError(refused)
    const id = SETTINGS.find((setting) => setting.name === name)?.id ?? 0
    await this.#write("settings", SETTING_WRITE, { id, value })
  }

  deviceName(): Promise<string> {
    return this.#text("deviceName")
  }

  async setDeviceName(name: string): Promise<void> {
    await this.#writeBytes("deviceName", new TextEncoder().encode(name))
  }

  async identity(): Promise<Values<typeof IDENTITY>> {
    return decode(IDENTITY, await this.#read("identity"))
  }

  /** @param zoneQuarters ahead of UTC, in quarters of an hour */
  async setClock(unixS: number, zoneQuarters: number): Promise<void> {
    await this.#write("localTime", LOCAL_TIME, localTimeOf(zoneQuarters))
    await this.#write("currentTime", CURRENT_TIME, currentTimeOf(unixS, zoneQuarters))
  }

  async faultCounts(): Promise<Values<typeof FAULT_COUNTS>> {
    return decode(FAULT_COUNTS, await this.#read("faultCounts"))
  }

  async selfTest(): Promise<Values<typeof SELF_TEST>> {
    return decode(SELF_TEST, await this.#read("selfTest"))
  }

  async command(name: keyof typeof CommandCode): Promise<void> {
    await this.#write("command", COMMAND, { code: CommandCode[name], argument: 0 })
  }

  async sync(): Promise<Sync> {
    return {
      device: await this.deviceInformation(),
      status: await this.status(),
      identity: await this.identity(),
      runs: await this.runs(),
      ...(await this.bends()),
      summaryText: await this.summaryText(),
    }
  }

  /** A whole record, by reads alone. */
  async #record(kind: RecordKind, runId = 0): Promise<Uint8Array> {
    const part = new PartRecord(kind, runId)
    const end = await readRecord(this.transport, part)
    if (end !== "whole") throw new Error(`phone: record ${kind}/${runId} cannot be read: ${end}`)
    return part.bytes
  }

  async #text(key: CharacteristicKey): Promise<string> {
    return new TextDecoder("utf-8", { fatal: true }).decode(await this.#read(key))
  }

  #read(key: CharacteristicKey): Promise<Uint8Array> {
    return this.transport.read(PROFILES[key].uuid)
  }

  async #write<L extends Layout>(key: CharacteristicKey, layout: L, values: Values<L>): Promise<void> {
    await this.#writeBytes(key, encode(layout, values))
  }

  async #writeBytes(key: CharacteristicKey, bytes: Uint8Array): Promise<void> {
    await this.transport.write(PROFILES[key].uuid, bytes)
  }
}
