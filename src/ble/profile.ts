/**
 * The GATT profile, defined once: services and characteristics with their UUIDs, properties and values. The firmware
 * (service.ts), the simulator's phone and docs/gatt.md are driven from it.
 */
import { constant } from "../constant"
import { DEFAULT_NAME, NAME_LIMIT_BYTES } from "../storage/device-name"
import { COACH, COACH_LOG, COACH_REQUEST } from "./coach-layouts"
import { CURRENT_TIME, LOCAL_TIME } from "./current-time"
import type { Layout } from "./fields"
import * as layouts from "./layouts"
import { LIVE } from "./live-layout"
import { ACCESS_REQUESTS, ACCESS_RESPONSE, RECORD_HEAD } from "./record-layouts"
import { RUN_SUMMARY } from "./run-layouts"
import { UPDATE_REQUESTS, UPDATE_STATUS } from "./update-layouts"

/** One of several values, told apart by their first byte. */
export interface ChoiceValue {
  readonly title: string
  readonly oneOf: readonly Layout[]
}

/** A value that is text, not fields. */
export interface TextValue {
  readonly title: string
  readonly text: "UTF-8"
}

export interface CharacteristicProfile {
  readonly uuid: string
  /** Shown by scanner apps: the 0x2901 description of Patella's own characteristics. */
  readonly name: string
  /** What a read gives; absent when it cannot be read. */
  readonly read?: Layout | TextValue
  /** What a write takes; absent when it cannot be written. */
  readonly write?: Layout | TextValue | ChoiceValue
  readonly notify?: boolean
  readonly description: string
}

export interface ServiceProfile {
  readonly uuid: string
  readonly name: string
  /** Anybody may read it; all else is for phones on the list (access.ts). */
  readonly isPublic?: boolean
  readonly characteristics: Readonly<Record<string, CharacteristicProfile>>
}

/** Random base (RFC 9562, version 4); the number stands in its third and fourth byte. */
function patellaUuid(number: string): string {
  return `256a${number}-88c2-4114-95ca-bdcff6296b5d`
}

/** Longest value of a characteristic (core specification 5.4, volume 3, part F, 3.2.9). */
export const VALUE_LIMIT_BYTES = 512

export const USER_DESCRIPTION_UUID = "2901"
export const MANUFACTURER = "Patella project"

/** Assigned numbers: Bluetooth SIG, "Assigned Numbers", 3.4 and 3.8. No serial number: it would follow its wearer. */
export const DEVICE_INFORMATION = constant({
  uuid: "180a",
  name: "Device Information",
  isPublic: true,
  characteristics: {
    manufacturer: {
      uuid: "2a29",
      name: "Manufacturer Name",
      read: { title: "manufacturer", text: "UTF-8" },
      description: "Who made the firmware",
    },
    model: {
      uuid: "2a24",
      name: "Model Number",
      read: { title: "model", text: "UTF-8" },
      description: "The board it runs on",
    },
    firmware: {
      uuid: "2a26",
      name: "Firmware Revision",
      read: { title: "firmware", text: "UTF-8" },
      description: "major.minor.patch",
    },
  },
} as const satisfies ServiceProfile)

export const BATTERY = constant({
  uuid: "180f",
  name: "Battery",
  isPublic: true,
  characteristics: {
    battery: {
      uuid: "2a19",
      name: "Battery Level",
      read: layouts.BATTERY_LEVEL,
      notify: true,
      description: "Charge left",
    },
  },
} as const satisfies ServiceProfile)

export const CURRENT_TIME_SERVICE = constant({
  uuid: "1805",
  name: "Current Time",
  characteristics: {
    currentTime: {
      uuid: "2a2b",
      name: "Current Time",
      read: CURRENT_TIME,
      write: CURRENT_TIME,
      description:
        "The wearer's own time, 2024 to 2099. Write it once in a boot, after *Local Time Information*: it dates the runs of that boot, " +
        "also those before. Without a zone it is taken by the one told last, or as UTC",
    },
    localTime: {
      uuid: "2a0f",
      name: "Local Time Information",
      read: LOCAL_TIME,
      write: LOCAL_TIME,
      description: "Zone and summer time; written while the time is known, it moves the wearer's own time",
    },
  },
} as const satisfies ServiceProfile)

