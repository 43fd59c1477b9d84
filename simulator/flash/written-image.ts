/** An image of the runs' partition that the firmware's own log writes: an array that stands for the flash, and a key-value storage that keeps nothing. */
import { divide } from "../../src/storage/flash-layout"
import { RecordWriter } from "../../src/storage/flash-record"
import { RunArchive } from "../../src/storage/run-archive"
import { BLOCK_BYTES } from "./image"

/** 1 MB. */
export const IMAGE_BLOCKS = 256
const WRITE_ALIGN = 4
const ERASED = 0xff

type Flash = ConstructorParameters<typeof RecordWriter>[0]
type KeyValue = ConstructorParameters<typeof RunArchive>[2]
/** Nothing is counted as lost. */
const NOTHING: KeyValue = {
  open: () => ({ read: () => undefined, write: () => {}, delete: () => {}, close: () => {} }),
}

export class WrittenImage {
  readonly bytes: Uint8Array
  readonly writer: RecordWriter
  readonly regions = divide(IMAGE_BLOCKS)
  readonly archive: RunArchive

  /** @param bytes of an image that is written on, in place; without it the flash is erased */
  constructor(bytes = new Uint8Array(IMAGE_BLOCKS * BLOCK_BYTES).fill(ERASED)) {
    this.bytes = bytes
    this.writer = new RecordWriter(flashOf(bytes))
    this.archive = new RunArchive(this.writer, this.regions.archive, NOTHING)
  }
}

function flashOf(bytes: Uint8Array): Flash {
  return {
    read: (into, at) => into.set(bytes.subarray(at, at + into.length)),
    write: (from, at) => {
      for (let index = 0; index < from.length; index++)
        bytes[at + index] = (bytes[at + index] as number) & (from[index] as number)
    },
    eraseBlock: (block) => {
      bytes.fill(ERASED, block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES)
    },
    status: () => ({
      size: bytes.length,
      blockLength: BLOCK_BYTES,
      blocks: IMAGE_BLOCKS,
      writeAlign: WRITE_ALIGN,
    }),
    close: () => {},
  }
}
