/** GattCharacteristic1 and its GattDescriptor1s: reads, writes and notification sessions of D-Bus clients, carried over the central's link. */
import { fromHex, type GattReply, toHex } from "../../hosts/virtual/protocol"
import { AttRefusal, type Central, LinkError } from "../phone/central"
import { BluezError, errorOfAtt, notConnected } from "./bluez-error"
import { longUuid } from "./bluez-interfaces"
import type { Method, ObjectTree, Properties } from "./object-tree"

type Found = NonNullable<GattReply["services"]>[number]["characteristics"][number]

/** Core 5.4, volume 3, part F, 3.2.9: the longest attribute value. */
const VALUE_LIMIT_BYTES = 512
const CLIENT_CONFIGURATION = "2902"
const CHARACTERISTIC = "org.bluez.GattCharacteristic1"

export class RemoteCharacteristic {
  readonly #tree: ObjectTree
  readonly #servicePath: string
  readonly #found: Found
  readonly #central: Central
  readonly #sessions = new Set<string>()
  #path = ""
  #writing = false

  constructor(tree: ObjectTree, servicePath: string, found: Found, central: Central) {
    this.#tree = tree
    this.#servicePath = servicePath
    this.#found = found
    this.#central = central
  }

  /** @param next the next attribute's handle, in hex: paths are made of them */
  show(next: () => string): void {
    const { uuid, properties: flags, descriptors } = this.#found
    this.#path = `${this.#servicePath}/char${next()}`
    // The value's own attribute.
    next()
    const properties: Properties = {
      UUID: longUuid(uuid),
      Service: this.#servicePath,
      Flags: flags,
      MTU: this.#central.mtu,
      Notifying: flags.includes("notify") ? false : undefined,
    }
    const methods: Record<string, Method> = {
      ReadValue: ([options]) => this.#read(options),
      WriteValue: ([value, options]) => this.#write(value as Uint8Array, options),
      StartNotify: (_, client) => this.#start(client),
      StopNotify: (_, client) => this.#stop(client),
    }
    this.#tree.add(this.#path, { [CHARACTERISTIC]: { properties, methods } })
    for (const descriptor of descriptors) this.#showDescriptor(next(), descriptor)
  }

  #showDescriptor(handle: string, { uuid, value }: Found["descriptors"][number]): void {
    const bytes = Buffer.from(fromHex(value))
    const own = () => Buffer.from([this.#sessions.size > 0 ? 1 : 0, 0])
    this.#tree.add(`${this.#path}/desc${handle}`, {
      "org.bluez.GattDescriptor1": {
        properties: { UUID: longUuid(uuid), Characteristic: this.#path, Flags: ["read"] },
        methods: {
          ReadValue: ([options]) => from(uuid === CLIENT_CONFIGURATION ? own() : bytes, options),
          WriteValue: () => {
            throw new BluezError("NotPermitted", "Write not permitted")
          },
        },
      },
    })
  }

  /** The link is back: notification sessions go on, unless the device does not want them any more. */
  async revive(): Promise<void> {
    this.#tree.change(this.#path, CHARACTERISTIC, { MTU: this.#central.mtu })
    if (this.#sessions.size === 0) return
    try {
      await this.#request("subscribe")
    } catch {
      this.#sessions.clear()
      this.#tree.change(this.#path, CHARACTERISTIC, { Notifying: false })
    }
  }

  notified(value: Buffer): void {
    if (this.#sessions.size > 0) this.#tree.change(this.#path, CHARACTERISTIC, { Value: value })
  }

  clientLeft(client: string): void {
    // With the link gone there is nothing to unsubscribe from.
    if (this.#sessions.has(client)) void this.#stop(client).catch(() => {})
  }

  async #read(options: unknown): Promise<Buffer> {
    const { value = "" } = await this.#request("read")
    const bytes = Buffer.from(fromHex(value))
    this.#tree.change(this.#path, CHARACTERISTIC, { Value: bytes })
    return from(bytes, options)
  }

  async #write(value: Uint8Array, options: unknown): Promise<void> {
    // As the daemon has it: one write of a characteristic at a time.
    if (this.#writing) throw new BluezError("InProgress", "In Progress")
    if (value.length > VALUE_LIMIT_BYTES) throw new BluezError("InvalidValueLength", "Invalid Length")
    if (optionOf<number>(options, "offset", 0) !== 0)
      throw new BluezError("NotSupported", "Writing from an offset is not modelled")
    this.#writing = true
    try {
      await this.#request("write", toHex(Uint8Array.from(value)))
    } catch (error) {
      // A write without response has none that could refuse.
      if (optionOf<string>(options, "type", "request") !== "command") throw error
    } finally {
      this.#writing = false
    }
  }

  async #start(client: string): Promise<void> {
    if (!this.#found.properties.includes("notify"))
      throw new BluezError("NotSupported", "Operation is not supported")
    if (this.#sessions.has(client)) return
    await this.#request("subscribe")
    this.#sessions.add(client)
    this.#tree.change(this.#path, CHARACTERISTIC, { Notifying: true })
  }

  async #stop(client: string): Promise<void> {
    if (!this.#sessions.delete(client)) throw new BluezError("Failed", "No notify session started")
    if (this.#sessions.size > 0) return
    this.#tree.change(this.#path, CHARACTERISTIC, { Notifying: false })
    await this.#request("unsubscribe")
  }

  async #request(op: "read" | "write" | "subscribe" | "unsubscribe", value?: string): Promise<GattReply> {
    try {
      return await this.#central.request({
        op,
        characteristic: this.#found.uuid,
        ...(value !== undefined && { value }),
      })
    } catch (error) {
      if (error instanceof AttRefusal) throw errorOfAtt(error.code)
      if (error instanceof LinkError) throw notConnected()
      throw error
    }
  }
}

function from(bytes: Buffer, options: unknown): Buffer {
  const offset = optionOf(options, "offset", 0)
  if (offset > bytes.length) throw new BluezError("InvalidArguments", "Invalid offset")
  return bytes.subarray(offset)
}

/** A value of an a{sv}. */
function optionOf<Value>(options: unknown, name: string, otherwise: Value): Value {
  const found = (options as Record<string, { value: Value } | undefined> | undefined)?.[name]
  return found ? found.value : otherwise
}
