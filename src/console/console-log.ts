/**
 * Prints at the console what the device tells of itself (src/device/device-log.ts), and at the highest level a line a second of what it measures. Stands in
 * front of the board's own monitor.
 */
import type { Monitor } from "../board"
import type { DeviceParts } from "../device/device-parts"
import { LogLevel } from "./console-page"
import { ACTIVITY_WORDS } from "./words"

const MS_PER_S = 1000
const CDEG_PER_DEG = 100

/** Where it is printed. */
interface Printer {
  readonly parts: DeviceParts
  interject(text: string): void
}

export class ConsoleLog implements Monitor {
  readonly before: Monitor | undefined
  private readonly printer: Printer
  private readonly level: LogLevel
  private toldMs = 0

  constructor(printer: Printer, before: Monitor | undefined, level: LogLevel) {
    this.printer = printer
    this.before = before
    this.level = level
  }

  event(name: string, atMs: number, detail: string): void {
    this.before?.event(name, atMs, detail)
    this.printer.interject(`${(atMs / MS_PER_S).toFixed(1)} s ${name} ${detail}`)
  }

  /** At least once a second. */
  tick(): void {
    const { time, motion, thigh } = this.printer.parts
    if (this.level !== LogLevel.all || ((time.ticks - this.toldMs) | 0) < MS_PER_S) return
    this.toldMs = time.ticks
    const { samples, lost } = thigh.counts
    const knee = `knee ${Math.round(motion.kneeCdeg / CDEG_PER_DEG)}°`
    const thighDeg = `thigh ${Math.round(motion.thighCdeg / CDEG_PER_DEG)}°`
    const angles = motion.calibrated ? `${knee}, ${thighDeg}` : "not calibrated"
    this.printer.interject(
      `${(time.ticks / MS_PER_S).toFixed(1)} s ${ACTIVITY_WORDS[motion.activity]}, ${angles}; samples ${samples}, lost ${lost}`,
    )
  }
}
