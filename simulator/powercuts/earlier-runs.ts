/**
 * The flash of a device that has been run with before: an archive that the scenario's third run fills past its reserve, and a journal that has been round
 * its ring. Made by the firmware's own storage.
 */
import { keyCheckOf } from "../../hosts/virtual/bonds"
import { VirtualFlash } from "../../hosts/virtual/flash"
import { encodeRunRecord, type Run } from "../../src/ble/run-codec"
import { BondList } from "../../src/storage/bond-list"
import { divide } from "../../src/storage/flash-layout"
import { RecordWriter } from "../../src/storage/flash-record"
import { RunArchive } from "../../src/storage/run-archive"
import { RunJournal } from "../../src/storage/run-journal"
import { FIRMWARE_VERSION } from "../../src/version"
import { FLASH_PATH, PHONE_BOND, type Stored, storageOf, storedIn } from "./operation"

const FLASH_BYTES = 160 * 1024
/** Of the runs, oldest first: five fill the oldest segment, the others leave room for two runs of the scenario in the newest. */
const BOUTS = [58, 58, 58, 58, 58, 58, 58, 58, 58, 58, 10] as const
/** A few states more than the journal has room for. */
const JOURNAL_STATES = 70
const STATE_BYTES = 1400
const RUN_MS = 3_600_000
/** Every other run has a date: they are in one that is moved and in one that is not. */
const DAY_S = 86_400
const FIRST_DAY_S = 1_799_000_000
const ZONE_QUARTERS = 4

/** Of the earlier runs, the newest. */
export const NEWEST_EARLIER_RUN: number = BOUTS.length

export function storedBefore(): Stored {
  const flash = new VirtualFlash({ size: FLASH_BYTES })
  const storage = storageOf({ image: flash.image(), keyValue: {} })
  const writer = new RecordWriter(storage.flash.open({ path: FLASH_PATH }))
  const { archive, journal } = divide(storage.flash.erases.length)
  const runs = new RunArchive(writer, archive, storage.keyValue)
  BOUTS.forEach((bouts, index) => {
    const id = index + 1
    runs.add(id, encodeRunRecord(runWith(id, bouts), FIRMWARE_VERSION))
    if (id % 2 === 1) runs.stamp(id, FIRST_DAY_S + id * DAY_S, ZONE_QUARTERS)
  })
  keepStates(new RunJournal(writer, journal))
  new BondList(storage.keyValue).add(PHONE_BOND.identity, keyCheckOf(PHONE_BOND.key))
  return storedIn(storage)
}

function keepStates(journal: RunJournal): void {
  for (let state = 0; state < JOURNAL_STATES; state++)
    journal.keep(
      {
        listsVersion: 1,
        finishStride() {},
        writeLists: (out) => out.u32(state),
        writeState(out) {
          for (let at = 0; at < STATE_BYTES; at += 4) out.u32(at * state)
        },
      },
      { runId: NEWEST_EARLIER_RUN, bootId: NEWEST_EARLIER_RUN, uptimeMs: 0, retainedMs: 0 },
    )
}

function runWith(id: number, bouts: number): Run {
  const totals = {
    strides: 700 + id,
    loadCycles: 700,
    compressions: 600,
    compressionsByDepth: [600, 500, 400, 300, 200],
    msPastThreshold: 100_000,
    cdegSecondsPastThreshold: 90_000,
    milliLoad: 700_000,
    milliLoadPeakWeighted: 700_000,
  }
  return {
    ...totals,
    id,
    bootId: id,
    startMs: RUN_MS,
    durationMs: RUN_MS,
    cadenceDspm: 1600,
    thresholdCdeg: 3000,
    peakFlexionMedianCdeg: 4200,
    peakFlexionP95Cdeg: 4600,
    contactTimeMedianMs: 280,
    dataQuality: {
      validPermyriad: 10_000,
      gaps: 0,
      clipped: 0,
      strapShift: false,
      resumed: false,
      gapUnknown: false,
      cutShort: false,
    },
    buzzes: [],
    painsDropped: 0,
    pains: [],
    boutsDropped: 0,
    bouts: Array.from({ length: bouts }, (_, bout) => ({
      ...totals,
      strides: 10 + bout,
      startMs: RUN_MS + bout * 60_000,
      durationMs: 50_000,
      cadenceDspm: 1600,
      peakFlexionMedianCdeg: 4200,
      contactTimeMedianMs: 280,
    })),
    blockMinutes: 1,
    blocks: [],
    calibrationVersion: 1,
    modelVersion: 1,
    peakErrorCdeg: 300,
    measuredStrides: 0,
  }
}
