/** The messages of a FIT activity that a run has something to say in, with the numbers of the FIT profile. */
import { FIT_TYPES, type FitField, type FitMessage } from "./fit-encoder"

/** Seconds from 1970 to 1989-12-31T00:00:00Z, where the time of FIT begins. */
export const FIT_EPOCH_S = 631_065_600

const MS = { type: "uint32", scale: 1000 } as const
const TIMESTAMP = { number: 253, type: "uint32" } as const
const MESSAGE_INDEX = { number: 254, type: "uint16" } as const
const TEXT_BYTES = 32
const TEXT = { type: "string", length: TEXT_BYTES } as const

export const FILE_TYPE_ACTIVITY = 4
/** The number for makers that have none of their own from Garmin. */
export const MANUFACTURER_DEVELOPMENT = 255
export const SPORT_RUNNING = 1
export const ACTIVITY_MANUAL = 0
export const SESSION_TRIGGER_ACTIVITY_END = 0
export const FitLapTrigger = { manual: 0, sessionEnd: 7 } as const
export const FitEvent = { timer: 0, session: 8, lap: 9, activity: 26 } as const
export const FitEventType = { start: 0, stop: 1, stopAll: 4 } as const

/** What of a run the profile has no field for. */
export const KNEE_FIELDS = {
  peakFlexionDeg: { number: 0, type: "float32", name: "Knee peak flexion", unit: "deg" },
  compressions: { number: 1, type: "uint32", name: "Knee compressions" },
  load: { number: 2, type: "float32", name: "Knee load" },
  peakErrorDeg: { number: 3, type: "float32", name: "Knee peak flexion error", unit: "deg" },
  thresholdDeg: { number: 4, type: "float32", name: "Knee threshold", unit: "deg" },
} as const satisfies Readonly<Record<string, FitField & { name: string; unit?: string }>>

const { peakErrorDeg, thresholdDeg, ...EVERYWHERE } = KNEE_FIELDS

/** No serial number: it would follow its wearer wherever the file goes. */
export const FILE_ID = {
  number: 0,
  fields: {
    type: { number: 0, type: "enum" },
    manufacturer: { number: 1, type: "uint16" },
    product: { number: 2, type: "uint16" },
    timeCreated: { number: 4, type: "uint32" },
    productName: { number: 8, ...TEXT },
  },
} as const satisfies FitMessage

export const DEVELOPER_DATA_ID = {
  number: 207,
  fields: {
    applicationId: { number: 1, type: "byte", length: 16 },
    developerDataIndex: { number: 3, type: "uint8" },
  },
} as const satisfies FitMessage

export const FIELD_DESCRIPTION = {
  number: 206,
  fields: {
    developerDataIndex: { number: 0, type: "uint8" },
    fieldDefinitionNumber: { number: 1, type: "uint8" },
    fitBaseTypeId: { number: 2, type: "uint8" },
    fieldName: { number: 3, ...TEXT },
    units: { number: 8, ...TEXT },
  },
} as const satisfies FitMessage

export const EVENT = {
  number: 21,
  fields: {
    timestamp: TIMESTAMP,
    event: { number: 0, type: "enum" },
    eventType: { number: 1, type: "enum" },
  },
} as const satisfies FitMessage

export const RECORD = {
  number: 20,
  fields: {
    timestamp: TIMESTAMP,
    cadence: { number: 4, type: "uint8" },
    totalCycles: { number: 19, type: "uint32" },
    fractionalCadence: { number: 53, type: "uint8", scale: 128 },
  },
  developerFields: EVERYWHERE,
} as const satisfies FitMessage

/** What laps and sessions have under the same numbers. */
const SUMMARY = {
  timestamp: TIMESTAMP,
  messageIndex: MESSAGE_INDEX,
  event: { number: 0, type: "enum" },
  eventType: { number: 1, type: "enum" },
  startTime: { number: 2, type: "uint32" },
  totalElapsedTime: { number: 7, ...MS },
  totalTimerTime: { number: 8, ...MS },
  /** In running: strides. */
  totalCycles: { number: 10, type: "uint32" },
} as const

export const LAP = {
  number: 19,
  fields: {
    ...SUMMARY,
    avgCadence: { number: 17, type: "uint8" },
    lapTrigger: { number: 24, type: "enum" },
    sport: { number: 25, type: "enum" },
    avgStanceTime: { number: 79, type: "uint16", scale: 10 },
    avgFractionalCadence: { number: 80, type: "uint8", scale: 128 },
  },
  developerFields: EVERYWHERE,
} as const satisfies FitMessage

export const SESSION = {
  number: 18,
  fields: {
    ...SUMMARY,
    sport: { number: 5, type: "enum" },
    avgCadence: { number: 18, type: "uint8" },
    firstLapIndex: { number: 25, type: "uint16" },
    numLaps: { number: 26, type: "uint16" },
    trigger: { number: 28, type: "enum" },
    avgStanceTime: { number: 91, type: "uint16", scale: 10 },
    avgFractionalCadence: { number: 92, type: "uint8", scale: 128 },
    sportProfileName: { number: 110, ...TEXT },
  },
  developerFields: { ...EVERYWHERE, peakErrorDeg, thresholdDeg },
} as const satisfies FitMessage

export const ACTIVITY = {
  number: 34,
  fields: {
    timestamp: TIMESTAMP,
    totalTimerTime: { number: 0, ...MS },
    numSessions: { number: 1, type: "uint16" },
    type: { number: 2, type: "enum" },
    event: { number: 3, type: "enum" },
    eventType: { number: 4, type: "enum" },
    localTimestamp: { number: 5, type: "uint32" },
  },
} as const satisfies FitMessage

export function typeCode({ type }: FitField): number {
  return FIT_TYPES[type].code
}
