/** What went wrong with a chip on a bus, as a kind for the device's status and as a sentence for a person. */

/** A chip by its name, and its registers by theirs. */
export interface Chip {
  readonly name: string
  readonly registers: Readonly<Record<string, number>>
}

/** `bus`: nobody acknowledges. `identity`: something else answers. `reset`: it never gets ready. `setting`: out of range. `output`: what it drives fails. */
export type ChipErrorKind = "bus" | "identity" | "reset" | "setting" | "output"

export class ChipError extends Error {
  readonly kind: ChipErrorKind
  readonly address: number
  /** By name. */
  readonly register: string | undefined

  constructor(chip: Chip, address: number, kind: ChipErrorKind, register: number | undefined, what: string) {
    const name = register === undefined ? undefined : nameOf(chip, register)
    const where = register === undefined ? "" : ` ${name} (${hex(register)})`
    super(`${chip.name} at ${hex(address)}:${where} ${what}`)
    this.kind = kind
    this.address = address
    this.register = name
  }
}

function nameOf({ registers }: Chip, register: number): string | undefined {
  return Object.keys(registers).find((name) => registers[name] === register)
}

export function hex(byte: number): string {
  return `0x${byte.toString(16).toUpperCase().padStart(2, "0")}`
}
