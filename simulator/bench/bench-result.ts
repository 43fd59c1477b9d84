/** What the bench measures, in one object: what `npm run bench -- --json` prints and docs/performance-report.json keeps. */
import type { BlockName } from "./blocks"
import type { FirmwareCost } from "./firmware-cost"
import type { ImageSize } from "./image-size"
import type { Cost } from "./lap-statistics"
import type { StorageCost } from "./storage-cost"
import type { Versions } from "./toolchain"
import type { XsCost } from "./xs-cost"

/** ESP32-C3 at its fastest; instructions a cycle are an assumption that stands for waiting on flash and memory. */
export const CORE_HZ = 160_000_000
export const INSTRUCTIONS_PER_CYCLE = 0.7

export interface BenchResult {
  recording: string
  versions: Versions
  rv32: {
    instructionsPerSample: Cost
    /** motion-cost.ts. */
    digest: string
    /** Per sample; the pipeline's caller is the rest. */
    blocks: Record<BlockName, number>
    samples: number
    softFloatCalls: number
    allocatingSamples: number
    fifoBatch: Cost & { samples: number }
    tick: Cost
    /** Instructions for one notification. */
    liveNotification: number
    gattReads: Record<string, number>
    /** Shares of the core's time at the sensor's usual rate: the pipeline alone, and all that the firmware does. */
    coreShare: { pipeline: number; firmware: number }
    /** Slots, chunks and stack in use by moment. */
    heapBytes: Record<string, number>
    memory: FirmwareCost["memory"]
    gcPerHour: number
    /** Garbage made while running. */
    bytesTakenPerHour: number
    image: ImageSize
    /** Single operations of JavaScript, instructions. */
    operations: Record<string, number>
  }
  /** By how many runs are stored. */
  storage: StorageCost[]
  xs: XsCost
  /** The orientation block in C and in XS, instructions a sample. */
  references: { orientation: { c: number; xs: number } }
}
