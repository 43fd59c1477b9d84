/** docs/faults.md tells of every fault that a virtual board can have, as the tests of the device see it, and names tests that are there. */
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import test from "ava"
import { errorBuzzesOf, ROWS, type Row, TWO_SENSORS } from "./device/fault-rows"

const DOCUMENT = new URL("../docs/faults.md", import.meta.url)
const TEXT = readFileSync(DOCUMENT, "utf8")
const PROTOCOL = readFileSync(new URL("../hosts/virtual/protocol.ts", import.meta.url), "utf8")
const [, names = ""] = /export type FaultName =([^/]*)\n\n/.exec(PROTOCOL) ?? []
const FAULTS = [...names.matchAll(/"(\w+)"/g)].map(([, name]) => name)
const [, table = ""] = /<!-- faults -->([\s\S]*)<!-- \/faults -->/.exec(TEXT) ?? []
const told = table
  .trim()
  .split("\n")
  .slice(2)
  .map((line) => line.slice(2, -2).split(" | "))

const ALL: readonly Row[] = [...ROWS, ...TWO_SENSORS]
/** What a fault that mends itself leaves in the status only for a moment, and the sensor that it is of. */
const PASSING: Readonly<Record<string, string>> = { thighSilent: "thighSensor", shankSilent: "shankSensor" }

test("every fault has its row, and is tried", (t) => {
  t.true(FAULTS.length >= 15)
  t.deepEqual(told.map(([what = ""]) => /^`(\w+)`/.exec(what)?.[1]).sort(), [...FAULTS].sort())
  for (const fault of FAULTS)
    t.true(
      ALL.some((row) => row.fault === fault),
      fault,
    )
})

for (const [what = "", , run = "", problems = "", felt = ""] of told) {
  const name = /^`(\w+)`/.exec(what)?.[1] ?? ""
  const rows = ALL.filter(({ fault }) => fault === name)
  test(`what is told of ${name} is what is seen`, (t) => {
    const seen = new Set(
      rows.flatMap((row) => [...row.problems, ...(row.after ?? []), ...(row.onTheBus ?? [])]),
    )
    const passing = PASSING[name]
    t.deepEqual(problems.split(", ").sort(), seen.size > 0 ? [...seen].sort() : [passing ?? "–"])
    t.is(felt, rows.some((row) => errorBuzzesOf(row) > 0) ? "once" : "no")
    t.is(
      /none begins/.test(run),
      rows.some((row) => row.run === "none"),
    )
    t.is(
      /gap/.test(run),
      rows.some((row) => row.run === "gap"),
    )
    t.is(
      /whole/.test(run),
      rows.every((row) => row.run === "whole"),
    )
  })
}

test("the tests that it names are there", (t) => {
  const shown = [...TEXT.matchAll(/\]\(([^)]+\.test\.ts)\): "([^"]+)"/g)]
  t.true(shown.length >= 4)
  for (const [, path = "", title = ""] of shown)
    t.true(readFileSync(fileURLToPath(new URL(path, DOCUMENT)), "utf8").includes(title), title)
})
