/** How long a sync takes over the modelled link, and that docs/sync.md tells what is so. */
import test from "ava"
import { CommandHandler } from "../../hosts/virtual/command-handler"
import { EXAMPLE_FIRMWARE } from "../../simulator/docs/example-run"
import { LIMIT_S } from "../../simulator/rates/command"
import { HOUR_RUN, imageWith, SHORT_RUN } from "../../simulator/rates/stored-runs"
import { readSyncReport } from "../../simulator/rates/sync-report"
import { type LinkOptions, TimedPhone } from "../../simulator/rates/timed-phone"
import { encodeRunRecord } from "../../src/ble/run-codec"
import { startDevice } from "../../src/main"

const INTERVAL_S = 0.03
const USUAL: LinkOptions = { model: {}, mtu: 247, way: "notifications" }

function synced(runs: number, run: typeof HOUR_RUN, { model, ...others }: Partial<LinkOptions> = {}) {
  const board = new CommandHandler(startDevice)
  const engine = { command: async (frame: Uint8Array) => board.handle(frame) }
  return new TimedPhone(engine, { ...USUAL, ...others, model: { ...model } }).sync(imageWith(runs, run))
}

test("the phone gets every run whole, and each takes its time on air", async (t) => {
  const { runs, bytes, seconds } = await synced(3, HOUR_RUN)
  t.is(runs, 3)
  const record = encodeRunRecord({ ...HOUR_RUN, id: 1 }, EXAMPLE_FIRMWARE).length
  t.is(bytes, 3 * record)
  // Of each run: its request, its chunks of 241 bytes behind the head, four packets to an event, and the acknowledgement with its two answers.
  const packets = 2 + Math.ceil(record / 241)
  const intervals = 1 + Math.ceil(packets / 4) + 2
  const least = 3 * intervals * INTERVAL_S
  t.true(seconds > least && seconds < least + 15 * INTERVAL_S, `${seconds} s, at least ${least} s`)
})

test("with half of the interval it takes half of the time", async (t) => {
  const usual = await synced(5, SHORT_RUN)
  const quick = await synced(5, SHORT_RUN, { model: { intervalMs: 15 } })
  t.true(Math.abs(usual.seconds / quick.seconds - 2) < 0.1, `${usual.seconds} s, ${quick.seconds} s`)
})

test("loss, short packets, a small MTU and reads make it longer, in this order", async (t) => {
  const seconds: number[] = []
  for (const options of [
    {},
    { model: { loss: 0.05 } },
    { model: { payloadBytes: 27 } },
    { mtu: 23, model: { payloadBytes: 27 } },
    { mtu: 23, model: { payloadBytes: 27 }, way: "reads" },
  ] satisfies Partial<LinkOptions>[])
    seconds.push((await synced(5, HOUR_RUN, options)).seconds)
  t.deepEqual(
    [...seconds].sort((a, b) => a - b),
    seconds,
  )
})

test("docs/sync-rates.json: a hundred one-hour runs take less than a minute at an MTU of 247 without loss", (t) => {
  const [best] = readSyncReport().links
  t.like(best, { runs: 100, mtu: 247, loss: 0, way: "notifications" })
  t.true((best?.seconds ?? LIMIT_S) < LIMIT_S)
})

test("docs/sync-rates.json is current: `npm run sync-rates -- --accept` would change nothing", async (t) => {
  for (const stored of readSyncReport().stored.slice(0, 2))
    t.deepEqual(await synced(stored.runs, SHORT_RUN), stored)
})
