/** node-ble, a Bluetooth library for Node on Linux. */
import nodeBle, { type Adapter, type Device, type GattCharacteristic } from "node-ble"
import { longUuid } from "../../simulator/bluez/bluez-interfaces"
import { DEVICE_ADDRESS } from "../../simulator/bluez/remote-device"
import type { Client } from "./client"

const SCAN_LIMIT_MS = 20_000
const LOOK_EVERY_MS = 100

export class NodeBleClient implements Client {
  readonly #session: ReturnType<typeof nodeBle.createBluetooth>
  readonly #characteristics = new Map<string, GattCharacteristic>()
  #adapter: Adapter | undefined
  #device: Device | undefined
  #lossListeners: (() => void)[] = []
  connected = false

  constructor(busAddress: string) {
    process.env.DBUS_SYSTEM_BUS_ADDRESS = busAddress
    this.#session = nodeBle.createBluetooth()
  }

  /** node-ble looks for addresses alone; what it finds must have the service. */
  async find(serviceUuid: string): Promise<string> {
    this.#adapter = await this.#session.bluetooth.defaultAdapter()
    await this.#adapter.startDiscovery()
    this.#device = await this.#adapter.waitDevice(DEVICE_ADDRESS, SCAN_LIMIT_MS, LOOK_EVERY_MS)
    await this.#adapter.stopDiscovery()
    this.#device.on("disconnect", () => {
      if (!this.connected) return
      this.connected = false
      for (const listener of this.#lossListeners.splice(0)) listener()
    })
    this.#service = longUuid(serviceUuid)
    return this.#device.getName()
  }
  #service = ""

  async connect(): Promise<void> {
    const device = this.#found()
    await device.connect()
    this.connected = true
    this.#characteristics.clear()
    const server = await device.gatt()
    const services = await server.services()
    if (!services.includes(this.#service)) throw new Error(`services ${services}: none is ${this.#service}`)
    for (const uuid of services) {
      const service = await server.getPrimaryService(uuid)
      for (const name of await service.characteristics())
        this.#characteristics.set(name, await service.getCharacteristic(name))
    }
  }
  async disconnect(): Promise<void> {
    await this.#found().disconnect()
  }
  async pair(): Promise<void> {
    await this.#found().pair()
  }
  async read(uuid: string): Promise<Uint8Array> {
    return new Uint8Array(await this.#characteristic(uuid).readValue())
  }
  async write(uuid: string, value: Uint8Array): Promise<void> {
    await this.#characteristic(uuid).writeValueWithResponse(Buffer.from(value))
  }
  async subscribe(uuid: string, listener: (value: Uint8Array) => void): Promise<() => Promise<void>> {
    const characteristic = this.#characteristic(uuid)
    characteristic.on("valuechanged", (value) => listener(new Uint8Array(value)))
    await characteristic.startNotifications()
    return async () => {
      characteristic.removeAllListeners("valuechanged")
      await characteristic.stopNotifications()
    }
  }
  onDisconnect(listener: () => void): void {
    this.#lossListeners.push(listener)
  }
  async close(): Promise<void> {
    this.#session.destroy()
  }

  #found(): Device {
    if (!this.#device) throw new Error("no device found yet")
    return this.#device
  }
  #characteristic(uuid: string): GattCharacteristic {
    const found = this.#characteristics.get(longUuid(uuid))
    if (!found) throw new Error(`no characteristic ${uuid}`)
    return found
  }
}
