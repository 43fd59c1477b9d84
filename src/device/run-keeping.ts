/** Runs from stride to store: recorded, watched for overload (which the motor tells the wearer), and kept as records when they end. */
import { encodeRunRecord } from "../ble/run-codec"
import type { TimeService } from "../board"
import type { Haptics } from "../haptics/haptics"
import { OVERLOAD } from "../haptics/patterns"
import type { Motion } from "../motion/motion"
import type { Stride } from "../motion/stride"
import { Overload } from "../run/overload"
import type { LiveRun, RunSink } from "../run/run-events"
import { RunRecorder } from "../run/run-recorder"
import { BUZZ_WORDS, type ClosedRun } from "../run/summary"
import type { RunStore } from "../storage/run-store"
import type { SettingsStore } from "../storage/settings"
import { FIRMWARE_VERSION } from "../version"
import { DeviceEvent, type DeviceLog } from "./device-log"
import type { WearKeeping } from "./wear-keeping"

export interface RunKeepingOptions {
  motion: Motion
  wear: WearKeeping
  runs: RunStore
  settings: SettingsStore
  haptics: Haptics
  time: TimeService
  log: DeviceLog
}

export class RunKeeping implements RunSink {
  readonly recorder: RunRecorder
  readonly #parts: RunKeepingOptions
  readonly #overload: Overload
  #runs = 0

  constructor(parts: RunKeepingOptions) {
    this.#parts = parts
    this.#overload = new Overload(parts.settings)
    const { settings, wear } = parts
    this.recorder = new RunRecorder({ settings, provenance: wear, sink: this, numbers: this, bootId: 0 })
  }

  /** The next run's number. */
  next(): number {
    this.#runs += 1
    return this.#runs
  }

  runStarted(run: LiveRun): void {
    const { log } = this.#parts
    this.#overload.runStarted(run.startMs)
    log.tell(DeviceEvent.runStarted, `run ${run.id}`)
    log.changed()
  }

  strideCounted(stride: Readonly<Stride>, run: LiveRun): void {
    const { haptics, time, log } = this.#parts
    const { compressions } = run.totals
    const reason = this.#overload.stride(stride, compressions)
    // A motor that plays something else, or does not work, is not felt: then it is no buzz.
    if (reason === undefined || !haptics.play(OVERLOAD, this.#overload.buzzes)) return
    this.#overload.buzzed(reason, stride, compressions)
    this.recorder.buzzed(time.ticks, reason)
    log.tell(DeviceEvent.buzz, BUZZ_WORDS[reason])
    log.changed()
  }

  runEnded(run: ClosedRun): void {
    const { motion, wear, runs, log } = this.#parts
    runs.add(run.id, encodeRunRecord(run, FIRMWARE_VERSION))
    log.tell(DeviceEvent.runEnded, `run ${run.id}: ${run.strides} strides, ${run.compressions} compressions`)
    log.changed()
    // What was taught has become finer meanwhile.
    if (run.measuredStrides > 0 && motion.taughtStrides > 0) wear.keep()
  }
}
