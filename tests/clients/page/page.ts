/** What the page in Chromium offers to the test: the phone's own code over the browser's Web Bluetooth; values cross as hex. */
import { fromHex, toHex } from "../../../hosts/virtual/protocol"
import { WebBluetoothFinder } from "../../../phone/browser/web-bluetooth"
import type { ConnectableTransport } from "../../../phone/link/finder"
import { RunSync } from "../../../phone/link/run-sync"
import type { PatellaPage } from "./patella-page"

/** The test's, exposed to the page. */
declare function tell(news: { disconnected: true } | { notified: string; value: string }): Promise<void>

let bluetooth: ConnectableTransport | undefined
const ends = new Map<string, () => Promise<void>>()

function connection(): ConnectableTransport {
  if (!bluetooth) throw new Error("no device was chosen")
  return bluetooth
}

const page: PatellaPage = {
  async find() {
    const { name, transport } = await new WebBluetoothFinder().choose()
    bluetooth = transport
    return name
  },
  async connect() {
    await connection().connect()
    connection().onDisconnect(() => void tell({ disconnected: true }))
  },
  disconnect: () => connection().disconnect(),
  read: async (uuid) => toHex(await connection().read(uuid)),
  write: (uuid, value) => connection().write(uuid, fromHex(value)),
  async subscribe(uuid) {
    const told = (value: Uint8Array) => void tell({ notified: uuid, value: toHex(value) })
    ends.set(uuid, await connection().subscribe(uuid, told))
  },
  async unsubscribe(uuid) {
    await ends.get(uuid)?.()
  },
  async sync() {
    const records: Record<string, string> = {}
    const store = {
      has: async (key: string) => key in records,
      get: async (key: string) => (key in records ? fromHex(records[key] as string) : undefined),
      add: async (key: string, record: Uint8Array) => {
        records[key] = toHex(record)
      },
    }
    const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
    const result = await new RunSync({ deviceId: "patella", store, wait }).run(connection())
    return { records, way: result.way }
  },
}

Object.assign(globalThis, { patella: page })
