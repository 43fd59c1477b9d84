/** What the service does with the name and the fault counts. */
import test from "ava"
import { fromHex } from "../../hosts/virtual/protocol"
import { decode } from "../../src/ble/fields"
import { FAULT_COUNTS, PROTOCOL_VERSION, STATUS } from "../../src/ble/layouts"
import { PATELLA } from "../../src/ble/profile"
import { Device } from "./device"

const { status, deviceName, faultCounts } = PATELLA.characteristics
const INVALID_LENGTH = { error: 0x0d }
const NOT_ALLOWED = { error: 0x13 }
const FAILED = { error: 0x0e }

function connected(): Device {
  const device = new Device()
  device.connect()
  return device
}
const bytesOf = (text: string) => [...new TextEncoder().encode(text)]
const nameOf = (device: Device) =>
  new TextDecoder().decode(fromHex(device.request("read", deviceName).value ?? ""))

test("the profile says that it is the fifth", (t) => {
  const { value = "" } = connected().request("read", status)
  t.is(PROTOCOL_VERSION, 5)
  t.is(fromHex(value)[0], 5)
  t.notThrows(() => decode(STATUS, fromHex(value)))
})

test("the device advertises under a name that tells nobody whose it is", (t) => {
  const device = connected()
  t.is(nameOf(device), "Patella")
  t.deepEqual(device.request("write", deviceName, bytesOf("Jörgs Knie")), {})
  t.is(nameOf(device), "Jörgs Knie")
  device.link.drop()
  t.is(device.connect().advertisement?.name, "Patella")
})

const refusedNames: [what: string, name: number[], reply: { error: number }][] = [
  ["empty", [], INVALID_LENGTH],
  ["of 21 bytes", bytesOf("x".repeat(21)), INVALID_LENGTH],
  ["with half a character", [0x41, 0xe2, 0x82], NOT_ALLOWED],
  ["with a line break", bytesOf("a\nb"), NOT_ALLOWED],
  ["of spaces", bytesOf("   "), NOT_ALLOWED],
]
for (const [what, name, reply] of refusedNames)
  test(`a name ${what} is refused and changes nothing`, (t) => {
    const device = connected()
    device.request("write", deviceName, bytesOf("Knee"))
    t.deepEqual(device.request("write", deviceName, name), reply)
    t.is(nameOf(device), "Knee")
    t.is(device.service.faults, 0)
  })

test("a storage that is full refuses the name with 0x0E, and it stays", (t) => {
  const device = connected()
  device.request("write", deviceName, bytesOf("Knee"))
  device.storage.full = true
  t.deepEqual(device.request("write", deviceName, bytesOf("Other")), FAILED)
  t.is(nameOf(device), "Knee")
})

test("fault counts are told by kind", (t) => {
  const device = connected()
  device.counts.add("sensor", 2)
  device.counts.add("other")
  t.deepEqual(decode(FAULT_COUNTS, fromHex(device.request("read", faultCounts).value ?? "")), {
    sensor: 2,
    storage: 0,
    bluetooth: 0,
    battery: 0,
    motor: 0,
    other: 1,
  })
})
