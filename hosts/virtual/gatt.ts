/**
 * Bluetooth without a radio: the firmware's GATT server on one side, a central on the other that speaks protocol.ts'
 * requests. It keeps the rules that a real stack keeps: one central at a time, properties, MTU, 512 bytes a value,
 * nothing notified without a subscription. Core specification 5.4, volume 3, parts F (ATT) and G (GATT).
 */
import type {
  Advertisement,
  GattCharacteristic,
  GattConnection,
  GattServer,
  GattServerConstructor,
  GattServerOptions,
  LinkBond,
} from "../../src/ble/port"
import { AttAirTime } from "./att-air-time"
import { StackBonds } from "./bonds"
import { VirtualClock } from "./clock"
import {
  fromHex,
  type GattReply,
  type GattRequest,
  type LinkModel,
  type Notification,
  toHex,
} from "./protocol"

/** ATT error codes that the stack itself answers with (part F, 3.4.1.1). */
const ATT = {
  invalidHandle: 0x01,
  readNotPermitted: 0x02,
  writeNotPermitted: 0x03,
  insufficientAuthentication: 0x05,
  requestNotSupported: 0x06,
  invalidLength: 0x0d,
  unlikely: 0x0e,
  insufficientEncryption: 0x0f,
} as const

const VALUE_LIMIT_BYTES = 512
const DEFAULT_MTU = 23
/** The ESP32 SDK's default configuration. */
const SERVER_MTU = 256
/** Opcode and handle of a notification. */
const NOTIFICATION_HEADER_BYTES = 3
const CLIENT_CONFIGURATION_UUID = "2902"
const NOTIFICATIONS_ON = "0100"
const NOTIFICATIONS_OFF = "0000"

/** What takes time on air, where anything does. */
const TIMED: ReadonlySet<GattRequest["op"]> = new Set(["read", "write", "subscribe", "unsubscribe"])

export class VirtualGattServer implements GattServer {
  readonly #link: GattLink
  readonly options: GattServerOptions

  constructor(options: GattServerOptions, link: GattLink) {
    this.options = options
    this.#link = link
    link.attach(this)
  }

  startAdvertising(advertisement: Advertisement): void {
    this.#link.advertise(this, advertisement)
  }

  stopAdvertising(): void {
    this.#link.advertise(this, undefined)
  }

  deleteBond(identity: string): void {
    this.#link.bonds.delete(identity)
  }

  deleteBonds(): void {
    this.#link.bonds.deleteAll()
  }

  notify(uuid: string, value: Uint8Array): void {
    const characteristic = this.characteristic(uuid)
    if (!characteristic?.notify) throw new Error(`GATT server: characteristic ${uuid} does not notify`)
    this.#link.notify(this, uuid, value)
  }

  close(): void {
    this.#link.detach(this)
  }

  characteristic(uuid: string | undefined): GattCharacteristic | undefined {
    for (const service of this.options.services) {
      for (const characteristic of service.characteristics) {
        if (characteristic.uuid === uuid) return characteristic
      }
    }
    return undefined
  }
}

interface Connection extends GattConnection {
  encrypted: boolean
  bond: LinkBond | undefined
  /** The central's: the stack makes it out, whatever the address on air, when it has its keys. */
  readonly identity: string | undefined
}

/** The air between one server and one central. */
export class GattLink {
  readonly #clock: { readonly nowMs: number }
  readonly #since: { readonly nowMs: number }
  readonly bonds: StackBonds
  #server: VirtualGattServer | undefined
  #advertisement: Advertisement | undefined
  #connection: Connection | undefined
  #connections = 0
  readonly #subscribed = new Set<string>()
  #notifications: Notification[] = []
  /** Of a connection that takes its time. */
  #airTime: AttAirTime | undefined
  /** What a board hands to the firmware: a server that comes up on this link. */
  readonly Server: GattServerConstructor

  /** @param bonds that the stack has from before. @param since by what time notifications are told */
  constructor(
    clock: { readonly nowMs: number },
    bonds = new StackBonds(),
    since: { readonly nowMs: number } = clock,
  ) {
    this.#clock = clock
    this.#since = since
    this.bonds = bonds
    const link = this
    this.Server = class extends VirtualGattServer {
      constructor(options: GattServerOptions) {
        super(options, link)
      }
    }
  }

  // The server's side.

