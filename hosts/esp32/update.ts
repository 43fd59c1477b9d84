/**
 * The chip's slots for the firmware: the SDK's embedded:update writes, checks (esp_ota_end) and chooses (esp_ota_set_boot_partition); update.c tells and
 * settles what the boot loader has made of it. Needs CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE.
 */

import FlashStorage from "embedded:storage/flash"
import Update from "embedded:update"
import { constant } from "../../src/constant"
import type { UpdateSlots, UpdateWriter } from "../../src/update/port"

/** In XS's compiler: the C function of that name. */
declare function native<Callable>(name: string): Callable

const state = native<() => number>("xs_patella_update_state")
const slotBytes = native<() => number>("xs_patella_update_slot_bytes")
const chip = native<() => number>("xs_patella_update_chip")
const confirm = native<() => number>("xs_patella_update_confirm")
const restart = native<() => void>("xs_patella_update_restart")

const ON_TRIAL = 1
const ROLLED_BACK = 2
const HEX = 16

class EspUpdateSlots implements UpdateSlots {
  get slotBytes(): number {
    return slotBytes()
  }
  get chip(): number {
    return chip()
  }
  get isOnTrial(): boolean {
    return (state() & ON_TRIAL) !== 0
  }
  get wasRolledBack(): boolean {
    return (state() & ROLLED_BACK) !== 0
  }

  confirm(): void {
    const failed = confirm()
    if (failed !== 0)
      throw new Error(`update: not confirmed, ESP-IDF error 0x${failed.toString(HEX)} (esp_err.h)`)
  }

  /** Appended to byte after byte, each sector erased when it is come to: erased at once, the slot would keep the chip busy for many seconds. */
  open(): UpdateWriter {
    const partition = FlashStorage.open({ path: "nextota", mode: "r+" })
    try {
      return Update.open({ partition, mode: "a" })
    } finally {
      partition.close()
    }
  }

  restart(): void {
    restart()
  }
}

export const updateSlots: UpdateSlots = constant(new EspUpdateSlots())
