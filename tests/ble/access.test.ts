import test from "ava"
import type { GattReply, StackBond } from "../../hosts/virtual/protocol"
import { fromHex } from "../../hosts/virtual/protocol"
import { KNOWN_PHONE } from "../../simulator/phone/known-phone"
import { PAIRING_WINDOW_MS, STRANGER_LIMIT_MS } from "../../src/ble/access"
import { PhoneEvent } from "../../src/ble/device-model"
import { decode } from "../../src/ble/fields"
import { STATUS, StatusFlag } from "../../src/ble/layouts"
import { type CharacteristicProfile, PATELLA, SERVICES } from "../../src/ble/profile"
import { BOND_LIMIT } from "../../src/storage/bond-list"
import { Device } from "./device"

const NOT_AUTHENTICATED = { error: 0x05 }
const NOT_ENCRYPTED = { error: 0x0f }
const NOT_AUTHORIZED = { error: 0x08 }
const NOT_CONNECTED = { linkError: "not connected" }
const { status, command } = PATELLA.characteristics
const STRANGER = "bad000000001"

function identity(nth: number): string {
  return `c0ffee0001${nth.toString().padStart(2, "0")}`
}

/** A device whose window is closed, and that knows one phone. */
function closed(): Device {
  return new Device()
}

/** A device that has just been switched on for the first time. */
function fresh(): Device {
  return new Device([], [])
}

function wait(device: Device, ms: number): void {
  for (let passed = 0; passed < ms; passed += 1000) {
    device.time.nowMs += Math.min(1000, ms - passed)
    device.service.tick()
  }
}

/** Connects and pairs. */
function pair(device: Device, phone: string): GattReply {
  device.connectStranger()
  return device.link.handle({ op: "pair", connection: device.connection, identity: phone })
}

/** Connects and encrypts with the keys of an earlier pairing. */
function comeBack(device: Device, { identity, key }: StackBond): GattReply {
  const { connection } = device.link.handle({ op: "connect", identity })
  device.connection = connection ?? 0
  return device.link.handle({ op: "encrypt", connection: device.connection, identity, key })
}

function bondOf(phone: string, { key = "" }: GattReply): StackBond {
  return { identity: phone, key }
}

function readsStatus(device: Device): boolean {
  return device.request("read", status).value !== undefined
}

const all = SERVICES.flatMap((service) =>
  Object.values<CharacteristicProfile>(service.characteristics).map((characteristic) => ({
    characteristic,
    isPublic: "isPublic" in service,
  })),
)

test("a stranger finds the device and reads what is public, nothing else", (t) => {
  const device = closed()
  device.connectStranger()
  t.truthy(device.link.handle({ op: "discover", connection: device.connection }).services)
  for (const { characteristic, isPublic } of all) {
    const { name, read, write, notify } = characteristic
    if (read && isPublic) t.truthy(device.request("read", characteristic).value, name)
    else if (read) t.deepEqual(device.request("read", characteristic), NOT_AUTHENTICATED, name)
    if (write) t.deepEqual(device.request("write", characteristic, [1]), NOT_AUTHENTICATED, name)
    if (notify && !isPublic) t.deepEqual(device.request("subscribe", characteristic), NOT_AUTHENTICATED, name)
  }
  t.deepEqual(
    all.filter(({ isPublic }) => isPublic).map(({ characteristic }) => characteristic.name),
    ["Manufacturer Name", "Model Number", "Firmware Revision", "Battery Level"],
  )
})

test("with nobody on the list, a phone that pairs within a minute of the boot is let in", (t) => {
  const device = fresh()
  wait(device, PAIRING_WINDOW_MS - 1000)
  t.is(pair(device, identity(1)).linkError, undefined)
  t.true(readsStatus(device))
  t.deepEqual(device.phoneEvents, [PhoneEvent.connected, PhoneEvent.paired])
})

test("a minute after the boot it is too late, and the stack keeps nothing of it", (t) => {
  const device = fresh()
  wait(device, PAIRING_WINDOW_MS)
  t.is(pair(device, identity(1)).linkError, "not connected")
  t.deepEqual(device.link.bonds.image(), [])
  t.deepEqual(device.phoneEvents, [PhoneEvent.connected, PhoneEvent.refused])
})

test("a device that knows a phone boots with its window closed", (t) => {
  t.is(pair(closed(), STRANGER).linkError, "not connected")
})