  /** @throws Error when a server is up already: the radio has room for one. */
  attach(server: VirtualGattServer): void {
    if (this.#server) throw new Error("GATT server: there is one already; close it first")
    this.#server = server
  }

  /** While the connection is lost by it the server is closed already, and refuses what it is asked for. */
  detach(server: VirtualGattServer): void {
    if (this.#server !== server) return
    this.#server = undefined
    this.#advertisement = undefined
    this.#lose(server)
  }

  /** The server's processor stops: nothing is on air any more, and nobody is told but by silence. */
  stop(): void {
    this.#server = undefined
    this.#advertisement = undefined
    this.#lose(undefined)
  }

  advertise(server: VirtualGattServer, advertisement: Advertisement | undefined): void {
    if (this.#server !== server) throw new Error("GATT server: closed")
    this.#advertisement = advertisement
  }

  notify(server: VirtualGattServer, uuid: string, value: Uint8Array): void {
    const connection = this.#connection
    if (this.#server !== server || !connection || !this.#subscribed.has(uuid)) return
    const sent = value.subarray(0, connection.mtu - NOTIFICATION_HEADER_BYTES)
    const hex = toHex(sent)
    const arrived = () =>
      void this.#notifications.push({ characteristic: uuid, atMs: this.#since.nowMs, value: hex })
    if (this.#airTime) this.#airTime.notify(sent.length, arrived)
    else arrived()
  }

  // The central's side.

  /** Carries out one request of the central. Never refuses by an exception: what it throws is the firmware's own. */
  handle(request: GattRequest): GattReply {
    const airTime = this.#connection?.id === request.connection ? this.#airTime : undefined
    if (!airTime || !TIMED.has(request.op)) return this.#carryOut(request)
    return airTime.exchange(request, () => this.#carryOut(request))
  }

  #carryOut(request: GattRequest): GattReply {
    if (request.op === "scan") return this.#scan()
    if (request.op === "connect") return this.#connect(request)
    const connection = this.#connection
    const server = this.#server
    if (!server || !connection || request.connection !== connection.id) return { linkError: "not connected" }
    if (request.op === "disconnect" || request.op === "drop") {
      this.drop()
      return {}
    }
    if (request.op === "discover") return this.#discover(server)
    if (request.op === "pair") return this.#pair(server, connection, identityOf(request))
    if (request.op === "encrypt") {
      const bond = this.bonds.find(identityOf(request), request.key ?? "")
      return bond ? this.#encrypted(server, connection, bond) : { linkError: "key missing" }
    }
    const characteristic = server.characteristic(request.characteristic)
    if (!characteristic) return { error: ATT.invalidHandle }
    const owner = server.options
    switch (request.op) {
      case "read":
        return this.#read(characteristic, connection, owner)
      case "write":
        return this.#write(characteristic, fromHex(request.value ?? ""), connection, owner)
      case "subscribe":
      case "unsubscribe":
        return this.#configure(characteristic, connection, request.op === "subscribe", owner)
    }
  }

  /** What a scanner sees; undefined while there is nothing on air. */
  get advertisement(): Advertisement | undefined {
    return this.#advertisement
  }

  /** Id of the connection that is up. */
  get connection(): number | undefined {
    return this.#connection?.id
  }

  /** Loses the link, as when the phone walks away; both sides' subscriptions and connection are gone. */
  drop(): void {
    this.#lose(this.#server)
  }

  #lose(server: VirtualGattServer | undefined): void {
    const connection = this.#connection
    if (!connection) return
    this.#connection = undefined
    this.#airTime?.close()
    this.#airTime = undefined
    this.#subscribed.clear()
    server?.options.onDisconnect?.(connection)
  }

  /** Notifications that arrived since the last call. */
  takeNotifications(): Notification[] {
    const taken = this.#notifications
    this.#notifications = []
    return taken
  }

  #scan(): GattReply {
    return this.#advertisement
      ? { advertisement: sent(this.#advertisement) }
      : { linkError: "not advertising" }
  }

  #connect(request: GattRequest): GattReply {
    const advertisement = this.#advertisement
    const server = this.#server
    if (!advertisement || !server) return { linkError: "not advertising" }
    // A connectable advertisement ends with the connection that it brought (volume 6, part B, 4.4.2).
    this.#advertisement = undefined
    this.#connections += 1
    const mtu = Math.max(DEFAULT_MTU, Math.min(request.mtu ?? DEFAULT_MTU, SERVER_MTU))
    const connection = {
      id: this.#connections,
      mtu,
      encrypted: false,
      bond: undefined,
      identity: request.identity,
      close: () => this.#closed(connection.id),
    }
    this.#connection = connection
    if (request.link) this.#airTime = this.#timed(request.link, mtu)
    server.options.onConnect?.(connection)
    return { connection: connection.id, mtu, advertisement: sent(advertisement) }
  }

  /** @throws Error without a clock that can be run */
  #timed(model: LinkModel, mtu: number): AttAirTime {
    if (!(this.#clock instanceof VirtualClock))
      throw new Error("GATT link: what takes time on air needs the board's clock")
    return new AttAirTime(this.#clock, model, mtu)
  }

  /** Just Works, with bonding: neither side shows or asks anything (volume 3, part H, 2.3.5.1). */
  #pair(server: VirtualGattServer, connection: Connection, identity: string): GattReply {
    const key = this.bonds.pair(identity)
    return { key, ...this.#encrypted(server, connection, this.bonds.find(identity, key)) }
  }

  #encrypted(server: VirtualGattServer, connection: Connection, bond: LinkBond | undefined): GattReply {
    connection.encrypted = true
    connection.bond = bond
    server.options.onEncrypted?.(connection)
    return this.#connection === connection ? {} : { linkError: "not connected" }
  }

  /** Which error asks the central to pair, or to encrypt with the key that it has (part F, 3.2.5; volume 3, part C, 10.3.1). */
  #protection({ encrypted }: GattCharacteristic, connection: Connection): GattReply | undefined {
    if (!encrypted || connection.encrypted) return undefined
    const isBonded = connection.identity !== undefined && this.bonds.has(connection.identity)
    return { error: isBonded ? ATT.insufficientEncryption : ATT.insufficientAuthentication }
  }

  #closed(id: number): void {
    if (this.#connection?.id === id) this.drop()
  }

  #discover(server: VirtualGattServer): GattReply {
    return {
      services: server.options.services.map((service) => ({
        uuid: service.uuid,
        characteristics: service.characteristics.map((characteristic) => ({
          uuid: characteristic.uuid,
          properties: (["read", "write", "notify"] as const).filter((property) => characteristic[property]),
          descriptors: this.#descriptors(characteristic),
        })),
      })),
    }
  }

  #descriptors(characteristic: GattCharacteristic): { uuid: string; value: string }[] {
    const descriptors = (characteristic.descriptors ?? []).map(({ uuid, value }) => ({
      uuid,
      value: toHex(value),
    }))
    if (characteristic.notify) {
      const value = this.#subscribed.has(characteristic.uuid) ? NOTIFICATIONS_ON : NOTIFICATIONS_OFF
      descriptors.push({ uuid: CLIENT_CONFIGURATION_UUID, value })
    }
    return descriptors
  }

  /** The whole value: a central's stack joins the parts (Read Blob) when it is longer than the MTU. */
  #read(characteristic: GattCharacteristic, connection: Connection, owner: GattServerOptions): GattReply {
    if (!characteristic.read || !characteristic.onRead) return { error: ATT.readNotPermitted }
    const refused = this.#protection(characteristic, connection)
    if (refused) return refused
    const value = characteristic.onRead(connection, owner)
    if (typeof value === "number") return { error: value }
    if (value.length > VALUE_LIMIT_BYTES) return { error: ATT.unlikely }
    return { value: toHex(value) }
  }

  #write(
    characteristic: GattCharacteristic,
    value: Uint8Array,
    connection: Connection,
    owner: GattServerOptions,
  ): GattReply {
    if (!characteristic.write || !characteristic.onWrite) return { error: ATT.writeNotPermitted }
    const refused = this.#protection(characteristic, connection)
    if (refused) return refused
    if (value.length > VALUE_LIMIT_BYTES) return { error: ATT.invalidLength }
    const error = characteristic.onWrite(value, connection, owner)
    return error === 0 ? {} : { error }
  }

  #configure(
    characteristic: GattCharacteristic,
    connection: Connection,
    on: boolean,
    owner: GattServerOptions,
  ): GattReply {
    if (!characteristic.notify) return { error: ATT.requestNotSupported }
    const refused = this.#protection(characteristic, connection)
    if (refused) return refused
    if (on === this.#subscribed.has(characteristic.uuid)) return {}
    if (on) {
      this.#subscribed.add(characteristic.uuid)
      characteristic.onSubscribe?.(connection, owner)
    } else {
      this.#subscribed.delete(characteristic.uuid)
      characteristic.onUnsubscribe?.(connection, owner)
    }
    return {}
  }
}

/** @throws RangeError when the request names no identity address */
function identityOf({ op, identity = "" }: GattRequest): string {
  if (!/^[0-9a-f]{12}$/.test(identity))
    throw new RangeError(`GATT ${op}: identity "${identity}" is no 12 hex digits`)
  return identity
}

function sent({
  name = "",
  services = [],
  intervalMs,
}: Advertisement): NonNullable<GattReply["advertisement"]> {
  return { name, services, ...(intervalMs !== undefined && { intervalMs }) }
}
