/**
 * What the wearer can set: one table for the device, the phone, the command line (`--set NAME=VALUE`) and the documents;
 * and the store that keeps it. Whole numbers in the unit of their name.
 */
import { constant } from "../constant"
import type { KeyValueStorage } from "../io"
import { deviceName, deviceNameNote, resetDeviceName, setDeviceName } from "./device-name"
import { keep, readKept, StorageKey } from "./kept-value"

export interface Setting {
  readonly name: string
  /** What is stored and sent; never used again for another setting. */
  readonly id: number
  readonly unit: string
  readonly min: number
  readonly max: number
  readonly default: number
  readonly description: string
}

export const SETTINGS = constant([
  {
    name: "thresholdDeg",
    id: 1,
    unit: "°",
    min: 20,
    max: 60,
    default: 30,
    description: "Knee flexion under load past which a load cycle counts as a compression",
  },
  {
    name: "pauseLimitS",
    id: 2,
    unit: "s",
    min: 10,
    max: 600,
    default: 120,
    description: "A longer pause ends the run",
  },
  {
    name: "overloadCompressions",
    id: 3,
    unit: "compressions",
    min: 0,
    max: 100_000,
    default: 2500,
    description: "Buzz after so many in a run; 0: never for this reason",
  },
  {
    name: "overloadCompressionsAgain",
    id: 4,
    unit: "compressions",
    min: 0,
    max: 100_000,
    default: 500,
    description: "And again every so many; 0: once a run",
  },
  {
    name: "overloadDegreeSecondsPerMinute",
    id: 5,
    unit: "° × s per minute",
    min: 0,
    max: 5000,
    default: 130,
    description: "Buzz when the average past the threshold is above this; 0: never for this reason",
  },
  {
    name: "overloadDegreeSecondsMinutes",
    id: 6,
    unit: "min",
    min: 1,
    max: 60,
    default: 10,
    description: "The minutes over which that average is taken",
  },
  {
    name: "overloadDepthDeg",
    id: 7,
    unit: "°",
    min: 0,
    max: 20,
    default: 5,
    description:
      "Buzz when recent load cycles are this much deeper than the run's early ones; 0: never for this reason",
  },
  {
    name: "overloadDepthRecentCycles",
    id: 8,
    unit: "load cycles",
    min: 5,
    max: 100,
    default: 20,
    description: "How many load cycles are recent (their median counts)",
  },
  {
    name: "overloadDepthFirstCycle",
    id: 9,
    unit: "load cycles",
    min: 1,
    max: 1000,
    default: 50,
    description: "The run's early load cycles begin with this one (the first is 1)",
  },
  {
    name: "overloadDepthLastCycle",
    id: 10,
    unit: "load cycles",
    min: 10,
    max: 2000,
    default: 250,
    description:
      "The run's early load cycles end with this one; never for depth when it is not after the first",
  },
  {
    name: "buzzIntervalS",
    id: 11,
    unit: "s",
    min: 10,
    max: 3600,
    default: 180,
    description: "At least so long between the first two buzzes of a run; doubles with each",
  },
  {
    name: "buzzesPerRun",
    id: 12,
    unit: "buzzes",
    min: 0,
    max: 20,
    default: 6,
    description: "At most; 0: no buzz",
  },
  {
    name: "buzzStrengthPercent",
    id: 13,
    unit: "%",
    min: 10,
    max: 100,
    default: 100,
    description: "Strength of the motor",
  },
  {
    name: "leg",
    id: 14,
    unit: "",
    min: 0,
    max: 2,
    default: 0,
    description: "Leg that wears the sensor: 1 left, 2 right; 0: as its swing tells",
  },
  {
    name: "heldBendDeg",
    id: 15,
    unit: "°",
    min: 0,
    max: 90,
    default: 0,
    description: "Flexion at which one of the calibrating bends is held for three seconds; 0: none is",
  },
  {
    name: "sleepAfterMin",
    id: 16,
    unit: "min",
    min: 0,
    max: 240,
    default: 10,
    description: "Not moved and not used for so long, the device sleeps until it is moved; 0: never",
  },
  {
    name: "sittingMin",
    id: 17,
    unit: "min",
    min: 0,
    max: 180,
    default: 30,
    description: "One gentle buzz after so long on a chair; 0: never",
  },
  {
    name: "quietFromH",
    id: 18,
    unit: "h",
    min: 0,
    max: 23,
    default: 21,
    description: "No buzz for sitting from this hour on, by the wearer's clock",
  },
  {
    name: "quietToH",
    id: 19,
    unit: "h",
    min: 0,
    max: 23,
    default: 8,
    description: "No buzz for sitting until this hour; the same as the other: no quiet hours",
  },
] as const satisfies readonly Setting[])

export type SettingName = (typeof SETTINGS)[number]["name"]
export type Settings = Record<SettingName, number>

/** `sleepAfterMin` came with 2; `sittingMin`, `quietFromH` and `quietToH` with 3. */
export const SETTINGS_FORMAT = 3
/** Id (u8) and value (i32). */
const ENTRY_BYTES = 5

