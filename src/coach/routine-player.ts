/**
 * Plays a routine: its steps in, buzzes out, by the clock, the presses of the wearer and the bends of the knee. Times are ms since boot and may
 * wrap. What is due at a time counts from when it was due, not from when the player was called, so that no pace drifts.
 * It always ends: a step that waits for the wearer gives up.
 */
import { type CoachEntry, CoachEntryFlag, CoachEntryKind } from "./coach-entry"
import { BendNews, CoachBuzz, type CoachMotor, type WatchedBend } from "./player-port"
import {
  CoachAnswer,
  CoachPhase,
  type DeviceRoutine,
  READINESS_ID,
  Readiness,
  type RoutineStep,
  StepKind,
} from "./routine"
import { ANSWER_LIMIT_MS, askedBends, isAsked, isWatched, limitMs, NEVER_MS, partMs } from "./step-times"

const SECOND_MS = 1000
const CDEG_PER_DEG = 100
const NO_BUZZ = -1

// The player's numbers, all in one array: each array, and each field of the object, takes slots of its own.
const BEGUN = 0
const PHASE = 1
const STEP = 2
const STEP_BEGUN = 3
const REPEAT = 4
/** Which part of a repeat (step-times.ts). */
const PART = 5
/** When that part began; of a routine that is done, when it ended. */
const PART_BEGUN = 6
/** Since when it waits for the wearer. */
const WAITING = 7
const BUZZ = 8
const ANSWER = 9
const IS_UNANSWERED = 10
/** Of what is only done if wanted, something was not. */
const IS_LEFT_OUT = 11
const LAST_DEPTH = 12
const BENDS = 13
const BENDS_MS = 14
const HALTS = 15
/** The bends' depths, the shallowest first. */
const DEPTHS = 16

export class RoutinePlayer {
  private readonly routine: DeviceRoutine
  private readonly motor: CoachMotor
  private readonly numbers: Int32Array

  /** Begins with the first step at once. Each step has at least one repeat. */
  constructor(routine: DeviceRoutine, motor: CoachMotor, nowMs: number) {
    this.routine = routine
    this.motor = motor
    this.numbers = new Int32Array(DEPTHS + askedBends(routine))
    this.numbers[BEGUN] = nowMs
    this.begin(0, nowMs)
    this.play()
  }

  get phase(): CoachPhase {
    return this.number(PHASE) as CoachPhase
  }

  /** From 0; the last one when it is done. */
  get step(): number {
    return Math.min(this.number(STEP), this.routine.steps.length - 1)
  }

  /** Of the step: ticks, holds, breaths or bends done. */
  get repeat(): number {
    return this.number(REPEAT)
  }

  /** Deepest flexion of the last bend, deep enough or not, 1/100°; 0 before the first. */
  get depthCdeg(): number {
    return this.number(LAST_DEPTH)
  }

  /** Whether it hurt: pain once it did; none as long as a question that was asked has no answer. */
  get answered(): CoachAnswer {
    const answer = this.number(ANSWER) as CoachAnswer
    return answer !== CoachAnswer.pain && this.number(IS_UNANSWERED) ? CoachAnswer.none : answer
  }

  /** Depth that bends are to be watched for now, 1/100°; 0: none are wanted. */
  get wantsBends(): number {
    if (this.number(PHASE) !== CoachPhase.playing) return 0
    const { kind, depthDeg } = this.present
    return isWatched(kind) ? depthDeg * CDEG_PER_DEG : 0
  }

  /** Time since the step began; of a routine that is done, what its last step took. */
  stepMs(nowMs: number): number {
    const untilMs = this.number(PHASE) === CoachPhase.done ? this.number(PART_BEGUN) : nowMs
    return since(this.number(STEP_BEGUN), untilMs)
  }

  /**
   * Does what is due. Call it again after each bend, press, answer and stop too: they change what comes next.
   * @returns ms until it wants to be called again; 0: never, the routine is done
   */
  tick(nowMs: number): number {
    for (;;) {
      const partMs = left(this.number(PART_BEGUN), this.partMs(), nowMs)
      const waitMs = left(this.number(WAITING), this.limitMs(), nowMs)
      const nextMs = Math.min(partMs, waitMs)
      if (nextMs > 0) {
        this.play()
        return this.number(PHASE) === CoachPhase.done ? 0 : nextMs
      }
      if (partMs <= waitMs) this.endPart(nowMs + partMs)
      else this.giveUp(nowMs + waitMs)
    }
  }

