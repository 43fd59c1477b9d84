/**
 * A maker at the console: lines are edited and carried out, pages are printed as fast as the host takes them, recordings and the log as they come. The
 * prompt is that of a comment, so that a file of all that the terminal showed is a recording (simulator/recording).
 */
import type { DeviceModel } from "../ble/device-model"
import type { PatellaService } from "../ble/service"
import type { DeviceParts } from "../device/device-parts"
import type { TimerId } from "../io"
import { FIRMWARE_VERSION } from "../version"
import { carryOut } from "./console-commands"
import { ConsoleLog } from "./console-log"
import { ConsoleOutput } from "./console-output"
import {
  COMMENT,
  type ConsoleDesk,
  type ConsoleDevice,
  type ConsolePage,
  LogLevel,
  REFUSED,
} from "./console-page"
import { CTRL_C, LINE_BYTES, LineEditor } from "./line-editor"
import type { ConsoleLink } from "./port"
import { SampleRecording } from "./sample-recording"

/** What a session is held by. */
interface Door extends ConsoleDevice {
  readonly link: ConsoleLink
  leave(): void
}

/** More than a line takes. */
const ROOM_BYTES = 512
/** Some batches of rows: 16 take about 1 KB, and the host may be late. */
const RECORDING_ROOM_BYTES = 3072
/** While something is on its way, so often it is looked at. */
const WORK_MS = 10
const WATCH_MS = 1000
/** Nobody has typed for so long, and nothing goes on. */
const LEAVE_MS = 300_000
/** A host that takes nothing for so long does not listen. */
const DEAF_MS = 3000
/** Lines between which others have their turn. */
const LINES_A_TURN = 8

export class ConsoleSession implements ConsoleDesk {
  readonly parts: DeviceParts
  readonly phone: DeviceModel
  readonly service: PatellaService
  private readonly door: Door
  private readonly output: ConsoleOutput
  private readonly editor = new LineEditor()
  private readonly timer: TimerId
  private periodMs = WATCH_MS
  private page: ConsolePage | undefined
  private nextLine = 0
  private recording: SampleRecording | undefined
  private log: ConsoleLog | undefined
  /** Carried out when the next line says yes. */
  private asked: ((device: ConsoleDevice) => string) | undefined
  /** What was typed while a page was printed. */
  private readonly ahead = new Uint8Array(LINE_BYTES)
  private aheadLength = 0
  private typedMs: number
  private takenMs: number

  constructor(door: Door) {
    const { parts, phone, service, link } = door
    const { timer, time } = parts.board
    this.door = door
    this.parts = parts
    this.phone = phone
    this.service = service
    this.output = new ConsoleOutput(link, ROOM_BYTES)
    this.typedMs = this.takenMs = time.ticks
    this.timer = timer.repeat(() => this.tick(), WATCH_MS)
    this.output.line(
      `${COMMENT}Patella ${FIRMWARE_VERSION} on ${parts.board.name}: "help" tells what there is`,
    )
    this.output.text(COMMENT)
  }

  take(bytes: Uint8Array): void {
    this.typedMs = this.parts.time.ticks
    for (let at = 0; at < bytes.length; at++) this.takeByte(bytes[at] as number)
    this.work()
  }

  ask(question: string, act: (device: ConsoleDevice) => string): void {
    this.output.line(question)
    this.output.text("Type yes to do so: ")
    this.asked = act
  }

  setLog(level: LogLevel): void {
    const { log } = this.parts
    if (this.log) log.monitor = this.log.before
    this.log = level === LogLevel.quiet ? undefined : new ConsoleLog(this, log.monitor, level)
    if (this.log) log.monitor = this.log
  }

  record(seconds: number): void {
    this.output.resize(RECORDING_ROOM_BYTES)
    this.recording = new SampleRecording(this.parts, this.output, seconds)
  }

  /** A line in between, of the log: what is being typed comes again behind it. */
  interject(text: string): void {
    const { output, editor } = this
    const isTyping = !this.page && !this.recording && !this.asked
    if (isTyping) output.text("\r")
    output.line(COMMENT + text)
    if (isTyping) output.text(COMMENT + editor.text)
    // Pages wait: one of them may be what made the device tell.
    output.flush()
    this.pace()
  }

