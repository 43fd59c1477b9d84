/**
 * The Moddable SDK's `bleserver` on NimBLE, as 8.2.3 behaves (modules/network/ble: bleserver.js, nimble/modBLEServer.c), and
 * NimBLE's bonds with hosts/esp32/nimble-bonds.c on them: one server, one phone, callbacks by name on the server object.
 * `air` is the phone's side; what it does arrives in the order in which NimBLE tells it.
 */
import { crc32 } from "../../../src/storage/crc32"

interface Handle {
  name: string
  handle: number
  notify: number
}
interface Advertised {
  advertisingData: { flags: number; completeUUID16List?: Bytes[]; completeUUID128List?: Bytes[] }
  scanResponseData: { completeName: string } | null
  interval?: { min: number; max: number }
}
/** What a phone tells of itself in pairing. */
interface Pairing {
  /** Its identity; left out, it tells none, and its keys go by the address on air. */
  identity?: string
  type?: number
  key: number[]
  /** LE Secure Connections; otherwise the older way. */
  secure?: boolean
  bonding?: boolean
}
interface StoredKeys {
  address: string
  type: number
  key: number[]
  secure: boolean
}
type Callback = (...given: unknown[]) => unknown

/** What a read gets whose handler gave nothing. */
const ATT_INSUFFICIENT_RESOURCES = 0x11
/** Of a connection that never came up: -1 in 16 bits, which the SDK compares with -1 in vain. */
const NO_HANDLE = 0xffff

let server: BLEServer | undefined
let ready = false
let link: { handle: number; address: string; type: number; encrypted: boolean; bonded: boolean } | undefined
let handles = 0
let enabled: string[] = []

function call(event: string, ...given: unknown[]): unknown {
  return ((server as unknown as Record<string, Callback>)[event] as Callback | undefined)?.(...given)
}
const handle = (name: string, notify = 0): Handle => ({ name, handle: 1, notify })

export class Bytes extends ArrayBuffer {
  readonly hex: string
  readonly littleEndian: boolean | undefined
  constructor(hex: string, littleEndian?: boolean) {
    super(hex.length / 2)
    this.hex = hex
    this.littleEndian = littleEndian
  }
}

export const GAP = { ADFlag: { LE_GENERAL_DISCOVERABLE_MODE: 2, NO_BR_EDR: 4 } }

export class BLEServer {
  constructor() {
    if (server) throw new Error("BLE already initialized")
    server = this
    ready = false
  }
  set deviceName(name: string) {
    if (!ready) throw new Error("BLE is not ready")
    air.deviceName = name
  }
  set securityParameters(parameters: object) {
    air.security = parameters
  }
  startAdvertising(advertised: Advertised): void {
    if (!ready) throw new Error("BLE is not ready")
    if (link) throw new Error("room for one connection")
    // NimBLE's BLE_HS_EALREADY, which the SDK does not look at.
    air.advertised ??= advertised
  }
  stopAdvertising(): void {
    if (!ready) throw new Error("BLE is not ready")
    air.advertised = undefined
  }
  notifyValue({ name, notify }: Handle, value: ArrayBuffer): void {
    if (notify !== 1) throw new Error("notifications are not enabled")
    air.notified.push({ uuid: name, value: [...new Uint8Array(value)] })
  }
  /** The link is up until the phone, too, has heard of it: `air.disconnect()`. */
  disconnect(): void {
    air.asked = true
  }
  close(): void {
    server = undefined
  }
}

/** hosts/esp32/nimble-bonds.c. */
const natives: Record<string, (argument: never) => unknown> = {
  xs_patella_link_keys(asked: number): ArrayBuffer | undefined {
    if (asked !== link?.handle || !link.encrypted || !link.bonded) return undefined
    const stored = air.keys.find(({ address, type }) => address === link?.address && type === link.type)
    if (!stored) return undefined
    const found = new Uint8Array(12)
    found.set(Buffer.from(stored.address, "hex"))
    found.set([stored.type, stored.secure ? 1 : 0], 6)
    new DataView(found.buffer).setUint32(8, crc32(Uint8Array.from(stored.key)), true)
    return found.buffer
  },
  xs_patella_delete_keys(bytes: ArrayBuffer): number {
    if (air.advertised) throw new Error("the radio's list of identities is in use while it advertises")
    if (bytes.byteLength !== 6) throw new RangeError("address: 6 bytes")
    const address = Buffer.from(bytes).toString("hex")
    air.keys = air.keys.filter((stored) => stored.address !== address)
    air.subscriptions = air.subscriptions.filter((stored) => stored.address !== address)
    return air.failure
  },
  xs_patella_delete_all_keys(): number {
    for (const { address } of air.keys)
      natives.xs_patella_delete_keys?.(Uint8Array.from(Buffer.from(address, "hex")).buffer as never)
    return air.failure
  },
}
;(globalThis as unknown as { native: (name: string) => unknown }).native = (name) => natives[name]

