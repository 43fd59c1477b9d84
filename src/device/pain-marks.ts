/** A pain mark of the open run: what the device knows at that moment of knee, load and activity. Outside of runs there is nothing to mark it in. */
import type { TimeService } from "../io"
import type { Motion } from "../motion/motion"
import type { RunRecorder } from "../run/run-recorder"
import type { PainSource } from "../run/summary"

export interface PainMarksOptions {
  motion: Motion
  recorder: RunRecorder
  time: TimeService
}

/** @returns false where no run is open */
export function markPain({ motion, recorder, time }: PainMarksOptions, source: PainSource): boolean {
  const run = recorder.live
  if (!run) return false
  const { activity, kneeCdeg, stride } = motion
  const { milliLoad, compressions } = run.totals
  // The last stride is told of as long as the wearer goes on with what it was.
  const peakFlexionCdeg = stride.gait === activity ? stride.peakFlexionCdeg : 0
  const timeMs = time.ticks
  return recorder.markPain({
    timeMs,
    kneeCdeg,
    peakFlexionCdeg,
    milliLoad,
    compressions,
    activity,
    source,
  })
}
