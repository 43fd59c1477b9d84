/**
 * The RV32IMC core with its XS (hosts/rv32): orders in, answers out, one after the other (hosts/rv32/main.c says which).
 */
import { CoreProcess } from "./core-process"

const HEADER_BYTES = 5
/** hosts/rv32/main.c. */
export const Order = {
  evaluate: "e",
  seal: "s",
  board: "b",
  firmware: "f",
  samples: "m",
  orientation: "o",
  laps: "l",
  profile: "p",
  collect: "c",
  heap: "h",
  quit: "q",
} as const
const STATUS = { ok: ".", failed: "!", printed: "p" } as const
const LAP_INTS = 6

export interface Lap {
  /** FirmwareCall or MotionLap (hosts/rv32/calls.ts). */
  kind: number
  instructions: number
  slots: number
  chunkBytes: number
  softFloats: number
  collections: number
}

/** The firmware's machine; slots have 16 bytes. */
export interface CoreHeap {
  slots: number
  chunkBytes: number
  peakSlots: number
  peakChunkBytes: number
  stackSlots: number
  stackLimit: number
  tableBytes: number
  reservedBytes: number
  collections: number
}

interface Waiting {
  resolve(payload: Uint8Array): void
  reject(error: Error): void
}

export class Rv32Core {
  readonly #process: CoreProcess
  readonly #waiting: Waiting[] = []
  readonly #print: (line: string) => void
  #received = Buffer.alloc(0)
  #ended: Error | undefined

  constructor(print: (line: string) => void = (line) => process.stderr.write(`${line}\n`)) {
    this.#print = print
    this.#process = new CoreProcess(
      (chunk) => this.#take(chunk),
      (error) => this.#end(error),
    )
  }

  /** Puts a bundle into what stands for flash, and makes the board's machine and the firmware's, which has so much RAM. */
  async load(bundle: string, firmwareBytes: number): Promise<void> {
    await this.order(Order.evaluate, Buffer.from(bundle))
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(firmwareBytes)
    await this.order(Order.seal, bytes)
  }

  /** @throws Error with the guest's own words when it fails. */
  order(
    letter: (typeof Order)[keyof typeof Order],
    payload: Uint8Array = new Uint8Array(0),
  ): Promise<Uint8Array> {
    if (this.#ended) return Promise.reject(this.#ended)
    const header = Buffer.alloc(HEADER_BYTES)
    header.write(letter, "latin1")
    header.writeUInt32LE(payload.length, 1)
    this.#process.write(Buffer.concat([header, payload]))
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }))
  }

  /** What was metered since it was last asked. */
  async laps(): Promise<Lap[]> {
    const payload = await this.order(Order.laps)
    const view = new DataView(payload.buffer, payload.byteOffset, payload.length)
    const laps: Lap[] = []
    for (let at = 0; at < payload.length; at += LAP_INTS * 4) {
      const int = (index: number) => view.getInt32(at + index * 4, true)
      laps.push({
        kind: int(0),
        instructions: view.getUint32(at + 4, true),
        slots: int(2),
        chunkBytes: int(3),
        softFloats: int(4),
        collections: int(5),
      })
    }
    return laps
  }

  async heap(): Promise<CoreHeap> {
    return JSON.parse(Buffer.from(await this.order(Order.heap)).toString()) as CoreHeap
  }

  async close(): Promise<void> {
    if (!this.#ended) await this.order(Order.quit).catch(() => {})
    this.#process.close()
  }

  #take(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk])
    for (;;) {
      if (this.#received.length < HEADER_BYTES) return
      const end = HEADER_BYTES + this.#received.readUInt32LE(1)
      if (this.#received.length < end) return
      const status = String.fromCharCode(this.#received[0] as number)
      const payload = this.#received.subarray(HEADER_BYTES, end)
      this.#received = this.#received.subarray(end)
      if (status === STATUS.printed) this.#print(payload.toString())
      else if (status === STATUS.ok) this.#waiting.shift()?.resolve(payload)
      else this.#waiting.shift()?.reject(new Error(`RV32 core: ${payload.toString()}`))
    }
  }

  #end(error: Error): void {
    this.#ended ??= error
    for (const { reject } of this.#waiting.splice(0)) reject(error)
  }
}
