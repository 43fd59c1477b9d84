/**
 * What the firmware asks of the flash that holds it: two slots, one runs, the other takes an update. After ESP-IDF's "Over The Air Updates"
 * with rollback, and the SDK's embedded:update over it.
 */

export interface UpdateSlots {
  /** What a slot holds. */
  readonly slotBytes: number
  /** What an image for this chip says in its header (ESP-IDF, "App Image Format", chip_id). */
  readonly chip: number
  /** The image that runs is on trial: unless it is confirmed, the next start is that of the one before it. */
  readonly isOnTrial: boolean
  /** The image that was tried last did not confirm itself, and this one runs again. */
  readonly wasRolledBack: boolean
  /** The image that runs, on trial, is a good one. To be called in a trial alone: it trusts whatever was chosen last. @throws Error when that cannot be written down */
  confirm(): void
  /**
   * Erases the slot that does not run, as it is written. Once one is complete it has to be started before the next: a second would take the entry of
   * the image that runs, and nothing would lead back to that. @throws Error
   */
  open(): UpdateWriter
  /** Starts anew, from the slot that is to run. Does not return on a board. */
  restart(): void
}

/** The slot that takes an update. Whatever was begun and not completed is never started. */
export interface UpdateWriter {
  /** Byte after byte. @throws Error */
  write(bytes: Uint8Array): void
  /** Checks the image (ESP-IDF: its header, its chip, its SHA-256), and makes it the one to start next, on trial. @throws Error: then nothing changes */
  complete(): void
  /** Without having been completed it is given up. */
  close(): void
}
