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
  uuid: string
  read?: boolean
  write?: boolean
  notify?: boolean
  /** Asks for an encrypted link. */
  encrypted?: boolean
  descriptors?: GattDescriptor[]
  /** The value, at most 512 bytes, or an ATT error code. */
  onRead?(connection: GattConnection): Uint8Array | number
  /** 0, or an ATT error code. */
  onWrite?(value: Uint8Array, connection: GattConnection): number
  onSubscribe?(connection: GattConnection): void
  onUnsubscribe?(connection: GattConnection): void
}

export interface GattService {
  uuid: string
  characteristics: GattCharacteristic[]
}

export interface Advertisement {
  name?: string
  services?: string[]
}

export interface GattServerOptions {
  services: GattService[]
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
