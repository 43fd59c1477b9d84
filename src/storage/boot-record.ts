/**
 * Which boot of which device this is, and what time it is: what runs are told apart and dated by. The device has no clock that survives
 * the power, so its time is the boot's number and ms since then; once a phone has told it the time, an anchor ties the two together. Over sleep and resets a clock that goes on meanwhile carries the anchor to the next boot.
 * Only the number is held in memory; what is asked for seldom is read from the storage.
 */
import { constant } from "../constant"
import type { KeyValueStorage } from "../io"
import { DEVICE_ID_BYTES, deriveDeviceId } from "./device-id"
import { keep, readKept, StorageKey } from "./kept-value"

/** Unix time: 2024 to 2099. A phone that says otherwise has no clock itself. */
export const UNIX_S_MIN = 1_704_067_200
export const UNIX_S_MAX = 4_102_444_799
/** UTC−12 to UTC+14, in quarters of an hour, summer time in it (IANA time zone database, "Etc/GMT+12", "Pacific/Kiritimati"). */
export const ZONE_QUARTERS_MIN = -48
export const ZONE_QUARTERS_MAX = 56

const BOOT_FORMAT = 1
const BOOT_BYTES = 4
const CLOCK_FORMAT = 2
/** u32 boot id, u32 uptime, u32 unix time, i8 zone; from format 2 on f64 retained clock. */
const ANCHOR_AT = constant({ bootId: 0, uptimeMs: 4, unixS: 8, zoneQuarters: 12, retainedMs: 13 } as const)
const ANCHOR_OLD_BYTES = 13
const ANCHOR_BYTES = 21
const DEVICE_FORMAT = 1
const MS_PER_S = 1000

/** In boot `bootId`, `uptimeMs` after it, it was `unixS`, by clocks that were so far ahead of UTC. */
export interface ClockAnchor {
  bootId: number
  uptimeMs: number
  unixS: number
  zoneQuarters: number
  /** What the clock that outlives a reset (src/board.ts) showed then; NaN: there was none. */
  retainedMs: number
}

export interface BootOptions {
  storage: KeyValueStorage
  /** What tells this chip from others, where the board knows something (src/board.ts). */
  chipId: string | undefined
  /** The newest boot that runs in flash know: the count goes on after it when its own value is lost. */
  atLeast?: number
  /** The clock that outlives a reset has gone on since the boot before, and shows so much, `uptimeMs` after this boot. */
  wentOn?: { retainedMs: number; uptimeMs: number } | undefined
}

export class BootRecord {
  /** Counts up from 1; never twice the same on a device. */
  readonly bootId: number
  /** What was wrong with what is stored, and what stands in its place. */
  note: string | undefined
  /** Something of this boot could not be stored. */
  hasStoreFailed = false
  private readonly storage: KeyValueStorage
  /** Told in this boot, before the time. */
  private zoneTold: number | undefined

  /** Stores the new number at once, before anything of this boot is stored. Never throws. */
  constructor({ storage, chipId, atLeast = 0, wentOn }: BootOptions) {
    this.storage = storage
    const stored = readCount(storage)
    const anchor = readAnchor(storage)
    let last = atLeast
    if (typeof stored === "number") last = Math.max(last, stored)
    if (typeof anchor === "object") last = Math.max(last, anchor.bootId)
    this.bootId = last + 1
    if (typeof stored === "string") this.noted(`boot count: ${stored}; it goes on after ${last}`)
    this.keep("boot count", StorageKey.boot, BOOT_FORMAT, encodeCount(this.bootId))
    if (typeof anchor === "string") this.noted(`clock: ${anchor}; the time is unknown`)
    // Of the boot before, or nobody knows what was in between.
    if (wentOn && typeof anchor === "object" && anchor.bootId === stored) this.carry(anchor, wentOn)
    this.identify(chipId)
  }

  /** 64 bits that were made once; 0 when they are not known. */
  get deviceId(): Uint8Array {
    const stored = readDeviceId(this.storage)
    return typeof stored === "object" ? stored : new Uint8Array(DEVICE_ID_BYTES)
  }

  /** The newest boot's that ever had one: this one's, or an older one's until a phone tells the time again. */
  get anchor(): ClockAnchor | undefined {
    const anchor = readAnchor(this.storage)
    return typeof anchor === "object" ? anchor : undefined
  }

  /** How far the wearer's clocks are ahead of UTC, as told last, in this boot or before; undefined: never. */
  get zoneQuarters(): number | undefined {
    return this.zoneTold ?? this.anchor?.zoneQuarters
  }

  /** @throws RangeError when the time or the zone is none, and what the storage throws; then nothing has changed. */
  setClock(unixS: number, zoneQuarters: number, uptimeMs: number, retainedMs = Number.NaN): void {
    const refused = clockRefused(unixS, zoneQuarters)
    if (refused !== undefined) throw new RangeError(`clock: ${refused}`)
    const anchor = { bootId: this.bootId, uptimeMs, unixS, zoneQuarters, retainedMs }
    keep(this.storage, StorageKey.clock, CLOCK_FORMAT, encodeAnchor(anchor))
    this.zoneTold = undefined
  }

  /** Stored with the time: at once where that is known in this boot. @throws as setClock() */
  setZone(zoneQuarters: number): void {
    const { anchor } = this
    if (anchor?.bootId === this.bootId) {
      this.setClock(anchor.unixS, zoneQuarters, anchor.uptimeMs, anchor.retainedMs)
      return
    }
    const refused = clockRefused(UNIX_S_MIN, zoneQuarters)
    if (refused !== undefined) throw new RangeError(`clock: ${refused}`)
    this.zoneTold = zoneQuarters
  }

