/**
 * ECMA-419 storage of the ESP32 as the seam has it (src/io.ts). Key-value is the chip's NVS: a path or key has at most
 * 15 characters (ESP-IDF, "Non-Volatile Storage Library", keys and values). Flash is a data partition, by its label.
 */

import FlashStorage from "embedded:storage/flash"
import KeyValueStorage from "embedded:storage/key-value"
import { constant } from "../../src/constant"
import type * as seam from "../../src/io"

/** NVS reads undefined for a key that is not there, and bytes with format "buffer": the SDK's types cannot say so. */
export const keyValue = KeyValueStorage as unknown as seam.KeyValueStorage

/** ESP-IDF writes any number of bytes anywhere in a partition that is not encrypted; the SDK leaves it out of status(). */
const WRITE_ALIGN_BYTES = 1

class PartitionFlash implements seam.Flash {
  readonly #partition: ReturnType<typeof FlashStorage.open>

  constructor(path: string) {
    this.#partition = FlashStorage.open({ path })
  }

  read(buffer: Uint8Array, byteOffset: number): void {
    this.#partition.read(buffer, byteOffset)
  }
  write(buffer: Uint8Array, byteOffset: number): void {
    this.#partition.write(buffer, byteOffset)
  }
  eraseBlock(block: number): void {
    this.#partition.eraseBlock(block)
  }
  status(): { size: number; blockLength: number; blocks: number; writeAlign: number } {
    const { size, blockLength, blocks } = this.#partition.status()
    return { size, blockLength, blocks, writeAlign: WRITE_ALIGN_BYTES }
  }
  close(): void {
    this.#partition.close()
  }
}

export const flash: seam.FlashStorage = constant({
  open: ({ path }) => new PartitionFlash(path),
})
