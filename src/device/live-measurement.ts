/**
 * The live measurement while a phone listens: motion samples in (1/100°), values of src/ble/live-layout.ts out, one for every eight of
 * them, about six a second; as long as nobody moves one a second. The value is one buffer, written anew each time: nothing is allocated.
 */
import type { LiveListener } from "../ble/device-model"
import { CDEG_PER_LIVE_PEAK, LIVE_AT, LIVE_STEP_SHIFT, type Live, LiveFlag } from "../ble/live-layout"
import type { TimeService } from "../io"
import type { Motion } from "../motion/motion"
import type { SampleTime } from "../motion/sample-time"
import type { KneeListener } from "../motion/tapped-steps"
import type { RunRecorder } from "../run/run-recorder"

/** Motion samples to a value. */
const GROUP = 8
/** Where the value has to be short, every second of them is in it. */
const SHORT_GROUP = GROUP >> 1
const ANGLE_BYTES = 2
/** A period in ms has eight bits behind the point (src/motion/sample-time.ts). */
const STEP_SHIFT = 8 - LIVE_STEP_SHIFT
const STEP_HALF = 1 << (STEP_SHIFT - 1)
/** A batch may be found to be earlier or later than the last by so much. */
const LATE_MS = 10
/** No more than 25 values a second, whatever happens: samples that waited come faster than they were taken. */
const LEAST_MS = 40
/** While records are transferred. */
const BESIDE_TRANSFER_MS = 500
/** While nobody moves. */
const STILL_MS = 1000
/** By less nobody moves. */
const MOVED_CDEG = 100
const U8_MAX = 0xff
const U16_MAX = 0xffff

export interface LiveParts {
  motion: Motion
  recorder: RunRecorder
  time: TimeService
}

export class LiveMeasurement implements KneeListener {
  private readonly parts: LiveParts
  private readonly listener: LiveListener
  private readonly value: Uint8Array
  private readonly view: DataView
  private readonly angles: Int16Array
  /** An angle is the last of 2 ** shift motion samples. */
  private readonly shift: number
  /** Motion samples of the value under way. */
  private taken = 0
  private firstMs = 0
  private sentMs: number
  private sentCdeg = 0
  private hasMoved = true

  /** @param limitBytes of a value */
  constructor(parts: LiveParts, listener: LiveListener, limitBytes: number) {
    const isShort = limitBytes < LIVE_AT.angles + GROUP * ANGLE_BYTES
    const angles = isShort ? SHORT_GROUP : GROUP
    const value = new Uint8Array(LIVE_AT.angles + angles * ANGLE_BYTES)
    this.parts = parts
    this.listener = listener
    this.value = value
    this.view = new DataView(value.buffer)
    this.angles = new Int16Array(value.buffer, LIVE_AT.angles)
    this.shift = isShort ? 1 : 0
    this.sentMs = parts.time.ticks - LEAST_MS
    value[LIVE_AT.angleCount] = angles
  }

  knee(sample: number, kneeCdeg: number, time: SampleTime): void {
    const at = this.taken
    if (at === this.shift) this.firstMs = time.msAt(sample)
    this.angles[at >> this.shift] = kneeCdeg
    const moved = kneeCdeg - this.sentCdeg
    if (moved > MOVED_CDEG || moved < -MOVED_CDEG) this.hasMoved = true
    if (at < GROUP - 1) this.taken = at + 1
    else {
      this.taken = 0
      const { length } = this.angles
      // Otherwise samples were lost in between.
      const offMs = time.msAt(sample) - this.firstMs - time.msOf((length - 1) << this.shift)
      if (offMs <= LATE_MS && offMs >= -LATE_MS) this.tell(kneeCdeg, time)
    }
  }

  private tell(kneeCdeg: number, time: SampleTime): void {
    const { value, view, parts, listener } = this
    const state = stateOf(parts)
    if (state !== value[LIVE_AT.state]) this.hasMoved = true
    const nowMs = parts.time.ticks
    const leastMs = listener.isTransferring ? BESIDE_TRANSFER_MS : this.hasMoved ? LEAST_MS : STILL_MS
    if (((nowMs - this.sentMs) | 0) < leastMs) return
    const totals = parts.recorder.live?.totals
    this.sentMs = nowMs
    this.sentCdeg = kneeCdeg
    this.hasMoved = false
    view.setUint32(LIVE_AT.timeMs, this.firstMs, true)
    value[LIVE_AT.state] = state
    value[LIVE_AT.step] = ((time.periodMsQ8 << this.shift) + STEP_HALF) >> STEP_SHIFT
    value[LIVE_AT.lastPeak] = peakOf(parts)
    view.setUint16(LIVE_AT.strides, totals ? Math.min(totals.strides, U16_MAX) : 0, true)
    view.setUint16(LIVE_AT.compressions, totals ? Math.min(totals.compressions, U16_MAX) : 0, true)
    listener.liveMeasured(value)
  }
}

/** The newest angle alone, for who asks. */
export function liveNow(parts: LiveParts): Live {
  const { motion, recorder, time } = parts
  const { strides = 0, compressions = 0 } = recorder.live?.totals ?? {}
  return {
    timeMs: time.ticks - motion.behindMs,
    state: stateOf(parts),
    step: 0,
    lastPeak: peakOf(parts),
    strides,
    compressions,
    angles: [{ kneeCdeg: motion.kneeCdeg }],
  }
}

function stateOf({ motion, recorder }: LiveParts): number {
  const run = recorder.live
  let state: number = motion.activity
  if (motion.stance === 1) state |= LiveFlag.stance
  if (run) state |= run.inBout ? LiveFlag.runOpen | LiveFlag.inBout : LiveFlag.runOpen
  return motion.calibrated ? state | LiveFlag.calibrated : state
}

function peakOf({ motion }: LiveParts): number {
  return Math.min(Math.round(motion.stride.peakFlexionCdeg / CDEG_PER_LIVE_PEAK), U8_MAX)
}
