/**
 * The Bluetooth port: what the firmware asks of a GATT server, shaped like ECMA-419's (embedded:io/bluetoothle/peripheral)
 * without its traps: a handler answers with bytes or an ATT error code and never throws into the stack (see service.ts).
 * Boards adapt the SDK's server to it; the virtual board's is hosts/virtual/gatt.ts.
 */

export interface GattConnection {
  readonly id: number
  /** ATT MTU in bytes: a notification carries at most `mtu - 3`. */
  readonly mtu: number
  readonly encrypted: boolean
  close(): void
}

export interface GattDescriptor {
  uuid: string
  value: Uint8Array
}

export interface GattCharacteristic {
  readonly uuid: string
  readonly read?: boolean
  readonly write?: boolean
  readonly notify?: boolean
  /** Asks for an encrypted link. */
  readonly encrypted?: boolean
  readonly descriptors?: GattDescriptor[]
  // `owner` is what the server was made with: so a characteristic needs to know nothing of it, and can lie in flash.
  /** The value, at most 512 bytes, or an ATT error code. */
  onRead?(connection: GattConnection, owner: GattServerOptions): Uint8Array | number
  /** 0, or an ATT error code. */
  onWrite?(value: Uint8Array, connection: GattConnection, owner: GattServerOptions): number
  onSubscribe?(connection: GattConnection): void
  onUnsubscribe?(connection: GattConnection): void
}

export interface GattService {
  readonly uuid: string
  readonly characteristics: readonly GattCharacteristic[]
}

export interface Advertisement {
  name?: string
  services?: string[]
}

export interface GattServerOptions {
  readonly services: readonly GattService[]
  onConnect?(connection: GattConnection): void
  onDisconnect?(connection: GattConnection): void
}

export interface GattServer {
  startAdvertising(advertisement: Advertisement): void
  stopAdvertising(): void
  /** Sends `value` to every subscriber of the characteristic with this UUID; a value too long for a link is cut to it. */
  notify(uuid: string, value: Uint8Array): void
  close(): void
}

export type GattServerConstructor = new (options: GattServerOptions) => GattServer