export function defaultSettings(): Settings {
  const settings: Partial<Settings> = {}
  for (const setting of SETTINGS) settings[setting.name] = setting.default
  return settings as Settings
}

/** The values in the table's order: four bytes each, where a field of an object would take a slot of RAM. By their names, too. */
class SettingNumbers extends Int32Array {}
type SettingValues = SettingNumbers & Readonly<Settings>

// A method keeps the object that it is written in, and a closure its variables: each that is no constant is a pointer in RAM.
for (const [index, { name }] of SETTINGS.entries())
  Object.defineProperty(
    SettingNumbers.prototype,
    name,
    constant({
      get(this: SettingNumbers) {
        return this[index]
      },
    }),
  )

function settingValues(numbers: ArrayLike<number>): SettingValues {
  return new SettingNumbers(numbers) as SettingValues
}

function defaultValues(): SettingValues {
  return settingValues(SETTINGS.map((setting) => setting.default))
}

/** Why `value` cannot be the value of `name`, in words; undefined when it can. */
export function settingRefused(name: string, value: number): string | undefined {
  const setting = SETTINGS.find((candidate) => candidate.name === name)
  if (!setting)
    return `there is no setting "${name}"; there are ${SETTINGS.map((known) => known.name).join(", ")}`
  if (Number.isInteger(value) && value >= setting.min && value <= setting.max) return undefined
  return `${name} is ${value}; it takes ${rangeWords(setting)}`
}

/** What a setting takes, in words; a number that only names something has no unit. */
export function rangeWords({ min, max, unit }: Setting): string {
  const range = `whole numbers from ${min} to ${max}`
  return unit === "" ? range : `${range} (${unit})`
}

/** What a key-value domain keeps, sealed: each setting's id and value. */
export function encodeSettings(settings: Readonly<Settings>): Uint8Array {
  const payload = new Uint8Array(SETTINGS.length * ENTRY_BYTES)
  const view = new DataView(payload.buffer)
  SETTINGS.forEach((setting, index) => {
    view.setUint8(index * ENTRY_BYTES, setting.id)
    view.setInt32(index * ENTRY_BYTES + 1, settings[setting.name], true)
  })
  return payload
}

export class SettingsStore {
  private readonly storage: KeyValueStorage
  private current: SettingValues
  /** What was wrong with the stored settings or name, so that defaults stand in their place. */
  note: string | undefined

  constructor(storage: KeyValueStorage) {
    this.storage = storage
    this.current = defaultValues()
    const payload = readKept(storage, StorageKey.settings, SETTINGS_FORMAT)
    if (typeof payload === "string") this.note = `stored settings: ${payload}; defaults in force`
    else if (payload) this.note = readSettings(payload, this.current)
    const nameNote = deviceNameNote(storage)
    if (nameNote !== undefined) this.note = this.note === undefined ? nameNote : `${this.note}; ${nameNote}`
  }

  /** What the device is called. */
  get name(): string {
    return deviceName(this.storage)
  }

  get values(): Readonly<Settings> {
    return this.current
  }

  /** @throws RangeError when the value is refused, and what the storage throws; then nothing has changed. */
  set(name: SettingName, value: number): void {
    const refused = settingRefused(name, value)
    if (refused !== undefined) throw new RangeError(`setting: ${refused}`)
    const values = settingValues(this.current)
    values[SETTINGS.findIndex((setting) => setting.name === name)] = value
    this.keep(values)
  }

  /** @param name UTF-8. @throws RangeError when it is refused, and what the storage throws; then nothing has changed. */
  setName(name: Uint8Array): void {
    setDeviceName(this.storage, name)
  }

  /** All back to the defaults, the name too. @throws what the storage throws; what it was about has not changed then. */
  reset(): void {
    this.keep(defaultValues())
    resetDeviceName(this.storage)
    this.note = undefined
  }

  private keep(values: SettingValues): void {
    keep(this.storage, StorageKey.settings, SETTINGS_FORMAT, encodeSettings(values))
    this.current = values
  }
}

/** Fills `into`, keeping its default where the stored value is missing or out of range; says in words what was damaged. */
function readSettings(payload: Uint8Array, into: SettingValues): string | undefined {
  const view = new DataView(payload.buffer)
  const notes: string[] = []
  for (let at = 0; at + ENTRY_BYTES <= payload.length; at += ENTRY_BYTES) {
    // An id that this firmware does not know comes from another version of it.
    const index = SETTINGS.findIndex((candidate) => candidate.id === view.getUint8(at))
    const setting = SETTINGS[index]
    if (!setting) continue
    const value = view.getInt32(at + 1, true)
    const refused = settingRefused(setting.name, value)
    if (refused === undefined) into[index] = value
    else notes.push(`${refused}; default in force`)
  }
  return notes.length > 0 ? `stored settings: ${notes.join("; ")}` : undefined
}