  /** What BendWatch.step() told. One of before the step is not the step's. @param nowMs of the motion sample */
  bend(news: number, bend: WatchedBend, nowMs: number): void {
    if (this.wantsBends === 0 || since(this.number(STEP_BEGUN), nowMs) < 0) return
    const numbers = this.numbers
    const isTest = this.present.kind === StepKind.test
    if (news & BendNews.reached) numbers[WAITING] = nowMs
    if (isTest && news & BendNews.reached) {
      numbers[PART] = 1
      numbers[PART_BEGUN] = nowMs
      this.feel(CoachBuzz.tick)
    }
    if (isTest && news & BendNews.left) numbers[PART] = 0
    if (news & BendNews.finished) this.bent(bend, nowMs)
    this.play()
  }

  /** Done with this step; asked, it did not hurt. */
  next(nowMs: number): void {
    const phase = this.number(PHASE)
    if (phase === CoachPhase.asking) this.answer(false, nowMs)
    if (phase !== CoachPhase.playing) return
    this.leave(nowMs)
    this.play()
  }

  /** Pain ends the routine, also when nothing was asked. */
  answer(isPain: boolean, nowMs: number): void {
    const phase = this.number(PHASE)
    if (phase === CoachPhase.done) return
    if (isPain) {
      this.numbers[ANSWER] = CoachAnswer.pain
      this.finish(nowMs)
    } else if (phase === CoachPhase.asking) {
      this.numbers[ANSWER] = CoachAnswer.noPain
      this.begin(this.number(STEP) + 1, nowMs)
    }
    this.play()
  }

  stop(nowMs: number): void {
    const phase = this.number(PHASE)
    if (phase === CoachPhase.done) return
    if (phase === CoachPhase.asking) this.numbers[IS_UNANSWERED] = 1
    this.finish(nowMs)
    this.play()
  }

  /** What came of it, when it is done; what the readiness test says is not known here. */
  entry(): CoachEntry {
    const { id, steps } = this.routine
    const bends = this.number(BENDS)
    const endMs = this.number(PART_BEGUN)
    let isComplete = true
    let optionalDone = 0
    let isOptionalLeft = this.number(IS_LEFT_OUT) !== 0
    for (let index = 0; index < steps.length; index++) {
      const isDone = index < this.number(STEP)
      if (!steps[index]?.isOptional) isComplete = isComplete && isDone
      else if (isDone) optionalDone = CoachEntryFlag.optionalDone
      else isOptionalLeft = true
    }
    return {
      kind: id === READINESS_ID ? CoachEntryKind.readiness : CoachEntryKind.routine,
      routine: id,
      endMs,
      durationS: Math.floor(since(this.number(BEGUN), endMs) / SECOND_MS),
      repeats: bends,
      depthCdeg: this.medianCdeg(bends),
      meanMs: bends === 0 ? 0 : Math.round(this.number(BENDS_MS) / bends),
      halts: this.number(HALTS),
      answer: this.answered,
      readiness: Readiness.unknown,
      flags: (isComplete ? CoachEntryFlag.complete : 0) | (isOptionalLeft ? 0 : optionalDone),
    }
  }

  private number(at: number): number {
    return this.numbers[at] as number
  }

  private get present(): RoutineStep {
    return this.routine.steps[this.number(STEP)] as RoutineStep
  }

  /** How long the present part takes. */
  private partMs(): number {
    return this.number(PHASE) === CoachPhase.playing ? partMs(this.present, this.number(PART)) : NEVER_MS
  }

  /** How long it waits for the wearer. */
  private limitMs(): number {
    const phase = this.number(PHASE)
    if (phase === CoachPhase.asking) return ANSWER_LIMIT_MS
    return phase === CoachPhase.playing ? limitMs(this.present) : NEVER_MS
  }

  private endPart(atMs: number): void {
    const { kind } = this.present
    const part = this.number(PART)
    this.numbers[PART_BEGUN] = atMs
    switch (kind) {
      case StepKind.rest:
        this.leave(atMs)
        break
      case StepKind.hold:
      case StepKind.breathe: {
        this.feel(CoachBuzz.turn)
        this.numbers[PART] = 1 - part
        // A hold is done before its rest, a breath when it is out.
        if (part === (kind === StepKind.hold ? 0 : 1)) this.count(atMs)
        break
      }
      case StepKind.bends:
      case StepKind.test:
        this.feel(kind === StepKind.bends ? CoachBuzz.turn : CoachBuzz.tick)
        this.numbers[PART] = part + 1
        break
      default:
        this.feel(CoachBuzz.tick)
        this.count(atMs)
    }
  }

