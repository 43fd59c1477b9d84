/**
 * The orientation block in XS and in C (hosts/rv32/orientation.c), on the same core by the same compiler: what each costs, and whether
 * both say the same.
 */
import { FirmwareCommand, MotionLap } from "../../hosts/rv32/calls"
import { costOf } from "./lap-statistics"
import { type Lap, Order, Rv32Core } from "./rv32-core"

const RAM_BYTES = 256 << 10

/**
 * Instructions a sample, on the mean.
 * @throws Error when they do not agree to the last bit
 */
export async function measureOrientation(
  bundle: string,
  slices: readonly Uint8Array[],
): Promise<{ c: number; xs: number }> {
  const core = new Rv32Core()
  const laps: Lap[] = []
  let samples = 0
  try {
    await core.load(bundle, RAM_BYTES)
    // What a lap costs by itself is metered when the pipeline is made.
    await core.order(Order.firmware, Uint8Array.of(FirmwareCommand.prepareMotion))
    for (const slice of slices) {
      await core.order(Order.samples, slice)
      const inC = await core.order(Order.orientation, Uint8Array.of(MotionLap.orientationInC, 0, 0, 0))
      const inXs = await core.order(Order.firmware, Uint8Array.of(FirmwareCommand.orientate))
      const difference = inC.findIndex((byte, index) => byte !== inXs[index])
      if (difference >= 0 || inC.length !== inXs.length) throw new Error(disagreement(samples, difference))
      samples += inC.length / UP_BYTES
      laps.push(...(await core.laps()))
    }
  } finally {
    await core.close()
  }
  const instructions = (kind: number) =>
    laps.filter((lap) => lap.kind === kind).map((lap) => lap.instructions)
  const empty = Math.min(...instructions(MotionLap.empty))
  return {
    // In C a lap costs next to nothing by itself.
    c: costOf(instructions(MotionLap.orientationInC)).mean,
    xs: costOf(instructions(MotionLap.orientation)).mean - empty,
  }
}

/** int32 x y z. */
const UP_BYTES = 12

function disagreement(samplesBefore: number, byte: number): string {
  const sample = samplesBefore + Math.floor(Math.max(0, byte) / UP_BYTES)
  return `the orientation block in C and in XS disagree from sample ${sample} on: hosts/rv32/orientation.c is to be brought up to date`
}
