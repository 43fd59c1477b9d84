/** What went wrong with the chip, as a kind for the device's status and as a sentence for a person. */
import { Register, type RegisterName } from "./lsm6dso-registers"

/** `bus`: nobody acknowledges. `identity`: something else answers. `reset`: it never gets ready. `setting`: out of range. */
export type Lsm6dsoErrorKind = "bus" | "identity" | "reset" | "setting"

export class Lsm6dsoError extends Error {
  readonly kind: Lsm6dsoErrorKind
  readonly address: number
  readonly register: RegisterName | undefined

  constructor(kind: Lsm6dsoErrorKind, address: number, register: Register | undefined, what: string) {
    const name = register === undefined ? undefined : nameOf(register)
    const where = register === undefined ? "" : ` ${name} (${hex(register)})`
    super(`LSM6DSO at ${hex(address)}:${where} ${what}`)
    this.kind = kind
    this.address = address
    this.register = name
  }
}

function nameOf(register: Register): RegisterName | undefined {
  return (Object.keys(Register) as RegisterName[]).find((name) => Register[name] === register)
}

export function hex(byte: number): string {
  return `0x${byte.toString(16).toUpperCase().padStart(2, "0")}`
}
