/**
 * Device1 and what is below it: the virtual device as a central's D-Bus client sees it. Its services come with the first connection and stay, as by
 * BlueZ's usual setting (main.conf: Cache = always); a notification is a change of its characteristic's value.
 */
import { fromHex, type Notification } from "../../hosts/virtual/protocol"
import { AttRefusal, type Central, LinkError } from "../phone/central"
import { BluezError } from "./bluez-error"
import { longUuid } from "./bluez-interfaces"
import type { ObjectTree, Properties } from "./object-tree"
import { RemoteCharacteristic } from "./remote-characteristic"

/** A random static address (Core 5.4, volume 6, part B, 1.3.2.1): its two highest bits are set. */
export const DEVICE_ADDRESS = "F2:50:41:54:4C:41"
/** What a phone some steps away measures, dBm. */
const RSSI_DBM = -58
const DIGITS = 4
const HANDLE_HEX = 16

export interface Advertisement {
  name: string
  services: readonly string[]
}

export class RemoteDevice {
  readonly path: string
  readonly #tree: ObjectTree
  readonly #adapterPath: string
  readonly #central: Central
  readonly #characteristics = new Map<string, RemoteCharacteristic>()
  #connecting: Promise<void> | undefined

  constructor(tree: ObjectTree, adapterPath: string, central: Central) {
    this.#tree = tree
    this.#adapterPath = adapterPath
    this.#central = central
    this.path = `${adapterPath}/dev_${DEVICE_ADDRESS.replaceAll(":", "_")}`
  }

  /** Its advertisement was received. */
  seen({ name, services }: Advertisement): void {
    if (this.#tree.has(this.path)) {
      this.#change({ RSSI: RSSI_DBM })
      return
    }
    const { bonded } = this.#central
    const properties = {
      Address: DEVICE_ADDRESS,
      AddressType: "random",
      Name: name,
      Alias: name,
      Paired: bonded,
      Bonded: bonded,
      Trusted: false,
      Blocked: false,
      LegacyPairing: false,
      Connected: false,
      UUIDs: services.map(longUuid),
      Adapter: this.#adapterPath,
      RSSI: RSSI_DBM,
      ServicesResolved: false,
    }
    const methods = {
      Connect: () => this.#connect(),
      Disconnect: () => this.#disconnect(),
      Pair: () => this.#pair(),
      CancelPairing: () => {
        throw new BluezError("DoesNotExist", "Does Not Exist")
      },
    }
    this.#tree.add(this.path, { "org.bluez.Device1": { properties, methods } })
  }

  /** No advertisement is listened for any more. */
  unseen(): void {
    this.#change({ RSSI: undefined })
  }

  notified({ characteristic, value }: Notification): void {
    this.#characteristics.get(characteristic)?.notified(Buffer.from(fromHex(value)))
  }

  disconnected(): void {
    this.#change({ ServicesResolved: false, Connected: false })
  }

  bonded(bonded: boolean): void {
    this.#change({ Paired: bonded, Bonded: bonded })
  }

  /** A client has left the bus: its notification sessions end. */
  clientLeft(client: string): void {
    for (const characteristic of this.#characteristics.values()) characteristic.clientLeft(client)
  }

  async remove(): Promise<void> {
    await this.#central.disconnect()
    this.#central.forget()
    this.#tree.remove(this.path)
    this.#characteristics.clear()
  }

  #connect(): Promise<void> {
    if (this.#connecting) throw new BluezError("InProgress", "In Progress")
    this.#connecting = this.#connectNow().finally(() => {
      this.#connecting = undefined
    })
    return this.#connecting
  }

  async #connectNow(): Promise<void> {
    if (this.#central.connected) return
    await reported(() => this.#central.connect())
    this.#change({ Connected: true })
    if (this.#characteristics.size === 0) await this.#showServices()
    else for (const characteristic of this.#characteristics.values()) await characteristic.revive()
    this.#change({ ServicesResolved: true })
  }

  async #disconnect(): Promise<void> {
    if (!this.#central.connected) throw new BluezError("NotConnected", "Not Connected")
    await reported(() => this.#central.disconnect())
  }

  async #pair(): Promise<void> {
    if (this.#central.bonded) throw new BluezError("AlreadyExists", "Already Exists")
    // BlueZ connects for it.
    await this.#connectNow()
    try {
      await this.#central.pair()
    } catch (error) {
      if (!(error instanceof LinkError)) throw error
      throw new BluezError("AuthenticationFailed", "Authentication Failed")
    }
  }

  async #showServices(): Promise<void> {
    const { services = [] } = await reported(() => this.#central.request({ op: "discover" }))
    let handle = 1
    const next = () => (handle++).toString(HANDLE_HEX).padStart(DIGITS, "0")
    for (const service of services) {
      const path = `${this.path}/service${next()}`
      const properties = { UUID: longUuid(service.uuid), Device: this.path, Primary: true, Includes: [] }
      this.#tree.add(path, { "org.bluez.GattService1": { properties } })
      for (const found of service.characteristics) {
        const characteristic = new RemoteCharacteristic(this.#tree, path, found, this.#central)
        this.#characteristics.set(found.uuid, characteristic)
        characteristic.show(next)
      }
    }
    this.#change({ UUIDs: services.map(({ uuid }) => longUuid(uuid)) })
  }

  #change(changes: Properties): void {
    this.#tree.change(this.path, "org.bluez.Device1", changes)
  }
}

/** What fails on the link fails on the bus by BlueZ's names. */
async function reported<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof LinkError || error instanceof AttRefusal)
      throw new BluezError("Failed", error.message)
    throw error
  }
}
