/**
 * The stored runs as the flash has them, read by docs/flash-format.md alone: each that was there is there byte for byte, unless it was acknowledged
 * with its true CRC and its deletion asked for, or its room was needed for a new one, or the wearer confirmed an erasure.
 */
import { divide } from "../../src/storage/flash-layout"
import { readFlashLog } from "../flash/flash-log"
import { BLOCK_BYTES } from "../flash/image"
import { insist } from "./wrong"

/** What was asked for that may change what is stored. */
export interface Leave {
  /** Acknowledged with its true CRC. */
  acknowledged?: number | undefined
  /** To be deleted, where it is acknowledged. */
  isDeleted?: ((run: number) => boolean) | undefined
  /** The wearer said yes to erasing all. */
  isErased?: boolean
  /** A run may have been closed. */
  mayAdd?: boolean
}

interface Kept {
  record: Uint8Array
  isAcknowledged: boolean
}

export class RecordJudge {
  /** By number. */
  readonly records = new Map<number, Uint8Array>()
  #kept = new Map<number, Kept>()
  #archive = new Uint8Array(0)
  #newest = 0

  booted(flash: Uint8Array): void {
    this.#take(flash)
  }

  /** @throws Wrong when a record is gone or another, or was made up */
  judge(flash: Uint8Array, leave: Leave): void {
    const archive = archiveOf(flash)
    if (Buffer.compare(archive, this.#archive) === 0) return
    const before = this.#kept
    const newestBefore = this.#newest
    this.#take(flash)
    const added = [...this.#kept.keys()].filter((run) => !before.has(run))
    for (const run of added) {
      insist(run > newestBefore, `run ${run} is there and was not before`)
      insist(leave.mayAdd === true, `run ${run} was added`)
    }
    for (const [run, { record, isAcknowledged }] of before) {
      const now = this.#kept.get(run)
      if (now) {
        insist(Buffer.compare(now.record, record) === 0, `run ${run} is another`)
        insist(now.isAcknowledged || !isAcknowledged, `run ${run} is acknowledged no more`)
        insist(
          !now.isAcknowledged || isAcknowledged || leave.acknowledged === run,
          `run ${run} is acknowledged by nobody`,
        )
        continue
      }
      if (leave.isErased) continue
      // Which makes room for itself.
      const isMovedOut = added.length > 0
      const isAsked = isAcknowledged && leave.isDeleted?.(run) === true
      const whose = isAcknowledged ? "a phone" : "no phone"
      insist(isMovedOut || isAsked, `run ${run}, which ${whose} had, is gone; nobody asked for that`)
    }
  }

  #take(flash: Uint8Array): void {
    const { runs, damages } = readFlashLog(flash)
    this.#archive = archiveOf(flash).slice()
    insist(damages.length === 0, `the flash is damaged at byte ${damages[0]?.byte}: ${damages[0]?.what}`)
    this.#kept = new Map()
    this.records.clear()
    for (const { run, standing, payload, isAcknowledged } of runs) {
      this.#newest = Math.max(this.#newest, run)
      if (standing !== "kept") continue
      insist(payload !== undefined, `run ${run} cannot be read`)
      const record = payload.slice()
      this.#kept.set(run, { record, isAcknowledged })
      this.records.set(run, record)
    }
  }
}

function archiveOf(flash: Uint8Array): Uint8Array {
  const { archive } = divide(flash.length / BLOCK_BYTES)
  return flash.subarray(archive.firstBlock * BLOCK_BYTES)
}
