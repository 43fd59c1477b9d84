import test from "ava"
import { errorOfAtt } from "../../../simulator/bluez/bluez-error"

// What clients tell refusals apart by: bluez, src/gatt-client.c, create_gatt_dbus_error.
const ERRORS: [code: number, name: string, text: RegExp][] = [
  [0x02, "NotPermitted", /^Read not permitted$/],
  [0x03, "NotPermitted", /^Write not permitted$/],
  [0x05, "NotPermitted", /^Not paired$/],
  [0x0c, "NotPermitted", /^Not paired$/],
  [0x0f, "NotPermitted", /^Not paired$/],
  [0x06, "NotSupported", /./],
  [0x07, "InvalidArguments", /^Invalid offset$/],
  [0x08, "NotAuthorized", /./],
  [0x0d, "InvalidArguments", /^Invalid Length$/],
  [0x0e, "Failed", /0x0e$/],
  [0x80, "Failed", /0x80$/],
  [0xfd, "Failed", /0xfd$/],
]
for (const [code, name, text] of ERRORS) {
  test(`ATT error 0x${code.toString(16).padStart(2, "0")} is ${name} on the bus`, (t) => {
    const error = errorOfAtt(code)
    t.is(error.dbusName, `org.bluez.Error.${name}`)
    t.regex(error.message, text)
  })
}
