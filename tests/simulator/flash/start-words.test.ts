import test from "ava"
import { bootTime, isoTime } from "../../../simulator/flash/start-words"

test("a time that is known is that of its zone, by quarters of an hour", (t) => {
  t.is(isoTime(1_800_000_000, 0), "2027-01-15T08:00:00+00:00")
  t.is(isoTime(1_800_000_000, 23), "2027-01-15T13:45:00+05:45")
  t.is(isoTime(1_800_000_000, -14), "2027-01-15T04:30:00-03:30")
  t.is(isoTime(0xffff_ffff, 127)?.slice(0, 4), "2106")
  t.is(isoTime(0, 8), undefined)
})

test("any other is that of the boot's clock", (t) => {
  t.is(bootTime(12, 1_865_999), "boot 12, +00:31:05")
  t.is(bootTime(1, 360_000_000), "boot 1, +100:00:00")
})
