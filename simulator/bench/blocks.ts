/** The parts of the motion pipeline that costs are told by: which file of src/motion and src/run belongs to which. */

export const BLOCK_FILES = {
  calibration: [
    ...[
      "backlog",
      "bend",
      "calibration",
      "calibration-bends",
      "catching-up",
      "gait-mount",
      "last-rest",
      "leg",
    ],
    ...["mount-record", "mount-search", "mount-upkeep", "principal-axis", "shank-mount", "shank-swing"],
    ...["stride-lean", "swing-plane", "swing-sense", "swing-window", "usual-swing", "wear-record"],
  ],
  orientation: ["clipping", "corner", "gyro-bias", "orientation", "pairing", "rest", "settling", "stand-in"],
  flexion: [
    ...["flexion", "flexion-model", "flexion-model-data", "measured-knee", "read-out", "sagittal", "shank"],
    ...["stride-curve", "stride-estimate", "stride-shape", "teaching", "wearer"],
  ],
  gait: [
    ...["gait", "gait-now", "posture", "sample-time", "stride", "stride-cycle", "stride-report"],
    "walking-events",
  ],
  load: ["load"],
  /** What leads a sample through them. */
  composition: ["motion", "motion-event", "motion-parts", "motion-turns", "pipeline", "tapped-steps"],
  run: [] as string[],
} as const

export type BlockName = keyof typeof BLOCK_FILES
export const BLOCK_NAMES = Object.keys(BLOCK_FILES) as BlockName[]

/** Arithmetic that all of them call: what it costs is its caller's. */
export const ARITHMETIC_FILES = ["src/motion/fixed-point.ts", "src/motion/vector.ts"]

/** @param file from the project's root. @throws RangeError for one that belongs to none. */
export function blockOf(file: string): BlockName {
  if (file.startsWith("src/run/")) return "run"
  const name = /^src\/motion\/(.*)\.ts$/.exec(file)?.[1] ?? ""
  const block = BLOCK_NAMES.find((candidate) => (BLOCK_FILES[candidate] as readonly string[]).includes(name))
  if (!block) throw new RangeError(`${file} belongs to no block: name one in simulator/bench/blocks.ts`)
  return block
}
