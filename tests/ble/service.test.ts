import test from "ava"
import fc from "fast-check"
import { fromHex } from "../../hosts/virtual/protocol"
import { decode } from "../../src/ble/fields"
import { CommandCode, STATUS as STATUS_LAYOUT } from "../../src/ble/layouts"
import { type CharacteristicProfile, DEVICE_INFORMATION, PATELLA, SERVICES } from "../../src/ble/profile"
import { defaultSettings } from "../../src/storage/settings"
import { Device, EXAMPLE_RUN } from "./device"

const { status, recordAccess, records, settings, command, summaryText, runSummary } = PATELLA.characteristics

function connected(mtu?: number): Device {
  const device = new Device([EXAMPLE_RUN])
  device.connect(mtu)
  return device
}

const INVALID_LENGTH = { error: 0x0d }
const NOT_ALLOWED = { error: 0x13 }

test("it advertises its name and the Patella service, and again when the phone has gone", (t) => {
  const device = new Device()
  t.deepEqual(device.connect().advertisement, {
    name: "Patella",
    services: [PATELLA.uuid],
    intervalMs: 152.5,
  })
  device.link.drop()
  t.is(device.connect().linkError, undefined)
})

test("the profile is what a phone discovers, with a user description on all of Patella's own", (t) => {
  const device = connected()
  const { services = [] } = device.link.handle({ op: "discover", connection: device.connection })
  t.deepEqual(
    services.map((service) => service.characteristics.map(({ uuid, properties }) => ({ uuid, properties }))),
    SERVICES.map((service) =>
      Object.values<CharacteristicProfile>(service.characteristics).map(({ uuid, read, write, notify }) => ({
        uuid,
        properties: [...(read ? ["read"] : []), ...(write ? ["write"] : []), ...(notify ? ["notify"] : [])],
      })),
    ),
  )
  const described = services
    .flatMap((service) => service.characteristics)
    .map(({ descriptors }) => descriptors.find(({ uuid }) => uuid === "2901")?.value)
    .filter((value) => value !== undefined)
    .map((value) => new TextDecoder().decode(fromHex(value)))
  t.deepEqual(
    described,
    Object.values(PATELLA.characteristics).map(({ name }) => name),
  )
})

test("every UUID is there once, and at most 6 characteristics can be subscribed to", (t) => {
  const all = SERVICES.flatMap((service) => Object.values<CharacteristicProfile>(service.characteristics))
  t.is(new Set(all.map(({ uuid }) => uuid)).size, all.length)
  t.true(all.filter(({ notify }) => notify).length <= 6)
})

test("no serial number tells one device from another", (t) => {
  t.false(
    Object.values<CharacteristicProfile>(DEVICE_INFORMATION.characteristics).some(
      ({ uuid }) => uuid === "2a25",
    ),
  )
})

test("the status has the runs beside what the device says, and fits a notification at the smallest MTU", (t) => {
  const device = connected(23)
  device.request("subscribe", status)
  device.time.nowMs = 5000
  device.service.statusChanged()
  const [notification] = device.link.takeNotifications()
  t.is(notification?.atMs, 5000)
  const { value } = device.request("read", status)
  t.is(notification?.value, value)
  t.deepEqual(decode(STATUS_LAYOUT, fromHex(value ?? "")), { ...device.state, newestRunId: 1, runCount: 1 })
})

test("without a run the summary is empty, and its text says so", (t) => {
  const device = new Device()
  device.connect()
  t.is(device.request("read", runSummary).value, "")
  t.is(new TextDecoder().decode(fromHex(device.request("read", summaryText).value ?? "")), "No run yet.")
})

test("a setting is written by id and shows when all are read", (t) => {
  const device = connected()
  t.deepEqual(device.request("write", settings, [1, 40, 0, 0, 0]), {})
  t.is(device.settings.values.thresholdDeg, 40)
  t.regex(device.request("read", settings).value ?? "", /^01130128000000/)
})

