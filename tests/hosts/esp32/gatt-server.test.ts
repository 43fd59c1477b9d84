import test from "ava"
import { air, EspGattServer, serve, traced, UUID } from "./esp-server"

test.serial("advertising begins when the radio is up, with the name in the scan response", (t) => {
  const { server } = serve({})
  server.startAdvertising({ name: "Patella", services: ["180f", UUID] })
  t.is(air.advertised, undefined)
  air.powerUp()
  t.is(air.deviceName, "Patella")
  t.is(air.advertised?.scanResponseData?.completeName, "Patella")
  t.is(air.advertised?.advertisingData.flags, 6)
  t.is(air.advertised?.advertisingData.completeUUID16List?.[0]?.hex, "180f")
  const long = air.advertised?.advertisingData.completeUUID128List?.[0]
  t.is(long?.hex, UUID.replaceAll("-", ""))
  t.true(long?.littleEndian)
})

test.serial("an advertisement that was stopped before the radio came up never begins", (t) => {
  const { server } = serve({})
  server.startAdvertising({ name: "Patella" })
  server.stopAdvertising()
  air.powerUp()
  t.is(air.advertised, undefined)
})

test.serial("advertising begins again when the firmware asks for it after a phone has gone", (t) => {
  const { server } = serve({})
  air.powerUp()
  air.connect()
  air.disconnect()
  t.is(air.advertised, undefined)
  server.startAdvertising({ name: "Patella" })
  t.is(air.advertised?.scanResponseData?.completeName, "Patella")
  server.stopAdvertising()
  t.is(air.advertised, undefined)
})

test.serial("the interval is told in the radio's units; left out, it is the stack's slow one", (t) => {
  const { server } = serve({})
  air.powerUp()
  server.startAdvertising({ name: "Patella", intervalMs: 152.5 })
  t.deepEqual(air.advertised?.interval, { min: 244, max: 244 })
  server.stopAdvertising()
  server.startAdvertising({ name: "Patella", intervalMs: 1022.5 })
  t.deepEqual(air.advertised?.interval, { min: 1636, max: 1636 })
  server.stopAdvertising()
  server.startAdvertising({ name: "Patella" })
  t.false("interval" in (air.advertised ?? {}))
})

test.serial("an advertisement takes the place of the one on air", (t) => {
  const { server } = serve({})
  air.powerUp()
  server.startAdvertising({ name: "Patella", intervalMs: 1022.5 })
  server.startAdvertising({ name: "Patella", intervalMs: 152.5 })
  t.is(air.advertised?.interval?.min, 244)
})

test.serial("a list of services that is empty is left out", (t) => {
  serve({}).server.startAdvertising({ name: "Patella", services: [UUID] })
  air.powerUp()
  t.false("completeUUID16List" in (air.advertised?.advertisingData ?? {}))
})

test.serial("a read answers with exactly the handler's bytes, also of a view", (t) => {
  serve({ read: true, onRead: () => Uint8Array.of(1, 2, 3, 4).subarray(1, 3) })
  air.powerUp()
  air.connect()
  t.deepEqual(air.read(UUID), [2, 3])
})

test.serial("a refused read is refused", (t) => {
  serve({ read: true, onRead: () => 0x0e })
  air.powerUp()
  air.connect()
  t.is(air.read(UUID), 0x11)
  t.is(air.read("ffff"), 0x11)
})

test.serial("a refused write, which the phone cannot see, is told on the console", (t) => {
  const written: number[][] = []
  serve({
    write: true,
    onWrite(value) {
      written.push([...value])
      return value[0] === 0 ? 0x13 : 0
    },
  })
  air.powerUp()
  air.connect()
  traced.length = 0
  air.write(UUID, [1, 2])
  t.deepEqual(traced, [])
  air.write(UUID, [0])
  t.deepEqual(written, [[1, 2], [0]])
  t.regex(traced[0] ?? "", new RegExp(`${UUID} refused with ATT error 19`))
})

test.serial("a subscriber is notified, up to the link's MTU and until it unsubscribes", (t) => {
  const calls: string[] = []
  const { server } = serve({
    read: true,
    notify: true,
    onSubscribe: ({ id }) => calls.push(`subscribe ${id}`),
    onUnsubscribe: ({ id }) => calls.push(`unsubscribe ${id}`),
  })
  const value = Uint8Array.from({ length: 40 }, (_, index) => index)
  air.powerUp()
  air.connect()
  server.notify(UUID, value)
  air.subscribe(UUID)
  server.notify(UUID, value)
  air.exchangeMtu(30)
  server.notify(UUID, value)
  air.unsubscribe(UUID)
  server.notify(UUID, value)
  t.deepEqual(
    air.notified.map((notification) => notification.value.length),
    [20, 27],
  )
  t.deepEqual(calls, ["subscribe 1", "unsubscribe 1"])
})

test.serial("a connection tells its MTU and encryption, and each has its own id", (t) => {
  const { seen } = serve({})
  air.powerUp()
  air.connect()
  const [first] = seen.connected
  t.is(first?.mtu, 23)
  t.false(first?.encrypted)
  air.exchangeMtu(256)
  air.pair({ key: [1] })
  t.is(first?.mtu, 256)
  t.true(first?.encrypted)
  first?.close()
  t.true(air.asked)
  t.deepEqual(seen.disconnected, [])
  air.disconnect()
  t.deepEqual(seen.disconnected, [first])
  air.connect()
  t.is(seen.connected[1]?.id, 2)
  t.is(seen.connected[1]?.mtu, 23)
  t.false(seen.connected[1]?.encrypted)
})

test.serial("a link that is lost takes its subscriptions along", (t) => {
  const { server } = serve({ read: true, notify: true })
  air.powerUp()
  air.connect()
  air.subscribe(UUID)
  air.disconnect()
  air.connect()
  server.notify(UUID, Uint8Array.of(1))
  t.deepEqual(air.notified, [])
})

test.serial("a connection that never came up is none, and advertising goes on", (t) => {
  const { server, seen } = serve({})
  air.powerUp()
  server.startAdvertising({ name: "Patella" })
  air.failToConnect()
  air.disconnect()
  t.deepEqual([...seen.connected, ...seen.disconnected], [])
  t.truthy(air.advertised)
  air.connect()
  t.is(seen.connected.length, 1)
})

test.serial("on a link that is to go down nothing is told or taken", (t) => {
  let asked = 0
  const { server, seen } = serve({
    read: true,
    write: true,
    notify: true,
    onRead: () => Uint8Array.of(++asked),
    onWrite: () => ++asked * 0,
  })
  air.powerUp()
  air.connect()
  air.subscribe(UUID)
  seen.connected[0]?.close()
  server.notify(UUID, Uint8Array.of(1))
  air.write(UUID, [1])
  t.is(air.read(UUID), 0x11)
  t.is(asked, 0)
  t.deepEqual(air.notified, [])
})

test.serial("a closed server says goodbye to its phone and makes room for another", (t) => {
  const { server, seen } = serve({})
  air.powerUp()
  air.connect()
  server.close()
  t.is(seen.disconnected.length, 1)
  t.notThrows(() => new EspGattServer({ services: [] }))
})
