import test from "ava"
import type { GattReply, GattRequest } from "../../../hosts/virtual/protocol"
import { ADAPTER_PATH, Adapter } from "../../../simulator/bluez/adapter"
import { longUuid } from "../../../simulator/bluez/bluez-interfaces"
import { ObjectTree } from "../../../simulator/bluez/object-tree"
import { RemoteDevice } from "../../../simulator/bluez/remote-device"
import { Central } from "../../../simulator/phone/central"
import { decode } from "../../../src/ble/fields"
import { STATUS } from "../../../src/ble/layouts"
import { PATELLA } from "../../../src/ble/profile"
import { Device } from "../../ble/device"
import { FakeBus } from "./fake-bus"

const ADAPTER = "org.bluez.Adapter1"
const DEVICE = "org.bluez.Device1"
const CHARACTERISTIC = "org.bluez.GattCharacteristic1"
const OTHER_CLIENT = ":1.99"

/** A device near an adapter, without the wall clock. */
function near() {
  const device = new Device([], [])
  const send = async (request: GattRequest): Promise<GattReply> => {
    const reply = device.link.handle(request)
    central.saw(device.link.connection)
    for (const notification of device.link.takeNotifications()) remote.notified(notification)
    return reply
  }
  const bus = new FakeBus()
  const tree = new ObjectTree(bus)
  const central = new Central(send, {
    identity: "00aabbccddee",
    mtu: 185,
    pairsWhenRefused: true,
    listener: { disconnected: () => remote.disconnected(), bonded: (bonded) => remote.bonded(bonded) },
  })
  const remote = new RemoteDevice(tree, ADAPTER_PATH, central)
  const adapter = new Adapter(tree, {
    address: "00:AA:BB:CC:DD:EE",
    device: remote,
    scan: async () => (await send({ op: "scan" })).advertisement,
  })
  const { path } = remote
  const property = async (of: string, name: string, key: string) => {
    const { value } = (await bus.call(of, "org.freedesktop.DBus.Properties", "Get", "ss", [name, key])) as {
      value: unknown
    }
    return value
  }
  const managed = async () =>
    (await bus.call("/", "org.freedesktop.DBus.ObjectManager", "GetManagedObjects")) as Record<
      string,
      Record<string, Record<string, { value: unknown }>>
    >
  /** Path of the characteristic. */
  const find = async (uuid: string) =>
    Object.entries(await managed()).find(
      ([, shown]) => shown[CHARACTERISTIC]?.UUID?.value === longUuid(uuid),
    )?.[0] as string
  const discover = async () => {
    await bus.call(ADAPTER_PATH, ADAPTER, "StartDiscovery")
    await bus.call(ADAPTER_PATH, ADAPTER, "StopDiscovery")
  }
  return { device, bus, tree, central, remote, adapter, path, property, managed, find, discover }
}
const turn = () => new Promise((resolve) => setImmediate(resolve))

test("a device is there once somebody listens, with what it advertises and nothing of its wearer", async (t) => {
  const { bus, tree, path, property, managed, discover } = near()
  t.false(tree.has(path))
  await discover()
  t.is(await property(path, DEVICE, "Name"), "Patella")
  t.deepEqual(await property(path, DEVICE, "UUIDs"), [PATELLA.uuid])
  t.is(await property(path, DEVICE, "Paired"), false)
  // Its strength is known while it is listened to.
  t.is((await managed())[path]?.[DEVICE]?.RSSI, undefined)
  t.true(bus.signals.some(({ path: of, body }) => of === path && (body[2] as string[])?.includes("RSSI")))
})

test("discovery goes on while any client wants it, each once; a client that leaves wants nothing more", async (t) => {
  const { bus, adapter, property } = near()
  const start = (client: string) => bus.call(ADAPTER_PATH, ADAPTER, "StartDiscovery", "", [], client)
  const stop = (client: string) => bus.call(ADAPTER_PATH, ADAPTER, "StopDiscovery", "", [], client)
  await start(":1.1")
  await start(":1.2")
  await t.throwsAsync(start(":1.1"), { message: /InProgress/ })
  await stop(":1.1")
  t.is(await property(ADAPTER_PATH, ADAPTER, "Discovering"), true)
  adapter.clientLeft(":1.2")
  t.is(await property(ADAPTER_PATH, ADAPTER, "Discovering"), false)
  await t.throwsAsync(stop(":1.2"), { message: /No discovery started/ })
})

