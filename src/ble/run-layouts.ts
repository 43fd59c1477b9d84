/**
 * The bytes of a run record and what stands beside it: run summary, run list, bends. Times are ms since the boot in which the run began. A number
 * too large for its field is stored as the largest.
 */
import { constant } from "../constant"
import { Activity } from "../motion/stride"
import { BuzzReason, DEPTH_BANDS_DEG, PainSource } from "../run/summary"
import type { Field, Layout } from "./fields"
import { cdeg, milliLoad, ms, runId, zoneQuarters } from "./units"

const RUN_RECORD_VERSION = 4
const RUN_LIST_VERSION = 3
const BENDS_VERSION = 1

const COUNTS = constant([
  { name: "strides", type: "u32", description: "Strides of this leg" },
  { name: "loadCycles", type: "u32", description: "Load cycles" },
  { name: "compressions", type: "u32", description: "Load cycles past the wearer's threshold" },
  {
    name: "compressionsByDepth",
    type: "u32",
    repeat: DEPTH_BANDS_DEG.length,
    description: `Load cycles past ${DEPTH_BANDS_DEG.join(", ")}°`,
  },
] as const satisfies readonly Field[])

/** A bout of twelve hours has no more; 16 bytes a bout less let three of the longest records of an hour into a segment of flash. */
const BOUT_COUNTS = constant([
  { ...COUNTS[0], type: "u16" },
  { ...COUNTS[1], type: "u16" },
  { ...COUNTS[2], type: "u16" },
  { ...COUNTS[3], type: "u16" },
] as const satisfies readonly Field[])

const SUMS = constant([
  { name: "msPastThreshold", type: "u32", ...ms, description: "Loaded time past the threshold" },
  {
    name: "cdegSecondsPastThreshold",
    type: "u32",
    unit: "° × s",
    scale: 0.01,
    description: "Flexion above the threshold, summed over the loaded time",
  },
  { name: "milliLoad", type: "u32", ...milliLoad, description: "Relative load" },
  {
    name: "milliLoadPeakWeighted",
    type: "u32",
    ...milliLoad,
    description: "Relative load, deep peaks weigh more",
  },
  { name: "startMs", type: "u32", ...ms, description: "Start" },
  { name: "durationMs", type: "u32", ...ms, description: "Duration" },
  {
    name: "cadenceDspm",
    type: "u16",
    unit: "steps per minute",
    scale: 0.1,
    description: "Steps of both legs",
  },
  {
    name: "peakFlexionMedianCdeg",
    type: "i16",
    ...cdeg,
    description: "Median of the load cycles' peak flexion",
  },
  { name: "contactTimeMedianMs", type: "u16", ...ms, description: "Median time of this foot on the ground" },
] as const satisfies readonly Field[])

export const QualityFlag = constant({ strapShift: 1, resumed: 2, gapUnknown: 4, cutShort: 8 } as const)

const RUN_HEAD = constant([
  { name: "version", type: "u8", constant: RUN_RECORD_VERSION, description: "Version of this record" },
  {
    name: "flags",
    type: "u8",
    bits: QualityFlag,
    description:
      "strapShift: the strap slipped during the run; from then on the mount was turned along; " +
      "resumed: the device was reset in the run, which went on, its gap among the others; " +
      "gapUnknown: power was lost in the run before this one, and nobody knows for how long; " +
      "cutShort: power was lost in this run, which ends with what had been written down",
  },
  { ...runId, description: "Counts up from run to run" },
  {
    name: "bootId",
    type: "u32",
    description: "Boot in which the run began: its times are by that boot's clock",
  },
  { name: "firmware", type: "u8", repeat: 3, description: "Firmware that counted: major, minor, patch" },
  { name: "modelVersion", type: "u16", description: "Flexion model that measured" },
  {
    name: "peakErrorCdeg",
    type: "u16",
    ...cdeg,
    description:
      "Error band of peak flexion: the mean error of this way of measuring on runners not fitted to",
  },
  {
    name: "measuredStrides",
    type: "u32",
    description: "Strides whose knee two sensors measured; the others are estimates",
  },
  { name: "calibrationVersion", type: "u16", description: "Calibration that measured" },
  { name: "thresholdCdeg", type: "i16", ...cdeg, description: "The wearer's threshold in this run" },
  { name: "peakFlexionP95Cdeg", type: "i16", ...cdeg, description: "95th percentile of peak flexion" },
  ...COUNTS,
  ...SUMS,
  {
    name: "validPermyriad",
    type: "u16",
    unit: "%",
    scale: 0.01,
    max: 10000,
    description: "Samples that came, in range",
  },
  { name: "gaps", type: "u32", description: "Gaps in the samples" },
  { name: "clipped", type: "u32", description: "Samples at the end of the sensor's range" },
  { name: "painsDropped", type: "u16", description: "Pain marks that found no room in the list" },
  {
    name: "boutsDropped",
    type: "u32",
    description: "Bouts that found no room in the list; they are in the totals",
  },
  { name: "blockMinutes", type: "u16", unit: "min", description: "Length of a block of the time line" },
] as const satisfies readonly Field[])

