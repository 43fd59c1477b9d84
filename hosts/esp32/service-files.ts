/**
 * The services of a GATT server as the Moddable SDK compiles them in: one JSON document a service, by file name, written
 * to bleservices/ by `npm run docs`. Characteristics are named by their UUID, by which gatt-server.ts knows them.
 */
import type { GattCharacteristic, GattService } from "../../src/ble/port"

interface Attribute {
  uuid: string
  permissions: string
  properties: string
  type?: "String"
  value?: string
  descriptors?: Record<string, Attribute>
}
export interface ServiceFile {
  service: { uuid: string; characteristics: Record<string, Attribute> }
}

const READ_ONLY = { permissions: "read", properties: "read" }

/** @throws Error for what the SDK has no word for: a value that is never read or written, a description beyond ASCII. */
export function serviceFiles(deviceName: string, services: readonly GattService[]): Map<string, ServiceFile> {
  const files = new Map([["gap.json", genericAccess(deviceName)]])
  for (const { uuid, characteristics } of services) {
    const attributes = characteristics.map((characteristic) => [
      characteristic.uuid,
      attribute(characteristic),
    ])
    files.set(`${uuid}.json`, { service: { uuid, characteristics: Object.fromEntries(attributes) } })
  }
  return files
}

/**
 * Generic Access (0x1800, device name 0x2A00). Without it the device would have none; and only a constant value among the
 * characteristics makes SDK 8.2.3 answer constant descriptors with their bytes.
 */
function genericAccess(deviceName: string): ServiceFile {
  const name: Attribute = { uuid: "2a00", ...READ_ONLY, type: "String", value: deviceName }
  return { service: { uuid: "1800", characteristics: { "2a00": name } } }
}

function attribute({
  uuid,
  read,
  write,
  notify,
  encrypted,
  descriptors = [],
}: GattCharacteristic): Attribute {
  const permitted = [read && "read", write && "write"].filter((word) => typeof word === "string")
  const properties = [...permitted, ...(notify ? ["notify"] : [])].join(",")
  // The SDK wants a permission. This one alone makes nothing readable: that does the property (SDK 8.2.3, bles2gatt.js, parseAccess).
  if (permitted.length === 0 && notify && encrypted) permitted.push("read")
  if (permitted.length === 0) throw new Error(`GATT service files: ${uuid} can be neither read nor written`)
  const permissions = permitted.map((word) => (encrypted ? `${word}Encrypted` : word)).join(",")
  const characteristic: Attribute = { uuid, permissions, properties }
  if (descriptors.length > 0) {
    characteristic.descriptors = Object.fromEntries(
      descriptors.map((descriptor) => [
        descriptor.uuid,
        { uuid: descriptor.uuid, ...READ_ONLY, type: "String", value: asciiText(descriptor.value) },
      ]),
    )
  }
  return characteristic
}

function asciiText(bytes: Uint8Array): string {
  if (bytes.some((byte) => byte > 0x7f))
    throw new Error(`GATT service files: a description beyond ASCII: ${[...bytes]}`)
  return String.fromCharCode(...bytes)
}
