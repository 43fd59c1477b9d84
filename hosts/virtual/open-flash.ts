/** An opened flash: holds requests against the partition's bounds and alignment, and hands sound ones to the chip (flash.ts). */
import type { Flash } from "../../src/io"

/** What the chip itself does. */
interface Chip {
  readonly geometry: { readonly size: number; readonly blockLength: number; readonly writeAlign: number }
  check(): void
  read(buffer: Uint8Array, offset: number): void
  program(buffer: Uint8Array, offset: number): void
  erase(block: number): void
}

export class OpenFlash implements Flash {
  readonly #path: string
  readonly #chip: Chip
  #isOpen = true

  constructor(path: string, chip: Chip) {
    this.#path = path
    this.#chip = chip
  }

  read(buffer: Uint8Array, byteOffset: number): void {
    this.#check("read", byteOffset, buffer.byteLength)
    this.#chip.read(buffer, byteOffset)
  }

  write(buffer: Uint8Array, byteOffset: number): void {
    this.#check("write", byteOffset, buffer.byteLength)
    const { writeAlign } = this.#chip.geometry
    if (byteOffset % writeAlign !== 0 || buffer.byteLength % writeAlign !== 0) {
      const what = `${buffer.byteLength} bytes at ${byteOffset}`
      throw new RangeError(`flash "${this.#path}": write of ${what} is not aligned to ${writeAlign}`)
    }
    if (buffer.byteLength > 0) this.#chip.program(buffer, byteOffset)
  }

  eraseBlock(block: number): void {
    const { blockLength } = this.#chip.geometry
    this.#check("erase", block * blockLength, blockLength)
    if (!Number.isInteger(block)) throw new RangeError(`flash "${this.#path}": no block ${block}`)
    this.#chip.erase(block)
  }

  status(): ReturnType<Flash["status"]> {
    this.#chip.check()
    const { size, blockLength, writeAlign } = this.#chip.geometry
    return { size, blockLength, blocks: size / blockLength, writeAlign }
  }

  close(): void {
    this.#isOpen = false
  }

  #check(what: string, start: number, length: number): void {
    const { size } = this.#chip.geometry
    this.#chip.check()
    if (!this.#isOpen) throw new Error(`flash "${this.#path}": closed`)
    if (!Number.isInteger(start) || start < 0 || start + length > size) {
      throw new RangeError(
        `flash "${this.#path}": ${what} of ${length} bytes at ${start} is outside its ${size} bytes`,
      )
    }
  }
}
