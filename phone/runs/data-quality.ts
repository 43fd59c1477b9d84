/** What has to be said of a run's data, in words: what is missing, what went wrong, and how far the depths are off. */
import type { Run } from "../../src/ble/run-codec"
import { MEASURING_WORDS, measuringOf } from "./measuring"
import { degrees, share } from "./number-words"
import { inDeg } from "./record-units"

/** Losses up to here were tried, and cost half a degree of the peaks (docs/accuracy.md, 1 % of the batches lost). */
const LEAST_VALID_PERMYRIAD = 9_900
const PERMYRIAD = 10_000

export interface QualityNote {
  words: string
  /** It has to be said beside every number of the run. */
  isDoubt: boolean
}

/**
 * The first note is the share of samples, the last the error band. Whether a calibration was provisional is not in the record; that there was none when
 * the run began is.
 */
export function dataQuality(run: Run): QualityNote[] {
  const { validPermyriad, gaps, clipped, strapShift, resumed, gapUnknown, cutShort } = run.dataQuality
  const errorDeg = inDeg(run.peakErrorCdeg)
  const measuring = measuringOf({ ...run, peakErrorDeg: errorDeg })
  return [
    {
      words: `${share(validPermyriad / PERMYRIAD)} of the samples came and were in range.`,
      isDoubt: validPermyriad < LEAST_VALID_PERMYRIAD,
    },
    ...noteIf(gaps > 0, `Gaps in the samples: ${gaps}. The strides that they fall into are not counted.`),
    ...noteIf(clipped > 0, `Samples at the end of the sensor's range: ${clipped}.`),
    ...doubtIf(
      strapShift,
      "The strap slipped. From then on the measure was turned along. Fasten it higher and tighter.",
    ),
    ...doubtIf(resumed, "The device was reset in this run and went on. What came in between is missing."),
    ...noteIf(
      gapUnknown,
      "Power was lost in a run before this one. Nobody knows for how long, so the time may be off.",
    ),
    ...doubtIf(cutShort, "Power was lost in this run. It may have gone on."),
    ...doubtIf(
      run.calibrationVersion === 0,
      "The device did not know yet how it sits on your leg when this run began.",
    ),
    { words: `Measured by ${MEASURING_WORDS[measuring]}.`, isDoubt: measuring === "mixed" },
    {
      words: `Depths are off by ${degrees(errorDeg)} on average, measured on other knees. A single knee can be further off.`,
      isDoubt: false,
    },
  ]
}

export function isDoubtful(run: Run): boolean {
  return dataQuality(run).some(({ isDoubt }) => isDoubt)
}

function noteIf(is: boolean, words: string): QualityNote[] {
  return is ? [{ words, isDoubt: false }] : []
}

function doubtIf(is: boolean, words: string): QualityNote[] {
  return is ? [{ words, isDoubt: true }] : []
}
