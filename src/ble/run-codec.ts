/**
 * Runs and bends as records: from the integers of src/run/summary.ts to the bytes of layouts.ts and back. The record's
 * first bytes are the run summary that a phone can read alone.
 */
import type { BendList, ClosedRun, DataQuality, Run } from "../run/summary"
import { decode, decodeHead, encode, rowBytes, type Values } from "./fields"
import { BENDS, QualityFlag, RUN_IDENTITY, RUN_RECORD, RUN_SUMMARY } from "./run-layouts"

export type { Bend, BendList, Bout, Buzz, ClosedRun, Pain, Run } from "../run/summary"
export { BuzzReason, DEPTH_BANDS_DEG, PainSource } from "../run/summary"

/** A run and the firmware that counted it, as "major.minor.patch". */
export interface RunRecord {
  run: Run
  firmware: string
}
/** What is known of a run without its lists. */
export interface RunSummary {
  run: Omit<Run, "buzzes" | "pains" | "bouts" | "blocks">
  firmware: string
}

const RUN_IDENTITY_BYTES = rowBytes(RUN_IDENTITY.head)
export const RUN_SUMMARY_BYTES = rowBytes(RUN_SUMMARY.head)

/** Never throws; what does not fit its field is saturated, lists that are too long are cut (the totals stay whole). */
export function encodeRunRecord(run: ClosedRun, firmware: string): Uint8Array {
  const { gaps, clipped, validPermyriad } = run.dataQuality
  const more = {
    runId: run.id,
    firmware: firmware.split(".").map((part) => Number.parseInt(part, 10)),
    flags: flagsOf(run.dataQuality),
    gaps,
    clipped,
    validPermyriad,
  }
  // With the run behind it, as its prototype: a copy of it would be much of the memory that a run's end takes.
  const values: ClosedRun & typeof more = Object.assign(Object.create(run), more)
  return encode(RUN_RECORD, values)
}

/** @throws RangeError naming the offset when the record is truncated, too long or of an unknown version. */
export function decodeRunRecord(bytes: Uint8Array): RunRecord {
  const values = decode(RUN_RECORD, bytes)
  const { run, firmware } = summaryOf(values)
  const { buzzes, pains, bouts, blocks } = values
  return {
    firmware,
    run: {
      ...run,
      buzzes: buzzes.map(({ timeMs, reason }) => ({
        timeMs,
        reason: reason as Run["buzzes"][number]["reason"],
      })),
      pains: pains.map((pain) => ({ ...pain }) as Run["pains"][number]),
      bouts: bouts.map((bout) => ({ ...bout, compressionsByDepth: [...bout.compressionsByDepth] })),
      blocks: blocks.map((block) => ({ ...block })),
    },
  }
}

/**
 * Like `decodeRunRecord`, for a device that has little memory: pain marks, bouts and blocks are decoded when they are asked for, and the run has the
 * record's own values beside its own.
 */
export function decodeRunHead(bytes: Uint8Array): { run: ClosedRun; firmware: string } {
  const values = decodeHead(RUN_RECORD, bytes)
  const buzzes: Run["buzzes"] = []
  for (let index = 0; index < values.buzzes.length; index++)
    buzzes.push(values.buzzes.at(index) as Run["buzzes"][number])
  const { runId: id, pains, bouts } = values
  // Into the record's values, not a copy: nothing that a phone asks for takes as much memory.
  const more = {
    id,
    dataQuality: qualityOf(values),
    buzzes,
    pains: pains as ClosedRun["pains"],
    bouts: bouts as ClosedRun["bouts"],
  }
  return { firmware: firmwareOf(values), run: Object.assign(values, more) as unknown as ClosedRun }
}

/** @throws RangeError like `decodeRunRecord`. */
export function decodeRunSummary(bytes: Uint8Array): RunSummary {
  return summaryOf(decode(RUN_SUMMARY, bytes))
}

/** Which run a record is of: the first fields of every version. @throws RangeError when it has not even those */
export function runIdentity(record: Uint8Array): { runId: number; bootId: number } {
  return decode(RUN_IDENTITY, record.subarray(0, RUN_IDENTITY_BYTES))
}

export function encodeBends(list: BendList): Uint8Array {
  return encode(BENDS, list)
}

/** @throws RangeError like `decodeRunRecord`. */
export function decodeBends(bytes: Uint8Array): BendList {
  const { bends, bendsDropped } = decode(BENDS, bytes)
  return { bends: bends.map((bend) => ({ ...bend })), bendsDropped }
}

function summaryOf(values: Values<typeof RUN_SUMMARY>): RunSummary {
  return {
    firmware: firmwareOf(values),
    run: {
      id: values.runId,
      bootId: values.bootId,
      startMs: values.startMs,
      durationMs: values.durationMs,
      strides: values.strides,
      loadCycles: values.loadCycles,
      compressions: values.compressions,
      compressionsByDepth: [...values.compressionsByDepth],
      msPastThreshold: values.msPastThreshold,
      cdegSecondsPastThreshold: values.cdegSecondsPastThreshold,
      milliLoad: values.milliLoad,
      milliLoadPeakWeighted: values.milliLoadPeakWeighted,
      cadenceDspm: values.cadenceDspm,
      thresholdCdeg: values.thresholdCdeg,
      peakFlexionMedianCdeg: values.peakFlexionMedianCdeg,
      peakFlexionP95Cdeg: values.peakFlexionP95Cdeg,
      contactTimeMedianMs: values.contactTimeMedianMs,
      dataQuality: qualityOf(values),
      painsDropped: values.painsDropped,
      boutsDropped: values.boutsDropped,
      blockMinutes: values.blockMinutes,
      calibrationVersion: values.calibrationVersion,
      modelVersion: values.modelVersion,
      peakErrorCdeg: values.peakErrorCdeg,
      measuredStrides: values.measuredStrides,
    },
  }
}

type HeadValues = Pick<
  Values<typeof RUN_SUMMARY>,
  "firmware" | "validPermyriad" | "gaps" | "clipped" | "flags"
>

function firmwareOf({ firmware }: HeadValues): string {
  return firmware.join(".")
}

function qualityOf({ validPermyriad, gaps, clipped, flags }: HeadValues): DataQuality {
  return {
    validPermyriad,
    gaps,
    clipped,
    strapShift: (flags & QualityFlag.strapShift) !== 0,
    resumed: (flags & QualityFlag.resumed) !== 0,
    gapUnknown: (flags & QualityFlag.gapUnknown) !== 0,
    cutShort: (flags & QualityFlag.cutShort) !== 0,
  }
}

function flagsOf(quality: Readonly<DataQuality>): number {
  return (
    (quality.strapShift ? QualityFlag.strapShift : 0) |
    (quality.resumed ? QualityFlag.resumed : 0) |
    (quality.gapUnknown ? QualityFlag.gapUnknown : 0) |
    (quality.cutShort ? QualityFlag.cutShort : 0)
  )
}
