/**
 * How long the wearer has been sitting, when one gentle buzz may say so, and whether the first steps after a long sitting hurt. It is told once a
 * second whether they sit or are up, and of each stride; it counts these seconds itself, so no clock can wrap in between.
 */
import { type CoachEntry, CoachEntryFlag, CoachEntryKind } from "./coach-entry"
import { CoachAnswer, Readiness } from "./routine"

const S_PER_MIN = 60
const MIN_PER_HOUR = 60
/** Who neither sits nor is up for so long begins anew: less is a fidget. */
const FIDGET_S = 60
const SNOOZE_S = 3600
/** A press so soon after the buzz answers it. */
const ANSWER_S = 30
const WATCHED_STRIDES = 10
const STEPS_PER_STRIDE = 2
/** After the last of them the hand takes so long to the button at most. Own choice. */
const HAND_S = 10
/** Without a step for so long, what follows are no first steps. Own choice. */
const NO_STEP_S = 300
/** With the buzz out, who gets up within so long is to be seen. */
export const AFTER_BUZZ_S = 300
/** As the log of the coach can hold. */
const SAT_MAX_S = 0xffff
/** Of `marks`: the steps are watched, and the other bits count strides. Without it they count the seconds since the buzz. */
const WATCHES = 0x80

export class SittingWatch {
  /** How long they have sat, or had sat before the steps that are watched, s; 0: neither. */
  protected satS = 0
  /** Since they last sat, or, while steps are watched, since rising or the last stride, s. */
  private sinceS = 0
  /** See WATCHES; 0 before the buzz. */
  private marks = 0
  private snoozeS = 0

  /** Whole minutes, 0 when not sitting. */
  get satMin(): number {
    return this.isWatching ? 0 : (this.satS / S_PER_MIN) | 0
  }

  /** The buzz is so new that a press answers it. */
  get isBuzzNew(): boolean {
    return this.marks > 0 && this.marks <= ANSWER_S
  }

  /**
   * Once a second. @param isUp on the feet: standing, walking, running
   * @param sittingMin the setting: a sitting is long from so many minutes on; 0: none is
   * @returns what the steps that were watched came to, when that is over
   */
  second(nowMs: number, isSitting: boolean, isUp: boolean, sittingMin: number): CoachEntry | undefined {
    if (this.snoozeS > 0) this.snoozeS--
    const entry = this.isWatching ? this.watch(nowMs, isSitting) : undefined
    if (this.isWatching || (this.satS === 0 && !isSitting)) return entry
    if (this.satS < SAT_MAX_S) this.satS++
    if (this.isBuzzNew) this.marks++
    this.sinceS = isSitting ? 0 : this.sinceS + 1
    if (isUp || this.sinceS >= FIDGET_S) this.rise(sittingMin)
    return entry
  }

  /** A stride of the leg that wears the sensor. */
  stride(): void {
    if (!this.isWatching || this.strides === WATCHED_STRIDES) return
    this.marks++
    this.sinceS = 0
  }

  /** It hurts. @returns what to keep of it; undefined when no steps are watched */
  pain(nowMs: number): CoachEntry | undefined {
    return this.isWatching ? this.end(nowMs, CoachAnswer.pain) : undefined
  }

  /** Whether the buzz may come, by the sitting alone; looked at by whole minutes. See isQuiet(). */
  mayBuzz(sittingMin: number): boolean {
    const { satS } = this
    return (
      sittingMin > 0 &&
      satS >= sittingMin * S_PER_MIN &&
      satS % S_PER_MIN === 0 &&
      this.sinceS === 0 &&
      this.marks === 0 &&
      this.snoozeS === 0
    )
  }

  /** It was felt: there is no other in this sitting. */
  buzzed(): void {
    this.marks = 1
  }

  /** No buzz for an hour; the one that was has its answer. */
  snooze(): void {
    this.snoozeS = SNOOZE_S
    if (this.isBuzzNew) this.marks = ANSWER_S + 1
  }

  /** The buzz may still come, or came just now: the device is to stay awake, however still they sit. */
  isAwaited(sittingMin: number): boolean {
    return (
      sittingMin > 0 && this.satS > 0 && !this.isWatching && this.satS < sittingMin * S_PER_MIN + AFTER_BUZZ_S
    )
  }

  /** They have been sitting for so long already. @param isTold the buzz was, long ago */
  resume(satS: number, isTold: boolean): void {
    this.satS = Math.min(satS, SAT_MAX_S)
    this.marks = isTold ? ANSWER_S + 1 : 0
  }

  /** Whoever wore it wears it no more, or runs: nothing of the sitting is kept. */
  drop(): void {
    this.satS = 0
    this.sinceS = 0
    this.marks = 0
  }

  /** Of the steps after a long sitting. */
  protected get isWatching(): boolean {
    return this.marks >= WATCHES
  }
  protected get isTold(): boolean {
    return this.marks > 0 && !this.isWatching
  }
  private get strides(): number {
    return this.marks - WATCHES
  }

  private rise(sittingMin: number): void {
    const satS = this.satS - this.sinceS
    this.drop()
    if (sittingMin === 0 || satS < sittingMin * S_PER_MIN) return
    this.satS = satS
    this.marks = WATCHES
  }

  private watch(nowMs: number, isSitting: boolean): CoachEntry | undefined {
    this.sinceS++
    const isOver = this.sinceS >= (this.strides === WATCHED_STRIDES ? HAND_S : NO_STEP_S)
    if (!isSitting && !isOver) return undefined
    if (this.strides > 0) return this.end(nowMs, CoachAnswer.noPain)
    this.drop()
    return undefined
  }

  private end(endMs: number, answer: CoachAnswer): CoachEntry {
    const { satS, strides } = this
    this.drop()
    return {
      kind: CoachEntryKind.sitting,
      routine: 0,
      endMs,
      durationS: satS,
      repeats: strides * STEPS_PER_STRIDE,
      depthCdeg: 0,
      meanMs: 0,
      halts: 0,
      answer,
      readiness: Readiness.unknown,
      flags: strides === WATCHED_STRIDES ? CoachEntryFlag.complete : 0,
    }
  }
}

/**
 * Whether nobody is to be reminded now. @param dayMin minutes of the wearer's day, undefined: nobody told the time
 * @param fromH and `toH`: the settings; equal: never
 */
export function isQuiet(dayMin: number | undefined, fromH: number, toH: number): boolean {
  if (dayMin === undefined) return false
  const hour = (dayMin / MIN_PER_HOUR) | 0
  return fromH <= toH ? hour >= fromH && hour < toH : hour >= fromH || hour < toH
}
