/** The day that it is for the wearer now. */
import { dayOf } from "../runs/local-time"

const MS_PER_MINUTE = 60_000

/** By the clocks of the phone, days since 1970-01-01. @param nowMs Unix time */
export function today(nowMs: number): number {
  return dayOf(nowMs - new Date(nowMs).getTimezoneOffset() * MS_PER_MINUTE)
}