/** What every version of a run record begins with, so that any reader can tell which run it is of. */
export const RUN_IDENTITY = constant({
  title: "run identity",
  head: [
    { name: "version", type: "u8", description: "Of any version" },
    RUN_HEAD[1],
    RUN_HEAD[2],
    RUN_HEAD[3],
  ],
} as const satisfies Layout)

/** The first bytes of the run record that follows it, under the same version. */
export const RUN_SUMMARY = constant({ title: "run summary", head: RUN_HEAD } as const satisfies Layout)

export const RUN_RECORD = constant({
  title: "run record",
  head: [
    ...RUN_HEAD,
    { name: "buzzCount", type: "u8", lengthOf: "buzzes", description: "Buzzes that follow" },
    { name: "painCount", type: "u8", lengthOf: "pains", description: "Pain marks that follow the buzzes" },
    { name: "boutCount", type: "u16", lengthOf: "bouts", description: "Bouts that follow the pain marks" },
    { name: "blockCount", type: "u16", lengthOf: "blocks", description: "Time blocks that follow the bouts" },
  ],
  lists: {
    buzzes: [
      { name: "timeMs", type: "u32", ...ms, description: "When the wearer felt it" },
      { name: "reason", type: "u8", codes: BuzzReason, description: "Which limit was passed" },
    ],
    pains: [
      { name: "timeMs", type: "u32", ...ms, description: "When the wearer marked pain" },
      {
        name: "kneeCdeg",
        type: "i16",
        ...cdeg,
        description:
          "Flexion then: what hurt where the leg is held still, in gait some moment of the stride (see peakFlexionCdeg); 0 when it is not calibrated",
      },
      {
        name: "peakFlexionCdeg",
        type: "i16",
        ...cdeg,
        description: "In gait, the deepest loaded bend of the last stride before; 0 otherwise",
      },
      { name: "milliLoad", type: "u32", ...milliLoad, description: "Relative load of the run so far" },
      { name: "compressions", type: "u32", description: "Load cycles past the threshold so far" },
      { name: "activity", type: "u8", codes: Activity, description: "What the wearer did" },
      { name: "source", type: "u8", codes: PainSource, description: "Marked by double press, or by a phone" },
    ],
    bouts: [...BOUT_COUNTS, ...SUMS],
    blocks: [
      { name: "strides", type: "u16", description: "Strides of this leg" },
      { name: "compressions", type: "u16", description: "Load cycles past the threshold" },
      { name: "peakFlexionMedianCdeg", type: "i16", ...cdeg, description: "Median peak flexion" },
      {
        name: "cdegSecondsPastThreshold",
        type: "u32",
        unit: "° × s",
        scale: 0.01,
        description: "As in the run",
      },
      { name: "milliLoad", type: "u32", ...milliLoad, description: "Relative load" },
    ],
  },
} as const satisfies Layout)

export const RunFlag = constant({ acknowledged: 1, yours: 2 } as const)

export const RUN_LIST = constant({
  title: "run list",
  head: [
    { name: "version", type: "u8", constant: RUN_LIST_VERSION, description: "Version of this record" },
    {
      name: "lostRuns",
      type: "u16",
      description: "Runs that made room for others before any phone had them, ever",
    },
    {
      name: "runCount",
      type: "u16",
      lengthOf: "runs",
      description:
        "Runs that follow, of those asked for; oldest first, but that one that was moved to make room stands behind those it was moved past",
    },
  ],
  lists: {
    runs: [
      { ...runId, description: "By which it is fetched" },
      {
        name: "bootId",
        type: "u32",
        description:
          "Boot in which the run began: device, boot and number are one run for ever; 0: unreadable",
      },
      { name: "recordBytes", type: "u32", unit: "bytes", description: "Length of the run record" },
      {
        name: "flags",
        type: "u8",
        bits: RunFlag,
        description: "acknowledged: a phone has it whole; yours: this phone acknowledged it, or one after it",
      },
      { name: "startUnixS", type: "u32", unit: "s", description: "Unix time of its start, 0 while unknown" },
      {
        ...zoneQuarters,
        description: "How far the wearer's clocks were ahead of UTC; 0 while unknown",
      },
    ],
  },
} as const satisfies Layout)

export const BENDS = constant({
  title: "bends",
  head: [
    { name: "version", type: "u8", constant: BENDS_VERSION, description: "Version of this record" },
    {
      name: "bendsDropped",
      type: "u32",
      description: "Older bends since the device was switched on that found no room in the list",
    },
    { name: "bendCount", type: "u16", lengthOf: "bends", description: "Bends that follow, oldest first" },
  ],
  lists: {
    bends: [
      { name: "timeMs", type: "u32", ...ms, description: "Time of the deepest point" },
      { name: "peakCdeg", type: "i16", ...cdeg, description: "Deepest flexion" },
    ],
  },
} as const satisfies Layout)
