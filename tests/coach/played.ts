/** A routine as it is played to a wearer: a clock that may wrap, a timer that may be late, presses and bends in, and what is felt when out. */
import { BendNews, CoachBuzz, type CoachMotor, type WatchedBend } from "../../src/coach/player-port"
import type { DeviceRoutine, RoutineStep, StepKind } from "../../src/coach/routine"
import { RoutinePlayer } from "../../src/coach/routine-player"

const BUZZ_WORDS = Object.keys(CoachBuzz)

export class Played implements CoachMotor {
  /** "ms since the routine began, what is felt then". */
  readonly felt: string[] = []
  readonly player: RoutinePlayer
  /** Since the routine began. */
  atMs = 0
  private readonly startMs: number
  private readonly lateMs: () => number
  private dueMs = Number.POSITIVE_INFINITY

  constructor(routine: DeviceRoutine, startMs = 0, lateMs = () => 0) {
    this.startMs = startMs
    this.lateMs = lateMs
    this.player = new RoutinePlayer(routine, this, this.nowMs)
    this.schedule()
  }

  coachBuzz(buzz: CoachBuzz): void {
    this.felt.push(`${this.atMs} ${BUZZ_WORDS[buzz]}`)
  }

  get nowMs(): number {
    return (this.startMs + this.atMs) | 0
  }

  pass(ms: number): this {
    const untilMs = this.atMs + ms
    while (this.dueMs <= untilMs) {
      this.atMs = this.dueMs
      this.schedule()
    }
    this.atMs = untilMs
    return this
  }

  next(): this {
    this.player.next(this.nowMs)
    return this.schedule()
  }

  answer(isPain: boolean): this {
    this.player.answer(isPain, this.nowMs)
    return this.schedule()
  }

  stop(): this {
    this.player.stop(this.nowMs)
    return this.schedule()
  }

  /** @param ageMs how long ago the motion sample was */
  news(news: number, bend: Partial<WatchedBend> = {}, ageMs = 0): this {
    const watched = { peakCdeg: 3500, durationMs: 2000, halts: 0, ...bend }
    this.player.bend(news, watched, (this.nowMs - ageMs) | 0)
    return this.schedule()
  }

  bent(bend: Partial<WatchedBend> = {}): this {
    return this.news(BendNews.finished, bend)
  }

  /** Felt since it was asked last. */
  feels(): string[] {
    return this.felt.splice(0)
  }

  /** As a timer does that may be late. */
  private schedule(): this {
    const waitMs = this.player.tick(this.nowMs)
    this.dueMs = waitMs === 0 ? Number.POSITIVE_INFINITY : this.atMs + waitMs + this.lateMs()
    return this
  }
}

export function stepOf(kind: StepKind, numbers: Partial<RoutineStep> = {}): RoutineStep {
  const times = { everyMs: 1000, restMs: 0, downMs: 0, upMs: 0 }
  return { kind, repeats: 1, ...times, depthDeg: 30, isOptional: false, ...numbers }
}

export function routineOf(...steps: RoutineStep[]): DeviceRoutine {
  return { id: 2, steps }
}
