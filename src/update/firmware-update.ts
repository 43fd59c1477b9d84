/**
 * A firmware on its way into the slot that does not run: from a phone's wish to the restart. Made when one begins and dropped after its end, so
 * that a device which is not being updated keeps nothing of it.
 */
import { UpdateRefusal, UpdateState } from "../ble/update-layouts"
import { CRC_BEGIN, crcOf } from "../storage/crc32"
import { headRefused, VERSION_PREFIX } from "./image-head"
import type { UpdateSlots, UpdateWriter } from "./port"

/** A phone that lost the link has so long to come back and go on. */
export const SILENT_MS = 300_000
/** How long why there is no update can be read. */
export const REFUSAL_KEPT_MS = 60_000
/** From "ready" to the restart: so that the phone can read it. */
export const RESTART_AFTER_MS = 3000

/** What a phone says that it will send. */
export interface ImageOffer {
  readonly byteLength: number
  readonly crc: number
  readonly major: number
  readonly minor: number
  readonly patch: number
}

export class FirmwareUpdate {
  readonly byteLength: number
  readonly crc: number
  /** As in the image's description. */
  readonly version: string
  state: UpdateState = UpdateState.asked
  reason: UpdateRefusal = UpdateRefusal.none
  /** Bytes received. */
  offset = 0
  private sum = CRC_BEGIN
  /** Since when the state is what it is, or the last data came. */
  private sinceMs: number
  private writer: UpdateWriter | undefined

  constructor({ byteLength, crc, major, minor, patch }: ImageOffer, nowMs: number) {
    this.byteLength = byteLength
    this.crc = crc
    this.version = `${VERSION_PREFIX}${major}.${minor}.${patch}`
    this.sinceMs = nowMs
  }

  /** The device must neither sleep nor begin another. */
  get isActive(): boolean {
    return this.state !== UpdateState.refused
  }
  /** It may have taken the place of what runs. */
  get isPastReturn(): boolean {
    return this.state === UpdateState.checking || this.state === UpdateState.ready
  }

  /** The image that is being received. */
  isOf({ byteLength, crc }: ImageOffer): boolean {
    return this.state === UpdateState.receiving && byteLength === this.byteLength && crc === this.crc
  }

  /** The wearer said yes. */
  accept(slots: UpdateSlots, nowMs: number): void {
    try {
      this.writer = slots.open()
      this.enter(UpdateState.receiving, nowMs)
    } catch {
      this.refuse(UpdateRefusal.slotFailed, nowMs)
    }
  }

  refuse(reason: UpdateRefusal, nowMs: number): void {
    this.close()
    this.reason = reason
    this.enter(UpdateState.refused, nowMs)
  }

  /** @param value its bytes from `from` on are the image's from `offset` on. @returns false when they are not the next: then nothing changes */
  receive(slots: UpdateSlots, value: Uint8Array, from: number, offset: number, nowMs: number): boolean {
    const { writer } = this
    const next = offset + value.length - from
    if (!writer || this.state !== UpdateState.receiving) return false
    if (offset !== this.offset || next > this.byteLength) return false
    const reason = headRefused(value, from, offset, slots.chip, this.version)
    if (reason !== UpdateRefusal.none) {
      this.refuse(reason, nowMs)
      return true
    }
    try {
      writer.write(value.subarray(from))
    } catch {
      this.refuse(UpdateRefusal.slotFailed, nowMs)
      return true
    }
    this.sum = crcOf(this.sum, value, from, value.length)
    this.offset = next
    this.sinceMs = nowMs
    return true
  }

  /** All was sent. @returns false when it was not */
  finish(nowMs: number): boolean {
    if (this.state !== UpdateState.receiving || this.offset !== this.byteLength) return false
    if (~this.sum >>> 0 !== this.crc) this.refuse(UpdateRefusal.crcDiffers, nowMs)
    else this.enter(UpdateState.checking, nowMs)
    return true
  }

  /** Once a second: the phone's answer does not wait for the check, which reads the whole slot. */
  tick(nowMs: number): void {
    if (this.state === UpdateState.checking) this.check(nowMs)
    else if (this.state === UpdateState.receiving && this.ageMs(nowMs) > SILENT_MS)
      this.refuse(UpdateRefusal.silent, nowMs)
  }

  isRestartDue(nowMs: number): boolean {
    return this.state === UpdateState.ready && this.ageMs(nowMs) >= RESTART_AFTER_MS
  }

  /** Nobody asks any more why there was none. */
  isOver(nowMs: number): boolean {
    return this.state === UpdateState.refused && this.ageMs(nowMs) > REFUSAL_KEPT_MS
  }

  /** What was not completed is given up. */
  close(): void {
    this.writer?.close()
    this.writer = undefined
  }

  private check(nowMs: number): void {
    try {
      this.writer?.complete()
      this.close()
      this.enter(UpdateState.ready, nowMs)
    } catch {
      this.refuse(UpdateRefusal.checkFailed, nowMs)
    }
  }

  private enter(state: UpdateState, nowMs: number): void {
    this.state = state
    this.sinceMs = nowMs
  }

  /** The clock may have wrapped in between (src/io.ts). */
  private ageMs(nowMs: number): number {
    return (nowMs - this.sinceMs) | 0
  }
}
