/** What the firmware may cost on the chip; each budget with the figure that was measured. */
import type { BenchResult } from "./bench-result"
import { RAM_BYTES } from "./firmware-cost"

export interface Budget {
  what: string
  measured: number
  limit: number
}

export function budgetsOf({ rv32 }: BenchResult): Budget[] {
  const { instructionsPerSample, softFloatCalls, allocatingSamples, gcPerHour, memory } = rv32
  return [
    { what: "instructions a sample, mean", measured: instructionsPerSample.mean, limit: 50_000 },
    { what: "instructions a sample, most", measured: instructionsPerSample.max, limit: 150_000 },
    { what: "calls to soft-float routines in the sample path", measured: softFloatCalls, limit: 0 },
    { what: "samples that take memory", measured: allocatingSamples, limit: 0 },
    { what: "garbage collections in an hour of running", measured: gcPerHour, limit: 0 },
    {
      what: "XS memory of the whole firmware at its most, bytes",
      measured: Math.max(...Object.values(memory).map(({ peakBytes }) => peakBytes)),
      limit: RAM_BYTES,
    },
  ]
}
