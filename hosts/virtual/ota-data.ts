/**
 * The partition "otadata": two entries, in a sector each, that say which slot starts next and how far its image is trusted. Sources: ESP-IDF,
 * "Over The Air Updates"; esp_flash_partitions.h (esp_ota_select_entry_t), bootloader_common.c.
 */
import { crcOf } from "../../src/storage/crc32"
import { FLASH_BLOCK_BYTES, VirtualFlash } from "./flash"
import type { PowerSupply } from "./power"

export const OtaState = {
  new: 0,
  pendingVerify: 1,
  valid: 2,
  invalid: 3,
  aborted: 4,
  undefined: 0xffffffff,
} as const
export type OtaState = (typeof OtaState)[keyof typeof OtaState]

export interface OtaEntry {
  /** Slot (sequence − 1) mod 2; the larger counts. */
  readonly sequence: number
  readonly state: number
  /** As stored. */
  readonly crc: number
  /** Its CRC is right; that of a sector that was erased, or torn, is not. */
  readonly isSound: boolean
  /** Erased or given up, whatever its CRC. */
  readonly isPassedOver: boolean
}

const ENTRIES = 2
const ENTRY_BYTES = 32
const STATE_AT = 24
const CRC_AT = 28
const SEQUENCE_BYTES = 4
const ERASED = 0xffffffff

export class OtaData {
  readonly #flash: VirtualFlash

  /** As a board has it whose first slot was flashed and has run. */
  constructor(power: PowerSupply) {
    this.#flash = new VirtualFlash({ size: ENTRIES * FLASH_BLOCK_BYTES, power })
    this.#flash.bytes.set(bytesOf(1, OtaState.valid))
  }

  entry(index: number): OtaEntry {
    const bytes = new Uint8Array(ENTRY_BYTES)
    this.#flash.open({ path: "otadata" }).read(bytes, index * FLASH_BLOCK_BYTES)
    const view = new DataView(bytes.buffer)
    const sequence = view.getUint32(0, true)
    const state = view.getUint32(STATE_AT, true)
    const crc = view.getUint32(CRC_AT, true)
    return {
      sequence,
      state,
      crc,
      isPassedOver: sequence === ERASED || state === OtaState.invalid || state === OtaState.aborted,
      isSound: sequence !== ERASED && crc === crcOfSequence(bytes),
    }
  }

  /** The entry that decides what starts: sound, not given up, and the newer of two; −1: there is none. */
  get active(): number {
    const [first, second] = [this.entry(0), this.entry(1)]
    if (isUsable(first) && isUsable(second)) return first.sequence >= second.sequence ? 0 : 1
    if (isUsable(first)) return 0
    return isUsable(second) ? 1 : -1
  }

  /** Erases the entry's sector, and writes it. */
  write(index: number, sequence: number, state: number): void {
    const flash = this.#flash.open({ path: "otadata" })
    flash.eraseBlock(index)
    flash.write(bytesOf(sequence, state), index * FLASH_BLOCK_BYTES)
  }

  /** How far the image in `slot` is trusted; undefined when nothing is written of it. */
  stateOf(slot: number): number | undefined {
    for (const entry of [this.entry(0), this.entry(1)])
      if (entry.isSound && slotOf(entry) === slot) return entry.state
    return undefined
  }

  /** `slot` is to start next, on trial. */
  choose(slot: number): void {
    const active = this.active
    if (active < 0) {
      this.write(0, slot + 1, OtaState.new)
      return
    }
    const { sequence } = this.entry(active)
    const least = (slot + 1) % ENTRIES
    const rounds = Math.max(0, Math.ceil((sequence - least) / ENTRIES))
    this.write(1 - active, least + rounds * ENTRIES, OtaState.new)
  }
}

export function slotOf({ sequence }: OtaEntry): number {
  return (sequence - 1) % ENTRIES
}

function isUsable({ isSound, isPassedOver }: OtaEntry): boolean {
  return isSound && !isPassedOver
}

function bytesOf(sequence: number, state: number): Uint8Array {
  const bytes = new Uint8Array(ENTRY_BYTES).fill(0xff)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, sequence, true)
  view.setUint32(STATE_AT, state, true)
  view.setUint32(CRC_AT, crcOfSequence(bytes), true)
  return bytes
}

/** esp_rom_crc32_le(UINT32_MAX, …): begins at 0 where CRC-32 begins with its complement. */
function crcOfSequence(bytes: Uint8Array): number {
  return ~crcOf(0, bytes, 0, SEQUENCE_BYTES) >>> 0
}
