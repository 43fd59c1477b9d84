/**
 * The two slots for the firmware, and the boot loader that chooses between them, after ESP-IDF's with rollback: esp_ota_ops.c (sequential writes),
 * bootloader_utility.c. All that they change goes over the board's supply, operation by operation (power.ts).
 */
import type { UpdateSlots, UpdateWriter } from "../../src/update/port"
import { FLASH_BLOCK_BYTES, VirtualFlash } from "./flash"
import { OtaData, OtaState, slotOf } from "./ota-data"
import { type ImageInfo, imageRefused, infoOf } from "./ota-image"
import type { PowerSupply } from "./power"

/** hosts/esp32/xiao_esp32c3/partitions.csv. */
export const SLOT_BYTES = 0x170000
const SLOTS = 2

export interface SlotsOptions {
  /** Of a slot. */
  slotBytes?: number
  /** esp_chip_id_t. */
  chip: number
  /** major.minor.patch of what the first slot holds. */
  version: string
}

export class VirtualSlots {
  readonly otadata: OtaData
  readonly #options: Required<SlotsOptions>
  readonly #power: PowerSupply
  /** Made when they are first written: few boards are ever updated. */
  readonly #flashes: (VirtualFlash | undefined)[] = []
  /** What a slot was last found to hold, until it is written. The first holds a whole image, of which nothing more is told. */
  readonly #found: ({ info: ImageInfo | undefined } | undefined)[]
  #running = 0

  constructor(options: SlotsOptions, power: PowerSupply) {
    this.#options = { slotBytes: SLOT_BYTES, ...options }
    this.#power = power
    this.otadata = new OtaData(power)
    this.#found = [{ info: { version: options.version, behaviour: "well" } }]
  }

  /** The slot that the boot loader started last. */
  get running(): number {
    return this.#running
  }

  /** The slot that it will start next. */
  get next(): number {
    const { active } = this.otadata
    return active < 0 ? 0 : slotOf(this.otadata.entry(active))
  }

  /**
   * What the boot loader does at each start of the processor. @returns what it starts, or undefined when neither slot holds a whole image. @throws PowerCut
   */
  boot(): ImageInfo | undefined {
    const { otadata } = this
    for (const index of [0, 1]) {
      const entry = otadata.entry(index)
      // The one that was tried did not confirm itself. The boot loader does not look at the CRC here.
      if (entry.state === OtaState.pendingVerify) otadata.write(index, entry.sequence, OtaState.aborted)
    }
    const active = otadata.active
    let first = 0
    if (active >= 0) {
      const entry = otadata.entry(active)
      first = slotOf(entry)
      if (entry.state === OtaState.new) otadata.write(active, entry.sequence, OtaState.pendingVerify)
    }
    const entries = [otadata.entry(0), otadata.entry(1)]
    const isUnused = entries.every(({ isSound, isPassedOver }) => isPassedOver && !isSound)
    for (const slot of first === 0 ? [0, 1] : [1, 0]) {
      const info = this.holds(slot)
      if (!info) continue
      if (isUnused) otadata.write(0, slot + 1, OtaState.valid)
      this.#running = slot
      return info
    }
    return undefined
  }

  /** The whole image in `slot`; undefined when there is none. */
  holds(slot: number): ImageInfo | undefined {
    const found = this.#found[slot]
    if (found) return found.info
    const { chip } = this.#options
    const bytes = this.#flashes[slot]?.bytes
    const info = bytes && imageRefused(bytes, chip) === undefined ? infoOf(bytes) : undefined
    this.#found[slot] = { info }
    return info
  }

  /** What the firmware gets. @param restart the processor starts anew */
  portOf(restart: () => void): UpdateSlots {
    const slots = this
    const { slotBytes, chip } = this.#options
    return {
      slotBytes,
      chip,
      get isOnTrial() {
        return slots.otadata.stateOf(slots.#running) === OtaState.pendingVerify
      },
      get wasRolledBack() {
        const state = slots.otadata.stateOf(1 - slots.#running)
        return state === OtaState.aborted || state === OtaState.invalid
      },
      confirm: () => slots.#confirm(),
      open: () => slots.#open(),
      restart,
    }
  }

  /** esp_ota_mark_app_valid_cancel_rollback(). */
  #confirm(): void {
    const { otadata } = this
    const active = otadata.active
    if (active < 0) throw new Error("update: no entry of otadata is sound")
    const { sequence, state } = otadata.entry(active)
    if (state !== OtaState.valid) otadata.write(active, sequence, OtaState.valid)
  }

  #open(): UpdateWriter {
    this.#power.check()
    if (this.otadata.stateOf(this.#running) === OtaState.pendingVerify)
      throw new Error("update: the firmware that runs is on trial")
    const slot = (this.#running + 1) % SLOTS
    return new SlotWriter(
      () => {
        this.#found[slot] = undefined
        return this.#flashOf(slot)
      },
      () => {
        const refused = imageRefused(this.#flashOf(slot).bytes, this.#options.chip)
        if (refused !== undefined) throw new Error(`update: ${refused} in slot ${slot}`)
        this.otadata.choose(slot)
      },
    )
  }

  /** Made when it is first written to: it is large. */
  #flashOf(slot: number): VirtualFlash {
    const size = this.#options.slotBytes
    const flash = this.#flashes[slot] ?? new VirtualFlash({ size, writeAlign: 1, power: this.#power })
    this.#flashes[slot] = flash
    return flash
  }
}

/** Sequential: a sector is erased when its first byte is written. */
class SlotWriter implements UpdateWriter {
  readonly #onWrite: () => VirtualFlash
  readonly #onComplete: () => void
  #written = 0
  #isOpen = true

  /** @param onWrite gives the slot's flash, whose content is changed now */
  constructor(onWrite: () => VirtualFlash, onComplete: () => void) {
    this.#onWrite = onWrite
    this.#onComplete = onComplete
  }

  write(bytes: Uint8Array): void {
    this.#check()
    const flash = this.#onWrite().open({ path: "slot" })
    const end = this.#written + bytes.length
    if (end > flash.status().size)
      throw new RangeError(`update: ${end} bytes for a slot of ${flash.status().size}`)
    const firstBlock = Math.ceil(this.#written / FLASH_BLOCK_BYTES)
    for (let block = firstBlock; block * FLASH_BLOCK_BYTES < end; block++) flash.eraseBlock(block)
    flash.write(bytes, this.#written)
    this.#written = end
  }

  complete(): void {
    this.#check()
    this.#isOpen = false
    if (this.#written === 0) throw new Error("update: nothing was written")
    this.#onComplete()
  }

  close(): void {
    this.#isOpen = false
  }

  #check(): void {
    if (!this.#isOpen) throw new Error("update: closed")
  }
}
