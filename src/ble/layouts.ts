/**
 * The bytes of every binary value of the profile, field by field. Codecs encode and decode by these tables, docs/gatt.md
 * prints them. Times are ms since the device's boot. A number too large for its field is stored as the largest.
 */
import { Activity } from "../motion/stride"
import { BuzzReason, DEPTH_BANDS_DEG } from "../run/summary"
import { UNIX_S_MAX, UNIX_S_MIN, ZONE_QUARTERS_MAX, ZONE_QUARTERS_MIN } from "../storage/boot-record"
import type { Field, Layout } from "./fields"

/** Changes when a reader of the old profile would misread the new one. */
export const PROTOCOL_VERSION = 3
const RUN_RECORD_VERSION = 3
const RUN_LIST_VERSION = 2
const BENDS_VERSION = 1
const SETTINGS_VERSION = 1

export const StatusFlag = {
  calibrated: 1,
  runOpen: 2,
  sensorOk: 4,
  batteryLow: 8,
  settingsReset: 16,
  calibrationLost: 32,
  provisional: 64,
  strapShifted: 128,
  leftLeg: 256,
  rightLeg: 512,
  shankMeasuring: 1024,
  shankLost: 2048,
  taught: 4096,
  countsReset: 8192,
} as const

export const SensorState = { off: 0, searching: 1, measuring: 2, stalled: 3 } as const

/** Calibration age of a device that does not know it, or longer than the field can say. */
export const AGE_UNKNOWN_MIN = 0xffff

const cdeg = { unit: "°", scale: 0.01 } as const
const ms = { unit: "ms" } as const
const zoneQuarters = {
  name: "zoneQuarters",
  type: "i8",
  unit: "min",
  scale: 15,
  min: ZONE_QUARTERS_MIN,
  max: ZONE_QUARTERS_MAX,
} as const
const milliLoad = { unit: "reference load cycles", scale: 0.001 } as const
const runId = { name: "runId", type: "u16" } as const

/** 20 bytes: a notification at the smallest MTU (23) carries 20. */
export const STATUS = {
  title: "status",
  head: [
    {
      name: "protocolVersion",
      type: "u8",
      constant: PROTOCOL_VERSION,
      description: "Version of this profile",
    },
    {
      name: "flags",
      type: "u16",
      bits: StatusFlag,
      description:
        "settingsReset, calibrationLost, countsReset: what was stored is damaged (settings or name; calibration; boot count, clock, " +
        "device id or fault counts), and defaults stand in its place; provisional: calibrated from gait, without knee bends; " +
        "strapShifted: since the last knee bends; leftLeg, rightLeg: as set, or as its swing tells; " +
        "shankMeasuring: the second sensor, below the knee, measures too; shankLost: it did, and is silent; " +
        "taught: it taught the estimate this knee",
    },
    { name: "sensorState", type: "u8", codes: SensorState, description: "Searching: no answer, tried again" },
    { name: "activity", type: "u8", codes: Activity, description: "What the wearer does" },
    { name: "batteryPercent", type: "u8", unit: "%", max: 100, description: "Charge left" },
    { name: "faults", type: "u8", description: "Faults since boot, 255 for more" },
    { name: "newestRunId", type: "u16", description: "Newest closed run, 0 for none" },
    { name: "runCount", type: "u8", description: "Closed runs that can be read" },
    { name: "uptimeMs", type: "u32", ...ms, description: "Time since boot: the clock of all records" },
    { name: "modelVersion", type: "u16", description: "Flexion model in use" },
    { name: "calibrationVersion", type: "u16", description: "Calibration in use, 0 for none" },
    {
      name: "calibrationAgeMin",
      type: "u16",
      unit: "min",
      description: `Age of the calibration, ${AGE_UNKNOWN_MIN} when unknown`,
    },
  ],
} as const satisfies Layout

const COUNTS = [
  { name: "strides", type: "u32", description: "Strides of this leg" },
  { name: "loadCycles", type: "u32", description: "Load cycles" },
  { name: "compressions", type: "u32", description: "Load cycles past the wearer's threshold" },
  {
    name: "compressionsByDepth",
    type: "u32",
    repeat: DEPTH_BANDS_DEG.length,
    description: `Load cycles past ${DEPTH_BANDS_DEG.join(", ")}°`,
  },
] as const satisfies readonly Field[]

/** A bout of twelve hours has no more; 16 bytes a bout less let three of the longest records of an hour into a segment of flash. */
const BOUT_COUNTS = [
  { ...COUNTS[0], type: "u16" },
  { ...COUNTS[1], type: "u16" },
  { ...COUNTS[2], type: "u16" },
  { ...COUNTS[3], type: "u16" },
] as const satisfies readonly Field[]

const SUMS = [
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
] as const satisfies readonly Field[]

export const QualityFlag = { strapShift: 1, resumed: 2, gapUnknown: 4, cutShort: 8 } as const

const RUN_HEAD = [
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
  {
    name: "boutsDropped",
    type: "u32",
    description: "Bouts that found no room in the list; they are in the totals",
  },
  { name: "blockMinutes", type: "u16", unit: "min", description: "Length of a block of the time line" },
] as const satisfies readonly Field[]

/** The first bytes of the run record that follows it, under the same version. */
export const RUN_SUMMARY = { title: "run summary", head: RUN_HEAD } as const satisfies Layout