test("connecting shows the services, each characteristic with its descriptors, before it is told that they are", async (t) => {
  const { bus, path, managed, find, discover, property } = near()
  await discover()
  bus.signals.length = 0
  await bus.call(path, DEVICE, "Connect")
  const told = bus.signals.filter(({ path: of, member }) => of === path && member === "PropertiesChanged")
  const changes = told.map(({ body }) => Object.keys(body[1] as object).join())
  t.deepEqual(changes, ["Connected", "UUIDs", "ServicesResolved"])
  t.is(bus.signals.at(-1), told.at(-1))
  const status = await find(PATELLA.characteristics.status.uuid)
  t.deepEqual(await property(status, CHARACTERISTIC, "Flags"), ["read", "notify"])
  t.is(await property(status, CHARACTERISTIC, "MTU"), 185)
  const descriptors = Object.entries(await managed()).filter(([of]) => of.startsWith(`${status}/desc`))
  const uuids = descriptors.map(([, shown]) => shown["org.bluez.GattDescriptor1"]?.UUID?.value)
  t.deepEqual(uuids, [longUuid("2901"), longUuid("2902")])
  await bus.call(path, DEVICE, "Connect")
})

test("a link that is lost leaves the services, of which nothing can be asked until it is back", async (t) => {
  const { bus, path, managed, find, discover, property, device, central } = near()
  await discover()
  await bus.call(path, DEVICE, "Pair")
  const shown = Object.keys(await managed())
  const status = await find(PATELLA.characteristics.status.uuid)
  const read = () => bus.call(status, CHARACTERISTIC, "ReadValue", "a{sv}", [{}])
  device.link.drop()
  central.saw(undefined)
  await turn()
  t.deepEqual(Object.keys(await managed()), shown)
  t.is(await property(path, DEVICE, "Connected"), false)
  t.is(await property(path, DEVICE, "ServicesResolved"), false)
  await t.throwsAsync(read(), { message: /Error\.Failed: Not connected/ })
  await t.throwsAsync(bus.call(path, DEVICE, "Disconnect"), { message: /NotConnected/ })
  await bus.call(path, DEVICE, "Connect")
  t.is(await property(path, DEVICE, "ServicesResolved"), true)
  await t.notThrowsAsync(read())
  await bus.call(ADAPTER_PATH, ADAPTER, "RemoveDevice", "o", [path])
  t.deepEqual(Object.keys(await managed()), ["/org/bluez", ADAPTER_PATH])
})

test("a device that is gone from the air cannot be connected to", async (t) => {
  const { bus, path, discover, device } = near()
  await discover()
  device.link.handle({ op: "connect" })
  await t.throwsAsync(bus.call(path, DEVICE, "Connect"), { message: /Error\.Failed: not advertising/ })
})

test("notification sessions go on when a link that was lost is back", async (t) => {
  const { bus, path, discover, find, device, central, property } = near()
  await discover()
  await bus.call(path, DEVICE, "Pair")
  const status = await find(PATELLA.characteristics.status.uuid)
  await bus.call(status, CHARACTERISTIC, "StartNotify")
  device.link.drop()
  central.saw(undefined)
  await turn()
  await bus.call(path, DEVICE, "Connect")
  t.is(await property(status, CHARACTERISTIC, "Notifying"), true)
  bus.signals.length = 0
  device.service.statusChanged()
  const settings = await find(PATELLA.characteristics.settings.uuid)
  await bus.call(settings, CHARACTERISTIC, "ReadValue", "a{sv}", [{}])
  const told = bus.signals.filter(({ path: of, body }) => of === status && "Value" in (body[1] as object))
  t.is(told.length, 1)
})

test("a client pairs by asking, or by a read that is refused; forgetting the device ends the bond", async (t) => {
  const { bus, path, discover, property, find, device } = near()
  await discover()
  await bus.call(path, DEVICE, "Pair")
  t.is(await property(path, DEVICE, "Paired"), true)
  await t.throwsAsync(bus.call(path, DEVICE, "Pair"), { message: /AlreadyExists/ })
  await bus.call(ADAPTER_PATH, ADAPTER, "RemoveDevice", "o", [path])
  await discover()
  t.is(await property(path, DEVICE, "Paired"), false)
  device.service.openPairing()
  await bus.call(path, DEVICE, "Connect")
  const status = await find(PATELLA.characteristics.status.uuid)
  const value = (await bus.call(status, CHARACTERISTIC, "ReadValue", "a{sv}", [{}])) as Buffer
  t.is(decode(STATUS, new Uint8Array(value)).batteryPercent, device.state.batteryPercent)
  t.is(await property(path, DEVICE, "Paired"), true)
})

