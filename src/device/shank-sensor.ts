/** The second sensor, below the knee: its samples to the shank's part of motion. One that was never there is not missed; another chip in its place is. */
import { Problem } from "../ble/layouts"
import type { Board, ImuPart } from "../board"
import type { SampleConsumer } from "../drivers/driver"
import { ImuState, ImuWatch, type ImuWatchOwner } from "../drivers/imu-watch"
import type { Shank } from "../motion/shank"
import { DeviceEvent, type DeviceLog } from "./device-log"

/** Its samples are read with each batch of the thigh's; its interrupt in between dates them. */
const BATCH = 8
/** So few lost samples (38 ms) are stood in for by the last one; after more it settles anew. */
const REPEATED_SAMPLES = 4

export class ShankSensor implements SampleConsumer, ImuWatchOwner {
  readonly step: Shank["step"]
  /** Since the device started. */
  wasSeen = false
  private readonly shank: Shank
  private readonly log: DeviceLog
  private readonly imu: ImuWatch

  constructor(part: ImuPart, { timer, time }: Board, shank: Shank, log: DeviceLog) {
    this.step = shank.step
    this.shank = shank
    this.log = log
    this.imu = new ImuWatch({
      part,
      timer,
      time,
      batch: BATCH,
      consumer: this,
      owner: this,
    })
  }

  get isMeasuring(): boolean {
    return this.imu.state === ImuState.ok
  }

  /** Hands on what the chip has by now. */
  fetch(): void {
    this.imu.fetch()
  }

  /** Its IO is closed for a while, for the bus is wanted. */
  release(): void {
    this.imu.release()
  }

  beginBatch(firstMs: number, periodUs: number, _count: number, lost: number): void {
    const shank = this.shank
    if (lost > REPEATED_SAMPLES) shank.gap(lost)
    else for (let index = 0; index < lost; index++) shank.repeat()
    shank.beginBatch(firstMs, periodUs)
  }

  /** It wakes nothing, and draws little. */
  watchMotion(): void {
    this.imu.watchMotion()
  }

  close(): void {
    this.imu.close()
  }

  onState(state: ImuState, detail: string): void {
    const log = this.log
    if (state === ImuState.ok) {
      this.wasSeen = true
      log.tell(DeviceEvent.shank, "measuring: two sensors")
      log.problem(Problem.shankSensor, false)
    } else if (this.wasSeen || state === ImuState.wrongChip) {
      if (this.wasSeen) log.tell(DeviceEvent.shank, "silent: going on with one sensor")
      log.fault("sensor", detail)
      log.problem(Problem.shankSensor, true)
    }
    log.changed()
  }
}
