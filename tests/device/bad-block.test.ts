/** A block of flash that goes bad under stored runs, seen by a phone. */
import test, { type ExecutionContext } from "ava"
import type { FlashFault, StuckBit } from "../../hosts/virtual/protocol"
import { projectRecording, Wear } from "./wear"

/** The archive's first: its first segment's directory, and the first runs. */
const BLOCK = 24
/** Byte of the first run's record, in that block (docs/flash-format.md). */
const IN_RECORD = 1056 + 16 + 40
const BLOCK_BYTES = 4096
const RECORDING_S = 94.4

async function worn(t: ExecutionContext): Promise<{ wear: Wear; run: () => Promise<void> }> {
  const recording = await projectRecording("S01.csv.gz")
  const wear = await Wear.boot()
  t.teardown(() => wear.engine.close())
  const run = async () => {
    await wear.play(recording, 0, RECORDING_S)
    await wear.closeRun()
  }
  await run()
  await wear.phone.connect()
  return { wear, run }
}

async function inverseOf(wear: Wear, byte: number): Promise<StuckBit> {
  const image = await wear.link.flashImage()
  const level = ((image[BLOCK * BLOCK_BYTES + byte] as number) & 1) === 0 ? 1 : 0
  return { bit: byte * 8, level }
}

/** A phone asks so often for a record that does not come (phone/link/record-reads.ts). */
const TRIES = 3

const CASES: readonly [what: string, fault: FlashFault, inRecord: boolean][] = [
  ["a record with a bit that is stuck", "stuckBit", true],
  ["a directory that cannot be read", "readError", false],
]
for (const [what, fault, isInRecord] of CASES)
  test(`${what}: the phone is refused and the fault counted, later runs are stored and read`, async (t) => {
    const { wear, run } = await worn(t)
    const { phone, link } = wear
    const before = await phone.runRecord(1)
    const first = (await phone.faultCounts()).bluetooth
    await link.setFlashFault(BLOCK, fault, await inverseOf(wear, IN_RECORD))
    if (isInRecord) await t.throwsAsync(phone.runRecord(1), { message: /cannot be read: failed/ })
    else t.deepEqual((await phone.runList()).runs, [], "asked again, it lists what is left")
    await link.advance(2000)
    t.is((await phone.faultCounts()).bluetooth, first + (isInRecord ? TRIES : 1))
    t.like(await phone.status(), { newestRunId: 1, runCount: isInRecord ? 1 : 0 })
    await run()
    t.is((await phone.runRecord(2)).length, before.length)
    await link.reboot("power")
    const { phone: again } = new Wear(wear.engine)
    await again.connect()
    t.is((await again.runRecord(2)).length, before.length)
    await t.throwsAsync(again.runRecord(1))
  })
