/** What was read of a flash image, as the JSON of `patella-log --json`: whole numbers as they are stored, records decoded. */
import type { ArchivedRun } from "./archive"
import type { FlashLog } from "./flash-log"
import { isoTime } from "./start-words"

export function logJson(log: FlashLog) {
  const { partition, runs, open, damages, notes } = log
  return { partition, runs: runs.map(runJson), ...(open && { open }), damages, notes }
}

/** Only the verdict. */
export function checkJson({ damages, notes }: FlashLog) {
  return { isWhole: damages.length === 0, damages, notes }
}

function runJson(run: ArchivedRun) {
  const { decoded, unixS, zoneQuarters } = run
  return {
    id: run.run,
    bootId: decoded?.run.bootId ?? null,
    startMs: decoded?.run.startMs ?? null,
    /** Null: nobody knows. */
    startUnixS: unixS === 0 ? null : unixS,
    zoneQuarters: unixS === 0 ? null : zoneQuarters,
    start: isoTime(unixS, zoneQuarters) ?? null,
    standing: run.standing,
    acknowledged: run.isAcknowledged,
    isInSight: isInSight(run),
    byte: run.recordAt,
    recordBytes: run.length,
    /** Null when it cannot be read whole. */
    record: decoded ?? null,
  }
}

/** Does the device find it? Not where the header of its segment is damaged. */
export function isInSight({ segment }: ArchivedRun): boolean {
  return segment.standing === "used"
}
