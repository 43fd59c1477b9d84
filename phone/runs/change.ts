/**
 * What changed between the median of earlier runs and a run, and whether this device can tell it: below the smallest detectable change
 * (detectable-change.json) it is called no change. That was measured within sessions; the strap was not taken off in between.
 */
import { DEPTH_BANDS_DEG } from "../../src/ble/run-codec"
import { CHANGE_CONDITIONS, type DetectableChange, detectableOf } from "./detectable-change"
import { firmwareMinor } from "./firmware-minor"
import { placedMs } from "./local-time"
import { measuringOf } from "./measuring"
import { median } from "./median"
import { degrees, oneDigit } from "./number-words"
import type { RunDigest } from "./run-digest"

/**
 * Two runs have the same pace when both differ by less. In 17 of the 18 runners that the change was measured on, the halves of a bout, at one pace, differ by up
 * to 1.4 steps a minute and 5 ms; from a pace to one 1 m/s faster contact gets shorter by 15 ms at least, while one runner's cadence changes by 0.2
 * (tests/phone/runs/same-pace.test.ts; the table of the 18th lacks most of a bout).
 */
export const SAME_PACE_SPM = 2
export const SAME_PACE_CONTACT_MS = 10
/** With fewer a median is one run's chance; a choice of ours. */
export const LEAST_EARLIER = 3
const PERCENT = 100
const DEPTHS_DEG: readonly number[] = DEPTH_BANDS_DEG

export interface Refusal {
  /** Why there is no comparison. */
  refused: string
}

export interface Change {
  verdict: "none" | "more" | "less"
  /** Later less earlier: degrees, percentage points of strides, or %. */
  by: number
  /** What more than noise is, in the same unit. */
  detectable: number
  words: string
}

export interface Comparison {
  pace: "same" | "another"
  /** How many runs it is compared with. */
  runs: number
  /** Median stance peak, degrees. */
  peak: Change | Refusal
  /** Share of strides past each of DEPTH_BANDS_DEG, percentage points. */
  shares: (Change | Refusal)[]
  /** Share of strides past the wearer's threshold, percentage points. */
  compressions: Change | Refusal
  /** Load a stride, %. */
  load: Change | Refusal
  /** What to keep in mind. */
  notes: string[]
  /** When and on whom it was measured how small a change can be told. */
  sourceWords: string
}

/** What is compared: of one run, or medians of some. */
interface Figures {
  peakDeg: number
  shares: number[]
  loadPerStride: number
}

/** @param earlier all that there are, in any order: those that compare are chosen, of the same pace if they are enough */
export function compareWithEarlier(run: RunDigest, earlier: readonly RunDigest[]): Comparison | Refusal {
  if (run.unreadable) return { refused: "This run cannot be read by this version." }
  if (run.strides === 0) return { refused: "This run has no strides." }
  const before = earlier.filter((other) => placedMs(other) < placedMs(run) && isComparable(run, other))
  const samePace = before.filter((other) => isSamePace(run, other))
  const isSame = samePace.length >= LEAST_EARLIER
  const chosen = isSame ? samePace : before
  if (chosen.length < LEAST_EARLIER)
    return {
      refused: `There are ${before.length} earlier runs that this one can be compared with. It takes ${LEAST_EARLIER}.`,
    }
  return compare(run, chosen, isSame)
}

function isSamePace(a: RunDigest, b: RunDigest): boolean {
  return (
    Math.abs(a.cadenceSpm - b.cadenceSpm) < SAME_PACE_SPM &&
    Math.abs(a.contactTimeMs - b.contactTimeMs) < SAME_PACE_CONTACT_MS
  )
}

/** Of another device, firmware, model or way of measuring, a difference may come from that. */
function isComparable(run: RunDigest, other: RunDigest): boolean {
  return (
    !other.unreadable &&
    other.strides > 0 &&
    other.deviceId === run.deviceId &&
    firmwareMinor(other.firmware) === firmwareMinor(run.firmware) &&
    other.modelVersion === run.modelVersion &&
    measuringOf(other) === measuringOf(run)
  )
}

