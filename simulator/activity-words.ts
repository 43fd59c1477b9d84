/** What a wearer does, in words, by the names of src/motion/stride.ts. */
export const ACTIVITY_WORDS: Record<string, string> = {
  still: "standing still",
  walk: "walking",
  run: "running",
  bend: "bending the knee",
  sit: "sitting",
  stairs: "on stairs",
  other: "moving",
}
