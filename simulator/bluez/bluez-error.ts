/** How the BlueZ daemon refuses: names of D-Bus errors, and those that ATT error codes become (bluez, src/gatt-client.c). */

export class BluezError extends Error {
  override readonly name = "BluezError"
  readonly dbusName: string

  constructor(kind: string, text: string) {
    super(text)
    this.dbusName = `org.bluez.Error.${kind}`
  }
}

const HEX = 16

/** @param code ATT error code (Core 5.4, volume 3, part F, 3.4.1.1), or an application's own */
export function errorOfAtt(code: number): BluezError {
  switch (code) {
    case 0x02:
      return new BluezError("NotPermitted", "Read not permitted")
    case 0x03:
      return new BluezError("NotPermitted", "Write not permitted")
    case 0x05:
    case 0x0c:
    case 0x0f:
      return new BluezError("NotPermitted", "Not paired")
    case 0x06:
      return new BluezError("NotSupported", "Operation is not supported")
    case 0x07:
      return new BluezError("InvalidArguments", "Invalid offset")
    case 0x08:
      return new BluezError("NotAuthorized", "Operation Not Authorized")
    case 0x0d:
      return new BluezError("InvalidArguments", "Invalid Length")
    default:
      return new BluezError(
        "Failed",
        `Operation failed with ATT error: 0x${code.toString(HEX).padStart(2, "0")}`,
      )
  }
}

export const notConnected = () => new BluezError("Failed", "Not connected")
