/** Adapter1 and the agents' manager: a phone's Bluetooth as BlueZ shows it, near which there is one device. */
import { BluezError } from "./bluez-error"
import type { ObjectTree } from "./object-tree"
import type { Advertisement, RemoteDevice } from "./remote-device"

const ROOT_PATH = "/org/bluez"
export const ADAPTER_PATH = `${ROOT_PATH}/hci0`
const ADAPTER = "org.bluez.Adapter1"
/** How often an advertisement is heard while somebody listens. */
const HEARD_EVERY_MS = 500
/** Computer, desktop: what a client may show as an icon. */
const CLASS = 0x000104
const FILTERS = ["UUIDs", "RSSI", "Pathloss", "Transport", "DuplicateData", "Discoverable", "Pattern"]

export interface AdapterOptions {
  /** Public address of the phone: its identity. */
  address: string
  device: RemoteDevice
  /** What the device advertises now; undefined while it does not, as when somebody is connected. */
  scan(): Promise<Advertisement | undefined>
}

export class Adapter {
  readonly #tree: ObjectTree
  readonly #options: AdapterOptions
  readonly #discovering = new Set<string>()
  readonly #agents = new Map<string, string>()
  #listening: NodeJS.Timeout | undefined

  constructor(tree: ObjectTree, options: AdapterOptions) {
    this.#tree = tree
    this.#options = options
    tree.add(ROOT_PATH, { "org.bluez.AgentManager1": { properties: {}, methods: this.#agentMethods() } })
    tree.add(ADAPTER_PATH, {
      [ADAPTER]: {
        properties: {
          Address: options.address,
          AddressType: "public",
          Name: "patella-simulator",
          Alias: "patella-simulator",
          Class: CLASS,
          Powered: true,
          Discoverable: false,
          DiscoverableTimeout: 180,
          Pairable: true,
          PairableTimeout: 0,
          Discovering: false,
          UUIDs: [],
          Roles: ["central"],
        },
        methods: {
          StartDiscovery: (_, client) => this.#startDiscovery(client),
          StopDiscovery: (_, client) => this.#stopDiscovery(client),
          SetDiscoveryFilter: () => {},
          GetDiscoveryFilters: () => FILTERS,
          RemoveDevice: ([path]) => this.#removeDevice(path as string),
        },
      },
    })
  }

  /** A client has left the bus, and with it what it had asked for. */
  clientLeft(client: string): void {
    this.#agents.delete(client)
    if (this.#discovering.has(client)) this.#stopDiscovery(client)
    this.#options.device.clientLeft(client)
  }

  close(): void {
    clearInterval(this.#listening)
  }

  #agentMethods() {
    return {
      RegisterAgent: ([path]: readonly unknown[], client: string) => {
        if (this.#agents.has(client)) throw new BluezError("AlreadyExists", "Already Exists")
        this.#agents.set(client, path as string)
      },
      UnregisterAgent: ([path]: readonly unknown[], client: string) => {
        this.#ownAgent(path, client)
        this.#agents.delete(client)
      },
      // Just Works asks nobody anything, so it makes no difference whose agent is the default one.
      RequestDefaultAgent: ([path]: readonly unknown[], client: string) => this.#ownAgent(path, client),
    }
  }

  #ownAgent(path: unknown, client: string): void {
    if (this.#agents.get(client) !== path) throw new BluezError("DoesNotExist", "Does Not Exist")
  }

  async #startDiscovery(client: string): Promise<void> {
    if (this.#discovering.has(client)) throw new BluezError("InProgress", "Operation already in progress")
    this.#discovering.add(client)
    if (this.#listening) return
    this.#tree.change(ADAPTER_PATH, ADAPTER, { Discovering: true })
    this.#listening = setInterval(() => void this.#listen(), HEARD_EVERY_MS)
    await this.#listen()
  }

  #stopDiscovery(client: string): void {
    if (!this.#discovering.delete(client)) throw new BluezError("Failed", "No discovery started")
    if (this.#discovering.size > 0) return
    clearInterval(this.#listening)
    this.#listening = undefined
    this.#options.device.unseen()
    this.#tree.change(ADAPTER_PATH, ADAPTER, { Discovering: false })
  }

  async #listen(): Promise<void> {
    const advertisement = await this.#options.scan()
    if (advertisement && this.#listening) this.#options.device.seen(advertisement)
  }

  async #removeDevice(path: string): Promise<void> {
    const { device } = this.#options
    if (path !== device.path || !this.#tree.has(path)) throw new BluezError("DoesNotExist", "Does Not Exist")
    await device.remove()
  }
}
