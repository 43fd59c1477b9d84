/** The board's GATT server with the model of the SDK under it: the SDK's modules are not on this machine. */
import { fileURLToPath } from "node:url"
import { build, type Plugin } from "esbuild"
import type {
  GattCharacteristic,
  GattConnection,
  GattServerConstructor,
  GattServerOptions,
} from "../../../src/ble/port"
import type { air as Air } from "./nimble-model"

const MODEL = fileURLToPath(new URL("nimble-model.ts", import.meta.url))
const ADAPTER = fileURLToPath(new URL("../../../hosts/esp32/gatt-server.ts", import.meta.url))

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

export const traced: string[] = []
;(globalThis as unknown as { trace: (line: string) => void }).trace = (line) => traced.push(line)

const bundle = await build({
  stdin: {
    contents: `export { air } from ${JSON.stringify(MODEL)}; export { EspGattServer } from ${JSON.stringify(ADAPTER)}`,
    resolveDir: "/",
  },
  bundle: true,
  format: "esm",
  write: false,
  plugins: [sdk],
})
const code = Buffer.from(bundle.outputFiles[0]?.contents ?? []).toString("base64")
export const { EspGattServer, air } = (await import(`data:text/javascript;base64,${code}`)) as {
  EspGattServer: GattServerConstructor
  air: typeof Air
}

export const UUID = "256a0002-88c2-4114-95ca-bdcff6296b5d"

/** A server with one characteristic on a radio that was off. */
export function serve(characteristic: Partial<GattCharacteristic>, options: Partial<GattServerOptions> = {}) {
  air.off()
  traced.length = 0
  const seen = {
    connected: [] as GattConnection[],
    disconnected: [] as GattConnection[],
    encrypted: [] as GattConnection[],
  }
  const server = new EspGattServer({
    services: [{ uuid: "180f", characteristics: [{ uuid: UUID, ...characteristic }] }],
    onConnect: (connection) => seen.connected.push(connection),
    onDisconnect: (connection) => seen.disconnected.push(connection),
    onEncrypted: (connection) => seen.encrypted.push(connection),
    ...options,
  })
  return { server, seen }
}
