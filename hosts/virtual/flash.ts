/**
 * A partition of NOR flash (ECMA-419 embedded:storage/flash): erasing sets a block to 0xff, writing only clears bits, and
 * goes in aligned words. Blocks wear, and go bad in ways that have names; a power cut (power.ts) leaves half-done work.
 */
import type { Flash, FlashStorage } from "../../src/io"
import { Chance } from "./chance"
import { OpenFlash } from "./open-flash"
import { PowerSupply } from "./power"

/** 1 MB in blocks of 4 KB, unless told otherwise. */
export const FLASH_BYTES = 1 << 20
export const FLASH_BLOCK_BYTES = 4096
export const FLASH_WRITE_ALIGN = 4
const ERASED = 0xff
/** Where a write is torn, this many bytes may have begun to clear. */
const HALF_CLEARED_BYTES = 4
const BITS_PER_BYTE = 8

/** What a bad block does. */
export const FlashFault = {
  /** A write throws, with some of its first bytes programmed. */
  programError: "programError",
  /** An erase throws, with the block's first half erased. */
  eraseError: "eraseError",
  /** Writes and erases do nothing and say nothing. */
  silentNoOp: "silentNoOp",
  /** A read that touches the block throws. */
  readError: "readError",
  /** One bit of the block keeps its level. */
  stuckBit: "stuckBit",
} as const
export type FlashFault = (typeof FlashFault)[keyof typeof FlashFault]

export interface StuckBit {
  /** Within the block; bit 0 is the lowest of its first byte. */
  bit: number
  level: 0 | 1
}

export interface FlashGeometry {
  /** Bytes. */
  size?: number
  blockLength?: number
  writeAlign?: number
}
export interface VirtualFlashOptions extends FlashGeometry {
  /** As `image` gave it; erased when left out. */
  image?: Uint8Array | undefined
  power?: PowerSupply
}

export class VirtualFlash implements FlashStorage {
  /** The chip's content; it outlives whoever has it open. */
  readonly bytes: Uint8Array
  /** Wear: how often each block's erase began. */
  readonly erases: Uint32Array
  readonly geometry: Required<FlashGeometry>
  /** The partition table has none of it. */
  isMissing = false
  readonly #power: PowerSupply
  readonly #faults = new Map<number, { fault: FlashFault; stuck: StuckBit }>()
  readonly #chance = new Chance(0)

  /** @throws RangeError for a size that is not whole blocks, blocks that are not whole words, or an image of another size. */
  constructor(options: VirtualFlashOptions = {}) {
    const { size = FLASH_BYTES, blockLength = FLASH_BLOCK_BYTES, writeAlign = FLASH_WRITE_ALIGN } = options
    if (!(size > 0 && size % blockLength === 0 && blockLength % writeAlign === 0)) {
      throw new RangeError(
        `flash: ${size} bytes in blocks of ${blockLength}, written by ${writeAlign}, do not fit`,
      )
    }
    this.geometry = { size, blockLength, writeAlign }
    this.bytes = new Uint8Array(size)
    this.erases = new Uint32Array(size / blockLength)
    this.#power = options.power ?? new PowerSupply()
    this.bytes.fill(ERASED, 0, blockLength)
    for (let filled = blockLength; filled < size; filled *= 2) this.bytes.copyWithin(filled, 0, filled)
    if (options.image) this.load(options.image)
  }

  open({ path }: { path: string }): Flash {
    this.check()
    return new OpenFlash(path, this)
  }

