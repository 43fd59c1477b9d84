import { fileURLToPath } from "node:url"
import test from "ava"
import { build, type Plugin } from "esbuild"
import type { GattCharacteristic, GattConnection, GattServerConstructor } from "../../../src/ble/port"
import type { air as Air } from "./nimble-model"

const MODEL = fileURLToPath(new URL("nimble-model.ts", import.meta.url))
const ADAPTER = fileURLToPath(new URL("../../../hosts/esp32/gatt-server.ts", import.meta.url))

/** The SDK's modules are not on this machine: the model stands for them. */
const sdk: Plugin = {
  name: "moddable",
  setup({ onResolve, onLoad }) {
    const from = JSON.stringify(MODEL)
    const modules: Record<string, string> = {
      bleserver: `export { BLEServer as default } from ${from}`,
      btutils: `export { Bytes } from ${from}`,
      gap: `export { GAP as default } from ${from}`,
    }
    onResolve({ filter: /^(bleserver|btutils|gap)$/ }, ({ path }) => ({ path, namespace: "moddable" }))
    onLoad({ filter: /./, namespace: "moddable" }, ({ path }) => ({
      contents: modules[path] ?? "",
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    }))
  },
}

const traced: string[] = []
;(globalThis as unknown as { trace: (line: string) => void }).trace = (line) => traced.push(line)

const bundle = await build({
  stdin: {
    contents: `export { EspGattServer } from ${JSON.stringify(ADAPTER)}; export { air } from ${JSON.stringify(MODEL)}`,
    resolveDir: "/",
  },
  bundle: true,
  format: "esm",
  write: false,
  plugins: [sdk],
})
const code = Buffer.from(bundle.outputFiles[0]?.contents ?? []).toString("base64")
const { EspGattServer, air } = (await import(`data:text/javascript;base64,${code}`)) as {
  EspGattServer: GattServerConstructor
  air: typeof Air
}

const UUID = "256a0002-88c2-4114-95ca-bdcff6296b5d"

function serve(characteristic: Partial<GattCharacteristic>) {
  air.off()
  const seen = { connected: [] as GattConnection[], disconnected: [] as GattConnection[] }
  const server = new EspGattServer({
    services: [{ uuid: "180f", characteristics: [{ uuid: UUID, ...characteristic }] }],
    onConnect: (connection) => seen.connected.push(connection),
    onDisconnect: (connection) => seen.disconnected.push(connection),
  })
  return { server, seen }
}

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
  air.encrypt()
  t.is(first?.mtu, 256)
  t.true(first?.encrypted)
  first?.close()
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

test.serial("a connection that never came up is no disconnection", (t) => {
  const { seen } = serve({})
  air.powerUp()
  air.disconnect()
  t.deepEqual(seen.disconnected, [])
})

test.serial("a closed server says goodbye to its phone and makes room for another", (t) => {
  const { server, seen } = serve({})
  air.powerUp()
  air.connect()
  server.close()
  t.is(seen.disconnected.length, 1)
  t.notThrows(() => new EspGattServer({ services: [] }))
})

test.serial("an encrypted characteristic is refused at once, since nothing could pair", (t) => {
  t.throws(() => serve({ read: true, encrypted: true }), {
    message: new RegExp(`${UUID} asks for an encrypted`),
  })
  t.notThrows(() => serve({ read: true }))
})
