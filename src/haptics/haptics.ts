/**
 * Plays patterns on the vibration motor: one at a time, by PWM and timer. A motor that fails is reported and switched off;
 * it never throws into what asked for a buzz.
 */
import type { PWM, PWMConstructor, TimerId, TimerService } from "../board"
import type { Pattern } from "./patterns"

const PERCENT = 100
/** A pulse and the pause before it. */
const SEGMENTS_PER_FADING = 2

export interface HapticsOptions {
  readonly board: {
    readonly motor: { readonly io: PWMConstructor; readonly pin: number; readonly hz: number }
    readonly timer: TimerService
  }
  /** Read at every pulse: the settings store itself will do. */
  readonly settings: { readonly values: { readonly buzzStrengthPercent: number } }
  /** Told what failed, where, and what was done about it. */
  readonly log?: { fault(kind: "motor", what: string): void }
}

export class Haptics {
  private readonly options: HapticsOptions
  private motor: PWM | undefined
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
    this.wait()
    this.write(0)
    this.pattern = undefined
  }

  /** Silence, and the pin is free. */
  close(): void {
    this.stop()
    this.closed = true
    if (this.timer !== undefined) this.options.board.timer.clear(this.timer)
    this.timer = undefined
    this.release()
  }

  private playSegment(): void {
    const segment = this.segment < this.segmentsToPlay ? this.pattern?.segments[this.segment] : undefined
    if (!segment) {
      this.stop()
      return
    }
    this.segment += 1
    if (!this.write(segment.dutyPercent)) {
      this.wait()
      this.pattern = undefined
      return
    }
    const { timer } = this.options.board
    if (this.timer === undefined) this.timer = timer.repeat(() => this.playSegment(), segment.ms)
    else timer.schedule(this.timer, segment.ms, segment.ms)
  }

  /** Whether the motor took it. After a failure the pin is given up, which also silences it, and taken anew next time. */
  private write(dutyPercent: number): boolean {
    const { io, pin, hz } = this.options.board.motor
    try {
      this.motor ??= new io({ pin, hz })
      const full = 2 ** this.motor.resolution - 1
      const strength = this.options.settings.values.buzzStrengthPercent
      this.motor.write(Math.round((full * dutyPercent * strength) / (PERCENT * PERCENT)))
      return true
    } catch (error) {
      this.options.log?.fault(
        "motor",
        `motor on pin ${pin}: ${message(error)}; switched off, tried again at the next buzz`,
      )
      this.release()
      return false
    }
  }

  private release(): void {
    const motor = this.motor
    this.motor = undefined
    try {
      motor?.close()
    } catch (error) {
      this.options.log?.fault(
        "motor",
        `motor on pin ${this.options.board.motor.pin}: ${message(error)} on closing`,
      )
    }
  }

  /** No segment ends until the next is played. */
  private wait(): void {
    if (this.timer !== undefined) this.options.board.timer.schedule(this.timer)
  }
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
