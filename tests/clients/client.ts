/** A real Bluetooth client, of whatever make, as the tests use it: the phone's transport, and what is around a link. */
import type { GattTransport } from "../../phone/link/gatt-transport"

export interface Client extends GattTransport {
  /** Looks for a device with the service; gives its name. */
  find(serviceUuid: string): Promise<string>
  connect(): Promise<void>
  disconnect(): Promise<void>
  close(): Promise<void>
}

/** Resolves when the link is gone. */
export function disconnected(client: Client): Promise<void> {
  return new Promise((resolve) => {
    if (client.connected) client.onDisconnect(resolve)
    else resolve()
  })
}
