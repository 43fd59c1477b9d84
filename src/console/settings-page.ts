/** `settings`: each with its value and what it takes. `set`, `reset`: one of them. */
import { rangeWords, SETTINGS, type SettingName, type SettingsStore } from "../storage/settings"
import type { ConsolePage } from "./console-page"

const NAME_WIDTH = 31
const VALUE_WIDTH = 6

export class SettingsPage implements ConsolePage {
  private readonly settings: SettingsStore

  constructor(settings: SettingsStore) {
    this.settings = settings
  }

  line(index: number): string | undefined {
    const setting = SETTINGS[index]
    if (!setting) return undefined
    const value = String(this.settings.values[setting.name]).padStart(VALUE_WIDTH)
    return `${setting.name.padEnd(NAME_WIDTH)}${value}  ${rangeWords(setting)}, default ${setting.default}`
  }
}

/** @param text undefined: the default. @returns what was done. @throws RangeError when it is refused, and what the storage throws */
export function changeSetting(settings: SettingsStore, typed: string, text: string | undefined): string {
  const wanted = typed.toLowerCase()
  const setting = SETTINGS.find((candidate) => candidate.name.toLowerCase() === wanted)
  if (!setting) throw new RangeError(`there is no setting "${typed}": settings lists them`)
  const value = text === undefined ? setting.default : Number(text)
  if (text === "" || Number.isNaN(value))
    throw new RangeError(`"${text}": ${setting.name} takes ${rangeWords(setting)}`)
  const name: SettingName = setting.name
  settings.set(name, value)
  return `${name} is ${settings.values[name]}`
}
