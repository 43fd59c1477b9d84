/**
 * What the simulator (outside) and the virtual board (inside the engine) say to each other. One command, one reply; both
 * are a frame: u32 little-endian length of a UTF-8 JSON head, the head, then binary (motion samples in, trace rows out).
 * Time is the virtual clock's, in ms since boot.
 */

/** Six int16 a sample in the chip's own order: gyro x y z, accelerometer x y z; little-endian. */
export const SAMPLE_BYTES = 12

export interface ChipOptions {
  /** INTERNAL_FREQ_FINE register: real rate = nominal × (1 + 0.0015 × freqFine). Default 0. */
  freqFine?: number
  /** false: nothing acknowledges at the address. */
  present?: boolean
}

export interface BoardOptions {
  thigh?: ChipOptions
  batteryMv?: number
  /** Key-value content to boot with: path → key → hex. */
  keyValue?: Record<string, Record<string, string>>
  /** Model coefficients in place of the shipped ones (JSON of src/motion/flexion-model.ts's type). */
  model?: unknown
  /** Send a trace row a motion sample and the features of each stride. */
  trace?: boolean
}

export interface GattRequest {
  op: "connect" | "disconnect" | "discover" | "read" | "write" | "subscribe" | "unsubscribe"
  connection?: number
  characteristic?: string
  /** Hex. */
  value?: string
  mtu?: number
}
export interface GattReply {
  /** ATT error code, when refused. */
  error?: number
  connection?: number
  value?: string
  services?: {
    uuid: string
    characteristics: { uuid: string; properties: string[]; descriptors: { uuid: string; value: string }[] }[]
  }[]
}

export type Command =
  /** Powers the board: builds chips, runs the firmware's boot. Replies with the rate that the firmware has set by now. */
  | { op: "boot"; options: BoardOptions }
  /** Binary: samples at the chip's own rate; the clock runs until they are used up. */
  | { op: "play" }
  /** The clock runs for `ms`; the chip repeats its last sample. */
  | { op: "advance"; ms: number }
  | { op: "gatt"; request: GattRequest }
  /** Forces a collection where the engine can. */
  | { op: "collect" }

export interface Notification {
  characteristic: string
  atMs: number
  /** Hex. */
  value: string
}
export interface BoardEvent {
  name: string
  atMs: number
  detail: string
}
export interface StrideRow {
  contactSample: number
  toeOffSample: number
  features: number[]
}

export interface Reply {
  nowMs: number
  /** The chip's output rate as the firmware configured it, real (with FREQ_FINE), Hz; 0 while off. */
  rateHz?: number
  events?: BoardEvent[]
  notifications?: Notification[]
  gatt?: GattReply
  /** Motor duty changes since the last reply, share 0 to 1. */
  motor?: { atMs: number; duty: number }[]
  /** With `trace`: batches, stride closures and revisions of activity; the rows follow as binary. */
  batches?: { firstSample: number; timeMs: number; periodUs: number }[]
  strides?: StrideRow[]
  activities?: { fromSample: number; activity: number }[]
}

/** A trace row: Int32 × 9: sample, knee, thigh (1/100°), stance, activity, up x y z (1/2^14), 0. */
export const TRACE_ROW_INTS = 9

/** @throws RangeError when the head's length exceeds the frame. */
export function encodeFrame(head: unknown, body?: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(head))
  const frame = new Uint8Array(4 + text.length + (body?.length ?? 0))
  new DataView(frame.buffer).setUint32(0, text.length, true)
  frame.set(text, 4)
  if (body) frame.set(body, 4 + text.length)
  return frame
}
