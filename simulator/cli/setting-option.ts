/** `--set NAME=VALUE`: a device setting by its name, checked against the firmware's own table before anything runs. */
import { rangeWords, SETTINGS, type SettingName, settingRefused } from "../../src/storage/settings"
import { UsageError } from "./usage"

export type SettingChoices = Partial<Record<SettingName, number>>

const PAIR = /^([^=]+)=(.*)$/
const WHOLE_NUMBER = /^[+-]?\d+$/

/** Adds one NAME=VALUE to those before it; the last one of a name counts. @throws UsageError naming the known ones. */
export function addSetting(pair: string, before: SettingChoices): SettingChoices {
  const [, name = "", text = ""] = PAIR.exec(pair) ?? []
  if (!name) throw new UsageError(`--set ${pair}: write NAME=VALUE\n${settingsTable()}`)
  const setting = SETTINGS.find((known) => known.name === name)
  if (!setting) throw new UsageError(`--set ${pair}: there is no setting "${name}"\n${settingsTable()}`)
  const value = WHOLE_NUMBER.test(text) ? Number(text) : Number.NaN
  if (settingRefused(setting.name, value) !== undefined)
    throw new UsageError(`--set ${pair}: ${name} takes ${rangeWords(setting)}\n${settingsTable()}`)
  return { ...before, [setting.name]: value }
}

/** Every setting with its range, unit and default, for people. */
export function settingsTable(): string {
  const rows = SETTINGS.map(({ name, min, max, unit, default: usual, description }) => ({
    name,
    range: `${min} to ${max} ${unit}`,
    usual: `default ${usual}`,
    description,
  }))
  const width = (key: "name" | "range" | "usual") => Math.max(...rows.map((row) => row[key].length))
  const lines = rows.map(
    (row) =>
      `  ${row.name.padEnd(width("name"))}  ${row.range.padEnd(width("range"))}  ${row.usual.padEnd(width("usual"))}  ${row.description}`,
  )
  return `Device settings (whole numbers):\n${lines.join("\n")}`
}
