/**
 * How good the samples of a run were: from the last batch before its first stride to its last stride, pauses included.
 * It counts all the time, since a run is known only strides after it began, and keeps what stood at three marks.
 */
import { constant } from "../constant"
import type { StateReader, StateWriter } from "../state-bytes"
import type { DataQuality } from "./summary"

const Count = constant({ seen: 0, lost: 1, clipped: 2, gaps: 3, strapShifts: 4, resumptions: 5 } as const)
type Count = (typeof Count)[keyof typeof Count]
const COUNTS = Object.keys(Count).length
/** Where the counts at a mark begin. */
const Mark = constant({ candidate: COUNTS, start: 2 * COUNTS, end: 3 * COUNTS } as const)
type Mark = (typeof Mark)[keyof typeof Mark]
const PERMYRIAD = 10_000

export class QualityLog {
  /** The counts now, then as they stood at each mark. One array: four take 21 slots more. */
  private readonly counts = new Int32Array(Mark.end + COUNTS)

  /** A batch came: `seen` samples, of which `clipped` had an axis at the end of its range. */
  samples(seen: number, clipped: number): void {
    this.increase(Count.seen, seen)
    this.increase(Count.clipped, clipped)
  }

  /** `lost` samples in a row did not come. */
  gap(lost: number): void {
    this.increase(Count.gaps, 1)
    this.increase(Count.lost, lost)
  }

  strapShift(): void {
    this.increase(Count.strapShifts, 1)
  }

  /** The device began again, and its samples with it: `lost` did not come meanwhile. */
  resume(lost: number): void {
    this.gap(lost)
    this.increase(Count.resumptions, 1)
  }

  /** A run may begin here. */
  markCandidate(): void {
    this.mark(Mark.candidate)
  }

  /** The run did begin at the last candidate. */
  begin(): void {
    this.copy(Mark.start, Mark.candidate)
    this.mark(Mark.end)
  }

  /** The run goes on until here. */
  extend(): void {
    this.mark(Mark.end)
  }

  read(gapUnknown: boolean, cutShort: boolean): DataQuality {
    const seen = this.inRun(Count.seen)
    const clipped = this.inRun(Count.clipped)
    const due = seen + this.inRun(Count.lost)
    return {
      validPermyriad: due === 0 ? 0 : Math.floor(((seen - clipped) * PERMYRIAD) / due),
      gaps: this.inRun(Count.gaps),
      clipped,
      strapShift: this.inRun(Count.strapShifts) > 0,
      resumed: this.inRun(Count.resumptions) > 0,
      gapUnknown,
      cutShort,
    }
  }

  /** The run's counts as far as it goes, then what came since: it is the run's if that goes on. */
  writeRun(out: StateWriter): void {
    const counts = this.counts
    for (let count = 0; count < COUNTS; count++) out.u32(this.inRun(count as Count))
    for (let count = 0; count < COUNTS; count++)
      out.u32((counts[count] as number) - (counts[Mark.end + count] as number))
  }

  /** Goes on with the counts of a run that was written. */
  readRun(state: StateReader): void {
    this.mark(Mark.start)
    for (let count = 0; count < COUNTS; count++) this.increase(count as Count, state.u32())
    this.mark(Mark.end)
    for (let count = 0; count < COUNTS; count++) this.increase(count as Count, state.u32())
  }

  private mark(mark: Mark): void {
    this.copy(mark, 0)
  }

  /** Not copyWithin: XS reckons its bounds in doubles, and this is in a sample's path. */
  private copy(to: number, from: number): void {
    const counts = this.counts
    for (let count = 0; count < COUNTS; count++) counts[to + count] = counts[from + count] as number
  }

  private increase(count: Count, amount: number): void {
    this.counts[count] = (this.counts[count] as number) + amount
  }

  private inRun(count: Count): number {
    return (this.counts[Mark.end + count] as number) - (this.counts[Mark.start + count] as number)
  }
}
