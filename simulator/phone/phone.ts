/**
 * A phone that has met Patella before: speaks to a device by GATT requests alone and knows it only by its profile and
 * codecs. What it returns is decoded; what it cannot do is an Error that names the characteristic.
 */
import {
  fromHex,
  type GattReply,
  type GattRequest,
  type StackBond,
  toHex,
} from "../../hosts/virtual/protocol"
import { decode, encode, type Layout, type Values } from "../../src/ble/fields"
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
} from "../../src/ble/layouts"
import { AttError, type CharacteristicKey, type CharacteristicProfile, SERVICES } from "../../src/ble/profile"
import { decodeRecordPart } from "../../src/ble/record-selection"
import {
  type BendList,
  decodeBends,
  decodeRunRecord,
  decodeRunSummary,
  type RunRecord,
  type RunSummary,
} from "../../src/ble/run-codec"
import { RUN_LIST } from "../../src/ble/run-layouts"
import { SETTINGS, settingRefused } from "../../src/storage/settings"

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
  runs: RunRecord[]
  summaryText: string
}

/** What the phone's Bluetooth stack keeps of the device. */
export type PhoneBond = Pick<StackBond, "identity"> & Partial<StackBond>

const DEFAULT_MTU = 247
const DEFAULT_IDENTITY = "c0ffee000001"
const PROFILES = Object.fromEntries<CharacteristicProfile>(
  SERVICES.flatMap((service) => Object.entries<CharacteristicProfile>(service.characteristics)),
) as Record<CharacteristicKey, CharacteristicProfile>

export class Phone {
  readonly #send: (request: GattRequest) => Promise<GattReply>
  readonly #bond: PhoneBond
  #connection: number | undefined

  /** @param bond its identity, and the key that it has from an earlier pairing; a later pairing's is kept there */
  constructor(
    send: (request: GattRequest) => Promise<GattReply>,
    bond: PhoneBond = { identity: DEFAULT_IDENTITY },
  ) {
    this.#send = send
    this.#bond = bond
  }

  /**
   * Connects, encrypted (it pairs when it has no keys that the device takes), and checks that the device has the whole profile; gives the MTU agreed on.
   * @throws Error when the device drops it: then its button has to be pressed
   */
  async connect(mtu = DEFAULT_MTU): Promise<number> {
    const reply = await this.#request("connect to the device", {
      op: "connect",
      mtu,
      identity: this.#bond.identity,
    })
    this.#connection = reply.connection
    await this.#encrypt()
    const discovered = await this.#request("discover services", { op: "discover" })
    const found = discovered.services?.flatMap((service) => service.characteristics.map(({ uuid }) => uuid))
    for (const { name, uuid } of Object.values(PROFILES)) {
      if (!found?.includes(uuid))
        throw new Error(`phone: the device has no characteristic "${name}" (${uuid})`)
    }
    return reply.mtu ?? 0
  }

  async #encrypt(): Promise<void> {
    const { identity, key: known } = this.#bond
    const connection = this.#connection as number
    if (known !== undefined) {
      const { linkError } = await this.#send({ op: "encrypt", connection, identity, key: known })
      if (linkError === undefined) return
    }
    const { key, linkError } = await this.#send({ op: "pair", connection, identity })
    if (linkError !== undefined)
      throw new Error(
        "phone: the device takes no new phone now; press its button and connect within a minute",
      )
    if (key !== undefined) this.#bond.key = key
  }

  async disconnect(): Promise<void> {
    await this.#request("disconnect", { op: "disconnect" })
    this.#connection = undefined
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
    await this.#request("subscribe to Status", { op: "subscribe", characteristic: PROFILES.status.uuid })
  }

  /** The status in a notification; undefined when it is another characteristic's. */
  statusIn(notification: { characteristic: string; value: string }): Status | undefined {
    if (notification.characteristic !== PROFILES.status.uuid) return undefined
    return decode(STATUS, fromHex(notification.value))
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

  /** Tells the device that this run is here whole. */
  async acknowledge(runId: number): Promise<void> {
    await this.#write("command", COMMAND, { code: CommandCode.acknowledge, runId })
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

  async clock(): Promise<Values<typeof CLOCK>> {
    return decode(CLOCK, await this.#read("clock"))
  }

  /** @param zoneQuarters ahead of UTC, in quarters of an hour */
  async setClock(unixS: number, zoneQuarters: number): Promise<void> {
    await this.#write("clock", CLOCK_WRITE, { unixS, zoneQuarters })
  }

  async faultCounts(): Promise<Values<typeof FAULT_COUNTS>> {
    return decode(FAULT_COUNTS, await this.#read("faultCounts"))
  }

  async command(name: keyof typeof CommandCode): Promise<void> {
    await this.#write("command", COMMAND, { code: CommandCode[name], runId: 0 })
  }

  async sync(): Promise<Sync> {
    return {
      device: await this.deviceInformation(),
      status: await this.status(),
      runs: await this.runs(),
      ...(await this.bends()),
      summaryText: await this.summaryText(),
    }
  }

  /** A whole record by reads alone: select an offset, read what fits, go on where that ended. */
  async #record(kind: number, runId = 0): Promise<Uint8Array> {
    let record = new Uint8Array(0)
    let offset = 0
    do {
      await this.#write("recordSelector", RECORD_SELECTOR, { kind, runId, offset })
      const part = decodeRecordPart(await this.#read("recordData"))
      if (part.kind !== kind || part.runId !== runId || part.offset !== offset) {
        throw new Error(`phone: asked for record ${kind}/${runId} from ${offset}, got another part`)
      }
      if (offset === 0) record = new Uint8Array(part.totalBytes)
      if (part.totalBytes !== record.length || (part.bytes.length === 0 && offset < record.length)) {
        throw new Error(
          `phone: record ${kind}/${runId} stopped or changed at offset ${offset}; read it again`,
        )
      }
      record.set(part.bytes, offset)
      offset += part.bytes.length
    } while (offset < record.length)
    return record
  }

  async #text(key: CharacteristicKey): Promise<string> {
    return new TextDecoder("utf-8", { fatal: true }).decode(await this.#read(key))
  }

  async #read(key: CharacteristicKey): Promise<Uint8Array> {
    const { name, uuid } = PROFILES[key]
    const reply = await this.#request(`read ${name}`, { op: "read", characteristic: uuid })
    return fromHex(reply.value ?? "")
  }

  async #write<L extends Layout>(key: CharacteristicKey, layout: L, values: Values<L>): Promise<void> {
    await this.#writeBytes(key, encode(layout, values))
  }

  async #writeBytes(key: CharacteristicKey, bytes: Uint8Array): Promise<void> {
    const { name, uuid } = PROFILES[key]
    await this.#request(`write ${name}`, { op: "write", characteristic: uuid, value: toHex(bytes) })
  }

  async #request(what: string, request: GattRequest): Promise<GattReply> {
    const { op, ...rest } = request
    const connection = this.#connection === undefined ? {} : { connection: this.#connection }
    const reply = await this.#send({ op, ...connection, ...rest })
    if (reply.linkError !== undefined) throw new Error(`phone: cannot ${what}: ${reply.linkError}`)
    if (reply.error !== undefined) throw new Error(`phone: cannot ${what}: ${attErrorText(reply.error)}`)
    return reply
  }
}

function attErrorText(code: number): string {
  const known = Object.values(AttError).find((error) => error.code === code)
  return `ATT error 0x${code.toString(16).padStart(2, "0")}${known ? ` (${known.description})` : ""}`
}
