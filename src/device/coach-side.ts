/**
 * Readiness tests and routines on the device: chosen by the button or by a phone, paced by buzz, their bends watched, and what came of them kept. Made when
 * it is first used; dropped a while after the last routine, or when a run begins.
 */

import type { COACH, COACH_REQUEST } from "../ble/coach-layouts"
import { CoachOp } from "../ble/coach-layouts"
import type { Values } from "../ble/fields"
import { Problem } from "../ble/layouts"
import { BendWatch } from "../coach/bend-watch"
import { type CoachEntry, CoachEntryKind, type CoachStamp } from "../coach/coach-entry"
import { entryWords } from "../coach/entry-words"
import type { CoachBuzz, CoachMotor } from "../coach/player-port"
import { readinessOf } from "../coach/readiness-rule"
import { CoachAnswer, CoachPhase, type DeviceRoutine, READINESS_ID, Readiness } from "../coach/routine"
import { RoutinePlayer } from "../coach/routine-player"
import { ROUTINES } from "../coach/routine-table"
import { CHOICES, COACH_BUZZES, NEVER_MIND, REFUSED } from "../haptics/patterns"
import type { TimerId } from "../io"
import type { SampleTime } from "../motion/sample-time"
import { Activity } from "../motion/stride"
import type { KneeListener } from "../motion/tapped-steps"
import { unixSAt } from "../storage/boot-record"
import { DeviceEvent } from "./device-log"
import type { Coach, DeviceParts } from "./device-parts"

/** Without another press the chosen routine begins. */
const CHOICE_MS = 4000
/** A phone may look at what the last one came to. */
const SHOWN_FOR_MS = 600_000

export class CoachSide implements Coach, CoachMotor, KneeListener {
  private readonly parts: DeviceParts
  private routine: DeviceRoutine | undefined
  private player: RoutinePlayer | undefined
  private watch: BendWatch | undefined
  private timer: TimerId | undefined
  /** Place in the table of routines while one is chosen, otherwise -1. */
  private chosen = -1
  /** When that was chosen, or the last routine ended. */
  private sinceMs = 0
  private said: Readiness = Readiness.unknown

  constructor(parts: DeviceParts) {
    this.parts = parts
  }

  get isActive(): boolean {
    return this.chosen >= 0 || this.isPlaying
  }

  get isWatching(): boolean {
    return this.watch !== undefined
  }

  /** What a phone is told. */
  value(): Omit<Values<typeof COACH>, "sittingMin"> {
    const { player } = this
    return {
      phase: this.chosen >= 0 ? CoachPhase.choosing : (player?.phase ?? CoachPhase.idle),
      routine: this.routine?.id ?? 0,
      step: player?.step ?? 0,
      repeat: player?.repeat ?? 0,
      stepMs: player?.stepMs(this.nowMs) ?? 0,
      depthCdeg: player?.depthCdeg ?? 0,
      answer: player?.answered ?? CoachAnswer.none,
      readiness: this.said,
    }
  }

  /** By the button: the first routine, then with each press the next one. */
  choose(): void {
    this.end()
    this.pick(0)
  }

  /** By a phone. @returns false when it cannot be done now, or there is no such routine */
  request({ op, routine }: Values<typeof COACH_REQUEST>): boolean {
    switch (op) {
      case CoachOp.start:
        return this.begin(ROUTINES.find(({ id }) => id === routine))
      case CoachOp.stop:
        return this.long()
      case CoachOp.next:
        return this.player?.phase === CoachPhase.playing && this.short()
      case CoachOp.pain:
      case CoachOp.noPain:
        return this.answer(op === CoachOp.pain)
      default:
        return false
    }
  }

  /** A short press. @returns whether it was for the coach */
  short(): boolean {
    if (this.chosen >= 0) this.pick((this.chosen + 1) % ROUTINES.length)
    else if (this.player?.phase === CoachPhase.asking) return this.answer(false)
    else if (this.isPlaying) {
      this.player?.next(this.nowMs)
      this.play()
    } else return false
    return true
  }

  /** A double press: it hurts. @returns whether it was for the coach */
  double(): boolean {
    return this.answer(true)
  }

  /** A long press ends it. @returns whether it was for the coach */
  long(): boolean {
    if (!this.isActive) return false
    if (this.chosen >= 0) this.parts.haptics.play(NEVER_MIND)
    this.end()
    return true
  }

  /** Once a second. @returns false when it is over and nobody needs it any more */
  tick(): boolean {
    if (this.parts.recorder.live) {
      this.end()
      return false
    }
    const passedMs = (this.nowMs - this.sinceMs) | 0
    if (this.chosen >= 0 && passedMs >= CHOICE_MS) {
      const routine = ROUTINES[this.chosen]
      this.chosen = -1
      if (!this.begin(routine)) this.parts.haptics.play(REFUSED)
    }
    return this.isActive || passedMs < SHOWN_FOR_MS
  }

