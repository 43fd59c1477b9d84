/** How a phone comes to a device: through a browser's Web Bluetooth, or the simulator's air. */
import type { GattTransport } from "./gatt-transport"

/** Why there is no way to a device here at all. */
export type Lack = "bluetooth" | "bluetoothOnIphone" | "secureContext"

export interface FoundDevice {
  /** Of the phone's own making, the same for the same device. */
  readonly id: string
  readonly name: string
  readonly transport: ConnectableTransport
}

export interface ConnectableTransport extends GattTransport {
  /** @throws Error when the device is not near, or refuses */
  connect(): Promise<void>
  disconnect(): Promise<void>
}

export interface Finder {
  readonly lack?: Lack
  /** Bluetooth is there and switched on. */
  isOn(): Promise<boolean>
  /** The browser's own chooser. Asks for a click of the user before it. @throws Error when the user chooses none */
  choose(): Promise<FoundDevice>
  /** Devices that were chosen before and that need no chooser; none where the browser forgets them. */
  known(): Promise<FoundDevice[]>
}
