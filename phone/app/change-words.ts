/** A change beside the smallest that the device can tell, short enough for a table. */
import type { Change } from "../runs/change"
import { oneDigit } from "../runs/number-words"

/** "no change", "+2.3°", "−12.0 points" */
export function changeWords({ verdict, by }: Change, unit: string): string {
  if (verdict === "none") return "no change"
  return `${by < 0 ? "−" : "+"}${oneDigit(Math.abs(by))}${unit}`
}

/** Never rounded down. */
export function noiseWords({ detectable }: Change, unit: string): string {
  return `${oneDigit(Math.ceil(detectable * 10) / 10)}${unit}`
}
