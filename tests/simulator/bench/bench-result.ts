/** A result of the bench, made up. */
import type { BenchResult } from "../../../simulator/bench/bench-result"

export function benchResult(): BenchResult {
  const memory = {
    slots: 2000,
    chunkBytes: 20_000,
    stackSlots: 200,
    totalBytes: 55_200,
    peakBytes: 60_000,
    reservedBytes: 62_000,
    tableBytes: 13_000,
  }
  return {
    recording: "S01.csv.gz",
    versions: { compiler: "gcc 12", library: "picolibc 1.8", qemu: "QEMU 7.2", xs: "xsnap 0.15.0" },
    rv32: {
      instructionsPerSample: { mean: 40_000, p99: 90_000, max: 120_000 },
      digest: "5f",
      blocks: {
        calibration: 2000,
        orientation: 15_000,
        flexion: 10_000,
        gait: 5000,
        load: 100,
        composition: 5000,
        run: 1000,
      },
      samples: 18_805,
      softFloatCalls: 0,
      allocatingSamples: 0,
      fifoBatch: { mean: 800_000, p99: 900_000, max: 1_000_000, samples: 16 },
      tick: { mean: 30_000, p99: 40_000, max: 50_000 },
      liveNotification: 90_000,
      gattReads: { Status: 60_000 },
      coreShare: { pipeline: 0.037, firmware: 0.05 },
      heapBytes: { start: 50_000, min60: 55_200 },
      memory: { start: memory, min60: memory },
      gcPerHour: 0,
      bytesTakenPerHour: 1600,
      image: {
        code: { engine: 342_000, parser: 83_000, host: 6000, libraries: 71_000 },
        data: { engine: 48, parser: 0, host: 33_000, libraries: 1500 },
      },
      operations: { "local ← local": 62 },
    },
    storage: [10, 1000].map((runs) => ({
      runs,
      blocks: 4 * Math.ceil(runs / 32),
      boot: { instructions: 25_000_000 + 50_000 * runs, mountInstructions: 50_000 * runs, reads: 90 + runs },
      append: { instructions: 5_000_000, bytesWritten: 310 },
      state: { instructions: 3_000_000, bytesWritten: 350 },
      sync: { list: 200_000 + 90_000 * runs, run: 9_000_000 },
    })),
    xs: { computronsPerSample: 2000, timesRealTime: 700 },
    references: { orientation: { c: 400, xs: 15_000 } },
  }
}
