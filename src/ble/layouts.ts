/**
 * The bytes of the values that tell and set the device, field by field (records: run-layouts.ts, record-layouts.ts). Codecs encode and decode by these tables, docs/gatt.md
 * prints them. Times are ms since the device's boot. A number too large for its field is stored as the largest.
 */
import { constant } from "../constant"
import { Activity } from "../motion/stride"
import { DEVICE_ID_BYTES } from "../storage/device-id"
import type { Layout } from "./fields"
import { ms, zoneQuarters } from "./units"

/** Changes when a reader of the old profile would misread the new one. */
export const PROTOCOL_VERSION = 5
const SETTINGS_VERSION = 1
const IDENTITY_VERSION = 2
const SELF_TEST_VERSION = 1

export const StatusFlag = constant({
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
  pairingOpen: 16384,
  charging: 32768,
} as const)

/** What is wrong with the device, until it is well again. */
export const Problem = constant({
  thighSensor: 1,
  shankSensor: 2,
  bus: 4,
  motor: 8,
  battery: 16,
  flash: 32,
  keyValue: 64,
  button: 128,
  display: 256,
  brownOut: 512,
  crash: 1024,
  rolledBack: 2048,
  batteryEmpty: 4096,
} as const)
export type Problem = (typeof Problem)[keyof typeof Problem]

export const SensorState = constant({ off: 0, searching: 1, measuring: 2, stalled: 3 } as const)

/** Calibration age of a device that does not know it, or longer than the field can say. */
export const AGE_UNKNOWN_MIN = 0xffff

/** 20 bytes: a notification at the smallest MTU (23) carries 20. */
export const STATUS = constant({
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
        "taught: it taught the estimate this knee; pairingOpen: a new phone may pair now; charging: on a supply, be it full or not",
    },
    { name: "sensorState", type: "u8", codes: SensorState, description: "Searching: no answer, tried again" },
    { name: "activity", type: "u8", codes: Activity, description: "What the wearer does" },
    { name: "batteryPercent", type: "u8", unit: "%", max: 100, description: "Charge left" },
    { name: "faults", type: "u8", description: "Faults since boot, 255 for more" },
    { name: "newestRunId", type: "u16", description: "Newest closed run, 0 for none" },
    { name: "runCount", type: "u8", description: "Closed runs that can be read" },
    { name: "uptimeMs", type: "u32", ...ms, description: "Time since boot: the clock of all records" },
    {
      name: "problems",
      type: "u16",
      bits: Problem,
      description:
        "What is wrong now: a part that does not answer or cannot be used (bus: something holds a line of the sensors' bus; button: it has been " +
        "pressed for a minute), or what went wrong before this boot (brownOut: the supply broke down; crash: the firmware stopped; rolledBack: an " +
        "update did not work, the firmware before it runs again; batteryEmpty: it had switched itself off)",
    },
    { name: "calibrationVersion", type: "u16", description: "Calibration in use, 0 for none" },
    {
      name: "calibrationAgeMin",
      type: "u16",
      unit: "min",
      description: `Age of the calibration, ${AGE_UNKNOWN_MIN} when unknown`,
    },
  ],
} as const satisfies Layout)

export const SETTINGS_VALUE = constant({
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
} as const satisfies Layout)

export const SETTING_WRITE = constant({
  title: "setting",
  head: [
    { name: "id", type: "u8", description: "See the table of settings" },
    { name: "value", type: "i32", description: "In the setting's unit, within its range" },
  ],
} as const satisfies Layout)

/** What the phone may ask of the device; 5 is not given. */
export const CommandCode = constant({
  findMe: 1,
  testBuzz: 2,
  calibrate: 3,
  stopRun: 4,
  startRun: 6,
  markPain: 7,
  selfTest: 8,
  eraseRuns: 9,
} as const)
export type CommandCode = (typeof CommandCode)[keyof typeof CommandCode]

export const COMMAND = constant({
  title: "command",
  head: [
    {
      name: "code",
      type: "u8",
      codes: CommandCode,
      description:
        "calibrate: forget the calibration and what was taught, and wait for the next; stopRun: end the open run; " +
        "startRun: begin one now, which ends by itself as any, and is dropped when nothing comes of it; " +
        "markPain: in the open run; selfTest: its result is a value of its own; " +
        "eraseRuns: asks the wearer by buzz, and a press of the button within half a minute erases all closed runs, whether a phone has them or not",
    },
    { name: "argument", type: "u16", max: 0, description: "0" },
  ],
} as const satisfies Layout)

export const IDENTITY = constant({
  title: "identity",
  head: [
    { name: "version", type: "u8", constant: IDENTITY_VERSION, description: "Version of this value" },
    {
      name: "deviceId",
      type: "u8",
      repeat: DEVICE_ID_BYTES,
      description: "Tells this device from others, for its whole life; all 0 when it is not known",
    },
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
      description: "How far the wearer's clocks are ahead of UTC, as told in this boot; 0 while unknown",
    },
    { name: "modelVersion", type: "u16", description: "Flexion model in use" },
  ],
} as const satisfies Layout)

/** Parts of the device that the self-test tells of. */
export const SelfTestPart = constant({
  thighSensor: 1,
  shankSensor: 2,
  gravity: 4,
  flash: 8,
  keyValue: 16,
  battery: 32,
  motor: 64,
  button: 128,
  calibration: 256,
} as const)

export const SELF_TEST = constant({
  title: "self-test",
  head: [
    { name: "version", type: "u8", constant: SELF_TEST_VERSION, description: "Version of this value" },
    {
      name: "tested",
      type: "u16",
      bits: SelfTestPart,
      description:
        "What was tested; gravity: while the sensor is still, does it measure 1 g; motor: can it be switched; button: is it let go; " +
        "calibration: is there one",
    },
    { name: "failed", type: "u16", bits: SelfTestPart, description: "What of that is not well" },
    { name: "atMs", type: "u32", ...ms, description: "When, 0 when it never was in this boot" },
  ],
} as const satisfies Layout)

/** By kind, as src/storage/fault-counts.ts counts them. */
export const FAULT_COUNTS = constant({
  title: "fault counts",
  head: [
    { name: "sensor", type: "u32", description: "A sensor did not answer, fell silent, or is another chip" },
    { name: "storage", type: "u32", description: "Something could not be stored, or was damaged" },
    { name: "bluetooth", type: "u32", description: "A phone's request ended in error 0x0e" },
    { name: "battery", type: "u32", description: "The battery could not be measured" },
    { name: "motor", type: "u32", description: "The motor could not be switched" },
    { name: "other", type: "u32", description: "Whatever else" },
  ],
} as const satisfies Layout)

export const BATTERY_LEVEL = constant({
  title: "battery level",
  head: [{ name: "percent", type: "u8", unit: "%", max: 100, description: "Charge left" }],
} as const satisfies Layout)