function compare(later: RunDigest, earlier: readonly RunDigest[], isSame: boolean): Comparison | Refusal {
  const { modelVersion, thresholdDeg } = later
  // Of the thigh's motion and the contact alone, so one sensor's figures hold for load however many measured.
  const ofThigh = detectableOf("one", modelVersion)
  if (!ofThigh)
    return { refused: `How small a change can be told was not measured with flexion model ${modelVersion}.` }
  const now = figuresOf([later])
  const before = figuresOf(earlier)
  const byPace = isSame ? "samePace" : "otherPace"
  const depth = detectableOf(measuringOf(later), modelVersion)
  const inDepth = (change: (detectable: DetectableChange) => Change): Change | Refusal =>
    depth
      ? change(depth[byPace])
      : { refused: "Two sensors measured only some of the strides. Depths cannot be compared." }
  const shares = DEPTHS_DEG.map((deg, band) => {
    const points = ((now.shares[band] ?? 0) - (before.shares[band] ?? 0)) * PERCENT
    return inDepth(({ sharePoints }) => shareChange(deg, points, sharePoints[band] ?? 0))
  })
  return {
    pace: isSame ? "same" : "another",
    runs: earlier.length,
    peak: inDepth(({ peakDeg }) => peakChange(now.peakDeg - before.peakDeg, peakDeg)),
    shares,
    compressions: earlier.some((run) => run.thresholdDeg !== thresholdDeg)
      ? {
          refused: "The threshold was another one, so compressions cannot be compared. The fixed depths can.",
        }
      : (shares[DEPTHS_DEG.indexOf(thresholdDeg)] ?? {
          refused: `How small a change can be told was not measured at ${thresholdDeg}°. The fixed depths can be compared.`,
        }),
    load:
      before.loadPerStride > 0
        ? loadChange((now.loadPerStride / before.loadPerStride - 1) * PERCENT, ofThigh[byPace].loadPercent)
        : { refused: "There is no load to compare with." },
    notes: notesOn(later, earlier, isSame),
    sourceWords: `Measured on ${ofThigh.made} with firmware ${ofThigh.firmware}. ${CHANGE_CONDITIONS}`,
  }
}

function figuresOf(runs: readonly RunDigest[]): Figures {
  return {
    peakDeg: median(runs.map(({ peakMedianDeg }) => peakMedianDeg)),
    shares: DEPTHS_DEG.map((_, band) =>
      median(runs.map(({ compressionsByDepth, strides }) => (compressionsByDepth[band] ?? 0) / strides)),
    ),
    loadPerStride: median(runs.map(({ load, strides }) => load / strides)),
  }
}

function notesOn(later: RunDigest, earlier: readonly RunDigest[], isSame: boolean): string[] {
  const notes = [
    isSame
      ? "The pace was the same, by cadence and contact time."
      : "The pace was another one, or it cannot be told. The limits are wider, since the estimate moves with pace.",
  ]
  if (earlier.some(({ calibrationVersion }) => calibrationVersion !== later.calibrationVersion))
    notes.push("The strap was put on or calibrated anew in between. What that adds was not measured.")
  if ([later, ...earlier].some(({ isDoubtful }) => isDoubtful))
    notes.push("There is doubt about the data of at least one of these runs.")
  return notes
}

function peakChange(by: number, detectable: number): Change {
  return change(by, detectable, degrees, by < 0 ? "less deep" : "deeper")
}

function shareChange(depthDeg: number, by: number, detectable: number): Change {
  const points = (value: number) => `${Math.round(value)} points`
  return change(by, detectable, points, `${by < 0 ? "fewer" : "more"} strides past ${depthDeg}°`)
}

function loadChange(by: number, detectable: number): Change {
  const percent = (value: number) => `${oneDigit(value)} %`
  return change(by, detectable, percent, `${by < 0 ? "less" : "more"} load a stride`)
}

function change(by: number, detectable: number, text: (value: number) => string, how: string): Change {
  const size = Math.abs(by)
  if (size < detectable)
    return {
      verdict: "none",
      by,
      detectable,
      words: `No change that this device can tell: less than ${text(detectable)} is noise.`,
    }
  return {
    verdict: by < 0 ? "less" : "more",
    by,
    detectable,
    words: `${text(size)} ${how}. Less than ${text(detectable)} would be noise.`,
  }
}
