/**
 * Requests to a connected device, typed: bytes of the profile's layouts over a GATT transport on one side, decoded values on the other. It throws what the
 * transport throws, and RangeError for a value that is not of the profile's form.
 */
import { COACH, COACH_LOG, COACH_REQUEST, CoachOp } from "../../src/ble/coach-layouts"
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
import { SETTINGS, settingRefused } from "../../src/storage/settings"
import { decodeUtf8, encodeUtf8 } from "../../src/utf8"
import type { GattTransport } from "./gatt-transport"
import { type LiveReading, liveReading } from "./live-reading"
import { PROFILES } from "./profiles"

export type Status = Values<typeof STATUS>
export type Identity = Values<typeof IDENTITY>
export type SelfTestResult = Values<typeof SELF_TEST>
export type CommandName = keyof typeof CommandCode
export type CoachOpName = keyof typeof CoachOp
export type CoachValue = Values<typeof COACH>

export interface DeviceInformation {
  manufacturer: string
  model: string
  firmware: string
}

export class DeviceClient<Transport extends GattTransport = GattTransport> {
  readonly transport: Transport

  constructor(transport: Transport) {
    this.transport = transport
  }

  /** Of the profile that the device speaks, known or not: the first byte of every version's status. */
  async protocolVersion(): Promise<number> {
    const [version] = await this.read("status")
    if (version === undefined) throw new RangeError("status: it is empty; read it again")
    return version
  }

  async status(): Promise<Status> {
    return decode(STATUS, await this.read("status"))
  }

  /** @returns what ends it */
  subscribeStatus(listener: (status: Status) => void): Promise<() => Promise<void>> {
    return this.transport.subscribe(PROFILES.status.uuid, (value) => listener(decode(STATUS, value)))
  }

  async live(): Promise<LiveReading> {
    return liveReading(await this.read("live"))
  }

  /** @returns what ends it */
  subscribeLive(listener: (live: LiveReading) => void): Promise<() => Promise<void>> {
    return this.transport.subscribe(PROFILES.live.uuid, (value) => listener(liveReading(value)))
  }

  /** By name; settings that this phone does not know are left out. */
  async settings(): Promise<Record<string, number>> {
    const { settings } = decode(SETTINGS_VALUE, await this.read("settings"))
    const known = settings.map(({ id, value }) => [
      SETTINGS.find((setting) => setting.id === id)?.name,
      value,
    ])
    return Object.fromEntries(known.filter(([name]) => name !== undefined))
  }

  /** @throws RangeError naming the setting and its range, before it is sent */
  async set(name: string, value: number): Promise<void> {
    const refused = settingRefused(name, value)
    if (refused !== undefined) throw new RangeError(refused)
    const id = SETTINGS.find((setting) => setting.name === name)?.id ?? 0
    await this.#write("settings", SETTING_WRITE, { id, value })
  }

  async identity(): Promise<Identity> {
    return decode(IDENTITY, await this.read("identity"))
  }

  /** @param zoneQuarters ahead of UTC, in quarters of an hour */
  async setClock(unixS: number, zoneQuarters: number): Promise<void> {
    await this.#write("localTime", LOCAL_TIME, localTimeOf(zoneQuarters))
    await this.#write("currentTime", CURRENT_TIME, currentTimeOf(unixS, zoneQuarters))
  }

  /** As the wearer calls it. */
  deviceName(): Promise<string> {
    return this.#text("deviceName")
  }

  /** @param name 1 to 20 bytes of UTF-8 */
  async setDeviceName(name: string): Promise<void> {
    await this.transport.write(PROFILES.deviceName.uuid, encodeUtf8(name))
  }

  async deviceInformation(): Promise<DeviceInformation> {
    return {
      manufacturer: await this.#text("manufacturer"),
      model: await this.#text("model"),
      firmware: await this.#text("firmware"),
    }
  }

  async batteryPercent(): Promise<number> {
    return decode(BATTERY_LEVEL, await this.read("battery")).percent
  }

  async command(name: CommandName): Promise<void> {
    await this.#write("command", COMMAND, { code: CommandCode[name], argument: 0 })
  }

  async selfTest(): Promise<SelfTestResult> {
    return decode(SELF_TEST, await this.read("selfTest"))
  }

  async faultCounts(): Promise<Values<typeof FAULT_COUNTS>> {
    return decode(FAULT_COUNTS, await this.read("faultCounts"))
  }

  /** What the device is doing for the wearer before or after a run. */
  async coach(): Promise<CoachValue> {
    return decode(COACH, await this.read("coach"))
  }

  async coachLog(): Promise<Values<typeof COACH_LOG>> {
    return decode(COACH_LOG, await this.read("coachLog"))
  }

  /** @param routine of `start`; 0 otherwise. @throws what the transport throws, also when it cannot be done now */
  async askCoach(op: CoachOpName, routine = 0): Promise<void> {
    await this.#write("coach", COACH_REQUEST, { op: CoachOp[op], routine })
  }

  /** The newest run in plain words. */
  summaryText(): Promise<string> {
    return this.#text("summaryText")
  }

  /** A value as it came. */
  protected read(key: CharacteristicKey): Promise<Uint8Array> {
    return this.transport.read(PROFILES[key].uuid)
  }

  async #text(key: CharacteristicKey): Promise<string> {
    const text = decodeUtf8(await this.read(key))
    if (text === undefined) throw new RangeError(`${PROFILES[key].name}: it is no UTF-8; read it again`)
    return text
  }

  async #write<L extends Layout>(key: CharacteristicKey, layout: L, values: Values<L>): Promise<void> {
    await this.transport.write(PROFILES[key].uuid, encode(layout, values))
  }
}
