/**
 * The bonds that a Bluetooth stack keeps: the keys of the phones that paired with it. Like the SDK's (NimBLE) it makes one for whoever pairs, in place of
 * an older one of the same phone, and drops the oldest when it is full. They outlast power, as those in NVS do.
 */

import type { LinkBond } from "../../src/ble/port"
import { crc32 } from "../../src/storage/crc32"
import { Chance } from "./chance"
import { fromHex, type StackBond, toHex } from "./protocol"

/** As hosts/esp32 configures it: one more than the firmware lists, so that a stranger, who is dropped, pushes nobody out. */
const BOND_LIMIT = 4
const KEY_BYTES = 16

export class StackBonds {
  /** Oldest first. */
  readonly #bonds: StackBond[]
  readonly #chance = new Chance(0)

  constructor(bonds: readonly StackBond[] = []) {
    this.#bonds = [...bonds]
  }

  /** To make others with. */
  image(): StackBond[] {
    return [...this.#bonds]
  }

  /** @returns the key that both sides keep, hex */
  pair(identity: string): string {
    this.delete(identity)
    if (this.#bonds.length === BOND_LIMIT) this.#bonds.shift()
    const key = toHex(Uint8Array.from({ length: KEY_BYTES }, () => this.#chance.byte()))
    this.#bonds.push({ identity, key })
    return key
  }

  has(identity: string): boolean {
    return this.#bonds.some((bond) => bond.identity === identity)
  }

  /** The phone's bond, when this is its key. */
  find(identity: string, key: string): LinkBond | undefined {
    const bond = this.#bonds.find((known) => known.identity === identity && known.key === key)
    if (!bond) return undefined
    return { identity, keyCheck: keyCheckOf(key) }
  }

  delete(identity: string): void {
    const at = this.#bonds.findIndex((bond) => bond.identity === identity)
    if (at >= 0) this.#bonds.splice(at, 1)
  }

  deleteAll(): void {
    this.#bonds.length = 0
  }
}

export function keyCheckOf(key: string): number {
  return crc32(fromHex(key)) >>> 0
}
