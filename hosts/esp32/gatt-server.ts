/**
 * The Bluetooth port on the Moddable SDK's `bleserver` (NimBLE). Of the SDK's two servers it is the one that can refuse a
 * read, close a link, tell of encryption and keep bonds; its services are compiled in from bleservices/*.json, which
 * service-files.ts makes. What it cannot do, as of SDK 8.2.3: a refused read is ATT error 0x11 whatever code the handler
 * gave, and a write is answered before its handler runs. It does not pair yet: that is the boards' own issue.
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

/** ATT's default MTU, in force until the phone asks for more (core specification 5.4, volume 3, part F, 3.2.8). */
const DEFAULT_MTU = 23
/** Opcode and handle of a notification. */
const NOTIFICATION_HEADER_BYTES = 3
const SHORT_UUID_DIGITS = 4

/** The one phone that is connected: the SDK's default configuration has room for one. */
class Connection implements GattConnection {
  readonly id: number
  readonly #stack: BLEServer
  mtu = DEFAULT_MTU
  encrypted = false
  readonly bond: LinkBond | undefined = undefined

  constructor(id: number, stack: BLEServer) {
    this.id = id
    this.#stack = stack
  }

  close(): void {
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

  startAdvertising(advertisement: Advertisement): void {
    this.#advertisement = advertisement
    if (this.#ready) this.#advertise(advertisement)
  }

  stopAdvertising(): void {
    this.#advertisement = undefined
    if (this.#ready) this.#stack.stopAdvertising()
  }

  notify(uuid: string, value: Uint8Array): void {
    const characteristic = this.#subscribed.get(uuid)
    const connection = this.#connection
    if (!characteristic || !connection) return
    this.#stack.notifyValue(characteristic, bytesOf(value, connection.mtu - NOTIFICATION_HEADER_BYTES))
  }

  deleteBond(_identity: string): void {}
  deleteBonds(): void {}

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
        if (this.#advertisement) this.#advertise(this.#advertisement)
      },
      onConnected: () => {
        this.#connections += 1
        this.#connection = new Connection(this.#connections, this.#stack)
        this.#options.onConnect?.(this.#connection)
      },
      onDisconnected: () => this.#disconnected(),
      onMTUExchanged: (mtu: number) => {
        if (this.#connection) this.#connection.mtu = mtu
      },
      onAuthenticated: () => {
        if (!this.#connection) return
        this.#connection.encrypted = true
        this.#options.onEncrypted?.(this.#connection)
      },
      /** Undefined refuses. */
      onCharacteristicRead: ({ name: uuid }: Characteristic) => {
        if (!this.#connection) return undefined
        const answer = this.#characteristics.get(uuid)?.onRead?.(this.#connection, options)
        return typeof answer === "object" ? bytesOf(answer) : undefined
      },
      onCharacteristicWritten: ({ name: uuid }: Characteristic, value: ArrayBuffer) => {
        if (!this.#connection) return
        const refused = this.#characteristics
          .get(uuid)
          ?.onWrite?.(new Uint8Array(value), this.#connection, options)
        if (refused)
          trace(`GATT server: write to ${uuid} refused with ATT error ${refused}; the phone cannot see it\n`)
      },
      onCharacteristicNotifyEnabled: (characteristic: Characteristic) => {
        this.#subscribed.set(characteristic.name, characteristic)
        if (this.#connection) this.#characteristics.get(characteristic.name)?.onSubscribe?.(this.#connection)
      },
      onCharacteristicNotifyDisabled: ({ name: uuid }: Characteristic) => {
        this.#subscribed.delete(uuid)
        if (this.#connection) this.#characteristics.get(uuid)?.onUnsubscribe?.(this.#connection)
      },
    }
  }

  /** Also told of a connection that never came up. */
  #disconnected(): void {
    const connection = this.#connection
    if (!connection) return
    this.#connection = undefined
    this.#subscribed.clear()
    this.#options.onDisconnect?.(connection)
  }

  /** Flags and services in the advertisement, the name in the scan response: 31 bytes hold either, not both. */
  #advertise({ name, services = [] }: Advertisement): void {
    const { LE_GENERAL_DISCOVERABLE_MODE, NO_BR_EDR } = GAP.ADFlag
    const short = services.filter((uuid) => uuid.length === SHORT_UUID_DIGITS)
    const long = services.filter((uuid) => uuid.length !== SHORT_UUID_DIGITS)
    if (name !== undefined) this.#stack.deviceName = name
    this.#stack.startAdvertising({
      fast: false,
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
