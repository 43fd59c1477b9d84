/** The Current Time service and the identity: what a phone writes and reads, byte by byte. */
import test from "ava"
import fc from "fast-check"
import { fromHex } from "../../hosts/virtual/protocol"
import { CURRENT_TIME, currentTimeOf, unixSOf } from "../../src/ble/current-time"
import { decode, encode } from "../../src/ble/fields"
import { IDENTITY } from "../../src/ble/layouts"
import { CURRENT_TIME_SERVICE, PATELLA } from "../../src/ble/profile"
import { UNIX_S_MAX, UNIX_S_MIN, ZONE_QUARTERS_MAX, ZONE_QUARTERS_MIN } from "../../src/storage/boot-record"
import { Device } from "./device"

const { currentTime, localTime } = CURRENT_TIME_SERVICE.characteristics
const { identity } = PATELLA.characteristics
const INVALID_LENGTH = { error: 0x0d }
const NOT_ALLOWED = { error: 0x13 }
const FAILED = { error: 0x0e }
/** 2027-01-15, a Friday, 08:00:00 UTC. */
const FRIDAY_S = 1_800_000_000
const FRIDAY = [0xeb, 0x07, 1, 15, 8, 0, 0, 5, 0, 0]

function connected(): Device {
  const device = new Device()
  device.connect()
  return device
}
const identityOf = (device: Device) => decode(IDENTITY, fromHex(device.request("read", identity).value ?? ""))
const timeOf = (device: Device) => [...fromHex(device.request("read", currentTime).value ?? "")]
const zoneOf = (device: Device) => [...fromHex(device.request("read", localTime).value ?? "")]
/** Friday with some of its bytes changed. */
const fridayBut = (changes: Readonly<Record<number, number>>) =>
  FRIDAY.map((byte, index) => changes[index] ?? byte)

