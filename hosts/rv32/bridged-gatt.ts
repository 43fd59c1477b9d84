/**
 * The Bluetooth port in the firmware's machine: the services are told to the board's server when it opens, a characteristic by the number
 * that it has there, and the central's requests come back here.
 */
import type {
  Advertisement,
  GattCharacteristic,
  GattConnection,
  GattServer,
  GattServerConstructor,
  GattServerOptions,
} from "../../src/ble/port"
import { BoardCall, FirmwareCall, GattProperty, type Value } from "./calls"

/** ATT "unlikely error": a request for what is not there. */
const ATT_UNLIKELY = 0x0e

/** Where the board's requests find the server that is up. */
export class GattRequests {
  server: BridgedGattServer | undefined

  answer(call: number, ...values: Value[]): Value {
    return this.server?.answer(call, ...values) ?? ATT_UNLIKELY
  }
}

export class BridgedGattServer implements GattServer {
  readonly #requests: GattRequests
  readonly #options: GattServerOptions
  readonly #characteristics: GattCharacteristic[] = []
  #connection: GattConnection | undefined

  constructor(options: GattServerOptions, requests: GattRequests) {
    this.#requests = requests
    this.#options = options
    for (const { uuid, characteristics } of options.services) {
      askBoard(BoardCall.gattService, uuid)
      for (const characteristic of characteristics) {
        askBoard(BoardCall.gattCharacteristic, characteristic.uuid, propertiesOf(characteristic))
        for (const { uuid, value } of characteristic.descriptors ?? [])
          askBoard(BoardCall.gattDescriptor, uuid, value)
        this.#characteristics.push(characteristic)
      }
    }
    askBoard(BoardCall.gattOpen)
    requests.server = this
  }

  startAdvertising({ name = "", services = [] }: Advertisement): void {
    askBoard(BoardCall.gattAdvertise, name, services.join(" "))
  }
  stopAdvertising(): void {
    askBoard(BoardCall.gattStopAdvertising)
  }
  notify(uuid: string, value: Uint8Array): void {
    askBoard(BoardCall.gattNotify, uuid, value)
  }
  close(): void {
    askBoard(BoardCall.gattClose)
    this.#requests.server = undefined
  }

  answer(call: number, index?: Value, value?: Value): Value {
    if (call === FirmwareCall.gattConnect) {
      this.#connection = {
        id: index as number,
        mtu: value as number,
        encrypted: false,
        close: () => void askBoard(BoardCall.gattCloseConnection),
      }
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
    const characteristic = this.#characteristics[index as number]
    if (!characteristic) return ATT_UNLIKELY
    if (call === FirmwareCall.gattRead) return characteristic.onRead?.(connection)
    if (call === FirmwareCall.gattWrite)
      return characteristic.onWrite?.(new Uint8Array(value as ArrayBuffer), connection)
    if (call === FirmwareCall.gattSubscribe) characteristic.onSubscribe?.(connection)
    else characteristic.onUnsubscribe?.(connection)
    return 0
  }
}

export function gattServerOf(requests: GattRequests): GattServerConstructor {
  return class extends BridgedGattServer {
    constructor(options: GattServerOptions) {
      super(options, requests)
    }
  }
}

function propertiesOf({ read, write, notify, encrypted }: GattCharacteristic): number {
  return (
    (read ? GattProperty.read : 0) |
    (write ? GattProperty.write : 0) |
    (notify ? GattProperty.notify : 0) |
    (encrypted ? GattProperty.encrypted : 0)
  )
}
