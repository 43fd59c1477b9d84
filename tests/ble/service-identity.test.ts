/** What the service does with the name, the clock and the fault counts. */
import test from "ava"
import { fromHex } from "../../hosts/virtual/protocol"
import { decode, encode } from "../../src/ble/fields"
import { CLOCK, CLOCK_WRITE, FAULT_COUNTS, PROTOCOL_VERSION, STATUS } from "../../src/ble/layouts"
import { PATELLA } from "../../src/ble/profile"
import { Device } from "./device"

const { status, deviceName, clock, faultCounts } = PATELLA.characteristics
const INVALID_LENGTH = { error: 0x0d }
const NOT_ALLOWED = { error: 0x13 }
const FAILED = { error: 0x0e }
const NOON_S = 1_800_000_000

function connected(): Device {
  const device = new Device()
  device.connect()
  return device
}
const bytesOf = (text: string) => [...new TextEncoder().encode(text)]
const nameOf = (device: Device) =>
  new TextDecoder().decode(fromHex(device.request("read", deviceName).value ?? ""))
const clockOf = (device: Device) => decode(CLOCK, fromHex(device.request("read", clock).value ?? ""))
const timeOf = (unixS: number, zoneQuarters: number) => [...encode(CLOCK_WRITE, { unixS, zoneQuarters })]

test("the profile says that it is the fourth", (t) => {
  const { value = "" } = connected().request("read", status)
  t.is(PROTOCOL_VERSION, 4)
  t.is(fromHex(value)[0], 4)
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

test("the clock tells the boot and no time, until it is told one", (t) => {
  const device = connected()
  device.time.nowMs = 61_500
  t.deepEqual(clockOf(device), { bootId: 1, uptimeMs: 61_500, unixS: 0, zoneQuarters: 0 })
  t.deepEqual(device.request("write", clock, timeOf(NOON_S, -38)), {})
  device.time.nowMs = 63_600
  t.deepEqual(clockOf(device), { bootId: 1, uptimeMs: 63_600, unixS: NOON_S + 2, zoneQuarters: -38 })
})

test("the clock's bytes: boot id, uptime, unix time, zone", (t) => {
  const device = connected()
  device.time.nowMs = 0x010203
  device.request("write", clock, [0x00, 0xd2, 0x49, 0x6b, 0xda])
  t.is(device.request("read", clock).value, "010000000302010000d2496bda")
})

const refusedTimes: [what: string, value: number[], reply: { error: number }][] = [
  ["too short", timeOf(NOON_S, 0).slice(0, 4), INVALID_LENGTH],
  ["too long", [...timeOf(NOON_S, 0), 0], INVALID_LENGTH],
  ["before 2024", [0x7f, 0x00, 0x92, 0x65, 0], NOT_ALLOWED],
  ["after 2099", [0x00, 0x57, 0x86, 0xf4, 0], NOT_ALLOWED],
  ["0", [0, 0, 0, 0, 0], NOT_ALLOWED],
  ["in a zone before the first", [0x00, 0xd2, 0x49, 0x6b, 0xcf], NOT_ALLOWED],
  ["in a zone after the last", [0x00, 0xd2, 0x49, 0x6b, 57], NOT_ALLOWED],
]
for (const [what, value, reply] of refusedTimes)
  test(`a time ${what} is refused and changes nothing`, (t) => {
    const device = connected()
    device.request("write", clock, timeOf(NOON_S, 4))
    t.deepEqual(device.request("write", clock, value), reply)
    t.like(clockOf(device), { unixS: NOON_S, zoneQuarters: 4 })
    t.is(device.service.faults, 0)
  })

test("a storage that is full refuses the name and the time with 0x0E, and they stay", (t) => {
  const device = connected()
  device.request("write", deviceName, bytesOf("Knee"))
  device.request("write", clock, timeOf(NOON_S, 4))
  device.storage.full = true
  t.deepEqual(device.request("write", deviceName, bytesOf("Other")), FAILED)
  t.deepEqual(device.request("write", clock, timeOf(NOON_S + 100, 0)), FAILED)
  t.is(nameOf(device), "Knee")
  t.like(clockOf(device), { unixS: NOON_S, zoneQuarters: 4 })
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
