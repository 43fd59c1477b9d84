/** A run in a line: what lists and trends need of it, so that ten years of runs open without decoding ten years of records. */
import type { KeptRun } from "../data/kept"
import type { RunStart } from "../link/run-store"
import { isDoubtful } from "./data-quality"
import { readRun, type Unreadable } from "./readable-run"
import { inDeg, inLoad, inS, inSpm } from "./record-units"

/** Changes with what is digested: digests of another version are made anew from the records. */
export const DIGEST_VERSION = 1

export interface RunDigest {
  version: typeof DIGEST_VERSION
  key: string
  deviceId: string
  runId: number
  bootId: number
  start: RunStart
  receivedMs: number
  /** Why this version cannot read the record; then all numbers that come from it are 0 or empty. */
  unreadable?: Unreadable
  durationS: number
  strides: number
  /** Steps of both legs a minute. */
  cadenceSpm: number
  /** Median time of this foot on the ground. */
  contactTimeMs: number
  thresholdDeg: number
  /** Past the wearer's threshold. */
  compressions: number
  /** Past 30, 35, 40, 45 and 50°. */
  compressionsByDepth: number[]
  /** Median stance peak. */
  peakMedianDeg: number
  peakErrorDeg: number
  secondsPastThreshold: number
  degreeSecondsPastThreshold: number
  /** Relative load. */
  load: number
  buzzes: number
  pains: number
  /** Strides whose knee two sensors measured; the others' is estimated. */
  measuredStrides: number
  /** Two sensors measured most strides. */
  isMeasured: boolean
  /** Something about the data has to be said beside every number of it: see RunView.quality. */
  isDoubtful: boolean
  /** "major.minor.patch" */
  firmware: string
  modelVersion: number
  calibrationVersion: number
}

const KEY_NUMBERS = /-(\d+)-(\d+)$/

/** Never throws: of a record that cannot be read it says why. */
export function digestOf(kept: KeptRun): RunDigest {
  const read = readRun(kept.record)
  const { key, deviceId, start, receivedMs } = kept
  const head = { version: DIGEST_VERSION, key, deviceId, start, receivedMs } as const
  if ("unreadable" in read) return { ...head, ...identityOf(key), ...NOTHING, ...read }
  const { run, firmware } = read
  return {
    ...head,
    runId: run.id,
    bootId: run.bootId,
    durationS: inS(run.durationMs),
    strides: run.strides,
    cadenceSpm: inSpm(run.cadenceDspm),
    contactTimeMs: run.contactTimeMedianMs,
    thresholdDeg: inDeg(run.thresholdCdeg),
    compressions: run.compressions,
    compressionsByDepth: run.compressionsByDepth,
    peakMedianDeg: inDeg(run.peakFlexionMedianCdeg),
    peakErrorDeg: inDeg(run.peakErrorCdeg),
    secondsPastThreshold: inS(run.msPastThreshold),
    degreeSecondsPastThreshold: inDeg(run.cdegSecondsPastThreshold),
    load: inLoad(run.milliLoad),
    buzzes: run.buzzes.length,
    pains: run.pains.length + run.painsDropped,
    measuredStrides: run.measuredStrides,
    isMeasured: run.measuredStrides * 2 > run.strides,
    isDoubtful: isDoubtful(run),
    firmware,
    modelVersion: run.modelVersion,
    calibrationVersion: run.calibrationVersion,
  }
}

/** A record that cannot be read may be too short to have its numbers; the key has them. */
function identityOf(key: string): Pick<RunDigest, "runId" | "bootId"> {
  const [, bootId, runId] = KEY_NUMBERS.exec(key) ?? []
  return { bootId: Number(bootId ?? 0), runId: Number(runId ?? 0) }
}

const NOTHING = {
  durationS: 0,
  strides: 0,
  cadenceSpm: 0,
  contactTimeMs: 0,
  thresholdDeg: 0,
  compressions: 0,
  compressionsByDepth: [],
  peakMedianDeg: 0,
  peakErrorDeg: 0,
  secondsPastThreshold: 0,
  degreeSecondsPastThreshold: 0,
  load: 0,
  buzzes: 0,
  pains: 0,
  measuredStrides: 0,
  isMeasured: false,
  isDoubtful: true,
  firmware: "",
  modelVersion: 0,
  calibrationVersion: 0,
}
