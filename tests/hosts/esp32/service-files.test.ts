import { readdirSync, readFileSync } from "node:fs"
import test from "ava"
import { serviceFiles } from "../../../hosts/esp32/service-files"
import type { DeviceModel } from "../../../src/ble/device-model"
import { PatellaService } from "../../../src/ble/service"
import { DEFAULT_NAME } from "../../../src/storage/device-name"

const FOLDER = new URL("../../../hosts/esp32/bleservices/", import.meta.url)

test("the service files are those of the firmware's profile", (t) => {
  const { services } = new PatellaService({} as DeviceModel)
  const files = serviceFiles(DEFAULT_NAME, services)
  t.deepEqual(readdirSync(FOLDER).sort(), [...files.keys()].sort())
  for (const [name, content] of files) {
    t.deepEqual(
      JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")),
      content,
      `${name} is old: run \`npm run docs\``,
    )
  }
})

test("a characteristic carries its permissions, properties and description", (t) => {
  const description = { uuid: "2901", value: Uint8Array.from([72, 105]) }
  const characteristic = { uuid: "aaaa", read: true, write: true, notify: true, descriptors: [description] }
  t.deepEqual(serviceFiles("N", [{ uuid: "ffff", characteristics: [characteristic] }]).get("ffff.json"), {
    service: {
      uuid: "ffff",
      characteristics: {
        aaaa: {
          uuid: "aaaa",
          permissions: "read,write",
          properties: "read,write,notify",
          descriptors: {
            2901: { uuid: "2901", permissions: "read", properties: "read", type: "String", value: "Hi" },
          },
        },
      },
    },
  })
})

test("an encrypted characteristic permits encrypted access only", (t) => {
  const characteristic = { uuid: "aaaa", read: true, write: true, encrypted: true }
  const file = serviceFiles("N", [{ uuid: "ffff", characteristics: [characteristic] }]).get("ffff.json")
  t.is(file?.service.characteristics.aaaa?.permissions, "readEncrypted,writeEncrypted")
})

test("an encrypted characteristic that only notifies is permitted what the SDK wants, and has no property to be read by", (t) => {
  const characteristic = { uuid: "aaaa", notify: true, encrypted: true }
  const file = serviceFiles("N", [{ uuid: "ffff", characteristics: [characteristic] }]).get("ffff.json")
  t.like(file?.service.characteristics.aaaa, { permissions: "readEncrypted", properties: "notify" })
})

test("what the SDK has no word for is refused", (t) => {
  const notifyOnly = { uuid: "aaaa", notify: true }
  t.throws(() => serviceFiles("N", [{ uuid: "ffff", characteristics: [notifyOnly] }]), {
    message: /aaaa can be neither read nor written/,
  })
  const beyondAscii = {
    uuid: "aaaa",
    read: true,
    descriptors: [{ uuid: "2901", value: Uint8Array.of(0xc2, 0xb0) }],
  }
  t.throws(() => serviceFiles("N", [{ uuid: "ffff", characteristics: [beyondAscii] }]), {
    message: /beyond ASCII/,
  })
})

test("Generic Access holds the device name as a constant", (t) => {
  t.deepEqual(serviceFiles("Knee", []).get("gap.json")?.service.characteristics["2a00"], {
    uuid: "2a00",
    permissions: "read",
    properties: "read",
    type: "String",
    value: "Knee",
  })
})
