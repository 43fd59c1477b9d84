/** A device over a browser's Web Bluetooth: https://webbluetoothcg.github.io/web-bluetooth/ */
import { SERVICES } from "../../src/ble/profile"
import type { GattTransport } from "../link/gatt-transport"

const ASSIGNED_DIGITS = 4
const HEX = 16

/** The browser's chooser, of devices with Patella's service. Asks for a click of the user before it. @throws when the user chooses none */
export function chooseDevice(serviceUuid: string): Promise<BluetoothDevice> {
  return navigator.bluetooth.requestDevice({
    filters: [{ services: [browserUuid(serviceUuid)] }],
    optionalServices: SERVICES.map(({ uuid }) => browserUuid(uuid)),
  })
}

export class WebBluetooth implements GattTransport {
  readonly #device: BluetoothDevice
  readonly #characteristics = new Map<string, BluetoothRemoteGATTCharacteristic>()
  /** Browsers refuse a second request while one is under way. */
  #last: Promise<unknown> = Promise.resolve()
  /** What is read fires the same event as a notification. */
  #reading: BluetoothRemoteGATTCharacteristic | undefined

  constructor(device: BluetoothDevice) {
    this.#device = device
  }

  get connected(): boolean {
    return this.#device.gatt?.connected ?? false
  }

  /** @throws when the device is not near, or is another phone's */
  async connect(): Promise<void> {
    this.#characteristics.clear()
    const server = await this.#device.gatt?.connect()
    for (const service of (await server?.getPrimaryServices()) ?? []) {
      for (const characteristic of await service.getCharacteristics())
        this.#characteristics.set(characteristic.uuid, characteristic)
    }
  }

  disconnect(): void {
    this.#device.gatt?.disconnect()
  }

  read(uuid: string): Promise<Uint8Array> {
    return this.#inTurn(async () => {
      const characteristic = this.#characteristic(uuid)
      this.#reading = characteristic
      try {
        return bytesOf(await characteristic.readValue())
      } finally {
        this.#reading = undefined
      }
    })
  }

  write(uuid: string, value: Uint8Array): Promise<void> {
    return this.#inTurn(() => this.#characteristic(uuid).writeValueWithResponse(value.slice().buffer))
  }

  async subscribe(uuid: string, listener: (value: Uint8Array) => void): Promise<() => Promise<void>> {
    const characteristic = this.#characteristic(uuid)
    const changed = () => {
      if (characteristic.value && this.#reading !== characteristic) listener(bytesOf(characteristic.value))
    }
    characteristic.addEventListener("characteristicvaluechanged", changed)
    try {
      await this.#inTurn(() => characteristic.startNotifications())
    } catch (error) {
      characteristic.removeEventListener("characteristicvaluechanged", changed)
      throw error
    }
    return async () => {
      characteristic.removeEventListener("characteristicvaluechanged", changed)
      if (this.connected) await this.#inTurn(() => characteristic.stopNotifications())
    }
  }

  onDisconnect(listener: () => void): void {
    this.#device.addEventListener("gattserverdisconnected", listener)
  }

  #characteristic(uuid: string): BluetoothRemoteGATTCharacteristic {
    const found = this.#characteristics.get(BluetoothUUID.getCharacteristic(browserUuid(uuid)))
    if (!found) throw new Error(`the device has no characteristic ${uuid}, or is not connected`)
    return found
  }

  #inTurn<Result>(request: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(request, request)
    this.#last = turn
    return turn
  }
}

/** Assigned numbers are numbers to a browser. */
function browserUuid(uuid: string): string | number {
  return uuid.length === ASSIGNED_DIGITS ? Number.parseInt(uuid, HEX) : uuid
}

function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice()
}
