/** What went wrong with the chip, as a kind for the device's status and as a sentence for a person. */
import { Register, type RegisterName } from "./lsm6dso-registers"

/** `bus`: nobody acknowledges. `identity`: something else answers. `reset`: it never gets ready. `setting`: out of range. */
export type Lsm6dsoErrorKind = "bus" | "identity" | "reset" | "setting"

export class Lsm6dsoError extends Error {
  readonly kind: Lsm6dsoErrorKind
  readonly address: number
  readonly register: RegisterName | undefined

  constructor(kind: Lsm6dsoErrorKind, address: number, register: RegisterName | undefined, what: string) {
    const where = register ? ` ${register} (${hex(Register[register])})` : ""
    super(`LSM6DSO at ${hex(address)}:${where} ${what}`)
    this.kind = kind
    this.address = address
    this.register = register
  }
}

export function hex(byte: number): string {
  return `0x${byte.toString(16).toUpperCase().padStart(2, "0")}`
}
