/** A device over a browser's Web Bluetooth: https://webbluetoothcg.github.io/web-bluetooth/ */
import { PATELLA, SERVICES } from "../../src/ble/profile"
import type { ConnectableTransport, Finder, FoundDevice, Lack } from "../link/finder"
import { lackOf } from "../link/lack"

const ASSIGNED_DIGITS = 4
const HEX = 16

/** Absent in browsers without Web Bluetooth, whatever its types say. */
function bluetoothOf(browser: Partial<Pick<Navigator, "bluetooth">>): Bluetooth | undefined {
  return browser.bluetooth
}

export class WebBluetoothFinder implements Finder {
  readonly lack?: Lack

  constructor() {
    const { userAgent, maxTouchPoints } = navigator
    const hasBluetooth = bluetoothOf(navigator) !== undefined
    const lack = lackOf({ hasBluetooth, isSecure: isSecureContext, userAgent, maxTouchPoints })
    if (lack) this.lack = lack
  }

  /** As far as the browser tells: some say so of an adapter that is switched off. */
  async isOn(): Promise<boolean> {
    const bluetooth = bluetoothOf(navigator)
    return bluetooth !== undefined && (!("getAvailability" in bluetooth) || bluetooth.getAvailability())
  }

  /** Of devices with Patella's service. */
  async choose(): Promise<FoundDevice> {
    const device = await navigator.bluetooth.requestDevice({
      filters: [{ services: [browserUuid(PATELLA.uuid)] }],
      optionalServices: SERVICES.map(({ uuid }) => browserUuid(uuid)),
    })
    return foundDevice(device)
  }

  async known(): Promise<FoundDevice[]> {
    const bluetooth = bluetoothOf(navigator)
    if (!bluetooth || !("getDevices" in bluetooth)) return []
    return (await bluetooth.getDevices()).map(foundDevice)
  }
}

function foundDevice(device: BluetoothDevice): FoundDevice {
  return { id: device.id, name: device.name ?? "", transport: new WebBluetooth(device) }
}

export class WebBluetooth implements ConnectableTransport {
  readonly #device: BluetoothDevice
  readonly #characteristics = new Map<string, BluetoothRemoteGATTCharacteristic>()
  /** Browsers refuse a second request while one is under way. */
  #last: Promise<unknown> = Promise.resolve()
  /** Subscriptions that nobody has ended, be they of a link that is lost. */
  readonly #subscribed = new Set<string>()
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

  async disconnect(): Promise<void> {
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
      await this.#inTurn(async () => {
        // Chromium with BlueZ takes a lost link's subscription to go on, and tells its object of then.
        if (this.#subscribed.has(uuid)) await characteristic.stopNotifications()
        await characteristic.startNotifications()
      })
      this.#subscribed.add(uuid)
    } catch (error) {
      characteristic.removeEventListener("characteristicvaluechanged", changed)
      throw error
    }
    return async () => {
      characteristic.removeEventListener("characteristicvaluechanged", changed)
      if (!this.connected) return
      await this.#inTurn(() => characteristic.stopNotifications())
      this.#subscribed.delete(uuid)
    }
  }

  onDisconnect(listener: () => void): void {
    this.#device.addEventListener("gattserverdisconnected", listener, { once: true })
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
