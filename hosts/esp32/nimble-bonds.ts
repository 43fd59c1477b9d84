/**
 * NimBLE's bonds, by nimble-bonds.c: whose keys encrypt a link, and deleting them. NimBLE has stored the keys, and the
 * phone's identity with them, before it tells of the encryption (ble_sm.c, ble_sm_process_result).
 */

export interface LinkKeys {
  /** 12 hex digits. */
  readonly address: string
  /**
   * The phone can be known by them: the address stays the phone's (otherwise it told none that does), and the keys were agreed on by LE Secure
   * Connections. NimBLE pairs in the older way too (the SDK's manifest tool insists), whose keys anybody can work out who listened.
   */
  readonly isTelling: boolean
  readonly keyCheck: number
}

/** In XS's compiler: the C function of that name. */
declare function native<Callable>(name: string): Callable

const linkKeys = native<(connection: number) => ArrayBuffer | undefined>("xs_patella_link_keys")
const deleteStored = native<(address: ArrayBuffer) => number>("xs_patella_delete_keys")
const deleteAllStored = native<() => number>("xs_patella_delete_all_keys")

const ADDRESS_BYTES = 6
const TYPE_AT = ADDRESS_BYTES
const SECURE_AT = TYPE_AT + 1
const KEY_CHECK_AT = SECURE_AT + 1
const PUBLIC = 0
/** Of a random address's highest byte: both set in one that stays (core specification 5.4, volume 6, part B, 1.3.2.1). */
const STATIC_BITS = 0xc0
const HEX = 16
const DIGITS = 2

/** Undefined while the link is not encrypted, or by keys that are not kept. */
export function keysOf(connection: number): LinkKeys | undefined {
  const found = linkKeys(connection)
  if (!found) return undefined
  const view = new DataView(found)
  let address = ""
  for (let at = 0; at < ADDRESS_BYTES; at++) address += view.getUint8(at).toString(HEX).padStart(DIGITS, "0")
  const isLasting = view.getUint8(TYPE_AT) === PUBLIC || (view.getUint8(0) & STATIC_BITS) === STATIC_BITS
  return {
    address,
    isTelling: isLasting && view.getUint8(SECURE_AT) !== 0,
    keyCheck: view.getUint32(KEY_CHECK_AT, true),
  }
}

export function deleteKeys(address: string): void {
  const bytes = new Uint8Array(ADDRESS_BYTES)
  for (let at = 0; at < ADDRESS_BYTES; at++)
    bytes[at] = Number.parseInt(address.slice(at * DIGITS, (at + 1) * DIGITS), HEX)
  tell(deleteStored(bytes.buffer))
}

export function deleteAllKeys(): void {
  tell(deleteAllStored())
}

function tell(failed: number): void {
  if (failed !== 0) trace(`GATT server: keys not deleted, NimBLE error ${failed}\n`)
}