  /** A copy of the content. */
  image(): Uint8Array {
    return this.bytes.slice()
  }
  /** Another chip's content in place of this one's; wear and faults stay. @throws RangeError when it has another size. */
  load(image: Uint8Array): void {
    if (image.length !== this.bytes.length) {
      throw new RangeError(`flash: an image of ${image.length} bytes for ${this.bytes.length}`)
    }
    this.bytes.set(image)
    for (const block of this.#faults.keys()) this.#holdStuckBit(block)
  }

  /** The block goes bad, in place of a fault that it had; undefined mends it. What it holds stays. */
  setFault(block: number, fault: FlashFault | undefined, stuck: StuckBit = { bit: 0, level: 1 }): void {
    if (!(block in this.erases)) throw new RangeError(`flash: no block ${block}`)
    if (!(stuck.bit >= 0 && stuck.bit < this.geometry.blockLength * BITS_PER_BYTE)) {
      throw new RangeError(`flash: no bit ${stuck.bit} in a block`)
    }
    if (!fault) this.#faults.delete(block)
    else this.#faults.set(block, { fault, stuck })
    this.#holdStuckBit(block)
  }

  // What the chip does once a request is known to be sound (open-flash.ts).

  /** @throws PowerCut while power is off, Error while there is no partition. */
  check(): void {
    this.#power.check()
    if (this.isMissing) throw new Error("flash: no such partition")
  }

  read(buffer: Uint8Array, offset: number): void {
    const { blockLength } = this.geometry
    const end = offset + buffer.byteLength
    for (let block = Math.floor(offset / blockLength); block * blockLength < end; block++) {
      if (this.#fault(block) === FlashFault.readError) throw new Error(`flash: read failed in block ${block}`)
    }
    buffer.set(this.bytes.subarray(offset, end))
  }

  program(buffer: Uint8Array, offset: number): void {
    this.#power.operate(
      () => this.#clear(buffer, offset),
      (seed, chance) => this.#clear(torn(buffer, seed, chance), offset),
    )
  }

  erase(block: number): void {
    this.#power.operate(
      () => this.#erase(block),
      (_seed, chance) => this.#erasePart(block, chance),
    )
  }

  /** Block by block, up to the first that fails. */
  #clear(buffer: Uint8Array, offset: number): void {
    const { blockLength } = this.geometry
    for (let from = 0; from < buffer.byteLength; ) {
      const block = Math.floor((offset + from) / blockLength)
      const to = Math.min(buffer.byteLength, (block + 1) * blockLength - offset)
      const fault = this.#fault(block)
      const isFailing = fault === FlashFault.programError
      const end = isFailing ? from + this.#chance.below(to - from) : to
      if (fault !== FlashFault.silentNoOp) {
        for (let at = from; at < end; at++) {
          this.bytes[offset + at] = (this.bytes[offset + at] as number) & (buffer[at] as number)
        }
      }
      this.#holdStuckBit(block)
      if (isFailing) throw new Error(`flash: write failed in block ${block}`)
      from = to
    }
  }

  #erase(block: number): void {
    this.erases[block] = (this.erases[block] as number) + 1
    const fault = this.#fault(block)
    if (fault === FlashFault.silentNoOp) return
    const { blockLength } = this.geometry
    const isFailing = fault === FlashFault.eraseError
    const start = block * blockLength
    this.bytes.fill(ERASED, start, start + (isFailing ? blockLength / 2 : blockLength))
    this.#holdStuckBit(block)
    if (isFailing) throw new Error(`flash: erase failed in block ${block}`)
  }

  /** From its beginning or from anywhere, to its end or to anywhere; in the rest, some bits may be set already. */
  #erasePart(block: number, chance: Chance): void {
    this.erases[block] = (this.erases[block] as number) + 1
    if (this.#fault(block) === FlashFault.silentNoOp) return
    const { blockLength } = this.geometry
    const start = block * blockLength
    const from = chance.coin() ? 0 : 1 + chance.below(blockLength - 1)
    const to = from > 0 && chance.coin() ? blockLength : from + chance.below(blockLength - from)
    if (chance.coin()) {
      for (let at = start; at < start + blockLength; at++) {
        this.bytes[at] = (this.bytes[at] as number) | (chance.byte() & chance.byte())
      }
    }
    this.bytes.fill(ERASED, start + from, start + to)
    this.#holdStuckBit(block)
  }

  #fault(block: number): FlashFault | undefined {
    return this.#faults.get(block)?.fault
  }

  #holdStuckBit(block: number): void {
    const bad = this.#faults.get(block)
    if (bad?.fault !== FlashFault.stuckBit) return
    const { bit, level } = bad.stuck
    const at = block * this.geometry.blockLength + Math.floor(bit / BITS_PER_BYTE)
    const mask = 1 << (bit % BITS_PER_BYTE)
    this.bytes[at] = ((this.bytes[at] as number) & ~mask) | (level * mask)
  }
}

/** As much of a write as power was there for: a prefix, then bytes of which some bits clear. */
function torn(buffer: Uint8Array, seed: number, chance: Chance): Uint8Array {
  const prefix = seed % buffer.byteLength
  const programmed = buffer.slice(0, Math.min(buffer.byteLength, prefix + HALF_CLEARED_BYTES))
  for (let at = prefix; at < programmed.length; at++) {
    programmed[at] = (programmed[at] as number) | chance.byte()
  }
  return programmed
}
