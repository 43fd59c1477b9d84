/**
 * The maker's console as long as nobody types: a listener on the port. The rest (console-session.ts) is made at the first byte that comes, and given up
 * when nobody has typed for a while.
 */
import type { DeviceModel } from "../ble/device-model"
import type { PatellaService } from "../ble/service"
import type { DeviceParts } from "../device/device-parts"
import type { ConsoleDevice } from "./console-page"
import { ConsoleSession } from "./console-session"
import type { ConsoleLink, ConsolePort, ConsoleReader } from "./port"

export class ConsoleDoor implements ConsoleReader, ConsoleDevice {
  readonly parts: DeviceParts
  readonly phone: DeviceModel
  readonly service: PatellaService
  readonly link: ConsoleLink
  private session: ConsoleSession | undefined

  /** Undefined where there is no port, or it cannot be had. */
  static of(parts: DeviceParts, phone: DeviceModel, service: PatellaService): ConsoleDoor | undefined {
    const { console } = parts.board
    try {
      return console && new ConsoleDoor(parts, phone, service, console)
    } catch (error) {
      parts.log.fault("other", "console", error)
      return undefined
    }
  }

  constructor(parts: DeviceParts, phone: DeviceModel, service: PatellaService, port: ConsolePort) {
    this.parts = parts
    this.phone = phone
    this.service = service
    this.link = port.open(this)
  }

  onReadable(bytes: Uint8Array): void {
    try {
      this.session ??= new ConsoleSession(this)
      this.parts.isConsoleInUse = true
      this.session.take(bytes)
    } catch (error) {
      this.parts.log.fault("other", "console", error)
    }
  }

  onWritable(): void {
    this.session?.work()
  }

  /** Nobody types any more. */
  leave(): void {
    this.session?.close()
    this.session = undefined
    this.parts.isConsoleInUse = false
  }

  close(): void {
    this.leave()
    this.link.close()
  }
}
