/**
 * Runs from stride to flash: recorded, watched for overload (which the motor tells the wearer), written down every few seconds while they are
 * open, and archived when they end. At the start it takes up the run that a reset or a power loss left open.
 */

import { Problem } from "../ble/layouts"
import { encodeRunRecord } from "../ble/run-codec"
import type { Board } from "../board"
import type { Haptics } from "../haptics/haptics"
import { OVERLOAD, PAIN_MARKED } from "../haptics/patterns"
import type { TimeService } from "../io"
import type { Motion } from "../motion/motion"
import type { Stride } from "../motion/stride"
import { Overload } from "../run/overload"
import type { LiveRun, RunSink } from "../run/run-events"
import { RunRecorder } from "../run/run-recorder"
import { BUZZ_WORDS, type ClosedRun, type Pain } from "../run/summary"
import type { BootRecord } from "../storage/boot-record"
import { type JournalMark, NOT_RETAINED } from "../storage/run-journal"
import type { SettingsStore } from "../storage/settings"
import { FIRMWARE_VERSION } from "../version"
import { DeviceEvent, type DeviceLog } from "./device-log"
import type { RunStorage } from "./run-storage"
import type { WearKeeping } from "./wear-keeping"

/** A power cut may cost an open run 10 s, and a stride is counted up to 3 s after it began. */
const STATE_EVERY_MS = 5000
/** A stride that is half counted is waited for so long. */
const WAITED_MS = 1500
const MS_PER_S = 1000
const CDEG_PER_DEG = 100

export interface RunKeepingOptions {
  board: Board
  motion: Motion
  wear: WearKeeping
  runs: RunStorage
  boot: BootRecord
  settings: SettingsStore
  haptics: Haptics
  time: TimeService
  log: DeviceLog
}

export class RunKeeping implements RunSink, JournalMark {
  readonly recorder: RunRecorder
  private readonly parts: RunKeepingOptions
  private readonly overload: Overload
  private keptAtMs = 0
  private hasJournalFailed = false
  /** The open run, or the last that was, began in another boot. */
  private isResumed = false

  constructor(parts: RunKeepingOptions) {
    const { settings, wear, boot } = parts
    this.parts = parts
    this.overload = new Overload(settings)
    this.recorder = new RunRecorder({
      settings,
      provenance: wear,
      sink: this,
      numbers: this,
      bootId: boot.bootId,
    })
  }

  /** The next run's number: they count on from boot to boot. */
  next(): number {
    return this.parts.runs.newestId + 1
  }

  // What the journal writes beside the run's state, by the clock of the boot that the run began in.
  get runId(): number {
    return this.recorder.live?.id ?? 0
  }
  get bootId(): number {
    const { boot, runs } = this.parts
    return this.isResumed && runs.resumed ? runs.resumed.bootId : boot.bootId
  }
  get uptimeMs(): number {
    const { time, runs } = this.parts
    return this.isResumed && runs.resumed ? time.ticks + runs.resumed.shiftMs : time.ticks
  }
  get retainedMs(): number {
    return this.parts.board.retained?.ms ?? NOT_RETAINED
  }

  /**
   * Takes up the run that was left open: where a clock that outlives a reset tells how long ago that was it goes on, and ends by itself when that
   * was too long; after a power loss it ends as it was left.
   */
  takeUp(): void {
    const { runs, time, log } = this.parts
    const { left } = runs
    // No run has begun since the power was lost in the newest.
    this.recorder.gapUnknown = runs.isNewestCutShort
    if (!left) return
    runs.left = undefined
    const gapMs =
      left.retainedMs === NOT_RETAINED ? -1 : (this.parts.board.retained?.ms ?? -1) - left.retainedMs
    const isKnown = gapMs >= 0
    const shiftMs = isKnown ? left.uptimeMs + gapMs - time.ticks : 0
    const lostSamples = isKnown ? Math.floor((gapMs * this.samplesPerS) / MS_PER_S) : 0
    try {
      this.recorder.readState(left.state, left.lists, { shiftMs, lostSamples })
    } catch (error) {
      log.fault("storage", `run ${left.runId}, which was open, cannot be read`, error)
      return
    }
    if (!isKnown) {
      this.recorder.close(true)
      this.recorder.gapUnknown = true
      return
    }
    runs.resumed = { bootId: left.bootId, shiftMs }
    this.isResumed = true
    this.overload.runStarted(this.recorder.live?.startMs ?? 0)
    log.tell(DeviceEvent.runResumed, `run ${left.runId}, ${Math.round(gapMs / MS_PER_S)} s later`)
  }

