/** Errors stance by stance, of matched stances: peak flexion (degrees), initial contact, toe-off and contact time (ms, + = late or long). */
import type { MatchedStance } from "./stance-matching"
import { mean, meanAbsolute, standardDeviation } from "./statistics"

export interface StanceErrors {
  /** Of the peaks that strides are counted by. */
  countedPeakErrorDeg: number | null
  /** Of the deepest live angle in each stance. */
  stancePeakErrorDeg: number | null
  initialContactMeanMs: number | null
  initialContactSdMs: number | null
  toeOffMeanMs: number | null
  toeOffSdMs: number | null
  contactTimeErrorMs: number | null
  /** Truth stances for which the trace has none: they are in none of the errors above. */
  stancesUnmatched: number
}

const MS_PER_S = 1000

export function stanceErrors(matched: readonly MatchedStance[], delayS: number): StanceErrors {
  const countedDeg: number[] = []
  const peaksDeg: number[] = []
  const contactsMs: number[] = []
  const toeOffsMs: number[] = []
  for (const { truth, device, countedPeakDeg } of matched) {
    if (countedPeakDeg !== undefined) countedDeg.push(countedPeakDeg - truth.peakDeg)
    if (!device) continue
    peaksDeg.push(device.peakDeg - truth.peakDeg)
    contactsMs.push((device.startS - delayS - truth.startS) * MS_PER_S)
    toeOffsMs.push((device.endS - delayS - truth.endS) * MS_PER_S)
  }
  return {
    countedPeakErrorDeg: meanAbsolute(countedDeg),
    stancePeakErrorDeg: meanAbsolute(peaksDeg),
    initialContactMeanMs: mean(contactsMs),
    initialContactSdMs: standardDeviation(contactsMs),
    toeOffMeanMs: mean(toeOffsMs),
    toeOffSdMs: standardDeviation(toeOffsMs),
    contactTimeErrorMs: meanAbsolute(contactsMs.map((contactMs, i) => (toeOffsMs[i] as number) - contactMs)),
    stancesUnmatched: matched.length - peaksDeg.length,
  }
}
