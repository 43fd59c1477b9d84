/**
 * What the voltage of a single lithium-polymer cell leaves in percent. The curve is the common discharge table of such cells at a light load
 * (0.2 C, 25 °C); good to about ±10 %.
 */
import { constant } from "../constant"

interface DischargePoint {
  readonly mv: number
  readonly percent: number
}

/** Cell voltage and what is left, falling; straight in between. */
const DISCHARGE: readonly DischargePoint[] = constant([
  { mv: 4200, percent: 100 },
  { mv: 4060, percent: 90 },
  { mv: 3980, percent: 80 },
  { mv: 3920, percent: 70 },
  { mv: 3870, percent: 60 },
  { mv: 3820, percent: 50 },
  { mv: 3790, percent: 40 },
  { mv: 3770, percent: 30 },
  { mv: 3740, percent: 20 },
  { mv: 3680, percent: 10 },
  { mv: 3450, percent: 5 },
  { mv: 3000, percent: 0 },
])

/** Without iterators and lists of two, which XS makes of slots: it runs each minute. @param mv cell voltage under a light load */
export function lipoPercent(mv: number): number {
  for (let at = 0; at < DISCHARGE.length; at++) {
    const lower = DISCHARGE[at] as DischargePoint
    if (mv < lower.mv) continue
    const upper = DISCHARGE[at - 1]
    if (!upper) return lower.percent
    const share = (mv - lower.mv) / (upper.mv - lower.mv)
    return Math.round(lower.percent + share * (upper.percent - lower.percent))
  }
  return 0
}