  /** Whole seconds on, so that nothing adds up over many boots. */
  private carry(
    { unixS, zoneQuarters, retainedMs: anchorMs }: ClockAnchor,
    { retainedMs, uptimeMs }: NonNullable<BootOptions["wentOn"]>,
  ): void {
    const gapMs = retainedMs - anchorMs
    if (!(gapMs >= 0)) return
    const restMs = gapMs % MS_PER_S
    const carried = {
      bootId: this.bootId,
      uptimeMs: uptimeMs - restMs,
      unixS: unixS + (gapMs - restMs) / MS_PER_S,
      zoneQuarters,
      retainedMs: retainedMs - restMs,
    }
    if (clockRefused(carried.unixS, zoneQuarters) === undefined)
      this.keep("clock", StorageKey.clock, CLOCK_FORMAT, encodeAnchor(carried))
  }

  private identify(chipId: string | undefined): void {
    const stored = readDeviceId(this.storage)
    if (typeof stored === "object") return
    if (typeof stored === "string") this.noted(`device id: ${stored}; made anew`)
    if (chipId === undefined) this.noted("device id: this board has none")
    else this.keep("device id", StorageKey.device, DEVICE_FORMAT, deriveDeviceId(chipId))
  }

  private keep(what: string, key: StorageKey, format: number, payload: Uint8Array): void {
    try {
      keep(this.storage, key, format, payload)
    } catch (error) {
      this.hasStoreFailed = true
      this.noted(`${what}: cannot be stored: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  private noted(what: string): void {
    this.note = this.note === undefined ? what : `${this.note}; ${what}`
  }
}

/** Unix time at `uptimeMs` of the anchor's boot, s; before the anchor too. The clock may have wrapped in between. */
export function unixSAt(
  { uptimeMs: anchorMs, unixS }: Readonly<Pick<ClockAnchor, "uptimeMs" | "unixS">>,
  uptimeMs: number,
): number {
  return unixS + Math.floor(((uptimeMs - anchorMs) | 0) / MS_PER_S)
}

/** Why this cannot be the time, in words; undefined when it can. */
export function clockRefused(unixS: number, zoneQuarters: number): string | undefined {
  if (!isWithin(unixS, UNIX_S_MIN, UNIX_S_MAX))
    return `${unixS} is no unix time from ${UNIX_S_MIN} to ${UNIX_S_MAX} (2024 to 2099)`
  if (!isWithin(zoneQuarters, ZONE_QUARTERS_MIN, ZONE_QUARTERS_MAX))
    return `zone ${zoneQuarters} is no whole number from ${ZONE_QUARTERS_MIN} to ${ZONE_QUARTERS_MAX} quarters of an hour`
  return undefined
}

function isWithin(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max
}

function encodeCount(bootId: number): Uint8Array {
  const payload = new Uint8Array(BOOT_BYTES)
  new DataView(payload.buffer).setUint32(0, bootId, true)
  return payload
}

function readCount(storage: KeyValueStorage): number | string | undefined {
  const payload = readKept(storage, StorageKey.boot, BOOT_FORMAT)
  if (typeof payload !== "object") return payload
  if (payload.length < BOOT_BYTES) return `${payload.length} bytes`
  return new DataView(payload.buffer).getUint32(0, true)
}

function readDeviceId(storage: KeyValueStorage): Uint8Array | string | undefined {
  const payload = readKept(storage, StorageKey.device, DEVICE_FORMAT)
  if (typeof payload !== "object") return payload
  return payload.length < DEVICE_ID_BYTES ? `${payload.length} bytes` : payload.slice(0, DEVICE_ID_BYTES)
}

function encodeAnchor(anchor: Readonly<ClockAnchor>): Uint8Array {
  const { bootId, uptimeMs, unixS, zoneQuarters, retainedMs } = anchor
  const payload = new Uint8Array(ANCHOR_BYTES)
  const view = new DataView(payload.buffer)
  view.setUint32(ANCHOR_AT.bootId, bootId, true)
  view.setUint32(ANCHOR_AT.uptimeMs, uptimeMs, true)
  view.setUint32(ANCHOR_AT.unixS, unixS, true)
  view.setInt8(ANCHOR_AT.zoneQuarters, zoneQuarters)
  view.setFloat64(ANCHOR_AT.retainedMs, retainedMs, true)
  return payload
}

function readAnchor(storage: KeyValueStorage): ClockAnchor | string | undefined {
  const payload = readKept(storage, StorageKey.clock, CLOCK_FORMAT)
  if (typeof payload !== "object") return payload
  if (payload.length < ANCHOR_OLD_BYTES) return `${payload.length} bytes`
  const view = new DataView(payload.buffer)
  const unixS = view.getUint32(ANCHOR_AT.unixS, true)
  const zoneQuarters = view.getInt8(ANCHOR_AT.zoneQuarters)
  const bootId = view.getUint32(ANCHOR_AT.bootId, true)
  const uptimeMs = view.getUint32(ANCHOR_AT.uptimeMs, true)
  const retainedMs = payload.length < ANCHOR_BYTES ? Number.NaN : view.getFloat64(ANCHOR_AT.retainedMs, true)
  return clockRefused(unixS, zoneQuarters) ?? { bootId, uptimeMs, unixS, zoneQuarters, retainedMs }
}
