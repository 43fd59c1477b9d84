/**
 * The same on XS, by the simulator's commands alone: the scenario is played until power goes, the board is rebooted, and the phone is asked. The firmware
 * does the same operations there, so a cut is judged by the reference of this process.
 */
import { BoardLink } from "../board-link"
import { openFirmware } from "../engine/firmware-engine"
import { Phone } from "../phone/phone"
import { allCuts, sampleOf } from "./cut-list"
import { judge } from "./judge"
import { readKnown } from "./known"
import { type Cut, cutWords, PHONE_BOND } from "./operation"
import { faultsIn } from "./recovery"
import { playReference, type Reference } from "./reference"
import { addCuts, type CutResult, noCuts } from "./result"
import { waitForChip } from "./scenario"

/** @throws Error when the engine is missing, or power does not go where it should */
export async function runCutsOnXs(
  sample: number,
  progress: (made: number, places: number) => void,
): Promise<CutResult> {
  const reference = await playReference()
  const cuts = sampleOf(allCuts(reference.operations), sample)
  const sum = noCuts()
  const engine = await openFirmware("xs")
  try {
    for (const [nth, cut] of cuts.entries()) {
      addCuts(sum, await cutOnce(engine, reference, cut))
      progress(nth + 1, cuts.length)
    }
  } finally {
    await engine.close()
  }
  return sum
}

type XsEngine = Awaited<ReturnType<typeof openFirmware>>

async function cutOnce(engine: XsEngine, reference: Reference, cut: Cut): Promise<CutResult> {
  let events: { name: string; detail: string }[] = []
  const link = new BoardLink(engine, { event: (event) => void events.push(event) })
  const { image, keyValue } = reference.before
  await link.boot({ keyValue, bonds: [PHONE_BOND], flash: { size: image.length }, cut }, image)
  await play(link, reference)
  if (!link.powerCut) throw new Error(`power cuts: on XS power did not go at ${cutWords(cut)}`)
  events = []
  await link.reboot("power")
  const phone = new Phone((request) => link.gatt(request), PHONE_BOND)
  await phone.connect()
  const found = { ...(await readKnown(phone)), faults: faultsIn(events) }
  const { lost, invented, lossS, wrong } = judge(found, reference, cut.operation)
  return {
    cuts: 1,
    lostClosedRuns: lost,
    inventedRecords: invented,
    worstOpenLossS: lossS,
    failed: wrong.length > 0 ? 1 : 0,
    failure: wrong.length > 0 ? { cut: cutWords(cut), wrong } : undefined,
  }
}

/** As far as power lets it. */
async function play(link: BoardLink, { scenario }: Reference): Promise<void> {
  const phone = new Phone((request) => link.gatt(request), PHONE_BOND)
  try {
    if (!link.powerCut) await waitForChip(link)
    if (!link.powerCut) await phone.connect()
    for (const { act } of scenario.steps) if (!link.powerCut) await act(link, phone)
  } catch (error) {
    // The phone has lost the link.
    if (!link.powerCut) throw error
  }
}
