/**
 * Bouts found, missed and invented, and what was counted in them: strides, cadence, compressions at every depth band. In: the
 * device's bouts as `replay --json` gives them, the truth's bouts; times in s of recording time. Errors in % of true strides.
 */
import { DEPTH_BANDS_DEG } from "../../src/ble/run-codec"
import { mean } from "./statistics"
import type { TruthBout } from "./truth"

/** A bout in the JSON of `replay`. */
export interface DeviceBout {
  startS: number
  durationS: number
  strides: number
  cadenceSpm: number
  peakFlexionMedianDeg: number
  compressionsByDepth: Record<string, number>
}

export interface BoutComparison {
  startS: number
  found: boolean
  strides: { truth: number; rampSteps: number; device: number; errorPercent: number }
  cadenceErrorSpm: number | null
  /** Median stance peak; the device has none of a bout that it missed. */
  peakMedianDeg: { truth: number; device: number | null }
  compressions: { truth: number[]; device: number[] }
}

export interface BoutErrors {
  boutsFound: number
  boutsMissed: number
  boutsInvented: number
  /** The worst bout's. */
  stridesErrorPercent: number | null
  /** Means over the bouts that were found. */
  cadenceErrorSpm: number | null
  boutPeakErrorDeg: number | null
  bouts: BoutComparison[]
}

/** Share of a true bout that the device's bout must cover. */
const LEAST_COVERED = 0.5
const PERCENT = 100

/** Each device bout belongs to the one true bout that it overlaps most: a merged bout finds one and misses the other. */
export function boutErrors(device: DeviceBout[], truth: TruthBout[]): BoutErrors {
  const owned = truth.map((): DeviceBout[] => [])
  let invented = 0
  for (const bout of device) {
    const overlaps = truth.map((candidate) => overlapS(bout, candidate))
    const most = Math.max(0, ...overlaps)
    if (most > 0) owned[overlaps.indexOf(most)]?.push(bout)
    else invented++
  }
  const bouts = truth.map((bout, i) => compareBout(owned[i] ?? [], bout))
  const found = bouts.filter((bout) => bout.found).length
  return {
    boutsFound: found,
    boutsMissed: bouts.length - found,
    boutsInvented: invented,
    stridesErrorPercent:
      bouts.length === 0 ? null : Math.max(...bouts.map((bout) => bout.strides.errorPercent)),
    cadenceErrorSpm: mean(bouts.map((bout) => bout.cadenceErrorSpm).filter((error) => error !== null)),
    boutPeakErrorDeg: mean(
      bouts.flatMap(({ peakMedianDeg: { truth, device } }) =>
        device === null ? [] : [Math.abs(device - truth)],
      ),
    ),
    bouts,
  }
}

/** What was counted in the pieces of a true bout, summed; nothing when it was missed altogether. */
function compareBout(pieces: DeviceBout[], truth: TruthBout): BoutComparison {
  const longest = pieces.reduce<DeviceBout | undefined>(
    (best, piece) => (!best || overlapS(piece, truth) > overlapS(best, truth) ? piece : best),
    undefined,
  )
  const found =
    longest !== undefined && overlapS(longest, truth) > LEAST_COVERED * (truth.endS - truth.startS)
  const strides = pieces.reduce((sum, piece) => sum + piece.strides, 0)
  return {
    startS: truth.startS,
    found,
    strides: {
      truth: truth.strides,
      rampSteps: truth.rampSteps,
      device: strides,
      errorPercent: stridesErrorPercent(strides, truth),
    },
    cadenceErrorSpm: found ? Math.abs(longest.cadenceSpm - truth.cadenceSpm) : null,
    peakMedianDeg: { truth: truth.peakMedianDeg, device: found ? longest.peakFlexionMedianDeg : null },
    compressions: {
      truth: truth.compressions,
      device: DEPTH_BANDS_DEG.map((depth) =>
        pieces.reduce((sum, piece) => sum + (piece.compressionsByDepth[depth] ?? 0), 0),
      ),
    },
  }
}

/** Zero within strides … strides + ramp steps, else the way to the nearer end. */
export function stridesErrorPercent(strides: number, truth: TruthBout): number {
  const short = truth.strides - strides
  const long = strides - (truth.strides + truth.rampSteps)
  return (Math.max(0, short, long) / truth.strides) * PERCENT
}

/**
 * Compression error at each band: Σ over bouts of |counted − true|, in % of the recording's true strides. A short
 * bout weighs as little as it has strides; the mean over bouts would let it weigh as much as a long one.
 */
export function compressionErrorsPercent(counted: number[][], truth: TruthBout[]): number[] | null {
  const strides = truth.reduce((sum, bout) => sum + bout.strides, 0)
  if (strides === 0) return null
  return DEPTH_BANDS_DEG.map((_, band) => {
    const off = truth.reduce(
      (sum, bout, i) => sum + Math.abs((counted[i]?.[band] ?? 0) - (bout.compressions[band] ?? 0)),
      0,
    )
    return (off / strides) * PERCENT
  })
}

function overlapS(bout: DeviceBout, truth: TruthBout): number {
  return Math.min(bout.startS + bout.durationS, truth.endS) - Math.max(bout.startS, truth.startS)
}
