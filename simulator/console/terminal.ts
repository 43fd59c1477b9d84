/**
 * A terminal at the maker's console of a virtual board, used as a script would: a line is typed, and what comes until the device is ready for the next is its answer. The
 * device echoes what is typed.
 */
import type { BoardLink } from "../board-link"

/** At the end of what is shown the device waits: for a line, or for a yes. */
const READY = /(?:^|\n)(?:# |Type yes to do so: )$/
const READY_BYTES = 40
/** At a time. */
const STEP_MS = 20
/** What comes in pieces comes on within this. */
const QUIET_MS = 15
/** A device that has said nothing for so long is not there. */
const SILENT_MS = 10_000
const MS_PER_S = 1000
const ENTER = "\r"
const LINE_END = "\r\n"

/** Lines as they stand on the screen in the end: what comes after a carriage return covers what was before. */
export function shownLines(text: string): string[] {
  return text.split(LINE_END).map((line) => line.slice(line.lastIndexOf("\r") + 1))
}

export class Terminal {
  /** All that was shown so far. */
  text = ""
  readonly #decoder = new TextDecoder()
  readonly #show: ((text: string) => void) | undefined
  #link: BoardLink | undefined
  #heardMs = 0
  /** Where what came since the last line that was typed begins, and how that is echoed. */
  #from = 0
  #echo = ""

  /** @param show is told what comes, as it comes */
  constructor(show?: (text: string) => void) {
    this.#show = show
  }

  /** The board that it is at, whose link tells `console`. */
  connect(link: BoardLink): void {
    this.#link = link
  }

  console(bytes: Uint8Array): void {
    const text = this.#decoder.decode(bytes, { stream: true })
    this.text += text
    this.#heardMs = this.#board().nowMs
    this.#show?.(text)
  }

  /** The line that was typed last is answered. @throws Error when the device has said nothing for ten seconds of its own */
  get isReady(): boolean {
    const quietMs = this.#board().nowMs - this.#heardMs
    if (quietMs > SILENT_MS)
      throw new Error(`the device's console has said nothing for ${SILENT_MS / MS_PER_S} s`)
    if (quietMs < QUIET_MS || !READY.test(this.text.slice(-READY_BYTES))) return false
    return this.text.indexOf(this.#echo, this.#from) >= 0
  }

  /** Types a line, with its end. */
  async enter(line: string): Promise<void> {
    this.#from = this.text.length
    this.#echo = line + LINE_END
    await this.type(line + ENTER)
  }

  async type(text: string): Promise<void> {
    this.#heardMs = this.#board().nowMs
    await this.#board().type(new TextEncoder().encode(text))
  }

  /** Types a line, and lets the board's time pass until it is answered. @returns what came, without echo and prompt */
  async ask(line: string): Promise<string> {
    await this.enter(line)
    await this.untilReady()
    const answerAt = this.text.indexOf(this.#echo, this.#from) + this.#echo.length
    return this.text.slice(answerAt).replace(READY, "\n").trimEnd()
  }

  async untilReady(): Promise<void> {
    do await this.#board().advance(STEP_MS)
    while (!this.isReady)
  }

  #board(): BoardLink {
    if (!this.#link) throw new Error("terminal: it is at no board")
    return this.#link
  }
}
