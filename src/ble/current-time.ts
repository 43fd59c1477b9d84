/**
 * The values of the Current Time service: the wearer's own time by the calendar, and how far it is ahead of UTC. The device holds UTC and
 * the sum of zone and summer time (src/storage/boot-record.ts).
 * Sources: Bluetooth SIG, "Current Time Service" 1.1; "GATT Specification Supplement": Current Time, Date Time, Day of Week, Local Time
 * Information, Time Zone, DST Offset.
 */
import { constant } from "../constant"
import { ZONE_QUARTERS_MAX, ZONE_QUARTERS_MIN } from "../storage/boot-record"
import { dateOf, daysInMonth, unixDaysOf, weekdayOf } from "./calendar"
import type { Layout, Values } from "./fields"

const S_PER_MIN = 60
const S_PER_HOUR = 3600
const S_PER_DAY = 86_400
const S_PER_QUARTER = 900
/** Of 1/256 s. */
const HALF_SECOND = 128
export const TIME_ZONE_UNKNOWN = -128
/** Quarters of an hour. */
export const DstOffset = constant({
  standard: 0,
  halfHour: 2,
  oneHour: 4,
  twoHours: 8,
  unknown: 255,
} as const)
/** 0 in a value that tells no time. */
const Weekday = constant({
  unknown: 0,
  monday: 1,
  tuesday: 2,
  wednesday: 3,
  thursday: 4,
  friday: 5,
  saturday: 6,
  sunday: 7,
} as const)

const KNOWN = "0: the device does not know the time"

export const CURRENT_TIME = constant({
  title: "current time",
  head: [
    { name: "year", type: "u16", max: 9999, description: KNOWN },
    { name: "month", type: "u8", max: 12, description: "1 January to 12 December" },
    { name: "day", type: "u8", max: 31, description: "Of the month, from 1 on" },
    { name: "hours", type: "u8", unit: "h", max: 23, description: "By the wearer's own clocks" },
    { name: "minutes", type: "u8", unit: "min", max: 59, description: "Of the hour" },
    { name: "seconds", type: "u8", unit: "s", max: 59, description: "Of the minute; no leap second" },
    {
      name: "dayOfWeek",
      type: "u8",
      codes: Weekday,
      description: "Not looked at when written: the date tells it",
    },
    {
      name: "fractions256",
      type: "u8",
      unit: "1/256 s",
      description: "0 when read; written, the nearest whole second counts",
    },
    { name: "adjustReason", type: "u8", description: "0 when read; not looked at when written" },
  ],
} as const satisfies Layout)

export const LOCAL_TIME = constant({
  title: "local time information",
  head: [
    {
      name: "timeZone",
      type: "i8",
      unit: "min",
      scale: 15,
      description: `How far the wearer's clocks are ahead of UTC, ${ZONE_QUARTERS_MIN} to ${ZONE_QUARTERS_MAX}; ${TIME_ZONE_UNKNOWN} unknown, which cannot be written. When read, summer time is in it`,
    },
    {
      name: "dstOffset",
      type: "u8",
      codes: DstOffset,
      description:
        "What summer time adds, in 15 min; unknown cannot be written. When read, 0: it is in the zone",
    },
  ],
} as const satisfies Layout)

/** A value in which nothing is known. */
const NO_TIME: Values<typeof CURRENT_TIME> = constant({
  year: 0,
  month: 0,
  day: 0,
  hours: 0,
  minutes: 0,
  seconds: 0,
  dayOfWeek: 0,
  fractions256: 0,
  adjustReason: 0,
})

/** @param unixS 0: unknown */
export function currentTimeOf(unixS: number, zoneQuarters: number): Values<typeof CURRENT_TIME> {
  if (unixS === 0) return NO_TIME
  const localS = unixS + zoneQuarters * S_PER_QUARTER
  const days = Math.floor(localS / S_PER_DAY)
  const secondOfDay = localS - days * S_PER_DAY
  return {
    ...NO_TIME,
    ...dateOf(days),
    hours: Math.floor(secondOfDay / S_PER_HOUR),
    minutes: Math.floor(secondOfDay / S_PER_MIN) % S_PER_MIN,
    seconds: secondOfDay % S_PER_MIN,
    dayOfWeek: weekdayOf(days),
  }
}

/** Unix time of a value within its fields' ranges; undefined for a date that is none. */
export function unixSOf(value: Values<typeof CURRENT_TIME>, zoneQuarters: number): number | undefined {
  const { year, month, day, hours, minutes, seconds, fractions256 } = value
  if (year === 0 || day === 0 || day > daysInMonth(year, month)) return undefined
  const secondOfDay =
    hours * S_PER_HOUR + minutes * S_PER_MIN + seconds + (fractions256 < HALF_SECOND ? 0 : 1)
  return unixDaysOf(value) * S_PER_DAY + secondOfDay - zoneQuarters * S_PER_QUARTER
}

/** @param zoneQuarters with summer time; undefined: unknown */
export function localTimeOf(zoneQuarters: number | undefined): Values<typeof LOCAL_TIME> {
  return zoneQuarters === undefined
    ? { timeZone: TIME_ZONE_UNKNOWN, dstOffset: DstOffset.unknown }
    : { timeZone: zoneQuarters, dstOffset: DstOffset.standard }
}

/** With summer time, quarters of an hour; undefined when the sum is no zone, as with either unknown. */
export function zoneQuartersOf({ timeZone, dstOffset }: Values<typeof LOCAL_TIME>): number | undefined {
  const zoneQuarters = timeZone + dstOffset
  const isZone = timeZone >= ZONE_QUARTERS_MIN && zoneQuarters <= ZONE_QUARTERS_MAX
  return isZone ? zoneQuarters : undefined
}