test("the identity tells device and boot, and no time until it is told one", (t) => {
  const device = connected()
  device.time.nowMs = 61_500
  const deviceId = [...device.boot.deviceId]
  t.true(deviceId.some((byte) => byte !== 0))
  t.like(identityOf(device), { deviceId, bootId: 1, uptimeMs: 61_500, unixS: 0, zoneQuarters: 0 })
  t.deepEqual(timeOf(device), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  t.deepEqual(zoneOf(device), [0x80, 0xff])
  t.deepEqual(device.request("write", currentTime, FRIDAY), {})
  device.time.nowMs = 63_600
  t.deepEqual(identityOf(device), {
    deviceId,
    bootId: 1,
    uptimeMs: 63_600,
    unixS: FRIDAY_S + 2,
    zoneQuarters: 0,
    modelVersion: 3,
  })
  t.deepEqual(timeOf(device), fridayBut({ 6: 2 }))
})

test("the identity's bytes: version, device id, boot id, uptime, unix time, zone, model", (t) => {
  const device = connected()
  device.time.nowMs = 0x010203
  device.request("write", localTime, [0xda, 0])
  device.request("write", currentTime, FRIDAY)
  const id = [...device.boot.deviceId].map((byte) => byte.toString(16).padStart(2, "0")).join("")
  // 08:00 in a zone 9:30 behind UTC.
  const unixS = (FRIDAY_S + 9.5 * 3600).toString(16)
  const littleEndian = unixS.match(/../g)?.reverse().join("")
  const { value = "" } = device.request("read", identity)
  t.is(value, `02${id}0100000003020100${littleEndian}da0300`)
})

test("zone, then the wearer's own time: the device knows UTC, and gives both back", (t) => {
  const device = connected()
  t.deepEqual(device.request("write", localTime, [4, 4]), {})
  t.deepEqual(zoneOf(device), [8, 0], "summer time is in the zone")
  t.deepEqual(device.request("write", currentTime, FRIDAY), {})
  t.like(identityOf(device), { unixS: FRIDAY_S - 2 * 3600, zoneQuarters: 8 })
  t.deepEqual(timeOf(device), FRIDAY)
  t.deepEqual(zoneOf(device), [8, 0])
})

test("a zone that is written while the time is known moves the wearer's time, not UTC", (t) => {
  const device = connected()
  device.request("write", currentTime, FRIDAY)
  device.time.nowMs = 1999
  t.deepEqual(device.request("write", localTime, [0xec, 4]), {})
  t.deepEqual(timeOf(device), fridayBut({ 4: 4, 6: 1 }))
  t.like(identityOf(device), { unixS: FRIDAY_S + 1, zoneQuarters: -16 })
  device.time.nowMs = 2000
  t.is(identityOf(device).unixS, FRIDAY_S + 2, "to the millisecond")
})

test("a time alone is taken by the zone that was told last, in another boot too", (t) => {
  const { storage } = connected()
  const first = new Device([], undefined, storage)
  first.connect()
  first.request("write", localTime, [8, 0])
  first.request("write", currentTime, FRIDAY)
  const second = new Device([], undefined, storage)
  second.connect()
  t.deepEqual(zoneOf(second), [8, 0])
  t.deepEqual(timeOf(second), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  second.request("write", currentTime, FRIDAY)
  t.like(identityOf(second), { unixS: FRIDAY_S - 2 * 3600, zoneQuarters: 8 })
})

const accepted: [what: string, value: number[], unixS: number][] = [
  ["with another weekday", fridayBut({ 7: 1 }), FRIDAY_S],
  ["with an unknown weekday", fridayBut({ 7: 0 }), FRIDAY_S],
  ["with a reason", fridayBut({ 9: 0xff }), FRIDAY_S],
  ["a little past the second", fridayBut({ 8: 127 }), FRIDAY_S],
  ["half past the second", fridayBut({ 8: 128 }), FRIDAY_S + 1],
  ["on 29 February", [0xec, 0x07, 2, 29, 23, 59, 59, 2, 0, 0], Date.UTC(2028, 1, 29, 23, 59, 59) / 1000],
  ["the first", [0xe8, 0x07, 1, 1, 0, 0, 0, 1, 0, 0], UNIX_S_MIN],
  ["the last", [0x33, 0x08, 12, 31, 23, 59, 59, 4, 0, 0], UNIX_S_MAX],
]
for (const [what, value, unixS] of accepted)
  test(`a time ${what} is taken`, (t) => {
    const device = connected()
    t.deepEqual(device.request("write", currentTime, value), {})
    t.is(identityOf(device).unixS, unixS)
  })

const refusedTimes: [what: string, value: number[], reply: { error: number }][] = [
  ["too short", FRIDAY.slice(0, 9), INVALID_LENGTH],
  ["too long", [...FRIDAY, 0], INVALID_LENGTH],
  ["empty", [], INVALID_LENGTH],
  ["in an unknown year", fridayBut({ 0: 0, 1: 0 }), NOT_ALLOWED],
  ["before 2024", fridayBut({ 0: 0xe7 }), NOT_ALLOWED],
  ["after 2099", fridayBut({ 0: 0x34, 1: 0x08 }), NOT_ALLOWED],
  ["after 9999", fridayBut({ 0: 0x10, 1: 0x27 }), NOT_ALLOWED],
  ["in an unknown month", fridayBut({ 2: 0 }), NOT_ALLOWED],
  ["in a 13th month", fridayBut({ 2: 13 }), NOT_ALLOWED],
  ["on an unknown day", fridayBut({ 3: 0 }), NOT_ALLOWED],
  ["on 32 January", fridayBut({ 3: 32 }), NOT_ALLOWED],
  ["on 31 April", fridayBut({ 2: 4, 3: 31 }), NOT_ALLOWED],
  ["on 30 February", fridayBut({ 2: 2, 3: 30 }), NOT_ALLOWED],
  ["on 29 February of 2027", fridayBut({ 2: 2, 3: 29 }), NOT_ALLOWED],
  ["at 24 o'clock", fridayBut({ 4: 24 }), NOT_ALLOWED],
  ["in a 61st minute", fridayBut({ 5: 60 }), NOT_ALLOWED],
  ["in a leap second", fridayBut({ 6: 60 }), NOT_ALLOWED],
  ["on an eighth weekday", fridayBut({ 7: 8 }), NOT_ALLOWED],
]
for (const [what, value, reply] of refusedTimes)
  test(`a time ${what} is refused and changes nothing`, (t) => {
    const device = connected()
    device.request("write", localTime, [4, 0])
    device.request("write", currentTime, FRIDAY)
    t.deepEqual(device.request("write", currentTime, value), reply)
    t.deepEqual(timeOf(device), FRIDAY)
    t.is(device.service.faults, 0)
  })

const refusedZones: [what: string, value: number[], reply: { error: number }][] = [
  ["too short", [4], INVALID_LENGTH],
  ["too long", [4, 0, 0], INVALID_LENGTH],
  ["unknown", [0x80, 0], NOT_ALLOWED],
  ["with an unknown summer time", [4, 255], NOT_ALLOWED],
  ["with a summer time of a quarter", [4, 1], NOT_ALLOWED],
  ["before the first", [0xcf, 0], NOT_ALLOWED],
  ["after the last", [57, 0], NOT_ALLOWED],
  ["that is after the last by its summer time", [53, 4], NOT_ALLOWED],
]
for (const [what, value, reply] of refusedZones)
  for (const isTimeKnown of [false, true])
    test(`a zone ${what} is refused and changes nothing${isTimeKnown ? " about a known time" : ""}`, (t) => {
      const device = connected()
      device.request("write", localTime, [4, 0])
      if (isTimeKnown) device.request("write", currentTime, FRIDAY)
      t.deepEqual(device.request("write", localTime, value), reply)
      t.deepEqual(zoneOf(device), [4, 0])
      t.deepEqual(timeOf(device), isTimeKnown ? FRIDAY : [0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
      t.is(device.service.faults, 0)
    })

test("a storage that is full refuses time and zone with 0x0E, and they stay", (t) => {
  const device = connected()
  device.request("write", localTime, [4, 0])
  device.request("write", currentTime, FRIDAY)
  device.storage.full = true
  t.deepEqual(device.request("write", currentTime, fridayBut({ 4: 9 })), FAILED)
  t.deepEqual(device.request("write", localTime, [8, 0]), FAILED)
  t.deepEqual(timeOf(device), FRIDAY)
  t.deepEqual(zoneOf(device), [4, 0])
})

test("any time in any zone comes back as it was written", (t) => {
  const unixS = fc.integer({ min: UNIX_S_MIN, max: UNIX_S_MAX })
  const zoneQuarters = fc.integer({ min: ZONE_QUARTERS_MIN, max: ZONE_QUARTERS_MAX })
  fc.assert(
    fc.property(unixS, zoneQuarters, (time, zone) => {
      const value = decode(CURRENT_TIME, encode(CURRENT_TIME, currentTimeOf(time, zone)))
      const local = new Date((time + zone * 900) * 1000)
      t.is(unixSOf(value, zone), time)
      t.is(value.dayOfWeek, local.getUTCDay() || 7)
      t.is(value.hours, local.getUTCHours())
    }),
    { numRuns: 1000 },
  )
})
