/** What the motion pipeline costs on the RV32 core on its own, sample by sample: instructions, memory, soft-float calls. */
import { createHash } from "node:crypto"
import { FirmwareCommand, MotionLap } from "../../hosts/rv32/calls"
import { type Cost, costOf } from "./lap-statistics"
import { type Lap, Order, Rv32Core } from "./rv32-core"

/** More than the pipeline needs: what the firmware needs is measured with all of it (firmware-cost.ts). */
const RAM_BYTES = 256 << 10

export interface MotionCost {
  samples: number
  instructionsPerSample: Cost
  /** Of each sample's instructions in order: the same only when every sample cost the same. */
  digest: string
  /** Samples in which slots or chunks were taken, and calls to soft-float routines in all of them. */
  allocatingSamples: number
  softFloatCalls: number
}

/** @param slices of the chip's samples, as motion-source.ts makes them */
export async function measureMotion(bundle: string, slices: readonly Uint8Array[]): Promise<MotionCost> {
  const laps: Lap[] = []
  await playMotion(bundle, slices, async (core) => void laps.push(...(await core.laps())))
  const empty = Math.min(...ofKind(laps, MotionLap.empty).map(({ instructions }) => instructions))
  const samples = ofKind(laps, MotionLap.sample)
  const instructions = samples.map((sample) => sample.instructions - empty)
  return {
    samples: samples.length,
    instructionsPerSample: costOf(instructions),
    digest: createHash("sha256").update(instructions.join()).digest("hex"),
    allocatingSamples: samples.filter(({ slots, chunkBytes }) => slots !== 0 || chunkBytes !== 0).length,
    softFloatCalls: samples.reduce((sum, { softFloats }) => sum + softFloats, 0),
  }
}

/** Plays them through a fresh pipeline; `played` is told after each slice. */
export async function playMotion(
  bundle: string,
  slices: readonly Uint8Array[],
  played: (core: Rv32Core, slice: number) => Promise<void>,
): Promise<void> {
  const core = new Rv32Core()
  try {
    await core.load(bundle, RAM_BYTES)
    await core.order(Order.firmware, Uint8Array.of(FirmwareCommand.prepareMotion))
    for (const [index, slice] of slices.entries()) {
      await core.order(Order.samples, slice)
      await core.order(Order.firmware, Uint8Array.of(FirmwareCommand.playMotion))
      await played(core, index)
    }
  } finally {
    await core.close()
  }
}

function ofKind(laps: readonly Lap[], kind: number): Lap[] {
  return laps.filter((lap) => lap.kind === kind)
}
