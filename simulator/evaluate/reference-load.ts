/**
 * The load of a run of strides by the device's own published formula, in doubles: from the thigh's forward-most angle in stance (degrees),
 * contact time and stride time (s) to relative load (1: the mean runner at 2.5 m/s). Given the true motion it is the load that the device
 * ought to have found. Regression on 26 treadmill runners of Fukuchi et al. 2017: src/motion/load.ts, which it is tested against.
 */
import { mean } from "./statistics"

/** Peak force of a step in body weights. */
const FORCE_CONSTANT = -4.91
const FORCE_PER_DEG = 0.218
const FORCE_PER_CONTACT_S = -19.7
const FORCE_PER_STRIDE_S = 14.2
const FORCE_MIN = 1
const FORCE_MAX = 15
/** Of the mean runner's step at 2.5 m/s. */
const REFERENCE_FORCE = 5.873
/** A contact that much later is not the next stride's: one in between was missed, or somebody stood. */
const LONGEST_STRIDE_S = 1.2

export function relativeLoad(thighMaxDeg: number, contactS: number, strideS: number): number {
  const force =
    FORCE_CONSTANT +
    FORCE_PER_DEG * thighMaxDeg +
    FORCE_PER_CONTACT_S * contactS +
    FORCE_PER_STRIDE_S * strideS
  return Math.min(FORCE_MAX, Math.max(FORCE_MIN, force)) / REFERENCE_FORCE
}

/** Mean load a stride; null without a stride. Stances in order; `timeS` and `thighDeg` on the same clock. */
export function meanLoad(
  stances: readonly { startS: number; endS: number }[],
  timeS: ArrayLike<number>,
  thighDeg: ArrayLike<number>,
): number | null {
  const loads: number[] = []
  let row = 0
  stances.forEach(({ startS, endS }, i) => {
    const strideS = (stances[i + 1]?.startS ?? Number.POSITIVE_INFINITY) - startS
    if (strideS > LONGEST_STRIDE_S) return
    while (row < timeS.length && (timeS[row] as number) < startS) row++
    let thighMaxDeg = Number.NEGATIVE_INFINITY
    for (; row < timeS.length && (timeS[row] as number) < endS; row++)
      thighMaxDeg = Math.max(thighMaxDeg, thighDeg[row] as number)
    if (thighMaxDeg > Number.NEGATIVE_INFINITY) loads.push(relativeLoad(thighMaxDeg, endS - startS, strideS))
  })
  return mean(loads)
}
