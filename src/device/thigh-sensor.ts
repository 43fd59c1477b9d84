/** The sensor at the thigh: its samples to motion, and what motion tells to the run and the wear. */
import type { Board } from "../board"
import { type ImuOwner, ImuState, ImuWatch } from "../drivers/imu-watch"
import type { SampleConsumer } from "../drivers/lsm6dso"
import type { Haptics } from "../haptics/haptics"
import { ERROR } from "../haptics/patterns"
import { type Motion, MotionEvent } from "../motion/motion"
import type { BendLog } from "../run/bend-log"
import type { RunRecorder } from "../run/run-recorder"
import { DeviceEvent, type DeviceLog } from "./device-log"
import type { ShankSensor } from "./shank-sensor"
import type { WearKeeping } from "./wear-keeping"

/** The error buzz comes again only after the sensor was well for a minute: one that comes and goes is buzzed for once. */
const WELL_TICKS = 60
const CDEG_PER_DEG = 100

export interface ThighSensorOptions {
  board: Board
  motion: Motion
  recorder: RunRecorder
  wear: WearKeeping
  bends: BendLog
  haptics: Haptics
  log: DeviceLog
}

export class ThighSensor implements SampleConsumer, ImuOwner {
  readonly step: Motion["step"]
  /** The second sensor, once there is one: its samples are taken before the thigh's of the same time. */
  shank: ShankSensor | undefined
  private readonly parts: ThighSensorOptions
  private imu: ImuWatch | undefined
  private wellTicks = WELL_TICKS
  private samplesSeen = 0
  private clippedSeen = 0

  constructor(parts: ThighSensorOptions) {
    const { board, motion } = parts
    this.parts = parts
    this.step = motion.step
    this.imu = new ImuWatch({
      wiring: board.thigh,
      timer: board.timer,
      time: board.time,
      consumer: this,
      owner: this,
    })
  }

  get state(): ImuState {
    return this.imu?.state ?? ImuState.starting
  }

  /** Once a second. */
  tick(): void {
    if (this.state === ImuState.ok) this.wellTicks++
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
    const { motion, recorder, wear, bends, log } = this.parts
    if (events & MotionEvent.spare) recorder.step()
    if (events & MotionEvent.stride) recorder.stride(motion.stride)
    if (events & MotionEvent.bend) {
      bends.add(motion.bend.timeMs, motion.bend.peakCdeg)
      log.tell(DeviceEvent.bend, `${Math.round(motion.bend.peakCdeg / CDEG_PER_DEG)}°`)
    }
    if (events & MotionEvent.calibrated) wear.calibrated()
    else if (events & MotionEvent.refined) wear.isFiner = true
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

  onState(state: ImuState, detail: string): void {
    const { haptics, log } = this.parts
    if (state === ImuState.ok) log.tell(DeviceEvent.sensor, "measuring")
    else if (state !== ImuState.starting) {
      log.fault("sensor", detail)
      if (this.wellTicks >= WELL_TICKS) haptics.play(ERROR)
      this.wellTicks = 0
    }
    log.changed()
  }
}
