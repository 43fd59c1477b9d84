/** XS's live heap over a day of runs and reboots: what is stored lies in flash, and nothing of it in memory. */
import test, { type ExecutionContext } from "ava"
import type { RebootKind } from "../../hosts/virtual/protocol"
import { BoardLink } from "../../simulator/board-link"
import { openEngine } from "../../simulator/engine/engine"
import { bundleFirmware } from "../../simulator/firmware-bundle"
import { KNOWN_PHONE, knowing } from "../../simulator/phone/known-phone"
import { Phone } from "../../simulator/phone/phone"
import { projectRecording, Wear } from "./wear"

const MIN_MS = 60_000
/** The smallest there may be: runs are lost from the first hours on. */
const FLASH = { size: 40 * 4096 }
const BOOTS = 48
const BOOT_MS = 30 * MIN_MS
/** By then everything that is kept by key has been kept once. */
const EARLY_BOOT = 16
/** The device has come to rest. */
const SETTLED_MS = 20_000
const RECORDING_S = 94.4

function rebootOf(boot: number): RebootKind {
  return boot % 2 === 0 ? "power" : "reset"
}

test("a day of runs, a reboot every half hour: XS's live heap is the same at its end as after eight hours", async (t) => {
  const engine = await openEngine("xs")
  t.teardown(() => engine.close())
  await engine.evaluate(await bundleFirmware("tests/device/stride-fed-guest.ts"))
  const link = new BoardLink(engine)
  await link.boot(knowing({ flash: FLASH, thigh: { present: false } }))
  let early: unknown
  for (let boot = 0; boot <= BOOTS; boot++) {
    await link.advance(BOOT_MS)
    await link.reboot(rebootOf(boot), 1000)
    await link.advance(SETTLED_MS)
    if (boot === EARLY_BOOT) early = await engine.heap()
  }
  t.truthy(early)
  t.deepEqual(await engine.heap(), early)
  await storesMany(t, link)
})

async function storesMany(t: ExecutionContext, link: BoardLink): Promise<void> {
  const phone = new Phone((request) => link.gatt(request), KNOWN_PHONE)
  await phone.connect()
  const { runs, lostRuns } = await phone.runList()
  t.true(lostRuns > 100, `${lostRuns} lost`)
  t.is((runs.at(-1)?.runId ?? 0) - lostRuns, runs.length, "all that were not lost are there")
}

test("the whole firmware, worn: XS's live heap is the same after eight runs and reboots as after four", async (t) => {
  const recording = await projectRecording("S01.csv.gz")
  const wear = await Wear.boot("xs")
  t.teardown(() => wear.engine.close())
  const heapAfter = async (runs: number) => {
    for (let run = 0; run < runs; run++) {
      await wear.play(recording, 0, RECORDING_S)
      if (run % 2 === 0) await wear.closeRun()
      await wear.link.reboot(rebootOf(run + 1))
      await wear.closeRun()
    }
    return wear.engine.heap()
  }
  const early = await heapAfter(4)
  t.truthy(early)
  t.deepEqual(await heapAfter(4), early)
  await wear.phone.connect()
  t.is((await wear.phone.runList()).runs.length, 8)
  t.is(wear.eventsNamed("fault").length, 0)
})
