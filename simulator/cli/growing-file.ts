/**
 * A file that an option names, written beside its place and moved there when it is whole, so that an interrupted command leaves no half file. It is
 * open from before the work, so that a place that cannot be written is known at once.
 */
import { closeSync, fstatSync, openSync, renameSync, rmSync, type Stats, statSync, writeSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { systemWords, UsageError } from "./usage"

export class GrowingFile {
  readonly #words: string
  readonly #path: string
  /** Where it grows; a device or a pipe is written directly. */
  readonly #growing: string
  readonly #descriptor: number
  #done = false
  readonly #giveUp = () => this.discard()

  /** @param source a file that it must not be. @throws UsageError when nothing can be written there. */
  constructor(option: string, path: string, source?: string) {
    this.#words = `${option} ${path}`
    this.#path = path
    const there = statOf(path)
    if (there?.isDirectory()) throw new UsageError(`${this.#words}: is a folder; name a file`)
    const read = source === undefined ? undefined : statOf(source)
    if (there && read && there.ino === read.ino && there.dev === read.dev) {
      throw new UsageError(`${this.#words}: is the recording itself; name another file`)
    }
    const direct = there !== undefined && !there.isFile()
    this.#growing = direct ? path : join(dirname(path), `.${basename(path)}.${process.pid}.part`)
    try {
      this.#descriptor = openSync(this.#growing, direct ? "w" : "wx")
    } catch (error) {
      throw new UsageError(`${this.#words}: cannot be written: ${systemWords(error)}`)
    }
    process.once("exit", this.#giveUp)
  }

  /** @throws Error when the disk refuses; nothing is left behind then. */
  write(pieces: Iterable<string | Uint8Array>): void {
    try {
      for (const piece of pieces) writeWhole(this.#descriptor, piece)
      const isFile = fstatSync(this.#descriptor).isFile()
      closeSync(this.#descriptor)
      if (isFile) renameSync(this.#growing, this.#path)
      this.#done = true
      process.off("exit", this.#giveUp)
    } catch (error) {
      this.discard()
      throw new Error(`${this.#words}: not written: ${systemWords(error)}`)
    }
  }

  /** Leaves nothing behind, unless it was written. */
  discard(): void {
    if (this.#done) return
    this.#done = true
    process.off("exit", this.#giveUp)
    if (this.#growing !== this.#path) rmSync(this.#growing, { force: true })
  }
}

/** Undefined where nothing is, or nothing can be. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

function writeWhole(descriptor: number, piece: string | Uint8Array): void {
  const bytes = Buffer.from(piece)
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written)
}
