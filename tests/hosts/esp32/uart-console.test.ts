/** The console on a UART, on a model of the SDK's serial IO: a FIFO of 128 bytes that refuses what does not fit, and tells of room when it is nearly empty. */
import { fileURLToPath } from "node:url"
import test from "ava"
import { build } from "esbuild"
import type { ConsolePort } from "../../../src/console/port"

const FIFO_BYTES = 128
const HOST = fileURLToPath(new URL("../../../hosts/esp32/uart-console.ts", import.meta.url))

interface SerialOptions {
  target: unknown
  port: number
  onReadable(this: Serial): void
  onWritable(this: Serial, bytes: number): void
}

/** The one that was made last. */
let serial: Serial
class Serial {
  readonly target: unknown
  readonly options: SerialOptions
  sent = ""
  isClosed = false
  private inFifo = 0
  private came: ArrayBuffer | undefined

  constructor(options: SerialOptions) {
    this.options = options
    this.target = options.target
    serial = this
  }
  write(bytes: Uint8Array): void {
    if (bytes.length > FIFO_BYTES - this.inFifo) throw new Error("output full")
    this.inFifo += bytes.length
    this.sent += Buffer.from(bytes).toString("latin1")
  }
  read(): ArrayBuffer | undefined {
    const came = this.came
    this.came = undefined
    return came
  }
  close(): void {
    this.isClosed = true
  }

  /** The line carries so many bytes; the interrupt comes when ten or fewer are left. */
  carry(count: number): void {
    this.inFifo = Math.max(0, this.inFifo - count)
    if (this.inFifo <= 10) this.options.onWritable.call(this, FIFO_BYTES - this.inFifo)
  }
  come(text: string): void {
    this.came = new TextEncoder().encode(text).buffer as ArrayBuffer
    this.options.onReadable.call(this)
  }
}
;(globalThis as unknown as { SerialModel: typeof Serial }).SerialModel = Serial

const bundle = await build({
  entryPoints: [HOST],
  bundle: true,
  format: "esm",
  write: false,
  plugins: [
    {
      name: "moddable",
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /^embedded:/ }, ({ path }) => ({ path, namespace: "moddable" }))
        onLoad({ filter: /./, namespace: "moddable" }, () => ({
          contents: "export default globalThis.SerialModel",
        }))
      },
    },
  ],
})
const code = Buffer.from(bundle.outputFiles[0]?.contents ?? []).toString("base64")
const { UartConsole } = (await import(`data:text/javascript;base64,${code}`)) as {
  UartConsole: new (wiring: { port: number; transmit: number; receive: number; baud: number }) => ConsolePort
}

function opened() {
  const reader = {
    read: "",
    writable: 0,
    onReadable(bytes: Uint8Array) {
      reader.read += Buffer.from(bytes).toString("latin1")
    },
    onWritable() {
      reader.writable++
    },
  }
  const link = new UartConsole({ port: 0, transmit: 1, receive: 3, baud: 115_200 }).open(reader)
  return { reader, link, serial }
}

test("nothing is written before the FIFO has told its room, then as much as fits, never more", (t) => {
  const { link, reader, serial } = opened()
  const bytes = new Uint8Array(300).fill(0x61)
  t.is(link.write(bytes, 0, 300), 0)
  serial.carry(0)
  t.is(reader.writable, 1)
  t.is(link.write(bytes, 0, 100), 100)
  t.is(link.write(bytes, 100, 300), 28)
  t.is(link.write(bytes, 128, 300), 0)
  serial.carry(60)
  t.is(link.write(bytes, 128, 300), 0, "it has not told yet")
  serial.carry(60)
  t.is(link.write(bytes, 128, 300), 120)
  t.is(serial.sent.length, 248)
})

test("what comes reaches the reader, and the bytes that are meant are written", (t) => {
  const { link, reader, serial } = opened()
  serial.come("help\r")
  t.is(reader.read, "help\r")
  serial.carry(0)
  link.write(new TextEncoder().encode("0123456789"), 2, 5)
  t.is(serial.sent, "234")
  link.close()
  t.true(serial.isClosed)
})
