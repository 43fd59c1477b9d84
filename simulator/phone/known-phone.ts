/** A phone that has paired with the board before, and set it up: the board's Bluetooth stack has its key, the firmware its name on the list. */
import { type BoardOptions, fromHex, type StackBond, toHex } from "../../hosts/virtual/protocol"
import { BondList } from "../../src/storage/bond-list"
import { crc32 } from "../../src/storage/crc32"
import { type SettingName, type Settings, SettingsStore } from "../../src/storage/settings"

type KeyValueImage = NonNullable<BoardOptions["keyValue"]>
type KeyValueStorage = ConstructorParameters<typeof BondList>[0]

export const KNOWN_PHONE: StackBond = { identity: "c0ffee000001", key: "000102030405060708090a0b0c0d0e0f" }

/**
 * The options of a board that knows the phone, beside what they say; also where the phone is on the list already.
 * @param settings that it has stored
 */
export function knowing(options: BoardOptions = {}, settings: Partial<Settings> = {}): BoardOptions {
  const keyValue = structuredClone(options.keyValue ?? {})
  const stored = new SettingsStore(storageOn(keyValue))
  for (const [name, value] of Object.entries(settings)) stored.set(name as SettingName, value)
  new BondList(storageOn(keyValue)).add(KNOWN_PHONE.identity, crc32(fromHex(KNOWN_PHONE.key)) >>> 0)
  return { ...options, keyValue, bonds: [KNOWN_PHONE] }
}

function storageOn(image: KeyValueImage): KeyValueStorage {
  return {
    open({ path }) {
      const domain = image[path] ?? {}
      image[path] = domain
      return {
        read(key) {
          const hex = domain[key]
          return hex === undefined ? undefined : (fromHex(hex).buffer as ArrayBuffer)
        },
        write(key, value) {
          domain[key] = toHex(new Uint8Array(value))
        },
        delete(key) {
          delete domain[key]
        },
        close() {},
      }
    },
  }
}
