/** What several layouts' fields have in common: units, scales, and fields that mean the same wherever they stand. */
import { ZONE_QUARTERS_MAX, ZONE_QUARTERS_MIN } from "../storage/boot-record"

export const cdeg = { unit: "°", scale: 0.01 } as const
export const ms = { unit: "ms" } as const
export const milliLoad = { unit: "reference load cycles", scale: 0.001 } as const
export const runId = { name: "runId", type: "u16" } as const
export const zoneQuarters = {
  name: "zoneQuarters",
  type: "i8",
  unit: "min",
  scale: 15,
  min: ZONE_QUARTERS_MIN,
  max: ZONE_QUARTERS_MAX,
} as const
