/** What several layouts' fields have in common: units, scales, and fields that mean the same wherever they stand. */
import { constant } from "../constant"
import { ZONE_QUARTERS_MAX, ZONE_QUARTERS_MIN } from "../storage/boot-record"

export const cdeg = constant({ unit: "°", scale: 0.01 } as const)
export const ms = constant({ unit: "ms" } as const)
export const milliLoad = constant({ unit: "reference load cycles", scale: 0.001 } as const)
export const runId = constant({ name: "runId", type: "u16" } as const)
export const zoneQuarters = constant({
  name: "zoneQuarters",
  type: "i8",
  unit: "min",
  scale: 15,
  min: ZONE_QUARTERS_MIN,
  max: ZONE_QUARTERS_MAX,
} as const)
