import test from "ava"
import { clock, count, percent } from "../../simulator/cli/wording"

test("times read as m:ss, and h:mm:ss from an hour on", (t) => {
  for (const [seconds, text] of [
    [0, "0:00"],
    [9.4, "0:09"],
    [59.6, "1:00"],
    [130.2, "2:10"],
    [3599.4, "59:59"],
    [3600, "1:00:00"],
    [3661, "1:01:01"],
    [-0.2, "0:00"],
  ] as const) {
    t.is(clock(seconds), text)
  }
})

test("counts and shares read like prose", (t) => {
  t.is(count(1, "gap", "gaps"), "1 gap")
  t.is(count(0, "gap", "gaps"), "0 gaps")
  t.is(count(12_345, "gap", "gaps"), "12,345 gaps")
  t.is(percent(1), "100 %")
  t.is(percent(0.926), "93 %")
  t.is(percent(0.9987), "99.8 %")
  t.is(percent(0.99999), "99.9 %")
})
