/**
 * What a JavaScript engine is to the simulator. Both engines take the same script (firmware-bundle.ts), which must set
 * `globalThis.handleCommand`: ArrayBuffer in, ArrayBuffer out, synchronous. One command, one reply.
 */

export const ENGINE_NAMES = ["xs", "node"] as const
export type EngineName = (typeof ENGINE_NAMES)[number]

/** What the last command cost. */
export interface EngineUsage {
  /** Bytecode steps of XS, the same from run to run; 32 bits, so a single command of more than 4.29e9 wraps. */
  computrons: number
  /** Slots in use, dead ones since the last collection included. */
  slots: number
  /** Bytes reserved for slots and chunks; grows in steps of megabytes and never shrinks. For leaks see `heap`. */
  bytes: number
}

/** What is alive after a forced collection. */
export interface LiveHeap {
  slots: number
  /** Slots and chunks, as XS writes them into a snapshot. */
  bytes: number
}

export interface Engine {
  readonly name: EngineName
  /** Runs a script. An inline source map is taken off and turns stack lines into those of the original files. */
  evaluate(source: string): Promise<void>
  /** Hands `frame` to the guest's handleCommand. Commands may be queued; replies come in order. */
  command(frame: Uint8Array): Promise<Uint8Array>
  /** After the last successful command or evaluation; undefined before it, and for an engine that does not meter. */
  readonly usage: EngineUsage | undefined
  /** Collects garbage and measures; undefined for an engine that cannot tell. */
  heap(): Promise<LiveHeap | undefined>
  close(): Promise<void>
}

export interface EngineOptions {
  /** Takes what the guest prints, line by line, and the XS worker's own complaints. Default: standard error. */
  print?: (line: string) => void
}