export const RUN_RECORD = {
  title: "run record",
  head: [
    ...RUN_HEAD,
    { name: "buzzCount", type: "u8", lengthOf: "buzzes", description: "Buzzes that follow" },
    { name: "boutCount", type: "u16", lengthOf: "bouts", description: "Bouts that follow the buzzes" },
    { name: "blockCount", type: "u16", lengthOf: "blocks", description: "Time blocks that follow the bouts" },
  ],
  lists: {
    buzzes: [
      { name: "timeMs", type: "u32", ...ms, description: "When the wearer felt it" },
      { name: "reason", type: "u8", codes: BuzzReason, description: "Which limit was passed" },
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
} as const satisfies Layout

export const RunFlag = { acknowledged: 1 } as const

export const RUN_LIST = {
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
        "Runs that follow, oldest first, but that one that was moved to make room stands behind those it was moved past",
    },
  ],
  lists: {
    runs: [
      { ...runId, description: "For the record selector" },
      { name: "recordBytes", type: "u32", unit: "bytes", description: "Length of the run record" },
      { name: "flags", type: "u8", bits: RunFlag, description: "acknowledged: a phone has it whole" },
      { name: "startUnixS", type: "u32", unit: "s", description: "Unix time of its start, 0 while unknown" },
      {
        ...zoneQuarters,
        description: "How far the wearer's clocks were ahead of UTC; 0 while unknown",
      },
    ],
  },
} as const satisfies Layout

export const BENDS = {
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
} as const satisfies Layout

/** What can be read through the record selector; `none` before anything was selected. */
export const RecordKind = { none: 0, list: 1, run: 2, bends: 3 } as const
export type RecordKind = (typeof RecordKind)[keyof typeof RecordKind]

export const RECORD_SELECTOR = {
  title: "record selector",
  head: [
    {
      name: "kind",
      type: "u8",
      codes: { list: RecordKind.list, run: RecordKind.run, bends: RecordKind.bends },
      description: "Which record",
    },
    { ...runId, description: "Of kind run; 0 for the others" },
    { name: "offset", type: "u32", unit: "bytes", description: "Where in the record the next read begins" },
  ],
} as const satisfies Layout

export const RECORD_DATA = {
  title: "record data",
  head: [
    { name: "kind", type: "u8", codes: RecordKind, description: "As selected; none before a selection" },
    { ...runId, description: "As selected" },
    { name: "totalBytes", type: "u32", unit: "bytes", description: "Length of the whole record" },
    {
      name: "offset",
      type: "u32",
      unit: "bytes",
      description: "Where the bytes that follow begin in the record",
    },
  ],
} as const satisfies Layout

export const SETTINGS_VALUE = {
  title: "settings",
  head: [
    { name: "version", type: "u8", constant: SETTINGS_VERSION, description: "Version of this value" },
    { name: "settingCount", type: "u8", lengthOf: "settings", description: "Settings that follow" },
  ],
  lists: {
    settings: [
      { name: "id", type: "u8", description: "See the table of settings" },
      { name: "value", type: "i32", description: "In the setting's unit" },
    ],
  },
} as const satisfies Layout

export const SETTING_WRITE = {
  title: "setting",
  head: [
    { name: "id", type: "u8", description: "See the table of settings" },
    { name: "value", type: "i32", description: "In the setting's unit, within its range" },
  ],
} as const satisfies Layout

/** What the phone may ask of the device. */
export const CommandCode = { findMe: 1, testBuzz: 2, calibrate: 3, closeRun: 4, acknowledge: 5 } as const
export type CommandCode = (typeof CommandCode)[keyof typeof CommandCode]

export const COMMAND = {
  title: "command",
  head: [
    {
      name: "code",
      type: "u8",
      codes: CommandCode,
      description:
        "calibrate: forget the calibration and what was taught, and wait for the next; closeRun: end the open run; " +
        "acknowledge: the phone has this run whole, and it may make room for others",
    },
    { ...runId, description: "Of acknowledge; 0 for the others" },
  ],
} as const satisfies Layout

export const CLOCK = {
  title: "clock",
  head: [
    { name: "bootId", type: "u32", description: "This boot; counts up with each" },
    { name: "uptimeMs", type: "u32", ...ms, description: "Time since this boot, now" },
    {
      name: "unixS",
      type: "u32",
      unit: "s",
      description: "Unix time now, 0 while nobody told it since this boot",
    },
    {
      ...zoneQuarters,
      description: "How far the wearer's clocks are ahead of UTC, as told; 0 while unknown",
    },
  ],
} as const satisfies Layout

export const CLOCK_WRITE = {
  title: "clock",
  head: [
    {
      name: "unixS",
      type: "u32",
      unit: "s",
      min: UNIX_S_MIN,
      max: UNIX_S_MAX,
      description: "Unix time now",
    },
    {
      ...zoneQuarters,
      description: "How far the wearer's clocks are ahead of UTC, with summer time where it is kept",
    },
  ],
} as const satisfies Layout

/** By kind, as src/storage/fault-counts.ts counts them. */
export const FAULT_COUNTS = {
  title: "fault counts",
  head: [
    { name: "sensor", type: "u32", description: "A sensor did not answer, fell silent, or is another chip" },
    { name: "storage", type: "u32", description: "Something could not be stored, or was damaged" },
    { name: "bluetooth", type: "u32", description: "A phone's request ended in error 0x0e" },
    { name: "battery", type: "u32", description: "The battery could not be measured" },
    { name: "motor", type: "u32", description: "The motor could not be switched" },
    { name: "other", type: "u32", description: "Whatever else" },
  ],
} as const satisfies Layout

export const BATTERY_LEVEL = {
  title: "battery level",
  head: [{ name: "percent", type: "u8", unit: "%", max: 100, description: "Charge left" }],
} as const satisfies Layout
