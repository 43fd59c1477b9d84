/** What the firmware may cost on the chip; each budget with the figure that was measured. */
import type { BenchResult } from "./bench-result"

/** What a board's `creation` gives to XS. */
export const RAM_BYTES = 64 << 10

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
      what: "XS memory that the whole firmware takes, bytes",
      measured: Math.max(...Object.values(memory).map(({ reservedBytes }) => reservedBytes)),
      limit: RAM_BYTES,
    },
  ]
}
