/**
 * The Moddable SDK's `bleserver` on NimBLE, as 8.2.3 behaves (modules/network/ble: bleserver.js, nimble/modBLEServer.c): one
 * server, one phone, callbacks by name on the server object. `air` is the phone's side.
 */

interface Handle {
  name: string
  handle: number
  notify: number
}
interface Advertised {
  advertisingData: { flags: number; completeUUID16List?: Bytes[]; completeUUID128List?: Bytes[] }
  scanResponseData: { completeName: string } | null
}
type Callback = (...given: unknown[]) => unknown

/** What a read gets whose handler gave nothing. */
const ATT_INSUFFICIENT_RESOURCES = 0x11

let server: BLEServer | undefined
let ready = false

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
  startAdvertising(advertised: Advertised): void {
    if (!ready) throw new Error("BLE is not ready")
    air.advertised = advertised
  }
  stopAdvertising(): void {
    air.advertised = undefined
  }
  notifyValue({ name, notify }: Handle, value: ArrayBuffer): void {
    if (notify !== 1) throw new Error("notifications are not enabled")
    air.notified.push({ uuid: name, value: [...new Uint8Array(value)] })
  }
  disconnect(): void {
    air.disconnect()
  }
  close(): void {
    server = undefined
  }
}

export const air = {
  advertised: undefined as Advertised | undefined,
  deviceName: "",
  notified: [] as { uuid: string; value: number[] }[],

  powerUp(): void {
    ready = true
    call("onReady")
  },
  /** The stack stops advertising when a phone connects. */
  connect(): void {
    this.advertised = undefined
    call("onConnected", { connection: 0 })
  },
  disconnect(): void {
    call("onDisconnected", { connection: 0 })
  },
  exchangeMtu(mtu: number): void {
    call("onMTUExchanged", mtu)
  },
  encrypt(): void {
    call("onAuthenticated", { bonded: false })
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
  subscribe(uuid: string): void {
    call("onCharacteristicNotifyEnabled", handle(uuid, 1))
  },
  unsubscribe(uuid: string): void {
    call("onCharacteristicNotifyDisabled", handle(uuid))
  },
  off(): void {
    server = undefined
    ready = false
    this.advertised = undefined
    this.deviceName = ""
    this.notified = []
  },
}
