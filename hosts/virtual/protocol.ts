/**
 * What the simulator (outside) and the virtual board (inside the engine) say to each other. One command, one reply; both
 * are a frame: u32 little-endian length of a UTF-8 JSON head, the head, then binary (motion in, trace rows out).
 * Time is in ms since the processor started.
 */
import type { FlashFault, FlashGeometry, StuckBit } from "./flash"
import type { CutPlan } from "./power"

export type { FlashFault, FlashGeometry, StuckBit } from "./flash"
export type { CutPlan } from "./power"

/** Six int16 a sample in the chip's own order: gyro x y z, accelerometer x y z; little-endian. */
export const SAMPLE_BYTES = 12
/** What the chip's FIFO makes of a sample, two words: a byte for the tag and the gyro's x y z, and the same of the accelerometer. */
export const WORD_PAIR_BYTES = 14
const WORD_VALUES_BYTES = 6

export interface ChipOptions {
  /** How far the chip's clock is off: real rate = nominal × (1 + 0.0015 × freqFine), which an LSM6DSO's INTERNAL_FREQ_FINE register tells. Default 0. */
  freqFine?: number
  /** false: nothing acknowledges at the address. */
  present?: boolean
}

/** What a phone's stack and the device's keep of a pairing: the phone's identity address, 12 hex digits, and the key, hex. */
export interface StackBond {
  identity: string
  key: string
}

/** What can break (faults.ts says how). */
export type FaultName =
  | "thighAbsent"
  | "thighSilent"
  | "thighOtherChip"
  | "thighInterruptOpen"
  | "thighResetHangs"
  | "shankAbsent"
  | "shankSilent"
  | "shankOtherChip"
  | "busHeld"
  | "busShorted"
  | "motorAbsent"
  | "flashMissing"
  | "keyValueFull"
  | "buttonStuck"
  | "processorBusy"

/** The boards that a virtual board can stand for (hosts/esp32). */
export const BOARD_KINDS = ["m5stick_cplus", "xiao_esp32c3"] as const
export type BoardKind = (typeof BOARD_KINDS)[number]

/** A maker's terminal (console.ts, which has the defaults). */
export interface ConsoleOptions {
  /** false: nobody reads what the board sends. */
  listens?: boolean
  /** Of the line, each way. */
  bytesPerS?: number
  /** What the board's driver holds for the host. */
  bufferBytes?: number
}

export interface BoardOptions {
  /** By default a XIAO ESP32C3, or what the environment says (boards/kinds.ts). */
  kind?: BoardKind
  thigh?: ChipOptions
  /** A second chip, below the knee; left out, the board has no wires for one. Its clock runs a little off the thigh's by default. */
  shank?: ChipOptions
  /** Rate that the board chooses for its sensors (src/drivers/lsm6dso-registers.ts, RATES), or what comes nearest to it. */
  rate?: 52 | 104 | 208
  /** Where the maker chooses: a motor on a transistor, or on a DRV2605L a resonant actuator or a motor. `pwm` by default. */
  motor?: "pwm" | "lra" | "erm"
  batteryMv?: number
  /** USB is connected. */
  supply?: boolean
  /** What is broken as the board is switched on. */
  faults?: FaultName[]
  /** The button is held as the board is switched on. */
  buttonPressed?: boolean
  /** What the board says of itself (src/board.ts, deviceId); the same by default for each board. */
  deviceId?: string
  /** Key-value content to boot with: path → key → hex. */
  keyValue?: Record<string, Record<string, string>>
  /** Bonds that the Bluetooth stack has from before, oldest first. */
  bonds?: StackBond[]
  flash?: FlashGeometry
  console?: ConsoleOptions
  /** Of the slots for the firmware (update-slots.ts). */
  slotBytes?: number
  /** Power goes at an operation of storage, which the first boot may come to itself. */
  cut?: CutPlan
  /** Model coefficients in place of the shipped ones (JSON of src/motion/flexion-model.ts's type). */
  model?: unknown
  /** Send a trace row a motion sample and the features of each stride. */
  trace?: boolean
}

/** How a connection lets packets through (radio-link.ts, which has the defaults). */
export interface LinkModel {
  /** Between two connection events. */
  intervalMs?: number
  /** What a packet holds: 27, or up to 251 with data length extension. */
  payloadBytes?: number
  /** Of each side. */
  packetsPerEvent?: number
  /** How likely a packet is lost, 0 to 1. */
  loss?: number
  /** Of the chance by which they are. */
  seed?: number
}

