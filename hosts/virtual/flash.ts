/**
 * A partition of NOR flash (ECMA-419 embedded:storage/flash): erasing sets a block to 0xff, writing only clears bits, and
 * goes in aligned words. 1 MB in blocks of 4 KB.
 */
import type { Flash, FlashStorage } from "../../src/board"

export const FLASH_BYTES = 1 << 20
export const FLASH_BLOCK_BYTES = 4096
export const FLASH_WRITE_ALIGN = 4
const ERASED = 0xff

export class VirtualFlash implements FlashStorage {
  /** The chip's content; it outlives whoever has it open. */
  readonly bytes = new Uint8Array(FLASH_BYTES)

  constructor() {
    this.bytes.fill(ERASED, 0, FLASH_BLOCK_BYTES)
    for (let filled = FLASH_BLOCK_BYTES; filled < FLASH_BYTES; filled *= 2)
      this.bytes.copyWithin(filled, 0, filled)
  }

  open({ path }: { path: string }): Flash {
    const content = this.bytes
    let isOpen = true
    const check = (what: string, start: number, length: number): void => {
      if (!isOpen) throw new Error(`flash "${path}": closed`)
      if (!Number.isInteger(start) || start < 0 || start + length > FLASH_BYTES) {
        throw new RangeError(
          `flash "${path}": ${what} of ${length} bytes at ${start} is outside its ${FLASH_BYTES} bytes`,
        )
      }
    }
    return {
      read(buffer, byteOffset) {
        check("read", byteOffset, buffer.byteLength)
        buffer.set(content.subarray(byteOffset, byteOffset + buffer.byteLength))
      },
      write(buffer, byteOffset) {
        check("write", byteOffset, buffer.byteLength)
        if (byteOffset % FLASH_WRITE_ALIGN !== 0 || buffer.byteLength % FLASH_WRITE_ALIGN !== 0) {
          const what = `${buffer.byteLength} bytes at ${byteOffset}`
          throw new RangeError(`flash "${path}": write of ${what} is not aligned to ${FLASH_WRITE_ALIGN}`)
        }
        for (let at = 0; at < buffer.byteLength; at++) {
          content[byteOffset + at] = (content[byteOffset + at] as number) & (buffer[at] as number)
        }
      },
      eraseBlock(block) {
        check("erase", block * FLASH_BLOCK_BYTES, FLASH_BLOCK_BYTES)
        content.fill(ERASED, block * FLASH_BLOCK_BYTES, (block + 1) * FLASH_BLOCK_BYTES)
      },
      status: () => ({
        size: FLASH_BYTES,
        blockLength: FLASH_BLOCK_BYTES,
        blocks: FLASH_BYTES / FLASH_BLOCK_BYTES,
        writeAlign: FLASH_WRITE_ALIGN,
      }),
      close() {
        isOpen = false
      },
    }
  }
}
