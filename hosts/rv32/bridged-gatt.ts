/**
 * The Bluetooth port in the firmware's machine: the services are told to the board's server when it opens, a characteristic by the number
 * that it has there, and the central's requests come back here.
 */
import type {
  Advertisement,
  GattCharacteristic,
  GattConnection,
  GattServer,
  GattServerOptions,
  LinkBond,
} from "../../src/ble/port"
import { BoardCall, FirmwareCall, GattProperty, type Value } from "./calls"

/** ATT "unlikely error": a request for what is not there. */
const ATT_UNLIKELY = 0x0e

declare global {
  /** Where the board's requests find the server that is up. */
  var gattServer: BridgedGattServer | undefined
}

/** A request of the board's central. */
export function answerGatt(call: number, ...values: Value[]): Value {
  return globalThis.gattServer?.answer(call, ...values) ?? ATT_UNLIKELY
}

class BridgedConnection implements GattConnection {
  readonly id: number
  readonly mtu: number
  encrypted = false
  bond: LinkBond | undefined
  constructor(id: number, mtu: number) {
    this.id = id
    this.mtu = mtu
  }
  close(): void {
    askBoard(BoardCall.gattCloseConnection)
  }
}

export class BridgedGattServer implements GattServer {
  readonly #options: GattServerOptions
  #connection: BridgedConnection | undefined

  constructor(options: GattServerOptions) {
    this.#options = options
    for (const { uuid, characteristics } of options.services) {
      askBoard(BoardCall.gattService, uuid)
      for (const characteristic of characteristics) {
        askBoard(BoardCall.gattCharacteristic, characteristic.uuid, propertiesOf(characteristic))
        for (const { uuid, value } of characteristic.descriptors ?? [])
          askBoard(BoardCall.gattDescriptor, uuid, value)
      }
    }
    askBoard(BoardCall.gattOpen)
    globalThis.gattServer = this
  }

  startAdvertising({ name = "", services = [], intervalMs }: Advertisement): void {
    askBoard(BoardCall.gattAdvertise, name, services.join(" "), intervalMs)
  }
  stopAdvertising(): void {
    askBoard(BoardCall.gattStopAdvertising)
  }
  notify(uuid: string, value: Uint8Array): void {
    askBoard(BoardCall.gattNotify, uuid, value)
  }
  deleteBond(identity: string): void {
    askBoard(BoardCall.gattDeleteBond, identity)
  }
  deleteBonds(): void {
    askBoard(BoardCall.gattDeleteBonds)
  }
  close(): void {
    askBoard(BoardCall.gattClose)
    globalThis.gattServer = undefined
  }

  answer(call: number, index?: Value, value?: Value): Value {
    if (call === FirmwareCall.gattConnect) {
      this.#connection = new BridgedConnection(index as number, value as number)
      this.#options.onConnect?.(this.#connection)
      return 0
    }
    const connection = this.#connection
    if (!connection) return ATT_UNLIKELY
    if (call === FirmwareCall.gattDisconnect) {
      this.#connection = undefined
      this.#options.onDisconnect?.(connection)
      return 0
    }
    const options = this.#options
    if (call === FirmwareCall.gattEncrypted) {
      connection.encrypted = true
      connection.bond = { identity: index as string, keyCheck: value as number }
      options.onEncrypted?.(connection)
      return 0
    }
    const characteristic = characteristicAt(options, index as number)
    if (!characteristic) return ATT_UNLIKELY
    if (call === FirmwareCall.gattRead) return characteristic.onRead?.(connection, options)
    if (call === FirmwareCall.gattWrite)
      return characteristic.onWrite?.(new Uint8Array(value as ArrayBuffer), connection, options)
    if (call === FirmwareCall.gattSubscribe) characteristic.onSubscribe?.(connection, options)
    else characteristic.onUnsubscribe?.(connection, options)
    return 0
  }
}

/** By the number that the board gave it: they are counted through all services. */
function characteristicAt({ services }: GattServerOptions, index: number): GattCharacteristic | undefined {
  let left = index
  for (const { characteristics } of services) {
    if (left < characteristics.length) return characteristics[left]
    left -= characteristics.length
  }
  return undefined
}

function propertiesOf({ read, write, notify, encrypted }: GattCharacteristic): number {
  return (
    (read ? GattProperty.read : 0) |
    (write ? GattProperty.write : 0) |
    (notify ? GattProperty.notify : 0) |
    (encrypted ? GattProperty.encrypted : 0)
  )
}