  private giveUp(atMs: number): void {
    if (this.number(PHASE) === CoachPhase.asking) {
      this.numbers[IS_UNANSWERED] = 1
      this.begin(this.number(STEP) + 1, atMs)
    } else if (this.present.isOptional) this.leave(atMs)
    else this.finish(atMs)
  }

  /** A bend is over. Of the test each counts, since it is to tell how deep they go. */
  private bent({ peakCdeg, durationMs, halts }: WatchedBend, atMs: number): void {
    const numbers = this.numbers
    const step = this.present
    numbers[LAST_DEPTH] = peakCdeg
    // The pace of the next begins.
    numbers[PART] = 0
    numbers[PART_BEGUN] = atMs
    if (step.kind === StepKind.bends && peakCdeg < step.depthDeg * CDEG_PER_DEG) return
    numbers[WAITING] = atMs
    if (isAsked(step)) {
      this.enter(peakCdeg)
      numbers[BENDS_MS] = this.number(BENDS_MS) + durationMs
      numbers[HALTS] = this.number(HALTS) + halts
    }
    this.feel(CoachBuzz.tick)
    this.count(atMs)
  }

  private enter(depthCdeg: number): void {
    const numbers = this.numbers
    const bends = this.number(BENDS)
    let at = DEPTHS + bends
    for (; at > DEPTHS && this.number(at - 1) > depthCdeg; at--) numbers[at] = this.number(at - 1)
    numbers[at] = depthCdeg
    numbers[BENDS] = bends + 1
  }

  /** Of two in the middle their mean. */
  private medianCdeg(bends: number): number {
    if (bends === 0) return 0
    const upper = DEPTHS + (bends >> 1)
    const lower = bends & 1 ? upper : upper - 1
    return (this.number(lower) + this.number(upper)) >> 1
  }

  private count(atMs: number): void {
    const repeat = this.number(REPEAT) + 1
    this.numbers[REPEAT] = repeat
    if (repeat >= this.present.repeats) this.leave(atMs)
  }

  /**
   * On to the question, where there is one, or the next step. What was not even tried cannot have hurt; and who does not want the first of what
   * is only done if wanted is not kept waiting for the rest.
   */
  private leave(atMs: number): void {
    const { kind, repeats, isOptional } = this.present
    const repeat = this.number(REPEAT)
    if (isOptional && isCounted(kind) && repeat < repeats) this.numbers[IS_LEFT_OUT] = 1
    if (kind !== StepKind.test || (isOptional && repeat === 0)) {
      const { steps } = this.routine
      let next = this.number(STEP) + 1
      if (isOptional && repeat === 0) while (steps[next]?.isOptional) next++
      this.begin(next, atMs)
      return
    }
    this.numbers[PHASE] = CoachPhase.asking
    this.numbers[WAITING] = atMs
    this.feel(CoachBuzz.ask)
  }

  private begin(step: number, atMs: number): void {
    const numbers = this.numbers
    numbers[PHASE] = CoachPhase.playing
    numbers[STEP] = step
    if (step >= this.routine.steps.length) {
      this.finish(atMs)
      return
    }
    numbers[STEP_BEGUN] = atMs
    numbers[PART_BEGUN] = atMs
    numbers[WAITING] = atMs
    numbers[PART] = 0
    numbers[REPEAT] = 0
    this.feel(CoachBuzz.step)
  }

  private finish(atMs: number): void {
    // The step itself is done when its question comes.
    if (this.number(PHASE) === CoachPhase.asking) this.numbers[STEP] = this.number(STEP) + 1
    this.numbers[PHASE] = CoachPhase.done
    this.numbers[PART_BEGUN] = atMs
    this.feel(CoachBuzz.done)
  }

  /** Of all that comes at the same moment the wearer feels the last: that a step begins, not that the one before it ends. */
  private feel(buzz: CoachBuzz): void {
    this.numbers[BUZZ] = buzz
  }

  private play(): void {
    const buzz = this.number(BUZZ)
    if (buzz === NO_BUZZ) return
    this.numbers[BUZZ] = NO_BUZZ
    this.motor.coachBuzz(buzz as CoachBuzz)
  }
}

function isCounted(kind: StepKind): boolean {
  return kind !== StepKind.ready && kind !== StepKind.rest
}

function since(beginMs: number, nowMs: number): number {
  return (nowMs - beginMs) | 0
}

function left(beginMs: number, lengthMs: number, nowMs: number): number {
  return lengthMs === NEVER_MS ? NEVER_MS : lengthMs - since(beginMs, nowMs)
}
