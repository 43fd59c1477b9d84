/** The tables, read back by a CSV parser as a spreadsheet program would. */
import test from "ava"
import { parse } from "csv-parse/sync"
import fc from "fast-check"
import type { KeptDevice, KeptRun } from "../../../phone/data/kept"
import { blocksCsv, runsCsv } from "../../../phone/export/csv"
import { EXAMPLE_RUN } from "../../../simulator/docs/example-run"
import { decodeRunRecord } from "../../../src/ble/run-codec"
import { DEVICE_ID, keptRun, keptRuns, runOf } from "./kept-runs"

const DEVICE: KeptDevice = {
  id: DEVICE_ID,
  name: "Läufer, links",
  side: "left",
  firmware: "0.2.0",
  board: "XIAO ESP32C3",
  seenMs: 0,
}

function parsed(text: string): Record<string, string>[] {
  return parse(text, { bom: true, columns: true, record_delimiter: "\r\n" })
}

test("a row tells all of a run, with units in the names of its columns", (t) => {
  const kept = keptRun(EXAMPLE_RUN)
  const scores = [
    { runKey: kept.key, time: "after", score: 0, givenMs: 1 },
    { runKey: kept.key, time: "morning", score: 3, givenMs: 2 },
    { runKey: "another", time: "hour", score: 9, givenMs: 3 },
  ] as const
  t.deepEqual(parsed(runsCsv([kept], [DEVICE], scores)), [
    {
      run_key: kept.key,
      start_local: "2026-05-03T07:30:00+02:00",
      received_utc: "2026-05-03T08:00:00Z",
      side: "left",
      duration_s: "57.7",
      bouts: "1",
      strides: "76",
      load_cycles: "76",
      cadence_steps_per_min: "157",
      contact_time_median_ms: "266",
      threshold_deg: "30",
      compressions: "74",
      compressions_past_30_deg: "74",
      compressions_past_35_deg: "69",
      compressions_past_40_deg: "48",
      compressions_past_45_deg: "12",
      compressions_past_50_deg: "1",
      peak_flexion_median_deg: "42.4",
      peak_flexion_p95_deg: "47.3",
      peak_flexion_error_deg: "3.9",
      strides_of_two_sensors: "0",
      past_threshold_s: "9.8",
      past_threshold_deg_s: "96",
      load_relative: "80.1",
      load_peak_weighted_relative: "97.3",
      buzzes: "1",
      pain_marks: "1",
      pain_after_of_10: "0",
      pain_hour_later_of_10: "",
      pain_next_morning_of_10: "3",
      valid_samples_percent: "99.98",
      gaps: "0",
      clipped_samples: "0",
      strap_slipped: "no",
      resumed_after_reset: "no",
      power_lost_in_run_before: "no",
      cut_short: "no",
      firmware: "v0.1.0",
      model_version: "3",
      calibration_version: "1",
      device_name: "Läufer, links",
      board: "XIAO ESP32C3",
      note: "",
    },
  ])
})

test("the start is by the zone of the run, and the row's offset says which", (t) => {
  const startOf = (unixS: number, zoneQuarters: number) =>
    parsed(runsCsv([keptRun(EXAMPLE_RUN, { unixS, zoneQuarters })], [], []))[0]?.start_local
  // In Berlin summer time began then.
  const change = Date.UTC(2026, 2, 29, 1) / 1000
  t.is(startOf(change - 1, 4), "2026-03-29T01:59:59+01:00")
  t.is(startOf(change, 8), "2026-03-29T03:00:00+02:00")
  t.is(startOf(change, -14), "2026-03-28T21:30:00-03:30")
  t.is(startOf(change, 23), "2026-03-29T06:45:00+05:45")
  t.is(startOf(change, 0), "2026-03-29T01:00:00+00:00")
  t.is(startOf(0, 0), "")
})

test("any start with its offset is the instant that the device told", (t) => {
  fc.assert(
    fc.property(keptRuns, (kept) => {
      const told = parsed(runsCsv([kept], [], []))[0]?.start_local
      if (kept.start.unixS === 0) t.is(told, "")
      else t.is(Date.parse(told ?? ""), 1000 * kept.start.unixS)
    }),
    { numRuns: 50 },
  )
})

test("what nobody measured is an empty cell", (t) => {
  const still = { ...EXAMPLE_RUN, strides: 0, loadCycles: 0, cadenceDspm: 0, contactTimeMedianMs: 0 }
  t.like(parsed(runsCsv([keptRun(still)], [], []))[0], {
    side: "",
    strides: "0",
    cadence_steps_per_min: "",
    contact_time_median_ms: "",
    peak_flexion_median_deg: "",
    peak_flexion_p95_deg: "",
    device_name: "",
  })
})

