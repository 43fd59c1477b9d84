/** Power that goes at every operation of an update, from the first erase to the confirmation: the board always starts a whole firmware, and one that works. */
import test from "ava"
import { Behaviour } from "../../hosts/virtual/ota-image"
import type { CutPlan } from "../../hosts/virtual/protocol"
import { FIRMWARE_VERSION } from "../../src/version"
import { boot, bringing, image } from "./updating"
import type { Wear } from "./wear"

/** Where the old firmware runs, and which it is. The boot loader that finds nothing sound in otadata tries the first slot first. */
const OLD = { first: FIRMWARE_VERSION, second: "0.1.9" } as const
type Slot = keyof typeof OLD
const NEW = "0.2.0"
/** Two sectors: what happens at the border between two is in it. */
const BYTES = 5000
const TRIAL_MS = 75_000
/** Which bits and bytes an operation that is cut within leaves. */
const SEEDS = [1, 6, 27] as const

/** Until the new firmware is settled, or power is gone. */
async function update(wear: Wear, bytes: Uint8Array): Promise<void> {
  try {
    await bringing(wear, bytes).run(wear.phone.transport)
    await wear.link.advance(TRIAL_MS)
  } catch (error) {
    if (!wear.link.powerCut) throw error
  }
}

async function runningIn(slot: Slot): Promise<Wear> {
  const wear = await boot()
  if (slot === "first") return wear
  await update(wear, image({ bytes: BYTES, version: OLD.second }))
  await wear.phone.connect()
  return wear
}

async function firmwareOf(wear: Wear): Promise<string> {
  await wear.phone.connect()
  return (await wear.phone.deviceInformation()).firmware
}

/** What runs in the end, after power went as planned and came back. */
async function afterCut(
  slot: Slot,
  bytes: Uint8Array,
  cut: CutPlan,
): Promise<[first: string, settled: string]> {
  const wear = await runningIn(slot)
  await wear.link.cutAt({ ...cut, operation: wear.link.operations + cut.operation })
  await update(wear, bytes)
  if (!wear.link.powerCut) throw new Error(`power was not cut at operation ${cut.operation}`)
  await wear.link.reboot("power")
  // An image that crashes is gone back from by then.
  await wear.link.advance(1000)
  const first = await firmwareOf(wear)
  await wear.link.advance(TRIAL_MS)
  await wear.link.reboot("power")
  return [first, await firmwareOf(wear)]
}

async function operationsOf(slot: Slot, bytes: Uint8Array): Promise<number> {
  const wear = await runningIn(slot)
  const before = wear.link.operations
  await update(wear, bytes)
  return wear.link.operations - before
}

function plans(operations: number): CutPlan[] {
  return Array.from({ length: operations }, (_, index) => index + 1).flatMap((operation) => [
    { operation, point: "before" } as const,
    ...SEEDS.map((seed) => ({ operation, point: "within", seed }) as const),
    { operation, point: "after" } as const,
  ])
}

const CASES: [Behaviour, Slot][] = [
  [Behaviour.well, "first"],
  [Behaviour.well, "second"],
  [Behaviour.deaf, "first"],
  [Behaviour.crash, "second"],
]
for (const [behaviour, slot] of CASES)
  test(`wherever power goes while a firmware comes that is ${behaviour}, one of the two starts, whole; the old is in the ${slot} slot`, async (t) => {
    const bytes = image({ bytes: BYTES, behaviour })
    const old = OLD[slot]
    const operations = await operationsOf(slot, bytes)
    t.true(operations > 20, `${operations} operations`)
    const seen = new Set<string>()
    for (const plan of plans(operations)) {
      const [first, settled] = await afterCut(slot, bytes, plan)
      const at = `cut ${plan.point} operation ${plan.operation}`
      t.true([old, NEW].includes(first), `${first}, ${at}`)
      if (behaviour !== Behaviour.well) t.is(settled, old, at)
      seen.add(settled)
    }
    // Cut early the old one, cut late the new one.
    t.deepEqual([...seen].sort(), behaviour === Behaviour.well ? [old, NEW] : [old])
  })
