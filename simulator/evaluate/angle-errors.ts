/**
 * Angle and stance errors sample by sample while the truth says running: root mean square errors in degrees, F1 of stance.
 * In: trace rows and the truth aligned with them (delay.ts). Null where there is no sample to judge.
 */
import type { AlignedTruth, TraceColumns } from "./delay"

export interface AngleErrors {
  thighRmseDeg: number | null
  kneeRmseDeg: number | null
  kneeStanceRmseDeg: number | null
  kneeSwingRmseDeg: number | null
}

export function angleErrors(trace: TraceColumns, truth: AlignedTruth): AngleErrors {
  const thigh = new RootMeanSquare()
  const knee = new RootMeanSquare()
  const stance = new RootMeanSquare()
  const swing = new RootMeanSquare()
  for (let row = 0; row < truth.running.length; row++) {
    if (truth.running[row] !== 1) continue
    thigh.add((trace.thighDeg[row] as number) - (truth.thighDeg[row] as number))
    const kneeErrorDeg = (trace.kneeDeg[row] as number) - (truth.kneeDeg[row] as number)
    knee.add(kneeErrorDeg)
    if (truth.stance[row] === 1) stance.add(kneeErrorDeg)
    else swing.add(kneeErrorDeg)
  }
  return {
    thighRmseDeg: thigh.value,
    kneeRmseDeg: knee.value,
    kneeStanceRmseDeg: stance.value,
    kneeSwingRmseDeg: swing.value,
  }
}

/** F1 of "this leg is loaded" over the running samples; standing before and after would flatter it. */
export function stanceF1(trace: TraceColumns, truth: AlignedTruth): number | null {
  let both = 0
  let onlyOne = 0
  for (let row = 0; row < truth.running.length; row++) {
    if (truth.running[row] !== 1) continue
    if (trace.stance[row] !== truth.stance[row]) onlyOne++
    else if (truth.stance[row] === 1) both++
  }
  return both + onlyOne === 0 ? null : (2 * both) / (2 * both + onlyOne)
}

class RootMeanSquare {
  #sum = 0
  #count = 0

  add(error: number): void {
    this.#sum += error * error
    this.#count++
  }
  get value(): number | null {
    return this.#count === 0 ? null : Math.sqrt(this.#sum / this.#count)
  }
}