test("the button opens the window for a minute", (t) => {
  const device = closed()
  device.service.openPairing()
  wait(device, PAIRING_WINDOW_MS - 1000)
  t.is(pair(device, identity(1)).linkError, undefined)
  device.link.drop()
  wait(device, 1000)
  t.is(pair(device, identity(2)).linkError, "not connected")
  t.is(device.bonds.length, 2)
})

test("whoever pairs uninvited is dropped at once, without a word of health read, and may try in vain again", (t) => {
  const device = closed()
  for (let attempt = 0; attempt < 3; attempt++) {
    t.is(pair(device, STRANGER).linkError, "not connected")
    t.deepEqual(device.request("read", status), NOT_CONNECTED)
    t.deepEqual(device.link.bonds.image(), [KNOWN_PHONE])
  }
})

test("a phone that is known comes back with its keys at any time", (t) => {
  const device = fresh()
  const bond = bondOf(identity(1), pair(device, identity(1)))
  device.link.drop()
  wait(device, 10 * PAIRING_WINDOW_MS)
  t.deepEqual(comeBack(device, bond), {})
  t.true(readsStatus(device))
})

test("known keys of another phone are none of a stranger's: the identity alone opens nothing", (t) => {
  const device = closed()
  const thief = { ...KNOWN_PHONE, key: "ff".repeat(16) }
  t.deepEqual(comeBack(device, thief), { linkError: "key missing" })
  t.deepEqual(device.request("read", status), NOT_ENCRYPTED)
})

test("who pairs again as a known phone, uninvited, is dropped: the stack's bond says nothing of who it is", (t) => {
  const device = closed()
  t.is(pair(device, KNOWN_PHONE.identity).linkError, "not connected")
  t.deepEqual(device.link.bonds.image(), [], "the true phone's keys are lost with it")
  t.is(device.bonds.length, 1)
  // The true phone finds that it has to pair again, and can once the button is pressed.
  t.deepEqual(comeBack(device, KNOWN_PHONE), { linkError: "key missing" })
  device.link.drop()
  device.service.openPairing()
  t.is(pair(device, KNOWN_PHONE.identity).linkError, undefined)
  t.true(readsStatus(device))
  t.is(device.bonds.length, 1)
})

test("a phone that forgot the device pairs again inside the window, and its old keys are worth nothing", (t) => {
  const device = fresh()
  const old = bondOf(identity(1), pair(device, identity(1)))
  device.link.drop()
  device.service.openPairing()
  const { linkError, key } = pair(device, identity(1))
  t.is(linkError, undefined)
  t.not(key, old.key)
  device.link.drop()
  t.deepEqual(comeBack(device, old), { linkError: "key missing" })
})

test("a link that is encrypted without being bonded is not trusted", (t) => {
  const device = closed()
  device.connectStranger()
  const characteristics = device.service.services.flatMap((service) => service.characteristics)
  let closings = 0
  const close = () => void closings++
  const connection = { id: 9, mtu: 23, encrypted: true, bond: undefined, close }
  device.service.onConnect(connection)
  device.service.onEncrypted(connection)
  t.is(closings, 1)
  const read = characteristics.find(({ uuid }) => uuid === status.uuid)
  t.is(read?.onRead?.(connection, device.service), NOT_AUTHORIZED.error)
  const write = characteristics.find(({ uuid }) => uuid === command.uuid)
  t.is(write?.onWrite?.(Uint8Array.of(1, 0, 0), connection, device.service), NOT_AUTHORIZED.error)
  t.deepEqual(device.commands, [])
})

test("the fourth phone takes the place of the one that was here longest ago, in the stack too", (t) => {
  const device = fresh()
  device.service.openPairing()
  const bonds: StackBond[] = []
  for (let nth = 1; nth <= BOND_LIMIT; nth++) {
    bonds.push(bondOf(identity(nth), pair(device, identity(nth))))
    device.link.drop()
  }
  comeBack(device, bonds[0] as StackBond)
  device.link.drop()
  t.is(pair(device, identity(9)).linkError, undefined)
  device.link.drop()
  t.is(device.bonds.length, BOND_LIMIT)
  t.deepEqual(comeBack(device, bonds[1] as StackBond), { linkError: "key missing" })
  device.link.drop()
  for (const bond of [bonds[0], bonds[2]] as StackBond[]) {
    t.deepEqual(comeBack(device, bond), {})
    device.link.drop()
  }
})