  /** Prints what can be printed now. */
  work(): void {
    const { output, parts } = this
    const nowMs = parts.time.ticks
    if (this.recording?.isOver) this.endRecording()
    for (let turn = 0; ; turn++) {
      if (output.flush() || output.isEmpty) this.takenMs = nowMs
      if (!output.isEmpty || turn === LINES_A_TURN) break
      if (this.page) this.printNext(this.page)
      else if (this.aheadLength === 0 || this.recording) break
      else this.takeAhead()
    }
    if (((nowMs - this.takenMs) | 0) > DEAF_MS) this.giveUp()
    this.pace()
  }

  close(): void {
    this.setLog(LogLevel.quiet)
    this.recording?.end()
    this.parts.board.timer.clear(this.timer)
  }

  private takeByte(byte: number): void {
    const { editor, output } = this
    if (editor.isSkipped(byte)) return
    if (this.recording) {
      this.endRecording()
      return
    }
    if (byte === CTRL_C) {
      this.aheadLength = 0
      this.asked = undefined
      this.page = undefined
      output.newLine()
      this.prompt()
      return
    }
    if (this.page || this.aheadLength > 0) {
      if (this.aheadLength < this.ahead.length) this.ahead[this.aheadLength++] = byte
      return
    }
    if (editor.take(byte, output)) this.obey(editor.text)
  }

  /** A line was typed. */
  private obey(line: string): void {
    this.editor.clear()
    try {
      const { asked } = this
      if (asked) {
        this.asked = undefined
        this.output.line(line.trim() === "yes" ? asked(this) : `${REFUSED}nothing done: that was not yes`)
      } else this.open(carryOut(this, line))
    } catch (error) {
      this.output.line(REFUSED + wordsOf(error))
    }
    if (!this.page && !this.recording && !this.asked) this.prompt()
  }

  private open(page: ConsolePage | undefined): void {
    this.page = page
    this.nextLine = 0
  }

  private printNext(page: ConsolePage): void {
    let line: string | undefined
    try {
      line = page.line(this.nextLine++)
    } catch (error) {
      this.output.line(REFUSED + wordsOf(error))
    }
    if (line !== undefined) this.output.line(line)
    else {
      this.page = undefined
      this.prompt()
    }
  }

  private prompt(): void {
    const { output } = this
    if (output.lostLines > 0) output.line(`${REFUSED}what the terminal did not take in time is left out`)
    output.lostLines = 0
    this.editor.clear()
    output.text(COMMENT)
  }

  /** What was typed while a page was printed, up to the end of a line. */
  private takeAhead(): void {
    const { ahead, editor, output } = this
    const count = this.aheadLength
    let at = 0
    let hasEnded = false
    while (at < count && !hasEnded) hasEnded = editor.take(ahead[at++] as number, output)
    ahead.copyWithin(0, at, count)
    this.aheadLength = count - at
    if (hasEnded) this.obey(editor.text)
  }

  private endRecording(): void {
    const { recording, output } = this
    if (!recording) return
    recording.end()
    this.recording = undefined
    output.line(COMMENT + recording.summary)
    // Rows are not told of as lines.
    output.lostLines = 0
    this.prompt()
  }

  /** Nobody listens. */
  private giveUp(): void {
    this.recording?.end()
    this.recording = undefined
    this.page = undefined
    this.output.drop()
    this.takenMs = this.parts.time.ticks
  }

  private tick(): void {
    try {
      this.log?.tick()
      this.work()
      const idleMs = (this.parts.time.ticks - this.typedMs) | 0
      if (idleMs > LEAVE_MS && !this.recording && !this.log && !this.page) this.door.leave()
    } catch (error) {
      this.parts.log.fault("other", "console", error)
    }
  }

  /** Looks often only while there is something to print. */
  private pace(): void {
    const { output } = this
    if (output.isEmpty && !this.recording && output.roomBytes > ROOM_BYTES) output.resize(ROOM_BYTES)
    const isBusy = this.page || this.recording || this.aheadLength > 0 || !output.isEmpty
    const periodMs = isBusy ? WORK_MS : WATCH_MS
    if (periodMs === this.periodMs) return
    this.periodMs = periodMs
    this.parts.board.timer.schedule(this.timer, periodMs, periodMs)
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
