/**
 * The smallest detectable change: how much two measurements of one wearer must differ before it is more than noise at 95 %. SDC = 1.96 · √2 · SEM
 * (Weir 2005, J Strength Cond Res 19:231–240; Terwee et al. 2007, J Clin Epidemiol 60:34–42), SEM from the errors of repeated measurements within
 * a wearer: a constant shift of a wearer's estimates is in both measurements and cancels.
 */
import { DEPTH_BANDS_DEG } from "../../src/ble/run-codec"
import type { BoutRepeats, RepeatError } from "./repeats"
import { mean } from "./statistics"

/** Null: too little to say. */
export interface DetectableChange {
  peakDeg: number | null
  /** Percentage points of strides, in the order of DEPTH_BANDS_DEG. */
  sharePoints: (number | null)[]
  loadPercent: number | null
}

export interface SmallestChange {
  /** Between the halves of a bout. */
  samePace: DetectableChange
  /** Between the bouts of a session, each at a pace of its own. */
  otherPace: DetectableChange
}

const TWO_SIDED_95 = 1.96

/** @param wearers the bouts of each. */
export function smallestChange(wearers: readonly (readonly BoutRepeats[])[]): SmallestChange {
  const halves = wearers.flatMap((bouts) => bouts.map((bout) => bout.halves))
  const wholes = wearers.map((bouts) => bouts.map((bout) => bout.whole))
  return { samePace: detectable(halves), otherPace: detectable(wholes) }
}

/** @param groups repeated measurements of the same thing, a list each. */
function detectable(groups: readonly (readonly RepeatError[])[]): DetectableChange {
  const change = (pick: (error: RepeatError) => number | null) => {
    const semSquared = withinVariance(
      groups.map((group) => group.map(pick).filter((value) => value !== null)),
    )
    return semSquared === null ? null : TWO_SIDED_95 * Math.sqrt(2 * semSquared)
  }
  return {
    peakDeg: change((error) => error.peakDeg),
    sharePoints: DEPTH_BANDS_DEG.map((_, band) => change((error) => error.sharePoints[band] ?? null)),
    loadPercent: change((error) => error.loadPercent),
  }
}

/** The mean square within groups of a one-way analysis of variance: SEM². */
export function withinVariance(groups: readonly (readonly number[])[]): number | null {
  let squares = 0
  let freedom = 0
  for (const group of groups) {
    const middle = mean([...group])
    if (middle === null) continue
    squares += group.reduce((sum, value) => sum + (value - middle) ** 2, 0)
    freedom += group.length - 1
  }
  return freedom === 0 ? null : squares / freedom
}
