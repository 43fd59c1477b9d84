/** Reads the fields of a backup one by one, and says which one is wrong. */
import { DataError } from "./companion-data"

export function damage(where: string, what: string, options?: ErrorOptions): DataError {
  return new DataError(
    "damaged",
    `This backup is damaged: ${where} ${what}. Nothing was added. Use another backup, or make a new one.`,
    options,
  )
}

/** An object in the backup; every reader throws DataError with the object's and the field's name. */
export class BackupFields {
  readonly #row: Record<string, unknown>
  /** As it is told, such as "run 3 of 12". */
  readonly where: string

  constructor(value: unknown, where: string) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw damage(where, "is not an object")
    }
    this.#row = value as Record<string, unknown>
    this.where = where
  }

  has(name: string): boolean {
    return name in this.#row
  }

  text(name: string): string {
    const value = this.#row[name]
    if (typeof value !== "string") throw this.wrong(name, "is not text")
    return value
  }

  flag(name: string): boolean {
    const value = this.#row[name]
    if (typeof value !== "boolean") throw this.wrong(name, "is neither true nor false")
    return value
  }

  number(name: string, min: number, max: number): number {
    const value = this.#row[name]
    if (typeof value !== "number" || !(value >= min && value <= max)) {
      throw this.wrong(name, `is not a number from ${min} to ${max}`)
    }
    return value
  }

  oneOf<Choice extends string>(name: string, choices: readonly Choice[]): Choice {
    const choice = choices.find((value) => value === this.#row[name])
    if (choice === undefined) throw this.wrong(name, `is none of ${choices.join(", ")}`)
    return choice
  }

  /** Standard base64. */
  bytes(name: string): Uint8Array {
    const text = this.text(name)
    try {
      return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
    } catch (error) {
      throw this.wrong(name, "is not base64", { cause: error })
    }
  }

  object(name: string): BackupFields {
    return new BackupFields(this.#row[name], `"${name}" of ${this.where}`)
  }

  /** The objects of a list, each told as `noun` and its number. */
  list(name: string, noun: string): BackupFields[] {
    const value = this.#row[name]
    if (!Array.isArray(value)) throw this.wrong(name, "is not a list")
    return value.map((row, at) => new BackupFields(row, `${noun} ${at + 1} of ${value.length}`))
  }

  wrong(name: string, what: string, options?: ErrorOptions): DataError {
    return damage(`"${name}" of ${this.where}`, what, options)
  }
}
