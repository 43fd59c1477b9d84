/** All of the bench's measurements, one after the other. */
import { type BenchMotion, benchMotion, USUAL_RATE_HZ } from "./bench-motion"
import { type BenchResult, CORE_HZ, INSTRUCTIONS_PER_CYCLE } from "./bench-result"
import { coreBundle } from "./core-bundle"
import { measureFirmware } from "./firmware-cost"
import { imageSize } from "./image-size"
import { measureMotion } from "./motion-cost"
import { measureOperations } from "./operations"
import { measureOrientation } from "./orientation-reference"
import { blockCosts } from "./profile"
import { measureStorage } from "./storage-cost"
import { buildCore, checkTools, toolVersions } from "./toolchain"
import { measureXs } from "./xs-cost"

/** Minutes of running at which memory is measured. */
const MINUTES = [10, 60] as const

/** Builds the core, or leaves it as it is. @throws Error naming a tool that is missing. */
export async function prepareBench(
  tell: (line: string) => void,
): Promise<{ bundle: string; motion: BenchMotion }> {
  await checkTools()
  tell("building XS for RV32IMC …")
  await buildCore()
  return { bundle: await coreBundle(), motion: await benchMotion(USUAL_RATE_HZ) }
}

/** @param tell progress, a line each */
export async function runBench(tell: (line: string) => void): Promise<BenchResult> {
  const { bundle, motion } = await prepareBench(tell)
  tell("the motion pipeline on its own …")
  const pipeline = await measureMotion(bundle, motion.all)
  tell("the same by block …")
  const blocks = await blockCosts(bundle, motion.all)
  tell("the orientation block in C …")
  const orientation = await measureOrientation(bundle, motion.all)
  tell(`the whole firmware, ${MINUTES.at(-1)} minutes of running (a minute or two) …`)
  const firmware = await measureFirmware(bundle, motion, MINUTES, tell)
  tell("storing beside runs that are stored …")
  const storage = await measureStorage(bundle)
  tell("XS on this machine …")
  const xs = await measureXs(motion)
  const instructionsPerCoreSecond = CORE_HZ * INSTRUCTIONS_PER_CYCLE
  return {
    recording: motion.recording.name,
    versions: await toolVersions(),
    rv32: {
      instructionsPerSample: pipeline.instructionsPerSample,
      digest: pipeline.digest,
      blocks,
      samples: pipeline.samples,
      softFloatCalls: pipeline.softFloatCalls,
      allocatingSamples: pipeline.allocatingSamples,
      fifoBatch: { ...firmware.fifoBatch, samples: firmware.fifoBatchSamples },
      tick: firmware.tick,
      liveNotification: firmware.liveNotification,
      gattReads: firmware.gattReads,
      coreShare: {
        pipeline: (pipeline.instructionsPerSample.mean * USUAL_RATE_HZ) / instructionsPerCoreSecond,
        firmware: firmware.instructionsPerSecond / instructionsPerCoreSecond,
      },
      heapBytes: Object.fromEntries(
        Object.entries(firmware.memory).map(([moment, { totalBytes }]) => [moment, totalBytes]),
      ),
      memory: firmware.memory,
      gcPerHour: firmware.gcPerHour,
      bytesTakenPerHour: firmware.bytesTakenPerHour,
      image: await imageSize(),
      operations: await measureOperations(),
    },
    storage,
    xs,
    references: { orientation },
  }
}