const refusedSettings: [what: string, value: number[], reply: { error: number }][] = [
  ["too short", [1, 40, 0, 0], INVALID_LENGTH],
  ["too long", [1, 40, 0, 0, 0, 0], INVALID_LENGTH],
  ["of an unknown id", [99, 40, 0, 0, 0], NOT_ALLOWED],
  ["under its range", [1, 19, 0, 0, 0], NOT_ALLOWED],
  ["over its range", [1, 61, 0, 0, 0], NOT_ALLOWED],
  ["below zero", [12, 0xff, 0xff, 0xff, 0xff], NOT_ALLOWED],
]
for (const [what, value, reply] of refusedSettings) {
  test(`a setting ${what} is refused and changes nothing`, (t) => {
    const device = connected()
    t.deepEqual(device.request("write", settings, value), reply)
    t.like(device.settings.values, defaultSettings())
    t.is(device.service.faults, 0)
  })
}

test("commands reach the device by their code", (t) => {
  const device = connected()
  const codes = Object.values(CommandCode)
  for (const code of codes) t.deepEqual(device.request("write", command, [code, 0, 0]), {})
  t.deepEqual(device.commands, codes)
})

const refusedCommands: [what: string, value: number[], reply: { error: number }][] = [
  ["without a code", [], INVALID_LENGTH],
  ["without an argument", [1], INVALID_LENGTH],
  ["with more than an argument", [1, 0, 0, 0], INVALID_LENGTH],
  ["0", [0, 0, 0], NOT_ALLOWED],
  ["that is unknown", [200, 0, 0], NOT_ALLOWED],
  ["with an argument that means nothing", [1, 1, 0], NOT_ALLOWED],
]
for (const [what, value, reply] of refusedCommands) {
  test(`a command ${what} is refused`, (t) => {
    const device = connected()
    t.deepEqual(device.request("write", command, value), reply)
    t.deepEqual(device.commands, [])
  })
}

test("a command that cannot be carried out now is answered with 0x80", (t) => {
  const device = connected()
  device.ready = false
  t.deepEqual(device.request("write", command, [CommandCode.testBuzz, 0, 0]), { error: 0x80 })
})

test("what the device throws becomes ATT error 0x0E and a fault in the status, never an exception", (t) => {
  const device = connected()
  device.break("the sensor is gone")
  t.deepEqual(device.request("read", status), { error: 0x0e })
  t.deepEqual(device.request("write", command, [CommandCode.findMe, 0, 0]), { error: 0x0e })
  t.deepEqual(device.request("write", recordAccess, [0x83, 3, 0, 0, 0, 0, 0, 0]), {}, "told in the response")
  t.notThrows(() => device.service.statusChanged())
  t.is(device.service.lastFault, "the sensor is gone")
  device.broken = undefined
  device.state = { ...device.state, faults: 2 }
  t.is(decode(STATUS_LAYOUT, fromHex(device.request("read", status).value ?? "")).faults, 2 + 4)
})

test("while no phone is there a change in the status asks the device for nothing", (t) => {
  const device = new Device()
  device.break("nobody asked")
  device.service.statusChanged()
  device.service.batteryChanged()
  t.is(device.service.faults, 0)
  device.connect()
  device.service.statusChanged()
  t.is(device.service.faults, 1)
  device.link.drop()
  device.service.statusChanged()
  t.is(device.service.faults, 1)
})

test("a storage that is full refuses the setting with 0x0E", (t) => {
  const device = connected()
  device.storage.full = true
  t.deepEqual(device.request("write", settings, [1, 40, 0, 0, 0]), { error: 0x0e })
  t.is(device.settings.values.thresholdDeg, 30)
})

test("no bytes at all make a handler throw or a fault be counted", (t) => {
  const writable = [recordAccess, settings, command]
  fc.assert(
    fc.property(
      fc.constantFrom(...writable),
      fc.array(fc.nat(255), { maxLength: 12 }),
      (characteristic, value) => {
        const device = connected()
        device.request("write", characteristic, value)
        device.request("read", records)
        t.is(device.service.faults, 0)
      },
    ),
  )
})

test("a closed service is gone from the air", (t) => {
  const device = connected()
  device.service.close()
  t.deepEqual(device.request("read", status), { linkError: "not connected" })
  t.deepEqual(device.connect(), { linkError: "not advertising" })
})

test("the phone that is disconnected by closing does not make a closing server advertise", (t) => {
  const device = connected()
  device.service.close()
  t.is(device.service.lastFault, "")
})

test("a new battery level is notified to who asked for it", (t) => {
  const device = connected()
  device.link.handle({ op: "subscribe", connection: device.connection, characteristic: "2a19" })
  device.service.batteryChanged()
  t.deepEqual(device.link.takeNotifications(), [{ characteristic: "2a19", atMs: 0, value: "57" }])
})
