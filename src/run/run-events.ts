/** What the run recorder tells while it records: the open run, and the events of its life. */
import type { Stride } from "../motion/stride"
import type { ClosedRun, Pain, Totals } from "./summary"

/** The open run. One object, always the same. */
export interface LiveRun {
  readonly id: number
  readonly bootId: number
  /** By the present clock: negative when the run began before this boot. */
  readonly startMs: number
  /** Up to the last stride's toe-off. */
  readonly durationMs: number
  readonly thresholdCdeg: number
  readonly inBout: boolean
  readonly totals: Readonly<Totals>
}

/** In order of events: runStarted, boutBegan, strideCounted …, runEnded or runDropped; painMarked anywhere between. */
export interface RunSink {
  runStarted?(run: LiveRun): void
  /** A bout of the run was found, whose strides so far are counted next. */
  boutBegan?(run: LiveRun): void
  /** A stride was counted; `run` has it. Copy what you keep of it. */
  strideCounted?(stride: Readonly<Stride>, run: LiveRun): void
  /** The run has it. */
  painMarked?(pain: Readonly<Pain>): void
  /** It was begun by hand, and nothing came of it: its number is given again. */
  runDropped?(run: LiveRun): void
  /** Its lists are lent for the call. */
  runEnded?(run: ClosedRun): void
}
