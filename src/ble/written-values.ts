/** What a phone writes to the device's settings, name and command: each checked before anything changes. 0, or the ATT error code that refuses it. */
import type { Rows } from "../run/summary"
import { NAME_LIMIT_BYTES, nameRefused } from "../storage/device-name"
import { SETTINGS, type Settings, settingRefused } from "../storage/settings"
import { COACH_REQUEST } from "./coach-layouts"
import type { DeviceModel } from "./device-model"
import { decode, encode, fieldRefused, type Layout, rowBytes, type Values } from "./fields"
import { COMMAND, type CommandCode, SETTING_WRITE, SETTINGS_VALUE } from "./layouts"
import { AttError } from "./profile"

export function settingsValue(values: Readonly<Settings>): Uint8Array {
  return encode(SETTINGS_VALUE, { settings: new SettingRows(values) })
}

export function writeSetting(device: DeviceModel, value: Uint8Array): number {
  const wanted = parseWrite(SETTING_WRITE, value)
  if (typeof wanted === "number") return wanted
  const setting = SETTINGS.find(({ id }) => id === wanted.id)
  if (!setting || settingRefused(setting.name, wanted.value) !== undefined)
    return AttError.valueNotAllowed.code
  device.settings.set(setting.name, wanted.value)
  return 0
}

export function writeName(device: DeviceModel, value: Uint8Array): number {
  if (value.length === 0 || value.length > NAME_LIMIT_BYTES) return AttError.invalidLength.code
  if (nameRefused(value) !== undefined) return AttError.valueNotAllowed.code
  device.settings.setName(value)
  return 0
}

export function writeCommand(device: DeviceModel, value: Uint8Array): number {
  const wanted = parseWrite(COMMAND, value)
  if (typeof wanted === "number") return wanted
  return device.command(wanted.code as CommandCode) ? 0 : AttError.notPossibleNow.code
}

export function writeCoach(device: DeviceModel, value: Uint8Array): number {
  const request = parseWrite(COACH_REQUEST, value)
  if (typeof request === "number") return request
  return device.askCoach(request) ? 0 : AttError.notPossibleNow.code
}

/** The numbers of a written value, or the ATT error code that refuses it. */
export function parseWrite<L extends Layout>(layout: L, value: Uint8Array): Values<L> | number {
  if (value.length !== rowBytes(layout.head)) return AttError.invalidLength.code
  const values = decode(layout, value)
  return fieldRefused(layout, values) ? AttError.valueNotAllowed.code : values
}

/** One row at a time: together they would be nearly the most memory that a phone ever asks for. */
class SettingRows implements Rows<Values<typeof SETTING_WRITE>> {
  readonly length = SETTINGS.length
  private readonly values: Readonly<Settings>

  constructor(values: Readonly<Settings>) {
    this.values = values
  }

  at(index: number): Values<typeof SETTING_WRITE> | undefined {
    const setting = SETTINGS[index]
    return setting && { id: setting.id, value: this.values[setting.name] }
  }
}
