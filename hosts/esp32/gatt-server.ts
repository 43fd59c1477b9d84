/**
 * The Bluetooth port on the Moddable SDK's `bleserver` (NimBLE). Of the SDK's two servers it is the one that can refuse a
 * read, close a link, tell of encryption and keep bonds; its services are compiled in from bleservices/*.json, which
 * service-files.ts makes. What it cannot do, as of SDK 8.2.3: a refused read is ATT error 0x11 whatever code the handler
 * gave, and a write is answered before its handler runs. Whose keys encrypt a link tells nimble-bonds.ts.
 */
import BLEServer from "bleserver"
import { Bytes } from "btutils"
import GAP from "gap"
import type { Characteristic } from "gatt"
import type {
  Advertisement,
  GattCharacteristic,
  GattConnection,
  GattServer,
  GattServerOptions,
  LinkBond,
} from "../../src/ble/port"
import { deleteAllKeys, deleteKeys, keysOf } from "./nimble-bonds"

/** ATT's default MTU, in force until the phone asks for more (core specification 5.4, volume 3, part F, 3.2.8). */
const DEFAULT_MTU = 23
/** Opcode and handle of a notification. */
const NOTIFICATION_HEADER_BYTES = 3
const SHORT_UUID_DIGITS = 4
/** Milliseconds in the stack's unit of advertising intervals (core specification 5.4, volume 4, part E, 7.8.5). */
const INTERVAL_UNIT_MS = 0.625
/** Of a connection that never came up: SDK 8.2.3 tells of it as of one that did. */
const NO_HANDLE = 0xffff

/** The one phone that is connected: the SDK's default configuration has room for one. */
class Connection implements GattConnection {
  readonly id: number
  /** The stack's. */
  readonly handle: number
  readonly #stack: BLEServer
  mtu = DEFAULT_MTU
  encrypted = false
  bond: LinkBond | undefined = undefined
  /** Under which the stack keeps the phone's keys, if it does. */
  address: string | undefined = undefined
  /** Those keys were deleted. */
  isForgotten = false
  /** The link goes down a while after it was asked to; nothing is told or taken any more. */
  isClosing = false

  constructor(id: number, handle: number, stack: BLEServer) {
    this.id = id
    this.handle = handle
    this.#stack = stack
  }

  close(): void {
    this.isClosing = true
    this.#stack.disconnect()
  }
}

export class EspGattServer implements GattServer {
  readonly #options: GattServerOptions
  readonly #stack: BLEServer
  readonly #characteristics = new Map<string, GattCharacteristic>()
  /** By UUID: what the stack wants to be given to notify. */
  readonly #subscribed = new Map<string, Characteristic>()
  #ready = false
  #advertisement: Advertisement | undefined
  #connection: Connection | undefined
  #connections = 0

  constructor(options: GattServerOptions) {
    this.#options = options
    for (const characteristic of options.services.flatMap((service) => service.characteristics))
      this.#characteristics.set(characteristic.uuid, characteristic)
    this.#stack = Object.assign(new BLEServer(), this.#callbacks())
  }

  get isUp(): boolean {
    return this.#ready
  }

  startAdvertising(advertisement: Advertisement): void {
    this.#advertisement = advertisement
    this.#resumeAdvertising()
  }