test("strangers who pair, one after the other, push no known phone out", (t) => {
  const device = fresh()
  const bonds: StackBond[] = []
  for (let nth = 1; nth <= BOND_LIMIT; nth++) {
    bonds.push(bondOf(identity(nth), pair(device, identity(nth))))
    device.link.drop()
  }
  wait(device, PAIRING_WINDOW_MS)
  for (let nth = 0; nth < 10; nth++) pair(device, `bad0000001${nth.toString().padStart(2, "0")}`)
  for (const bond of bonds) {
    t.deepEqual(comeBack(device, bond), {})
    device.link.drop()
  }
})

test("a stranger who only stays is dropped in time, so that the phone can come", (t) => {
  const device = closed()
  device.connectStranger()
  wait(device, STRANGER_LIMIT_MS)
  t.truthy(device.link.connection)
  wait(device, 1000)
  t.is(device.link.connection, undefined)
  t.deepEqual(comeBack(device, KNOWN_PHONE), {})
  wait(device, 100 * STRANGER_LIMIT_MS)
  t.truthy(device.link.connection, "a known phone may stay")
})

test("while the window is open nobody is dropped for waiting: a person reads what the phone asks", (t) => {
  const device = fresh()
  device.connectStranger()
  wait(device, PAIRING_WINDOW_MS - 1000)
  t.truthy(device.link.connection)
  wait(device, 2000)
  t.is(device.link.connection, undefined)
})

test("all phones are forgotten, the connected one dropped, and a new one may pair for a minute", (t) => {
  const device = closed()
  comeBack(device, KNOWN_PHONE)
  device.service.forgetPhones()
  t.is(device.link.connection, undefined)
  t.deepEqual(device.link.bonds.image(), [])
  t.true(device.bonds.isEmpty)
  t.deepEqual(comeBack(device, KNOWN_PHONE), { linkError: "key missing" })
  device.link.drop()
  t.is(pair(device, identity(1)).linkError, undefined)
})

test("the status tells while a new phone may pair", (t) => {
  const device = closed()
  comeBack(device, KNOWN_PHONE)
  const isOpen = () =>
    (decode(STATUS, fromHex(device.request("read", status).value ?? "")).flags & StatusFlag.pairingOpen) !== 0
  t.false(isOpen())
  device.service.openPairing()
  t.true(isOpen())
  wait(device, PAIRING_WINDOW_MS)
  t.false(isOpen())
})

test("a list that cannot be stored lets nobody new in; whom it knows may come", (t) => {
  const device = closed()
  device.service.openPairing()
  device.storage.full = true
  t.is(pair(device, identity(1)).linkError, "not connected")
  t.is(device.service.faults, 1)
  t.deepEqual(comeBack(device, KNOWN_PHONE), {})
  t.true(readsStatus(device))
})

test("the window closes in time when the clock wraps", (t) => {
  const device = closed()
  device.time.nowMs = 0x7fffffff - 1000
  device.service.openPairing()
  device.time.nowMs = -0x80000000 + 500
  t.is(pair(device, identity(1)).linkError, undefined)
  device.link.drop()
  device.time.nowMs += PAIRING_WINDOW_MS
  t.is(pair(device, identity(2)).linkError, "not connected")
})

test("it advertises often for a minute, then seldom, and often again when a phone has gone or the button is pressed", (t) => {
  const device = closed()
  const intervalMs = () => {
    const { advertisement } = device.link.handle({ op: "connect" })
    device.link.drop()
    return advertisement?.intervalMs
  }
  wait(device, 59_000)
  t.is(intervalMs(), 152.5)
  wait(device, 60_000)
  const seen = device.link.advertisement
  t.is(seen?.intervalMs, 1022.5)
  device.service.openPairing()
  t.is(device.link.advertisement?.intervalMs, 152.5)
})

test("the advertisement is the same from every device, whatever it is called", (t) => {
  const one = closed()
  const other = fresh()
  one.settings.setName(Uint8Array.of(0x41))
  one.link.drop()
  t.deepEqual(one.link.advertisement, other.link.advertisement)
  t.deepEqual(Object.keys(one.link.advertisement ?? {}).sort(), ["intervalMs", "name", "services"])
})