test("a notification reaches the bus while any client follows", async (t) => {
  const { bus, path, discover, find, device, adapter, property } = near()
  await discover()
  await bus.call(path, DEVICE, "Pair")
  const status = await find(PATELLA.characteristics.status.uuid)
  const told = () =>
    bus.signals.filter(({ path: of, body }) => of === status && "Value" in ((body[1] as object) ?? {})).length
  const change = async () => {
    device.service.statusChanged()
    await bus.call(status, CHARACTERISTIC, "ReadValue", "a{sv}", [{}])
    // A read is told like a notification.
    return told()
  }
  t.is(await change(), 1)
  await bus.call(status, CHARACTERISTIC, "StartNotify")
  await bus.call(status, CHARACTERISTIC, "StartNotify", "", [], OTHER_CLIENT)
  const following = await change()
  t.true(following >= 3)
  await bus.call(status, CHARACTERISTIC, "StopNotify")
  await t.throwsAsync(bus.call(status, CHARACTERISTIC, "StopNotify"), { message: /No notify session/ })
  t.is(await change(), following + 2)
  adapter.clientLeft(OTHER_CLIENT)
  await turn()
  t.is(await change(), following + 3)
  t.is(await property(status, CHARACTERISTIC, "Notifying"), false)
})

test("values are read from an offset, written whole, and refused as the device refuses them", async (t) => {
  const { bus, path, discover, find, device } = near()
  await discover()
  await bus.call(path, DEVICE, "Pair")
  const { status, settings } = PATELLA.characteristics
  const read = async (uuid: string, offset?: number) =>
    bus.call(await find(uuid), CHARACTERISTIC, "ReadValue", "a{sv}", [
      offset === undefined ? {} : { offset: { value: offset } },
    ])
  const write = async (bytes: Buffer, type?: string) =>
    bus.call(await find(settings.uuid), CHARACTERISTIC, "WriteValue", "aya{sv}", [
      bytes,
      type ? { type: { value: type } } : {},
    ])
  const whole = (await read(settings.uuid)) as Buffer
  t.deepEqual(await read(settings.uuid, 5), whole.subarray(5))
  await t.throwsAsync(read(status.uuid, 400), { message: /InvalidArguments: Invalid offset/ })
  await write(Buffer.from([2, 60, 0, 0, 0]))
  t.is(device.settings.values.pauseLimitS, 60)
  await t.throwsAsync(write(Buffer.from([2])), { message: /InvalidArguments: Invalid Length/ })
  await t.throwsAsync(write(Buffer.from([2, 1, 0, 0, 0])), {
    message: /Failed: Operation failed with ATT error: 0x/,
  })
  await t.throwsAsync(write(Buffer.alloc(513)), { message: /InvalidValueLength/ })
  // A command has no answer, so it cannot be refused.
  await write(Buffer.from([2]), "command")
  const both = await Promise.allSettled([
    write(Buffer.from([2, 70, 0, 0, 0])),
    write(Buffer.from([2, 80, 0, 0, 0])),
  ])
  t.is(both.filter(({ status: how }) => how === "rejected").length, 1)
  t.is(device.settings.values.pauseLimitS, 70)
})

test("an application's agent is its own", async (t) => {
  const { bus, adapter } = near()
  const agent = (method: string, path: string, client?: string) =>
    bus.call(
      "/org/bluez",
      "org.bluez.AgentManager1",
      method,
      method === "RegisterAgent" ? "os" : "o",
      method === "RegisterAgent" ? [path, ""] : [path],
      client,
    )
  await agent("RegisterAgent", "/x")
  await t.throwsAsync(agent("RegisterAgent", "/y"), { message: /AlreadyExists/ })
  await agent("RequestDefaultAgent", "/x")
  await t.throwsAsync(agent("RequestDefaultAgent", "/x", OTHER_CLIENT), { message: /DoesNotExist/ })
  await agent("UnregisterAgent", "/x")
  await t.throwsAsync(agent("UnregisterAgent", "/x"), { message: /DoesNotExist/ })
  await agent("RegisterAgent", "/x", OTHER_CLIENT)
  adapter.clientLeft(OTHER_CLIENT)
  await agent("RegisterAgent", "/x", OTHER_CLIENT)
})
