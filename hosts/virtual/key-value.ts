/**
 * Key-value storage (ECMA-419 embedded:storage/key-value) with the ESP32's rules: it sits on ESP-IDF's NVS, whose names
 * have 15 characters at most, and which is atomic by key: a power cut (power.ts) leaves the old value or the new. Values are copied
 * in and out.
 */
import type { KeyValueDomain, KeyValueStorage } from "../../src/io"
import { PowerSupply } from "./power"
import { fromHex, toHex } from "./protocol"

/** NVS_KEY_NAME_MAX_SIZE − 1 (ESP-IDF, nvs.h); namespaces have the same limit. */
const MAX_NAME_LENGTH = 15

/** Path → key → hex, as the protocol carries it. */
export type KeyValueImage = Record<string, Record<string, string>>

export class VirtualKeyValue implements KeyValueStorage {
  readonly #domains = new Map<string, Map<string, ArrayBuffer>>()
  /** No page is free (ESP-IDF, ESP_ERR_NVS_NOT_ENOUGH_SPACE): what is there can be read and deleted. */
  isFull = false
  readonly #power: PowerSupply

  constructor(image: KeyValueImage = {}, power = new PowerSupply()) {
    this.#power = power
    for (const [path, values] of Object.entries(image)) {
      const domain = this.#domain(path)
      for (const [key, hex] of Object.entries(values))
        domain.set(checked("key", key), fromHex(hex).buffer as ArrayBuffer)
    }
  }

  open({ path }: { path: string; format: "buffer" }): KeyValueDomain {
    const power = this.#power
    power.check()
    const values = this.#domain(path)
    let isOpen = true
    const openValues = (): Map<string, ArrayBuffer> => {
      power.check()
      if (!isOpen) throw new Error(`key-value "${path}": closed`)
      return values
    }
    return {
      read: (key) => openValues().get(checked("key", key))?.slice(0),
      write: (key, value) => {
        const held = openValues()
        if (this.isFull) throw new Error(`key-value "${path}": full`)
        const name = checked("key", key)
        const copy = value.slice(0)
        change(power, () => held.set(name, copy))
      },
      delete(key) {
        const held = openValues()
        // What is not there is no change, and no error (nvs_erase_key's "not found" is none to the SDK).
        if (held.has(checked("key", key))) change(power, () => held.delete(key))
      },
      close: () => {
        isOpen = false
      },
    }
  }

  /** What is stored, for the next boot. */
  image(): KeyValueImage {
    const image: KeyValueImage = {}
    for (const [path, values] of this.#domains) {
      const domain: Record<string, string> = {}
      for (const [key, value] of values) domain[key] = toHex(new Uint8Array(value))
      image[path] = domain
    }
    return image
  }

  #domain(path: string): Map<string, ArrayBuffer> {
    const known = this.#domains.get(checked("path", path))
    if (known) return known
    const made = new Map<string, ArrayBuffer>()
    this.#domains.set(path, made)
    return made
  }
}

/** All of it or nothing, also when power goes in the middle. */
function change(power: PowerSupply, work: () => void): void {
  power.operate(work, (_seed, chance) => {
    if (chance.coin()) work()
  })
}

function checked(what: string, name: string): string {
  if (name.length === 0 || name.length > MAX_NAME_LENGTH) {
    throw new RangeError(
      `key-value: ${what} "${name}" has ${name.length} characters, 1 to ${MAX_NAME_LENGTH} are allowed`,
    )
  }
  return name
}
