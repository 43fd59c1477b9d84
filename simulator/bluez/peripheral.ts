/**
 * The virtual device on a D-Bus, as the BlueZ daemon shows a device that is near: owns org.bluez there and answers whatever client connects.
 * docs/bluez.md tells what of a real phone is modelled and what is not.
 */
import { randomBytes } from "node:crypto"
import dbus from "dbus-next"
import type { BoardEvent, Notification, Reply } from "../../hosts/virtual/protocol"
import { BoardLink, type MotorChange } from "../board-link"
import type { Press } from "../button"
import type { Engine } from "../engine/engine"
import { Central } from "../phone/central"
import { ADAPTER_PATH, Adapter } from "./adapter"
import { ObjectTree } from "./object-tree"
import { RemoteDevice } from "./remote-device"
import { type WearOptions, WornDevice } from "./worn-device"

export interface PeripheralOptions extends WearOptions {
  busAddress: string
  /** ATT MTU that the phone asks for. */
  mtu: number
  /** The phone pairs at the first refusal; otherwise when a client tells it to. */
  pairsWhenRefused: boolean
  /** What the board says of itself (hosts/virtual/protocol.ts); the same for each when left out. */
  deviceId?: string
  listener?: PeripheralListener
}

/** Told what happens, as it comes; times of the device's clock. */
export interface PeripheralListener {
  event?(event: BoardEvent): void
  disconnected?(atMs: number): void
  /** The phone gave up the key of its bond. */
  forgot?(atMs: number): void
  /** The motor starts, after a while in which it was still. */
  vibrates?(atMs: number): void
}

const NAME = "org.bluez"
const PRIMARY_OWNER = 1
const DO_NOT_QUEUE = 4
/** Pauses within a pattern are shorter (src/haptics/patterns.ts). */
const STILL_MS = 1500
/** Of its six bytes the first is no multicast's. */
const ADDRESS_TAIL_BYTES = 5

export class Peripheral {
  readonly #bus: dbus.MessageBus
  readonly #link: BoardLink
  readonly #worn: WornDevice
  readonly #central: Central
  readonly #adapter: Adapter

  /** @throws Error when org.bluez has an owner on that bus */
  static async open(engine: Engine, options: PeripheralOptions): Promise<Peripheral> {
    const bus = dbus.sessionBus({ busAddress: options.busAddress })
    const broken = new Promise<never>((_, reject) => bus.on("error", reject))
    // Once it is connected, a bus that ends is no error of ours: it is being shut down.
    broken.catch(() => {})
    await Promise.race([new Promise((resolve) => bus.on("connect", () => resolve(undefined))), broken])
    const peripheral = new Peripheral(engine, bus, options)
    await peripheral.#worn.prepare(options.deviceId === undefined ? {} : { deviceId: options.deviceId })
    if ((await bus.requestName(NAME, DO_NOT_QUEUE)) !== PRIMARY_OWNER) {
      peripheral.close()
      throw new Error(`${NAME} is taken on ${options.busAddress}: give a bus of its own, or none`)
    }
    return peripheral
  }

  private constructor(engine: Engine, bus: dbus.MessageBus, options: PeripheralOptions) {
    const { listener = {}, mtu, pairsWhenRefused } = options
    let lastMotorMs = 0
    this.#bus = bus
    this.#link = new BoardLink(engine, {
      event: (event: BoardEvent) => {
        this.#worn.event(event)
        listener.event?.(event)
      },
      motor: ({ atMs, duty }: MotorChange) => {
        if (duty > 0 && atMs - lastMotorMs > STILL_MS) listener.vibrates?.(atMs)
        lastMotorMs = atMs
      },
      notification: (notification: Notification) => device.notified(notification),
      reply: (reply: Reply) => this.#central.saw(reply.connection),
    })
    this.#worn = new WornDevice(this.#link, options)
    const identity = `00${randomBytes(ADDRESS_TAIL_BYTES).toString("hex")}`
    this.#central = new Central((request) => this.#link.gatt(request), {
      identity,
      mtu,
      pairsWhenRefused,
      listener: {
        disconnected: () => {
          device.disconnected()
          listener.disconnected?.(this.#link.nowMs)
        },
        bonded: (bonded) => {
          device.bonded(bonded)
          if (!bonded) listener.forgot?.(this.#link.nowMs)
        },
      },
    })
    const tree = new ObjectTree(bus)
    const device = new RemoteDevice(tree, ADAPTER_PATH, this.#central)
    this.#adapter = new Adapter(tree, {
      address: (identity.match(/../g) ?? []).join(":").toUpperCase(),
      device,
      scan: async () => (await this.#link.gatt({ op: "scan" })).advertisement,
    })
    this.#watchClients()
  }

  get nowMs(): number {
    return this.#link.nowMs
  }

  /** Wears the device until it is closed. @throws what the firmware fails with */
  live(): Promise<void> {
    return this.#worn.live()
  }

  /** Resolves when the device knows which gesture it was. */
  press(kind: Press): Promise<void> {
    return this.#worn.press(kind)
  }

  /** Loses the link, as when the phone is carried away. */
  async drop(): Promise<void> {
    await this.#central.drop()
  }

  close(): void {
    this.#worn.stop()
    this.#adapter.close()
    this.#bus.disconnect()
  }

  /** The bus says when a client leaves it. */
  #watchClients(): void {
    const bus = this.#bus
    bus.on("message", (message: dbus.Message) => {
      if (message.member !== "NameOwnerChanged") return
      const [name, , owner] = message.body as [string, string, string]
      if (name.startsWith(":") && owner === "") this.#adapter.clientLeft(name)
    })
    const rule =
      "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',member='NameOwnerChanged'"
    void bus.call(
      new dbus.Message({
        path: "/org/freedesktop/DBus",
        destination: "org.freedesktop.DBus",
        interface: "org.freedesktop.DBus",
        member: "AddMatch",
        signature: "s",
        body: [rule],
      }),
    )
  }
}