  coachBuzz(buzz: CoachBuzz): void {
    const pattern = COACH_BUZZES[buzz]
    // In a run nothing is to be felt but what is of the run.
    if (pattern && !this.parts.recorder.live) this.parts.haptics.play(pattern)
  }

  knee(sample: number, kneeCdeg: number, time: SampleTime): void {
    const { parts, watch, player } = this
    parts.live?.knee(sample, kneeCdeg, time)
    if (!watch || !player) return
    const { activity } = parts.motion
    if (activity === Activity.run || activity === Activity.walk) watch.gait()
    else {
      const nowMs = time.msAt(sample)
      const news = watch.step(kneeCdeg, nowMs)
      if (news === 0) return
      player.bend(news, watch, nowMs)
      this.play()
    }
  }

  /** Ends what is under way; nothing is asked any more. */
  end(): void {
    this.chosen = -1
    if (!this.isPlaying) return
    this.player?.stop(this.nowMs)
    this.play()
  }

  close(): void {
    this.end()
    if (this.timer !== undefined) this.parts.board.timer.clear(this.timer)
    this.timer = undefined
  }

  private get nowMs(): number {
    return this.parts.time.ticks
  }

  private get isPlaying(): boolean {
    const phase = this.player?.phase
    return phase === CoachPhase.playing || phase === CoachPhase.asking
  }

  private answer(isPain: boolean): boolean {
    if (!this.isPlaying) return false
    this.player?.answer(isPain, this.nowMs)
    this.play()
    return true
  }

  private pick(index: number): void {
    const choice = CHOICES[index]
    this.chosen = index
    this.sinceMs = this.nowMs
    if (choice) this.parts.haptics.play(choice)
  }

  /** @returns false while a run is open, or when bends cannot be measured yet */
  private begin(routine: DeviceRoutine | undefined): boolean {
    const { recorder, motion, log } = this.parts
    if (!routine || recorder.live || (!motion.calibrated && wantsBends(routine))) return false
    this.end()
    this.said = Readiness.unknown
    this.routine = routine
    this.player = new RoutinePlayer(routine, this, this.nowMs)
    log.tell(DeviceEvent.routineStarted, nameOf(routine.id))
    this.play()
    return true
  }

  /** The player's turn: it says when it wants the next. */
  private play(): void {
    const { player, parts } = this
    if (!player) return
    const waitMs = player.tick(this.nowMs)
    const { timer } = parts.board
    if (!this.isPlaying) {
      if (this.timer !== undefined) timer.schedule(this.timer)
      this.over(player)
    } else if (this.timer === undefined) this.timer = timer.repeat(() => this.play(), waitMs)
    else timer.schedule(this.timer, waitMs, waitMs)
    this.listen(this.isPlaying ? player.wantsBends : 0)
  }

  /** Looks at the knee while the step asks for bends. */
  private listen(depthCdeg: number): void {
    if (depthCdeg === 0) {
      if (this.watch) {
        this.watch = undefined
        this.parts.motion.listen(this.parts.live)
      }
    } else if (this.watch?.depthCdeg !== depthCdeg) {
      this.watch = new BendWatch(depthCdeg)
      this.parts.motion.listen(this)
    }
  }

  private over(player: RoutinePlayer): void {
    const { parts, routine: played } = this
    const { coachLog, log } = parts
    const entry = player.entry()
    const stamp = stampOf(parts)
    this.sinceMs = this.nowMs
    if (played && entry.kind === CoachEntryKind.readiness)
      entry.readiness = readinessOf(entry, played, stamp, coachLog.rows())
    this.said = entry.readiness
    keepEntry(parts, entry, stamp)
    const words = entryWords(entry)
    log.tell(DeviceEvent.routineEnded, nameOf(entry.routine) + (words && `, ${words}`))
  }
}

function nameOf(id: number): string {
  return id === READINESS_ID ? "readiness test" : `routine ${id}`
}

function wantsBends({ steps }: DeviceRoutine): boolean {
  return steps.some(({ depthDeg }) => depthDeg > 0)
}

function stampOf({ boot, time }: DeviceParts): CoachStamp {
  const { anchor, bootId } = boot
  const isAnchored = anchor?.bootId === bootId
  return {
    bootId,
    unixS: isAnchored ? unixSAt(anchor, time.ticks) : 0,
    zoneQuarters: isAnchored ? anchor.zoneQuarters : 0,
  }
}

/** What cannot be stored is lost, and told. */
export function keepEntry(parts: DeviceParts, entry: CoachEntry, stamp = stampOf(parts)): void {
  const { coachLog, log } = parts
  try {
    coachLog.add(entry, stamp)
  } catch (error) {
    log.fault("storage", "what came of a routine cannot be stored", error)
    log.problem(Problem.keyValue, true)
  }
}

/** Made when it is first asked for. */
export function coachOf(parts: DeviceParts): Coach {
  parts.coach ??= new CoachSide(parts)
  return parts.coach
}

/** Once a second. */
export function tickCoach(parts: DeviceParts): void {
  if (!parts.coach || parts.coach.tick()) return
  parts.coach.close()
  parts.coach = undefined
}