test("a run that cannot be read keeps its row, which says so, and has no blocks", (t) => {
  const kept = keptRun(EXAMPLE_RUN)
  const newer = { ...kept, key: "newer", record: Uint8Array.from(kept.record) }
  newer.record[0] = 99
  const damaged = { ...kept, key: "damaged", record: kept.record.slice(0, -1) }
  const rows = parsed(runsCsv([newer, damaged, kept], [DEVICE], []))
  for (const row of rows.slice(0, 2))
    t.like(row, {
      start_local: "2026-05-03T07:30:00+02:00",
      side: "left",
      strides: "",
      note: "This version of the app cannot read this run's record.",
    })
  t.is(rows[2]?.strides, "76")
  t.deepEqual(
    parsed(blocksCsv([newer, damaged, kept], [DEVICE])).map((row) => row.run_key),
    [kept.key],
  )
})

test("no text begins as a formula does, and all other text comes back as it was", (t) => {
  const nameIn = (name: string) =>
    parsed(runsCsv([keptRun(EXAMPLE_RUN)], [{ ...DEVICE, name }], []))[0]?.device_name
  for (const name of [
    '=HYPERLINK("x")',
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
  ])
    t.is(nameIn(name), `'${name}`)
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 20 }), (name) => {
      const read = nameIn(name) ?? ""
      t.true(read === name ? !/^[=+\-@\t\r\n＝＋－＠]/.test(read) : read === `'${name}`)
    }),
    { numRuns: 200 },
  )
  // A number below 0 is no text.
  t.is(
    parsed(runsCsv([keptRun({ ...EXAMPLE_RUN, peakFlexionMedianCdeg: -150 })], [], []))[0]
      ?.peak_flexion_median_deg,
    "-1.5",
  )
})

test("lines end as RFC 4180 says, behind a byte-order mark; no runs are the columns' names alone", (t) => {
  const text = runsCsv([], [], [])
  t.regex(text, /^\uFEFFrun_key,start_local,[^\r\n"]+\r\n$/)
  t.is(runsCsv([keptRun(EXAMPLE_RUN)], [], []).split("\r\n").length, 3)
  t.deepEqual(parsed(blocksCsv([], [])), [])
})

test("a row for each block, with its own time and length", (t) => {
  const kept = keptRun(runOf([{ minutes: 2.5, pauseMinutes: 0 }], 2))
  const rows = parsed(blocksCsv([kept], [DEVICE]))
  t.deepEqual(rows, [
    {
      run_key: kept.key,
      side: "left",
      block: "1",
      block_start_local: "2026-05-03T07:30:00+02:00",
      block_start_s: "0",
      block_length_s: "120",
      strides: "167",
      compressions: "167",
      threshold_deg: "30",
      peak_flexion_median_deg: "40",
      peak_flexion_error_deg: "3.9",
      past_threshold_deg_s: "16.7",
      load_relative: "167",
    },
    {
      run_key: kept.key,
      side: "left",
      block: "2",
      block_start_local: "2026-05-03T07:32:00+02:00",
      block_start_s: "120",
      block_length_s: "30",
      strides: "41",
      compressions: "41",
      threshold_deg: "30",
      peak_flexion_median_deg: "40.01",
      peak_flexion_error_deg: "3.9",
      past_threshold_deg_s: "4.1",
      load_relative: "41",
    },
  ])
  const pause = { ...EXAMPLE_RUN, blocks: EXAMPLE_RUN.blocks.map((block) => ({ ...block, strides: 0 })) }
  t.is(parsed(blocksCsv([keptRun(pause)], []))[0]?.peak_flexion_median_deg, "")
})

test("whatever records can hold, each run has its row and each block, with the record's numbers", (t) => {
  fc.assert(
    fc.property(fc.array(keptRuns, { maxLength: 4 }), (all: KeptRun[]) => {
      const runs = all.map(({ record }) => decodeRunRecord(record).run)
      t.deepEqual(
        parsed(runsCsv(all, [DEVICE], [])).map((row) => [
          row.run_key,
          Number(row.strides),
          Number(row.load_relative),
        ]),
        runs.map((run, index) => [all[index]?.key, run.strides, run.milliLoad / 1000]),
      )
      t.deepEqual(
        parsed(blocksCsv(all, [DEVICE])).map((row) => [
          Number(row.strides),
          Number(row.past_threshold_deg_s),
        ]),
        runs.flatMap((run) =>
          run.blocks.map((block) => [block.strides, block.cdegSecondsPastThreshold / 100]),
        ),
      )
    }),
    { numRuns: 50 },
  )
})
