/** A run's figures as they are shown: each with its error band, where one was measured. */
import { DEPTH_BANDS_DEG } from "../../src/ble/run-codec"
import { oneDigit, share } from "../runs/number-words"
import type { RunView } from "../runs/run-view"
import { durationWords, minutesAndSeconds } from "./duration-words"
import { depthWords, wholeWords } from "./figure-words"

const DEPTHS_DEG: readonly number[] = DEPTH_BANDS_DEG
const NOT_KNOWN = "not known"

export interface Figure {
  name: string
  value: string
  /** What it is of, or how it came about. */
  note?: string
}

/** Without load cycles a record's depths are 0: they are not known then. */
export function figuresOf(run: RunView): Figure[] {
  const { peak, meanError, thresholdDeg, loadCycles } = run
  const depth = (deg: number) => (loadCycles === 0 ? NOT_KNOWN : depthWords(deg, peak.errorDeg))
  return [
    { name: "Duration", value: durationWords(run.durationS), note: "with its pauses" },
    { name: "Loadings", value: wholeWords(loadCycles), note: "times this leg carried you" },
    {
      name: "Cadence",
      value:
        run.cadenceSpm === 0 ? NOT_KNOWN : `${oneDigit(run.cadenceSpm)}${band(meanError?.cadenceSpm, 1)}`,
      note: "steps a minute, median",
    },
    {
      name: "Foot on the ground",
      value: run.contactTimeMs === 0 ? NOT_KNOWN : `${run.contactTimeMs}${band(meanError?.contactTimeMs)} ms`,
      note: "a stride, median",
    },
    { name: "Depth, median", value: depth(peak.medianDeg), note: "half of them went deeper" },
    { name: "Depth, P95", value: depth(peak.p95Deg), note: "1 in 20 went deeper" },
    { name: `Past ${thresholdDeg}°`, value: wholeWords(run.compressions), note: pastNote(run) },
    {
      name: `Time past ${thresholdDeg}°`,
      value: minutesAndSeconds(run.secondsPastThreshold),
      note: `${wholeWords(run.degreeSecondsPastThreshold)} degree-seconds`,
    },
    { name: "Load", value: wholeWords(run.load), note: "1 is one average stride" },
  ]
}

function pastNote({ compressions, loadCycles, thresholdDeg, meanError }: RunView): string {
  if (loadCycles === 0) return "no loadings"
  const points = meanError?.sharePoints[DEPTHS_DEG.indexOf(thresholdDeg)]
  const error = points === undefined ? "" : ` ± ${Math.ceil(points)} points`
  return `${share(compressions / loadCycles)}${error} of loadings`
}

/** Never rounded down: " ± 12", or " ± 0.1" with a digit. */
function band(error: number | undefined, digits = 0): string {
  if (error === undefined) return ""
  const scale = 10 ** digits
  return ` ± ${(Math.ceil(error * scale) / scale).toFixed(digits)}`
}