export const air = {
  advertised: undefined as Advertised | undefined,
  deviceName: "",
  security: undefined as object | undefined,
  notified: [] as { uuid: string; value: number[] }[],
  /** The firmware asked for the link to go down. */
  asked: false,
  /** In NVS. */
  keys: [] as StoredKeys[],
  subscriptions: [] as { address: string; uuid: string }[],
  /** NimBLE's answer to a deletion. */
  failure: 0,

  powerUp(): void {
    ready = true
    call("onReady")
  },
  /** The stack stops advertising when a phone connects. */
  connect(address = "0000000000aa", type = 0): void {
    this.advertised = undefined
    this.asked = false
    handles += 1
    link = { handle: handles, address, type, encrypted: false, bonded: false }
    call("onConnected", { connection: link.handle })
  },
  /** A connection that the radio announced and that then failed. */
  failToConnect(): void {
    this.advertised = undefined
    call("onConnected", { connection: NO_HANDLE })
  },
  /** NimBLE ends the subscriptions first. */
  disconnect(): void {
    const was = link
    if (was) for (const uuid of enabled) call("onCharacteristicNotifyDisabled", handle(uuid))
    enabled = []
    link = undefined
    call("onDisconnected", { connection: was?.handle })
  },
  exchangeMtu(mtu: number): void {
    call("onMTUExchanged", mtu)
  },
  /** The identity is the link's address from now on, and the keys are stored, when the server hears of it. */
  pair({ identity, type = 0, key, secure = true, bonding = true }: Pairing): void {
    if (!link) throw new Error("no link")
    if (identity !== undefined) {
      link.address = identity
      link.type = type
    }
    link.encrypted = true
    link.bonded ||= bonding
    const { address } = link
    if (bonding) {
      this.keys = this.keys.filter((stored) => stored.address !== address)
      this.keys.push({ address, type: link.type, key, secure })
    }
    call("onAuthenticated", { bonded: link.bonded })
    if (bonding) for (const uuid of enabled) this.subscriptions.push({ address, uuid })
  },
  /** With the keys of an earlier pairing. The radio made the identity out of a changing address when the phone connected. */
  encrypt(): void {
    if (!link) throw new Error("no link")
    link.encrypted = link.bonded = true
    call("onAuthenticated", { bonded: true })
    for (const { address, uuid } of this.subscriptions) if (address === link?.address) this.enable(uuid)
  },
  /** The bytes, or the ATT error code. */
  read(uuid: string): number[] | number {
    const value = call("onCharacteristicRead", handle(uuid))
    if (value === undefined) return ATT_INSUFFICIENT_RESOURCES
    if (!(value instanceof ArrayBuffer)) throw new Error("not a buffer: the Bluetooth task waits for ever")
    return [...new Uint8Array(value)]
  },
  /** Answered with success before the server hears of it. */
  write(uuid: string, bytes: number[]): void {
    call("onCharacteristicWritten", handle(uuid), Uint8Array.from(bytes).buffer)
  },
  /** NimBLE takes it on any link, and keeps it for a phone that is bonded. */
  subscribe(uuid: string): void {
    if (link?.bonded) this.subscriptions.push({ address: link.address, uuid })
    this.enable(uuid)
  },
  enable(uuid: string): void {
    enabled.push(uuid)
    call("onCharacteristicNotifyEnabled", handle(uuid, 1))
  },
  unsubscribe(uuid: string): void {
    enabled = enabled.filter((other) => other !== uuid)
    call("onCharacteristicNotifyDisabled", handle(uuid))
  },
  off(): void {
    server = undefined
    ready = false
    link = undefined
    enabled = []
    this.advertised = undefined
    this.deviceName = ""
    this.notified = []
    this.asked = false
    this.keys = []
    this.subscriptions = []
    this.failure = 0
  },
}
