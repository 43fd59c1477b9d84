/**
 * What breaks on either board, from the start or in the middle of a run: the run goes on or is closed, the status says what is wrong while it is,
 * and the wearer feels it once. docs/faults.md tells of each.
 */
import test from "ava"
import { errorBuzzesOf, ROWS, type Row, TWO_SENSORS } from "./fault-rows"
import { type FaultOptions, faultRun, KINDS } from "./fault-wear"

const SOUND = await Promise.all(KINDS.map((kind) => faultRun({ kind })))
/** A stride at each edge of a gap is not whole. */
const NEAR_STRIDES = 2

const nameOf = ({ fault, options = {} }: Row) =>
  `${fault}${options.isFromStart ? " from the start" : " in a run"}${options.isForGood ? ", for good" : ""}`

for (const [index, kind] of KINDS.entries())
  test(`${kind}: a sound board counts 76 strides and has nothing to say`, (t) => {
    t.like(SOUND[index], { runs: 1, errorBuzzes: 0, problems: [], problemsAfter: [], faults: [] })
    t.is(SOUND[index]?.run?.strides, 76)
    t.is(SOUND[index]?.run?.dataQuality.gaps, 0)
  })
for (const [index, kind] of KINDS.entries())
  for (const row of ROWS) check(row, { kind, fault: row.fault }, SOUND[index])
for (const row of TWO_SENSORS)
  check(row, { kind: "xiao_esp32c3", fault: row.fault, shank: true }, SOUND[0], ", two sensors")
check(ROWS[0] as Row, { kind: "xiao_esp32c3", fault: "thighAbsent", engine: "xs" }, SOUND[0], " (XS)")
check(
  ROWS.find(({ fault }) => fault === "busHeld") as Row,
  { kind: "m5stick_cplus", fault: "busHeld", engine: "xs" },
  SOUND[1],
  " (XS)",
)

function check(row: Row, options: FaultOptions, sound: (typeof SOUND)[number] | undefined, more = ""): void {
  const { problems, after = [], run, says } = row
  test(`${options.kind}: ${nameOf(row)}${more}`, async (t) => {
    const told = await faultRun({ ...options, ...row.options })
    const { onTheBus = [] } = options.kind === "m5stick_cplus" ? row : {}
    t.deepEqual(told.problems.sort(), [...problems, ...onTheBus].sort())
    t.deepEqual(told.problemsAfter.sort(), [...after, ...(after.length > 0 ? onTheBus : [])].sort())
    t.is(told.errorBuzzes, errorBuzzesOf(row))
    if (says) t.regex(told.faults.join("\n"), says)
    else t.deepEqual(told.faults, sound?.faults)
    t.is(told.runs, run === "none" ? 0 : 1)
    if (run === "none") return
    const soundStrides = sound?.run?.strides ?? 0
    const { strides = 0, dataQuality } = told.run ?? {}
    if (run === "whole") t.true(Math.abs(strides - soundStrides) <= 1, `${strides} strides`)
    else {
      // One that is started anew meanwhile has two.
      t.true(dataQuality?.gaps === 1 || dataQuality?.gaps === 2, `${dataQuality?.gaps} gaps`)
      // What is missing is as long as the samples that were not valid.
      const missing = soundStrides * (1 - (dataQuality?.validPermyriad ?? 0) / 10_000)
      t.true(
        strides < soundStrides && strides > soundStrides - missing - 2 * NEAR_STRIDES,
        `${strides} strides`,
      )
    }
  })
}