/** What a central does. All but `scan` and `connect` name the connection that `connect` gave. */
export interface GattRequest {
  /**
   * `scan` listens for an advertisement. `drop` is the link lost without a word from either side. `pair`: the central pairs and keeps the key that it
   * is given; `encrypt`: it encrypts the link with the key of an earlier pairing.
   */
  op:
    | "scan"
    | "connect"
    | "disconnect"
    | "drop"
    | "discover"
    | "pair"
    | "encrypt"
    | "read"
    | "write"
    | "subscribe"
    | "unsubscribe"
  connection?: number
  /** The central's identity address, 12 hex digits, in `pair` and `encrypt`; in `connect`, where it may stay unknown, by which its keys are found. */
  identity?: string
  /** Hex, in `encrypt`: as `pair` gave it. */
  key?: string
  /** UUID. */
  characteristic?: string
  /** Hex. */
  value?: string
  /** ATT MTU that the central asks for in `connect`; 23 when it asks for none. */
  mtu?: number
  /** In `connect`: reads, writes, subscriptions and notifications take the time that they would on air; none when it is left out. */
  link?: LinkModel
}
export interface GattReply {
  /** ATT error code, when the server refused. */
  error?: number
  /** There was no server to refuse: why not. */
  linkError?: "not advertising" | "not connected" | "key missing"
  connection?: number
  /** ATT MTU agreed on, in the reply to `connect`. */
  mtu?: number
  advertisement?: { name: string; services: string[]; intervalMs?: number }
  /** Hex: the key that `pair` made. */
  key?: string
  /** Hex. */
  value?: string
  services?: {
    uuid: string
    characteristics: { uuid: string; properties: string[]; descriptors: { uuid: string; value: string }[] }[]
  }[]
}

export function toHex(bytes: Uint8Array): string {
  let hex = ""
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0")
  return hex
}

/** @throws RangeError naming the first offset that holds no pair of hex digits. */
export function fromHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(hex.length / 2))
  for (let at = 0; at < hex.length; at += 2) {
    const pair = hex.slice(at, at + 2)
    if (!/^[0-9a-f]{2}$/i.test(pair)) throw new RangeError(`hex: "${pair}" at offset ${at} is no byte`)
    bytes[at / 2] = Number.parseInt(pair, 16)
  }
  return bytes
}

/**
 * `power`: the supply was away, and all begins anew. Otherwise it is the processor alone that starts anew: chips, what they are played and the
 * retained clock (src/board.ts) go on; after a cut it was the processor that stopped there. It is told why: it was reset, the supply was too low for
 * it (and not for the chips), or it crashed.
 */
export type RebootKind = "power" | "reset" | "brownOut" | "crash"

export type Command =
  /**
   * Powers a new board: builds chips, runs the firmware's boot; one that runs already is shut down first. Binary, where there is any: the
   * content of its flash. Replies with the rate that the firmware has set by now.
   */
  | { op: "boot"; options: BoardOptions }
  /** Binary: word pairs (`wordPairs`) at the chip's own rate, the last `shankBytes` (0) of them the shank chip's at its own; the
   * clock runs until the thigh's are used up. */
  | { op: "play"; shankBytes?: number }
  /** The clock runs for `ms`; the chip repeats its last sample. */
  | { op: "advance"; ms: number }
  /** The clock runs for `ms` while the chips take no samples: a gap in a recording reaches the firmware as lost
   * samples (their FIFOs stay as they are, they answer on the bus, their own timestamp counters go on). */
  | { op: "silence"; ms: number }
  /** A fault: the shank chip's wires come off (it answers no more), or are put back. */
  | { op: "shankWires"; connected: boolean }
  /** Something breaks (faults.ts says what, and how), or is mended. `forMs`: of those that end by themselves, how long they last. */
  | { op: "fault"; fault: FaultName; on?: boolean; forMs?: number }
  /** With `bounces` the contact opens or closes again so often within 5 ms, while the clock runs. */
  | { op: "button"; pressed: boolean; bounces?: number }
  /** The cell has another voltage, or USB is connected or taken away; a board without power takes this too. */
  | { op: "battery"; mv?: number; supply?: boolean }
  | { op: "gatt"; request: GattRequest }
  /** What a terminal sends to the maker's console, hex: it arrives as the clock runs. `listens`: from here on somebody reads there, or nobody. */
  | { op: "console"; input?: string; listens?: boolean }
  /** What is stored, in the form that BoardOptions.keyValue takes. */
  | { op: "storage" }
  /** The flash's content, as binary, and its wear. */
  | { op: "flash" }
  /** A block of the flash goes bad, or, without a fault, is mended. */
  | { op: "flashFault"; block: number; fault?: FlashFault; stuck?: StuckBit }
  /** Power goes at an operation of storage (power.ts). After that the board takes "reboot" alone. */
  | { op: "cutAt"; cut: CutPlan }
  /**
   * The firmware from the start, without a word to the one that runs. What is stored, wear, bad blocks and a cut that is still to come
   * stay. `offMs`: for so long no firmware ran, as the retained clock tells.
   */
  | { op: "reboot"; kind: RebootKind; offMs?: number; cut?: CutPlan }

