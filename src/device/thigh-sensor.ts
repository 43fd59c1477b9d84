/** The sensor at the thigh: its samples to motion, and what motion tells to the run and the wear. */

import { Problem } from "../ble/layouts"
import type { Board } from "../board"
import { constant } from "../constant"
import type { SampleConsumer } from "../drivers/driver"
import { ImuState, ImuWatch, type ImuWatchOwner } from "../drivers/imu-watch"
import type { Haptics } from "../haptics/haptics"
import { type Motion, MotionEvent } from "../motion/motion"
import type { BendLog } from "../run/bend-log"
import type { RunRecorder } from "../run/run-recorder"
import type { BatteryLevel } from "./battery-level"
import { freeHeldBus } from "./bus-keeping"
import { DeviceEvent, type DeviceLog } from "./device-log"
import type { ShankSensor } from "./shank-sensor"
import type { WearKeeping } from "./wear-keeping"

const CDEG_PER_DEG = 100
const NO_COUNTS: Readonly<ImuWatch["counts"]> = constant({
  samples: 0,
  lost: 0,
  overruns: 0,
  badWords: 0,
  retries: 0,
  missedInterrupts: 0,
})

export interface ThighSensorOptions {
  board: Board
  motion: Motion
  recorder: RunRecorder
  wear: WearKeeping
  bends: BendLog
  haptics: Haptics
  log: DeviceLog
  /** Made later. */
  battery?: BatteryLevel
  sitting?: { calibrated(): void; stride(): void }
}

export class ThighSensor implements SampleConsumer, ImuWatchOwner {
  /** Motion's own; a recording at the console stands in for it (src/console/sample-recording.ts). */
  step: Motion["step"]
  /** The second sensor, once there is one: its samples are taken before the thigh's of the same time. */
  shank: ShankSensor | undefined
  private readonly parts: ThighSensorOptions
  private imu: ImuWatch | undefined
  private samplesSeen = 0
  private clippedSeen = 0

  constructor(parts: ThighSensorOptions) {
    const { board, motion } = parts
    this.parts = parts
    this.step = motion.step
    this.imu = new ImuWatch({
      part: board.thigh,
      timer: board.timer,
      time: board.time,
      consumer: this,
      owner: this,
    })
  }

  get state(): ImuState {
    return this.imu?.state ?? ImuState.starting
  }

  /** Since the device started. */
  get counts(): ImuWatch["counts"] {
    return this.imu?.counts ?? NO_COUNTS
  }
  /** What the chip's last failure said; empty while it is well. */
  get detail(): string {
    return this.imu?.detail ?? ""
  }
  get isMoving(): boolean {
    return this.state === ImuState.ok && !this.parts.motion.isResting
  }

  /** No more samples: both sensors watch for motion until they are closed. @returns whether the thigh's does */
  watchMotion(): boolean {
    this.catchUp()
    this.shank?.watchMotion()
    return this.imu?.watchMotion() === true
  }

  /** The shank's samples are stepped before those of the thigh. */
  beforeBatch(): void {
    this.shank?.fetch()
  }

  beginBatch(firstMs: number, periodUs: number, _count: number, lost: number): void {
    const { motion, recorder } = this.parts
    recorder.quality.samples(motion.samples - this.samplesSeen, motion.clipped - this.clippedSeen)
    if (lost > 0) this.bridge(lost)
    this.samplesSeen = motion.samples
    this.clippedSeen = motion.clipped
    motion.thresholdCdeg = recorder.thresholdCdeg
    motion.beginBatch(firstMs, periodUs)
  }

  happened(events: number): void {
    const { motion, recorder, wear, bends, sitting, log } = this.parts
    if (events & MotionEvent.spare) recorder.step()
    if (events & MotionEvent.stride) {
      recorder.stride(motion.stride)
      sitting?.stride()
    }
    if (events & MotionEvent.bend) {
      bends.add(motion.bend.timeMs, motion.bend.peakCdeg)
      log.tell(DeviceEvent.bend, `${Math.round(motion.bend.peakCdeg / CDEG_PER_DEG)}°`)
    }
    if (events & MotionEvent.calibrated) {
      wear.calibrated()
      sitting?.calibrated()
    } else if (events & MotionEvent.refined) wear.isFiner = true
    if (events & MotionEvent.shifted) {
      recorder.quality.strapShift()
      wear.strapShifted()
    }
    if (events & MotionEvent.taught) wear.taught()
  }

  /** Steps at once what waits to be stepped. */
  catchUp(): void {
    const { motion } = this.parts
    while (motion.behind > 0) this.happened(motion.stepBacklog())
  }

  close(): void {
    this.imu?.close()
  }

  private bridge(lost: number): void {
    const { motion, recorder } = this.parts
    this.catchUp()
    recorder.quality.gap(lost)
    if (motion.bridge(lost)) for (let index = 0; index < lost; index++) this.happened(motion.repeat())
  }

  busFailed(detail: string): boolean {
    const isFreed = freeHeldBus(this.parts, this.shank)
    if (isFreed) this.parts.log.fault("sensor", `${detail}; a chip held the bus, which is clocked free`)
    return isFreed
  }

  onState(state: ImuState, detail: string): void {
    const { log } = this.parts
    if (state === ImuState.ok) log.tell(DeviceEvent.sensor, "measuring")
    else log.fault("sensor", detail)
    log.problem(Problem.thighSensor, state !== ImuState.ok)
    if (state === ImuState.ok) log.problem(Problem.bus, false)
    log.changed()
  }
}