  /** Once a second. */
  tick(): void {
    const { motion, time } = this.parts
    const { recorder } = this
    recorder.tick(time.ticks - motion.behindMs)
    const run = recorder.live
    if (!run || !recorder.isWorthKeeping) return
    const dueMs = this.keptAtMs + STATE_EVERY_MS
    if (time.ticks < dueMs || (recorder.isCounting && time.ticks < dueMs + WAITED_MS)) return
    this.keptAtMs = time.ticks
    this.journal()
  }

  runStarted(run: LiveRun): void {
    const { runs, log } = this.parts
    runs.journal?.runStarted()
    this.isResumed = false
    log.tell(DeviceEvent.runStarted, `run ${run.id}`)
    log.changed()
  }

  /** It has gone on for eight strides by now: it is written down as soon as they are counted. */
  boutBegan(run: LiveRun): void {
    this.makeDue()
    if (run.totals.strides === 0) this.overload.runStarted(run.startMs)
  }

  painMarked({ kneeCdeg }: Readonly<Pain>): void {
    const { haptics, log } = this.parts
    this.makeDue()
    haptics.play(PAIN_MARKED)
    log.tell(DeviceEvent.painMarked, `knee at ${Math.round(kneeCdeg / CDEG_PER_DEG)}°`)
  }

  strideCounted(stride: Readonly<Stride>, run: LiveRun): void {
    const { haptics, time, log } = this.parts
    const { compressions } = run.totals
    const reason = this.overload.stride(stride, compressions)
    // A motor that plays something else, or does not work, is not felt: then it is no buzz.
    if (reason === undefined || !haptics.play(OVERLOAD, this.overload.buzzes)) return
    this.overload.buzzed(reason, stride, compressions)
    this.recorder.buzzed(time.ticks, reason)
    log.tell(DeviceEvent.buzz, BUZZ_WORDS[reason])
    log.changed()
  }

  runEnded(run: ClosedRun): void {
    const { motion, wear, runs, boot, log } = this.parts
    try {
      runs.add(run.id, encodeRunRecord(run, FIRMWARE_VERSION))
      runs.stamp(boot, run.id)
      log.problem(Problem.flash, false)
    } catch (error) {
      log.problem(Problem.flash, true)
      log.fault("storage", `run ${run.id} is lost with the power`, error)
    }
    log.tell(DeviceEvent.runEnded, `run ${run.id}: ${run.strides} strides, ${run.compressions} compressions`)
    log.changed()
    // What was taught has become finer meanwhile.
    if (run.measuredStrides > 0 && motion.taughtStrides > 0) wear.keep()
  }

  /** The open run is written down with the next second. */
  private makeDue(): void {
    this.keptAtMs = this.parts.time.ticks - STATE_EVERY_MS
  }

  runDropped({ id }: LiveRun): void {
    const { log } = this.parts
    log.tell(DeviceEvent.runEnded, `run ${id}: nothing was run, it is not kept`)
    log.changed()
  }

  private journal(): void {
    const { runs, log } = this.parts
    if (!runs.journal) return
    const hasFailed = !runs.journal.keep(this.recorder, this)
    if (hasFailed === this.hasJournalFailed) return
    this.hasJournalFailed = hasFailed
    log.problem(Problem.flash, hasFailed)
    if (hasFailed) log.fault("storage", "the open run cannot be written down: a power cut would lose it")
  }

  private get samplesPerS(): number {
    return this.parts.board.thigh.rate.hz
  }
}
