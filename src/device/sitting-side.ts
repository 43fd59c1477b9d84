/**
 * The watch on long sitting (src/coach/sitting-watch.ts) on this device: what the wearer does comes from motion, the buzz goes to the motor, what hurt
 * to the coach's log. A device that lies flat shows the same angle as a thigh on a chair, so only one that is worn sits: it has calibrated or
 * walked, and since then has not leaned as no thigh does, as it would in the hand that takes it off.
 */

import type { CoachEntry } from "../coach/coach-entry"
import { CoachAnswer } from "../coach/routine"
import { isQuiet, SittingWatch } from "../coach/sitting-watch"
import { ImuState } from "../drivers/imu-watch"
import { PAIN_MARKED, SITTING } from "../haptics/patterns"
import { Activity } from "../motion/stride"
import { Wake } from "../power/port"
import { unixSAt } from "../storage/boot-record"
import { keepLeftSitting, readLeftSitting } from "../storage/left-sitting"
import { keepEntry } from "./coach-side"
import { DeviceEvent } from "./device-log"
import type { DeviceParts, Sitting } from "./device-parts"

/** A thigh that is not in gait leans back and up no further, 1/100°. Own choice: half of all the ways that a hand may hold it. */
const BACK_CDEG = -4500
const UP_CDEG = 13_500
/** Whoever sits stirs sooner: what slept for longer lay somewhere. Own choice. */
const SLEPT_MAX_MS = 7_200_000
const MS_PER_S = 1000
const S_PER_MIN = 60
const S_PER_QUARTER = 900
const MIN_PER_DAY = 1440

/** The watch itself, with what it is joined to: two objects would take more memory. */
export class SittingSide extends SittingWatch implements Sitting {
  private readonly parts: DeviceParts
  private isWorn = false

  constructor(parts: DeviceParts) {
    super()
    this.parts = parts
    this.takeUp()
  }

  /** The device is to stay awake, however still its wearer sits. */
  get keepsAwake(): boolean {
    return this.isAwaited(this.parts.settings.values.sittingMin)
  }

  /** Once a second. Within a run nobody is watched: it has its own buzzes and marks. */
  tick(): void {
    const { motion, thigh, recorder, coach, haptics, settings, time, log } = this.parts
    const { sittingMin } = settings.values
    const { activity } = motion
    const isOn = thigh.state === ImuState.ok
    const isUp = isOn && (activity === Activity.still || isGait(activity))
    if (isOn && !isGait(activity) && (motion.thighCdeg < BACK_CDEG || motion.thighCdeg > UP_CDEG))
      this.isWorn = false
    if (recorder.live || !this.isWorn) {
      this.drop()
      return
    }
    const entry = this.second(time.ticks, isOn && activity === Activity.sit, isUp, sittingMin)
    if (entry) this.keep(entry)
    if (!this.mayBuzz(sittingMin) || coach?.isActive || this.isQuietNow() || !haptics.play(SITTING)) return
    this.buzzed()
    log.tell(DeviceEvent.sitting, `for ${this.satMin} min`)
  }

  /** Motion found out how it sits on the leg: it is on one. */
  calibrated(): void {
    this.isWorn = true
  }

  override stride(): void {
    this.isWorn = true
    super.stride()
  }

  /** A press of the button. @returns whether it answered the buzz */
  snoozeIfNew(): boolean {
    if (!this.isBuzzNew) return false
    this.snooze()
    return true
  }

  /** The wearer says that it hurts. @returns false when no steps after a long sitting are watched */
  painMarked(): boolean {
    const entry = this.pain(this.parts.time.ticks)
    if (!entry) return false
    this.parts.haptics.play(PAIN_MARKED)
    this.keep(entry)
    return true
  }

  /** The device falls asleep: a sitting that goes on meanwhile is taken up when it wakes. */
  leave(): void {
    const { board, boot, log } = this.parts
    if (!board.retained || this.satS === 0 || this.isWatching) return
    const { satS, isTold } = this
    try {
      keepLeftSitting(board.keyValue, { bootId: boot.bootId, retainedMs: board.retained.ms, satS, isTold })
    } catch (error) {
      log.fault("storage", "how long its wearer has been sitting cannot be stored", error)
    }
  }

  private takeUp(): void {
    const { board, boot } = this.parts
    const wake = board.power?.wake
    if (!board.retained || (wake !== Wake.motion && wake !== Wake.button)) return
    const left = readLeftSitting(board.keyValue)
    if (left?.bootId !== boot.bootId - 1) return
    const sleptMs = board.retained.ms - left.retainedMs
    if (sleptMs < 0 || sleptMs > SLEPT_MAX_MS) return
    this.isWorn = true
    this.resume(left.satS + Math.floor(sleptMs / MS_PER_S), left.isTold)
  }

  private keep(entry: CoachEntry): void {
    const { log } = this.parts
    keepEntry(this.parts, entry)
    const { repeats, durationS, answer } = entry
    const words = `${repeats} steps after sitting for ${(durationS / S_PER_MIN) | 0} min`
    if (answer === CoachAnswer.pain) log.tell(DeviceEvent.painMarked, words)
    else log.tell(DeviceEvent.sitting, `no pain in ${words}`)
  }

  private isQuietNow(): boolean {
    const { boot, time, settings } = this.parts
    const { quietFromH, quietToH } = settings.values
    const { anchor } = boot
    if (anchor?.bootId !== boot.bootId) return false
    const localS = unixSAt(anchor, time.ticks) + anchor.zoneQuarters * S_PER_QUARTER
    return isQuiet(Math.floor(localS / S_PER_MIN) % MIN_PER_DAY, quietFromH, quietToH)
  }
}

function isGait(activity: Activity): boolean {
  return activity === Activity.walk || activity === Activity.run || activity === Activity.stairs
}