export interface Notification {
  characteristic: string
  atMs: number
  /** Hex. */
  value: string
}
export interface BoardEvent {
  name: string
  /** Of the start that `startMs` tells. */
  atMs: number
  /** When the processor had started, ms since power came; left out where that was with it. */
  startMs?: number
  detail: string
}
export interface StrideRow {
  contactSample: number
  toeOffSample: number
  /** 1/16 sample. */
  troughQ4: number
  periodQ4: number
  peakCdeg: number
  features: number[]
}

export interface Reply {
  nowMs: number
  /** When the processor last started, ms since power came: 0 when that was with it. */
  startMs?: number
  /** It sleeps: nothing but its chips runs. `nowMs` goes on from its last start. */
  asleep?: true
  /** How often it woke from sleep, since power came. */
  wakes?: number
  /** The chip's output rate as the firmware configured it, real (with FREQ_FINE), Hz; while it only watches for motion, the rate before; 0 while off. */
  rateHz?: number
  /** Of the filters in front of the chip's output, Hz at −3 dB, which recordings go through; absent while it is off. */
  cutoffsHz?: { gyro: number; accelerometer: number }
  /** When the chip takes its next sample, the first of a `play` that comes now; while it is off, now. */
  nextSampleMs?: number
  /** The same of the shank chip, where there is one. */
  shank?: { rateHz: number; nextSampleMs: number }
  events?: BoardEvent[]
  notifications?: Notification[]
  gatt?: GattReply
  /** What the terminal got since the last reply: a character a byte, for there may be many. */
  console?: string
  /** Id of the connection that is up; absent when none is. */
  connection?: number
  keyValue?: Record<string, Record<string, string>>
  /** How often each block was erased, in the reply to "flash". */
  erases?: number[]
  /** Operations that changed what is stored, since the board was made. */
  operations?: number
  /** The firmware that runs, as the boot loader chose it; absent when neither slot has one that can be started, or power was cut before. */
  firmware?: { slot: number; version: string }
  /** Power was cut meanwhile; what follows in this reply came before. */
  powerCut?: true
  /** Motor duty changes since the last reply, share 0 to 1. */
  motor?: { atMs: number; duty: number }[]
  /** With `trace`: batches, stride closures and revisions of activity; the rows follow as binary. */
  batches?: { firstSample: number; timeMs: number; periodUs: number }[]
  strides?: StrideRow[]
  activities?: { fromSample: number; activity: number }[]
}

/** A trace row: the arguments of MotionTap.sample (src/board.ts) as Int32, in their order. */
export const TRACE_ROW_INTS = 10

/**
 * Samples of SAMPLE_BYTES as pairs of words with their tags left 0, which the chip fills in: so the chip model moves whole batches, and the
 * engine that it runs in, slow at single bytes, is spared them.
 */
export function wordPairs(samples: Uint8Array): Uint8Array {
  const pairs = new Uint8Array((samples.length / SAMPLE_BYTES) * WORD_PAIR_BYTES)
  let to = 1
  for (let from = 0; from < samples.length; from += WORD_VALUES_BYTES) {
    for (let byte = 0; byte < WORD_VALUES_BYTES; byte++) pairs[to + byte] = samples[from + byte] as number
    to += WORD_VALUES_BYTES + 1
  }
  return pairs
}

const HEAD_LENGTH_BYTES = 4

export function encodeFrame(head: unknown, body?: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(head))
  const frame = new Uint8Array(HEAD_LENGTH_BYTES + text.length + (body?.length ?? 0))
  new DataView(frame.buffer).setUint32(0, text.length, true)
  frame.set(text, HEAD_LENGTH_BYTES)
  if (body) frame.set(body, HEAD_LENGTH_BYTES + text.length)
  return frame
}

/**
 * The body is a view into `frame` at any offset: read numbers from it with a DataView, or copy it first.
 * @throws RangeError when the head's length exceeds the frame.
 */
export function decodeFrame<Head>(frame: Uint8Array): { head: Head; body: Uint8Array } {
  if (frame.length < HEAD_LENGTH_BYTES) {
    throw new RangeError(`frame of ${frame.length} bytes: a head's length takes ${HEAD_LENGTH_BYTES}`)
  }
  const length = new DataView(frame.buffer, frame.byteOffset).getUint32(0, true)
  const end = HEAD_LENGTH_BYTES + length
  if (end > frame.length) {
    throw new RangeError(`frame of ${frame.length} bytes: its head is said to have ${length} bytes`)
  }
  const text = new TextDecoder().decode(frame.subarray(HEAD_LENGTH_BYTES, end))
  return { head: JSON.parse(text) as Head, body: frame.subarray(end) }
}
