/** What the phone's client asks of a Bluetooth stack: one connected device, its characteristics by UUID. */
export interface GattTransport {
  read(uuid: string): Promise<Uint8Array>
  write(uuid: string, value: Uint8Array): Promise<void>
  /** @returns what ends it */
  subscribe(uuid: string, listener: (value: Uint8Array) => void): Promise<() => Promise<void>>
  readonly connected: boolean
  /** The listener is called once, when the connection ends that is there. */
  onDisconnect(listener: () => void): void
}
