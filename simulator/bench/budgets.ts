/** What the firmware may cost on the chip; each budget with the figure that was measured. */
import type { BenchResult } from "./bench-result"
import { mostBootReads } from "./storage-cost"

/** What a board's `creation` gives to XS. */
export const RAM_BYTES = 64 << 10

export interface Budget {
  what: string
  measured: number
  limit: number
}

const PERCENT = 100
/** Storing a run costs the same, however many are stored. */
const FLAT_PERCENT = 105
const FEW_RUNS = 10

export function budgetsOf({ rv32, storage }: BenchResult): Budget[] {
  const { instructionsPerSample, softFloatCalls, allocatingSamples, gcPerHour, memory } = rv32
  const most = storage.at(-1)
  const few = storage.find(({ runs }) => runs === FEW_RUNS)
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
    {
      what: `flash reads of a boot with ${most?.runs} runs in ${most?.blocks} blocks`,
      measured: most?.boot.reads ?? Number.NaN,
      limit: mostBootReads(most?.blocks ?? 0),
    },
    {
      what: `storing a run beside ${most?.runs}, % of storing it beside ${FEW_RUNS}`,
      measured:
        (PERCENT * (most?.append.instructions ?? Number.NaN)) / (few?.append.instructions ?? Number.NaN),
      limit: FLAT_PERCENT,
    },
  ]
}
