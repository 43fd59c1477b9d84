/**
 * Brings a firmware to a device: asks, waits for the wearer's press, sends the image, and sees that the new firmware settles. One for each image; after a
 * lost link it goes on at the byte where the device is.
 */
import { decode, encode, type Values } from "../../src/ble/fields"
import { PATELLA } from "../../src/ble/profile"
import {
  UPDATE_ABORT,
  UPDATE_BEGIN,
  UPDATE_DATA,
  UPDATE_FINISH,
  UPDATE_STATUS,
  UpdateRefusal,
  UpdateState,
} from "../../src/ble/update-layouts"
import type { FirmwareImage } from "./firmware-image"
import type { GattTransport } from "./gatt-transport"
import type { Wait } from "./notification-inbox"

const UPDATE = PATELLA.characteristics.update.uuid
const ASK_EVERY_MS = 500
/** Longer than a device asks its wearer, checks an image, or tries a new firmware. */
const LIMIT_MS = 90_000
/** In a row, without a byte more. */
const TRIES = 3

export type UpdateStatus = Values<typeof UPDATE_STATUS>

export interface UpdateProgress {
  /** `press`: the wearer is asked to press the button. `trial`: the new firmware runs, and sees whether all is well. */
  phase: "press" | "sending" | "checking" | "trial"
  bytesDone: number
  bytesTotal: number
}

export interface FirmwareUpdateOptions {
  image: FirmwareImage
  wait: Wait
  progress?: (progress: UpdateProgress) => void
}

/** What a device's reason means to whoever updates it. */
const REASONS: Readonly<Record<number, string>> = {
  [UpdateRefusal.noSlots]: "this board takes no update",
  [UpdateRefusal.onTrial]: "its firmware is new and still on trial: try again in a minute",
  [UpdateRefusal.batteryLow]: "its battery has 30 % or less: charge it first",
  [UpdateRefusal.runOpen]: "it records a run: try again when that is over",
  [UpdateRefusal.tooLarge]: "the image is larger than its slot",
  [UpdateRefusal.cannotAsk]: "it cannot ask the wearer now",
  [UpdateRefusal.notPressed]: "nobody pressed its button within half a minute",
  [UpdateRefusal.notAnImage]: "what came is no image",
  [UpdateRefusal.otherChip]: "the image is for another chip",
  [UpdateRefusal.notPatella]: "the image is not Patella's",
  [UpdateRefusal.otherVersion]: "the image has another version than was told",
  [UpdateRefusal.crcDiffers]: "the image did not arrive as it was sent",
  [UpdateRefusal.checkFailed]: "the image is damaged",
  [UpdateRefusal.slotFailed]: "its flash cannot be written",
  [UpdateRefusal.silent]: "nothing came for five minutes",
  [UpdateRefusal.aborted]: "it was given up",
}

export class FirmwareUpdate {
  readonly #options: FirmwareUpdateOptions
  #isAborted = false

  constructor(options: FirmwareUpdateOptions) {
    this.#options = options
  }

  /** Ends run() at the next request; the device gives the image up. */
  abort(): void {
    this.#isAborted = true
  }

  /**
   * Up to where the device starts anew, a few seconds after this returns; then settle(). @returns false when it was aborted
   * @throws Error saying why the device takes none, and what the transport throws: when the link was lost, call it again with the next connection
   */
  async run(transport: GattTransport): Promise<boolean> {
    const { image } = this.#options
    this.#isAborted = false
    await transport.write(UPDATE, encode(UPDATE_BEGIN, { byteLength: image.bytes.length, ...parts(image) }))
    let status = await this.#until(transport, "press", UpdateState.asked)
    for (let tries = TRIES; status.state === UpdateState.receiving; ) {
      const before = status.offset
      status = await this.#send(transport, status)
      if (this.#isAborted) {
        await transport.write(UPDATE, encode(UPDATE_ABORT, {}))
        return false
      }
      if (status.offset > before) tries = TRIES
      else if (--tries === 0) throw new Error("update: the device takes no more of the image")
    }
    await this.#until(transport, "checking", UpdateState.checking)
    return true
  }

  /** The device has started anew and this is a connection to it. @throws Error when it runs another firmware than the image */
  async settle(transport: GattTransport, firmware: string): Promise<void> {
    const { version } = this.#options.image
    if (firmware !== version)
      throw new Error(`update: the device runs ${firmware}: ${version} did not work, and it has gone back`)
    await this.#until(transport, "trial", UpdateState.onTrial)
  }

  /** From where the device is, to the end or the first that it does not take. @returns where it is then */
  async #send(transport: GattTransport, { offset, dataBytes }: UpdateStatus): Promise<UpdateStatus> {
    const { bytes } = this.#options.image
    const head = encode(UPDATE_DATA, { offset: 0 })
    const request = new Uint8Array(head.length + dataBytes)
    try {
      for (let at = offset; at < bytes.length && !this.#isAborted; ) {
        const end = Math.min(bytes.length, at + dataBytes)
        request.set(encode(UPDATE_DATA, { offset: at }))
        request.set(bytes.subarray(at, end), head.length)
        await transport.write(UPDATE, request.slice(0, head.length + end - at))
        at = end
        this.#tell("sending", at)
      }
      if (!this.#isAborted) await transport.write(UPDATE, encode(UPDATE_FINISH, {}))
    } catch (error) {
      // The device says where it is.
      if (!transport.connected) throw error
    }
    const status = await read(transport)
    if (status.state === UpdateState.refused) throw refusal(status)
    return status
  }

  /** Asks until the state is another than `state`. @throws Error when the device refuses, or does not come to an end */
  async #until(
    transport: GattTransport,
    phase: UpdateProgress["phase"],
    state: UpdateState,
  ): Promise<UpdateStatus> {
    for (let waitedMs = 0; waitedMs <= LIMIT_MS; waitedMs += ASK_EVERY_MS) {
      const status = await read(transport)
      if (status.state === UpdateState.refused) throw refusal(status)
      if (status.state !== state) return status
      this.#tell(phase, status.offset)
      await this.#options.wait(ASK_EVERY_MS)
    }
    throw new Error(`update: the device is not done with it after ${LIMIT_MS} ms`)
  }

  #tell(phase: UpdateProgress["phase"], bytesDone: number): void {
    this.#options.progress?.({ phase, bytesDone, bytesTotal: this.#options.image.bytes.length })
  }
}

async function read(transport: GattTransport): Promise<UpdateStatus> {
  return decode(UPDATE_STATUS, await transport.read(UPDATE))
}

function parts({ crc, major, minor, patch }: FirmwareImage) {
  return { crc, major, minor, patch }
}

function refusal({ state, reason }: UpdateStatus): Error {
  const why = REASONS[reason] ?? `state ${state}, reason ${reason}`
  return new Error(`update: the device takes none: ${why}`)
}