export const PATELLA = constant({
  uuid: patellaUuid("0001"),
  name: "Patella",
  characteristics: {
    status: {
      uuid: patellaUuid("0002"),
      name: "Status",
      read: layouts.STATUS,
      notify: true,
      description: "What the device is doing now; notified when it changes",
    },
    runSummary: {
      uuid: patellaUuid("0003"),
      name: "Run summary",
      read: RUN_SUMMARY,
      description: "The newest closed run without its lists; empty (0 bytes) while there is none",
    },
    summaryText: {
      uuid: patellaUuid("0004"),
      name: "Run summary (text)",
      read: { title: "run summary (text)", text: "UTF-8" },
      description: "The newest closed run in plain words, for any scanner app",
    },
    recordAccess: {
      uuid: patellaUuid("0005"),
      name: "Record access",
      read: ACCESS_RESPONSE,
      write: { title: "request", oneOf: ACCESS_REQUESTS },
      notify: true,
      description: "Asks for records; a read gives the last response, which is notified as it comes",
    },
    records: {
      uuid: patellaUuid("0006"),
      name: "Records",
      read: RECORD_HEAD,
      notify: true,
      description: `Notified: the chunks of a fetch. Read: the head of the selected record, then its bytes, up to ${VALUE_LIMIT_BYTES} in all`,
    },
    settings: {
      uuid: patellaUuid("0007"),
      name: "Settings",
      read: layouts.SETTINGS_VALUE,
      write: layouts.SETTING_WRITE,
      description: "Read all, write one",
    },
    command: {
      uuid: patellaUuid("0008"),
      name: "Command",
      write: layouts.COMMAND,
      description: "Asks the device to do something now",
    },
    deviceName: {
      uuid: patellaUuid("0009"),
      name: "Device name",
      read: { title: "device name", text: "UTF-8" },
      write: { title: "device name", text: "UTF-8" },
      description: `What the wearer calls it, "${DEFAULT_NAME}" by default: 1 to ${NAME_LIMIT_BYTES} bytes, no control characters. It is never advertised`,
    },
    identity: {
      uuid: patellaUuid("000a"),
      name: "Identity",
      read: layouts.IDENTITY,
      description: "Which device this is, which boot, and how the times of records lie to unix time",
    },
    faultCounts: {
      uuid: patellaUuid("000b"),
      name: "Fault counts",
      read: layouts.FAULT_COUNTS,
      description: "Faults in the device's whole life, by kind; those since boot are in the status",
    },
    live: {
      uuid: patellaUuid("000c"),
      name: "Live measurement",
      read: LIVE,
      notify: true,
      description:
        "The knee's angles as they are measured. Notified about six times a second while the wearer moves, otherwise once, with eight " +
        "angles, or four where the MTU is below 31; beside a transfer of records at most twice. A read gives the newest angle",
    },
    selfTest: {
      uuid: patellaUuid("000d"),
      name: "Self-test",
      read: layouts.SELF_TEST,
      description: "What the last self-test of this boot told",
    },
    update: {
      uuid: patellaUuid("000e"),
      name: "Update",
      read: UPDATE_STATUS,
      write: { title: "update request", oneOf: UPDATE_REQUESTS },
      description:
        "Brings another firmware, once the wearer has pressed the button; a read tells how far that is",
    },
    coach: {
      uuid: patellaUuid("000f"),
      name: "Coach",
      read: COACH,
      write: COACH_REQUEST,
      description: "Readiness test and routines: begins and ends one, and tells how far it is",
    },
    coachLog: {
      uuid: patellaUuid("0010"),
      name: "Coach log",
      read: COACH_LOG,
      description: "The last readiness tests, routines, and first steps after long sittings",
    },
  },
} as const satisfies ServiceProfile)

export const SERVICES = constant([
  DEVICE_INFORMATION,
  BATTERY,
  CURRENT_TIME_SERVICE,
  PATELLA,
] as const satisfies readonly ServiceProfile[])

export type CharacteristicKey =
  | keyof typeof DEVICE_INFORMATION.characteristics
  | keyof typeof BATTERY.characteristics
  | keyof typeof CURRENT_TIME_SERVICE.characteristics
  | keyof typeof PATELLA.characteristics

/** Error codes that the handlers answer with: the specification's (part F, 3.4.1.1), and from 0x80 on our own. */
export const AttError = constant({
  notAuthorized: {
    code: 0x08,
    description:
      "The link is encrypted by keys that are not on the device's list: pair while its window is open",
  },
  invalidLength: { code: 0x0d, description: "The value has the wrong length; nothing changed" },
  unlikely: { code: 0x0e, description: "A fault in the device, counted in the status" },
  valueNotAllowed: {
    code: 0x13,
    description: "A number is out of its range or has no meaning, or a text is none; nothing changed",
  },
  notPossibleNow: { code: 0x80, description: "The command cannot be carried out now" },
} as const)