  stopAdvertising(): void {
    this.#advertisement = undefined
    if (this.#ready) this.#stack.stopAdvertising()
  }

  notify(uuid: string, value: Uint8Array): void {
    const characteristic = this.#subscribed.get(uuid)
    const connection = this.#connection
    if (!characteristic || !connection || !this.#isOpenTo(connection, uuid)) return
    this.#stack.notifyValue(characteristic, bytesOf(value, connection.mtu - NOTIFICATION_HEADER_BYTES))
  }

  deleteBond(identity: string): void {
    this.#forget(identity)
  }

  deleteBonds(): void {
    this.#forget(undefined)
  }

  close(): void {
    this.#disconnected()
    this.#stack.close()
  }

  /** The stack's events. A characteristic's name is its UUID: so service-files.ts makes it. */
  #callbacks() {
    const options = this.#options
    return {
      onReady: () => {
        this.#ready = true
        // Just Works, with keys that are kept. `encryption` would ask each phone to pair at once; unasked, it does when it is refused a value.
        this.#stack.securityParameters = { encryption: false, bonding: true, mitm: false }
        this.#resumeAdvertising()
      },
      onConnected: ({ connection: handle }: { connection: number }) => {
        if (handle === NO_HANDLE) {
          this.#resumeAdvertising()
          return
        }
        this.#connections += 1
        this.#connection = new Connection(this.#connections, handle, this.#stack)
        options.onConnect?.(this.#connection)
      },
      onDisconnected: () => this.#disconnected(),
      onMTUExchanged: (mtu: number) => {
        if (this.#connection) this.#connection.mtu = mtu
      },
      onAuthenticated: () => {
        if (this.#connection) this.#encrypted(this.#connection)
      },
      /** Undefined refuses. */
      onCharacteristicRead: ({ name: uuid }: Characteristic) => {
        const connection = this.#connection
        if (!connection || connection.isClosing) return undefined
        const answer = this.#characteristics.get(uuid)?.onRead?.(connection, options)
        return typeof answer === "object" ? bytesOf(answer) : undefined
      },
      onCharacteristicWritten: ({ name: uuid }: Characteristic, value: ArrayBuffer) => {
        const connection = this.#connection
        if (!connection || connection.isClosing) return
        const refused = this.#characteristics.get(uuid)?.onWrite?.(new Uint8Array(value), connection, options)
        if (refused)
          trace(`GATT server: write to ${uuid} refused with ATT error ${refused}; the phone cannot see it\n`)
      },
      onCharacteristicNotifyEnabled: (characteristic: Characteristic) => {
        const { name: uuid } = characteristic
        const connection = this.#connection
        this.#subscribed.set(uuid, characteristic)
        if (connection && this.#isOpenTo(connection, uuid))
          this.#characteristics.get(uuid)?.onSubscribe?.(connection, this.#options)
      },
      onCharacteristicNotifyDisabled: ({ name: uuid }: Characteristic) => {
        const connection = this.#connection
        if (this.#subscribed.delete(uuid) && connection && this.#isOpenTo(connection, uuid))
          this.#characteristics.get(uuid)?.onUnsubscribe?.(connection, this.#options)
      },
    }
  }

  /** The stack asks for an encrypted link before a read or a write, but not before a subscription. */
  #isOpenTo(connection: Connection, uuid: string): boolean {
    return !connection.isClosing && (connection.encrypted || !this.#characteristics.get(uuid)?.encrypted)
  }

  /** Keys of a phone that cannot be known again are not kept: they would push those of others out. */
  #encrypted(connection: Connection): void {
    const keys = keysOf(connection.handle)
    const isKept = keys?.isTelling === true && !connection.isClosing
    const wasEncrypted = connection.encrypted
    connection.encrypted = true
    connection.address = keys?.address
    connection.isForgotten = false
    connection.bond = isKept ? { identity: keys.address, keyCheck: keys.keyCheck } : undefined
    if (keys && !isKept) this.#forget(keys.address)
    if (connection.isClosing) return
    this.#options.onEncrypted?.(connection)
    if (wasEncrypted || connection.isClosing) return
    for (const uuid of this.#subscribed.keys()) {
      const characteristic = this.#characteristics.get(uuid)
      if (characteristic?.encrypted) characteristic.onSubscribe?.(connection, this.#options)
    }
  }

  /** Undefined: of all. The radio changes its list of identities only while it does not advertise (volume 4, part E, 7.8.39). */
  #forget(address: string | undefined): void {
    const connection = this.#connection
    if (this.#ready && !connection) this.#stack.stopAdvertising()
    if (address === undefined) deleteAllKeys()
    else deleteKeys(address)
    if (connection && (address === undefined || address === connection.address)) connection.isForgotten = true
    this.#resumeAdvertising()
  }

  /** Also told of a connection that never came up. */
  #disconnected(): void {
    const connection = this.#connection
    if (!connection) return
    this.#connection = undefined
    this.#subscribed.clear()
    // Until it was gone it could subscribe, and the stack keeps that.
    if (connection.isForgotten && connection.address !== undefined) deleteKeys(connection.address)
    this.#options.onDisconnect?.(connection)
  }

  #resumeAdvertising(): void {
    if (this.#ready && this.#advertisement && !this.#connection) this.#advertise(this.#advertisement)
  }

  /** Flags and services in the advertisement, the name in the scan response: 31 bytes hold either, not both. */
  #advertise({ name, services = [], intervalMs }: Advertisement): void {
    const { LE_GENERAL_DISCOVERABLE_MODE, NO_BR_EDR } = GAP.ADFlag
    const short = services.filter((uuid) => uuid.length === SHORT_UUID_DIGITS)
    const long = services.filter((uuid) => uuid.length !== SHORT_UUID_DIGITS)
    // One that is on air goes on as it is otherwise, whatever is asked for.
    this.#stack.stopAdvertising()
    if (name !== undefined) this.#stack.deviceName = name
    const units = intervalMs === undefined ? undefined : Math.round(intervalMs / INTERVAL_UNIT_MS)
    this.#stack.startAdvertising({
      fast: false,
      ...(units !== undefined && { interval: { min: units, max: units } }),
      advertisingData: {
        flags: LE_GENERAL_DISCOVERABLE_MODE | NO_BR_EDR,
        ...(short.length > 0 && { completeUUID16List: short.map(uuidBytes) }),
        ...(long.length > 0 && { completeUUID128List: long.map(uuidBytes) }),
      },
      scanResponseData: name === undefined ? null : { completeName: name },
    })
  }
}

/** A buffer that holds `value` and nothing else, at most `limitBytes` of it: the stack takes no views. */
function bytesOf(value: Uint8Array, limitBytes = value.length): ArrayBuffer {
  return value.slice(0, limitBytes).buffer as ArrayBuffer
}

function uuidBytes(uuid: string): Bytes {
  return new Bytes(uuid.replaceAll("-", ""), true)
}
