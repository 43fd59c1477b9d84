/** How long an update takes over the modelled link, and that docs/update.md tells what was kept. */
import { readFileSync } from "node:fs"
import test from "ava"
import { CommandHandler } from "../../hosts/virtual/command-handler"
import { updateTable } from "../../simulator/docs/update-tables"
import { TimedUpdate, type UpdateLink } from "../../simulator/rates/timed-update"
import { measureUpdate, minutesOf, readUpdateReport, SLOT_BYTES } from "../../simulator/rates/update-report"
import { startDevice } from "../../src/main"

const INTERVAL_S = 0.03
const BYTES = 20_000
/** Opcode and handle, then the request's own head. */
const OVERHEAD_BYTES = 8

const engine = () => {
  const board = new CommandHandler(startDevice)
  return { command: async (frame: Uint8Array) => board.handle(frame) }
}
const updated = (link: UpdateLink) => new TimedUpdate(engine(), link).run(BYTES)

test("each request waits for the answer to the one before: two connection events", async (t) => {
  const { bytes, seconds } = await updated({ model: {}, mtu: 247 })
  t.true(Math.abs(bytes - BYTES) < 64, `${bytes} bytes`)
  const least = 2 * INTERVAL_S * Math.floor(bytes / (247 - OVERHEAD_BYTES))
  t.true(seconds > least && seconds < least + 2, `${seconds} s, at least ${least} s`)
})

test("with half of the interval it takes half of the time, with loss longer", async (t) => {
  const usual = await updated({ model: {}, mtu: 247 })
  const quick = await updated({ model: { intervalMs: 15 }, mtu: 247 })
  const lossy = await updated({ model: { loss: 0.2 }, mtu: 247 })
  t.true(Math.abs(usual.seconds / quick.seconds - 2) < 0.3, `${usual.seconds} s, ${quick.seconds} s`)
  t.true(lossy.seconds > usual.seconds)
})

test("a full slot takes minutes at the usual MTU, and the document says so", (t) => {
  const report = readUpdateReport()
  const [best] = report.links
  t.is(best?.mtu, 247)
  t.true(best !== undefined && minutesOf(best) > 1 && minutesOf(best) < 10)
  t.is(minutesOf({ bytes: SLOT_BYTES, seconds: 120 }), 2)
  t.true(readFileSync("docs/update.md", "utf8").includes(updateTable(report)))
})

test("what is kept is what is measured", async (t) => {
  const phases = new Set<string>()
  const measured = await measureUpdate(
    (use) => use(engine() as Parameters<typeof use>[0]),
    (_link, told) => void ("phase" in told && phases.add(told.phase)),
  )
  t.deepEqual(measured, readUpdateReport())
  t.deepEqual([...phases], ["press", "sending", "checking", "trial"])
})
