/**
 * The Bluetooth port: what the firmware asks of a GATT server, shaped like ECMA-419's (embedded:io/bluetoothle/peripheral)
 * without its traps: a handler answers with bytes or an ATT error code and never throws into the stack (see service.ts).
 * Boards adapt the SDK's server to it; the virtual board's is hosts/virtual/gatt.ts.
 */

/** Whose keys encrypt a link. The stack knows a phone by them whatever address it uses on air. */
export interface LinkBond {
  /** Identity address, 12 hex digits: the same for as long as the phone keeps it. */
  readonly identity: string
  /** Tells the keys of one pairing from those of the next without telling them, 32 bits. */
  readonly keyCheck: number
}

export interface GattConnection {
  readonly id: number
  /** ATT MTU in bytes: a notification carries at most `mtu - 3`. */
  readonly mtu: number
  readonly encrypted: boolean
  /** Undefined while the link is not encrypted, or with keys that are not kept. */
  readonly bond: LinkBond | undefined
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
  onSubscribe?(connection: GattConnection, owner: GattServerOptions): void
  onUnsubscribe?(connection: GattConnection, owner: GattServerOptions): void
}

export interface GattService {
  readonly uuid: string
  readonly characteristics: readonly GattCharacteristic[]
}

export interface Advertisement {
  name?: string
  services?: string[]
  /** From one advertisement to the next, in steps of 0.625 ms; the stack's own when left out. */
  intervalMs?: number
}

export interface GattServerOptions {
  readonly services: readonly GattService[]
  onConnect?(connection: GattConnection): void
  onDisconnect?(connection: GattConnection): void
  /**
   * The link has become encrypted, by pairing or by keys from an earlier one. The stack pairs with anybody at any time, and replaces the bond of a
   * phone that pairs again, without asking (SDK 8.2.3 does, modBLEServer.c): whether this phone is welcome is decided here.
   */
  onEncrypted?(connection: GattConnection): void
}

export interface GattServer {
  /** The stack has come up; left out where it does at once. */
  readonly isUp?: boolean
  startAdvertising(advertisement: Advertisement): void
  stopAdvertising(): void
  /**
   * Sends `value` to every subscriber of the characteristic with this UUID; one too long for a link is cut to it. It is copied before this
   * returns: its buffer may be used again.
   */
  notify(uuid: string, value: Uint8Array): void
  /** The stack forgets the keys of this phone; nothing happens when it has none. */
  deleteBond(identity: string): void
  /** And of all. */
  deleteBonds(): void
  close(): void
}

export type GattServerConstructor = new (options: GattServerOptions) => GattServer
