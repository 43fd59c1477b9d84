/**
 * Plays patterns on the vibration motor: one at a time, by timer. A motor that fails is reported and switched off;
 * it never throws into what asked for a buzz.
 */
import type { Part } from "../board"
import type { Motor } from "../drivers/driver"
import type { TimerId, TimerService } from "../io"
import type { Pattern } from "./patterns"

const PERCENT = 100
/** A motor or a resonant actuator stands still a tenth of a second after it was stopped; own choice, twice that. */
const REST_AFTER_MS = 200
/** A pulse and the pause before it. */
const SEGMENTS_PER_FADING = 2

export interface HapticsOptions {
  readonly board: {
    readonly motor: Part<Motor>
    readonly timer: TimerService
  }
  /** Read at every pulse: the settings store itself will do. */
  readonly settings: { readonly values: { readonly buzzStrengthPercent: number } }
  /** Told what failed, where, and what was done about it. */
  readonly log?: { fault(kind: "motor", what: string): void }
}

export class Haptics {
  /** The motor did not do what it was told last. */
  hasFailed = false
  /** Told before the motor turns, and when it stops. */
  listener: { motorTurns(isTurning: boolean): void } | undefined
  private readonly options: HapticsOptions
  private motor: Motor | undefined
  private pattern: Pattern | undefined
  private segmentsToPlay = 0
  private segment = 0
  /** Made at the first segment and kept: one for each would be garbage after it. */
  private timer: TimerId | undefined
  private closed = false

  constructor(options: HapticsOptions) {
    this.options = options
  }

  /** The pattern being played. */
  get playing(): Pattern | undefined {
    return this.pattern
  }

  /**
   * Starts `pattern` unless a stronger one is playing. @param fading how often it was played already in this run
   * @returns whether the pattern plays
   */
  play(pattern: Pattern, fading = 0): boolean {
    if (this.closed) return false
    if (this.pattern && this.pattern.rank > pattern.rank) return false
    this.wait()
    this.pattern = pattern
    const { segments, segmentsFaded = segments.length } = pattern
    this.segmentsToPlay = Math.max(segmentsFaded, segments.length - fading * SEGMENTS_PER_FADING)
    this.segment = 0
    this.playSegment()
    return this.pattern === pattern
  }

  /** Silence at once. */
  stop(): void {
    if (!this.pattern) return
    this.pattern = undefined
    if (this.drive(0, 0) && this.motor?.rest && this.timer !== undefined)
      this.options.board.timer.schedule(this.timer, REST_AFTER_MS, REST_AFTER_MS)
    else this.wait()
  }

  /** Whether there is a motor, found out before it is needed: nobody feels that there is none. */
  check(): void {
    this.drive(0, 0)
  }

  /** Silence, and the motor's IO is free until the next segment. */
  release(): void {
    const motor = this.motor
    this.motor = undefined
    this.listener?.motorTurns(false)
    try {
      motor?.close()
    } catch (error) {
      this.options.log?.fault("motor", `motor: ${message(error)} on closing`)
    }
  }

  /** Silence for good, and the motor's IO is free. */
  close(): void {
    this.stop()
    this.closed = true
    if (this.timer !== undefined) this.options.board.timer.clear(this.timer)
    this.timer = undefined
    this.release()
  }

  /** The segment before has ended, or the time after a pattern. */
  private onTimer(): void {
    if (this.pattern) this.playSegment()
    else this.rest()
  }

  private rest(): void {
    this.wait()
    try {
      this.motor?.rest?.()
    } catch (error) {
      this.failed(error)
    }
  }

  private playSegment(): void {
    const segment = this.segment < this.segmentsToPlay ? this.pattern?.segments[this.segment] : undefined
    if (!segment) {
      this.stop()
      return
    }
    this.segment += 1
    if (!this.drive(segment.dutyPercent, segment.ms)) {
      this.wait()
      this.pattern = undefined
      return
    }
    const { timer } = this.options.board
    if (this.timer === undefined) this.timer = timer.repeat(() => this.onTimer(), segment.ms)
    else timer.schedule(this.timer, segment.ms, segment.ms)
  }

  /** Whether the motor took it. After a failure its IO is given up, which also silences it, and taken anew next time. */
  private drive(dutyPercent: number, ms: number): boolean {
    try {
      this.motor ??= this.options.board.motor.open()
      const percent = (dutyPercent * this.options.settings.values.buzzStrengthPercent) / PERCENT
      if (percent > 0) {
        this.listener?.motorTurns(true)
        this.motor.start(percent, ms)
      } else {
        this.motor.stop()
        this.listener?.motorTurns(false)
      }
      this.hasFailed = false
      return true
    } catch (error) {
      this.failed(error)
      return false
    }
  }

  private failed(error: unknown): void {
    this.hasFailed = true
    this.options.log?.fault("motor", `motor: ${message(error)}; switched off, tried again at the next buzz`)
    this.release()
  }

  /** No segment ends until the next is played. */
  private wait(): void {
    if (this.timer !== undefined) this.options.board.timer.schedule(this.timer)
  }
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
