/** A phone syncs again and again while a run is recorded: the run is, byte for byte, what it is without. */
import test from "ava"
import { RunSync } from "../../phone/link/run-sync"
import { MemoryRuns } from "../../simulator/phone/memory-runs"
import { projectRecording, Wear } from "./wear"

const S01 = await projectRecording("S01.csv.gz")
/** Bends and a bout of running; its middle, in which the second run is. */
const TO_S = 75
const FROM_S = 20
const STEP_S = 2
const SECOND_RUN = 2

/** @param during called every two seconds of the second run */
async function secondRun(during: (wear: Wear) => Promise<void>): Promise<Uint8Array> {
  const wear = await Wear.boot()
  await wear.play(S01, 0, TO_S)
  await wear.closeRun()
  await wear.phone.connect()
  for (let fromS = FROM_S; fromS < TO_S; fromS += STEP_S) {
    await wear.play(S01, fromS, fromS + STEP_S)
    await during(wear)
  }
  await wear.phone.disconnect()
  await wear.closeRun()
  await wear.phone.connect()
  const record = await wear.phone.runRecord(SECOND_RUN)
  await wear.phone.disconnect()
  return record
}

for (const way of ["notifications", "reads"] as const)
  test(`a run is recorded as ever while a phone syncs by ${way}`, async (t) => {
    let synced = 0
    const alone = await secondRun(async () => {})
    const beside = await secondRun(async (wear) => {
      const { transport } = wear.phone
      // What came with the last answer has arrived by the time that the phone waits for it.
      const wait = async () => {
        for (const notification of wear.notifications.splice(0)) transport.notified(notification)
      }
      const store = new MemoryRuns()
      const { added, failed } = await new RunSync({ deviceId: "device", store, wait, way }).run(transport)
      t.deepEqual(failed, [])
      synced += added.length
    })
    t.true(synced >= (TO_S - FROM_S) / STEP_S - 1, `${synced} runs fetched meanwhile`)
    t.deepEqual(beside, alone)
  })
